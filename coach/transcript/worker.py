"""A process that hears takes, so that the one which owns the screen never runs a speech model.

Torch in a thread of the process that owns the screen aborted at exit in every trial; here it has a
process of its own, spawned while the question is read, and a crash there costs nothing: the take is
on disk and is heard again.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from coach.errors import CoachError, TranscriptionError
from coach.transcript.transcript import Transcript

LOOK = 0.1  # s between looks at whether the process still lives
NICENESS = 5  # the recorder and the screen come first


class Worker:
    """Loads one engine in a process of its own and hears takes there, one at a time.

    Args:
        engine: "auto", "whisper" or "sphinx".
        model: as for `open_transcriber`.
    """

    def __init__(self, engine: str, model: str | None) -> None:
        self._engine = engine
        self._model = model
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to load the engine; returns at once."""
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._engine, self._model), daemon=True
        )
        self._process.start()
        theirs.close()

    def hear(
        self, path: Path, *, partial: bool = False, waiting: Callable[[], None] = lambda: None
    ) -> Transcript:
        """Transcribe a take; starts the process if it is not there.

        Args:
            path: audio of any format that libsndfile reads.
            partial: take what is there of a truncated file.
            waiting: is called ten times a second until the words are there.

        Raises:
            TranscriptionError: the process died; the take is still on disk.
            CoachError: what the engine or the file says.
        """
        self.start()
        try:
            self._pipe.send((str(path), partial))
            while not self._pipe.poll(LOOK):
                waiting()
                if not self._process.is_alive() and not self._pipe.poll():
                    raise EOFError
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise TranscriptionError(
                "The speech recogniser ended before it had heard the whole take.",
                "The recording is kept; `coach review` tries it again.",
            ) from error
        if isinstance(answer, CoachError):
            raise answer
        return answer

    def stop(self) -> None:
        if self._process is None:
            return
        with suppress(OSError):
            self._pipe.close()
        self._process.terminate()
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.kill()
        self._process = None


def _serve(pipe: Connection, engine: str, model: str | None) -> None:
    # Ctrl+C ends the sitting, in the other process; this one is told by its pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(EOFError, OSError):
        transcriber = _open(engine, model)
        while True:
            path, partial = pipe.recv()
            pipe.send(_hear(transcriber, Path(path), partial))


def _open(engine: str, model: str | None):
    from coach.transcript.engine import open_transcriber

    try:
        return open_transcriber(engine, model)
    except CoachError as error:
        return error


def _hear(transcriber, path: Path, partial: bool) -> Transcript | CoachError:
    from coach.transcript.engine import transcribe

    if isinstance(transcriber, CoachError):
        return transcriber
    try:
        return transcribe(transcriber, path, partial=partial)
    except CoachError as error:
        return error
    except MemoryError:
        return TranscriptionError(
            "There was not enough memory to hear this take.",
            "The recording is kept; choose a smaller model, such as --model tiny.en.",
        )
