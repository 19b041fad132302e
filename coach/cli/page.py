"""The page of `coach review --web`, from its address to Ctrl+C."""

import os
import sys
import webbrowser

from rich.console import Console

from coach.practice import utc_now


def open_page(out: Console, path: str, *, in_browser: bool) -> None:
    """Serve the page until Ctrl+C.

    Args:
        path: which of its pages is shown first, such as /takes/3.
    """
    from coach.review.web.server import serve  # starlette, uvicorn and jinja2: 0.3 s

    def opened(address: str) -> None:
        out.print(f"The page is at {address}", soft_wrap=True)
        out.print("It is for this machine alone. Ctrl+C closes it.")
        if in_browser and _has_desktop():
            webbrowser.open(address)

    serve(utc_now, opened, path)
    out.print("The page is closed.")


def _has_desktop() -> bool:
    """Whether a browser gets a window of its own, rather than this terminal."""
    named = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, named))
