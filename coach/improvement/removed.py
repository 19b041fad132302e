"""Questions of the shipped banks that the user wants to be asked no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from coach.improvement.log import Log


@dataclass(frozen=True)
class Removed:
    """One of them; it stays in its bank, and its takes stay too.

    Attributes:
        question: its id.
    """

    KIND: ClassVar[str] = "removed question"

    question: str
    number: int = 0


def removed_questions(log: Log) -> frozenset[str]:
    """Their ids."""
    return frozenset(each.question for each in log.shelf(Removed).all())


def remove_question(log: Log, question: str, now: datetime) -> None:
    """From now on nothing draws it; once is enough."""
    if question not in removed_questions(log):
        with log.changing(f"{question} was removed from your questions", now):
            log.shelf(Removed).add(Removed(question), now)


def put_back(log: Log, question: str, now: datetime) -> None:
    """It is drawn again; nothing where it was not removed."""
    shelf = log.shelf(Removed)
    for each in shelf.all():
        if each.question == question:
            with log.changing(f"{question} was put back among your questions", now):
                shelf.remove(each.number, now)
