"""What an entry said before it was changed."""

import json
from dataclasses import dataclass
from typing import Any

from coach.assessment.star import StarPart
from coach.errors import UnknownEntryError
from coach.improvement.applications import Application
from coach.improvement.entries import Note
from coach.improvement.habits import Done, Target
from coach.improvement.interviews import Interview
from coach.improvement.log import Log
from coach.improvement.plan import PlanItem
from coach.improvement.store import Change
from coach.improvement.stories import Story

_PLACES = {"rejection": "rejections", "feedback": "feedback", "take": "attempts"}
_RECORDS = tuple(
    each.KIND for each in (Interview, Application, Story, PlanItem, Note, Target, Done)
)
_NESTED = ("details", "body")  # columns that hold fields as JSON


@dataclass(frozen=True)
class Earlier:
    """A version that a change ended.

    Attributes:
        was: the fields that were otherwise than in the version after it, as they were.
    """

    until: Change
    was: dict[str, Any]


def history(log: Log, kind: str, number: int) -> tuple[Earlier, ...]:
    """The earlier versions of an entry, the newest first.

    Args:
        kind: rejection, feedback, take, or the kind of a record, such as story.

    Raises:
        UnknownEntryError: there is none of that kind and number, nor was there.
    """
    if kind not in (*_PLACES, *_RECORDS):
        raise UnknownEntryError(
            f"“{kind}” is no kind of entry.",
            f"The kinds are: {', '.join((*_PLACES, *_RECORDS))}.",
        )
    place = _PLACES.get(kind, "records")
    is_it = {"id": number} if kind in _PLACES else {"kind": kind, "number": number}
    row = next((row for row in log.table(place) if is_it.items() <= row.items()), None)
    versions = log.earlier(place, row["id"] if row else number) if row or kind in _PLACES else ()
    if row is None and not versions:
        raise UnknownEntryError(
            f"There is no {kind} {number} in the log.",
            "Name a kind and a number, such as: coach history rejection 1",
        )
    found, after = [], _fields(row or {})
    for version in versions:
        fields = _fields(version.columns)
        names = dict.fromkeys((*fields, *after))
        was = {name: fields.get(name) for name in names if fields.get(name) != after.get(name)}
        if kind == "take":
            was |= _heard(fields, after)
        if version.points:
            was["points"] = [f"{point['area']}: {point['words']}" for point in version.points]
        found.append(Earlier(version.until, was))
        after = fields
    return tuple(found)


def _fields(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row, and what is in them as JSON as fields of its own."""
    fields = {name: value for name, value in columns.items() if name not in _NESTED}
    for name in _NESTED:
        fields |= json.loads(columns.get(name) or "{}")
    return fields


def _heard(fields: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What a person looks for in an earlier version of a take: its words, or what sentences were.

    Returns:
        "words" where the take said others, else "sentences" with those that were another part,
        each with its part.
    """
    said, later = _words(fields), _words(after)
    was = {"starred": bool(fields["starred"])} if fields["starred"] != after.get("starred") else {}
    if said != later:
        return {**was, "words": said}
    parts = [line for line in _sentences(fields) if line not in _sentences(after)]
    return {**was, "sentences": parts} if parts else was


def _words(fields: dict[str, Any]) -> str:
    heard = json.loads(fields.get("transcript") or "{}")
    return " ".join(word["text"] for word in heard.get("words", ()))


def _sentences(fields: dict[str, Any]) -> list[str]:
    judged = json.loads(fields.get("assessment") or "{}")
    return [f"“{one['text']}”: {_part(one['part'])}" for one in judged.get("sentences", ())]


def _part(part: str | None) -> str:
    if part is None:
        return "no part"
    return StarPart(part).title if part in set(StarPart) else part
