"""A process that hears takes, so that the one which owns the screen never runs a speech model.

Torch in a thread of the process that owns the screen aborted at exit in every trial; here it has a
process of its own, spawned while the question is read, and a crash there costs nothing: a job names
a file and a range of it, never sound, so a fresh process can be given the same job.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from coach import places
from coach.errors import CoachError, NoSuchFileError, TranscriptionError
from coach.transcript.engine import Transcriber, open_transcriber, transcribe
from coach.transcript.pieces import LONGEST, Piece, read_piece
from coach.transcript.transcript import Transcript, Word

LOOK = 0.1  # s between looks at whether the process still lives
NICENESS = 5  # the recorder and the screen come first
LOADING = 180.0  # s: a large model from a slow disk
PATIENCE = 10.0  # s for any answer, and on top of it
PACE = 0.25  # s of work for a second of sound, before any is measured
SLOWER = 20  # times that pace, before the process counts as hanging
SHORTEST = 3.0  # s: shorter pieces are no faster
STEP = 1.0  # s of waiting at most that a look counts: this process may have been stopped itself
NO_MEMORY = 71  # exit code of the process


@dataclass(frozen=True)
class Loaded:
    """Which engine the process has loaded; see `Transcriber`."""

    engine: str
    model: str
    keeps_fillers: bool
    prompt: str
    drafts: bool


@dataclass(frozen=True)
class Progress:
    """Seconds of a take that are heard, of all."""

    done: float
    of: float


@dataclass(frozen=True)
class _Running:
    """The process, and this end of the pipe to it."""

    process: multiprocessing.process.BaseProcess
    pipe: "Connection[Job, Answer]"


@dataclass(frozen=True)
class Job:
    """A take, or one piece of it; only a take may be of any format."""

    number: int
    path: Path
    piece: Piece | None
    partial: bool


@dataclass(frozen=True)
class Answer:
    """What comes back.

    Attributes:
        job: the job's number; 0 for what belongs to none.
        result: words of a piece, with times from its start; or the transcript of a take.
        seconds: of work.
        fixed_cost: seconds of it that a piece of any length would take.
    """

    job: int
    result: Loaded | Progress | tuple[Word, ...] | Transcript | CoachError
    seconds: float = 0.0
    fixed_cost: float = 0.0


class Worker:
    """Loads one engine in a process of its own and hears takes there, one at a time.

    Attributes:
        loaded: the engine, once the process has said that it is ready.
        patience: seconds without an answer after which the process counts as hanging, on top of
            what the job should take.
    """

    def __init__(self, engine: str, model: str | None, language: str = "en") -> None:
        """Nothing is started yet.

        Args:
            engine: "auto", "whisper" or "sphinx".
            model, language: as for `open_transcriber`.
        """
        self.loaded: Loaded | None = None
        self.patience = PATIENCE
        self._asked = (engine, model, language)
        self._running: _Running | None = None
        self._number = 0  # of the last job given
        self._answered = 0  # of the last job that is done
        self._length = LONGEST  # s of sound until the next answer
        self._pace = PACE  # s of work for a second of sound, the worst so far
        self._due: float | None = None  # s that may be waited; None where no answer is owed
        self._waited = 0.0  # s since something was heard from the process
        self._looked = 0.0  # monotonic

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        return self._running.process.pid if self._running else None

    def start(self) -> None:
        """Begin to load the engine; returns at once."""
        self._started()

    def _started(self) -> _Running:
        """The process; a new one where there is none that lives."""
        if self._running is not None and self._running.process.is_alive():
            return self._running
        self.stop()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, *self._asked), daemon=True)
        process.start()
        theirs.close()
        self._running = _Running(process, ours)
        self._expect(LOADING)
        return self._running

    def hear(
        self,
        path: Path,
        *,
        partial: bool = False,
        waiting: Callable[[], None] = lambda: None,
        progress: Callable[[float, float], None] = lambda _done, _of: None,
    ) -> Transcript:
        """Transcribe a take; starts the process if it is not there.

        Args:
            path: audio of any format that libsndfile reads.
            partial: take what is there of a truncated file.
            waiting: is called ten times a second until the words are there.
            progress: is told after each piece how many seconds are done of how many.

        Raises:
            TranscriptionError: the process died or hangs; the take is still on disk.
            CoachError: what the engine or the file says.
        """
        number = self.send(path, partial=partial)
        try:
            while True:
                answer = self.receive(LOOK)
                if answer is None:
                    waiting()
                elif answer.job == number:
                    if isinstance(answer.result, CoachError):
                        raise answer.result
                    if isinstance(answer.result, Transcript):
                        return answer.result
                    assert isinstance(answer.result, Progress)  # the rest of what a take gives
                    progress(answer.result.done, answer.result.of)
        except KeyboardInterrupt:
            self.stop()  # else it would work on for nobody
            raise

    def send(self, path: Path, piece: Piece | None = None, *, partial: bool = False) -> int:
        """Give the process a job, after those it has; starts it if it is not there.

        Args:
            piece: the range to hear of a take that the recorder has written, or is writing; None
                for a whole file of any format.

        Returns:
            The job's number.
        """
        running = self._started()
        self._number += 1
        job = Job(self._number, path, piece, partial)
        try:
            running.pipe.send(job)
        except OSError:  # it died this moment
            self.stop()
            self._started().pipe.send(job)
        self._length = max(SHORTEST, piece.seconds) if piece else LONGEST
        if self.loaded:
            self._expect(self._bound())
        return self._number

    def receive(self, timeout: float = 0.0) -> Answer | None:
        """The next answer; None where there is none within so many seconds.

        Raises:
            TranscriptionError: the process died or hangs. It is gone then, and what it was given is
                to be sent again, or not.
        """
        running = self._running
        if running is None:
            return None
        try:
            if running.pipe.poll(timeout):
                answer = running.pipe.recv()
                self._note(answer)
                return answer
        except (EOFError, OSError) as error:
            raise self._lost(_why_it_ended(running.process)) from error
        if self._is_overdue():
            raise self._lost(f"The speech recogniser has not answered for {self._waited:.0f} s.")
        return None

    def stop(self) -> None:
        if self._running is None:
            return
        with suppress(OSError):
            self._running.pipe.close()
        # It has nothing to save, and a process that is stopped or hangs would not hear SIGTERM.
        self._running.process.kill()
        self._running.process.join(timeout=2)
        self._running = None
        self.loaded = None
        self._answered = self._number  # what it owed nobody waits for
        self._due = None

    def _expect(self, seconds: float) -> None:
        self._due = seconds
        self._waited = 0.0
        self._looked = time.monotonic()

    def _bound(self) -> float:
        """Seconds until the next answer, at the very most."""
        return self.patience + SLOWER * self._pace * self._length

    def _note(self, answer: Answer) -> None:
        """Something was heard: what comes next is waited for anew."""
        if isinstance(answer.result, Loaded):
            self.loaded = answer.result
            self._pace = max(self._pace, answer.seconds / SHORTEST)
        elif answer.job == self._number and not isinstance(answer.result, Progress):
            self._answered = answer.job
            self._pace = max(self._pace, answer.seconds / self._length)
        if self._answered < self._number:
            self._expect(self._bound())
        else:
            self._due = None

    def _is_overdue(self) -> bool:
        now = time.monotonic()
        self._waited += min(now - self._looked, STEP)
        self._looked = now
        return self._due is not None and self._waited > self._due

    def _lost(self, why: str) -> TranscriptionError:
        self.stop()
        return TranscriptionError(
            why, "The recording is kept; hear it with: coach transcribe --pending"
        )


def _why_it_ended(process: multiprocessing.process.BaseProcess) -> str:
    process.join(timeout=1)
    code = process.exitcode
    if code == NO_MEMORY:
        return "There was not enough memory to hear this take."
    if code is not None and code < 0:
        return f"The speech recogniser was ended from outside ({signal.Signals(-code).name})."
    return f"The speech recogniser failed; {_errors()} tells why."


def serve(pipe: Connection, engine: str, model: str | None, language: str) -> None:
    """What the process does: load, say so, and answer jobs until the pipe is closed."""
    # Ctrl+C ends the sitting, in the other process; this one is told by its pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    _keep_errors()
    try:
        with suppress(EOFError, OSError):
            transcriber = _open(pipe, engine, model, language)
            while True:
                job = pipe.recv()
                _answer(pipe, transcriber, job)
    except (MemoryError, RuntimeError) as error:
        if isinstance(error, MemoryError) or "allocate memory" in str(error):  # torch's own words
            sys.exit(NO_MEMORY)
        raise


def _errors() -> Path:
    return places.home() / "recogniser.log"


def _keep_errors() -> None:
    """Warnings and tracebacks go to a file; the screen belongs to the sitting."""
    with suppress(CoachError, OSError):  # they are only for who mends the coach
        places.make_private(places.home())
        descriptor = os.open(_errors(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, 2)
        os.close(descriptor)


def _open(
    pipe: Connection, engine: str, model: str | None, language: str
) -> Transcriber | CoachError:
    try:
        transcriber = open_transcriber(engine, model, language)
    except CoachError as error:
        pipe.send(Answer(0, error))
        return error
    transcriber.warm_up()
    began = time.monotonic()
    transcriber.warm_up()
    loaded = Loaded(
        transcriber.engine,
        transcriber.model,
        transcriber.keeps_fillers,
        transcriber.prompt,
        transcriber.drafts,
    )
    pipe.send(Answer(0, loaded, time.monotonic() - began))
    return transcriber


def _answer(pipe: Connection, transcriber: Transcriber | CoachError, job: Job) -> None:
    began = time.monotonic()
    fixed_cost = 0.0
    result: tuple[Word, ...] | Transcript | CoachError
    try:
        if isinstance(transcriber, CoachError):
            result = transcriber
        elif job.piece is None:
            result = _hear_take(pipe, transcriber, job)
        else:
            result = transcriber.recognise(read_piece(job.path, job.piece))
            fixed_cost = transcriber.fixed_cost
    except CoachError as error:
        result = error
    except FileNotFoundError:
        result = NoSuchFileError(f"There is no file {job.path}.", "Check the name.")
    except OSError as error:
        result = TranscriptionError(
            f"{job.path} cannot be read ({error.strerror}).",
            "Hear it later with: coach transcribe --pending",
        )
    pipe.send(Answer(job.number, result, time.monotonic() - began, fixed_cost))


def _hear_take(pipe: Connection, transcriber: Transcriber, job: Job) -> Transcript:
    def progress(done: float, of: float) -> None:
        pipe.send(Answer(job.number, Progress(done, of)))

    return transcribe(transcriber, job.path, partial=job.partial, progress=progress)
