"""What is said of a take beside its advice: how it was heard, told before, drawn for, its rest."""

from collections.abc import Iterator

from coach.areas import AREAS
from coach.improvement.beside import Beside
from coach.improvement.entries import JudgedTake
from coach.review.words import number_of


def remarks(attempt: JudgedTake, beside: Beside) -> tuple[str, ...]:
    """Each a line or two, what changes the meaning of the score first."""
    return tuple(_remarks(attempt, beside))


def _remarks(attempt: JudgedTake, beside: Beside) -> Iterator[str]:
    judged, said = attempt.assessment, attempt.transcript
    if said.doubted:
        doubts = sum(word.doubtful for word in said.words)
        yield (
            f"{said.engine.capitalize()} is unsure of {doubts} of {judged.words} words:"
            " the score is in part its doing."
        )
    if beside.retold is not None:
        yield (
            f"These are nearly the words of take {beside.retold}, told to another question:"
            " heard twice, they count against you, and here for no area."
        )
    finding = judged.finding(beside.area)
    if (
        finding
        and finding.met is not None
        and not any(finding.area.startswith(advice.area) for advice in judged.advice)
    ):
        yield f"{AREAS[beside.area].name}, what it was drawn for: {finding.text}"
    if beside.rest and not judged.advice:
        yield f"Nothing is left to mend: leave it for {number_of(beside.rest, 'day')}."
