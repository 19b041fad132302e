"""What the log holds: rejections with their points, sittings, and attempts."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from coach.assessment.assessment import Assessment, Correction
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript

Date = date  # a field may be called date

STAGES = ("application", "screening", "phone", "first", "panel", "task", "final")
RATED = ("preparation", "research", "interview", "task", "follow_up")


class Polarity(StrEnum):
    CRITICISM = "neg"
    PRAISE = "pos"
    NEUTRAL = "neutral"


class Controllable(StrEnum):
    """Whether the candidate can change it within one search."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Source(StrEnum):
    """Who said it."""

    EMPLOYER = "employer"
    APPRAISAL = "appraisal"
    PEER = "peer"
    MOCK = "mock"
    OWN = "own"


@dataclass(frozen=True)
class FeedbackPoint:
    """One thing that was said about the user's answers.

    Attributes:
        area: id of the taxonomy.
        polarity: criticism, praise, or neither.
        words: the words it came from.
        vague: it names the area, but nothing that one could do.
    """

    area: str
    polarity: Polarity
    words: str
    controllable: Controllable = Controllable.YES
    vague: bool = False


@dataclass(frozen=True)
class Rejection:
    """A job that was turned down, what the employer said, and how the user sees it.

    Attributes:
        id: 0 until it is in the log.
        date: the day of the answer.
        stage: how far it got, one of STAGES; None if not told.
        words: the employer's own; None if they gave none.
        points: what the user confirmed that the words say.
        source: where the job was found, such as "job board".
        ratings: 1 to 5 for each of RATED that took place.
        differently: what the user would do differently.
        could_answer: questions that the user could have answered better.
        nerves: 1 (calm) to 5, rated by oneself.
        body_language: 1 to 5 (good), rated by oneself.
        felt_right: whether the role did.
        exciting: which of its parts did excite, and `unexciting` which did not.
        misleading: keywords of the posting that misled.
        note: private.
        rest_until: no drill is suggested before that day.
        asked: the day on which feedback was asked for, and `answered` the day it came.
        remind: the day on which to ask again, if nothing came.
        door_open: whether the employer would hear from the user again.
        contact_again: the day on which to get in touch.
    """

    company: str
    role: str
    date: date
    stage: str | None = None
    words: str | None = None
    points: tuple[FeedbackPoint, ...] = ()
    id: int = 0
    source: str | None = None
    ratings: dict[str, int] = field(default_factory=dict)
    went_well: str | None = None
    differently: str | None = None
    could_answer: tuple[str, ...] = ()
    nerves: int | None = None
    body_language: int | None = None
    felt_right: bool | None = None
    exciting: str | None = None
    unexciting: str | None = None
    misleading: tuple[str, ...] = ()
    note: str | None = None
    rest_until: Date | None = None
    asked: Date | None = None
    answered: Date | None = None
    remind: Date | None = None
    door_open: bool | None = None
    contact_again: Date | None = None


def same(name: str, other: str) -> bool:
    """Whether two names of companies or roles are one, however they are spaced and capitalised."""
    return name.casefold().split() == other.casefold().split()


@dataclass(frozen=True)
class Feedback:
    """What somebody else said of the user's work or answers: an appraisal, a friend, a mock.

    Attributes:
        id: 0 until it is in the log.
        who: such as "my team leader"; None if not told.
        points: what the user confirmed that the words say.
    """

    source: Source
    date: date
    words: str
    who: str | None = None
    points: tuple[FeedbackPoint, ...] = ()
    id: int = 0


@dataclass(frozen=True)
class Origin:
    """Where a point comes from.

    Attributes:
        number: of the rejection (source employer) or of the feedback; None for a note by hand.
    """

    source: Source
    number: int | None = None

    def __str__(self) -> str:
        if self.number is None:
            return "your own note"
        named = {
            Source.EMPLOYER: "rejection",
            Source.PEER: "peer feedback",
            Source.MOCK: "mock interview",
            Source.OWN: "your own note",
        }
        return f"{named.get(self.source, self.source.value)} {self.number}"


@dataclass(frozen=True)
class Said:
    """A point, where it comes from, and when it was said."""

    point: FeedbackPoint
    origin: Origin
    when: datetime


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
        starred: whether the user marked it.
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
    starred: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it is a typed answer that was left in the middle."""
        return self.state is State.RECORDING and self.transcript is not None

    def judged(self, said: Transcript, found: Assessment) -> "JudgedTake":
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        return JudgedTake(**{**own, "transcript": said, "assessment": found})

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
            "starred": self.starred,
        }


@dataclass(frozen=True)
class JudgedTake(Attempt):
    """A take that has come to its end: its words are there, and what was found in them."""

    transcript: Transcript = field(kw_only=True)
    assessment: Assessment = field(kw_only=True)


@dataclass(frozen=True)
class Note:
    """What the user noted to themselves about a take.

    Attributes:
        attempt: the take's number.
    """

    KIND: ClassVar[str] = "note"

    attempt: int
    text: str
    number: int = 0


@dataclass(frozen=True)
class Level:
    """What one assessed take showed of one area.

    Attributes:
        when: the take began, aware UTC.
        met: 0 to 1.
    """

    when: datetime
    met: float


@dataclass(frozen=True)
class Summary:
    """An assessed take without its words.

    Attributes:
        id: its number in the log.
        question: the question's id.
        started: aware UTC.
        score: 0 to 100.
        seconds: how long the answer was; None for a typed one.
    """

    id: int
    question: str
    started: datetime
    score: int
    seconds: float | None
