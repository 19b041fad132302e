"""Learn to read feedback from the corpus: `python -m coach.improvement.train`.

The same corpus, code and library give the same file, byte for byte. Takes some minutes.

How the corpus is labelled, and anyone's lines should be:

- `areas`: every area that the sentence speaks of, usually one, sometimes two or three; none where
  nothing is named. What counts is what is meant, not which words are used: "by the end I couldn't
  say what you personally had done" is star.ownership; "you led us astray" is not leadership, and
  "a short list" says nothing of short answers.
- `polarity`: "neg" names a shortfall of the answers, however softly ("next time …", "we'd have
  liked …", a rival had more of something); "pos" praises, or denies a shortfall ("not a lack of
  experience"); "neutral" judges nothing: the decision, their own situation, form mails, thanks.
  Praise and criticism in one sentence: the main message, mostly what follows "but"; the areas are
  those of both sides.
- `controllable`: "no" where only ext.* is named, or nothing but the decision; "partly" for hr.fit,
  for ext.* beside something that can be practised, and for what is too vague to act on; else "yes",
  praise too.
- `voice`: who speaks. No voice is on both sides of a cross-validation.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from coach.areas import AREAS
from coach.assessment.features import weigh
from coach.assessment.train import fingerprint, folds, others
from coach.improvement.clauses import bare, clauses
from coach.improvement.sentences import CORPUS, Labelled, read_corpus
from coach.improvement.traits import BLOCKS, CUES, cues_as_text, traits
from coach.improvement.understanding import (
    COLUMNS,
    FILE,
    NAMES,
    RARITY,
    Limits,
    Model,
    Scores,
    named,
    save_model,
)

AREA_BLOCKS = ("w", "c", "q", "a")
TURN_BLOCKS = ("w", "t")  # for polarity, controllable, and whether anything is named
CUE_TRUST = 0.05  # how much a cue by itself counts beside a sentence
SMALLNESS = 1.0  # how strongly weights are held small
SEEN = {"w": 2, "c": 4, "q": 1, "a": 1, "t": 2}  # lines that a trait must be in to be kept
RARE = 100  # lines; what so few have in common is cheaper to add up by itself
# In letters every second sentence names nothing, as greetings do, in the corpus every tenth: that
# would be 9, but from 7 on plain short criticism is lost.
NAMELESS = 6  # times that an area counts which is found where nothing is named
UNTUNED = Limits(0.0, 0.0, 1.0, 1.0)
Matrix = np.ndarray
_traits = cache(traits)  # of each line, once for all folds


@dataclass(frozen=True)
class Judged:
    """What a model that had not seen a line says of it: the whole, and each of its clauses."""

    line: Labelled
    whole: Scores
    clauses: tuple[Scores, ...]


def train_model(lines: Sequence[Labelled]) -> Model:
    """Everything that is learned from lines, but for the limits from which an area is named."""
    hints = [
        Labelled(words, "", frozenset([section]), None, None)
        for section, words in cues_as_text()
        if section in AREAS
    ]
    counts = [_traits(line.text) for line in (*lines, *hints)]
    rarities = _rarities(counts[: len(lines)])
    names = sorted(rarities)
    rows = _rows(counts, rarities, names)
    labels = np.array([_labels(line) for line in (*lines, *hints)], dtype=np.float32)
    trust = np.repeat(np.array([1, CUE_TRUST], dtype=np.float32), [len(lines), len(hints)])
    blocks = np.array([name[0] for name in names])
    bases = labels[: len(lines)].mean(axis=0)
    weights = np.zeros((len(names), len(COLUMNS)), dtype=np.float32)
    judged = np.array([line.polarity is not None for line in (*lines, *hints)])
    for columns, seen, told in (
        (slice(len(AREAS)), np.isin(blocks, AREA_BLOCKS), trust > 0),
        (slice(len(AREAS), None), np.isin(blocks, TURN_BLOCKS), judged),
    ):
        errors = labels[told, columns] - bases[columns]
        weights[seen, columns] = _solve(rows[told][:, seen], errors, trust[told])
    steps = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    table = np.rint(weights / steps).astype(int)
    return Model(
        rarities=rarities,
        weights={name: tuple(row) for name, row in zip(names, table.tolist(), strict=True)},
        steps=tuple(float(f"{step:.6g}") for step in steps),
        bases=tuple(float(f"{base:.6g}") for base in bases),
        limits=UNTUNED,
        trained_from=fingerprint(CORPUS, CUES),
    )


def _rows(
    counts: Sequence[Mapping[str, Counter[str]]],
    rarities: Mapping[str, float],
    names: Sequence[str],
) -> Matrix:
    """A row of weighed traits for each line."""
    place = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(counts), len(names)), dtype=np.float32)
    for row, of_line in zip(rows, counts, strict=True):
        for block in BLOCKS:
            for name, value in weigh(of_line[block], rarities).items():
                row[place[name]] = value
    return rows


def _solve(rows: Matrix, labels: Matrix, trust: Matrix) -> Matrix:
    """The small weights that come nearest to the labels, in least squares.

    Solved over lines, of which there are fewer than traits.

    Args:
        trust: how much each row counts beside the others.
    """
    likeness = _likeness(rows) + SMALLNESS * np.diag(1 / trust)
    return rows.T @ np.linalg.solve(likeness, labels)


def _likeness(rows: Matrix) -> Matrix:
    """The product of each two rows; what only a few have is added pair by pair, far quicker."""
    is_rare = np.count_nonzero(rows, axis=0) <= RARE
    common, rare = rows[:, ~is_rare], np.ascontiguousarray(rows[:, is_rare].T)
    likeness = common @ common.T
    met, places = np.nonzero(rare)
    ends = np.flatnonzero(np.diff(met)) + 1
    for lines, values in zip(
        np.split(places, ends), np.split(rare[met, places], ends), strict=True
    ):
        likeness[np.ix_(lines, lines)] += np.outer(values, values)
    return likeness


def _rarities(counts: Sequence[Mapping[str, Counter[str]]]) -> dict[str, float]:
    """For each trait that is kept, how rare it is, in whole steps as the file holds them."""
    rarities = {}
    for block in BLOCKS:
        met = Counter(name for of_line in counts for name in of_line[block])
        for name, number in met.items():
            if number >= SEEN[block]:
                rarity = math.log((1 + len(counts)) / (1 + number)) + 1
                rarities[name] = round(rarity * RARITY) / RARITY
    return rarities


def _labels(line: Labelled) -> list[bool]:
    given = {*(line.areas or ()), line.polarity, line.controllable, NAMES if line.areas else None}
    return [column in given for column in COLUMNS]


def held_out(dealt: Sequence[Sequence[Labelled]]) -> list[Model]:
    """For each fold, a model of all the others, without limits."""
    return [train_model(rest) for rest in others(dealt)]


def judge(model: Model, lines: Iterable[Labelled]) -> list[Judged]:
    return [
        Judged(
            line,
            model.scores(line.text),
            tuple(model.scores(bare(clause)) for clause in clauses(line.text)),
        )
        for line in lines
    ]


def tune(judged: Sequence[Judged]) -> Limits:
    """The limits that give the highest micro-F1 of areas, in letters."""
    best = UNTUNED
    steps = [step / 100 for step in range(10, 101, 2)]
    for _ in range(2):
        for name in ("first", "other", "clause", "any"):
            tried = [replace(best, **{name: step}) for step in steps]
            best = max(tried, key=lambda limits: _worth(judged, limits))
    return best


def _worth(judged: Sequence[Judged], limits: Limits) -> float:
    right = either = 0
    for one in judged:
        found = set(named(one.whole, one.clauses, limits))
        true = one.line.areas
        if true:
            right += len(found & true)
            either += len(found) + len(true)
        else:
            either += NAMELESS * len(found)
    return 2 * right / max(1, either)


def main() -> None:
    """Train, tune, and write the model that comes with the coach."""
    lines = read_corpus()
    dealt = folds(lines, lambda line: line.voice)
    held = held_out(dealt)
    limits = tune(
        [one for model, fold in zip(held, dealt, strict=True) for one in judge(model, fold)]
    )
    save_model(replace(train_model(lines), limits=limits))
    sys.stdout.write(f"{FILE} was written from {len(lines)} lines.\n")


if __name__ == "__main__":
    main()
