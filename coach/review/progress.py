"""How standings and progress look on a terminal, from 80 columns up."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.plan import PlanItem
from coach.improvement.points import in_quotes, with_origin
from coach.improvement.progress import AreaProgress, AreaSince, KindProgress, Progress, Since
from coach.improvement.standing import TREND, Change, Standing
from coach.improvement.themes import Evidence
from coach.review.days import listed
from coach.review.tables import apart, folded, labelled, listing, right, whole
from coach.review.words import number_of

BLOCKS = " ▁▂▃▄▅▆▇█"
ROOMY = 72  # columns from which names stand on one line, with bars beside the words
QUOTED = 3  # mentions that are shown of one area
SAYS = 0.7  # of the scale: a level whose range is wider says nothing yet
LEVELS = "level: 0 to 100; in brackets the range in which it lies 19 times in 20."
NAMED_FROM = (
    f"A trend is named from {TREND} takes on: the later ones against the first,"
    " where the difference is beyond chance."
)
_ARROW = {"rising": ("↑", "green"), "falling": ("↓", "yellow")}


def sparkline(levels: Sequence[float], most: int | None = None) -> str:
    """Values from 0 to 1 as a row of bars.

    Args:
        most: bars; where there are more values, each bar is the mean of as many.
    """
    if most is not None and len(levels) > most:
        ends = [len(levels) * place // most for place in range(most + 1)]
        levels = [sum(levels[a:b]) / (b - a) for a, b in pairwise(ends)]
    return "".join(BLOCKS[max(1, round(level * 8))] for level in levels)


def standing_table(shown: Sequence[Standing], width: int, *, ids: bool = False) -> RenderableType:
    """Areas with their standing, a row each.

    Args:
        width: columns of the terminal; the bars of its curve, which its words tell as well, are
            left out where there is little room.
        ids: whether the id stands below the name, to be typed.
    """
    roomy = width >= ROOMY
    numbers = map(right, ("named", "takes", "level"))
    table = listing(whole("area"), *numbers, *[whole("curve")] * roomy, folded("standing"))
    for standing in shown:
        area = AREAS[standing.area]
        table.add_row(
            Text.assemble(_named(area.id, width), (f"\n{area.id}" * ids, "dim")),
            str(standing.places or "–"),
            str(standing.takes),
            level_told(standing.level, standing.error),
            *[sparkline(standing.levels, 8)] * roomy,
            standing.told if area.drillable else "tracked only",
        )
    if not any(standing.error is not None for standing in shown):
        return table
    return Group(table, Text(LEVELS, "dim"))


def _named(area: str, width: int) -> str:
    """The name of an area, on more than one line where the terminal is narrow."""
    return AREAS[area].name if width >= ROOMY else fill(AREAS[area].name, width // 4)


def yours(
    standing: Standing, praise: Sequence[Evidence], planned: Sequence[PlanItem]
) -> RenderableType:
    """How the user stands in one area: what was said of it, what takes show, what is planned.

    Args:
        praise: the newest first.
        planned: the open items of the plan that serve it.
    """
    grid = labelled()
    named = [f"{with_origin(m.words, str(m.origin))}, {listed(m.when)}" for m in standing.mentions]
    if named:
        more = f"\nand {len(named) - QUOTED} more" if len(named) > QUOTED else ""
        grid.add_row("named", Text("\n".join(named[:QUOTED]) + more))
    if praise:
        grid.add_row("praised", Text(f"{in_quotes(praise[0].words)} {praise[0].who}"))
    if AREAS[standing.area].drillable:
        level = level_told(standing.level, standing.error)
        known = f"level {level} in {number_of(standing.takes, 'take')}: " * (standing.takes > 1)
        shown = f"{sparkline(standing.levels, 8)}  {known}" * bool(standing.takes)
        grid.add_row("your takes", f"{shown}{standing.told}")
        if standing.takes:
            grid.add_row("", f"coach review --area {standing.area}")
    for item in planned:
        grid.add_row("planned", Text(f"{item.title}; coach plan show {item.number}"))
    return grid


def level_told(level: float | None, error: float | None) -> str:
    """In hundredths, with two standard errors to either side, cut where the scale ends."""
    if level is None or error is None:
        return "–"
    low, high = max(0.0, level - 2 * error), min(1.0, level + 2 * error)
    if high - low > SAYS:
        return "not clear yet"
    return f"{level * 100:.0f} ({low * 100:.0f}–{high * 100:.0f})"


def progress(found: Progress, width: int) -> RenderableType:
    """All of it.

    Args:
        width: columns of the terminal.
    """
    rows: list[RenderableType] = [
        Text.assemble(("Practised: ", "bold"), practised(found)),
        _kinds(found.kinds),
    ]
    if found.areas:
        rows.append(_areas(found.areas, width))
    rows += map(_since, found.since)
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


def _kinds(shown: Sequence[KindProgress]) -> Table:
    numbers = map(right, ("takes", "first", "best", "latest", "best take"))
    table = listing(folded("score by kind", 1), *numbers)
    for kind in shown:
        scores = [str(take.score) for take in (kind.first, kind.best, kind.latest)]
        table.add_row(kind.kind, str(kind.takes), *scores, str(kind.best.id))
    return table


def _areas(shown: Sequence[AreaProgress], width: int) -> RenderableType:
    roomy = width >= ROOMY
    numbers = map(right, ("takes", "first", "level"))
    table = listing(whole("area"), *numbers, *[whole("curve")] * roomy, folded("trend"))
    for area in shown:
        told = area.standing
        table.add_row(
            _named(area.area, width),
            str(area.takes),
            hundredths(told.beginning),
            level_told(told.level, told.error),
            *[sparkline(told.levels, 8)] * roomy,
            _change(told.change),
        )
    return Group(table, Text(f"{LEVELS} {NAMED_FROM}", "dim"))


def since_line(since: Since) -> tuple[str, str]:
    """Which rejection it is, and what was done since."""
    return (
        f"Since the rejection by {since.company} ({listed(since.day)}): ",
        f"{number_of(since.takes, 'take')}, {_minutes(since.minutes)} of speaking.",
    )


def area_since(of: AreaSince) -> str:
    """What became of an area that a rejection named, in words."""
    if not of.takes:
        return "no take since shows it"
    return f"{changed(of.change)}, {number_of(of.takes, 'take')}"


def _since(since: Since) -> RenderableType:
    which, done = since_line(since)
    grid = Table.grid(padding=(0, 2))
    for of in since.areas:
        grid.add_row(f"  {AREAS[of.area].name}", Text(area_since(of), _style(of.change)))
    heading = Text.assemble((which, "bold"), done)
    return Group(heading, grid) if since.areas else heading


def _change(change: Change) -> Text:
    return Text(changed(change), _style(change))


def _style(change: Change) -> str:
    return _ARROW.get(change.word, ("", "dim"))[1]


def changed(change: Change) -> str:
    """A trend in words, with its arrow where one is claimed."""
    mark, _ = _ARROW.get(change.word, ("", ""))
    return f"{mark} {change.told}".strip()


def hundredths(level: float | None) -> str:
    return "–" if level is None else f"{level * 100:.0f}"


def _minutes(minutes: float) -> str:
    return number_of(round(minutes), "minute")
