"""How a list of past takes looks on a terminal, from 80 columns up."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.entries import Attempt
from coach.improvement.searching import Snippet
from coach.review.terminal import length, missing

WIDE = 120  # columns from which the areas have a column of their own
HIT = "bold yellow"


def listed(
    attempts: Sequence[Attempt], snippets: Mapping[int, Snippet], width: int
) -> RenderableType:
    """Takes, a row each; below the question its areas, or where the words were found.

    Args:
        snippets: by the take's number; none where no words were looked for.
        width: columns of the terminal.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("take", justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("question", ratio=2, no_wrap=True, overflow="ellipsis")
    wide = width >= WIDE
    if wide:
        table.add_column("areas", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("length", justify="right", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("missing", no_wrap=True)
    for attempt in attempts:
        areas = Text(", ".join(AREAS[area].name for area in attempt.question.areas), "dim")
        asked = Text(attempt.question.text)
        if attempt.id in snippets:
            asked = Text("\n").join([asked, shown(snippets[attempt.id])])
        elif not wide:
            asked = Text("\n").join([asked, areas])
        judged = attempt.assessment
        table.add_row(
            Text.assemble(("★ " if attempt.starred else "", "yellow"), str(attempt.id)),
            f"{attempt.started.astimezone():%d %b %y %H:%M}",
            asked,
            *([areas] if wide else []),
            length(attempt),
            str(judged.score.overall) if judged else "–",
            missing(attempt),
        )
    return table


def shown(snippet: Snippet) -> Text:
    """A stretch of what was found, its hits marked."""
    text = Text(snippet.text, "dim")
    for first, end in snippet.marks:
        text.stylize(f"not dim {HIT}", first, end)
    return text


def pages(first: int, count: int, total: int, page: int) -> RenderableType:
    """Which of the takes these are, and how to see the rest."""
    if count == total:
        return Text(f"{total} take{'' if total == 1 else 's'}.", "dim")
    told = Text(f"{first + 1}–{first + count} of {total} takes.", "dim")
    if first + count < total:
        told = Group(told, Text.assemble("Further: add ", (f"--page {page + 1}", "bold")))
    return told
