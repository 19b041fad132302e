"""Learn the labeller's weights from the corpus: `python -m coach.assessment.train [--kinds]`.

The same corpus, code and library give the same file, byte for byte. Takes some minutes. The report
of `python -m coach.assessment.evaluate --report` is printed too where `--report` asks for it: the
models that have not seen a fifth of the authors are there already.
"""

import hashlib
import random
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TypeVar

import numpy as np

from coach.assessment import segment
from coach.assessment.boundaries import LABELS as BOUNDARY_LABELS
from coach.assessment.boundaries import see_words
from coach.assessment.chain import LEAST, Chain, thousandths
from coach.assessment.features import see
from coach.assessment.kind_model import KindModel
from coach.assessment.labelled import CORPUS, LABELS, PARTS, Labelled, corpus_files, read_corpus
from coach.assessment.mishearing import Mishearing
from coach.assessment.model import FILE, Labeller, Model, save_model
from coach.assessment.star import best_of_parts, clause_marginals
from coach.assessment.variants import Example, merged_and_split, misheard, rearranged
from coach.assessment.views import marginals_of
from coach.transcript.transcript import Word

SEED = 1
FOLDS = 5
# How strongly weights are held small: 1 to 4 were no better on strangers' answers than 8, by which
# the file is smaller. Holding them at zero too (L1) made them worse, and an average of several
# chains was no better than one.
L2 = 8.0
BOUNDARY_L2 = 2.0
# Thousandths: a quarter of the features is kept, which cuts strangers' words no worse.
BOUNDARY_LEAST = 100
ITERATIONS = 80
WORKERS = 2  # processes
FALSE_ALARMS = 0.08  # share of complete answers that may be said to miss a part, in tuning
SHARES = 4  # in which the false alarms are shared out among the parts, to begin with
_PLACES = [place / 100 for place in range(1, 100)]  # thresholds that are tried
# Every part is told in an answer, until thresholds are tuned.
_UNTUNED = dict.fromkeys(PARTS, 0.0)


T = TypeVar("T")
M = TypeVar("M", Model, KindModel)
Scores = tuple[Mapping[str, float], frozenset[str]]


def train_model(answers: Sequence[Labelled]) -> Model:
    """Everything that is learned from answers, but for the thresholds of missing parts."""
    rng = random.Random(SEED)  # noqa: S311  nothing is secret here
    examples = [Example(answer.plain, answer.labels or ()) for answer in answers]
    mishearing = Mishearing(w for e in examples for s in e.sentences for w in s.split())
    boundaries = _train_boundaries(examples, mishearing, rng)
    halves = _halves(answers, examples, mishearing, rng)
    return Model(
        written=Labeller(_train_labeller(_written(examples, mishearing, rng)), _UNTUNED),
        spoken=Labeller(_train_labeller(_spoken(halves, mishearing, rng)), _UNTUNED),
        boundaries=boundaries.lean(BOUNDARY_LEAST),
        trained_from=fingerprint(),
    )


def _written(
    examples: Sequence[Example], mishearing: Mishearing, rng: random.Random
) -> Iterator[Example]:
    """Sentences as an engine that punctuates gives them, and one other form of each answer.

    More than one other form for each answer as it was written made strangers' answers worse.
    """
    for example in examples:
        yield example
        other = rearranged(example, rng)
        way = rng.random()
        if way < 0.3:
            other = merged_and_split(other, rng)
        elif way < 0.6:
            other = misheard(other, mishearing, rng.uniform(0.0, 0.15), rng)
        yield other


def _spoken(
    halves: Sequence[tuple[Sequence[Example], Chain]], mishearing: Mishearing, rng: random.Random
) -> Iterator[Example]:
    """Clauses as they are cut from a stream of words."""
    for examples, boundaries in halves:
        for example in examples:
            clean = rearranged(example, rng)
            yield clauses(example, boundaries)
            yield clauses(clean, boundaries)
            yield clauses(misheard(clean, mishearing, rng.uniform(0.05, 0.25), rng), boundaries)


def clauses(example: Example, boundaries: Chain) -> Example:
    """An answer in one stream, cut again; a clause has the label of most of its words."""
    pairs = zip(example.sentences, example.labels, strict=True)
    said = [(Word(word), label) for sentence, label in pairs for word in sentence.split()]
    words, labels = [word for word, _ in said], [label for _, label in said]
    ranges = segment.clauses(words, boundaries)
    return Example(
        tuple(segment.texts(words, ranges)),
        tuple(Counter(labels[r.first : r.last + 1]).most_common(1)[0][0] for r in ranges),
    )


def _halves(
    answers: Sequence[Labelled],
    examples: Sequence[Example],
    mishearing: Mishearing,
    rng: random.Random,
) -> list[tuple[Sequence[Example], Chain]]:
    """Two halves of the authors, each with boundaries learned from the other.

    What was learned from the same answers would cut them better than it will cut a stranger's.
    """
    sides = [zlib.crc32(answer.author.encode()) % 2 for answer in answers]
    halves = [[e for e, s in zip(examples, sides, strict=True) if s == side] for side in (0, 1)]
    return [
        (half, _train_boundaries(other or half, mishearing, rng))
        for half, other in (halves, halves[::-1])
    ]


def _train_boundaries(
    examples: Iterable[Example], mishearing: Mishearing, rng: random.Random
) -> Chain:
    rows = []
    for example in examples:
        for one in (example, misheard(example, mishearing, rng.uniform(0.05, 0.25), rng)):
            words = [sentence.split() for sentence in one.sentences]
            labels = ["B" if i == 0 else "I" for sentence in words for i in range(len(sentence))]
            rows.append((see_words([w for sentence in words for w in sentence]), labels))
    return train_chain(rows, BOUNDARY_LABELS, BOUNDARY_L2)


def _train_labeller(examples: Iterable[Example]) -> Chain:
    rows = (([seen.row for seen in see(e.sentences)], e.labels) for e in examples)
    return train_chain(rows, LABELS, L2)


def train_chain(
    examples: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], labels: str, l2: float
) -> Chain:
    """Weights of a chain over rows of features and their labels; one letter a label."""
    # Only training needs the library; what is used every day is chain.py.
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": 0.0,
            "c2": l2,
            "max_iterations": ITERATIONS,
            "feature.minfreq": 2,
            "feature.possible_transitions": True,
        }
    )
    for rows, given in examples:
        if rows:
            trainer.append(rows, given)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "chain"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learned = tagger.info()
        tagger.close()
    weights: dict[str, list[int]] = {}
    for (feature, label), weight in learned.state_features.items():
        row = weights.setdefault(feature, [0] * len(labels))
        row[labels.index(label)] = thousandths(weight)
    follows = learned.transitions
    return Chain(
        labels,
        {name: tuple(row) for name, row in weights.items() if max(map(abs, row)) >= LEAST},
        tuple(tuple(thousandths(follows.get((a, b), 0.0)) for b in labels) for a in labels),
    )


def folds(lines: Sequence[T], author: Callable[[T], str]) -> list[list[T]]:
    """Labelled lines dealt out by author: all of one author lie in the same fold."""
    authors = sorted(set(map(author, lines)))
    random.Random(SEED).shuffle(authors)  # noqa: S311  nothing is secret here
    dealt = {name: index % FOLDS for index, name in enumerate(authors)}
    return [[line for line in lines if dealt[author(line)] == fold] for fold in range(FOLDS)]


def others(dealt: Sequence[Sequence[T]]) -> list[list[T]]:
    """For each fold, what lies in all the others."""
    return [[line for other in dealt if other is not fold for line in other] for fold in dealt]


def held_out(dealt: Sequence[Sequence[Labelled]]) -> list[Model]:
    """For each fold, a model of all the others, without thresholds."""
    return _models(others(dealt))


def _models(trained_on: Sequence[Sequence[Labelled]]) -> list[Model]:
    with ProcessPoolExecutor(WORKERS) as pool:
        return list(pool.map(train_model, trained_on))


def tune(best: Sequence[Scores]) -> dict[str, float]:
    """For each part, the probability below which it is judged missing.

    Args:
        best: for each answer, the highest probability of each part, and the parts truly missing.
    """
    scores = np.array([[found[part] for part in PARTS] for found, _ in best])
    missing = np.array([[part in absent for part in PARTS] for _, absent in best])
    ranked = np.sort(scores[~missing.any(axis=1)], axis=0)  # of complete answers
    told = [_climbed(scores, missing, start) for start in _starts(ranked)]
    chosen = max(told, key=lambda each: _worth(scores, missing, each))
    return dict(zip(PARTS, chosen.round(3).tolist(), strict=True))


def _starts(ranked: np.ndarray) -> Iterator[np.ndarray]:
    """Thresholds by which the parts share the false alarms in all ways.

    From one start alone, the first part that is tuned would spend most of them.
    """
    for shares in product(range(SHARES + 1), repeat=len(PARTS)):
        if sum(shares) == SHARES:
            alarms = [int(FALSE_ALARMS * len(ranked) * share / SHARES) for share in shares]
            yield np.array([ranked[n, k] if n else 0.0 for k, n in enumerate(alarms)])


def _climbed(scores: np.ndarray, missing: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Thresholds that no change of a single one makes better."""
    for _ in range(3):
        for part in range(len(PARTS)):
            tries = [told] + [np.where(np.arange(len(PARTS)) == part, p, told) for p in _PLACES]
            told = max(tries, key=lambda each: _worth(scores, missing, each))
    return told


def _worth(scores: np.ndarray, missing: np.ndarray, told: np.ndarray) -> float:
    """Macro-F1 of missing parts, as long as few complete answers are accused.

    Args:
        scores, missing: a row for each answer and a column for each part.
    """
    guessed = scores < told
    complete = guessed[~missing.any(axis=1)]
    excess = complete.any(axis=1).sum() / max(1, len(complete)) - FALSE_ALARMS
    right = (guessed & missing).sum(axis=0)
    either = guessed.sum(axis=0) + missing.sum(axis=0)
    return float((2 * right / np.maximum(1, either)).mean()) - 10 * max(0.0, float(excess))


def fingerprint(folder: Path = CORPUS, *more: Path) -> str:
    """Of the corpus, and of other files, that the weights come from."""
    digest = hashlib.sha256()
    for file in (*more, *corpus_files(folder)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def scores_written(model: Model, answer: Labelled) -> dict[str, float]:
    """The best probability of each part in an answer's own sentences."""
    chain = model.written.chain
    return best_of_parts(marginals_of(chain, see(answer.plain)), chain.labels)


def scores_spoken(model: Model, answer: Labelled) -> dict[str, float]:
    """The best probability of each part in the clauses of an answer as one stream of words."""
    cut, starts = cut_stream(answer.plain, model.boundaries)
    marginals = clause_marginals(see(cut), cut, starts, model)
    return best_of_parts(marginals, model.spoken.chain.labels)


def cut_stream(sentences: Sequence[str], boundaries: Chain) -> tuple[list[str], list[float]]:
    """Sentences as one stream of words: its clauses, and the chance that each starts a sentence."""
    words = [Word(word) for sentence in sentences for word in sentence.split()]
    ranges = segment.clauses(words, boundaries)
    return segment.texts(words, ranges), [r.start for r in ranges]


def tuned(model: Model, judged: Sequence[tuple[Model, Sequence[Labelled]]]) -> Model:
    """A model with thresholds that suit answers which other models had not seen.

    Args:
        judged: models, each with answers that it was not trained on.
    """
    pairs = [(held, answer) for held, answers in judged for answer in answers]
    written, spoken = (
        tune([(scores(held, answer), answer.missing or frozenset()) for held, answer in pairs])
        for scores in (scores_written, scores_spoken)
    )
    return with_thresholds(model, written, spoken)


def with_thresholds(model: M, written: Mapping[str, float], spoken: Mapping[str, float]) -> M:
    """A model with these probabilities from which a part counts as told."""
    return replace(
        model,
        written=replace(model.written, told=written),
        spoken=replace(model.spoken, told=spoken),
    )


def main() -> None:
    """Train, tune, and write the model that comes with the coach."""
    if "--kinds" in sys.argv[1:]:
        # train_kinds learns by this module.
        from coach.assessment.train_kinds import write_kinds

        sys.stdout.write(f"The models of kinds were written from {write_kinds()} answers.\n")
        return
    answers = read_corpus()
    dealt = folds(answers, lambda answer: answer.author)
    untuned, *held = _models([answers, *others(dealt)])
    model = tuned(untuned, list(zip(held, dealt, strict=True)))
    save_model(model)
    sys.stdout.write(f"{FILE} was written from {len(answers)} answers.\n")
    if "--report" in sys.argv[1:]:
        # report trains by this module.
        from coach.assessment.report import describe_folds

        sys.stdout.write(f"\n{describe_folds(answers, dealt, held)}\n")


if __name__ == "__main__":
    main()
