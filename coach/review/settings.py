"""How the settings look."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from coach.settings import Setting, Value


def settings(found: Iterable[Setting]) -> Table:
    """Every setting with its value, where that comes from, and what it means."""
    table = Table("setting", "value", "from", "what it is", box=None, pad_edge=False)
    for setting in found:
        if setting.key.name.endswith(".source") and not setting.is_own:
            continue  # only worth a row where the user has changed what a screen says of a number
        own = "bold" if setting.is_own else ""
        table.add_row(
            Text(setting.key.name, own),
            Text(written(setting.value) or "–", own),
            Text(_origin(setting), "" if setting.is_own else "dim"),
            Text(setting.key.meaning, "dim"),
        )
    for column in table.columns[:2]:
        column.no_wrap = True
    return table


def _origin(setting: Setting) -> str:
    return Path(setting.origin).name


def written(value: Value | None) -> str:
    """A value as `coach config set` takes it; "" where nothing is set."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(f"{edge:g}" for edge in value)
    return str(value)


def setting_data(setting: Setting) -> dict[str, Any]:
    """The object that --json prints for one setting."""
    return {
        "key": setting.key.name,
        "value": setting.value,
        "from": setting.origin,
        "default": setting.key.default,
        "variable": setting.key.variable,
        "wants": setting.key.kind.wants,
        "meaning": setting.key.meaning,
    }
