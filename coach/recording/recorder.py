"""The recorder: a stream that is copied to a queue, and one thread that brings it to the disk.

The audio callback only copies. The writer thread alone touches the take; the buttons of the screen
reach it through the same queue, so they fall between the very blocks they were pressed between.
Imports numpy: import it lazily.
"""

import contextlib
import errno
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from coach.errors import NoMicrophoneError, RecordingError
from coach.places import unwritable
from coach.recording.audio_file import SAMPLE_BYTES, WavWriter
from coach.recording.gaps import Block
from coach.recording.recording import Recording, Span, part_of
from coach.recording.signals import ending_on_signals
from coach.recording.speech import SpeechStream, best_detector
from coach.recording.take import DISK_RESERVE, TAIL, Status, Take, free_bytes
from coach.recording.watch import where_to_unmute

if TYPE_CHECKING:
    from coach.recording.microphone import Hear, Microphone

QUEUE = 600  # blocks: 30 s, for a disk that is asleep or a machine that is busy
FIRST_DATA = 5.0  # s: a cold source needs up to 2, a Bluetooth one more
NO_DATA = 1.0  # s without a block: the device is gone
LOOK_EVERY = 0.1  # s
SOURCE_EVERY = 1.0  # s between questions to the sound server
SLEPT = 10.0  # s that the clock jumps by between two looks: the machine slept, or was stopped
WRITER_PATIENCE = 30.0  # s for the writer to bring its queue to a slow disk

Command = Callable[[Take], None]


class Recorder:
    """Records one answer. Its methods may be called from any thread, `status` at any rate.

    As a context manager it keeps what was said whatever ends the block, also an exception.

    Attributes:
        path: the finished WAV.
        part: where the take lies while it is recorded.
    """

    def __init__(self, microphone: "Microphone", path: Path, *, auto_stop: bool = False) -> None:
        """Nothing is opened yet.

        Args:
            auto_stop: 3.5 s of silence after 10 s of speech end the answer.
        """
        self.path = path
        self.part = part_of(path)
        self._microphone = microphone
        self._heard: Microphone | None = None  # whose blocks count
        self._auto_stop = auto_stop
        self._devices = [microphone.name]
        self._queue: queue.SimpleQueue[Block | Command] = queue.SimpleQueue()
        self._dropped = 0  # frames, since the last block that found room in the queue
        self._delivering = threading.Event()
        self._over = threading.Event()
        self._buttons = threading.RLock()
        self._started: datetime | None = None
        self._recording: Recording | None = None
        self._take: Take | None = None
        self._status: Status | None = None
        self._spans: tuple[Span, ...] = ()
        self._writer = threading.Thread(target=self._write, daemon=True, name="writer of the take")

    # ── Buttons ──

    def open(self) -> None:
        """Create the file, open the stream, and wait until sound arrives.

        Raises:
            HomeError, RecordingError: the file cannot be made, or the disk is full.
            NoMicrophoneError: the microphone refuses, or nothing comes from it for 5 s.
        """
        with self._buttons:
            speech = SpeechStream(best_detector())
            take = Take(_create(self.part, self.path), speech, auto_stop=self._auto_stop)
            self._take = take
            self._status = take.status()
            try:
                self._listen(self._microphone)
            except BaseException:
                self._over.set()
                self._microphone.stop()
                take.file.discard()
                raise
            self._writer.start()
            threading.Thread(
                target=self._follow_source, daemon=True, name="follower of the sound server"
            ).start()

    def begin(self) -> None:
        """The answer starts now; the second before it is kept too."""
        with self._buttons:
            if self._started is None:
                self._started = datetime.now(UTC)
                latency = self._microphone.latency
                self._queue.put(lambda take: take.begin(latency))

    def pause(self) -> None:
        """Keep nothing from now on; the stream stays open, for opening it loses words."""
        until = self._tail()
        self._queue.put(lambda take: take.pause(until))

    def resume(self) -> None:
        self._queue.put(lambda take: take.resume())

    def note(self, kind: str, text: str) -> None:
        """Keep with the take, and with its time, what happened beside it."""
        self._queue.put(lambda take: take.notice(kind, text))

    def switch(self, choose: Callable[[], "Microphone"]) -> None:
        """Go on with a microphone opened anew, as a further part of the same answer and file.

        Args:
            choose: finds it, when the last one is closed: only then is a new one sure to be seen.

        Raises:
            NoMicrophoneError: there is none, it refuses, or gives nothing for 5 s; the take so far
                is kept.
        """
        with self._buttons:
            self._heard = None
            self._delivering.clear()
            self._microphone.stop()
            try:
                self._microphone = choose()
                self._listen(self._microphone)
            except NoMicrophoneError as error:
                why = error.message
                self._queue.put(lambda take: take.gone(why))
                raise
            finally:
                self._catch_up()
            if self._microphone.name != self._devices[-1]:
                self._devices.append(self._microphone.name)

    def status(self) -> Status:
        """What the screen shows, as of the last block (at most 0.1 s ago).

        Raises:
            RuntimeError: the recorder is not open.
        """
        if self._status is None:
            raise RuntimeError("the recorder is not open")
        if not self._writer.is_alive() and not self._over.is_set():
            return replace(self._status, ended="The take cannot be written any more.")
        return self._status

    def speech(self) -> tuple[Span, ...]:
        """Where somebody spoke so far; the last span still grows while somebody speaks."""
        return self._spans

    def stop(self) -> Recording:
        """End the answer 0.3 s from now and give the take its plain name.

        Calling it again returns the same take.

        Raises:
            RecordingError: the disk does not answer; the take is kept under its present name.
            RuntimeError: the answer never began.
        """
        with self._buttons:
            if self._recording is None:
                if self._started is None:
                    raise RuntimeError("the answer never began: discard it")
                until = self._tail()
                self._end(lambda take: take.stop(until))
                self._recording = self._describe(self._taken(), self._started)
            return self._recording

    def discard(self) -> None:
        """Stop at once and delete the take."""
        with self._buttons:
            if self._take is not None and not self._over.is_set():
                self._end(lambda take: take.discard())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._started is None:
            self.discard()
        elif not self._over.is_set():
            self.stop()

    # ── Behind them ──

    def _tail(self) -> float:
        """Monotonic: when the sound of 0.3 s from now has arrived."""
        return time.monotonic() + TAIL + self._microphone.latency

    def _listen(self, microphone: "Microphone") -> None:
        """Open a stream into the queue and wait until it delivers."""
        self._dropped = 0
        self._heard = microphone
        microphone.start(self._hearing(microphone))
        if not self._delivering.wait(FIRST_DATA):
            microphone.stop()
            raise NoMicrophoneError(
                f"Nothing comes from the microphone “{microphone.name}”.",
                f"Unplug it and plug it in again, or choose another with --device. "
                f"{where_to_unmute()}",
            )

    def _catch_up(self) -> None:
        """Wait until the writer has done, and `status` shows, all that was asked of it so far."""
        done = threading.Event()
        self._queue.put(lambda _take: done.set())
        done.wait(WRITER_PATIENCE)

    def _hearing(self, microphone: "Microphone") -> "Hear":
        """What the audio thread calls: it copies into the queue and returns."""

        def hear(pcm: bytes, overflowed: bool) -> None:
            if microphone is not self._heard or self._over.is_set():
                return  # a stream that hangs while it is being closed
            if not self._delivering.is_set():
                self._queue.put(
                    lambda take: take.part(microphone.rate, microphone.channels, microphone.name)
                )
                self._delivering.set()
            if self._queue.qsize() >= QUEUE:
                self._dropped += len(pcm) // (SAMPLE_BYTES * microphone.channels)
                return
            self._queue.put(Block(pcm, overflowed, self._dropped, time.monotonic()))
            self._dropped = 0

        return hear

    def _write(self) -> None:
        """The writer thread: from the queue to the disk until the take is over."""
        take = self._taken()
        waited = 0.0  # s; counted, not read from a clock, which runs on while a process is stopped
        looked = wall_clock()
        while not take.over:
            try:
                item = self._queue.get(timeout=LOOK_EVERY)
            except queue.Empty:
                item = None
            looked, before = wall_clock(), looked
            if looked - before >= SLEPT:
                take.slept(looked - before)
            if item is None:
                waited += LOOK_EVERY
                self._look_at_device(take, waited)
            elif isinstance(item, Block):
                waited = 0.0
                take.hear(item)
            else:
                item(take)
            take.tick(time.monotonic())
            self._status = take.status()
            self._spans = take.spans
        self._over.set()

    def _look_at_device(self, take: Take, waited: float) -> None:
        name = self._microphone.name
        if not self._delivering.is_set():
            pass  # the next microphone is being opened
        elif not self._microphone.is_active():
            take.gone(f"“{name}” is gone; the take so far is kept.")
        elif waited >= NO_DATA:
            take.gone(f"“{name}” has given nothing for {NO_DATA:.0f} s; the take so far is kept.")
        take.nothing_more(time.monotonic())

    def _follow_source(self) -> None:
        """A thread of its own: asking a sound server that hangs takes 2 s."""
        followed, known = self._microphone, None
        while not self._over.wait(SOURCE_EVERY):
            if followed is not self._microphone:
                followed, known = self._microphone, None
            source = followed.source()
            if source and source != known:
                self._queue.put(partial(Take.records_from, source=source, moved=bool(known)))
                known = source

    def _end(self, command: Command) -> None:
        """Let the writer finish, then close the stream: the file is safe before that may hang."""
        self._queue.put(command)
        self._writer.join(WRITER_PATIENCE)
        over = self._over.is_set()
        self._over.set()
        self._microphone.stop()
        if not over:
            raise RecordingError(
                "The take could not be finished: it cannot be written, or the disk hangs.",
                f"What reached it lies in {self.part} and is offered at the next start.",
            )

    def _taken(self) -> Take:
        if self._take is None:
            raise RuntimeError("the recorder is not open")
        return self._take

    def _describe(self, take: Take, started: datetime) -> Recording:
        return Recording(
            path=take.file.path,
            seconds=round(take.seconds, 3),
            started=started,
            device=", then ".join(self._devices),
            notices=take.notices,
            lost_samples=take.lost_samples,
            noise_floor=take.noise_floor,
            pre_roll=take.pre_roll,
            speech=take.spans,
        )


def wall_clock() -> float:
    """Seconds that go on while the machine sleeps, where those of `time.monotonic` may not."""
    return time.time()


def _create(part: Path, path: Path) -> WavWriter:
    """The take's file, before any stream is opened."""
    try:
        if path.exists():
            raise FileExistsError(path)
        file = WavWriter(part, path)
    except FileExistsError as error:
        raise RecordingError(
            f"Another take of the name {path.name} exists already.", "Try again in a second."
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room(part) from error
        raise unwritable(part.parent, error) from error
    if free_bytes(part.parent) < DISK_RESERVE:
        file.discard()
        raise _no_room(part)
    return file


def _no_room(part: Path) -> RecordingError:
    return RecordingError(
        f"There is no room for a recording in {part.parent}.",
        "Free some space, or set COACH_HOME to a folder on another disk.",
    )


def record_answer(microphone: "Microphone", to: Path, stop: Callable[[Status], bool]) -> Recording:
    """Record an answer into `to` until `stop` says so, the take ends by itself, or Ctrl+C.

    Args:
        stop: asked 20 times a second.

    Raises:
        What `Recorder.open` and `Recorder.stop` raise; SystemExit on SIGTERM and SIGHUP, when the
        take is on disk.
    """
    with ending_on_signals(), Recorder(microphone, to) as recorder:
        recorder.open()
        recorder.begin()
        with contextlib.suppress(KeyboardInterrupt):
            while not recorder.status().ended and not stop(recorder.status()):
                time.sleep(0.05)
        return recorder.stop()
