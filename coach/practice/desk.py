"""What every sitting stands on: the log, the norms, the recogniser's process, and the questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from coach import places, settings
from coach.assessment.norms import Norms, load_norms
from coach.improvement.choose import Known
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import Standing, standings
from coach.questions.bank import load_banks
from coach.questions.question import Question
from coach.transcript.engine import EngineChoice
from coach.transcript.worker import Worker

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def all_questions() -> tuple[Question, ...]:
    """The shipped banks and the user's own."""
    return load_banks((places.shipped_banks(), places.own_banks()))


def users_norms() -> Norms:
    """The shipped norms with the user's own numbers over them."""
    return load_norms(settings.own_norms())


def all_standings(log: Log, now: datetime) -> dict[str, Standing]:
    return standings(log.points(), log.levels(), now)


def all_known(log: Log, now: datetime) -> Known:
    """What the log says that bears on the next choice.

    Where an interview is noted, what is weak comes due before it.

    Args:
        now: what is due counts in days of the place where the coach runs.
    """
    here = now.astimezone()
    interview = next_interview(log, now)
    until = interview.begins if interview else None
    levels = log.levels()
    return Known(
        standings(log.points(), levels, now),
        questions_due(log.summaries(), here, until),
        areas_due(levels, here, until),
        log.could_answer(),
    )


@dataclass
class Desk:
    """What a sitting needs: the log, the norms, the recogniser's process and a clock."""

    log: Log
    worker: Worker
    norms: Norms
    clock: Clock = utc_now

    @classmethod
    def lay(cls, log: Log, engine: EngineChoice, clock: Clock = utc_now) -> "Desk":
        return cls(log, Worker(*engine), users_norms(), clock)
