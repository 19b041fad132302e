"""Keys and lines on a terminal: here on a pseudo-terminal, those of Windows with a fake console."""

import io
import os
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from coach.cli import keys
from coach.cli.keys import ENTER, NO_MORE, Keys, read_line

# What `getch` gives for keys that have no letter: Delete, Page Down and Up, Insert, F1, F10.
SPECIAL = {
    "delete": b"\xe0S", "down": b"\xe0Q", "up": b"\xe0I", "insert": b"\xe0R",
    "f1": b"\x00;", "f10": b"\x00D",
}  # fmt: skip


class Console:
    """A console of Windows as `msvcrt` reads it, by the source of Microsoft's C runtime.

    A special key comes in two. `getch` and `getwch` each hold the second half back in a place of
    their own, and `kbhit` looks into that of `getch` alone. `getch` gives bytes of the code page,
    `getwch` units of UTF-16.
    """

    def __init__(self, *pressed: str) -> None:
        self.pressed, self.shown = list(pressed), ""
        self._bytes, self._units = b"", ""

    def kbhit(self) -> int:
        return int(bool(self._bytes or self.pressed))

    def getch(self) -> bytes:
        if not self._bytes:
            key = self.pressed.pop(0)
            self._bytes = SPECIAL.get(key) or key.encode("cp1252", "replace")
        byte, self._bytes = self._bytes[:1], self._bytes[1:]
        return byte

    def getwch(self) -> str:
        if not self._units:
            key = self.pressed.pop(0)
            units = key.encode("utf-16-le")
            pairs = (units[at : at + 2] for at in range(0, len(units), 2))
            told = (pair.decode("utf-16-le", "surrogatepass") for pair in pairs)
            self._units = SPECIAL[key].decode("latin-1") if key in SPECIAL else "".join(told)
        unit, self._units = self._units[0], self._units[1:]
        return unit

    def putwch(self, character: str) -> None:
        assert len(character) == 1
        self.shown += character


@pytest.fixture
def windows(monkeypatch):
    """Makes this a Windows on whose console keys are pressed."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(keys, "_typed", [])

    def pressed(*each: str) -> Console:
        console = Console(*each)
        monkeypatch.setitem(sys.modules, "msvcrt", console)
        return console

    return pressed


def got(count: int) -> list[str | None]:
    with Keys() as pressed:
        return [pressed.get(0.05) for _ in range(count)]


def test_the_fake_console_has_the_trap_of_the_real_one():
    console = Console("delete")
    assert (console.getwch(), console.kbhit(), console.getwch()) == ("\xe0", 0, "S")
    console = Console("delete")
    assert (console.getch(), console.kbhit(), console.getch()) == (b"\xe0", 1, b"S")
    console = Console("🙂")
    assert console.getwch() + console.getwch() == "\ud83d\ude42"


def test_windows_tells_keys_by_their_letters(windows):
    windows("\r", "S", " ", "q", "?")
    assert got(6) == [ENTER, "s", " ", "q", "?", None]


def test_the_second_half_of_a_special_key_of_windows_is_no_letter(windows):
    # Their second halves are S, Q, I, R, a semicolon and D.
    console = windows(*SPECIAL, "n")
    assert got(2) == ["n", None]
    assert not console.kbhit()


@pytest.mark.parametrize("letter", ["à", "é", "ÿ", "Я", "🙂", "\x00"])
def test_a_letter_beyond_ascii_keeps_nobody_waiting_on_windows(windows, letter: str):
    console = windows(letter)
    began = time.monotonic()
    assert got(1)[0] in (None, "?")  # what the code page lacks is a question mark
    assert time.monotonic() - began < 0.5
    console.pressed += ["n"]
    assert got(2) == ["n", None]


def test_ctrl_c_is_an_interrupt_on_windows_and_ctrl_z_the_end(windows):
    windows("\x03")
    with pytest.raises(KeyboardInterrupt):
        got(1)
    windows("\x1a")
    assert got(1) == [NO_MORE]
    windows("\x1a")
    with pytest.raises(EOFError):
        read_line(0.1)


def test_a_look_at_the_keys_of_windows_takes_no_time(windows):
    windows()
    began = time.monotonic()
    with Keys() as pressed:
        assert [pressed.get(0) for _ in range(10)] == [None] * 10
    assert time.monotonic() - began < 0.1


def test_a_word_on_windows_is_shown_as_it_is_typed_and_can_be_mended(windows):
    console = windows("\b", *"stxx", "\b", "\b", "\x1b", "é", "delete", *"op", "\r")
    assert read_line(0.1) == "stop"
    assert console.shown == "stxx" + "\b \b" * 2 + "op\r\n"
    console = windows(*"Sto")
    assert read_line(0) is None
    console.pressed += ["up", "p", "\r"]
    assert read_line(0.1) == "Stop"


def test_a_line_that_may_take_its_time_is_edited_by_windows_itself(windows, monkeypatch):
    windows("S", "o")
    assert read_line(0) is None
    lines = io.StringIO(" it is “fertig” 🙂\n")
    monkeypatch.setattr(lines, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", lines)
    assert read_line() == "So it is “fertig” 🙂"
    with pytest.raises(EOFError):
        read_line()


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


@pytest.mark.parametrize(
    ("typed", "told"),
    [(b"\r", ENTER), (b"\n", ENTER), (b"\x1bOP", "\x1b"), (b"\xe9", "\ufffd"), (b"\x04", NO_MORE),
     ("é".encode(), "é"), ("🙂".encode(), "🙂")],
)  # fmt: skip
def test_no_other_key_of_a_terminal_ends_or_skips_anything(terminal: int, typed: bytes, told: str):
    with Keys() as pressed:
        os.write(terminal, typed)
        assert pressed.get(1) == told
        assert pressed.get(0) is None
