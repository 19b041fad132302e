"""Which sentences of an answer that is not a story serve which part, how sure that is, and why.

The same labeller as for stories (chain.py), with clues of its own (kind_cues.py) and weights of its
own for each kind (train_kinds.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from coach.assessment.chain import Chain
from coach.assessment.features import Seen
from coach.assessment.figures import has_figure
from coach.assessment.kind_cues import see_kind
from coach.assessment.kind_model import KindModel, load_kind_model
from coach.assessment.kinds import NONE, SHAPES
from coach.assessment.model import Labeller
from coach.assessment.star import UNSURE, Label, likeliest, tells_something
from coach.assessment.views import Marginals, marginals_of, mean_marginals
from coach.questions.question import Kind


@final
@dataclass(frozen=True)
class KindJudgement:
    """What an answer that is not a story tells.

    Attributes:
        labels: one for each sentence.
        told: for each part or fault that is told, the index of the sentence that tells it best.
    """

    labels: tuple[Label, ...]
    told: Mapping[str, int]


def judge_kind(
    kind: Kind, sentences: Sequence[str], labeller: Labeller | None = None
) -> KindJudgement:
    """Find the part of each sentence, and the parts that are told.

    Args:
        kind: not behavioural.
        sentences: in lower case, without punctuation.
        labeller: the one for written sentences that comes with the coach, unless another is given.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    labeller = labeller or load_kind_model(kind).written
    chain = labeller.chain
    return _judged(kind, sentences, labeller, lambda seen: kind_marginals(kind, chain, seen))


def judge_kind_clauses(
    kind: Kind, clauses: Sequence[str], starts: Sequence[float], model: KindModel
) -> KindJudgement:
    """Find the part of each clause of words without reliable punctuation.

    Args:
        kind: not behavioural.
        clauses: in lower case, without punctuation.
        starts: for each, the probability that a sentence starts with it.
    """
    return _judged(
        kind,
        clauses,
        model.spoken,
        lambda seen: kind_clause_marginals(seen, clauses, starts, model),
    )


def kind_marginals(kind: Kind, chain: Chain, seen: Sequence[Seen]) -> Marginals:
    """For each sentence, the probability of each letter.

    What a sentence surely tells by itself it tells in any company: else a part that was well told
    would sink because another sentence is added. A fault is always judged in its company.
    """
    parts = range(len(SHAPES[kind].parts))
    judged = []
    for one, amid in zip(seen, marginals_of(chain, seen), strict=True):
        (alone,) = marginals_of(chain, see_kind([" ".join(one.words)]))
        surest = max(parts, key=alone.__getitem__)
        judged.append(alone if alone[surest] >= max(UNSURE, amid[surest]) else amid)
    return judged


def kind_clause_marginals(
    seen: Sequence[Seen], clauses: Sequence[str], starts: Sequence[float], model: KindModel
) -> Marginals:
    """For each clause, the probability of each letter; see `judge_kind_clauses`."""
    return mean_marginals(seen, clauses, starts, model.spoken.chain, model.written.chain, see_kind)


def _judged(
    kind: Kind,
    sentences: Sequence[str],
    labeller: Labeller,
    weigh: Callable[[Sequence[Seen]], Marginals],
) -> KindJudgement:
    chain = labeller.chain
    sums = kind is Kind.SALARY and any(map(has_figure, sentences))
    if not sums and not tells_something(sentences):
        return nothing_told(sentences, "no words that tell anything")
    seen = see_kind(sentences)
    marginals = weigh(seen)
    told = _told(kind, labeller, marginals)
    labels = tuple(
        _label(kind, chain, one, marginal, told)
        for one, marginal in zip(seen, marginals, strict=True)
    )
    return KindJudgement(labels, told)


def best_of(marginals: Marginals, place: int) -> tuple[float, int]:
    """The highest probability of one label, and the index of its sentence; 0 without any."""
    return max(((m[place], -i) for i, m in enumerate(marginals)), default=(0.0, 0))


def _told(kind: Kind, labeller: Labeller, marginals: Marginals) -> dict[str, int]:
    told = {}
    for place, one in enumerate(SHAPES[kind].served):
        chance, index = best_of(marginals, place)
        if chance >= labeller.told[one.letter]:
            told[one.name] = -index
    return told


def nothing_told(sentences: Sequence[str], why: str) -> KindJudgement:
    """The judgement of what has no part, and why it has none."""
    return KindJudgement((Label(None, 1.0, f"no part: {why}", NONE),) * len(sentences), {})


def _label(
    kind: Kind, chain: Chain, seen: Seen, marginal: Sequence[float], told: Mapping[str, int]
) -> Label:
    nearest, confidence, reason = likeliest(chain, seen, marginal)
    letter = chain.labels[nearest]
    if letter == NONE:
        return Label(None, confidence, f"no part: {reason}", letter)
    name = SHAPES[kind].served[nearest].name
    # A part that the answer as a whole does not tell must not show up in one of its sentences.
    if marginal[nearest] < UNSURE or name not in told:
        return Label(None, confidence, f"unsure; nearest to “{name}”: {reason}", letter)
    return Label(name, confidence, reason, letter)
