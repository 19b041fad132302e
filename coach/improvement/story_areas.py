"""Which competencies a story might show: proposals for the user to confirm, with their reason.

A story speaks of rolls and ovens, seldom of planning, so this is a rough guess. Of 668 answers of
the labeller's corpus whose question names one competency, it is among the first three for 35 %;
chance would be 20 %.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.improvement.feedback import read_feedback
from coach.improvement.retelling import telling_words
from coach.questions.area_texts import AreaText
from coach.questions.propose import count_words
from coach.questions.question import Question

MOST = 3  # proposals
LEAST = 0.1  # worth below which nothing is proposed
# What it is worth that the reader of an employer's words names the area. Chosen, as the weights of
# `count_words`, on the answers named above.
_NAMED = 0.3
_WORDS = 3  # words that a reason names

Vocabulary = Mapping[str, Mapping[str, float]]  # by area: its words, with weights of length 1


@dataclass(frozen=True)
class Proposal:
    """An area that a story might show, and the words that speak for it."""

    area: str
    words: tuple[str, ...]


def vocabulary(bank: Iterable[Question], texts: Mapping[str, AreaText]) -> Vocabulary:
    """The words of each competency, from the questions that ask for it and its own texts."""
    counted = count_words(bank, texts, telling_words)
    areas = Counter(word for words in counted.values() for word in words)
    return {area: _weights(words, areas, len(counted)) for area, words in counted.items()}


def propose_areas(text: str, words: Vocabulary) -> tuple[Proposal, ...]:
    """At most MOST areas that the text speaks for, the likeliest first."""
    told: dict[str, str] = {}
    for word in text.split():
        for stemmed in telling_words(word):
            told.setdefault(stemmed, word.strip(".,;:!?\"'()").lower())
    named = {point.area: point.words for point in read_feedback(text).points}
    rated = {}
    for area, weights in words.items():
        shared = sorted(told.keys() & weights.keys(), key=lambda word: (-weights[word], word))
        worth = sum(weights[word] for word in shared) + _NAMED * (area in named)
        if worth >= LEAST:
            reason = tuple(told[word] for word in shared[:_WORDS])
            rated[area] = worth, Proposal(area, reason or (named[area],))
    best = sorted(rated, key=lambda area: (-rated[area][0], area))[:MOST]
    return tuple(rated[area][1] for area in best)


def _weights(words: Counter[str], areas: Counter[str], count: int) -> dict[str, float]:
    weights = {
        word: math.log(1 + number) * math.log((count + 1) / areas[word])
        for word, number in words.items()
    }
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}
