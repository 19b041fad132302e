"""How good the labeller is: on anyone's labelled answers, and in the repository's own report.

    python -m coach.assessment.evaluate FILE.jsonl [--predictions OUT.jsonl] [--unpunctuated]
    python -m coach.assessment.evaluate --report
    python -m coach.assessment.evaluate --kind KIND|all [FILE.jsonl | --report] [--unpunctuated]

An answer is a line `{"id": …, "sentences": [ … ], "labels": [ … ], "missing": [ … ]}` with labels
S, T, A, R and O; labels and missing may be absent. The report is cross-validated by author: no
voice is in both training and test. With --kind, answers that are not stories are measured
(evaluate_kinds.py): a line has "kind", "sentences" and "labels" by the names of the kind's parts.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.assessment.evaluate_kinds import CROSS_VALIDATED, default_source, evaluate_kinds
from coach.assessment.kinds import SHAPES
from coach.assessment.labelled import LABELS, PARTS, Labelled, parse_line, parsed, write_lines
from coach.assessment.model import Model
from coach.assessment.reading import read_answer
from coach.assessment.segment import plain
from coach.assessment.star import judge
from coach.errors import CoachError, NoSuchFileError
from coach.transcript.transcript import Word


@dataclass(frozen=True)
class Prediction:
    """What the labeller says of one answer.

    Attributes:
        labels: a letter of STARO for each of the answer's sentences, the likeliest however unsure.
        confidence: of each of them, 0 to 1.
        missing: letters of the parts judged missing.
        words: a letter for each word of each sentence in turn.
    """

    labels: tuple[str, ...]
    confidence: tuple[float, ...]
    missing: frozenset[str]
    words: tuple[str, ...]


@dataclass
class Score:
    """Counts of what was right and wrong.

    Attributes:
        labels: how often each (true, predicted) pair of labels was met.
        missing: for each part, how often each (truly missing, judged missing) pair was met.
        complete: how many answers miss nothing.
        accused: how many of these were said to miss something.
    """

    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    missing: dict[str, Counter[tuple[bool, bool]]] = field(
        default_factory=lambda: {part: Counter() for part in PARTS}
    )
    complete: int = 0
    accused: int = 0

    def add_labels(self, true: Iterable[str], predicted: Iterable[str]) -> None:
        self.labels.update(zip(true, predicted, strict=True))

    def add_missing(self, true: frozenset[str], predicted: frozenset[str]) -> None:
        for part in PARTS:
            self.missing[part][part in true, part in predicted] += 1
        if not true:
            self.complete += 1
            self.accused += bool(predicted)

    @property
    def accuracy(self) -> float:
        right = sum(n for (true, predicted), n in self.labels.items() if true == predicted)
        return right / max(1, self.labels.total())

    def f1(self, label: str) -> float:
        right = self.labels[label, label]
        wrong = sum(n for pair, n in self.labels.items() if label in pair) - right
        return 2 * right / max(1, 2 * right + wrong)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the labels that were met at all."""
        met = [label for label in LABELS if any(label in pair for pair in self.labels)]
        return sum(map(self.f1, met)) / max(1, len(met))

    def missing_of(self, part: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of "this part is missing"."""
        counts = self.missing[part]
        right, false, passed = counts[True, True], counts[False, True], counts[True, False]
        return (
            right / max(1, right + false),
            right / max(1, right + passed),
            2 * right / max(1, 2 * right + false + passed),
        )

    @property
    def missing_macro_f1(self) -> float:
        return sum(self.missing_of(part)[2] for part in PARTS) / len(PARTS)

    @property
    def falsely_accused(self) -> float:
        """Share of complete answers that were said to miss a part."""
        return self.accused / max(1, self.complete)


def predict(sentences: Sequence[str], model: Model | None = None) -> Prediction:
    """Label an answer's own sentences.

    Args:
        sentences: as given, with or without punctuation.
        model: the one that comes with the coach, unless another is given.
    """
    said = [plain(sentence) for sentence in sentences]
    judgement = judge(said, model.written if model else None)
    letters = tuple(label.nearest for label in judgement.labels)
    return Prediction(
        labels=letters,
        confidence=tuple(label.confidence for label in judgement.labels),
        missing=frozenset(part.value for part in judgement.missing),
        words=tuple(word_labels(said, letters)),
    )


def predict_unpunctuated(sentences: Sequence[str], model: Model | None = None) -> Prediction:
    """Join an answer's sentences into one stream of plain words, and segment and label that.

    A given sentence gets the label of most of its words.
    """
    said = [plain(sentence).split() for sentence in sentences]
    ranges, judgement = read_answer([Word(word) for words in said for word in words], model)
    found = [
        (label.nearest, label.confidence)
        for r, label in zip(ranges, judgement.labels, strict=True)
        for _ in range(r.first, r.last + 1)
    ]
    labels, confidence, place = [], [], 0
    for words in said:
        mine = found[place : place + len(words)]
        place += len(words)
        letter = Counter(letter for letter, _ in mine).most_common(1)[0][0] if mine else "O"
        labels.append(letter)
        sure = [c for one, c in mine if one == letter]
        confidence.append(round(sum(sure) / len(sure), 2) if sure else 1.0)
    return Prediction(
        labels=tuple(labels),
        confidence=tuple(confidence),
        missing=frozenset(part.value for part in judgement.missing),
        words=tuple(letter for letter, _ in found),
    )


def word_labels(sentences: Iterable[str], labels: Iterable[str]) -> list[str]:
    """The label of each word, by those of plain sentences."""
    pairs = zip(sentences, labels, strict=True)
    return [label for sentence, label in pairs for _ in sentence.split()]


def add(score: Score, answer: Labelled, prediction: Prediction, *, by_word: bool) -> None:
    """Count one answer's prediction, as far as the answer is labelled."""
    if answer.labels is not None and by_word:
        score.add_labels(word_labels(answer.plain, answer.labels), prediction.words)
    elif answer.labels is not None:
        score.add_labels(answer.labels, prediction.labels)
    if answer.missing is not None:
        score.add_missing(answer.missing, prediction.missing)


def evaluate_file(
    file: Path, *, unpunctuated: bool, warn: Callable[[str], None]
) -> tuple[Score, list[tuple[Labelled, Prediction]]]:
    """Judge every line of a file that can be read as an answer.

    Args:
        warn: is given one sentence for every line that cannot.

    Raises:
        NoSuchFileError, EmptyFileError: there is nothing to read.
    """
    score, judged = Score(), []
    guess = predict_unpunctuated if unpunctuated else predict
    for answer in parsed(file, parse_line, warn):
        prediction = guess(answer.sentences)
        add(score, answer, prediction, by_word=unpunctuated)
        judged.append((answer, prediction))
    return score, judged


def describe(score: Score, unit: str) -> str:
    """A score in words and figures, a few lines long.

    Args:
        unit: what each label was counted for: "sentences" or "words".
    """
    lines = []
    if score.labels:
        each = "  ".join(f"{label} {score.f1(label):.3f}" for label in LABELS)
        lines += [
            f"labels of {score.labels.total()} {unit}",
            f"  accuracy {score.accuracy:.3f}  macro-F1 {score.macro_f1:.3f}",
            f"  F1 per part: {each}",
        ]
    else:
        lines.append("no answer has labels, so none are scored")
    answers = score.missing["S"].total()
    if answers:
        lines.append(f"missing parts of {answers} answers: macro-F1 {score.missing_macro_f1:.3f}")
        for part in PARTS:
            precision, recall, f1 = score.missing_of(part)
            lines.append(f"  {part}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
        lines.append(
            f"complete answers falsely said to miss a part: {score.accused} of {score.complete}"
            f" ({score.falsely_accused:.1%})"
        )
    return "\n".join(lines)


def write_predictions(judged: Iterable[tuple[Labelled, Prediction]], file: Path) -> None:
    """One line of JSON for each answer, in the order of the answers."""
    objects = (
        {
            "id": answer.id,
            "labels": prediction.labels,
            "missing": [part for part in PARTS if part in prediction.missing],
            "confidence": prediction.confidence,
        }
        for answer, prediction in judged
    )
    write_lines(objects, file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.report and options.file:
        parser.error("--report measures the corpus, so it takes no file")
    if options.predictions and not options.file:
        parser.error("--predictions needs a file of answers")
    if options.predictions and options.kind:
        parser.error("--predictions is for stories only")
    if not (options.report or options.file or options.kind):
        parser.error("give labelled answers, --report, or --kind")
    try:
        if options.kind:
            source = CROSS_VALIDATED if options.report else options.file or default_source()
            _say(evaluate_kinds(options.kind, source, unpunctuated=options.unpunctuated))
            return 0
        if options.report:
            # Training needs a library that judging does not.
            from coach.assessment.report import report

            _say(report())
            return 0
        return _evaluate(options.file, options.predictions, unpunctuated=options.unpunctuated)
    except CoachError as fault:
        sys.stderr.write(f"{fault.message} {fault.next_step}\n")
        return fault.exit_code


def _evaluate(file: Path, predictions: Path | None, *, unpunctuated: bool) -> int:
    warnings: list[str] = []
    score, judged = evaluate_file(file, unpunctuated=unpunctuated, warn=warnings.append)
    for warning in warnings:
        sys.stderr.write(f"{warning}\n")
    if not judged:
        raise NoSuchFileError(f"{file} holds no answer that can be read.", "See the lines above.")
    if predictions:
        write_predictions(judged, predictions)
    _say(f"{len(judged)} answers read, {len(warnings)} lines left out")
    _say(describe(score, "words" if unpunctuated else "sentences"))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m coach.assessment.evaluate",
        description="Measure the labellers on labelled answers, one JSON object a line.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help="labelled answers")
    parser.add_argument(
        "--kind",
        choices=[*SHAPES, "all"],
        metavar="KIND",
        help=f"measure another kind of answer: {', '.join(SHAPES)}, or all",
    )
    parser.add_argument(
        "--report", action="store_true", help="cross-validate on the corpus of the repository"
    )
    parser.add_argument(
        "--predictions", type=Path, metavar="OUT.jsonl", help="also write what was predicted"
    )
    parser.add_argument(
        "--unpunctuated",
        action="store_true",
        help="join each answer's sentences into one stream of words, and score per word",
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
