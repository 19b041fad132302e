"""Dated interviews, and how they went."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from coach.improvement.log import Log


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

    def is_ahead(self, local: datetime) -> bool:
        """Whether it is still to come; without an hour it is until the day is over.

        Args:
            local: the time where the user is.
        """
        if self.day != local.date():
            return self.day > local.date()
        return self.clock is None or self.clock >= f"{local:%H:%M}"


def next_interview(log: Log, now: datetime) -> Interview | None:
    """The first that is still to come and was not debriefed."""
    local = now.astimezone()
    ahead = [
        one for one in log.shelf(Interview).all() if one.debrief is None and one.is_ahead(local)
    ]
    return min(ahead, key=lambda one: (one.day, one.clock or "", one.number), default=None)
