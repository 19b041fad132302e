"""The writer's side of a take: every block goes to disk first and is judged afterwards.

No threads and no devices here: the recorder's one writer thread calls it, or a test does.
Imports numpy: import it lazily.
"""

import contextlib
import math
import shutil
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.recording.audio_file import SAMPLE_BYTES, WavWriter
from coach.recording.converter import Converter, to_float, to_pcm
from coach.recording.gaps import Block, Gaps
from coach.recording.level import Meter, noise_floor
from coach.recording.recording import SAMPLE_RATE, Notice, Span, in_minutes
from coach.recording.speech import SpeechStream
from coach.recording.watch import Watch

PRE_ROLL = 1 * SAMPLE_RATE  # samples kept from before the start key: the first word is never lost
TAIL = 0.3  # s recorded past the stop key
SLACK = 0.5  # s past the end of a take for its last block to arrive
SYNC_EVERY = 0.5  # s: what a power cut may cost
DISK_EVERY = 1.0  # s between looks at the free space
DISK_LOW = 64 << 20  # bytes: half an hour of sound
DISK_RESERVE = 4 << 20  # bytes: a take ends before it, so that the log can still be written
UNWRITTEN = 60 * SAMPLE_RATE  # samples kept in memory when the disk is full after all
AUTO_STOP_SPEECH = 10.0  # s of speech before silence may end an answer
AUTO_STOP_SILENCE = 3.5  # s
COUNTDOWN_FROM = 2.5  # s before auto-stop: from then on it is shown


@dataclass(frozen=True)
class Status:
    """What the screen shows of a take.

    Attributes:
        elapsed: seconds of the answer so far, without pauses.
        level: dBFS of the last 0.1 s.
        peak: dBFS of the loudest sample of the last second.
        ended: why the take ended by itself, in words; None while it goes on.
        countdown: seconds until silence ends the answer; None while nothing counts down.
        slept: the machine slept since the microphone was opened; it must be opened anew.
    """

    elapsed: float
    level: float
    peak: float
    speaking: bool
    paused: bool
    notices: tuple[Notice, ...] = ()
    ended: str | None = None
    countdown: float | None = None
    slept: bool = False


class Take:
    """One answer on its way to the disk."""

    def __init__(self, file: WavWriter, speech: SpeechStream, *, auto_stop: bool = False) -> None:
        self.file = file
        self.over = False
        self.noise_floor: float | None = None
        self.lost_samples = 0
        self.pre_roll = 0.0
        self._ended: str | None = None
        self._gone: str | None = None
        self._slept = False
        self._speech = speech
        self._auto_stop = auto_stop
        self._meter = Meter()
        self._watch = Watch()
        self._gaps = Gaps(SAMPLE_RATE, 1)
        self._converter = Converter(SAMPLE_RATE)
        self._rate, self._channels = SAMPLE_RATE, 1
        self._waiting: deque[np.ndarray] | None = deque()  # the pre-roll; None once begun
        self._unwritten: list[bytes] = []
        self._unwritten_samples = 0
        self._full = False
        self._paused = False
        self._stopping = False
        self._until = math.inf  # monotonic: blocks that arrive later are not kept
        self._began_at = 0  # samples of pre-roll in the file
        self._disk_low_said = False
        self._synced = self._looked = 0.0  # monotonic

    # ── What happens to the take ──

    def part(self, rate: int, channels: int, device: str) -> None:
        """Blocks come from a newly opened device from here on."""
        self._flush()
        self._converter = Converter(rate)
        self._rate, self._channels = rate, channels
        self._gaps = Gaps(rate, channels)
        self._watch.part(device)
        self._gone = None
        if self.began and not self._slept:  # that it sleeps was said
            self.notice("part", f"The answer goes on with “{device}”.")
        self._slept = False
        if not self._full:
            self._ended = None

    def begin(self, latency: float) -> None:
        """The answer starts: what waits in the pre-roll becomes the head of the file.

        Args:
            latency: seconds from a sound to its delivery, by which the pre-roll lies further back.
        """
        if self._waiting is None:
            return
        head = np.concatenate((*self._waiting, np.zeros(0, dtype=np.float32)))
        self._waiting = None
        self._began_at = len(head)
        self.pre_roll = round(len(head) / SAMPLE_RATE + latency, 3)
        self._keep(head)
        if not self._speech.seconds:  # a voice is no noise
            self.noise_floor = noise_floor(head)
            self._watch.floor = self.noise_floor

    def pause(self, at: float) -> None:
        """Keep what arrives until `at` (monotonic), and no more until `resume`."""
        self._paused = True
        self._until = at

    def resume(self) -> None:
        self._paused = False
        self._until = math.inf

    def stop(self, at: float) -> None:
        """Keep what arrives until `at` (monotonic); then the take is over."""
        self._stopping = True
        if not self._paused:
            self._until = at
        if self._gone:
            self._finish()

    def discard(self) -> None:
        """The take is over and leaves nothing."""
        self.file.discard()
        self.over = True

    def nothing_more(self, now: float) -> None:
        """No block is waiting: a take that is stopping does not wait for ever."""
        if self._stopping and (self._gone or now > self._until + SLACK):
            self._finish()

    def hear(self, block: Block) -> None:
        """Take in a block of the device."""
        if self._stopping and block.arrived > self._until:
            self._finish()
            return
        if self._gone:
            self._gone = None
            self.notice("back", "The microphone is back; the answer goes on.")
            # Perhaps all of it was only late, perhaps some was lost: the clock will tell.
            block = block._replace(overflowed=True)
        for lost, ready in self._gaps.hear(block):
            self._add(lost, ready)

    def tick(self, now: float) -> None:
        """Look after what time brings: the disk. Call it ten times a second or more."""
        if self.over:
            return
        if now - self._synced >= SYNC_EVERY:
            self._synced = now
            self._sync()
        if now - self._looked >= DISK_EVERY:
            self._looked = now
            self._look_at_disk()

    def gone(self, why: str) -> None:
        """The device gives nothing any more; what was said so far is kept."""
        self._slept = False
        if not self._gone:
            self._gone = why
            self.notice("gone", why)

    def slept(self, seconds: float) -> None:
        """The machine slept, or the program was stopped: what is there is kept, the rest waits."""
        # The time asleep is no loss of sound that silence could stand for.
        self._flush_gaps()
        self._gaps = Gaps(self._rate, self._channels)
        self._slept = True
        if self.began and not self._stopping:
            asleep = in_minutes(seconds)
            self.notice("slept", f"The machine slept for {asleep}; the take until then is kept.")
            if not self._paused:
                self.pause(-math.inf)

    def records_from(self, source: str, *, moved: bool) -> None:
        """The sound server tells what it records from, at first or after a move."""
        if moved:
            self.notice("moved", f"The sound server went over to another source: {source}.")
        if not source.endswith(".monitor"):
            return
        if moved:
            # What loudspeakers play is no microphone: going on would lose words.
            self._ended = "The microphone is gone; the take so far is kept."
            self.notice("gone", self._ended)
        else:
            text = f"What the loudspeakers play is being recorded ({source}), not a microphone."
            self.notice("moved", text)

    def notice(self, kind: str, text: str) -> None:
        self._watch.note(Notice(kind, round(self.seconds, 2), text))

    # ── What can be asked ──

    @property
    def seconds(self) -> float:
        return self.file.samples / SAMPLE_RATE

    @property
    def ended(self) -> str | None:
        """Why the take ended by itself, in words."""
        return self._ended or self._gone

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self._watch.notices

    @property
    def began(self) -> bool:
        return self._waiting is None

    @property
    def spans(self) -> tuple[Span, ...]:
        return self._speech.spans()

    def status(self) -> Status:
        return Status(
            elapsed=max(0.0, (self.file.samples - self._began_at) / SAMPLE_RATE),
            level=self._meter.level,
            peak=self._meter.peak,
            speaking=self.began and not self._paused and self._speech.speaking,
            paused=self._paused,
            notices=self.notices,
            ended=self.ended,
            countdown=self._countdown(),
            slept=self._slept,
        )

    # ── Behind it ──

    def _add(self, lost: int, block: Block) -> None:
        self._fill(lost, block.arrived)
        whole = to_float(block.pcm, self._channels)
        samples = self._converter.convert(whole.mean(axis=1))
        recorded = self._keep_or_wait(samples, block.arrived)
        levels = self._meter.hear(samples)
        voice = self._speech.speaking if recorded else None
        for kind, text in self._watch.hear(whole, self._rate, levels, voice=voice):
            self.notice(kind, text)
        self._stop_in_silence()

    def _fill(self, lost: int, arrived: float) -> None:
        """Keep a gap as silence of its length, so that the times of all later words stay true."""
        if self.began and lost and arrived <= self._until:
            samples = round(lost * SAMPLE_RATE / self._rate)
            self.lost_samples += samples
            self.notice(
                "lost", f"{samples / SAMPLE_RATE:.2f} s were lost: the machine is too busy."
            )
        for first in range(0, lost, self._rate):
            silence = np.zeros(min(self._rate, lost - first), dtype=np.float32)
            self._keep_or_wait(self._converter.convert(silence), arrived)

    def _keep_or_wait(self, samples: np.ndarray, arrived: float) -> bool:
        """Whether the samples belong to the answer."""
        if self._waiting is not None:
            self._wait(self._waiting, samples)
            return False
        if arrived > self._until:
            return False
        self._keep(samples)
        return True

    def _wait(self, waiting: deque[np.ndarray], samples: np.ndarray) -> None:
        waiting.append(samples)
        while sum(map(len, waiting)) - len(waiting[0]) >= PRE_ROLL:
            waiting.popleft()

    def _keep(self, samples: np.ndarray) -> None:
        self._append(to_pcm(samples))
        self._speech.hear(samples)

    def _append(self, pcm: bytes) -> None:
        if not self._full:
            try:
                self.file.append(pcm)
            except OSError as error:
                self._end_for_the_disk(f"The disk takes no more ({error.strerror}).")
        if self._full and self._unwritten_samples < UNWRITTEN:
            self._unwritten.append(pcm)
        if self._full:
            self._unwritten_samples += len(pcm) // SAMPLE_BYTES

    def _end_for_the_disk(self, why: str) -> None:
        self._full = True
        self._ended = f"{why} The take so far is kept."
        self.notice("disk", self._ended)

    def _sync(self) -> None:
        try:
            self.file.sync()
        except OSError as error:
            if not self._full:
                self._end_for_the_disk(f"The disk does not answer ({error.strerror}).")

    def _look_at_disk(self) -> None:
        if self._full:
            return
        try:
            free = free_bytes(self.file.path.parent)
        except OSError as error:  # a disk that was pulled out
            self._end_for_the_disk(f"The disk is gone ({error.strerror}).")
            return
        if free < DISK_RESERVE:
            self._end_for_the_disk(f"The disk is full but for {free >> 20} MB.")
        elif free < DISK_LOW and not self._disk_low_said:
            self._disk_low_said = True
            minutes = (free - DISK_RESERVE) // (SAMPLE_BYTES * SAMPLE_RATE * 60)
            self.notice("disk", f"The disk is nearly full: {minutes} min can still be recorded.")

    def _write_again(self) -> int:
        """Write what a full disk refused; returns the samples for which there is no room yet."""
        refused = self._unwritten_samples
        with contextlib.suppress(OSError):
            for pcm in self._unwritten:
                self.file.append(pcm)
                refused -= len(pcm) // SAMPLE_BYTES
        return refused

    def _flush(self) -> None:
        """Bring out what waits for more of the same stream."""
        self._flush_gaps()
        rest = self._converter.finish()
        if self._waiting is None and not self._paused:
            self._keep(rest)

    def _flush_gaps(self) -> None:
        for lost, block in self._gaps.flush():
            self._add(lost, block)

    def _stop_in_silence(self) -> None:
        left = self._countdown()
        if left is not None and left <= 0 and self._ended is None:
            self._ended = f"{AUTO_STOP_SILENCE:.1f} s of silence ended the answer."

    def _countdown(self) -> float | None:
        if not self._auto_stop or not self.began or self._paused:
            return None
        if self._speech.seconds < AUTO_STOP_SPEECH or self._speech.speaking:
            return None
        left = AUTO_STOP_SILENCE - (self.seconds - self._speech.last_end)
        return max(0.0, left) if left <= COUNTDOWN_FROM else None

    def _finish(self) -> None:
        """Write what is left, close the file and give it its plain name."""
        self._flush()
        refused = self._write_again()
        if refused:
            seconds = refused / SAMPLE_RATE
            self.notice("disk", f"The last {seconds:.1f} s found no room on the disk.")
        self._sync()
        try:
            self.file.finish()
        except OSError as error:
            text = f"The take could not be renamed ({error.strerror}): it lies in {self.file.path}."
            self.notice("file", text)
        self.over = True


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
