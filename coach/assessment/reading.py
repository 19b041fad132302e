"""Read an answer as it was spoken: cut its words into sentences, and find the part of each."""

from collections.abc import Sequence
from dataclasses import replace

from coach.assessment.boundaries import SENTENCE
from coach.assessment.lexicon import FUNCTION_WORDS
from coach.assessment.model import Labeller, Model, load_model
from coach.assessment.segment import Range, clauses, normalise, whole_sentences
from coach.assessment.star import Label, StarJudgement, judge
from coach.transcript.transcript import Word

FEWEST = 4  # words of a sentence that counts as said again, or as a row of keywords
_NOTHING = Label(None, 1.0, "no part of the story: said before, or a row of keywords")


def read_answer(
    words: Sequence[Word], model: Model | None = None
) -> tuple[tuple[Range, ...], StarJudgement]:
    """The sentences of an answer, and what they tell: one label for each.

    Words without reliable punctuation are judged in clauses, because one wrong cut through a
    sentence costs less than one that is missed; clauses of one sentence and the same part are
    joined again.

    Args:
        model: the one that comes with the coach, unless another is given.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    model = model or load_model()
    ranges = clauses(words, model.boundaries)
    if 2 * sum(r.size for r in ranges if r.guessed) <= len(words):
        sentences = whole_sentences(ranges)
        return sentences, judge_once(texts(words, sentences), model.written)
    judgement = judge_once(texts(words, ranges), model.spoken)
    joined, labels = _join(ranges, judgement.labels)
    return joined, replace(judgement, labels=labels)


def judge_once(sentences: Sequence[str], labeller: Labeller) -> StarJudgement:
    """Judge an answer so that nothing is gained by what tells nothing.

    A sentence that was said before and a row of keywords are judged as no part, and the others as
    if these were not there.
    """
    kept = [i for i, one in enumerate(sentences) if not _adds_nothing(one, sentences[:i])]
    judgement = judge([sentences[i] for i in kept], labeller)
    labels = [_NOTHING] * len(sentences)
    for i, label in zip(kept, judgement.labels, strict=True):
        labels[i] = label
    return replace(judgement, labels=tuple(labels))


def _adds_nothing(sentence: str, before: Sequence[str]) -> bool:
    words = sentence.split()
    if len(words) < FEWEST:
        return False
    return sentence in before or not FUNCTION_WORDS.intersection(words)


def texts(words: Sequence[Word], ranges: Sequence[Range]) -> list[str]:
    """Each range in lower case without punctuation."""
    plain = [normalise(word.text) for word in words]
    return [" ".join(filter(None, plain[r.first : r.last + 1])) for r in ranges]


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
