"""How the development plan looks on a terminal."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.plan import DAYS, ItemState, Plan, PlanItem
from coach.improvement.themes import uncapitalised
from coach.review.days import listed

_CLOSED = {ItemState.DONE: "✓", ItemState.DROPPED: "–"}


def plan(shown: Plan, first_steps: Sequence[str], today: date) -> RenderableType:
    """The open items, the first of them with its steps.

    Args:
        first_steps: of the first open item.
    """
    rows: list[RenderableType] = []
    for place, entry in enumerate(shown.open):
        days = shown.met.get(entry.number, ())
        told = item(entry, days, first_steps if place == 0 else (), today)
        rows.append(Padding(told, (0, 0, 1, 0)))
    if shown.waiting:
        names = ", ".join(AREAS[area].name for area in shown.waiting)
        rows.append(Text(f"Waiting until there is room: {names}.", "dim"))
    return Group(*rows)


def item(
    entry: PlanItem, days: Sequence[date], steps: Sequence[str], today: date
) -> RenderableType:
    """One item.

    Args:
        days: on which its measure was met.
    """
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right", style="bold")
    grid.add_column(width=11, style="dim")
    grid.add_column(overflow="fold")
    head = Text(entry.title, "bold")
    if entry.area is not None:
        head = Text.assemble(
            (AREAS[entry.area].name, "bold"), (f"  {entry.area}", "dim"), f"  {entry.title}"
        )
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=3, justify="right", style="bold")
    rows.add_column(overflow="fold")
    rows.add_row(str(entry.number), head)
    for place, why in enumerate(entry.why):
        grid.add_row("", "" if place else "why", Text(why, "italic"))
    for place, step in enumerate(steps, 1):
        grid.add_row("", "" if place > 1 else "do", f"{place}. {step}")
    if entry.measure:
        grid.add_row("", "done when", uncapitalised(measure(entry, days)))
    for note in entry.notes:
        grid.add_row("", listed(note.day), note.text)
    grid.add_row("", *_when(entry, today))
    return Group(rows, grid)


def measure(entry: PlanItem, days: Sequence[date]) -> str:
    """What shows that it is done, and how far that has come.

    Args:
        days: on which it was met.
    """
    if not entry.is_measured or not entry.is_open:
        return entry.measure
    return f"{entry.measure} ({min(len(days), DAYS)} of {DAYS} so far)"


def _when(entry: PlanItem, today: date) -> tuple[str, Text]:
    if not entry.is_open:
        by = ", shown by your takes" if entry.ticked else ""
        return entry.state.value, Text(f"{listed(entry.closed or entry.opened)}{by}")
    if entry.review > today:
        return "review", Text(listed(entry.review))
    return "review", Text(
        f"{listed(entry.review)}: time to look at it again. coach plan done {entry.number}, "
        f"coach plan drop {entry.number}, or go on with it.",
        "yellow",
    )


def closed(items: Sequence[PlanItem]) -> RenderableType:
    """Closed items, a row each."""
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(width=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True)
    for entry in items:
        area = AREAS[entry.area].name if entry.area else ""
        what = f"{area}: {entry.title}" if area else entry.title
        mark = _CLOSED[entry.state]
        table.add_row(
            mark, str(entry.number), listed(entry.closed or entry.opened), what, entry.state.value
        )
    return Group(Text("Done or dropped", "bold"), table)
