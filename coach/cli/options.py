"""Options and helpers that several commands share."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from coach import places
from coach.improvement.log import Log
from coach.transcript.engine import AUTO, resolve_engine


def console() -> Console:
    """Standard output; 80 columns where it is no terminal."""
    return Console(highlight=False)


def echo_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


@contextmanager
def open_log() -> Iterator[Log]:
    with Log(places.database()) as log:
        yield log


def engine_options(command):
    """--engine and --model."""
    command = click.option(
        "--model",
        metavar="NAME|PATH",
        help="Whisper model: tiny.en, base.en, small.en …, or a checkpoint's path.",
    )(command)
    return click.option(
        "--engine",
        default="auto",
        show_default=True,
        help="Speech engine: auto, whisper or sphinx.",
    )(command)


def say_engine(out: Console, engine: str, model: str | None) -> None:
    """Where "auto" falls back on the embedded engine, say so, and how to get better words."""
    if engine == AUTO and resolve_engine(engine, model) != "whisper":
        out.print(
            "[dim]Words are heard by the embedded engine (sphinx). For better ones: "
            "coach setup --download base.en[/]"
        )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")

FILE = click.Path(path_type=Path)


def example(text: str) -> str:
    """The epilog of a command's help."""
    return f"\b\nExample:\n  {text}"
