"""The repository's own report: how good the labeller is on authors that it was not trained on.

    python -m coach.assessment.evaluate --report

Prints tables in Markdown, for the README. It trains a model for each fold and takes some minutes.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from coach.assessment.baselines import ByPosition, by_first_version, by_keywords
from coach.assessment.evaluate import (
    Prediction,
    Score,
    add,
    predict,
    predict_unpunctuated,
    word_labels,
)
from coach.assessment.labelled import CORPUS, LABELS, PARTS, Labelled, read_corpus, read_labelled
from coach.assessment.mishearing import Mishearing
from coach.assessment.model import Model
from coach.assessment.segment import plain
from coach.assessment.train import SEED, folds, held_out, others, tuned
from coach.assessment.variants import Example, misheard

BLIND = CORPUS / "blind" / "second_labels.jsonl"  # labels of the same answers by somebody else
WORD_ERRORS = 0.15  # of a recogniser on clear speech with an accent
Guess = Callable[[Sequence[str]], Prediction]


def report() -> str:
    """Cross-validate by author, and describe the outcome in Markdown."""
    answers = read_corpus()
    dealt = folds(answers, lambda answer: answer.author)
    return describe_folds(answers, dealt, held_out(dealt))


def describe_folds(
    answers: Sequence[Labelled], dealt: Sequence[Sequence[Labelled]], held: Sequence[Model]
) -> str:
    """Tables in Markdown.

    Args:
        dealt: the answers in folds.
        held: for each fold, a model of all the others.
    """
    models = _tuned_apart(dealt, held)
    complete = [[a for a in fold if not a.missing] for fold in dealt]
    removed = [with_a_part_removed(fold) for fold in complete]
    noisy = [_misheard(fold, answers) for fold in dealt]
    positions = [ByPosition.learn(rest) for rest in others(dealt)]

    trained = [_written(model) for model in models]
    spoken = [_spoken(model) for model in models]
    baselines: list[tuple[str, list[Guess]]] = [
        ("position alone", [_baseline(position.guess) for position in positions]),
        ("keyword rules", [_baseline(by_keywords)] * len(dealt)),
        ("the first version", [_baseline(by_first_version)] * len(dealt)),
    ]
    sets = [
        ("all answers", trained, dealt, False),
        ("complete answers", trained, complete, False),
        ("complete answers, a part removed", trained, removed, False),
        ("unpunctuated, per word", spoken, dealt, True),
        (f"unpunctuated, {WORD_ERRORS:.0%} of the words wrong, per word", spoken, noisy, True),
    ]
    for name, guesses in baselines:
        sets += [
            (f"{name}: all answers", guesses, dealt, False),
            (f"{name}: complete answers", guesses, complete, False),
            (f"{name}: a part removed", guesses, removed, False),
        ]
    scores = [(name, _score(guesses, parts, by_word)) for name, guesses, parts, by_word in sets]
    authors = len({answer.author for answer in answers})
    lines = [
        f"{len(answers)} answers by {authors} authors, {len(dealt)} folds by author.",
        "",
        *_table_of_labels(scores),
        "",
        *_table_of_missing(scores),
    ]
    if BLIND.exists():
        lines += ["", _agreement(answers)]
    return "\n".join(lines)


def _tuned_apart(dealt: Sequence[Sequence[Labelled]], held: Sequence[Model]) -> list[Model]:
    """Thresholds for each fold's model that were chosen without the answers of that fold."""
    pairs = list(zip(held, dealt, strict=True))
    return [tuned(model, [pair for pair in pairs if pair[1] is not fold]) for model, fold in pairs]


def _written(model: Model) -> Guess:
    return lambda sentences: predict(sentences, model)


def _spoken(model: Model) -> Guess:
    return lambda sentences: predict_unpunctuated(sentences, model)


def _baseline(guess: Callable[[Sequence[str]], tuple[tuple[str, ...], frozenset[str]]]) -> Guess:
    def judge(sentences: Sequence[str]) -> Prediction:
        said = [plain(sentence) for sentence in sentences]
        labels, missing = guess(said)
        return Prediction(labels, (1.0,) * len(labels), missing, tuple(word_labels(said, labels)))

    return judge


def with_a_part_removed(answers: Sequence[Labelled]) -> list[Labelled]:
    """Each answer four times, every time without another part."""
    made = []
    for answer in answers:
        for part in PARTS:
            kept = [i for i, label in enumerate(answer.labels or ()) if label != part]
            if 0 < len(kept) < len(answer.sentences):
                made.append(_of(answer, kept, part))
    return made


def _of(answer: Labelled, kept: Sequence[int], gone: str) -> Labelled:
    assert answer.labels is not None
    return replace(
        answer,
        sentences=tuple(answer.sentences[i] for i in kept),
        labels=tuple(answer.labels[i] for i in kept),
        missing=frozenset(gone),
    )


def _misheard(fold: Sequence[Labelled], answers: Sequence[Labelled]) -> list[Labelled]:
    rng = random.Random(SEED)  # noqa: S311  nothing is secret here
    mishearing = Mishearing(w for answer in answers for s in answer.plain for w in s.split())
    made = []
    for answer in fold:
        heard = misheard(Example(answer.plain, answer.labels or ()), mishearing, WORD_ERRORS, rng)
        made.append(replace(answer, sentences=heard.sentences))
    return made


def _score(guesses: Sequence[Guess], dealt: Sequence[Sequence[Labelled]], by_word: bool) -> Score:
    score = Score()
    for guess, fold in zip(guesses, dealt, strict=True):
        for answer in fold:
            add(score, answer, guess(answer.sentences), by_word=by_word)
    return score


def _table_of_labels(scores: Sequence[tuple[str, Score]]) -> list[str]:
    lines = [
        f"| labels | accuracy | macro-F1 | {' | '.join(LABELS)} |",
        f"|---|---|---|{'---|' * len(LABELS)}",
    ]
    for name, score in scores:
        each = " | ".join(f"{score.f1(label):.3f}" for label in LABELS)
        lines.append(f"| {name} | {score.accuracy:.3f} | {score.macro_f1:.3f} | {each} |")
    return lines


def _table_of_missing(scores: Sequence[tuple[str, Score]]) -> list[str]:
    lines = [
        f"| missing parts, F1 | macro-F1 | {' | '.join(PARTS)} | complete answers accused |",
        f"|---|---|{'---|' * len(PARTS)}---|",
    ]
    for name, score in scores:
        each = " | ".join(f"{score.missing_of(part)[2]:.3f}" for part in PARTS)
        accused = f"{score.accused} of {score.complete}" if score.complete else "–"
        lines.append(f"| {name} | {score.missing_macro_f1:.3f} | {each} | {accused} |")
    return lines


def _agreement(answers: Sequence[Labelled]) -> str:
    """How far a second labeller, who did not see the labels, agrees with the corpus."""
    by_id = {answer.id: answer for answer in answers}
    pairs = [(by_id[second.id], second) for second in read_labelled(BLIND)]
    score = Score()
    for first, second in pairs:
        score.add_labels(first.labels or (), second.labels or ())
        score.add_missing(first.missing or frozenset(), second.missing or frozenset())
    return (
        f"A second labeller, who saw {len(pairs)} answers without their labels, gave the same "
        f"label to {score.accuracy:.1%} of {score.labels.total()} sentences (Cohen's kappa "
        f"{_kappa(score):.2f}); missing parts: macro-F1 {score.missing_macro_f1:.2f}."
    )


def _kappa(score: Score) -> float:
    total = score.labels.total()
    chance = (
        sum(
            sum(n for (a, _), n in score.labels.items() if a == label)
            * sum(n for (_, b), n in score.labels.items() if b == label)
            for label in LABELS
        )
        / total**2
    )
    return (score.accuracy - chance) / (1 - chance)
