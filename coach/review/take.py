"""How one past take looks on a terminal, from 80 columns up: its words, findings, notes."""

import json
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.assessment.assessment import Assessment
from coach.improvement.entries import Attempt, Note
from coach.improvement.store import Version
from coach.review import terminal
from coach.review.words import clock, legend


def take(attempt: Attempt, notes: Sequence[Note], earlier: Sequence[Version]) -> RenderableType:
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
    asked = _asked(attempt)
    before.append(_follow_ups(asked) if asked else None)
    after = [_notes(notes) if notes else None, _earlier(attempt, earlier)]
    return Group(
        *_apart(before),
        terminal.result(attempt, heading=False),  # ends with an empty line itself
        *_apart(after),
    )


def _apart(rows: Sequence[RenderableType | None]) -> list[RenderableType]:
    return [Padding(row, (0, 0, 1, 0)) for row in rows if row is not None]


def heading(attempt: Attempt) -> RenderableType:
    """The question, when it was answered, why it was drawn."""
    star = ("★ ", "yellow") if attempt.starred else ""
    when = f"{attempt.started.astimezone():%A %d %B %Y, %H:%M}"
    facts = Text(f"Take {attempt.id}, {when}, sitting {attempt.sitting}", "dim")
    rows: list[RenderableType] = [Text.assemble(star, (attempt.question.text, "bold")), facts]
    if attempt.why:
        rows.append(Text(attempt.why, "dim italic"))
    return Group(*rows)


def _asked(attempt: Attempt) -> list[tuple[str, str]]:
    """The follow-ups, each with its time; one that was answered by typing has none."""
    notices = attempt.recording.notices if attempt.recording else ()
    spoken = [(clock(notice.at), notice.text) for notice in notices if notice.kind == "asked"]
    return spoken + [("·", text) for text in attempt.transcript.asked]


def _follow_ups(asked: Sequence[tuple[str, str]]) -> RenderableType:
    """What was asked in the middle of the answer, and when."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=5, justify="right", style="dim")
    grid.add_column(overflow="fold")
    for when, text in asked:
        grid.add_row(when, Text(text))
    return Group(Text("Asked in the answer", "bold"), grid)


def _notes(notes: Sequence[Note]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right", style="yellow")
    grid.add_column(overflow="fold")
    for note in notes:
        grid.add_row("·", Text(note.text))
    return Group(Text("Your notes", "bold"), grid)


def _earlier(attempt: Attempt, versions: Sequence[Version]) -> RenderableType | None:
    """The scores that the take had before it was judged otherwise."""
    lines, newer = [], attempt.assessment
    for version in versions:
        kept = version.columns["assessment"]
        judged = Assessment.from_dict(json.loads(kept)) if kept else newer
        if judged != newer:
            day = f"{version.until.made.astimezone():%d %b %Y}"
            told = f"  {judged.score.overall} of 100, until {version.until.what} on {day}"
            lines.append(Text(told, "dim"))
        newer = judged
    return Group(Text("Scores before", "bold"), *lines) if lines else None
