"""What the labeller is measured against: position alone, keyword rules, and the first version."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.cues import CUES
from coach.assessment.features import place
from coach.assessment.labelled import LABELS, PARTS, Labelled

TOLD = 1.0  # weight of wording that a part needs somewhere to count as told
Guess = tuple[tuple[str, ...], frozenset[str]]  # a letter for each sentence, and the missing parts

# Weights of the first version, set by hand: of each label by itself, and of one after another
# ("^" begins).
_NEUTRAL = {"S": 0.35, "T": -0.3, "A": 0.1, "R": -0.1, "O": 0.0}
_FOLLOWS = {
    "^": {"S": 1.2, "T": 0.0, "A": -0.6, "R": -1.0, "O": 0.4},
    "S": {"S": 0.8, "T": 0.5, "A": 0.2, "R": -0.8, "O": -0.6},
    "T": {"S": -0.6, "T": 0.1, "A": 0.9, "R": -0.8, "O": -0.8},
    "A": {"S": -1.2, "T": -1.0, "A": 1.0, "R": 0.3, "O": -0.8},
    "R": {"S": -1.2, "T": -1.4, "A": -0.6, "R": 0.9, "O": 0.2},
    "O": {"S": 0.6, "T": -0.4, "A": -0.2, "R": -0.2, "O": 0.8},
}


@dataclass(frozen=True)
class ByPosition:
    """The commonest label of each place: knows only how many sentences an answer has."""

    commonest: dict[tuple[str, ...], str]

    @classmethod
    def learn(cls, answers: Sequence[Labelled]) -> "ByPosition":
        counts: dict[tuple[str, ...], Counter[str]] = {}
        for answer in answers:
            for index, label in enumerate(answer.labels or ()):
                key = tuple(place(index, len(answer.sentences)))
                counts.setdefault(key, Counter())[label] += 1
        return cls({key: count.most_common(1)[0][0] for key, count in counts.items()})

    def guess(self, sentences: Sequence[str]) -> Guess:
        count = len(sentences)
        labels = tuple(self.commonest.get(tuple(place(i, count)), "A") for i in range(count))
        return labels, frozenset(PARTS) - set(labels)


def by_keywords(sentences: Sequence[str]) -> Guess:
    """The label whose keywords weigh most in each sentence, other where there is none."""
    labels = []
    for scores in map(weigh, sentences):
        best = max(LABELS, key=lambda label: scores[label])
        labels.append(best if scores[best] > 0 else "O")
    return tuple(labels), frozenset(PARTS) - set(labels)


def by_first_version(sentences: Sequence[str]) -> Guess:
    """The same keywords, and the likeliest order of parts over the whole answer (Viterbi)."""
    weighed = [weigh(sentence) for sentence in sentences]
    labels = _likeliest_path(
        [{label: scores[label] + _NEUTRAL[label] for label in LABELS} for scores in weighed]
    )
    # A scene needs no special wording to be one; what was done and what came of it does.
    told = {
        label
        for label, scores in zip(labels, weighed, strict=True)
        if label == "S" or scores[label] >= TOLD
    }
    if any(scores["T"] >= TOLD for scores in weighed):
        told.add("T")  # the first version called it unclear, not missing
    return labels, frozenset(PARTS) - told


def weigh(sentence: str) -> dict[str, float]:
    """Weight of each label by keywords alone.

    Args:
        sentence: in lower case, without punctuation.
    """
    scores = dict.fromkeys(LABELS, 0.0)
    for cue in CUES:
        if cue.pattern.search(sentence):
            scores[cue.label] += cue.weight
    return scores


def _likeliest_path(emissions: Sequence[dict[str, float]]) -> tuple[str, ...]:
    # For each label, the best way to it so far: its weight and its labels.
    ways: dict[str, tuple[float, tuple[str, ...]]] = {"^": (0.0, ())}
    for emission in emissions:
        ways = {label: _best_way(ways, label, emission[label]) for label in LABELS}
    return max(ways.values())[1]


def _best_way(
    ways: dict[str, tuple[float, tuple[str, ...]]], label: str, weight: float
) -> tuple[float, tuple[str, ...]]:
    return max(
        (score + _FOLLOWS[before][label] + weight, (*path, label))
        for before, (score, path) in ways.items()
    )
