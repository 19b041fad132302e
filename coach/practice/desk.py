"""What every sitting stands on: the log, the norms, the recogniser's process, and the questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from coach import places, settings
from coach.assessment.norms import Norms, load_norms
from coach.improvement.log import Log
from coach.questions.bank import load_banks
from coach.questions.question import Question
from coach.transcript.engine import EngineChoice
from coach.transcript.worker import Worker

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def users_day() -> date:
    """Today, where the user is."""
    return utc_now().astimezone().date()


def all_questions() -> tuple[Question, ...]:
    """The shipped banks and the user's own."""
    return load_banks((places.shipped_banks(), places.own_banks()))


def users_norms() -> Norms:
    """The shipped norms with the user's own numbers over them."""
    return load_norms(settings.own_norms())


@dataclass
class Desk:
    """What a sitting needs: the log, the norms, the recogniser's process and a clock."""

    log: Log
    worker: Worker
    norms: Norms
    clock: Clock = utc_now

    @classmethod
    def lay(cls, log: Log, engine: EngineChoice) -> "Desk":
        return cls(log, Worker(*engine), users_norms())
