"""Find "um" and "uh" in the sound: vowels that are held, and that no word accounts for.

Whisper leaves most of them out and PocketSphinx does not know them, so they are looked for where
the recogniser wrote nothing. While people think, the voice stands still: its pitch hardly moves and
neither does its spectrum (Goto, Itou & Hayamizu 1999). Most of them stand between two pauses; those
that touch a word are believed only where the recogniser followed the take well. Imports numpy:
import it lazily.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coach.recording.recording import SAMPLE_RATE, Span
from coach.transcript.transcript import HESITATIONS, Hesitation, TimedWord, Word, timed

HOP = SAMPLE_RATE // 100  # samples: a frame every 10 ms
WINDOW = 4 * HOP  # samples: 40 ms, nearly three periods of the lowest voice
FFT = 1024  # points
BLOCK = 1000  # frames: 10 s are looked at together, in some 20 MB
LOWEST, HIGHEST = 65, 400  # Hz: of a voice
PITCH_BAND = 1000  # Hz: above it noise hides the periods
BANDS = 10  # mel bands of 250 to 4500 Hz: wide enough that a moving pitch does not show
DEPTH = 40.0  # dB: a band this far below the strongest is silent
LAG = 2  # frames to either side: the spectrum is compared over 40 ms

RUNNING = 2.5  # dB: running speech changes by that much at least, whatever the noise
VOICED = 0.5  # of a frame's energy returns after one period
ROOM = 10  # percentile of a take's loudness: the room without the voice
LOUD, SOFT = 0.4, 0.2  # of the dB from the room to the voice
HOLE = 5  # frames: a shorter gap in a sound is none
FADE = 3  # frames between a sound's end and the quiet after it
PAUSE = 6  # frames of quiet that part a sound from its neighbours

SHORTEST, LONGEST = 0.2, 1.5  # s
MOSTLY = 0.8  # of a held sound's frames are voiced
EVEN = 0.92  # of the middle change of the spectrum in this take
STEADY = 0.7  # of its frames are within a tenth of its middle pitch

COVERED = 0.5  # of a held sound between pauses: a word on more of it is that sound
# What a recogniser without "um" writes for it; nobody says these alone between two pauses.
MISTAKEN = {"i'm", "them", "him", "come", "bum", "mom", "hum"}
STILL = 0.8  # of that change: hardly a word is as still, not even one that is drawn out
BELIEVED = 0.28  # s that such a sound must last
SLACK = 0.1  # s by which a word's times may be wrong
MISSED = 0.12  # of a take's sound is in no word: the recogniser did not follow it well
ALONE = 0.6  # of the sound between two words: where there is more, words were missed

OVERLONG = 1.5  # of the time that a word needs, by its letters
ENOUGH = 0.25  # of that time must be left for it
CLOSURE = 10  # frames: inside a word nothing is silent for longer
BLIP = 5  # frames: a shorter sound is a click, or the end of another word
EDGE = 0.03  # s at either end of a word that are not loud

_Run = tuple[int, int]  # the first frame of a stretch, and the one after its last


@dataclass(frozen=True)
class _Sound:
    """What is known of each 10 ms of a take: arrays of shape (frames,).

    Attributes:
        pitch: Hz; means nothing where it is not voiced.
        change: by how much the spectrum changes around it; 1 is the middle of this voice.
        voiced: bool: somebody speaks here with a voice, if softly.
        loud: bool: somebody speaks here, nearly as loud as the voice is.
    """

    pitch: np.ndarray
    change: np.ndarray
    voiced: np.ndarray
    loud: np.ndarray

    def covered(self, spans: Sequence[Span | TimedWord | Hesitation]) -> np.ndarray:
        return _covered(spans, len(self.loud))


class Listener:
    """Follows a take while it is recorded, so that at its end only the judgement is left.

    Of each 10 ms it keeps 14 numbers: half a megabyte a minute.
    """

    def __init__(self) -> None:
        self._rest = np.empty(0, dtype=np.float32)  # samples that do not fill a window yet
        self._frames: list[tuple[np.ndarray, ...]] = []

    def hear(self, samples: np.ndarray) -> None:
        """Take the next samples; about 4 ms a second of sound.

        Args:
            samples: mono float32 at 16 kHz, in [-1, 1].
        """
        sound = np.concatenate((self._rest, samples))
        whole = (len(sound) - WINDOW) // HOP + 1  # windows
        if whole <= 0:
            self._rest = sound
            return
        windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP]
        self._frames += [_analyse(windows[i : i + BLOCK]) for i in range(0, whole, BLOCK)]
        self._rest = sound[whole * HOP :].copy()

    def find(self, words: Sequence[Word], speech: Sequence[Span]) -> tuple[Hesitation, ...]:
        """The filled pauses in what was heard; see `find_hesitations`."""
        sound = _known(self._frames, speech)
        if sound is None:
            return ()
        said = timed(words)
        heard = _trimmed(said, sound)
        found = _between_pauses(sound, heard)
        if _is_followed(sound, heard, found):
            found += _mistaken(sound, heard, found)
            found += _beside_words(sound, heard, speech, found)
        return tuple(_hesitation(run) for run in sorted(found) if not _is_written(run, said))


def find_hesitations(
    samples: np.ndarray, words: Sequence[Word], speech: Sequence[Span]
) -> tuple[Hesitation, ...]:
    """Find filled pauses in a take.

    Args:
        samples: the take, mono float32 at 16 kHz, in [-1, 1].
        words: what the recogniser heard, in order; all of them with times.
        speech: where somebody speaks, from the voice detector.

    Returns:
        In order and apart, 0.2 to 1.5 s each; without those that are among the words.
    """
    listener = Listener()
    listener.hear(samples)
    return listener.find(words, speech)


def _hesitation(run: _Run) -> Hesitation:
    return Hesitation(_time(run[0]), _time(run[1]))


# Three ways to be one.


def _between_pauses(sound: _Sound, words: Sequence[TimedWord]) -> list[_Run]:
    """Held sounds with a pause before and after them and no word on most of them."""
    worded = sound.covered(words)
    return [run for run in _alone(sound) if worded[slice(*run)].mean() <= COVERED]


def _mistaken(sound: _Sound, words: Sequence[TimedWord], found: Sequence[_Run]) -> list[_Run]:
    """Held sounds between pauses for which one word was written that is none of that kind."""
    return [
        run
        for run in _alone(sound)
        if run not in found and _seconds(run) >= BELIEVED and _is_mistaken(sound, run, words)
    ]


def _is_mistaken(sound: _Sound, run: _Run, words: Sequence[TimedWord]) -> bool:
    touching = _touching(run, words)
    if len(touching) != 1:
        return False
    return _plain(touching[0]) in MISTAKEN or _change(sound, run) < STILL


def _beside_words(
    sound: _Sound, words: Sequence[TimedWord], speech: Sequence[Span], found: Sequence[_Run]
) -> list[_Run]:
    """Held sounds that follow a word, or go before one, without a pause."""
    taken = sound.covered([_hesitation(run) for run in found])
    beside: list[_Run] = []
    for span in _unexplained(words, speech):
        free = sound.covered([span]) & ~taken
        held = [
            run
            for run in _runs(sound.voiced & free)
            if _is_held(sound, run) and (_quiet_before(sound, run) or _quiet_after(sound, run))
        ]
        if sum(last - first for first, last in held) >= ALONE * (sound.loud & free).sum():
            beside += held
    return beside


def _alone(sound: _Sound) -> list[_Run]:
    return [
        run
        for run in _runs(sound.voiced)
        if _is_held(sound, run) and _quiet_before(sound, run) and _quiet_after(sound, run)
    ]


def _is_held(sound: _Sound, run: _Run) -> bool:
    """Whether a voice holds one sound, or two as in "um"."""
    if not SHORTEST <= _seconds(run) <= LONGEST or sound.voiced[slice(*run)].mean() < MOSTLY:
        return False
    pitch = sound.pitch[slice(*run)]
    steady = np.abs(pitch / np.median(pitch) - 1) < 0.1
    return bool(_change(sound, run) < EVEN and steady.mean() > STEADY)


def _change(sound: _Sound, run: _Run) -> float:
    # At its edges the spectrum changes between sound and silence.
    return float(sound.change[run[0] + LAG : run[1] - LAG].mean())


def _quiet_before(sound: _Sound, run: _Run) -> bool:
    end = max(0, run[0] - FADE)
    return not sound.loud[max(0, end - PAUSE) : end].any()


def _quiet_after(sound: _Sound, run: _Run) -> bool:
    start = run[1] + FADE
    return not sound.loud[start : start + PAUSE].any()


# What the words account for.


def _is_followed(sound: _Sound, words: Sequence[TimedWord], found: Sequence[_Run]) -> bool:
    """Whether hardly any sound is outside words: where words were missed, any vowel would do."""
    wide = [Span(word.start - SLACK, word.end + SLACK) for word in words]
    explained = sound.covered([*wide, *map(_hesitation, found)])
    return bool((sound.loud & ~explained).sum() <= MISSED * sound.loud.sum())


def _is_written(run: _Run, words: Sequence[TimedWord]) -> bool:
    return any(_plain(word) in HESITATIONS for word in _touching(run, words))


def _plain(word: TimedWord) -> str:
    return word.text.lower().replace("’", "'").strip(".,?!…-– ")


def _touching(run: _Run, words: Sequence[TimedWord]) -> list[TimedWord]:
    start, end = _time(run[0]) + EDGE, _time(run[1]) - EDGE
    return [word for word in words if word.start < end and word.end > start]


def _unexplained(words: Sequence[TimedWord], speech: Sequence[Span]) -> Iterator[Span]:
    """The stretches of speech that are in no word."""
    for span in speech:
        start = span.start
        for word in words:
            if word.end <= start or word.start >= span.end:
                continue
            if word.start > start:
                yield Span(start, word.start)
            start = word.end
        if start < span.end:
            yield Span(start, span.end)


def _trimmed(words: Sequence[TimedWord], sound: _Sound) -> list[TimedWord]:
    """The words without the held sounds before or after them that their times take in.

    Whisper's words follow each other without a gap, so the one beside an "um" is as long as both.
    """
    pace = np.median([(word.end - word.start) / _size(word) for word in words] or [0.0])
    return [_trim(word, float(pace) * _size(word), sound) for word in words]


def _size(word: TimedWord) -> int:
    """How long a word is to say, by its letters."""
    return len(word.text) + 1


def _trim(word: TimedWord, needs: float, sound: _Sound) -> TimedWord:
    """One word without held sounds, if it is longer than the `needs` seconds of its letters."""
    if word.end - word.start <= OVERLONG * needs + SHORTEST:
        return word
    first, last = _frame(word.start), _frame(word.end)
    parts = [
        (start + first, end + first)
        for start, end in _runs(sound.loud[first:last], CLOSURE)
        if end - start >= BLIP
    ]
    if len(parts) < 2:
        return word
    spoken = [part for part in parts if not _is_held(sound, part)]
    # "and, um": either may be the word; the one that takes the time it needs is.
    spoken = spoken or [min(parts, key=lambda part: abs(_seconds(part) - needs))]
    start, end = _time(spoken[0][0]), _time(spoken[-1][1])
    if end - start < needs * ENOUGH:
        return word
    return replace(word, start=max(word.start, start - EDGE), end=min(word.end, end + EDGE))


# What is heard in 10 ms.


def _known(frames: Sequence[tuple[np.ndarray, ...]], speech: Sequence[Span]) -> _Sound | None:
    """What the frames of a take show together; None where nothing is voiced."""
    if sum(len(block[0]) for block in frames) <= 2 * LAG:
        return None
    loudness, bands, periodic, pitch = map(np.concatenate, zip(*frames, strict=True))
    change = _changes(bands)
    spoken = _covered(speech, len(loudness))
    voiced = spoken & (periodic > VOICED)
    if not voiced.any():
        return None
    room, voice = np.percentile(loudness, ROOM), np.median(loudness[voiced])
    height = (loudness - room) / max(1.0, voice - room)
    voiced &= height > SOFT
    loud = spoken & (height > LOUD)
    if not (voiced & loud).any():
        return None
    usual = max(RUNNING, float(np.median(change[voiced & loud])))
    return _Sound(pitch, change / usual, voiced, loud)


def _analyse(windows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Loudness and bands in dB, and how periodic at which Hz, of windows (frames, WINDOW)."""
    power = np.square(np.abs(np.fft.rfft(windows * _TAPER, FFT))).astype(np.float32)
    loudness = _decibels(power[:, _HERTZ >= LOWEST].sum(axis=1))
    of_voice = (_HERTZ >= LOWEST) & (_HERTZ <= PITCH_BAND)
    return loudness, _decibels(power @ _BANK), *_periods(power * of_voice)


def _covered(spans: Sequence[Span | TimedWord | Hesitation], frames: int) -> np.ndarray:
    """Which of so many frames lie in spans."""
    mask = np.zeros(frames, dtype=bool)
    for span in spans:
        mask[_frame(span.start) : _frame(span.end)] = True
    return mask


def _decibels(power: np.ndarray) -> np.ndarray:
    return 10 * np.log10(power + 1e-9)


def _changes(bands: np.ndarray) -> np.ndarray:
    """dB by which a spectrum of shape (frames, bands) changes around each frame, loudness apart."""
    shape = np.maximum(bands, bands.max(axis=1, keepdims=True) - DEPTH)
    shape -= shape.mean(axis=1, keepdims=True)
    change = np.sqrt(np.mean(np.square(shape[2 * LAG :] - shape[: -2 * LAG]), axis=1))
    return np.pad(change, LAG, mode="edge")


def _periods(power: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How periodic each frame of a power spectrum is, and its pitch in Hz, by autocorrelation."""
    shortest, longest = SAMPLE_RATE // HIGHEST, SAMPLE_RATE // LOWEST
    returned = np.fft.irfft(power, axis=1)[:, : longest + 1] / _FALL[: longest + 1]
    returned = returned[:, shortest:] / np.maximum(returned[:, :1], 1e-9)
    best = returned.max(axis=1)
    # Two periods return as much as one: the first good peak is the pitch.
    peak = np.zeros(returned.shape, dtype=bool)
    peak[:, 1:-1] = (returned[:, 1:-1] >= returned[:, :-2]) & (returned[:, 1:-1] > returned[:, 2:])
    peak &= returned >= 0.9 * best[:, None]
    lag = np.where(peak.any(axis=1), peak.argmax(axis=1), returned.argmax(axis=1)) + shortest
    return best, SAMPLE_RATE / lag


def _runs(mask: np.ndarray, hole: int = HOLE) -> list[_Run]:
    """Where a mask is true; gaps of up to `hole` frames are bridged."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    runs: list[_Run] = []
    for first, last in edges.reshape(-1, 2).tolist():
        if runs and first - runs[-1][1] <= hole:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _frame(seconds: float) -> int:
    """The frame whose middle is nearest."""
    return max(0, round((seconds * SAMPLE_RATE - WINDOW / 2) / HOP))


def _time(frame: int) -> float:
    return round((frame * HOP + WINDOW / 2) / SAMPLE_RATE, 3)


def _seconds(run: _Run) -> float:
    return (run[1] - run[0]) * HOP / SAMPLE_RATE


def _mel_bank() -> np.ndarray:
    """Triangles of shape (FFT // 2 + 1, BANDS)."""
    lowest, highest = np.log1p(np.array((250, 4500)) / 700)
    edges = 700 * np.expm1(np.linspace(lowest, highest, BANDS + 2))
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    hertz = _HERTZ[:, None]
    up, down = (hertz - low) / (middle - low), (high - hertz) / (high - middle)
    return np.maximum(0, np.minimum(up, down)).astype(np.float32)


_HERTZ = np.fft.rfftfreq(FFT, 1 / SAMPLE_RATE)
_TAPER = np.hanning(WINDOW).astype(np.float32)
# A taper's autocorrelation falls by itself; what it tapered is measured against that.
_FALL = np.fft.irfft(np.abs(np.fft.rfft(_TAPER, FFT)) ** 2)[: FFT // 2]
_BANK = _mel_bank()
