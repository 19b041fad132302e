"""Dated interviews, and how they went."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from coach.improvement.local_time import aware
from coach.improvement.log import Log

NEAR = timedelta(hours=2)  # between the beginnings of two interviews
HELD = timedelta(hours=1)  # from the hour of an interview till it counts as over


class Outcome(StrEnum):
    OFFER = "offer"
    NEXT_ROUND = "next-round"
    REJECTION = "rejection"
    NO_ANSWER = "no-answer"

    @property
    def told(self) -> str:
        """In words, such as "next round"."""
        return self.value.replace("-", " ")


@dataclass(frozen=True)
class Debrief:
    """Three questions after an interview, whatever came of it.

    Attributes:
        day: on which it was written.
        hard: what was asked that was hard, a question each.
        outcome: None while it is not known.
    """

    day: date
    went_well: str | None = None
    hard: tuple[str, ...] = ()
    differently: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Interview:
    """An interview on a day.

    Attributes:
        day: where the user is, and `clock` the hour there, "HH:MM"; None where it is not known.
        stage: such as "panel"; the stages are those of a rejection.
        number: 0 until it is in the log.
    """

    KIND: ClassVar[str] = "interview"
    day: date
    role: str
    stage: str
    clock: str | None = None
    company: str | None = None
    debrief: Debrief | None = None
    number: int = 0

    @property
    def begins(self) -> datetime:
        """When it begins where the user is, aware; the end of the day where no hour is known."""
        hour = time.fromisoformat(self.clock) if self.clock else time.max
        return aware(datetime.combine(self.day, hour))

    def away(self, today: date) -> str:
        """How far off its day is, such as "tomorrow" or "in 3 days"; not for one that is over."""
        days = (self.day - today).days
        return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")

    def is_over(self, now: datetime) -> bool:
        """Whether it may be looked back on: an hour after it began, or the day after its day."""
        return now.date() > self.day or now > self.begins + (HELD if self.clock else timedelta())

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is still to come and was not debriefed."""
        return self.debrief is None and self.begins >= now


def close_to(made: Interview, others: Iterable[Interview]) -> tuple[Interview, ...]:
    """Other interviews of its day: less than NEAR away, or where an hour is not known."""
    return tuple(
        one
        for one in others
        if one.number != made.number
        and one.day == made.day
        and (not (one.clock and made.clock) or abs(one.begins - made.begins) < NEAR)
    )


def next_interview(log: Log, now: datetime) -> Interview | None:
    """The first that is still to come and was not debriefed."""
    ahead = [one for one in log.shelf(Interview).all() if one.is_ahead(now)]
    return min(ahead, key=lambda one: (one.begins, one.number), default=None)


def debriefed(
    interview: Interview,
    today: date,
    went_well: str | None,
    hard: tuple[str, ...],
    differently: str | None,
    outcome: Outcome | None,
) -> Interview:
    """The interview with what is told of it; what was told before stays where nothing is now."""
    before = interview.debrief or Debrief(today)
    told = Debrief(
        today,
        went_well or before.went_well,
        tuple(dict.fromkeys([*before.hard, *hard])),
        differently or before.differently,
        outcome or before.outcome,
    )
    return replace(interview, debrief=told)
