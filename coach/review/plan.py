"""How the development plan looks on a terminal."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.measures import MEASURED
from coach.improvement.plan import ItemState, Plan, PlanItem
from coach.improvement.themes import uncapitalised
from coach.review.days import listed

# What shows an item as done that the log closed, by its action.
_SHOWN_BY = {
    "drill": "your takes",
    "story": "a story of yours with all four parts",
    "pressure": "two whole interviews aloud",
}
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
        names = "; ".join(map(headline, shown.waiting))
        rows.append(Text(f"Waiting until there is room: {names}.", "dim"))
    return Group(*rows)


def headline(entry: PlanItem) -> str:
    """The area of an item and what to do about it, in one line."""
    return f"{AREAS[entry.area].name}: {entry.title}" if entry.area else entry.title


def moved(shown: Plan) -> RenderableType:
    """What the log has just closed, and what was taken back; nothing where neither is so."""
    done = [
        Text(f"✓ Item {one.number} is done ({headline(one)}), {_by(one)}.\n", "green")
        for one in shown.ticked
    ]
    back = [
        Text(f"– Item {one.number} is gone ({headline(one)}): nothing asks for it any more.\n")
        for one in shown.withdrawn
    ]
    return Group(*done, *back)


def _by(entry: PlanItem) -> str:
    return f"shown by {_SHOWN_BY[entry.action]}"


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
    needed = MEASURED[entry.action]
    if needed == 1:
        return entry.measure
    typed = "; typed ones do not count" * (entry.action == "pressure")
    return f"{entry.measure} ({min(len(days), needed)} of {needed} so far{typed})"


def _when(entry: PlanItem, today: date) -> tuple[str, Text]:
    if not entry.is_open:
        by = f", {_by(entry)}" if entry.ticked else ""
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
        mark = _CLOSED[entry.state]
        table.add_row(
            mark,
            str(entry.number),
            listed(entry.closed or entry.opened),
            headline(entry),
            entry.state.value,
        )
    return Group(Text("Done or dropped", "bold"), table)
