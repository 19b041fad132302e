"""What an interviewer would ask after an answer: about what was missing in it."""

from collections.abc import Collection, Sequence

from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment
from coach.assessment.kinds import SHAPES
from coach.assessment.norms import Norms
from coach.assessment.star import StarPart
from coach.questions.question import Question
from coach.transcript.transcript import Transcript

# In the words of the project's norms; none of them feeds the answer.
_PROBES = {
    StarPart.SITUATION: "What led up to it?",
    StarPart.TASK: "What was yours to do, and who set the goal?",
    StarPart.ACTION: "What did you yourself do first, and next, and why that way?",
    StarPart.RESULT: "What changed, and how do you know?",
}
_WHICH = "Which particular occasion are you thinking of?"
_LEARNED = "What would you do the same way again, and what otherwise?"
# What a listener misses most is asked for first.
_ORDER = (StarPart.RESULT, StarPart.ACTION, StarPart.TASK, StarPart.SITUATION)


def missing(question: Question, transcript: Transcript, norms: Norms) -> str | None:
    """The one follow-up about what this answer lacks; None where it lacks nothing.

    Args:
        transcript: of what was said so far.
    """
    if not transcript.words:
        return None
    asked_for = _asked_for(question, assess(question, transcript, norms))
    return asked_for[0] if asked_for else None


def wanted(
    question: Question, transcript: Transcript, norms: Norms, asked: Collection[str] = ()
) -> str | None:
    """The next follow-up when the user asks for one; None where all have been asked.

    What is lacking comes first, then the question's own, then what was learned.
    """
    lacking: Sequence[str] = ()
    if transcript.words:
        lacking = _asked_for(question, assess(question, transcript, norms))
    learned = (_LEARNED,) if question.kind.is_star else ()
    rest = (*lacking, *(probe.text for probe in question.probes), *learned)
    return next((probe for probe in rest if not any(probe in one for one in asked)), None)


def _asked_for(question: Question, judged: Assessment) -> list[str]:
    if judged.shares is None:
        letters = SHAPES[question.kind].letters()
        return [
            _own(question, letters[part.name]) or part.probe
            for part in judged.parts
            if part.found is None
        ]
    if judged.episode != "past":
        return [_WHICH]
    lacking = [
        part for parts in (judged.missing, judged.unclear) for part in _ORDER if part in parts
    ]
    return [_particular(question, part) for part in lacking]


def _particular(question: Question, part: StarPart) -> str:
    """One detail of the part, where the bank asks for it, and then the part as a whole."""
    return f"{_own(question, part)} {_PROBES[part]}".lstrip()


def _own(question: Question, part: str) -> str:
    """What the question's own bank asks about a part, by its letter; "" where it asks nothing."""
    return next((probe.text for probe in question.probes if probe.part == part), "")
