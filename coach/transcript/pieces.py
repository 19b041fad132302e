"""Cut a take into pieces that a recogniser can take one at a time, at pauses where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.recording.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np

    from coach.recording.speech import Span

LONGEST = 28.0  # s: Whisper sees 30 s at a time, less the margins
ENOUGH = 3.0  # s: a shorter piece waits for the next one, each costs a whole encoder pass
PAUSE = 0.4  # s: silence that ends a piece
LEAD = 0.2  # s kept before the first speech of a piece
TAIL = 0.15  # s kept after the last; more invites invented words
SEARCH = 6.0  # s at the end of an overlong piece in which the quietest place is sought
QUIET = 0.1  # s: the length of such a place


@dataclass(frozen=True)
class Piece:
    """A range of samples, `first` included and `last` not."""

    first: int
    last: int


def cut(spans: Sequence["Span"], samples: "np.ndarray") -> tuple[Piece, ...]:
    """Cut at pauses; every stretch of speech is in exactly one piece.

    Args:
        spans: stretches of speech, in order and apart.
        samples: the take, mono float at 16 kHz.
    """
    pieces: list[Piece] = []
    for start, end in _groups(spans):
        first = max(_sample(start - LEAD), pieces[-1].last if pieces else 0, 0)
        last = min(_sample(end + TAIL), len(samples))
        while last - first > _sample(LONGEST):
            middle = _quietest(samples, first + _sample(LONGEST - SEARCH), first + _sample(LONGEST))
            pieces.append(Piece(first, middle))
            first = middle
        if last > first:
            pieces.append(Piece(first, last))
    return tuple(pieces)


def _groups(spans: Sequence["Span"]) -> list[tuple[float, float]]:
    groups: list[tuple[float, float]] = []
    for span in spans:
        if groups:
            start, end = groups[-1]
            pause = span.start - end
            if (pause < PAUSE or end - start < ENOUGH) and span.end - start <= LONGEST:
                groups[-1] = (start, span.end)
                continue
        groups.append((span.start, span.end))
    return groups


def _quietest(samples: "np.ndarray", first: int, last: int) -> int:
    import numpy as np

    width = _sample(QUIET)
    energy = np.convolve(np.square(samples[first:last]), np.ones(width), mode="valid")
    return first + int(np.argmin(energy)) + width // 2


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
