"""Applications: what was sent, and what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import ClassVar

from coach.improvement.entries import STAGES, Rejection, same
from coach.improvement.interviews import Interview, Outcome

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

    @property
    def is_end(self) -> bool:
        return self in (Status.OFFER, Status.REJECTED, Status.NO_ANSWER, Status.WITHDRAWN)


_REACHED = (Status.SENT, *(Status(stage) for stage in STAGES[1:]), Status.OFFER)


@dataclass(frozen=True)
class Application:
    """One application.

    Attributes:
        channel: where the posting was found or who passed it on, such as "referral".
        reached: the furthest stage, whatever came after it.
        stages: those noted on the way; `reached` alone in logs of older versions.
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
    stages: tuple[Status, ...] = ()
    number: int = 0

    def is_of(self, company: str | None, role: str) -> bool:
        return company is not None and same(self.company, company) and same(self.role, role)

    @property
    def known(self) -> frozenset[Status]:
        """The stages that it is known to have come to."""
        return frozenset((Status.SENT, self.reached, *self.stages))


def updated(before: Application, status: Status, day: date) -> Application:
    """The application with a new status.

    Args:
        day: of the answer, if this is the first.
    """
    answered = day if status.is_answer and before.answered is None else before.answered
    return _at(replace(before, status=status, answered=answered), status)


def _at(one: Application, status: Status) -> Application:
    """The application, which has come to a stage."""
    if status not in _REACHED:  # an end says nothing of how far it came
        return one
    stages = tuple(dict.fromkeys((*one.stages, one.reached, status)))
    return replace(one, reached=max(one.reached, status, key=_REACHED.index), stages=stages)


def with_log(
    one: Application, interviews: Iterable[Interview], rejections: Iterable[Rejection]
) -> Application:
    """The application with what else the log knows of the same company and role.

    An interview says that it came to that round, its outcome whether an offer came; a rejection,
    how far it got and when they answered.
    """
    for talk in interviews:
        if one.is_of(talk.company, talk.role) and talk.day >= one.sent:
            one = _at(one, Status(talk.stage))
            if talk.debrief and talk.debrief.outcome is Outcome.OFFER:
                one = _at(one, Status.OFFER)
    for answer in sorted(rejections, key=lambda each: each.date):
        if one.is_of(answer.company, answer.role) and answer.date >= one.sent:
            if answer.stage in STAGES[1:]:
                one = _at(one, Status(answer.stage))
            if one.answered is None:
                one = replace(one, answered=answer.date)
    return one


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
    # Who was invited was answered, though the day may not be known.
    answered = sum(one.answered is not None or one.reached is not Status.SENT for one in sent)
    return Responses(channel, len(sent), answered, talks, median(days) if days else None)


def by_stage(applications: Iterable[Application]) -> dict[str, int]:
    """How many applications are known to have come to each stage, in order; no stage of none.

    A stage that nobody noted does not count, though a later one was reached.
    """
    known = [one.known for one in applications]
    counts = {stage.value: sum(stage in each for each in known) for stage in _REACHED}
    return {stage: count for stage, count in counts.items() if count}
