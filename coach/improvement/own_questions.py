"""Questions that the user could have answered better, as entries of a bank."""

from collections.abc import Iterable, Sequence

from coach import places
from coach.areas import AREAS
from coach.improvement.feedback import read_feedback
from coach.questions.bank import load_banks
from coach.questions.guess import guess_kind
from coach.questions.own import add_question
from coach.questions.question import Kind, Question

# The areas that an answer of each kind exercises, as in the shipped banks.
_OF_KIND = {
    Kind.INTRO: ("hr.intro", "star.relevance"),
    Kind.MOTIVATION: ("hr.motivation", "hr.research"),
    Kind.STRENGTH: ("hr.self_awareness", "star.example"),
    Kind.WEAKNESS: ("hr.self_awareness", "voice.confidence"),
    Kind.SALARY: ("hr.salary", "voice.short"),
    Kind.LEAVING: ("hr.gaps", "voice.long"),
    Kind.FUTURE: ("hr.motivation", "hr.self_awareness"),
    Kind.CLOSING: ("hr.questions", "hr.research"),
    Kind.SITUATIONAL: ("comp.decisions", "comp.problem_solving"),
    Kind.BEHAVIOURAL: ("star.example", "star.result"),
}
_MOST = 3  # areas a question


def question_from(text: str) -> Question:
    """A question with the kind and the areas that its wording speaks of; without an id.

    A story or a case names its competencies; what the other kinds exercise lies in the kind.
    """
    asked = " ".join(text.split())
    kind = guess_kind(asked)
    named = [
        point.area
        for point in read_feedback(asked).points
        if AREAS[point.area].drillable and point.area.startswith("comp.")
    ]
    if kind not in (Kind.BEHAVIOURAL, Kind.SITUATIONAL):
        named = []
    areas = tuple(dict.fromkeys([*named, *_OF_KIND[kind]]))[:_MOST]
    return Question(id="", text=asked, kind=kind, areas=areas)


def new_questions(texts: Iterable[str], known: Iterable[Question]) -> tuple[Question, ...]:
    """Those texts that no bank asks yet, as questions without an id."""
    asked = {_plain(wording) for q in known for wording in (q.text, *q.variants)}
    fresh = {_plain(text): text for text in texts if _plain(text) not in asked}
    return tuple(question_from(text) for text in fresh.values())


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip("?.! ")


def keep_questions(texts: Sequence[str]) -> tuple[Question, ...]:
    """Put those that no bank asks yet into the user's own bank; from then on drills ask them.

    Raises:
        BankError, HomeError: a bank has a fault, or the folder cannot be written.
    """
    if not texts:
        return ()
    known = load_banks((places.shipped_banks(), places.own_banks()))
    fresh = new_questions(texts, known)
    return tuple(add_question(places.own_banks(), question) for question in fresh)
