"""Read an answer as it was spoken: cut its words into sentences, and find the part of each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from coach.assessment.boundaries import SENTENCE
from coach.assessment.chain import Chain
from coach.assessment.features import word_class
from coach.assessment.figures import has_figure, tells_of_past
from coach.assessment.kind_fit import fits
from coach.assessment.kind_judge import KindJudgement, judge_kind, judge_kind_clauses, nothing_told
from coach.assessment.kind_model import KindModel, load_kind_model
from coach.assessment.lexicon import DROPPED, FUNCTION_WORDS, words_of
from coach.assessment.model import Model, load_model
from coach.assessment.segment import Range, clauses, texts, whole_sentences
from coach.assessment.star import (
    Label,
    StarJudgement,
    is_english,
    judge,
    judge_clauses,
    not_english,
)
from coach.questions.question import Kind
from coach.transcript.transcript import Word

FEWEST = 4  # words of a sentence that counts as said again, or as a row of keywords
QUOTABLE = 6  # words of a clause that can be quoted by itself
ROW = 8  # words of a sentence of which some must join it together
_NOTHING = Label(None, 1.0, "no part: said before, a row of keywords, or without content")
# Words that announce content, and are none.
_ANNOUNCING = words_of(
    "situation task action result end conclusion outcome example answer story question thing"
    " things stuff one per percent cent once twice"
)
_ANNOUNCED = re.compile(
    r"^(?:and |so )*(?:as a result|in the end|in conclusion|overall|the (?:result|outcome) was) "
)
# "It was down to me" has no other content, and is a Task.
_ON_ME = re.compile(
    r"\b(?:is|was|be|fell|down|up|left) (?:down |up |left |all |on |to )*(?:me|mine|myself)\b"
)
_LOST = re.compile(
    r"\b(?:lost my (?:thread|train of thought)|where was i|what was i (?:saying|on about))\b"
)
_JOINING = words_of(
    "i me my we us our he him his she her they them their it its you your the a an is are was were"
    " be been am have has had do did who which that this there i'm i've i'd we'd we've it's"
)


def read_answer(
    words: Sequence[Word], model: Model | None = None, asked: str = ""
) -> tuple[tuple[Range, ...], StarJudgement]:
    """The sentences of an answer, and what they tell: one label for each.

    Words without reliable punctuation are labelled by clauses, because one wrong cut through a
    sentence costs less than one that is missed; clauses of one sentence and the same part are
    joined again.

    Args:
        model: the one that comes with the coach, unless another is given.
        asked: the question, in lower case without punctuation; saying it again tells nothing.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    model = model or load_model()
    ranges, guessed = _cut(words, model.boundaries)
    cut = texts(words, ranges)
    if not is_english(cut, (model.spoken if guessed else model.written).chain):
        return ranges, not_english(cut)

    def judge_kept(kept: Sequence[int]) -> StarJudgement:
        sentences = [cut[i] for i in kept]
        if guessed:
            return judge_clauses(sentences, [ranges[i].start for i in kept], model)
        return judge(sentences, model.written)

    def adds_nothing(sentence: str, before: Sequence[str]) -> bool:
        # Of words without punctuation, "as a result all two hundred" may be half of a sentence.
        return _adds_nothing(sentence, before, asked, whole=not guessed)

    judgement = judge_once(cut, judge_kept, adds_nothing)
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
        fits: whether it sounds like an answer of this kind; else it tells nothing.
    """

    ranges: tuple[Range, ...]
    judged: KindJudgement
    told: Mapping[str, Range]
    fits: bool


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

    # What adds nothing, such as a row of keywords, does not make an answer fit either.
    is_fitting = fits(
        kind, [one for i, one in enumerate(cut) if not _adds_nothing_to_kind(one, cut[:i])]
    )
    if not is_english(cut, (model.spoken if guessed else model.written).chain):
        judged = nothing_told(cut, "not English as far as I can tell")
    elif not is_fitting:
        judged = nothing_told(cut, "the answer does not sound like one to this kind of question")
    else:
        judged = judge_once(cut, judge_kept, _adds_nothing_to_kind)
    told = {name: _quotable(ranges, index) for name, index in judged.told.items()}
    if guessed:
        ranges, labels = _join(ranges, judged.labels)
        judged = replace(judged, labels=labels)
    return KindReading(ranges, judged, told, is_fitting)


def _quotable(ranges: Sequence[Range], index: int) -> Range:
    """A clause with so much of its sentence that somebody sees what it is about."""
    first = last = index
    size = ranges[index].size
    while size < QUOTABLE:
        if last + 1 < len(ranges) and ranges[last + 1].start < SENTENCE:
            last += 1
            size += ranges[last].size
        elif first and ranges[first].start < SENTENCE:
            first -= 1
            size += ranges[first].size
        else:
            break
    return replace(ranges[first], last=ranges[last].last)


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


def _adds_nothing(sentence: str, before: Sequence[str], asked: str, *, whole: bool) -> bool:
    is_long = len(sentence.split()) >= FEWEST
    if is_long and (sentence in before or sentence in asked or _is_keywords(sentence)):
        return True
    says_little = sentence in before or _has_no_content(sentence)
    return (whole and says_little) or bool(_LOST.search(sentence))


def _has_no_content(sentence: str) -> bool:
    """Whether it only announces something: "as a result", "in the end fifty percent"."""
    content = set(sentence.split()) - FUNCTION_WORDS - DROPPED - _ANNOUNCING
    telling = {word for word in content if word_class(word) != "NUM"}
    return not telling and not _ON_ME.search(sentence)


def _adds_nothing_to_kind(sentence: str, before: Sequence[str]) -> bool:
    """As of a story; but a bare figure is an answer, and a short sentence is one the first time."""
    keywords = _is_keywords(sentence) and not has_figure(sentence)
    return sentence in before or (keywords and len(sentence.split()) >= FEWEST)


def _is_keywords(sentence: str) -> bool:
    announced = _ANNOUNCED.sub("", sentence)
    words = announced.split()
    joining = _JOINING if len(words) >= ROW else FUNCTION_WORDS
    if joining.intersection(words):
        return False
    # "As a result sales rose forty percent" is a sentence, and "as a result KPI, sales" is none.
    return announced == sentence or not tells_of_past(announced)


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
