"""A take as a row of the log."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from coach import places
from coach.assessment.assessment import Assessment, Correction
from coach.improvement.entries import Attempt, State
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript

COLUMNS = (
    "id, sitting, question, why, started, state, starred, path, recording, transcript, assessment,"
    " corrections"
)


def judged_columns(assessment: Assessment) -> dict[str, Any]:
    """The columns that hold an assessment, and what is asked of it most."""
    return {
        "assessment": json.dumps(assessment.to_dict()),
        "assessor": assessment.version,
        "score": assessment.score.overall,
        "seconds": assessment.timing.seconds,
    }


def listed(corrections: Sequence[Correction]) -> str:
    """Corrections as their column."""
    return json.dumps([correction.to_dict() for correction in corrections])


def relative(path: Path | None) -> str | None:
    """Inside the home a path is kept without it, so that the folder can be moved."""
    if path is None:
        return None
    home = places.home()
    return str(path.relative_to(home) if path.is_relative_to(home) else path)


def _absolute(path: str | None) -> Path | None:
    return places.home() / path if path else None


def read_attempt(row: tuple) -> Attempt:
    """A take from its COLUMNS; a JudgedTake where it has come so far."""
    number, sitting, question, why, started, state, starred, path, *kept = row
    recording, transcript, assessed, corrections = (
        json.loads(text) if text else None for text in kept
    )
    where = _absolute(path)
    take = Attempt(
        number,
        sitting,
        Question.from_dict(json.loads(question)),
        why,
        datetime.fromisoformat(started),
        State(state),
        where,
        Recording.from_dict({**recording, "path": str(where)}) if recording else None,
        Transcript.from_dict(transcript) if transcript else None,
        corrections=tuple(Correction.from_dict(one) for one in corrections or ()),
        starred=bool(starred),
    )
    if take.transcript is None or not assessed:
        return take
    return take.judged(take.transcript, Assessment.from_dict(assessed))
