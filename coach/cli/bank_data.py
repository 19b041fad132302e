"""What the commands of `coach bank` share: the banks, and a question as JSON."""

from collections.abc import Collection
from typing import Any

from coach import places
from coach.assessment.norms import Norms
from coach.improvement.feedback import read_feedback
from coach.questions.area_texts import load_area_texts
from coach.questions.bank import load_banks
from coach.questions.guess import guess_kind
from coach.questions.propose import Vocabulary, propose_areas, vocabulary
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


def shipped_vocabulary() -> Vocabulary:
    folder = places.shipped_banks()
    return vocabulary(load_banks((folder,)), load_area_texts(folder))


def propose(text: str, words: Vocabulary, kind: Kind | None = None) -> tuple[Kind, tuple[str, ...]]:
    """A kind, where none is given, and areas for a question of the user's."""
    kind = kind or guess_kind(text)
    named = {point.area for point in read_feedback(text).points}
    return kind, propose_areas(text, kind, words, named)
