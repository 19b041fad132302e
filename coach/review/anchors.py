"""The rubric on paper: what each level of each part looks like, kind by kind."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.assessment.kinds import SHAPES
from coach.assessment.rubric import ANCHORS, KIND_ANCHORS, SPOILT, TOP, WEIGHTS


def rubric() -> RenderableType:
    """The rubric of stories, and of every other kind of answer."""
    return Group(
        _stories(),
        "The score is the share of all points, from 0 to 100. The same words always get the same.\n"
        "A sentence that is said again and a row of keywords count for nothing.\n",
        _kinds(),
        f"What is marked with ! keeps the score at {SPOILT} or below.",
    )


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="bold")
    grid.add_column(overflow="fold")
    return grid


def _stories() -> Table:
    grid = _grid()
    for part, anchors in ANCHORS.items():
        twice = ", counts twice" if WEIGHTS[part] == 2 else ""
        grid.add_row("", Text(f"{part.title}{twice}", "bold"))
        for level, anchor in enumerate(anchors):
            grid.add_row(str(level), anchor)
        grid.add_row("", "")
    return grid


def _kinds() -> Table:
    grid = _grid()
    grid.add_row("", Text("Every part of an answer that is not a story", "bold"))
    for level, anchor in enumerate(KIND_ANCHORS):
        grid.add_row(str(level), anchor)
    grid.add_row(str(TOP), "As written below.")
    for kind, shape in SHAPES.items():
        grid.add_row("", "")
        grid.add_row("", Text(f"{kind.replace('_', ' ').capitalize()}: level {TOP}", "bold"))
        for part in shape.parts:
            grid.add_row(part.letter, f"{part.title.capitalize()}: {part.best}")
        if shape.core:
            grid.add_row("!", shape.without)
        for fault in shape.faults:
            grid.add_row("!", fault.finding)
    grid.add_row("", "")
    return grid
