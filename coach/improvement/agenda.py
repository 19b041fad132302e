"""What the coach keeps of a sitting beside its takes: which questions were drawn, and passed."""

from dataclasses import dataclass
from typing import ClassVar

from coach.improvement.choose import Choice
from coach.improvement.store import CONVERTER
from coach.questions.question import Probe

# As a bank writes it, and as an interview was kept before probes had parts.
CONVERTER.register_unstructure_hook(Probe, str)
CONVERTER.register_structure_hook(Probe, lambda written, _: Probe.read(written))


@dataclass(frozen=True)
class Agenda:
    """The questions of a mock interview, so that it can be gone on with.

    Attributes:
        sitting: its number.
        choices: in the order in which they are asked, each in the words that were drawn.
    """

    KIND: ClassVar[str] = "agenda"

    sitting: int
    choices: tuple[Choice, ...]
    number: int = 0


@dataclass(frozen=True)
class Passed:
    """A question of a mock interview that was passed over.

    Attributes:
        sitting: its number.
        question: the question's id.
    """

    KIND: ClassVar[str] = "passed"

    sitting: int
    question: str
    number: int = 0
