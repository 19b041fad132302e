"""Takes that say nearly the words of an earlier one, told to another question.

To the same question that is practice. To another it is the same text again: an interviewer who
hears it twice notices, and the log credits no area with it (`Readings.levels`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from coach.assessment.segment import normalise
from coach.improvement.entries import JudgedTake
from coach.improvement.log import Log

SHINGLE = 5  # words in a row: two tellings of one story in other words share hardly any
LEAST = 20  # shingles of a take; what is shorter may well be said twice
ALIKE = 0.5  # of the shingles of both are in both (Jaccard): two thirds of each text are the same
PROBES = 16  # shingles that the index is asked for; half of them miss one time in 65,000


@dataclass(frozen=True)
class Retold:
    """That a take tells the words of an earlier one to another question.

    Attributes:
        attempt: the take's number.
        take: number of the earlier one.
    """

    KIND: ClassVar[str] = "retold"
    LISTED_BY: ClassVar[str] = "coach review"

    attempt: int
    take: int
    number: int = 0


def note_retold(log: Log, take: JudgedTake, now: datetime) -> None:
    """Keep it where a take says the words of an earlier one to another question."""
    if take.id not in log.retold() and (earlier := _first_told(log, take)) is not None:
        log.shelf(Retold).put(Retold(take.id, earlier), now)


def alike(one: str, other: str) -> float:
    """The share of five words in a row that two texts have in common, 0 to 1."""
    a, b = frozenset(_shingles(_words(one))), frozenset(_shingles(_words(other)))
    return len(a & b) / len(a | b) if a | b else 0.0


def _first_told(log: Log, take: JudgedTake) -> int | None:
    """The first take with these words, where it is of another question."""
    text = take.transcript.text
    shingles = _shingles(_words(text))
    if len(shingles) < LEAST:
        return None
    probes = [" ".join(shingles[i * len(shingles) // PROBES]) for i in range(PROBES)]
    for number, question, said in log.with_phrases(probes, take.id):
        if alike(text, said) >= ALIKE:
            return None if question == take.question.id else number
    return None


def _words(text: str) -> list[str]:
    return [word for each in text.split() if (word := normalise(each))]


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
