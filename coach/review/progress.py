"""How standings and progress look on a terminal, from 80 columns up."""

from collections.abc import Mapping, Sequence
from textwrap import fill

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.entries import Summary
from coach.improvement.progress import AreaProgress, AreaSince, Progress, Since
from coach.improvement.standing import TREND, Change, Standing
from coach.review.days import listed
from coach.review.tables import apart, folded, listing, right, whole
from coach.review.words import number_of

BLOCKS = " ▁▂▃▄▅▆▇█"
ROOMY = 72  # columns from which names stand on one line, with bars beside the words
SAYS = 0.7  # of the scale: a level whose range is wider says nothing yet
LEVELS = "level: 0 to 100; in brackets the range in which it lies 19 times in 20."
NAMED_FROM = f"A change is named from {TREND} takes on, where it is beyond chance."
_ARROW = {"rising": ("↑", "green"), "falling": ("↓", "yellow")}


def sparkline(levels: Sequence[float]) -> str:
    """Values from 0 to 1 as a row of bars."""
    return "".join(BLOCKS[max(1, round(level * 8))] for level in levels)


def standing_table(shown: Sequence[Standing], width: int, *, ids: bool = False) -> RenderableType:
    """Areas with their standing, a row each.

    Args:
        width: columns of the terminal; the bars of the trend, which its words tell as well, are
            left out where there is little room.
        ids: whether the id stands below the name, to be typed.
    """
    roomy = width >= ROOMY
    numbers = map(right, ("named", "takes", "level"))
    table = listing(whole("area"), *numbers, *[whole("trend")] * roomy, folded("standing"))
    for standing in shown:
        area = AREAS[standing.area]
        table.add_row(
            Text.assemble(_named(area.id, width), (f"\n{area.id}" * ids, "dim")),
            str(standing.places or "–"),
            str(standing.takes),
            level_told(standing.level, standing.error),
            *[sparkline(standing.levels[-8:])] * roomy,
            standing.told if area.drillable else "tracked only",
        )
    if not any(standing.error is not None for standing in shown):
        return table
    return Group(table, Text(LEVELS, "dim"))


def _named(area: str, width: int) -> str:
    """The name of an area, on more than one line where the terminal is narrow."""
    return AREAS[area].name if width >= ROOMY else fill(AREAS[area].name, width // 4)


def level_told(level: float | None, error: float | None) -> str:
    """In hundredths, with two standard errors to either side, cut where the scale ends."""
    if level is None or error is None:
        return "–"
    low, high = max(0.0, level - 2 * error), min(1.0, level + 2 * error)
    if high - low > SAYS:
        return "not clear yet"
    return f"{level * 100:.0f} ({low * 100:.0f}–{high * 100:.0f})"


def progress(found: Progress, asked: Mapping[int, str], width: int) -> RenderableType:
    """All of it.

    Args:
        asked: the texts of the questions, by the number of the take.
        width: columns of the terminal.
    """
    rows: list[RenderableType] = [
        Text.assemble(("Practised: ", "bold"), practised(found)),
        _takes(found, asked),
    ]
    if found.areas:
        rows.append(_areas(found.areas, width))
    if found.since:
        rows.append(_since(found.since, found.areas))
    return apart(rows)


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
        day = listed(take.started.astimezone())
        table.add_row(names, str(take.id), day, str(take.score), asked[take.id])
    return table


def _areas(shown: Sequence[AreaProgress], width: int) -> RenderableType:
    table = _table("area", "takes", "trend", "beginning", "now", "change")
    for area in shown:
        table.add_row(
            _named(area.area, width),
            str(area.takes),
            sparkline(area.levels[-width // 10 :]),
            percent(area.beginning),
            percent(area.latest),
            _change(area.change),
        )
    return Group(table, Text(NAMED_FROM, "dim"))


def since_line(since: Since) -> tuple[str, str]:
    """Which rejection it is, and what was done since."""
    return (
        f"Since the rejection by {since.company} ({listed(since.day)}): ",
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
        grid.add_row(
            f"  {AREAS[area].name}", _change(of.change), Text("named by it" * of.named, "dim")
        )
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
        table.add_column(
            name,
            justify="right" if right else "left",
            no_wrap=name != "change",  # what else there is are numbers, which never give way
            overflow="fold",
        )
    return table


def percent(level: float | None) -> str:
    return "–" if level is None else f"{level:.0%}"


def _minutes(minutes: float) -> str:
    return number_of(round(minutes), "minute")
