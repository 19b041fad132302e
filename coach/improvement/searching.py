"""Which takes are looked for by words and marks, and what was found of the words."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import accumulate, pairwise
from typing import Any

from coach.assessment.star import StarPart
from coach.errors import EntryError
from coach.improvement.entries import Rejection
from coach.improvement.local_time import aware
from coach.improvement.points import to_practise

# What the index sets around a word that it found; neither is typed or said.
HIT, END = "\x02", "\x03"
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Wanted:
    """What the takes are to have in common; None and nothing ask for nothing.

    Attributes:
        words: to be asked, said or noted; see `match_query`.
        areas: the question is about one of them, or the take fell short in one of them.
        question: its id, or a part of its text.
        since: aware; the take began then or later.
        sitting: its number.
        missing: a part of the story that is not told.
        starred: whether only marked takes are wanted.
    """

    words: str | None = None
    areas: tuple[str, ...] = ()
    question: str | None = None
    since: datetime | None = None
    sitting: int | None = None
    missing: StarPart | None = None
    starred: bool = False


@dataclass(frozen=True)
class Snippet:
    """The best stretch of a take for a search.

    Attributes:
        marks: first character and the one past the last of each word that was found.
    """

    text: str
    marks: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True)
class Found:
    """One page of what was found.

    Attributes:
        total: of all pages.
        numbers: of the takes on this page, in order.
        snippets: by the take's number; empty where no words were looked for.
    """

    total: int
    numbers: tuple[int, ...]
    snippets: dict[int, Snippet]


def since_rejection(wanted: Wanted, named: Rejection) -> Wanted:
    """The same, but only takes since a rejection that bear on what it named.

    Raises:
        EntryError: it names nothing that a take could show.
    """
    areas = tuple({point.area for point in named.points if to_practise(point)})
    if not areas:
        raise EntryError(
            f"Rejection {named.id} names nothing that a take could show.",
            f"`coach rejection show {named.id}` tells what it says.",
        )
    day = aware(datetime.combine(named.date, time()))
    since = max(day, wanted.since) if wanted.since else day
    return replace(wanted, areas=wanted.areas or areas, since=since)


def match_query(words: str) -> str | None:
    """What was typed as a query of the index; None where it holds no word.

    All words must be there, in any order; each may be the beginning of a longer one. Words in
    quotes must stand together as they are. Everything else, such as AND, ( or a quote that nothing
    closes, is a plain word or nothing, so that no input is an error.
    """
    typed = words.encode(errors="ignore").decode().replace("\0", " ")
    terms = [
        f'"{quoted}"' if quoted else f'"{plain}"*'
        for quoted, plain in _TERM.findall(typed)
        if quoted.strip() or plain
    ]
    return " ".join(terms) or None


def read_snippet(marked: str) -> Snippet:
    """A text with HIT and END around what was found."""
    pieces = re.split(f"[{HIT}{END}]", " ".join(marked.split()))
    ends = [0, *accumulate(map(len, pieces))]
    return Snippet("".join(pieces), tuple(pairwise(ends))[1::2])
