"""The page of `coach review --web`, from its address to Ctrl+C."""

import os
import sys
import webbrowser

import click
from click.core import ParameterSource
from rich.console import Console

from coach.practice import utc_now

_BESIDE = {"number", "web", "no_browser", "engine", "model", "language"}


def check_options(ctx: click.Context) -> None:
    """
    Raises:
        UsageError: the page is wanted together with what the terminal would show or do.
    """
    for param in ctx.command.params:
        source = ctx.get_parameter_source(param.name)
        if source is ParameterSource.COMMANDLINE and param.name not in _BESIDE:
            raise click.UsageError(f"{param.opts[0]} is for the terminal: with --web leave it out.")


def open_page(out: Console, path: str, *, in_browser: bool) -> None:
    """Serve the page until Ctrl+C.

    Args:
        path: which of its pages is shown first, such as /takes/3.
    """
    from coach.review.web.server import serve  # starlette, uvicorn and jinja2: 0.3 s

    def opened(address: str, once: str) -> None:
        out.print(f"The page is at {address}", soft_wrap=True)
        out.print("It is for this machine alone. Ctrl+C closes it.")
        if in_browser and _has_desktop():
            webbrowser.open(once)

    serve(utc_now, opened, path)
    out.print("The page is closed.")


def _has_desktop() -> bool:
    """Whether a browser gets a window of its own, rather than this terminal."""
    named = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, named))
