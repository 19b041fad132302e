"""A take: what was recorded, and what was noticed while it was."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

SAMPLE_RATE = 16_000  # Hz: what every take is kept at and every engine reads
PART = ".part.wav"  # ends the name of a take that is not whole


@dataclass(frozen=True)
class Notice:
    """Something noticed during a take, in words for the user.

    Attributes:
        kind: a short name: silence, quiet, noisy, clipping, unheard, lost, gone, back, moved, part,
            disk, file, crash, slept; asked is a follow-up question that was put.
        at: seconds from the start of the take's file.
        text: one sentence that says what was noticed and what to do.
    """

    kind: str
    at: float
    text: str


@dataclass(frozen=True)
class Span:
    """A stretch of speech, in seconds from the start of the take's file."""

    start: float
    end: float


def in_minutes(seconds: float) -> str:
    """Such as "2 min 5 s", or "5 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def part_of(path: Path) -> Path:
    """The file that a take lies in until it is whole."""
    return path.with_name(path.stem + PART)


@dataclass(frozen=True)
class Recording:
    """A take on disk.

    Attributes:
        path: a WAV of 16 kHz, mono, 16 bit.
        seconds: the length of the file.
        started: when the answer began, in UTC.
        device: the name of the microphone; of all, where the answer has several parts.
        lost_samples: samples at 16 kHz that never arrived; the file holds silence in their place.
        noise_floor: dBFS of the room before the answer, None where it could not be measured.
        pre_roll: seconds at the head of the file that lie before the user's start key.
        speech: where somebody speaks, found while it was recorded; None where nobody looked.
    """

    path: Path
    seconds: float
    started: datetime
    device: str
    notices: tuple[Notice, ...] = ()
    lost_samples: int = 0
    noise_floor: float | None = None
    pre_roll: float = 0.0
    speech: tuple[Span, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {
            "path": str(self.path),
            "started": self.started.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        speech = data.get("speech")
        return cls(
            **data
            | {
                "path": Path(data["path"]),
                "started": datetime.fromisoformat(data["started"]),
                "notices": tuple(Notice(**notice) for notice in data["notices"]),
                "speech": None if speech is None else tuple(Span(**span) for span in speech),
            }
        )
