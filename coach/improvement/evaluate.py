"""How well feedback is understood: on anyone's labelled sentences, and in the repository's report.

    python -m coach.improvement.evaluate FILE.jsonl [--predictions OUT.jsonl]
    python -m coach.improvement.evaluate --report

A sentence is a line `{"text": …, "areas": [ … ], "controllable": "yes|partly|no", "polarity":
"neg|pos|neutral"}`; other keys are ignored and every label may be absent. The guide for labels is
in train.py. The report is cross-validated by voice: no voice is in both training and test.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.areas import AREAS
from coach.assessment.labelled import parsed, write_lines
from coach.errors import CoachError, NoSuchFileError
from coach.improvement.feedback import Sentence, read_sentence
from coach.improvement.sentences import Labelled, parse_line

FAMILIES = tuple(dict.fromkeys(area.split(".")[0] for area in AREAS))
Judged = tuple[Labelled, Sentence]


@dataclass
class Score:
    """Counts of what was right and wrong.

    Attributes:
        right: how often each area was named rightly, `false` wrongly, and `missed` not at all.
        controllable: how often it was right (True) and wrong, and `polarity` likewise.
    """

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    controllable: Counter[bool] = field(default_factory=Counter)
    polarity: Counter[bool] = field(default_factory=Counter)

    def add(self, line: Labelled, read: Sentence) -> None:
        """Count one sentence, as far as it is labelled."""
        if line.areas is not None:
            found = set(read.areas)
            self.right.update(found & line.areas)
            self.false.update(found - line.areas)
            self.missed.update(line.areas - found)
        if line.controllable is not None:
            self.controllable[line.controllable is read.controllable] += 1
        if line.polarity is not None:
            self.polarity[line.polarity is read.polarity] += 1

    def f1(self, areas: Iterable[str] = tuple(AREAS)) -> float:
        """Micro-F1 of some areas."""
        right, wrong = self._counts(areas)
        return 2 * right / max(1, 2 * right + wrong)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the areas that were met at all."""
        met = [area for area in AREAS if any(self._counts([area]))]
        return sum(self.f1([area]) for area in met) / max(1, len(met))

    def _counts(self, areas: Iterable[str]) -> tuple[int, int]:
        areas = tuple(areas)
        wrong = sum(self.false[area] + self.missed[area] for area in areas)
        return sum(self.right[area] for area in areas), wrong


def accuracy(counts: Counter[bool]) -> float:
    return counts[True] / max(1, counts.total())


def of_family(family: str) -> list[str]:
    return [area for area in AREAS if area.startswith(f"{family}.")]


def score_of(judged: Iterable[Judged]) -> Score:
    score = Score()
    for line, read in judged:
        score.add(line, read)
    return score


def evaluate_file(file: Path, warn: Callable[[str], None] | None = None) -> list[Judged]:
    """Read every line of a file that can be read; see `parsed`."""
    return [(line, read_sentence(line.text)) for line in parsed(file, parse_line, warn)]


def describe(score: Score) -> str:
    """A score in words and figures, a few lines long."""
    lines = []
    if score.right or score.false or score.missed:
        lines += [f"areas: micro-F1 {score.f1():.3f}  macro-F1 {score.macro_f1:.3f}"]
        for family in FAMILIES:
            areas = of_family(family)
            right, false, missed = (
                sum(counts[area] for area in areas)
                for counts in (score.right, score.false, score.missed)
            )
            lines.append(
                f"  {family:5}  precision {right / max(1, right + false):.3f}"
                f"  recall {right / max(1, right + missed):.3f}  F1 {score.f1(areas):.3f}"
            )
    for name, counts in (("controllable", score.controllable), ("polarity", score.polarity)):
        if counts:
            lines.append(f"{name}: accuracy {accuracy(counts):.3f} of {counts.total()}")
    return "\n".join(lines) or "no line has labels, so nothing is scored"


def write_predictions(judged: Iterable[Judged], file: Path) -> None:
    """One line of JSON for each sentence, in the order of the sentences."""
    objects = (
        {
            "text": line.text,
            "areas": read.areas,
            "controllable": read.controllable,
            "polarity": read.polarity,
            "evidence": {area: read.clauses[read.clause_of(area)] for area in read.areas},
        }
        for line, read in judged
    )
    write_lines(objects, file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.report:
            # Training needs numpy, which reading does not.
            from coach.improvement.report import report

            _say(report())
            return 0
        return _evaluate(options.file, options.predictions)
    except CoachError as fault:
        sys.stderr.write(f"{fault.message} {fault.next_step}\n")
        return fault.exit_code


def _evaluate(file: Path, predictions: Path | None) -> int:
    warnings: list[str] = []
    judged = evaluate_file(file, warnings.append)
    for warning in warnings:
        sys.stderr.write(f"{warning}\n")
    if not judged:
        raise NoSuchFileError(f"{file} holds no sentence that can be read.", "See the lines above.")
    if predictions:
        write_predictions(judged, predictions)
    _say(f"{len(judged)} sentences read, {len(warnings)} lines left out")
    _say(describe(score_of(judged)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m coach.improvement.evaluate",
        description="Measure how well feedback is understood, one JSON object a line.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help="labelled sentences")
    what.add_argument(
        "--report", action="store_true", help="cross-validate on the corpus of the repository"
    )
    parser.add_argument(
        "--predictions", type=Path, metavar="OUT.jsonl", help="also write what was predicted"
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
