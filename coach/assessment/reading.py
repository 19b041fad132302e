"""Read an answer as it was spoken: cut its words into sentences, and find the part of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from coach.assessment.boundaries import SENTENCE
from coach.assessment.chain import Chain
from coach.assessment.kind_judge import KindJudgement, judge_kind, judge_kind_clauses, nothing_told
from coach.assessment.kind_model import KindModel, load_kind_model
from coach.assessment.lexicon import FUNCTION_WORDS
from coach.assessment.model import Model, load_model
from coach.assessment.segment import Range, clauses, texts, whole_sentences
from coach.assessment.star import Label, StarJudgement, is_english, judge, judge_clauses
from coach.assessment.wording import has_figure
from coach.questions.question import Kind
from coach.transcript.transcript import Word

FEWEST = 4  # words of a sentence that counts as said again, or as a row of keywords
_NOTHING = Label(None, 1.0, "no part: said before, or a row of keywords")


def read_answer(
    words: Sequence[Word], model: Model | None = None
) -> tuple[tuple[Range, ...], StarJudgement]:
    """The sentences of an answer, and what they tell: one label for each.

    Words without reliable punctuation are labelled by clauses, because one wrong cut through a
    sentence costs less than one that is missed; clauses of one sentence and the same part are
    joined again.

    Args:
        model: the one that comes with the coach, unless another is given.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    model = model or load_model()
    ranges, guessed = _cut(words, model.boundaries)
    cut = texts(words, ranges)

    def judge_kept(kept: Sequence[int]) -> StarJudgement:
        sentences = [cut[i] for i in kept]
        if guessed:
            return judge_clauses(sentences, [ranges[i].start for i in kept], model)
        return judge(sentences, model.written)

    judgement = judge_once(cut, judge_kept, _adds_nothing)
    if not guessed:
        return ranges, judgement
    joined, labels = _join(ranges, judgement.labels)
    return joined, replace(judgement, labels=labels)


@dataclass(frozen=True)
class KindReading:
    """An answer that is not a story, read.

    Attributes:
        ranges: its sentences.
        judged: what they tell; one label for each range.
        told: for each part or fault that is told, the words that tell it best.
    """

    ranges: tuple[Range, ...]
    judged: KindJudgement
    told: Mapping[str, Range]


def read_kind(kind: Kind, words: Sequence[Word], model: KindModel | None = None) -> KindReading:
    """The sentences of an answer that is not a story, and what they tell.

    Args:
        kind: not behavioural.
        model: the one of this kind that comes with the coach, unless another is given.

    Raises:
        ModelError: a model that comes with the coach is absent, damaged or of another version.
    """
    model = model or load_kind_model(kind)
    ranges, guessed = _cut(words, load_model().boundaries)
    cut = texts(words, ranges)

    def judge_kept(kept: Sequence[int]) -> KindJudgement:
        sentences = [cut[i] for i in kept]
        if guessed:
            return judge_kind_clauses(kind, sentences, [ranges[i].start for i in kept], model)
        return judge_kind(kind, sentences, model.written)

    if is_english(cut, (model.spoken if guessed else model.written).chain):
        judged = judge_once(cut, judge_kept, _adds_nothing_to_kind)
    else:
        judged = nothing_told(cut, "not English as far as I can tell")
    told = {name: ranges[index] for name, index in judged.told.items()}
    if guessed:
        ranges, labels = _join(ranges, judged.labels)
        judged = replace(judged, labels=labels)
    return KindReading(ranges, judged, told)


def _cut(words: Sequence[Word], boundaries: Chain) -> tuple[tuple[Range, ...], bool]:
    """The sentences of an answer; or its clauses, and True, where most had to be guessed."""
    ranges = clauses(words, boundaries)
    if 2 * sum(r.size for r in ranges if r.guessed) <= len(words):
        return whole_sentences(ranges), False
    return ranges, True


Judged = TypeVar("Judged", StarJudgement, KindJudgement)


def judge_once(
    sentences: Sequence[str],
    judge_kept: Callable[[Sequence[int]], Judged],
    adds_nothing: Callable[[str, Sequence[str]], bool],
) -> Judged:
    """Judge an answer so that nothing is gained by what tells nothing.

    What adds nothing, such as a sentence that was said before or a row of keywords, is judged as no
    part, and the others as if it were not there.

    Args:
        judge_kept: judges the sentences of these indices.
        adds_nothing: of a sentence and those before it.
    """
    kept = [i for i, one in enumerate(sentences) if not adds_nothing(one, sentences[:i])]
    judgement = judge_kept(kept)
    labels = [_NOTHING] * len(sentences)
    for i, label in zip(kept, judgement.labels, strict=True):
        labels[i] = label
    judgement = replace(judgement, labels=tuple(labels))
    if isinstance(judgement, KindJudgement):
        told = {name: kept[index] for name, index in judgement.told.items()}
        return replace(judgement, told=told)
    return judgement


def _adds_nothing(sentence: str, before: Sequence[str]) -> bool:
    is_long = len(sentence.split()) >= FEWEST
    return is_long and (sentence in before or _is_keywords(sentence))


def _adds_nothing_to_kind(sentence: str, before: Sequence[str]) -> bool:
    """As of a story; but a bare figure is an answer, and a short sentence is one the first time."""
    keywords = _is_keywords(sentence) and not has_figure(sentence)
    return sentence in before or (keywords and len(sentence.split()) >= FEWEST)


def _is_keywords(sentence: str) -> bool:
    return not FUNCTION_WORDS.intersection(sentence.split())


def _join(
    ranges: Sequence[Range], labels: Sequence[Label]
) -> tuple[tuple[Range, ...], tuple[Label, ...]]:
    """Put clauses of one sentence and the same part together; they are as sure as the surest."""
    joined: list[tuple[Range, Label]] = []
    for clause, label in zip(ranges, labels, strict=True):
        before, its_label = joined[-1] if joined else (clause, label)
        if joined and clause.start < SENTENCE and label.nearest == its_label.nearest:
            surer = max(its_label, label, key=lambda one: one.confidence)
            joined[-1] = replace(before, last=clause.last), surer
        else:
            joined.append((clause, label))
    return tuple(r for r, _ in joined), tuple(label for _, label in joined)
