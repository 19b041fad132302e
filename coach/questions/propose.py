"""Propose the areas of a question that is in no bank, from how the bank's questions are worded."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from coach.questions.area_texts import AreaText
from coach.questions.question import Kind, Question
from coach.questions.similar import telling_words

# How much a word counts by where it stands. Chosen on the shipped banks, each question proposed for
# by all others: right at once for a third, among the first three for nearly six in ten.
_TEXT, _PROBE, _SHOWS, _MEANING = 1.0, 0.5, 1.0, 2.0
_UNSEEN = 0.3  # how often a word counts as seen that was not
_NAMED = 1.5  # natural logarithm of how much likelier an area is that the reader of feedback names
_CLOSE = 0.7  # a second competency whose logarithm is at most this far behind is proposed too
_USUAL = {
    Kind.INTRO: ("hr.intro",),
    Kind.MOTIVATION: ("hr.motivation", "hr.research"),
    Kind.STRENGTH: ("hr.self_awareness",),
    Kind.WEAKNESS: ("hr.self_awareness",),
    Kind.STRENGTHS_BASED: ("hr.self_awareness", "voice.energy"),
    Kind.SALARY: ("hr.salary",),
    Kind.LEAVING: ("hr.gaps",),
    Kind.FUTURE: ("hr.motivation",),
    Kind.CLOSING: ("hr.questions",),
    Kind.OFF_LIMITS: ("voice.confidence", "star.relevance"),
}

Vocabulary = Mapping[str, Counter[str]]


def vocabulary(bank: Iterable[Question], texts: Mapping[str, AreaText]) -> Vocabulary:
    """How often each telling word stands for each competency.

    Args:
        bank: its stories and situations are counted under their main area.
        texts: what is told about each area.
    """
    asked = (question for question in bank if question.kind not in _USUAL)
    return count_words(asked, texts, telling_words)


def count_words(
    bank: Iterable[Question],
    texts: Mapping[str, AreaText],
    telling: Callable[[str], Iterable[str]],
) -> dict[str, Counter[str]]:
    """How often words stand for each competency: in the questions about it, and in its own texts.

    Args:
        telling: the words of a text that count.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)

    def count(area: str, said: Iterable[str], share: float) -> None:
        for word in (word for text in said for word in telling(text)):
            counted[area][word] += share  # type: ignore[assignment]  # a share of one

    for question in bank:
        if question.areas[0].startswith("comp."):
            count(question.areas[0], question.wordings, _TEXT)
            count(question.areas[0], (probe.text for probe in question.probes), _PROBE)
            count(question.areas[0], question.shows, _SHOWS)
    for area, text in texts.items():
        if area.startswith("comp."):
            count(area, text.to_dict().values(), _MEANING)
    return counted


def propose_areas(
    text: str, kind: Kind, words: Vocabulary, named: Collection[str] = ()
) -> tuple[str, ...]:
    """One or two areas, the likelier first.

    Args:
        text: as an interviewer would ask it.
        kind: its own or a guessed one.
        words: of the shipped banks.
        named: areas that the reader of feedback finds in the text.
    """
    if kind in _USUAL:
        return _USUAL[kind]
    seen = len({word for counted in words.values() for word in counted})
    asked = telling_words(text)
    rated = {
        area: _likelihood(asked, counted, seen) + _NAMED * (area in named)
        for area, counted in words.items()
    }
    first, second = sorted(rated, key=lambda area: (-rated[area], area))[:2]
    return (first, second) if rated[first] - rated[second] <= _CLOSE else (first,)


def _likelihood(asked: Iterable[str], counted: Counter[str], seen: int) -> float:
    """Naive Bayes: the logarithm of how likely these words are for a competency."""
    everything = counted.total() + _UNSEEN * seen
    return sum(math.log((counted[word] + _UNSEEN) / everything) for word in asked)
