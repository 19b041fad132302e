"""Takes for the log of a test: what was said, judged and dated."""

from datetime import datetime
from pathlib import Path

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import Attempt
from coach.improvement.log import Log
from coach.questions.question import Kind, Question
from coach.transcript.transcript import from_text

QUESTION = Question(
    "teamwork-01", "Tell me about a time.", Kind.BEHAVIOURAL, ("comp.planning", "star.result")
)


def tell(home: Path, text: str, when: datetime, question: Question = QUESTION) -> Attempt:
    """Log one typed take, as a drill would."""
    said = from_text(text)
    with Log(home / "coach.db") as log:
        take = log.add_attempt(log.start_sitting("drill", when), question, "", when, None)
        log.save_transcript(take.id, said)
        return log.save_assessment(take.id, assess(question, said, load_norms()))
