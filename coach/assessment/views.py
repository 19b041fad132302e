"""Words without reliable punctuation, looked at in two cuts at once.

Where such words are cut is a guess. A fine cut seldom joins two parts, and a coarse one seldom
tears a sentence; the labeller that learned from clauses is better at the first, and the one that
learned from sentences at the second. The mean of both errs less than either.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.assessment.boundaries import CLAUSE, WHOLE
from coach.assessment.chain import Chain
from coach.assessment.features import Seen

Marginals = Sequence[Sequence[float]]  # for each sentence or clause, the probability of each label


@dataclass(frozen=True)
class View:
    """One way to look at clauses.

    Attributes:
        chain: what weighs them.
        least: clauses are joined to the one before, unless a sentence starts with them with this
            probability.
    """

    chain: Chain
    least: float


def views_of(spoken: Chain, written: Chain) -> tuple[View, ...]:
    """Both views of a pair of labellers with the same labels."""
    return View(spoken, CLAUSE), View(written, WHOLE)


def mean_marginals(
    clauses: Sequence[str],
    starts: Sequence[float],
    views: Sequence[View],
    see: Callable[[Sequence[str]], Sequence[Seen]],
) -> Marginals:
    """For each clause, the probability of each label: the mean of all views.

    Args:
        clauses: in lower case, without punctuation.
        starts: for each, the probability that a sentence starts with it.
        see: gives the features of sentences.
    """
    seen = [_in_view(clauses, starts, view, see) for view in views]
    return [
        [sum(chances) / len(views) for chances in zip(*rows, strict=True)]
        for rows in zip(*seen, strict=True)
    ]


def _in_view(
    clauses: Sequence[str],
    starts: Sequence[float],
    view: View,
    see: Callable[[Sequence[str]], Sequence[Seen]],
) -> Marginals:
    joined: list[list[str]] = []
    places = []
    for clause, start in zip(clauses, starts, strict=True):
        if start >= view.least or not joined:
            joined.append([])
        joined[-1].append(clause)
        places.append(len(joined) - 1)
    rows = [one.row for one in see([" ".join(sentence) for sentence in joined])]
    marginals = view.chain.marginals(rows)
    return [marginals[place] for place in places]
