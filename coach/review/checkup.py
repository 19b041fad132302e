"""How the checks of `coach doctor` look."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.doctor import Check, State
from coach.review.words import number_of

_MARKS = {
    State.GOOD: ("✓", "green"),
    State.SKIPPED: ("–", "dim"),
    State.WARNING: ("~", "yellow"),
    State.FAULT: ("!", "bold red"),
}


def check(found: Check) -> Group:
    """What was found, and below it the command that mends it."""
    mark, style = _MARKS[found.state]
    said = Table.grid()  # so that a second line stands below the words, not below the mark
    said.add_column(no_wrap=True)
    said.add_column(overflow="fold")
    said.add_row(Text(f"{mark} {found.name}  ", style), Text(found.says))
    rows: list[RenderableType] = [said]
    if found.mend:
        rows.append(
            Padding(Text(f"→ {found.mend}", "bold", overflow="fold"), (0, 0, 0, 2), expand=False)
        )
    return Group(*rows)


def summary(checks: Iterable[Check]) -> str:
    """How many faults and warnings there are."""
    states = [found.state for found in checks]
    faults, warnings = states.count(State.FAULT), states.count(State.WARNING)
    if not (faults or warnings):
        return "All is well."
    return f"{number_of(faults, 'fault')}, {number_of(warnings, 'warning')}."
