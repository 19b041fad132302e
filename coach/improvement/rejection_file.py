"""Rejections from JSON, as scripts write them and as `coach rejection list --json` prints them."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from cattrs import transform_error
from cattrs.preconf.json import JsonConverter, make_converter

from coach.areas import AREAS
from coach.clean import clean_data
from coach.errors import EntryError
from coach.improvement.days import fault_of_rejection
from coach.improvement.entries import RATED, STAGES, FeedbackPoint, Rejection
from coach.improvement.feedback import read_feedback
from coach.improvement.points import controllable
from coach.questions.faults import near

_KEYS = tuple(field.name for field in fields(Rejection))
_POINT_KEYS = tuple(field.name for field in fields(FeedbackPoint))
_SCALES = ("nerves", "body_language")
_HOLDERS = (
    ("points", list, "an array of objects"),
    ("could_answer", list, "an array of texts"),
    ("misleading", list, "an array of texts"),
    ("ratings", dict, 'an object such as {"interview": 4}'),
)
_NEXT_STEP = "Mend it and try again; nothing was added."


def read_rejections(text: str, today: date) -> tuple[Rejection, ...]:
    """Read one object, or an array of them.

    Keys are the names of a Rejection's fields; company and role must be there. Where points are
    left out, they are read from the words. An id is left aside: the log gives its own.

    Args:
        today: the date of an entry that has none.

    Raises:
        EntryError: names the entry, the key and what is wrong with it; nothing is to be added.
    """
    try:
        data = clean_data(json.loads(text))
    except json.JSONDecodeError as error:
        raise EntryError(f"That is not JSON: {error}.", _NEXT_STEP) from error
    entries = data if isinstance(data, list) else [data]
    if not entries:
        raise EntryError("The array is empty: it holds no rejection.", _NEXT_STEP)
    return tuple(_read(entry, number, today) for number, entry in enumerate(entries, 1))


def _read(entry: Any, number: int, today: date) -> Rejection:
    where = f"Entry {number}"
    if not isinstance(entry, dict):
        raise EntryError(f"{where} is not a JSON object.", _NEXT_STEP)
    _refuse_unknown(entry, _KEYS, where)
    given = {name: value for name, value in entry.items() if value is not None and name != "id"}
    found = _structured({"date": today.isoformat(), **given}, where)
    fault = _fault(found) or _day_fault(found, today)
    if fault:
        raise EntryError(f"{where}: {fault}.", _NEXT_STEP)
    if "points" not in given and found.words:
        found = replace(found, points=read_feedback(found.words).points)
    return found


def _structured(given: dict[str, Any], where: str) -> Rejection:
    for name, kind, told in _HOLDERS:
        if not isinstance(given.get(name, kind()), kind):
            raise EntryError(f'{where}: "{name}" must be {told}.', _NEXT_STEP)
    points = [_point(point, where) for point in given.get("points", ())]
    try:
        return _STRICT.structure({**given, "points": points}, Rejection)
    except Exception as error:  # cattrs raises a group of what it met
        what, _, place = transform_error(error, where, _wanted)[0].partition(" @ ")
        name = place.removeprefix(f"{where}.")
        raise EntryError(f'{where}: "{name}" cannot be read: {what}.', _NEXT_STEP) from error


def _point(point: Any, where: str) -> Any:
    """A point as it came; where it does not say whether one can change it, its area does."""
    if not isinstance(point, dict):
        return point
    _refuse_unknown(point, _POINT_KEYS, f"{where}, points")
    area = point.get("area")
    return {"controllable": controllable(area).value, **point} if area in AREAS else point


def _refuse_unknown(entry: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = [key for key in entry if key not in known]
    if unknown:
        hint = near(unknown[0], known)
        named = ", ".join(f'"{key}"' for key in unknown)
        what = "the key" if len(unknown) == 1 else "the keys"
        raise EntryError(
            f"{where}: {what} {named} {'is' if len(unknown) == 1 else 'are'} unknown{hint}.",
            f"The keys are: {', '.join(known)}. Nothing was added.",
        )


def _fault(rejection: Rejection) -> str | None:
    return _text_fault(rejection) or _scale_fault(rejection) or _area_fault(rejection.points)


def _day_fault(rejection: Rejection, today: date) -> str | None:
    fault = fault_of_rejection(rejection, today)
    return fault and f"{fault[0].lower()}{fault[1:-1]}"


def _text_fault(rejection: Rejection) -> str | None:
    for name in ("company", "role"):
        if not getattr(rejection, name).strip():
            return f'"{name}" is empty'
    if rejection.stage is not None and rejection.stage not in STAGES:
        return f'the stage "{rejection.stage}" is unknown (one of {", ".join(STAGES)})'
    return None


def _scale_fault(rejection: Rejection) -> str | None:
    for name, value in rejection.ratings.items():
        if name not in RATED:
            return f'"ratings" knows no "{name}" (it has {", ".join(RATED)})'
        if not 1 <= value <= 5:
            return f'the rating of "{name}" is {value}; ratings go from 1 to 5'
    for name in _SCALES:
        value = getattr(rejection, name)
        if value is not None and not 1 <= value <= 5:
            return f'"{name}" is {value}; it goes from 1 to 5'
    return None


def _area_fault(points: Iterable[FeedbackPoint]) -> str | None:
    for point in points:
        if point.area not in AREAS:
            found = difflib.get_close_matches(point.area, AREAS, n=1)
            hint = f" (did you mean {found[0]}?)" if found else ""
            return f'the area "{point.area}" is unknown{hint}'
    return None


def _exactly(value: Any, kind: Any) -> Any:
    """No number is taken for a text, and no text for yes."""
    if type(value) not in (get_args(kind) or (kind,)):
        raise TypeError
    return value


def _strict() -> JsonConverter:
    converter = make_converter()
    plain = (str, int, bool)
    exact = (*plain, *(kind | None for kind in plain))
    converter.register_structure_hook_func(lambda kind: kind in exact, _exactly)
    return converter


def _wanted(error: BaseException, kind: type | None) -> str:
    """What belongs there, in plain words."""
    if isinstance(error, KeyError):
        return "it is missing"
    if get_args(kind):  # such as int | None
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"it must be one of {', '.join(kind)}"
    return f"it must be {_PLAIN.get(kind, 'of another type') if kind else 'of another type'}"


_PLAIN = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a date, YYYY-MM-DD",
    FeedbackPoint: "an object",
}
_STRICT = _strict()
