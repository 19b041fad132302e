"""How long, how fast, and where the speaker paused."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.assessment.norms import Norms
from coach.assessment.segment import Range
from coach.transcript.transcript import TimedWord, Transcript, Word, timed


@dataclass(frozen=True)
class Pause:
    """A silence longer than a second.

    Attributes:
        after: index of the word before it.
        seconds: how long it was.
        inside: whether it broke a sentence; between sentences a pause is good.
    """

    after: int
    seconds: float
    inside: bool


@dataclass(frozen=True)
class Timing:
    """Everything about time; None where nothing was spoken.

    Attributes:
        seconds: from the first word to the end of the last.
        words_per_minute: over the same stretch, pauses included.
        start_delay: seconds before the first word.
        pauses: those longer than the norm's long pause.
    """

    seconds: float | None
    words_per_minute: float | None
    start_delay: float | None
    pauses: tuple[Pause, ...] = ()

    @property
    def broken_clauses(self) -> int:
        return sum(pause.inside for pause in self.pauses)


def measure(
    transcript: Transcript, sentences: Sequence[Range], norms: Norms, pre_roll: float = 0.0
) -> Timing:
    """Measure the times of one take.

    Args:
        pre_roll: seconds at the head of the take that lie before the user's start key.
    """
    words = transcript.timed
    if not transcript.spoken or not words:
        return Timing(None, None, None)
    seconds = words[-1].end - words[0].start
    ends = {sentence.last for sentence in sentences}
    pauses = tuple(
        Pause(i - 1, round(gap, 2), i - 1 not in ends)
        for i, gap in enumerate(_gaps(words))
        if gap > norms.pause_long
    )
    # Under two seconds a rate of words says nothing.
    pace = round(len(words) / seconds * 60, 1) if seconds >= 2 else None
    return Timing(round(seconds, 2), pace, max(0.0, round(words[0].start - pre_roll, 2)), pauses)


def gaps(words: Sequence[Word]) -> list[float] | None:
    """Seconds of silence before each word, 0 before the first; None where nothing was spoken."""
    said = timed(words)
    return _gaps(said) if said else None


def _gaps(words: Sequence[TimedWord]) -> list[float]:
    return [0.0, *(after.start - before.end for before, after in pairwise(words))]
