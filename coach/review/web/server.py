"""The server: a port of its own on the loopback, open until Ctrl+C."""

import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from secrets import token_urlsafe

import uvicorn

from coach.review.web.app import build
from coach.review.web.guard import Guard

LOOPBACK = "127.0.0.1"
GRACE = 1  # s that a browser has to end what it loads


def serve(
    clock: Callable[[], datetime], opened: Callable[[str, str], None], path: str = "/"
) -> None:
    """Serve the pages until Ctrl+C or SIGTERM.

    Args:
        opened: is told the first address, once it can be asked for, and another one that leads
            in but one time: what a browser is started with, all users of the machine can read.
        path: which page the first address shows.
    """
    token, once = token_urlsafe(32), token_urlsafe(32)
    with socket.create_server((LOOPBACK, 0)) as bound:
        port = bound.getsockname()[1]
        config = uvicorn.Config(
            Guard(build(clock), port, token, once),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        opened(*(f"http://{LOOPBACK}:{port}{path}?token={each}" for each in (token, once)))
        # uvicorn ends in good order, and then raises the signal again for whoever waits for it.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[bound])
        finally:
            signal.signal(signal.SIGTERM, before)
