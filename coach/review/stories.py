"""How the story bank looks on a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.retelling import Overuse
from coach.improvement.stories import Story
from coach.improvement.story_areas import Proposal
from coach.questions.question import Kind
from coach.review.structure import looks
from coach.review.tables import cut, folded, listing, right, whole

ACROSS = 12  # stories that a coverage table shows side by side


def stories(found: Iterable[Story]) -> Table:
    """Stories, a row each."""
    table = listing(right("story"), cut("title", 2), whole("notes"), folded("areas", 3))
    for story in found:
        notes = "".join("·" if part in story.missing else part.value for part in story.parts)
        areas = ", ".join(AREAS[area].name for area in story.areas)
        table.add_row(str(story.number), story.title, notes, areas or "–")
    return table


def story(shown: Story) -> RenderableType:
    """One story with its notes."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3)
    grid.add_column(overflow="fold")
    look = looks(Kind.BEHAVIOURAL)
    for part, text in shown.parts.items():
        told = Text(text) if text else Text("not written yet", "dim")
        grid.add_row(Text(f" {part.value} ", look[part][1]), told)
    areas = ", ".join(f"{AREAS[area].name} ({area})" for area in shown.areas)
    rows: list[RenderableType] = [
        Text(f"Story {shown.number}: {shown.title}", "bold"),
        grid,
        Text.assemble(("Serves: ", "bold"), areas or "no area yet"),
    ]
    if shown.take is not None:
        rows.append(Text(f"From take {shown.take}.", "dim"))
    return Group(*rows)


def proposals(found: Sequence[Proposal]) -> RenderableType:
    """Areas that a story might serve, numbered, with the words that speak for them."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right", style="bold")
    grid.add_column(overflow="fold")
    for number, proposal in enumerate(found, 1):
        words = ", ".join(f"“{word}”" for word in proposal.words)
        name = AREAS[proposal.area].name
        grid.add_row(str(number), Text.assemble(name, (f"  {proposal.area}, from {words}", "dim")))
    return grid


def coverage(areas: Sequence[str], found: Sequence[Story]) -> RenderableType:
    """Areas down, stories across: which story can serve what."""
    tables = [
        _coverage(areas, found[first : first + ACROSS])
        for first in range(0, max(1, len(found)), ACROSS)
    ]
    open_areas = [
        AREAS[area].name for area in areas if not any(story.serves(area) for story in found)
    ]
    told = f"No story yet: {', '.join(open_areas)}." if open_areas else "Every area has a story."
    legend = [Text(f"{story.number:3} {story.title}", "dim") for story in found]
    return Group(*tables, "", *legend, "", Text(told))


def _coverage(areas: Sequence[str], found: Sequence[Story]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("area", no_wrap=True)
    for story in found:
        table.add_column(str(story.number), justify="right", no_wrap=True)
    for area in areas:
        marks = ["●" if story.serves(area) else "·" for story in found]
        table.add_row(AREAS[area].name, *marks)
    return table


def overuse(found: Iterable[Overuse]) -> RenderableType:
    """Stories that carried many of the last takes, kindly."""
    return Group(
        *(
            Text(
                f"“{one.story.title}” carried {one.takes} of your last {one.of} stories. It serves"
                " you well; a second one would let you choose. coach story coverage shows where.",
                "yellow",
            )
            for one in found
        )
    )
