"""Questions on a terminal: a line or several, Enter leaves one out, `e` opens the editor."""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach.clean import clean
from coach.cli.keys import ENTER, NO_MORE, Keys
from coach.errors import NoSuchFileError, NoTerminalError
from coach.improvement.days import EARLIEST
from coach.practice import users_day
from coach.review import said
from coach.review.clean import marked

EMPTIES = "-"  # typed alone, it empties a field that has a value
EDITOR = "e"
BACK = "<"
KEEPS = f"Enter keeps what is there, {EMPTIES} empties it."
ENDS = "an empty line ends it, e opens your editor"
YEARS = range(EARLIEST.year, 2100)  # in which days are taken for meant
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}

Parse = Callable[[str], Any]


class Back(Exception):  # noqa: N818  it is no error
    """The user goes back to the question before."""


class Left(KeyboardInterrupt):
    """Ctrl+C in the midst of a text; it carries what stands there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Moment(click.ParamType):
    """What an option takes: a day, or with `hours` also a day with its hour; gives a datetime."""

    name = "date"

    def __init__(self, *, hours: bool = False) -> None:
        self._hours = hours

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return (_moment if self._hours else _midnight)(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


DAY = Moment()


def prompt(label: str, **how: Any) -> Any:
    """Ask for a line, which can be edited; as `click.prompt`, without control characters."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # Windows edits a line itself
            import readline  # noqa: F401  from here on arrow keys move in the line
    parse = how.get("type", str)
    how.setdefault("prompt_suffix", suffix(label))
    return click.prompt(label, value_proc=lambda typed: parse(clean(typed)), **how)


def confirm(question: str, *, default: bool = False, err: bool = False) -> bool:
    """Ask for y or n until one of them comes; Enter means the default."""
    label = f"{question} [{'Y/n' if default else 'y/N'}]"
    while True:
        typed = prompt(label, default="", show_default=False, err=err)
        try:
            return truth(typed.strip()) if typed.strip() else default
        except ValueError:
            click.echo("Please type y or n.", err=err)


def agreed_to_remove(question: str, *, agreed: bool) -> bool:
    """Whether something is to be removed, by --yes or by the answer; where not, it is said.

    Raises:
        NoTerminalError: nobody can be asked.
    """
    if agreed or yes(question):
        return True
    click.echo("Nothing was removed.")
    return False


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


def needed(out: Console, label: str, option: str, parse: Parse, *, asks: bool) -> Any:
    """Ask for what the option would have said, until it is there.

    Raises:
        click.UsageError: nobody can be asked.
    """
    if not asks:
        raise click.UsageError(f"Missing option '{option}'.")
    while (value := line(out, label, parse, None)) is None:
        pass
    return value


def refuse(fault: str | None) -> None:
    """
    Raises:
        click.UsageError: there is a fault in what the options say.
    """
    if fault:
        raise click.UsageError(fault)


def suffix(label: str) -> str:
    """What stands between a label and the cursor: a question has its own mark."""
    return " " if label.endswith("?") else ": "


def line(
    out: Console, label: str, parse: Parse, current: Any, *, long: bool = False, back: bool = False
) -> Any:
    """Ask for one value until it can be read.

    Args:
        parse: from the text to the value; raises ValueError with one sentence.
        current: kept where only Enter comes; shown where there is one.
        long: whether it may have several lines, and `e` opens the editor.
        back: whether "<" goes back to the question before.

    Raises:
        Back: it does.
        Left: Ctrl+C in the midst of several lines.
    """
    shown = said.value(current)
    if shown:
        out.print(Text.assemble(("  now: ", "dim"), (shown, "dim italic")))
    while True:
        typed = (
            _lines(out, label, back=back) if long else prompt(label, default="", show_default=False)
        )
        typed = typed.strip()
        if not typed:
            return current
        if typed == BACK and back:
            raise Back
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


def _lines(out: Console, label: str, *, back: bool) -> str:
    """What is typed or pasted up to an empty last line, Ctrl+D, or a sign that stands alone.

    Args:
        back: whether one of them goes back to the question before.
    """
    from coach.cli.editor import Editor  # asyncio and more: 0.2 s

    out.print(Text.assemble(label, (f"  {ENDS}", "dim")))
    signs = (EDITOR, EMPTIES, BACK) if back else (EDITOR, EMPTIES)
    editor = Editor(lambda text: text.strip().lower() in signs)
    try:
        return clean(editor.read())
    except EOFError as end:
        raise click.Abort from end
    except KeyboardInterrupt as end:
        raise Left(clean(editor.text).strip()) from end


def yes(question: str) -> bool:
    """Ask before something is removed.

    Raises:
        NoTerminalError: nobody can be asked.
    """
    if not can_ask(as_json=False):
        raise NoTerminalError(
            "That is asked first, and there is no terminal to ask on.", "Add --yes."
        )
    return confirm(question)


def key(out: Console, text: str, keys: Sequence[str]) -> str:
    """Wait for one of these keys, or Enter.

    Where q is not among them, it stands for Enter, as does the end of the input.
    """
    out.print(marked(text))
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
        return clean(sys.stdin.read()).strip()
    file = Path(path).expanduser()
    try:
        return clean(file.read_text(encoding="utf-8-sig")).strip()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {file}.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchFileError(
            f"{file} cannot be read as text.", "Save it as plain text (UTF-8)."
        ) from error


def _edited(out: Console, current: Any) -> str:
    """What was written in $EDITOR; nothing where it was not saved or does not start."""
    try:
        with _left_to_the_editor():
            return clean(click.edit(said.value(current)) or "").strip()
    except click.ClickException as error:
        out.print(Text(f"{error.message} It can be typed here.", "yellow"))
        return ""


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Ctrl+C in an editor is the editor's, and does not end the form that waits for it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# From what was typed to a value


def text(typed: str) -> str:
    return typed


def texts(typed: str) -> tuple[str, ...]:
    """Several, parted by semicolons or lines."""
    return tuple(part.strip() for part in typed.replace("\n", ";").split(";") if part.strip())


def lines(typed: str) -> tuple[str, ...]:
    """Several, one a line."""
    return tuple(part.strip() for part in typed.split("\n") if part.strip())


def scale(typed: str) -> int:
    if typed not in {"1", "2", "3", "4", "5"}:
        raise ValueError("Please type a number from 1 to 5, or Enter to leave it out.")
    return int(typed)


def truth(typed: str) -> bool:
    if typed.lower() not in {"y", "yes", "n", "no"}:
        raise ValueError("Please type y or n, or Enter to leave it out.")
    return typed.lower().startswith("y")


def day(typed: str) -> date:
    """
    Raises:
        ValueError: one sentence that says how a day is written.
    """
    named = _NAMED.get(typed.strip().lower())
    if named is not None:
        return users_day() + timedelta(days=named)
    try:
        found = datetime.strptime(typed.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  it has no zone
    except ValueError as error:
        raise ValueError(
            f"“{typed}” is no day; give it as YYYY-MM-DD, such as 2026-03-31, or as today or"
            " yesterday."
        ) from error
    if found.year not in YEARS:
        raise ValueError(f"{typed} is too far away; give a day from {YEARS[0]} to {YEARS[-1]}.")
    return found


def _midnight(typed: str) -> datetime:
    return datetime.combine(day(typed), time())


def _moment(typed: str) -> datetime:
    """A day, or one with its hour, such as 2026-03-31T10:30."""
    try:
        begins = datetime.strptime(typed[-6:].lstrip("T "), "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        return _midnight(typed)
    return datetime.combine(day(typed[:-6]), begins)


def day_without(fault: Callable[[date], str | None]) -> Parse:
    """Reads a day, and refuses it where `fault` says why."""

    def parse(typed: str) -> date:
        found = day(typed)
        wrong = fault(found)
        if wrong:
            raise ValueError(wrong)
        return found

    return parse


def one_of(names: Sequence[str]) -> Parse:
    def parse(typed: str) -> str:
        found = [name for name in names if name.startswith(typed.lower())]
        if typed.lower() in names:
            return typed.lower()
        if len(found) != 1:
            raise ValueError(f"Please type one of {', '.join(names)}; its beginning is enough.")
        return found[0]

    return parse
