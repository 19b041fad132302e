"""How earlier versions of an entry look on a terminal."""

import json
from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from coach.improvement.history import Earlier
from coach.review.days import listed_moment
from coach.review.tables import labelled

_LONG = ("assessment", "transcript", "recording")  # in --json alone


def earlier(versions: Iterable[Earlier]) -> RenderableType:
    """A heading for each change, and under it what was otherwise before."""
    shown: list[RenderableType] = []
    for version in versions:
        until = listed_moment(version.until.made)
        shown.append(Text(f"Until {until}, when {version.until.what}", "bold"))
        grid = labelled(gap=1)
        for name, value in version.was.items():
            if name not in _LONG:
                grid.add_row(f"  {name.replace('_', ' ')}", Text(_told(value)))
        shown.append(grid)
    return Group(*shown)


def _told(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
