"""Learn which words go with which questions: `python -m coach.assessment.train_relevance`.

Learns from the corpus of the labeller, whose answers know their questions. Prints how well a
story's own question is told from another one, by authors that were held out.
"""

import json
import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.assessment.features import weigh
from coach.assessment.labelled import CORPUS, Labelled, corpus_files, lines_of, parse_line
from coach.assessment.relevance import (
    FILE,
    THEMES,
    RelevanceModel,
    Theme,
    content,
    relevance,
    save_relevance,
    themes_of,
)
from coach.assessment.train import SEED, fingerprint, folds, others

FEWEST = 2  # answers in which a stem must occur
INVERSE_STRENGTH = 5.0  # of the penalty on weights; chosen on held-out authors
FALSE_ALARMS = 3  # of 100 fitting answers that are doubted
# Answers that are about nothing in particular teach nothing about their question.
_NO_STORY = {"off_question", "keyword_list", "general"}


@dataclass(frozen=True)
class Asked:
    """An answer with its question."""

    question: str
    answer: Labelled


def read_asked() -> tuple[Asked, ...]:
    """Stories of the corpus whose question has a theme, in the order of the files."""
    found = []
    for file in corpus_files(CORPUS):
        for _, line in lines_of(file):
            data = json.loads(line)
            if data["shape"] not in _NO_STORY and themes_of(data["question"]):
                found.append(Asked(data["question"], parse_line(line)))
    return tuple(found)


def train_relevance(asked: Sequence[Asked]) -> RelevanceModel:
    """Weights of every theme; the two limits are left open."""
    # Only training needs the library.
    from sklearn.linear_model import LogisticRegression

    counts = [content(one.answer.plain) for one in asked]
    met = Counter(s for each in counts for s in each)
    rarity = {
        s: round(math.log(len(asked) / n) + 1, 3) for s, n in sorted(met.items()) if n >= FEWEST
    }
    place = {s: i for i, s in enumerate(rarity)}
    shares = [weigh(each, rarity) for each in counts]
    rows = [[each.get(s, 0.0) for s in place] for each in shares]
    themes = {}
    for name in THEMES:
        about = [name in themes_of(one.question) for one in asked]
        learner = LogisticRegression(C=INVERSE_STRENGTH, class_weight="balanced", max_iter=500)
        learner.fit(rows, about)
        weights = {s: round(float(learner.coef_[0][i]), 2) for s, i in place.items()}
        weights = {s: weight for s, weight in weights.items() if weight}
        sums = [sum(v * weights.get(s, 0.0) for s, v in each.items()) for each in shares]
        themes[name] = Theme(
            weights, round(statistics.mean(sums), 4), round(statistics.pstdev(sums), 4)
        )
    return RelevanceModel(themes, rarity, 0.0, 0.0, fingerprint())


def held_out_scores(asked: Sequence[Asked]) -> tuple[list[float], list[float]]:
    """Scores of answers by authors that the model did not see.

    Returns:
        With their own question, and with one of other themes that somebody else was asked.
    """
    dealt = folds(asked, lambda one: one.answer.author)
    draw = random.Random(SEED)  # noqa: S311  nothing is secret here
    own, other = [], []
    for fold, rest in zip(dealt, others(dealt), strict=True):
        model = train_relevance(rest)
        for one in fold:
            own += _score(one.question, one.answer.plain, model)
            strange = draw.choice(fold).question
            if not set(themes_of(strange)) & set(themes_of(one.question)):
                other += _score(strange, one.answer.plain, model)
    return own, other


def _score(question: str, sentences: Sequence[str], model: RelevanceModel) -> list[float]:
    """Of the answer to that question; empty where the question has no theme."""
    found = relevance(question, sentences, model)
    return [found.score] if found else []


def percentile(scores: Sequence[float], percent: int) -> float:
    return round(statistics.quantiles(scores, n=100)[percent - 1], 2)


def told_apart(own: Iterable[float], other: Sequence[float]) -> float:
    """How often an answer scores higher with its own question: the area under the ROC curve."""
    wins = [(score > strange) + (score == strange) / 2 for score in own for strange in other]
    return sum(wins) / len(wins)


def main() -> None:
    """Train, choose the limits on held-out authors, write the model, and say how good it is."""
    asked = read_asked()
    own, other = held_out_scores(asked)
    low, high = percentile(own, FALSE_ALARMS), percentile(own, 50)
    save_relevance(replace(train_relevance(asked), low=low, high=high))
    doubted = sum(score < low for score in other) / len(other)
    sys.stdout.write(
        f"{FILE} was written from {len(asked)} answers. By held-out authors an answer scores\n"
        f"higher with its own question than with another one in {told_apart(own, other):.0%} of"
        f" pairs;\nof answers to another question {doubted:.0%} are doubted, of fitting ones"
        f" {FALSE_ALARMS}%.\n"
    )


if __name__ == "__main__":
    main()
