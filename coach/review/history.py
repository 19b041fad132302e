"""How earlier versions of an entry look on a terminal."""

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from coach.assessment.star import StarPart
from coach.improvement.history import Earlier
from coach.review.days import listed_moment
from coach.review.tables import labelled

# In --json alone: what a person reads of these stands in "words" and "sentences".
_RAW = ("assessment", "transcript", "recording", "corrections", "assessor")
_NAMES = {"missing": "parts missing", "sentences": "labelled as"}


def earlier(versions: Iterable[Earlier]) -> RenderableType:
    """A heading for each change, and under it what was otherwise before."""
    shown: list[RenderableType] = []
    for version in versions:
        until = listed_moment(version.until.made)
        shown.append(Text(f"Until {until}, when {version.until.what}", "bold"))
        grid = labelled(gap=1)
        for name, value in version.was.items():
            if name not in _RAW:
                told = _parts(value) if name == "missing" else _told(value)
                grid.add_row(f"  {_named(name)}", Text(told))
        nothing = Text("  nothing that a person reads; --json has the rest", "dim")
        shown.append(grid if grid.row_count else nothing)
    return Group(*shown)


def _named(field: str) -> str:
    return _NAMES.get(field, field.replace("_", " "))


def _parts(letters: str | None) -> str:
    """Titles of the parts of a story by their letters; other answers name theirs."""
    told = letters or "–"
    stands_for_parts = set(told) <= set(StarPart)
    return ", ".join(StarPart(letter).title for letter in told) if stands_for_parts else told


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return "\n".join(map(_told, value))
    if isinstance(value, dict):
        return "; ".join(f"{_named(name)}: {_told(one)}" for name, one in value.items())
    return str(value)
