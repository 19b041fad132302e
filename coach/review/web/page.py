"""What a page is given and what it gives back; nothing of it knows the web framework."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from coach.assessment.norms import Norms
from coach.errors import EntryError
from coach.improvement.log import Log
from coach.improvement.store import Change

NUMBER = "[0-9]{1,15}"  # one that the log can hold


@dataclass(frozen=True)
class Asked:
    """One request, after everything about it was found to be in order.

    Attributes:
        log: open for this request alone.
        now: aware UTC.
        opened: when the page was, likewise.
        numbers: those in the address, by name, such as the take's.
        query: what follows the question mark, by name; of fields given twice the last.
        form: what was sent, likewise; empty where the request only reads.
    """

    log: Log
    norms: Norms
    now: datetime
    opened: datetime
    numbers: Mapping[str, int] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)

    def last_change(self) -> Change | None:
        """What the page can take back: the last change, where it was made since it was opened."""
        last = self.log.last_change()
        return last if last and last.made >= self.opened else None

    def number(self, name: str) -> int | None:
        """A number of the query; None where it is not given.

        Raises:
            EntryError: it is none, or a longer one than any number in the log.
        """
        text = self.query.get(name, "").strip()
        if not text:
            return None
        if not re.fullmatch(NUMBER, text):
            raise EntryError(f"“{text}” is no number.", "Use digits alone.")
        return int(text)


@dataclass(frozen=True)
class Shown:
    """A page.

    Attributes:
        template: the name of a file in `templates`.
        values: what it is filled with, always escaped.
    """

    template: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Moved:
    """The address to look at after something was done."""

    to: str


@dataclass(frozen=True)
class Sound:
    """A recording, of which the browser may ask for any stretch."""

    path: Path


Reader = Callable[[Asked], Shown | Sound]
Doer = Callable[[Asked], Moved]
