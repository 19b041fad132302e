"""How interviews, focus sheets and debriefs look on a terminal."""

from collections.abc import Iterable
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.focus import FocusArea, FocusSheet, PracticeDay
from coach.improvement.interviews import Interview
from coach.review.days import listed
from coach.review.said import some_strengths
from coach.review.tables import cut, listing, right, whole

TITLES = 2  # stories that a focus area names


def interviews(found: Iterable[Interview]) -> Table:
    """Interviews, a row each."""
    cuts = map(cut, ("company", "role"))
    table = listing(right("id"), whole("when"), *cuts, whole("stage"), whole("outcome"))
    for one in found:
        outcome = one.debrief.outcome if one.debrief else None
        table.add_row(
            str(one.number),
            _when(one),
            one.company or "–",
            one.role,
            one.stage,
            outcome.told if outcome else "–",
        )
    return table


def _when(one: Interview) -> str:
    return listed(one.day) + (f" {one.clock}" if one.clock else "")


def heading(one: Interview) -> Text:
    """The interview in one line."""
    who = f"{one.role}, {one.company}" if one.company else one.role
    return Text.assemble((who, "bold"), f"  {one.stage}, {_when(one)}")


def interview(one: Interview) -> RenderableType:
    """One interview, and what was said of it afterwards."""
    told = one.debrief
    if told is None:
        return heading(one)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=13, style="bold")
    grid.add_column(overflow="fold")
    if told.went_well:
        grid.add_row("Went well", Text(told.went_well))
    for place, question in enumerate(told.hard):
        grid.add_row("" if place else "Was hard", Text(question))
    if told.differently:
        grid.add_row("Differently", Text(told.differently))
    grid.add_row("Outcome", told.outcome.told if told.outcome else "not known yet")
    return Group(heading(one), grid)


def focus(sheet: FocusSheet, today: date) -> RenderableType:
    """The focus sheet on one page."""
    away = sheet.interview.away(today)
    rows: list[RenderableType] = [heading(sheet.interview).append(f", {away}"), ""]
    rows.append(Text("Work on these", "bold"))
    if not sheet.areas:
        rows.append(Text("  Nothing is known yet. A mock shows where you stand: coach mock"))
    rows += [_area(one) for one in sheet.areas]
    if sheet.praised:
        rows += ["", some_strengths(sheet.praised)]
    company = sheet.interview.company or "the employer"
    rows += ["", Text(f"Find out about {company}", "bold"), *_lines(sheet.research)]
    rows += ["", Text(f"Likely at this stage ({sheet.interview.stage})", "bold"), _questions(sheet)]
    rows += ["", Text("Ask them two or three", "bold"), *_lines(sheet.to_ask)]
    if sheet.days:
        rows += ["", Text("Day by day", "bold"), *(_day(one) for one in sheet.days)]
    return Group(*rows)


def _lines(texts: Iterable[str]) -> list[RenderableType]:
    return [Padding(Text(text), (0, 0, 0, 2)) for text in texts]


def _area(one: FocusArea) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(width=7, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("", "why", Text(one.why, "italic"))
    grid.add_row("", "try", Text(one.try_next))
    titles = ", ".join(f"“{s.title}” (story {s.number})" for s in one.stories[:TITLES])
    grid.add_row("", "stories", Text(titles or "none yet; coach story add"))
    name = Text.assemble(("  " + AREAS[one.area].name, "bold"), (f"  {one.area}", "dim"))
    return Group(name, grid)


def _questions(sheet: FocusSheet) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(style="dim", no_wrap=True)
    for question in sheet.questions:
        grid.add_row("", Text(question.text), question.id)
    return grid


def _day(one: PracticeDay) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(width=10, no_wrap=True)
    grid.add_column(width=6, justify="right", style="dim")
    grid.add_column(overflow="fold")
    told = Text.assemble(one.what, "\n", (one.command, "bold"))
    grid.add_row("", f"{one.day:%a %d %b}", f"{one.minutes} min", told)
    return grid
