"""One key at a time from a terminal, one line at a time from anything else."""

import contextlib
import os
import select
import sys
import time
from typing import Any, Self

ENTER = "enter"
NO_MORE = "q"  # what the end of the input means
_END = "\x04\x1a"  # Ctrl+D, and Ctrl+Z on Windows: the end of what is typed


class Keys:
    """Reads keys without waiting for Enter, and gives the terminal back as it was.

    Ctrl+C stays an interrupt. Where standard input is no terminal, a line is a key: its first
    letter, or Enter where it is empty.
    """

    def __enter__(self) -> Self:
        self._saved: list | None = None
        if sys.stdin.isatty() and sys.platform != "win32":
            import termios
            import tty

            self._saved = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(self, *_: object) -> None:
        if self._saved is not None:
            import termios

            # A terminal that was closed cannot be put back.
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)

    def line(self, prompt: str) -> str:
        """A whole line, which can be edited; empty where the input is over."""
        self.__exit__()
        try:
            return edited_line(prompt)
        finally:
            self.__enter__()

    def get(self, wait: float | None = None) -> str | None:
        """The next key in lower case, or None if none came in `wait` seconds.

        Args:
            wait: seconds; None to wait for ever. Windows waits for ever where there is no terminal.
        """
        if sys.platform == "win32":
            return _windows_key(wait) if sys.stdin.isatty() else _line_key()
        ready, _, _ = select.select([sys.stdin], [], [], wait)
        if not ready:
            return None
        if self._saved is None:
            return _line_key()
        # Past Python's own buffer, which select does not see. An arrow is several characters, of
        # which only the first is told; a character that is no UTF-8 is a key without a meaning.
        typed = os.read(sys.stdin.fileno(), 1024).decode(errors="replace")
        return _name(typed[0]) if typed else NO_MORE


def edited_line(prompt: str) -> str:
    """A line of a terminal, stripped, in which arrow keys move; empty where the input is over."""
    with contextlib.suppress(ImportError):  # Windows edits a line itself
        import readline  # noqa: F401
    try:
        return input(prompt).strip()
    except EOFError:
        return ""


def read_line(wait: float | None = None) -> str | None:
    """The next line, stripped, or None if none came in `wait` seconds.

    Args:
        wait: seconds; None to wait for ever.

    Raises:
        EOFError: no more will come.
    """
    # Windows edits a line itself where it may take as long as it takes, in every script.
    if sys.platform == "win32" and wait is not None and sys.stdin.isatty():
        return _windows_line(wait)
    if sys.platform != "win32" and not select.select([sys.stdin], [], [], wait)[0]:
        return None
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return (_begun() + line).strip()


_typed: list[str] = []  # of a line on Windows that is not over


def _begun() -> str:
    """What was typed of a line that is not over; it is forgotten here."""
    begun = "".join(_typed)
    _typed.clear()
    return begun


def _windows_line(wait: float) -> str | None:
    """Gather a line key by key, shown as it is typed: it can be waited for as a key can.

    The words that are typed in the place of keys are ASCII, and so is all that is gathered.
    """
    while (key := _windows_character(wait)) is not None:
        if key in "\r\n":
            _echo("\r\n")
            return _begun().strip()
        if key in _END and not _typed:
            raise EOFError
        if key.isprintable():
            _typed.append(key)
            _echo(key)
        elif key == "\b" and _typed:
            _typed.pop()
            _echo("\b \b")
    return None


def _console() -> Any:
    import msvcrt  # only Windows has it, and its types

    return msvcrt


def _echo(text: str) -> None:
    for character in text:
        _console().putwch(character)


def _line_key() -> str:
    line = sys.stdin.readline()
    return _name(line.strip()[:1] or "\n") if line else NO_MORE


def _windows_key(wait: float | None) -> str | None:
    key = _windows_character(wait)
    return None if key is None else _name(key)


def _windows_character(wait: float | None) -> str | None:
    """The next ASCII character; other letters and special keys are passed over.

    An arrow, Delete or F1 comes in two: a byte that is no ASCII, and a letter that nobody typed.
    `getch` holds the letter back where `kbhit` sees it. What `getwch` holds back it does not see,
    so that Delete would be an S, and the sitting would skip a question.
    """
    console = _console()
    until = None if wait is None else time.monotonic() + wait
    while True:
        while not console.kbhit():
            if until is not None and time.monotonic() >= until:
                return None
            time.sleep(0.02)
        byte = console.getch()
        if byte == b"\x03":
            raise KeyboardInterrupt
        if _is_ascii(byte):
            return byte.decode("ascii")
        while not _is_ascii(byte) and console.kbhit():
            byte = console.getch()


def _is_ascii(byte: bytes) -> bool:
    return b"\x00" < byte < b"\x80"


def _name(key: str) -> str:
    if key in _END:
        return NO_MORE
    return ENTER if key in "\r\n" else key.lower()
