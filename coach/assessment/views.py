"""Words without reliable punctuation, looked at in two cuts at once.

Where such words are cut is a guess. A fine cut seldom joins two parts, and a coarse one seldom
tears a sentence; the labeller that learned from clauses is better at the first, and the one that
learned from sentences at the second. The mean of both errs less than either.
"""

from collections.abc import Callable, Sequence

from coach.assessment.boundaries import WHOLE
from coach.assessment.chain import Chain
from coach.assessment.features import Seen

Marginals = Sequence[Sequence[float]]  # for each sentence or clause, the probability of each label


def marginals_of(chain: Chain, seen: Sequence[Seen]) -> Marginals:
    """For each sentence or clause, the probability of each label."""
    return chain.marginals([one.row for one in seen])


def mean_marginals(
    seen: Sequence[Seen],
    clauses: Sequence[str],
    starts: Sequence[float],
    spoken: Chain,
    written: Chain,
    see: Callable[[Sequence[str]], Sequence[Seen]],
) -> Marginals:
    """For each clause, the mean of what both cuts say; the labels of both chains are the same.

    Args:
        seen: features of the clauses.
        clauses: in lower case, without punctuation.
        starts: for each, the probability that a sentence starts with it.
        spoken: weighs clauses, and `written` sentences.
        see: gives the features of sentences.
    """
    fine = marginals_of(spoken, seen)
    sentences: list[list[str]] = []
    places = []
    for clause, start in zip(clauses, starts, strict=True):
        if start >= WHOLE or not sentences:
            sentences.append([])
        sentences[-1].append(clause)
        places.append(len(sentences) - 1)
    coarse = marginals_of(written, see([" ".join(sentence) for sentence in sentences]))
    return [
        [(one + other) / 2 for one, other in zip(row, coarse[place], strict=True)]
        for row, place in zip(fine, places, strict=True)
    ]
