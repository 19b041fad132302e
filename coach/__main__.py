"""`python -m coach` and the `coach` command."""

import io
import os
import sys

from coach.cli.root import run


def main() -> None:
    _take_any_letter()
    if sys.platform == "win32":
        _ask_nobody_at_nul()
    run()


def _take_any_letter() -> None:
    """Let no letter end a command: what an encoding lacks is a question mark.

    Files and pipes are UTF-8 on Windows too, as all files of the coach are. Its code page lacks the
    signs of a result and most alphabets, so that `coach export` would lose words.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program without a window has none
            if sys.platform == "win32" and "PYTHONIOENCODING" not in os.environ:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def _ask_nobody_at_nul() -> None:
    """Where standard input is NUL, let it be empty: it calls itself a terminal there.

    A program that the system starts would wait for a key for ever.
    """
    raw = getattr(getattr(sys.stdin, "buffer", None), "raw", None)
    if isinstance(raw, io.FileIO) and raw.isatty():  # a console is no file
        sys.stdin = io.StringIO()


if __name__ == "__main__":
    main()
