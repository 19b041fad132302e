"""How standings and progress look on a terminal, from 80 columns up."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.entries import Summary
from coach.improvement.progress import AreaProgress, AreaSince, Progress, Since
from coach.improvement.standing import TREND, Change, Standing
from coach.review.words import number_of

BLOCKS = " ▁▂▃▄▅▆▇█"
WIDE = 100  # columns from which there is room for the names of areas
NAMED_FROM = f"A change is named from {TREND} takes on, where it is beyond chance."
_ARROW = {"rising": ("↑", "green"), "falling": ("↓", "yellow")}


def sparkline(levels: Sequence[float]) -> str:
    """Values from 0 to 1 as a row of bars."""
    return "".join(BLOCKS[max(1, round(level * 8))] for level in levels)


def standing_table(shown: Iterable[Standing], width: int) -> Table:
    """Areas with their standing, a row each.

    Args:
        width: columns of the terminal.
    """
    table = _table("area", *["name"] * (width >= WIDE))
    for name in ("named", "takes", "level"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("trend", no_wrap=True)
    table.add_column("standing", no_wrap=True)
    for standing in shown:
        area = AREAS[standing.area]
        table.add_row(
            area.id,
            *[area.name] * (width >= WIDE),
            str(standing.places or "–"),
            str(standing.takes),
            level_told(standing.level, standing.error),
            sparkline(standing.levels[-8:]),
            standing.told if area.drillable else "tracked only",
        )
    return table


def level_told(level: float | None, error: float | None) -> str:
    """In hundredths, with two standard errors to either side."""
    if level is None or error is None:
        return "–"
    return f"{level * 100:.0f} ±{min(2 * error, 1) * 100:.0f}"


def progress(found: Progress, asked: Mapping[int, str]) -> RenderableType:
    """All of it.

    Args:
        asked: the texts of the questions, by the number of the take.
    """
    rows: list[RenderableType] = [
        Text.assemble(("Practised: ", "bold"), practised(found)),
        _takes(found, asked),
    ]
    if found.areas:
        rows.append(_areas(found.areas))
    if found.since:
        rows.append(_since(found.since, found.areas))
    return Group(*(Padding(row, (0, 0, 1, 0)) for row in rows))


def practised(found: Progress) -> str:
    """How much was done, in one sentence."""
    of = f" of {number_of(found.questions, 'question')}" if found.questions != found.takes else ""
    told = f"{number_of(found.takes, 'take')}{of} on {number_of(found.days, 'day')}"
    if found.typed < found.takes:
        told += f", {_minutes(found.minutes)} of speaking"
    if found.typed:
        told += f", {found.typed} typed"
    if found.streak > 1:
        told += f"; {found.streak} days in a row"
    return f"{told}."


def named_takes(found: Progress) -> list[tuple[str, Summary]]:
    """The first, the best and the latest take, each once, with what it is."""
    named: dict[int, tuple[Summary, list[str]]] = {}
    for name, take in (("first", found.first), ("best", found.best), ("latest", found.latest)):
        if take:
            named.setdefault(take.id, (take, []))[1].append(name)
    return [(", ".join(names), take) for take, names in named.values()]


def _takes(found: Progress, asked: Mapping[int, str]) -> Table:
    table = _table("", "take", "day", "score")
    table.add_column("question", ratio=1, no_wrap=True, overflow="ellipsis")
    table.expand = True
    for names, take in named_takes(found):
        day = f"{take.started.astimezone():%d %b %Y}"
        table.add_row(names, str(take.id), day, str(take.score), asked[take.id])
    return table


def _areas(shown: Sequence[AreaProgress]) -> RenderableType:
    table = _table("area", "takes", "trend", "beginning", "now", "change")
    for area in shown:
        table.add_row(
            area.area,
            str(area.takes),
            sparkline(area.levels[-12:]),
            percent(area.beginning),
            percent(area.latest),
            _change(area.change),
        )
    return Group(table, Text(NAMED_FROM, "dim"))


def since_line(since: Since) -> tuple[str, str]:
    """Which rejection it is, and what was done since."""
    return (
        f"Since the rejection by {since.company} ({since.day:%d %b %Y}): ",
        f"{number_of(since.takes, 'take')}, {_minutes(since.minutes)} of speaking.",
    )


def told_since(since: Since, shown: Sequence[AreaProgress]) -> list[tuple[str, AreaSince]]:
    """The areas that the rejection named, and those that changed since, by their ids."""
    if not since.takes:
        return []
    each = [(area.area, area.since) for area in shown if area.since]
    return [(area, of) for area, of in each if of.named or of.change.word in _ARROW]


def _since(since: Since, shown: Sequence[AreaProgress]) -> RenderableType:
    which, done = since_line(since)
    heading = Text.assemble((which, "bold"), done)
    told = told_since(since, shown)
    if not told:
        return heading
    grid = Table.grid(padding=(0, 2))
    for area, of in told:
        grid.add_row(f"  {area}", _change(of.change), Text("named by it" * of.named, "dim"))
    return Group(heading, grid)


def _change(change: Change) -> Text:
    _, style = _ARROW.get(change.word, ("", "dim"))
    return Text(changed(change), style)


def changed(change: Change) -> str:
    """A change in words, with its arrow and size where one is claimed."""
    mark, _ = _ARROW.get(change.word, ("", ""))
    points = f"{change.by * 100:+.0f} points, " if mark and change.by is not None else ""
    return f"{mark} {points}{change.word}".strip()


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        right = name in ("take", "takes", "score", "beginning", "now")
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    return table


def percent(level: float | None) -> str:
    return "–" if level is None else f"{level:.0%}"


def _minutes(minutes: float) -> str:
    return number_of(round(minutes), "minute")
