"""The sound of a take as a picture: a few hundred peaks, each in the tone of its part."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.assessment.assessment import Assessment, Sentence
from coach.recording.audio_file import read_peaks
from coach.review.structure import NO_PART, tones
from coach.review.words import clock

if TYPE_CHECKING:
    import numpy as np

PEAKS = 400
HEIGHT = 100  # of the picture, in its own units; it is PEAKS units wide
BAR = 0.7  # units: how wide a peak is drawn
LEAST = 1.5  # units: silence is a thin line
SILENT = 0.02  # of full scale: a louder one is drawn at full height, whatever the level


@dataclass(frozen=True)
class Wave:
    """A picture of `seconds` of sound, PEAKS units wide.

    Attributes:
        outlines: a tone, and the path of all peaks that have it.
    """

    seconds: float
    outlines: tuple[tuple[str, str], ...]


def wave_of(path: Path, judged: Assessment) -> Wave:
    """
    Raises:
        CoachError: the recording cannot be read.
    """
    seconds, peaks = read_peaks(path, PEAKS)
    drawn = _drawn(peaks, seconds, judged)
    return Wave(seconds, tuple((tone, "".join(bars)) for tone, bars in drawn.items()))


def _drawn(heights: "np.ndarray", seconds: float, judged: Assessment) -> dict[str, list[str]]:
    look = tones(judged.kind)
    spoken = [
        (sentence.start, sentence.end, sentence)
        for sentence in judged.sentences
        if sentence.start is not None and sentence.end is not None
    ]
    scale = HEIGHT / max(SILENT, float(heights.max(initial=0.0)))
    bars: dict[str, list[str]] = {}
    for number, height in enumerate(heights):
        sentence = _at((number + 0.5) * seconds / PEAKS, spoken)
        _, tone = look[sentence.part] if sentence else NO_PART
        tall = max(LEAST, float(height) * scale)
        bar = f"M{number} {(HEIGHT - tall) / 2:.1f}h{BAR}v{tall:.1f}h-{BAR}z"
        bars.setdefault(tone, []).append(bar)
    return bars


def _at(moment: float, spoken: Sequence[tuple[float, float, Sentence]]) -> Sentence | None:
    """The sentence of a moment, from those with their start and end."""
    index = bisect(spoken, moment, key=lambda each: each[0]) - 1
    if index < 0:
        return None
    _, end, sentence = spoken[index]
    return sentence if moment <= end else None


def described(judged: Assessment, names: dict[str, str]) -> str:
    """What the picture shows, in words: which part stands from when to when.

    Args:
        names: of the parts.
    """
    runs: list[list] = []
    for sentence in judged.sentences:
        if runs and runs[-1][0] == sentence.part:
            runs[-1][2] = sentence.end
        else:
            runs.append([sentence.part, sentence.start, sentence.end])
    told = (
        f"{names.get(part, 'no part')} {clock(start)} to {clock(end)}"
        for part, start, end in runs
        if start is not None
    )
    return ", ".join(told)
