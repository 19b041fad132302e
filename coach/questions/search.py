"""Find questions by words: the more of them are matched, and the nearer to the text, the higher."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.questions.question import Question

_TEXT, _VARIANT, _SHOWS = 4.0, 2.0, 1.0  # what a word in each place weighs
_WHOLE = 0.5  # a whole word weighs this much more than a beginning of one
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Hit:
    """A question that was found.

    Attributes:
        question: what was found.
        matched: how many of the words that were looked for are in it.
        weight: of the places in which they are.
    """

    question: Question
    matched: int
    weight: float


def search(questions: Iterable[Question], words: str) -> tuple[Hit, ...]:
    """Questions that hold any of the words, or a word that begins with one; the best first."""
    wanted = tuple(dict.fromkeys(word.lower() for word in _WORD.findall(words)))
    hits = (_hit(question, wanted) for question in questions)
    return tuple(
        sorted(
            (hit for hit in hits if hit.matched),
            key=lambda hit: (-hit.matched, -hit.weight, hit.question.id),
        )
    )


def marks(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where in the text a word stands that the search matched: first character, past the last."""
    wanted = tuple(word.lower() for word in _WORD.findall(words))
    return tuple(
        match.span() for match in _WORD.finditer(text) if match[0].lower().startswith(wanted)
    )


def _hit(question: Question, wanted: tuple[str, ...]) -> Hit:
    texts = ((_TEXT, (question.text,)), (_VARIANT, question.variants), (_SHOWS, question.shows))
    places = [(weight, _WORD.findall(" ".join(each).lower())) for weight, each in texts]
    best = [max(_match(word, found, weight) for weight, found in places) for word in wanted]
    return Hit(question, sum(weight > 0 for weight in best), sum(best))


def _match(wanted: str, words: list[str], weight: float) -> float:
    if wanted in words:
        return weight + _WHOLE
    return weight if any(word.startswith(wanted) for word in words) else 0.0
