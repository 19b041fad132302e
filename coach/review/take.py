"""How one past take looks on a terminal, from 80 columns up: its words, findings, notes."""

import json
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.assessment.assessment import Assessment
from coach.improvement.entries import Attempt, JudgedTake, Note
from coach.improvement.store import Version
from coach.review import terminal
from coach.review.days import listed, listed_moment
from coach.review.tables import apart, signed
from coach.review.words import clock, legend


def take(attempt: JudgedTake, notes: Sequence[Note], earlier: Sequence[Version]) -> RenderableType:
    """A judged take as it was judged then.

    Args:
        notes: of the user's on it.
        earlier: what its row held before each change of it, the newest first.
    """
    before: list[RenderableType | None] = [
        heading(attempt),
        terminal.transcript(attempt),
        legend(attempt.transcript, attempt.assessment) or None,
    ]
    asked = follow_ups(attempt)
    before.append(_follow_ups(asked) if asked else None)
    after = [_notes(notes) if notes else None, _earlier(attempt, earlier)]
    return Group(
        apart(row for row in before if row is not None),
        terminal.result(attempt, heading=False),  # ends with an empty line itself
        apart(row for row in after if row is not None),
    )


def heading(attempt: Attempt) -> RenderableType:
    """The question, when it was answered, why it was drawn."""
    star = ("★ ", "yellow") if attempt.starred else ""
    facts = Text(facts_of(attempt), "dim")
    rows: list[RenderableType] = [Text.assemble(star, (attempt.question.text, "bold")), facts]
    if attempt.why:
        rows.append(Text(attempt.why, "dim italic"))
    return Group(*rows)


def facts_of(attempt: Attempt) -> str:
    """Its number, moment and sitting."""
    when = listed_moment(attempt.started)
    return f"Take {attempt.id}, {when}, sitting {attempt.sitting}"


def follow_ups(attempt: JudgedTake) -> list[tuple[float | None, str]]:
    """What was asked in the middle of the answer, and at which second, where it was spoken."""
    notices = attempt.recording.notices if attempt.recording else ()
    spoken = [(notice.at, notice.text) for notice in notices if notice.kind == "asked"]
    return [*spoken, *((None, text) for text in attempt.transcript.asked)]


def _follow_ups(asked: Sequence[tuple[float | None, str]]) -> RenderableType:
    """What was asked in the middle of the answer, and when."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=5, justify="right", style="dim")
    grid.add_column(overflow="fold")
    for when, text in asked:
        grid.add_row("·" if when is None else clock(when), Text(text))
    return Group(Text("Asked in the answer", "bold"), grid)


def _notes(notes: Sequence[Note]) -> RenderableType:
    return Group(Text("Your notes", "bold"), signed((note.text for note in notes), "·", "yellow"))


def _earlier(attempt: JudgedTake, versions: Sequence[Version]) -> RenderableType | None:
    lines = [Text(f"  {told}", "dim") for told in scores_before(attempt, versions)]
    return Group(Text("Scores before", "bold"), *lines) if lines else None


def scores_before(attempt: JudgedTake, versions: Sequence[Version]) -> Iterator[str]:
    """The scores that the take had before it was judged otherwise, in words, the newest first."""
    newer = attempt.assessment
    for version in versions:
        kept = version.columns["assessment"]
        judged = Assessment.from_dict(json.loads(kept)) if kept else newer
        if judged != newer:
            day = listed(version.until.made.astimezone())
            yield f"{judged.score.overall} of 100, until {version.until.what} on {day}"
        newer = judged
