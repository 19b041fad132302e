"""What the log holds: rejections with their points, sittings, and attempts."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from coach.assessment.assessment import Assessment, Correction
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript


class Polarity(StrEnum):
    CRITICISM = "neg"
    PRAISE = "pos"


@dataclass(frozen=True)
class FeedbackPoint:
    """One thing that was said about the user's answers.

    Attributes:
        area: id of the taxonomy.
        polarity: whether it was criticism or praise.
        words: the words it came from.
    """

    area: str
    polarity: Polarity
    words: str


@dataclass(frozen=True)
class Rejection:
    """A job that was turned down, and what the employer said.

    Attributes:
        id: 0 until it is in the log.
        date: the day of the answer.
        stage: how far it got, such as "panel"; None if not told.
        words: the employer's own; None if they gave none.
        points: what the user confirmed that the words say.
    """

    company: str
    role: str
    date: date
    stage: str | None = None
    words: str | None = None
    points: tuple[FeedbackPoint, ...] = ()
    id: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "date": self.date.isoformat()}


class State(StrEnum):
    """How far a take has come; each step is saved as it ends."""

    RECORDING = "recording"
    RECORDED = "recorded"
    TRANSCRIBED = "transcribed"
    ASSESSED = "assessed"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Attempt:
    """One answer to one question, with everything that came of it so far.

    Attributes:
        id: its number in the log.
        sitting: number of the sitting.
        question: a copy, so that a bank may change.
        why: why it was drawn.
        started: aware UTC.
        path: of the recording; None for a typed answer.
        corrections: what the user says of single sentences; kept, and stronger than the labeller.
    """

    id: int
    sitting: int
    question: Question
    why: str
    started: datetime
    state: State
    path: Path | None = None
    recording: Recording | None = None
    transcript: Transcript | None = None
    assessment: Assessment | None = None
    corrections: tuple[Correction, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sitting": self.sitting,
            "question": self.question.to_dict(),
            "why": self.why,
            "started": self.started.isoformat(),
            "state": self.state.value,
            "path": str(self.path) if self.path else None,
            "transcript": self.transcript.to_dict() if self.transcript else None,
            "assessment": self.assessment.to_dict() if self.assessment else None,
            "corrections": [correction.to_dict() for correction in self.corrections],
        }
