"""What the user chose once: every setting, its default, and where its value comes from.

An option of a command goes before a variable of the environment, that before the user's file, and
that before the default. The numbers of `norms.toml` are settings too, by the same names.
"""

from coach.settings.keys import Value, find_key, keys
from coach.settings.values import (
    Setting,
    drop,
    keep,
    load,
    own_norms,
    unknown_variables,
    value,
)

__all__ = [
    "Setting",
    "Value",
    "drop",
    "find_key",
    "keep",
    "keys",
    "load",
    "own_norms",
    "unknown_variables",
    "value",
]
