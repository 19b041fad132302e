"""Every command has help with an example at 80 columns, and starting costs nothing heavy."""

import io
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from coach.cli import root
from coach.cli.options import say

HEAVY = ("torch", "whisper", "numpy", "sounddevice", "soundfile", "pocketsphinx")


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple]:
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(None):
            yield from commands(command.get_command(None, name), (*path, name))


ALL = list(commands(root.coach))


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(p) or "coach" for p, _ in ALL])
def test_help_has_an_example_and_fits_80_columns(coach, path, command):
    outcome = coach(*path, "--help")
    assert outcome.code == 0
    assert "Example:" in outcome.out
    assert command.help
    assert max(map(len, outcome.out.splitlines())) <= 80


@pytest.mark.parametrize(
    "words", [["--help"], [], ["area", "list"], ["rejection", "list"], ["progress"]]
)
def test_starting_loads_nothing_heavy(words, tmp_path):
    code = (
        f"import sys; sys.argv = ['coach', *{words!r}]\n"
        "from coach.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == "[]", done.stderr


def test_the_list_of_commands_says_what_each_says_of_itself():
    for name in root.coach.list_commands(None):
        said = root.coach.get_command(None, name).get_short_help_str(200)
        assert click.Command(name, help=root._help_of(name)).get_short_help_str(200) == said


def test_python_dash_m_and_version():
    done = subprocess.run(
        [sys.executable, "-m", "coach", "--version"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stdout.startswith("coach, version")


def test_an_unknown_command_is_a_usage_error(coach):
    outcome = coach("dril")
    assert outcome.code == 2
    assert "Did you mean drill?" in outcome.err
    assert "coach help" in coach("frobnicate").err


def test_help_is_a_command_too(coach):
    assert coach("help").out == coach("--help").out
    assert coach("help", "rejection", "add").out == coach("rejection", "add", "--help").out


def test_a_message_breaks_between_words_on_a_terminal_and_nowhere_else(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    text = "Rejection 1 has the same company and role. `coach undo` takes this one out again. " * 3
    for stream, breaks in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        say(text.strip())
        told = stream.getvalue()
        assert told.split() == text.split()
        assert (max(map(len, told.splitlines())) <= 80) is breaks
