"""Applications: what was sent, and what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import ClassVar

from coach.improvement.entries import STAGES

NO_CHANNEL = "not told"


class Status(StrEnum):
    """Where an application stands: at one of the stages of a rejection, or at an end."""

    SENT = "sent"
    SCREENING = "screening"
    PHONE = "phone"
    FIRST = "first"
    PANEL = "panel"
    TASK = "task"
    FINAL = "final"
    OFFER = "offer"
    REJECTED = "rejected"
    NO_ANSWER = "no-answer"
    WITHDRAWN = "withdrawn"

    @property
    def is_answer(self) -> bool:
        """Whether it means that the employer wrote or called."""
        return self not in (Status.SENT, Status.NO_ANSWER, Status.WITHDRAWN)


_REACHED = (Status.SENT, *(Status(stage) for stage in STAGES[1:]), Status.OFFER)


@dataclass(frozen=True)
class Application:
    """One application.

    Attributes:
        channel: where the posting was found or who passed it on, such as "referral".
        reached: the furthest stage, whatever came after it.
        answered: the day of the first answer; None before it.
        number: 0 until it is in the log.
    """

    KIND: ClassVar[str] = "application"
    LISTED_BY: ClassVar[str] = "coach applications list"
    company: str
    role: str
    sent: date
    channel: str | None = None
    status: Status = Status.SENT
    reached: Status = Status.SENT
    answered: date | None = None
    number: int = 0


def updated(before: Application, status: Status, day: date) -> Application:
    """The application with a new status.

    Args:
        day: of the answer, if this is the first.
    """
    answered = day if status.is_answer and before.answered is None else before.answered
    return replace(
        before, status=status, reached=_further(before.reached, status), answered=answered
    )


def _further(reached: Status, status: Status) -> Status:
    if status not in _REACHED:  # an end says nothing of how far it came
        return reached
    return max(reached, status, key=_REACHED.index)


@dataclass(frozen=True)
class Responses:
    """What came back from one channel.

    Attributes:
        answered: how many had any answer.
        interviews: how many came to a talk or further.
        days: median from sending to the first answer; None where there is none.
    """

    channel: str
    sent: int
    answered: int
    interviews: int
    days: float | None


def by_channel(applications: Sequence[Application]) -> tuple[Responses, ...]:
    """Responses of each channel, the one with the most applications first."""
    channels: dict[str, list[Application]] = {}
    for one in applications:
        channels.setdefault((one.channel or NO_CHANNEL).lower(), []).append(one)
    found = [_responses(channel, sent) for channel, sent in channels.items()]
    return tuple(sorted(found, key=lambda one: (-one.sent, one.channel)))


def _responses(channel: str, sent: Sequence[Application]) -> Responses:
    days = [(one.answered - one.sent).days for one in sent if one.answered is not None]
    talks = sum(one.reached is not Status.SENT for one in sent)
    return Responses(channel, len(sent), len(days), talks, median(days) if days else None)


def by_stage(applications: Iterable[Application]) -> dict[str, int]:
    """How many applications came at least to each stage, in order; those nobody came to left out.

    A stage may be skipped: who came to a panel also counts for the ones before.
    """
    reached = [_REACHED.index(one.reached) for one in applications]
    counts = {
        stage.value: sum(far >= place for far in reached) for place, stage in enumerate(_REACHED)
    }
    return {stage: count for stage, count in counts.items() if count}
