"""How applications and habits look on a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from coach.improvement.applications import Application, Responses
from coach.improvement.habits import HabitWeek
from coach.review.days import listed
from coach.review.tables import cut, listing, right, whole

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FEW = 5  # applications by a channel before their share says anything


def applications(found: Iterable[Application]) -> Table:
    """Applications, a row each."""
    cuts = map(cut, ("company", "role", "channel"))
    table = listing(right("id"), whole("sent"), *cuts, whole("status"), whole("answered"))
    for one in found:
        table.add_row(
            str(one.number),
            listed(one.sent),
            one.company,
            one.role,
            one.channel or "–",
            one.status.value.replace("-", " "),
            listed(one.answered) if one.answered else "–",
        )
    return table


def stats(channels: Sequence[Responses], stages: Mapping[str, int]) -> RenderableType:
    """Responses by channel, and how far applications came."""
    channel = Column("channel", no_wrap=True, overflow="ellipsis", max_width=28)
    table = listing(channel, *map(right, ("sent", "answered", "interviews", "days to answer")))
    for one in channels:
        days = "–" if one.days is None else f"{one.days:g}"
        table.add_row(one.channel, str(one.sent), str(one.answered), str(one.interviews), days)
    rows: list[RenderableType] = [table]
    if any(one.sent < FEW for one in channels):
        rows.append(Text(f"Fewer than {FEW} by one channel say little of it yet.", "dim"))
    steps = "  ".join(f"{stage} {count}" for stage, count in stages.items())
    rows += ["", Text("How many are noted at each step", "bold"), Text(steps)]
    return Group(*rows)


def habits(weeks: Iterable[HabitWeek]) -> Table:
    """This week of each habit."""
    table = listing(whole("habit"), whole("target"), *map(right, (*DAYS, "week")))
    for one in weeks:
        target = f"{one.target.times} a {one.target.per}" if one.target else "–"
        counts = [str(count) if count else "·" for count in one.days]
        table.add_row(one.habit.value, target, *counts, str(sum(one.days)))
    return table
