"""Questions on a terminal: a line each, Enter leaves one out, `e` opens the editor."""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach.cli.keys import ENTER, NO_MORE, Keys
from coach.errors import NoSuchFileError, NoTerminalError
from coach.review import said

EMPTIES = "-"  # typed alone, it empties a field that has a value
EDITOR = "e"
DAY = click.DateTime(formats=["%Y-%m-%d"])

Parse = Callable[[str], Any]


def can_ask(*, as_json: bool) -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and not as_json


def require_terminal(asks: bool, name: str, option: str) -> None:
    """
    Raises:
        NoTerminalError: nobody can be asked; names the option that says it instead.
    """
    if not asks:
        raise NoTerminalError(
            f"{name} is not given, and there is no terminal to ask on.", f"Add {option}."
        )


def suffix(label: str) -> str:
    """What stands between a label and the cursor: a question has its own mark."""
    return " " if label.endswith("?") else ": "


def line(out: Console, label: str, parse: Parse, current: Any, *, long: bool = False) -> Any:
    """Ask for one value until it can be read.

    Args:
        parse: from the text to the value; raises ValueError with one sentence.
        current: kept where only Enter comes; shown where there is one.
        long: whether `e` opens the editor.
    """
    shown = said.value(current)
    if shown:
        out.print(Text.assemble(("  now: ", "dim"), (shown, "dim italic")))
    while True:
        typed = click.prompt(
            label, default="", show_default=False, prompt_suffix=suffix(label)
        ).strip()
        if not typed:
            return current
        if typed == EMPTIES:
            return type(current)() if isinstance(current, tuple | dict) else None
        if long and typed.lower() == EDITOR:
            typed = _edited(out, current)
            if not typed:
                return current
        try:
            return parse(typed)
        except ValueError as error:
            out.print(Text(str(error), "yellow"))


def yes(prompt: str, *, asks: bool, option: str = "--yes") -> bool:
    """Ask before something is removed.

    Raises:
        NoTerminalError: nobody can be asked.
    """
    if not asks:
        raise NoTerminalError(
            "That is asked first, and there is no terminal to ask on.", f"Add {option}."
        )
    return click.confirm(prompt)


def key(out: Console, text: str, keys: Sequence[str]) -> str:
    """Wait for one of these keys, or Enter.

    Where q is not among them, it stands for Enter, as does the end of the input.
    """
    out.print(Text.from_markup(text))
    with Keys() as pressed:
        while (got := pressed.get()) not in (ENTER, NO_MORE, *keys):
            pass
    return got if got in keys else ENTER


def read_text(path: str) -> str:
    """The text of a file, or of standard input where the path is "-".

    Raises:
        NoSuchFileError: it is not there or no text.
    """
    if path == "-":
        return sys.stdin.read().strip()
    file = Path(path).expanduser()
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {file}.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchFileError(
            f"{file} cannot be read as text.", "Save it as plain text (UTF-8)."
        ) from error


def _edited(out: Console, current: Any) -> str:
    """What was written in $EDITOR; nothing where it was not saved or does not start."""
    try:
        return (click.edit(said.value(current)) or "").strip()
    except click.ClickException as error:
        out.print(Text(f"{error.message} It can be typed here in one line.", "yellow"))
        return ""


# From what was typed to a value


def text(typed: str) -> str:
    return typed


def texts(typed: str) -> tuple[str, ...]:
    """Several, parted by semicolons or lines."""
    return tuple(part.strip() for part in typed.replace("\n", ";").split(";") if part.strip())


def scale(typed: str) -> int:
    if typed not in {"1", "2", "3", "4", "5"}:
        raise ValueError("Please type a number from 1 to 5, or Enter to leave it out.")
    return int(typed)


def truth(typed: str) -> bool:
    if typed.lower() not in {"y", "yes", "n", "no"}:
        raise ValueError("Please type y or n, or Enter to leave it out.")
    return typed.lower().startswith("y")


def day(typed: str) -> date:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError as error:
        raise ValueError("Please type the day as YYYY-MM-DD, such as 2026-03-31.") from error


def one_of(names: Sequence[str]) -> Parse:
    def parse(typed: str) -> str:
        found = [name for name in names if name.startswith(typed.lower())]
        if typed.lower() in names:
            return typed.lower()
        if len(found) != 1:
            raise ValueError(f"Please type one of {', '.join(names)}; its beginning is enough.")
        return found[0]

    return parse
