"""What stands around a command: pipes, files and nothing at all in the place of a terminal."""

import io
import os
import subprocess
import sys
from pathlib import Path

from coach import __main__ as entry


def in_a_pipe(home: Path, *words: str, stdin: bytes = b"", **environment: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "coach", *words], input=stdin, check=True, capture_output=True,
        env={**os.environ, "COACH_HOME": str(home), **environment},
    ).stdout  # fmt: skip


def test_what_an_encoding_lacks_is_a_question_mark(coach, home: Path):
    coach("rejection", "add", "--company", "Łódź ✓", "--role", "Chef", "--area", "star.result")
    assert "?ód? ?" in in_a_pipe(home, "rejection", "list", PYTHONIOENCODING="cp1252").decode(
        "cp1252"
    )


def test_what_is_typed_in_another_encoding_is_taken(coach, home: Path):
    words = ("--company", "Acme", "--role", "Chef", "--feedback-file", "-", "--yes")
    in_a_pipe(home, "rejection", "add", *words, stdin="Zu wenig für uns.".encode("cp1252"))
    assert coach("rejection", "show", 1, "--json").json["words"] == "Zu wenig f\ufffdr uns."


def test_pipes_of_windows_are_utf_8(monkeypatch):
    given, out = io.BytesIO("Łódź".encode()), io.BytesIO()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="cp1252"))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="cp1252"))
    monkeypatch.setattr(entry, "run", lambda: print(sys.stdin.read(), end="", flush=True))
    entry.main()
    assert out.getvalue().decode() == "Łódź"


def test_nul_of_windows_is_no_terminal(monkeypatch):
    class Nul(io.FileIO):
        def isatty(self) -> bool:
            return True

    stdin = io.TextIOWrapper(io.BufferedReader(Nul(os.devnull)))
    assert stdin.isatty()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(entry, "run", lambda: None)
    entry.main()
    assert (sys.stdin.isatty(), sys.stdin.read()) == (False, "")
