"""What the log puts beside the result of one take."""

from dataclasses import dataclass

from coach.improvement.entries import JudgedTake


@dataclass(frozen=True)
class Beside:
    """What is known of a take but what it shows itself.

    Attributes:
        before: the last take of the question that was judged before it; None where there is none.
        retake: whether that one is of the same sitting.
        area: the one that the question was drawn for; empty where it is not known.
        retold: number of an earlier take, of another question, that has these words; else None.
        rest: days until the question comes again; None where that is not known.
    """

    before: JudgedTake | None = None
    retake: bool = False
    area: str = ""
    retold: int | None = None
    rest: int | None = None


ALONE = Beside()  # nothing is known but the take
