"""Brackets, emoji codes, control characters and bytes that are no UTF-8: text stays only text."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import coach as package
from coach.clean import clean

HOSTILE = "[/] [red]x[/red] [m/f/d] :smile: [b"
LISTINGS = (
    ("rejection", "list"), ("rejection", "show", 1), ("rejection", "ask", 1), ("feedback", "list"),
    ("feedback", "show", 1), ("strengths",), ("themes",), ("interview", "list"),
    ("interview", "show", 1), ("interview", "focus", 1), ("story", "list"), ("story", "show", 1),
    ("story", "coverage"), ("applications", "list"), ("applications", "stats"),
    ("bank", "list", "--own"), ("bank", "show", "own-001"), ("bank", "search", "smile"),
    ("plan",), ("plan", "show", 1), ("review",), ("review", 1), ("review", "--search", "answered"),
    ("history", "rejection", 1), ("history", "story", 1), ("progress",), (), ("retry", "--typed"),
    ("compare", 1, 2), ("area", "list", "--all"), ("export", "--format", "md"),
)  # fmt: skip
CUT = {
    ("applications", "stats"),
    ("area", "list", "--all"),
}  # a channel is cut, an area has no text


@pytest.fixture
def hostile(coach, monkeypatch, tmp_path: Path) -> None:
    """A home in which every field that a user fills is hostile."""
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.chdir(tmp_path)
    done = [
        coach("rejection", "add", "--company", HOSTILE, "--role", HOSTILE, "--source", HOSTILE,
              "--feedback", f"{HOSTILE} Your answers lacked measurable outcomes.", "--rest", 0,
              "--went-well", HOSTILE, "--misleading", HOSTILE, "--could-answer", HOSTILE,
              "--note", HOSTILE, "--yes"),
        coach("rejection", "edit", 1, "--differently", HOSTILE),
        coach("rejection", "edit", 1, "--differently", "Breathe."),
        coach("feedback", "add", "--source", "peer", "--who", HOSTILE,
              "--feedback", f"{HOSTILE} You gave excellent examples."),
        coach("interview", "add", "--date", "today", "--role", HOSTILE, "--company", HOSTILE,
              "--stage", "panel"),
        coach("interview", "debrief", 1, "--hard", f"{HOSTILE} Why?", "--went-well", HOSTILE),
        coach("story", "add", "--title", HOSTILE, "--result", HOSTILE, "--area", "star.result"),
        coach("story", "edit", 1, "--action", HOSTILE),
        coach("story", "edit", 1, "--action", "Counted."),
        coach("applications", "add", "--company", HOSTILE, "--role", HOSTILE,
              "--channel", HOSTILE),
        coach("area", "add", "star.numbers", "--note", HOSTILE),
        coach("plan", "add", HOSTILE),
        coach("plan", "note", 1, HOSTILE),
    ]  # fmt: skip
    for _ in "12":
        answer = f"I answered {HOSTILE} and it ended well.\n\n"
        done.append(
            coach("drill", "--typed", "--questions", 1, "--question", "own-001", stdin=answer)
        )
    done.append(coach("review", 1, "--note", HOSTILE))
    for each in done:
        assert each.code == 0, each


def test_no_listing_reads_what_a_user_wrote_as_markup(coach, hostile):
    for words in LISTINGS:
        outcome = coach(*words, stdin="Once more.\n\n")
        assert outcome.code == 0, (words, outcome)
        shown = " ".join(outcome.out.replace("\\", "").split())
        assert HOSTILE in shown or words in CUT, (words, outcome.out)
        assert "😄" not in shown
        assert not any(line.endswith(" ") for line in outcome.out.splitlines()), words


def test_names_of_files_and_messages_keep_their_brackets(coach, hostile, tmp_path: Path):
    (tmp_path / "out").mkdir()
    assert "out/[red]b.zip" in coach("backup", "out/[red]b.zip").out
    assert (tmp_path / "out" / "[red]b.zip").is_file()
    answer = tmp_path / "[red].txt"
    answer.write_text("I sold [/] rolls :smile: then.", encoding="utf-8")
    assessed = coach("assess", answer).out
    assert "[red].txt" in assessed
    assert "[/] rolls :smile: then" in assessed
    assert "[red]gone" in coach("assess", "[red]gone.wav").err
    assert "“[/]”" in coach("history", "[/]", 1).err


def test_markup_of_our_own_is_said_to_be_such():
    """The console reads none, so that a text with styles goes through `marked`."""
    readers = {"marked", "key", "_wanted"}
    style = re.compile(r"\[/\]|\[/?(?:bold|dim|green|red|yellow|cyan)\b[^\[\]]*\]")
    for file in Path(package.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        read = {id(part) for call in calls for part in ast.walk(call)
                if getattr(call.func, "attr", getattr(call.func, "id", "")) in readers}  # fmt: skip
        for call in calls:
            if getattr(call.func, "attr", "") == "print":
                for part in ast.walk(call):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        assert id(part) in read or not style.search(part.value), (file, part.value)


def test_prompts_are_asked_in_one_way():
    """So that each can be edited, and none returns a control character."""
    for file in (Path(package.__file__).parent / "cli").glob("*.py"):
        if file.name != "ask.py":
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"click\.(prompt|confirm|DateTime)\(", text), file


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zoë\tand\nŁukasz 🙂 שלום", "Zoë\tand\nŁukasz 🙂 שלום"),
        ("Ac\x1b[Dme\x1b[1;5C\x1bOA", "Acme"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07on", "red on"),
        ("a\x00b\x7f\x9bc\x08", "abc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Bad\udcffCo", "Bad\ufffdCo"),
    ],
)
def test_what_is_kept_of_what_was_typed(typed: str, kept: str):
    assert clean(typed) == kept


def test_bytes_that_are_no_utf8(home: Path, tmp_path: Path):
    def run(*words: bytes | str, stdin: bytes = b"") -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "coach", *words]
        return subprocess.run(command, input=stdin, capture_output=True)

    company = b"Bad\xffCo" if os.name == "posix" else "Bad\ufffdCo"
    added = run("rejection", "add", "--company", company, "--role", "a\x1b[Db", "--yes")
    assert added.returncode == 0, added
    listed = run("rejection", "list", "--json").stdout.decode()
    assert '"Bad\ufffdCo"' in listed
    assert '"ab"' in listed
    typed = run("drill", "--typed", "--questions", "1", stdin=b"\xff\xfe\x00bad \x1b[31mone\n\n")
    assert typed.returncode == 0, typed
    out = tmp_path / "out"
    for form in ("html", "md", "json", "csv"):
        done = run("export", "--all", "--format", form, "--out", str(out))
        assert done.returncode == 0, done
        assert "\ufffd\ufffdbad" in (out / f"take-1.{form}").read_text(encoding="utf-8")


def test_control_characters_in_json_do_not_get_into_the_log(coach):
    entry = '{"company": "Ac\\u001b[Dme", "role": "half \\ud83d"}'
    assert coach("rejection", "add", "--from-json", "-", stdin=entry).code == 0
    found = coach("rejection", "show", 1, "--json").json
    assert (found["company"], found["role"]) == ("Acme", "half \ufffd")


def test_an_export_that_fails_leaves_nothing(coach, tmp_path: Path):
    for _ in "12":
        coach("drill", "--typed", "--questions", 1, stdin="I sold rolls, so we earned more.\n\n")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "take-1.md").write_text("mine", encoding="utf-8")
    assert coach("export", "--all", "--out", taken).code != 0
    assert [file.name for file in taken.iterdir()] == ["take-1.md"]
    assert (taken / "take-1.md").read_text(encoding="utf-8") == "mine"


def test_a_dumb_terminal_has_its_own_width():
    pexpect = pytest.importorskip("pexpect")
    for columns in (60, 100):
        shown = pexpect.run(
            f"{sys.executable} -m coach area show star.result", dimensions=(24, columns),
            env={**{k: v for k, v in os.environ.items() if k != "COLUMNS"}, "TERM": "dumb"},
            encoding="utf-8",
        )  # fmt: skip
        longest = max(len(line.rstrip()) for line in shown.splitlines())
        assert columns - 20 < longest <= columns
