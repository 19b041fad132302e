"""Options and helpers that several commands share."""

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console, RenderableType
from rich.text import Text

from coach import places, settings
from coach.errors import CoachError, DamagedLogError
from coach.improvement.copies import Rescue, rescue
from coach.improvement.log import Log
from coach.improvement.store import CONVERTER
from coach.review.clean import CleanConsole
from coach.transcript.engine import AUTO, ENGLISH, EngineChoice, resolve_engine

_OUTPUT = -11  # STD_OUTPUT_HANDLE
_OBEY = 4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def console() -> Console:
    """Standard output; 80 columns where it is no terminal."""
    if sys.platform == "win32":
        _let_it_draw()
    return CleanConsole()


def say(text: str) -> None:
    """A message beside the output, on standard error: broken between words on a terminal.

    Elsewhere it stays one line, as programs that look for it expect.
    """
    CleanConsole(stderr=True).print(Text(text), soft_wrap=not sys.stderr.isatty())


def _let_it_draw() -> None:
    """Windows' own console obeys the codes for colours and places once it is asked to.

    Rich looks whether it does, and asks for nothing.
    """
    import ctypes  # nothing else that every command loads needs it

    library: Any = ctypes  # only Windows has all of it
    kernel, mode = library.windll.kernel32, ctypes.c_ulong()
    output = kernel.GetStdHandle(_OUTPUT)
    if kernel.GetConsoleMode(output, ctypes.byref(mode)):  # else it is no console
        kernel.SetConsoleMode(output, mode.value | _OBEY)


def echo_json(data: Any) -> None:
    text = json.dumps(data, indent=2, ensure_ascii=False)
    click.echo(text.encode(errors="replace").decode())  # of a log that older versions wrote


def show_found(
    found: Any, view: Callable[[Any], RenderableType], none: str = "", *, as_json: bool
) -> None:
    """An entry of the log or several of them, as JSON or as `view` has them.

    Args:
        none: what is said where there are none.
    """
    if as_json:
        echo_json(CONVERTER.unstructure(found))
    elif found:
        console().print(view(found))
    else:
        click.echo(none)


@contextmanager
def open_log() -> Iterator[Log]:
    if places.restore_journal().exists():
        from coach.improvement.restore import recover  # zipfile and more: seldom needed

        recover()
    try:
        with Log(places.database()) as log:
            log.tidy(datetime.now(UTC))
            yield log
            _keep_copy(log)
    except DamagedLogError as error:
        raise _rescued(error.message) or error from error
    except json.JSONDecodeError as error:  # a text in the log, most likely
        raise _rescued(f"The log {places.database()} is damaged ({error}).") or error from error


def _keep_copy(log: Log) -> None:
    """What the command was for is done by then, so that a full disk only gets a line."""
    try:
        log.keep_copy(datetime.now(UTC))
    except DamagedLogError:
        raise
    except CoachError as error:
        say(f"The daily copy of the log was not made. {error.message}")


def _rescued(fault: str) -> DamagedLogError | None:
    """Put the log in order, and say what was done; None where it is whole."""
    done = rescue(datetime.now(UTC))
    if done is None:
        return None
    what, then = told_rescue(done)
    return DamagedLogError(f"{fault} {what}", f"Run the command again. {then}")


def told_rescue(done: Rescue) -> tuple[str, str]:
    """What was done about a damaged log, and what that means for the answers."""
    kept = f"The damaged log is kept as {done.aside}."
    if done.source is None:
        return f"There is no copy of it yet. {kept}", "A new log begins; your recordings are kept."
    return (
        f"The copy {done.source.name} is in its place now. {kept}",
        "Answers recorded since that copy lie in "
        f"{places.recordings()}; `coach assess FILE` judges them.",
    )


def setting(name: str) -> Callable[[], Any]:
    """The default of an option: what the setting of that name says when the command runs."""
    return lambda: settings.value(name)


def together(*options: Callable[[Callable], Callable]) -> Callable[[Callable], Callable]:
    """Several options as one decorator; help shows them in this order."""

    def decorate(command: Callable) -> Callable:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def engine_options(command: Callable) -> Callable:
    """--engine, --model and --language, given to the command as one `engine`."""

    @functools.wraps(command)
    def chosen(*args: Any, engine: str, model: str | None, language: str, **options: Any) -> Any:
        if model is None and engine != "sphinx":  # which has one model of its own
            model = settings.value("model")
        return command(*args, engine=EngineChoice(engine, model, language), **options)

    return together(
        click.option(
            "--engine",
            default=setting("engine"),
            show_default=AUTO,
            help="Speech engine: auto, whisper or sphinx.",
        ),
        click.option(
            "--model",
            metavar="NAME|PATH",
            help="Whisper model: tiny.en, base.en, small.en …, or a checkpoint's path.",
        ),
        click.option(
            "--language",
            metavar="CODE",
            default=setting("language"),
            show_default=ENGLISH,
            help="What is spoken: en, de … Only English answers are judged as stories.",
        ),
    )(chosen)


def say_engine(out: Console, engine: EngineChoice) -> None:
    """Where "auto" falls back on the embedded engine, say so, and how to get better words."""
    if engine.name == AUTO and resolve_engine(AUTO, engine.model) != "whisper":
        out.print(
            Text(
                "Words are heard by the embedded engine (sphinx). For better ones: "
                "coach setup --download base.en",
                "dim",
            )
        )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


FILE = click.Path(path_type=Path)
STANDARD = Path("-")  # standard input or output


def example(text: str) -> str:
    """The epilog of a command's help."""
    return f"\b\nExample:\n  {text}"
