"""Ctrl+Z: the shell gets its own screen back, and `fg` brings the sitting's."""

import os
import signal
import threading
from types import FrameType
from typing import Self


class Suspension:
    """Takes note of Ctrl+Z, so that the program can stop once the terminal is as it was.

    Attributes:
        wanted: whether it was pressed since the last stop.
        able: whether it is taken note of. Windows has no such thing.
    """

    def __init__(self) -> None:
        self.wanted = False
        self.able = False

    def __enter__(self) -> Self:
        # Handlers belong to the main thread; what is ignored stays so.
        main = threading.current_thread() is threading.main_thread()
        able = hasattr(signal, "SIGTSTP") and main
        self.able = able and signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL
        if self.able:
            signal.signal(signal.SIGTSTP, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        if self.able:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)

    def stop(self) -> None:
        """Stop here; it returns when the shell goes on with the program."""
        self.wanted = False
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        # Not SIGSTOP: where no shell could go on with it, nothing is to stop.
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True
