"""One key at a time from a terminal, one line at a time from anything else."""

import contextlib
import os
import select
import sys
import time
from types import TracebackType
from typing import Any, Self

ENTER = "enter"
NO_MORE = "q"  # what the end of a piped input means
_WINDOWS_SPECIAL = "\x00\xe0"
_WINDOWS_END = "\x1a"  # Ctrl+Z


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._saved is not None:
            import termios

            # A terminal that was closed cannot be put back.
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)

    def line(self) -> str:
        """A whole line, shown while it is typed; empty where the input is over."""
        self.__exit__(None, None, None)
        try:
            return sys.stdin.readline().strip()
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
        # Past Python's own buffer, which select does not see.
        typed = os.read(sys.stdin.fileno(), 1024).decode(errors="ignore")
        return _name(typed[0]) if typed else NO_MORE


def read_line(wait: float | None = None) -> str | None:
    """The next line, stripped, or None if none came in `wait` seconds.

    Args:
        wait: seconds; None to wait for ever.

    Raises:
        EOFError: no more will come.
    """
    if sys.platform == "win32" and sys.stdin.isatty():
        return _windows_line(wait)
    if sys.platform != "win32" and not select.select([sys.stdin], [], [], wait)[0]:
        return None
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


_typed: list[str] = []  # of a line on Windows that is not over


def _windows_line(wait: float | None) -> str | None:
    """Gather a line key by key, shown as it is typed: it can be waited for as a key can."""
    while (key := _windows_character(wait)) is not None:
        if key in "\r\n":
            _echo("\r\n")
            line = "".join(_typed).strip()
            _typed.clear()
            return line
        if key == _WINDOWS_END and not _typed:
            raise EOFError
        if key != "\b":
            _typed.append(key)
            _echo(key)
        elif _typed:
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
    console = _console()
    until = None if wait is None else time.monotonic() + wait
    while True:
        while not console.kbhit():
            if until is not None and time.monotonic() > until:
                return None
            time.sleep(0.02)
        key = console.getwch()
        # An arrow, Delete or F1 is told in two: this, and a letter that was not typed. "à" is one.
        if key in _WINDOWS_SPECIAL and console.kbhit():
            console.getwch()
            continue
        if key == "\x03":
            raise KeyboardInterrupt
        return key


def _name(key: str) -> str:
    return ENTER if key in "\r\n" else key.lower()
