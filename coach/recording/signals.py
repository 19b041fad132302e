"""Ends that come from outside: a closed terminal, a system that goes down."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def ending_on_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the program, so that an answer is ended as Ctrl+C ends it.

    Raises:
        SystemExit: one of them came; its code is 128 and the signal's number.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # handlers belong to the main thread
        return

    def end(number: int, _frame: FrameType | None) -> None:
        for each in earlier:
            signal.signal(each, signal.SIG_IGN)  # a second one must not interrupt the saving
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What is ignored stays so: nohup wants it.
    heeded = [each for each in numbers if signal.getsignal(each) is not signal.SIG_IGN]
    earlier = {number: signal.signal(number, end) for number in heeded}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
