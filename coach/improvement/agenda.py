"""What the coach keeps of a sitting beside its takes: the questions that were drawn."""

from dataclasses import dataclass
from typing import ClassVar

from coach.improvement.choose import Choice


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
