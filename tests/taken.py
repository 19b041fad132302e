"""Judged takes of a story, whole and without its Result, that stand in no log."""

from datetime import UTC, datetime

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import JudgedTake, State
from coach.questions.question import Kind, Probe, Question
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
NORMS = load_norms()
PROBES = (
    Probe("Was it done on time?", "R"),
    Probe("What had gone wrong before?", "S"),
    Probe("Would you do it again?"),
)
QUESTION = Question("q-1", "Tell me about a problem you solved.", Kind.BEHAVIOURAL,
                    ("comp.problem_solving", "star.result"), PROBES)  # fmt: skip
STORY = (
    "Last year I worked at a bakery. Every Saturday we ran out of rolls by ten. My manager asked me"
    " to find out why. I counted what we sold each hour for three weeks. Then I wrote a new plan"
    " for the oven because the second batch came too late. I trained the two early bakers myself."
)
RESULT = " As a result we sold two hundred more rolls a week, and nobody left with empty hands."


def taken(text: str, number: int = 1, question: Question = QUESTION) -> JudgedTake:
    said = from_text(text)
    judged = assess(question, said, NORMS)
    return JudgedTake(
        number, 1, question, "", NOW, State.ASSESSED, None, None, transcript=said, assessment=judged
    )
