"""Cut a take into pieces that a recogniser can take one at a time, at pauses where there are any.

The same cutter serves a take that is still growing and one that is whole: what it cuts off depends
only on the speech found so far, never on what comes later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from coach.recording.recording import SAMPLE_RATE, Span

if TYPE_CHECKING:
    import numpy as np

LONGEST = 28.0  # s: Whisper sees 30 s at a time, less the margins
ENOUGH = 3.0  # s: a shorter piece waits for the next one, each costs a whole encoder pass
PAUSE = 0.4  # s: silence that ends a piece that is long enough
LONG_PAUSE = 1.0  # s: silence that ends any piece
LATE = 0.3  # s: speech shows up late by what the detector needs to be sure, and a block of sound
HUSH = 0.3  # s, all of which may be LATE: after it a piece is heard on trial, as if the last
LONG_HUSH = 0.7  # s: the same for a piece that is not long enough and would grow
STILL = 0.1  # s: after less silence somebody still speaks
LEAD = 0.2  # s kept before the first speech of a piece
TAIL = 0.15  # s kept after the last; more invites invented words
SEARCH = 6.0  # s at the end of an overlong piece in which the quietest place is sought
QUIET = 0.1  # s: the length of such a place

Quietest = Callable[[int, int], int]


@dataclass(frozen=True)
class Piece:
    """A range of samples, `first` included and `last` not."""

    first: int
    last: int

    @property
    def seconds(self) -> float:
        return (self.last - self.first) / SAMPLE_RATE


class Cutter:
    """Cuts one take from front to back; every stretch of speech is in exactly one piece.

    Attributes:
        enough: seconds; a shorter piece ends at a long pause only. It may be changed at any time.
    """

    def __init__(self, quietest: Quietest, enough: float = ENOUGH) -> None:
        """Start at the head of a take.

        Args:
            quietest: gives the quietest sample between two, for speech that makes no pause.
        """
        self.enough = enough
        self._quietest = quietest
        self._last = 0  # sample up to which the take has been cut off

    def cut_off(
        self, spans: Sequence[Span], heard: float, *, over: bool = False
    ) -> tuple[Piece, ...]:
        """The pieces that are certain now and were not before.

        Args:
            spans: all speech so far, in order and apart; the last may still grow.
            heard: seconds of the take that are on disk.
            over: nothing comes after them: what is left is cut off too.
        """
        pieces: list[Piece] = []
        while (piece := self._next(self._rest(spans, heard), heard, over)) and piece.seconds > 0:
            pieces.append(piece)
            self._last = piece.last
        return tuple(pieces)

    def on_trial(
        self, spans: Sequence[Span], heard: float, *, paused: bool = False
    ) -> Piece | None:
        """What would be cut off if nothing more were said; None while somebody speaks.

        Args:
            paused: nobody speaks, though the last span may not have ended.
        """
        rest = self._rest(spans, heard)
        if not rest:
            return None
        start, end = rest[0].start, rest[-1].end
        hush = HUSH if end - start >= self.enough else LONG_HUSH
        return self._piece(start, end, heard) if paused or heard - end >= hush else None

    def growing(self, spans: Sequence[Span], heard: float) -> Piece | None:
        """What somebody is just saying, from where the next piece begins; None in a pause."""
        rest = self._rest(spans, heard)
        if not rest or heard - rest[-1].end >= STILL:
            return None
        return self._piece(rest[0].start, rest[-1].end, heard)

    def _rest(self, spans: Sequence[Span], heard: float) -> list[Span]:
        """The speech that is on disk and has not been cut off."""
        cut = self._last / SAMPLE_RATE
        return [
            Span(max(span.start, cut), min(span.end, heard))
            for span in spans
            # A span's end is rounded to milliseconds, and may lie beyond the last sample.
            if self._last < min(_sample(span.end), _sample(heard)) > _sample(span.start)
        ]

    def _next(self, rest: list[Span], heard: float, over: bool) -> Piece | None:
        silent_until = inf if over else heard - LATE
        for number, span in enumerate(rest):
            piece = self._piece(rest[0].start, span.end, heard)
            if piece.seconds > LONGEST:
                return self._cut_in_speech(piece.first)
            following = rest[number + 1].start if number + 1 < len(rest) else silent_until
            pause = following - span.end
            long_enough = span.end - rest[0].start >= self.enough
            if pause >= LONG_PAUSE or (pause >= PAUSE and long_enough):
                return piece
        return None

    def _piece(self, start: float, end: float, heard: float) -> Piece:
        first = max(_sample(start - LEAD), self._last)
        return Piece(first, min(_sample(end + TAIL), _sample(heard)))

    def _cut_in_speech(self, first: int) -> Piece:
        last = first + _sample(LONGEST)
        return Piece(first, self._quietest(last - _sample(SEARCH), last))


def cut(spans: Sequence[Span], samples: "np.ndarray") -> tuple[Piece, ...]:
    """Cut a whole take.

    Args:
        spans: stretches of speech, in order and apart.
        samples: the take, mono float at 16 kHz.
    """
    cutter = Cutter(lambda first, last: first + quietest(samples[first:last]))
    return cutter.cut_off(spans, len(samples) / SAMPLE_RATE, over=True)


def quietest(samples: "np.ndarray") -> int:
    """The middle of the quietest 0.1 s."""
    import numpy as np

    width = _sample(QUIET)
    energy = np.convolve(np.square(samples), np.ones(width), mode="valid")
    return int(np.argmin(energy)) + width // 2


def read_piece(path: Path, piece: Piece) -> "np.ndarray":
    """Samples of a take, also while it is being written; fewer where its file ends before.

    Returns:
        Mono float32 at 16 kHz, the same numbers that `read_audio` gives.

    Raises:
        OSError: there is no such file.
    """
    import numpy as np

    from coach.recording.audio_file import HEADER, SAMPLE_BYTES

    # Not through a WAV reader: the length in the header is behind, or half written.
    with path.open("rb") as file:
        file.seek(HEADER.size + SAMPLE_BYTES * piece.first)
        pcm = file.read(SAMPLE_BYTES * (piece.last - piece.first))
    whole = len(pcm) - len(pcm) % SAMPLE_BYTES
    return np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float32) / 32_768


def _sample(seconds: float) -> int:
    return max(0, round(seconds * SAMPLE_RATE))
