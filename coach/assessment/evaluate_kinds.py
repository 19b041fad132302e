"""How good the labellers of answers that are not stories are: `evaluate --kind KIND|all [FILE]`.

Two figures for each kind: how well it is found whether each part (and fault) is told, as the mean
of their F1, and the share of sentences that got their own label.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.assessment.kind_judge import KindJudgement, judge_kind
from coach.assessment.kind_model import KindModel, load_kind_model
from coach.assessment.kinds import SHAPES
from coach.assessment.labelled_kinds import KindAnswer, read_kinds, read_kinds_of
from coach.assessment.reading import read_kind
from coach.questions.question import Kind
from coach.transcript.transcript import Word

CROSS_VALIDATED = None  # in place of a file: the corpus, held out by author
TESTS = Path(__file__).parents[2] / "tests" / "assessment" / "kinds_test.jsonl"


@dataclass
class KindScore:
    """Counts of what was right and wrong in answers of one kind.

    Attributes:
        told: for each part or fault, how often each (truly told, found) pair was met.
        right: sentences (or words) that got their own label.
        labels: all of them.
        answers: how many there were.
    """

    told: defaultdict[str, Counter[tuple[bool, bool]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    right: int = 0
    labels: int = 0
    answers: int = 0

    def add(
        self, answer: KindAnswer, found: Iterable[str], pairs: Sequence[tuple[str, str]]
    ) -> None:
        """Count one answer.

        Args:
            found: names of the parts and faults that were found.
            pairs: the true and the found letter of each sentence (or word).
        """
        for one in SHAPES[answer.kind].served:
            self.told[one.name][one.name in answer.labels, one.name in found] += 1
        self.right += sum(true == guess for true, guess in pairs)
        self.labels += len(pairs)
        self.answers += 1

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.labels)

    def f1(self, name: str) -> float:
        """Of one part or fault; 1 where none is told and none is found."""
        counts = self.told[name]
        wrong = counts[True, False] + counts[False, True]
        right = counts[True, True]
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0

    @property
    def macro_f1(self) -> float:
        return sum(map(self.f1, self.told)) / max(1, len(self.told))


Judge = Callable[[KindAnswer, KindModel | None], tuple[KindJudgement, list[tuple[str, str]]]]


def judge_written(
    answer: KindAnswer, model: KindModel | None = None
) -> tuple[KindJudgement, list[tuple[str, str]]]:
    """Label an answer's own sentences: the true and the found letter of each."""
    judged = judge_kind(answer.kind, answer.plain, model.written if model else None)
    found = [label.nearest for label in judged.labels]
    return judged, list(zip(answer.letters, found, strict=True))


def judge_spoken(
    answer: KindAnswer, model: KindModel | None = None
) -> tuple[KindJudgement, list[tuple[str, str]]]:
    """Label an answer as one stream of plain words: the true and the found letter of each word."""
    said = [
        (word, letter)
        for sentence, letter in zip(answer.plain, answer.letters, strict=True)
        for word in sentence.split()
    ]
    read = read_kind(answer.kind, [Word(word) for word, _ in said], model)
    found = [
        label.nearest
        for r, label in zip(read.ranges, read.judged.labels, strict=True)
        for _ in range(r.size)
    ]
    return read.judged, [(letter, guess) for (_, letter), guess in zip(said, found, strict=True)]


def score_kinds(
    answers: Iterable[KindAnswer],
    judge: Judge,
    models: Mapping[Kind, KindModel] | None = None,
    into: dict[Kind, KindScore] | None = None,
) -> dict[Kind, KindScore]:
    """Judge answers and count, kind by kind.

    Args:
        models: those that come with the coach, unless others are given.
        into: counts to go on from.
    """
    scores = {} if into is None else into
    for answer in answers:
        judged, pairs = judge(answer, models[answer.kind] if models else None)
        scores.setdefault(answer.kind, KindScore()).add(answer, judged.told, pairs)
    return scores


def cross_validated(kinds: Sequence[Kind], judge: Judge) -> dict[Kind, KindScore]:
    """Each author's answers judged by models of all the others; thresholds as they come.

    The thresholds that come with the coach were tuned on these same folds.
    """
    # Training needs a library that judging does not.
    from coach.assessment.train import with_thresholds
    from coach.assessment.train_kinds import held_out_kinds

    whole = {kind: load_kind_model(kind) for kind in SHAPES}
    scores: dict[Kind, KindScore] = {}
    for models, answers in held_out_kinds(read_kinds()):
        asked = [answer for answer in answers if answer.kind in kinds]
        tuned = {
            kind: with_thresholds(models[kind], whole[kind].written.told, whole[kind].spoken.told)
            for kind in kinds
        }
        score_kinds(asked, judge, tuned, scores)
    return scores


def default_source() -> Path | None:
    """The answers of the repository's tests if this is a checkout of it."""
    return TESTS if TESTS.is_file() else CROSS_VALIDATED


def evaluate_kinds(asked: str, file: Path | None, *, unpunctuated: bool) -> str:
    """The report for one kind, or "all", of them.

    Args:
        file: labelled answers, or CROSS_VALIDATED.

    Raises:
        NoSuchFileError, EmptyFileError: there is nothing to read.
        LabelledDataError: a line is not of the form.
    """
    kinds = list(SHAPES) if asked == "all" else [Kind(asked)]
    judge = judge_spoken if unpunctuated else judge_written
    if file is CROSS_VALIDATED:
        return describe_kinds(cross_validated(kinds, judge), "the corpus, cross-validated", judge)
    answers = [answer for answer in read_kinds_of(file) if answer.kind in kinds]
    return describe_kinds(score_kinds(answers, judge), file.name, judge)


def describe_kinds(scores: Mapping[Kind, KindScore], source: str, judge: Judge) -> str:
    """Scores in words and figures, a line a kind."""
    unit = "words" if judge is judge_spoken else "sentences"
    lines = [
        f"{source}: how well parts (and faults) are found, and the share of right {unit}",
        f"{'kind':<16}{'answers':>8}{'macro-F1':>10}{unit:>11}   F1 of each",
    ]
    for kind in SHAPES:
        if kind in scores:
            score = scores[kind]
            each = "  ".join(f"{name} {score.f1(name):.2f}" for name in score.told)
            figures = f"{score.answers:>8}{score.macro_f1:>10.3f}{score.accuracy:>11.3f}"
            lines.append(f"{kind:<16}{figures}   {each}")
    if len(scores) > 1:
        f1, accuracy = (
            sum(values) / len(scores)
            for values in zip(*((s.macro_f1, s.accuracy) for s in scores.values()), strict=True)
        )
        answers = sum(score.answers for score in scores.values())
        lines.append(f"{'mean':<16}{answers:>8}{f1:>10.3f}{accuracy:>11.3f}")
    return "\n".join(lines) if scores else f"{source} has no answer of this kind."
