"""The list of takes, with its filters and its search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from coach.areas import AREAS, find_area
from coach.assessment.star import StarPart
from coach.errors import EntryError
from coach.improvement.entries import Attempt
from coach.improvement.local_time import aware
from coach.improvement.searching import Snippet, Wanted, since_rejection
from coach.review.days import listed_moment
from coach.review.terminal import length, missing
from coach.review.web.page import Asked, Shown

MOST = 25  # rows a page
_FIELDS = (
    "words", "area", "question", "since", "sitting", "rejection", "missing", "starred", "compare"
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A take in the list.

    Attributes:
        found: where words were looked for, a stretch that holds them in pieces, each with whether
            it was found.
    """

    take: Attempt
    when: str
    length: str
    score: int | None
    missing: str
    areas: str
    found: tuple[tuple[str, bool], ...]


def listed(asked: Asked) -> Shown:
    """
    Raises:
        CoachError: a filter asks for what cannot be.
    """
    given = {name: asked.query.get(name, "").strip() for name in _FIELDS}
    wanted = _wanted(asked, given)
    page = max(1, asked.number("page") or 1)
    first = MOST * (page - 1)
    found = asked.log.find(wanted, MOST, first)
    today = asked.now.astimezone().date()
    rows = [
        _row(asked.log.attempt(number), found.snippets.get(number), today)
        for number in found.numbers
    ]
    last = first + len(rows)
    return Shown(
        "takes.html",
        {
            "rows": rows,
            "total": found.total,
            "first": first + 1,
            "last": last,
            "newer": _page(given, page - 1) if page > 1 else None,
            "older": _page(given, page + 1) if last < found.total else None,
            "given": given,
            "filtered": wanted != Wanted(),
            "areas": [(area.id, area.name) for area in AREAS.values() if area.controllable],
            "parts": [(part.value, part.title) for part in StarPart],
            "rejections": asked.log.rejection_names(),
            "compare": (compare := asked.number("compare")),
            "all": f"/takes?compare={compare}" if compare else "/takes",
        },
    )


def _wanted(asked: Asked, given: Mapping[str, str]) -> Wanted:
    area, part = given["area"], given["missing"]
    if part and part not in {*StarPart}:
        raise EntryError(f"“{part}” is no part of a story.", "Choose S, T, A or R.")
    wanted = Wanted(
        words=given["words"] or None,
        areas=(find_area(area).id,) if area else (),
        question=given["question"] or None,
        since=_day(given["since"]) if given["since"] else None,
        sitting=asked.number("sitting"),
        missing=StarPart(part) if part else None,
        starred=bool(given["starred"]),
    )
    rejection = asked.number("rejection")
    return wanted if rejection is None else since_rejection(wanted, asked.log.rejection(rejection))


def _day(text: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise EntryError(f"“{text}” is no day.", "Write it as 2026-11-22.") from error
    return aware(datetime.combine(day, time()))


def _page(given: Mapping[str, str], page: int) -> str:
    """The address of another page of the same list."""
    kept = {name: text for name, text in given.items() if text}
    return f"/takes?{urlencode({**kept, 'page': page})}"


def _row(take: Attempt, snippet: Snippet | None, today: date) -> Row:
    judged = take.assessment
    return Row(
        take,
        listed_moment(take.started, today),
        length(take),
        judged.score.overall if judged else None,
        missing(take),
        ", ".join(AREAS[area].name for area in take.question.areas),
        _pieces(snippet) if snippet else (),
    )


def _pieces(snippet: Snippet) -> tuple[tuple[str, bool], ...]:
    pieces, done = [], 0
    for first, end in snippet.marks:
        pieces += [(snippet.text[done:first], False), (snippet.text[first:end], True)]
        done = end
    return (*pieces, (snippet.text[done:], False))
