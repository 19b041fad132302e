"""The repository's own report: how well feedback is understood that was not trained on.

    python -m coach.improvement.evaluate --report

Prints a table in Markdown, for the README. It trains a model for each fold and takes a minute.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coach.areas import AREAS
from coach.assessment.train import folds, others
from coach.improvement.evaluate import FAMILIES, Score, accuracy, evaluate_file, of_family, score_of
from coach.improvement.feedback import read_sentence
from coach.improvement.sentences import Labelled, read_corpus
from coach.improvement.train import held_out, judge, tune

# In the repository only, and never trained on.
TEST = Path(__file__).parents[2] / "tests" / "feedback_test.jsonl"


def report() -> str:
    """Cross-validate by voice, read the test set, and describe both in Markdown."""
    lines = read_corpus()
    dealt = folds(lines, lambda line: line.voice)
    rows = [(f"{len(lines)} lines, cross-validated by voice", cross_validated(dealt))]
    if TEST.exists():
        judged = evaluate_file(TEST)
        rows.append((f"{len(judged)} lines by strangers", score_of(judged)))
    return "\n".join(table(rows))


def cross_validated(dealt: Sequence[Sequence[Labelled]]) -> Score:
    """Every line read by a model, and with limits, that were learned without its fold."""
    held = held_out(dealt)
    judged = [judge(model, fold) for model, fold in zip(held, dealt, strict=True)]
    read = []
    for model, fold, rest in zip(held, dealt, others(judged), strict=True):
        tuned = replace(model, limits=tune(rest))
        read += [(line, read_sentence(line.text, tuned)) for line in fold]
    return score_of(read)


def table(rows: Sequence[tuple[str, Score]]) -> list[str]:
    lines = [
        "| | areas, micro-F1 | macro-F1 | controllable | polarity |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {score.f1(AREAS):.3f} | {score.macro_f1:.3f} "
            f"| {accuracy(score.controllable):.3f} | {accuracy(score.polarity):.3f} |"
            for name, score in rows
        ),
        "",
        f"| micro-F1 of a family | {' | '.join(FAMILIES)} |",
        f"|---|{'---|' * len(FAMILIES)}",
    ]
    for name, score in rows:
        each = " | ".join(f"{score.f1(of_family(family)):.3f}" for family in FAMILIES)
        lines.append(f"| {name} | {each} |")
    return lines
