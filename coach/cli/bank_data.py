"""What the commands of `coach bank` share: the banks, and a question as JSON."""

from collections.abc import Collection
from typing import Any

from coach import places
from coach.assessment.norms import Norms
from coach.questions.bank import load_banks
from coach.questions.question import Kind, Question

KINDS = tuple(kind.value for kind in Kind)


def own_ids() -> frozenset[str]:
    """Ids of the questions in the user's own banks."""
    return frozenset(question.id for question in load_banks((places.own_banks(),)))


def question_data(question: Question, norms: Norms, own: Collection[str]) -> dict[str, Any]:
    """A question with what follows from it: its competencies, target seconds, and whose it is."""
    return {
        **question.to_dict(),
        "competencies": question.competencies,
        "target_seconds": norms.length(question).green,
        "own": question.id in own,
    }
