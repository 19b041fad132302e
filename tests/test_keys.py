"""Keys and lines on a terminal: here on a pseudo-terminal, those of Windows with a fake console."""

import os
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from coach.cli import keys
from coach.cli.keys import ENTER, Keys, read_line


class Console:
    """What `msvcrt` reads and shows, by its documentation."""

    def __init__(self, typed: str) -> None:
        self.typed, self.shown = list(typed), ""

    def kbhit(self) -> bool:
        return bool(self.typed)

    def getwch(self) -> str:
        return self.typed.pop(0)

    def putwch(self, character: str) -> None:
        assert len(character) == 1
        self.shown += character


@pytest.fixture
def windows(monkeypatch):
    """Makes this a Windows on whose console something is typed."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(keys, "_typed", [])

    def typed(text: str) -> Console:
        console = Console(text)
        monkeypatch.setitem(sys.modules, "msvcrt", console)
        return console

    return typed


def test_windows_tells_keys_by_their_letters(windows):
    windows("\rS q?")
    with Keys() as pressed:
        assert [pressed.get(0.1) for _ in range(6)] == [ENTER, "s", " ", "q", "?", None]


def test_the_second_half_of_a_special_key_of_windows_is_no_letter(windows):
    # Delete, Page Down, Insert, F10: their codes are S, Q, R and D.
    windows("\xe0S\xe0Q\x00R\x00Dn")
    with Keys() as pressed:
        assert pressed.get(0.1) == "n"
    windows("\xe0")
    with Keys() as pressed:
        assert pressed.get(0.1) == "à"


def test_ctrl_c_is_an_interrupt_on_windows_and_ctrl_z_the_end(windows):
    windows("\x03")
    with Keys() as pressed, pytest.raises(KeyboardInterrupt):
        pressed.get(0.1)
    windows("\x1a")
    with pytest.raises(EOFError):
        read_line(0.1)


def test_a_line_on_windows_is_shown_as_it_is_typed_and_can_be_mended(windows):
    console = windows("\bSay thx\b\b\be figure.\r")
    assert read_line(0.1) == "Say e figure."
    assert console.shown == "Say thx" + "\b \b" * 3 + "e figure.\r\n"
    console = windows("Goo")
    assert read_line(0) is None
    console.typed += "d\xe0K.\r"
    assert read_line(0.1) == "Good."


@pytest.fixture
def terminal(monkeypatch) -> Iterator[int]:
    """A pseudo-terminal as standard input; gives the end at which the user types."""
    pty = pytest.importorskip("pty")
    user, program = pty.openpty()
    with os.fdopen(program) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield user
    os.close(user)


def test_a_terminal_tells_keys_at_once_and_is_given_back(terminal: int):
    termios = pytest.importorskip("termios")
    before = termios.tcgetattr(sys.stdin)
    with Keys() as pressed:
        os.write(terminal, b"S")
        began = time.monotonic()
        assert pressed.get(1) == "s"
        assert time.monotonic() - began < 0.1
        os.write(terminal, b"\x1b[A")  # an arrow
        assert pressed.get(1) == "\x1b"
        assert pressed.get(0) is None
    assert termios.tcgetattr(sys.stdin) == before
