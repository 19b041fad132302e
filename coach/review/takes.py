"""How a list of past takes looks on a terminal, from 80 columns up."""

from collections.abc import Mapping, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.entries import Attempt
from coach.improvement.searching import Snippet
from coach.review.days import listed_moment
from coach.review.terminal import length, missing
from coach.review.words import number_of

HIT = "bold yellow"
_COLUMNS = (("take", 6), ("when", 12), ("question", None), ("length", 6), ("score", 5))
_INDENT = 7  # columns


def listed(
    attempts: Sequence[Attempt], snippets: Mapping[int, Snippet], today: date
) -> RenderableType:
    """Takes, two lines each: below the question its areas, or where the words were found.

    Args:
        snippets: by the take's number; none where no words were looked for.
        today: takes of another year show it.
    """
    widest = max([len("missing"), *(len(missing(attempt)) for attempt in attempts)])
    titles = [name for name, _ in _COLUMNS]
    rows: list[RenderableType] = [_row([*(Text(t, "bold") for t in (*titles, "missing"))], widest)]
    for attempt in attempts:
        judged = attempt.assessment
        number = Text.assemble(("★ " if attempt.starred else "", "yellow"), str(attempt.id))
        cells = [
            number,
            Text(listed_moment(attempt.started, today)),
            Text(attempt.question.text),
            Text(length(attempt)),
            Text(str(judged.score.overall) if judged else "–"),
            Text(missing(attempt)),
        ]
        below = snippets.get(attempt.id)
        areas = ", ".join(AREAS[area].name for area in attempt.question.areas)
        told = Text(areas, "dim") if below is None else found(below)
        rows += [_row(cells, widest), Padding(told, (0, 0, 0, _INDENT))]
    return Group(*rows)


def _row(cells: Sequence[Text], widest: int) -> Table:
    """One line; every line has the same columns."""
    grid = Table.grid(padding=(0, 1), expand=True)
    for name, width in (*_COLUMNS, ("missing", widest)):
        grid.add_column(
            width=width,
            ratio=None if width else 1,
            justify="right" if name in ("take", "length", "score") else "left",
            no_wrap=True,
            overflow="ellipsis",
        )
    grid.add_row(*cells)
    return grid


def found(snippet: Snippet) -> Text:
    """A stretch in which words were found, with its hits marked."""
    text = Text(snippet.text, "dim")
    for first, end in snippet.marks:
        text.stylize(f"not dim {HIT}", first, end)
    return text


def pages(first: int, count: int, total: int, page: int) -> RenderableType:
    """Which of the takes these are, and how to see the rest."""
    if count == total:
        return Text(f"{number_of(total, 'take')}.", "dim")
    told = Text(f"{first + 1}–{first + count} of {total} takes.", "dim")
    if first + count < total:
        told.append_text(Text.assemble(" Further: add ", (f"--page {page + 1}", "bold")))
    return told
