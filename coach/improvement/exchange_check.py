"""Whether JSON is an exported log: the first fault is named with the place where it stands."""

import json
from datetime import datetime
from math import isfinite
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from cattrs import transform_error

from coach.areas import AREAS
from coach.assessment.assessment import Assessment, Correction
from coach.errors import ExchangeError
from coach.improvement.entries import Feedback, FeedbackPoint, Rejection, State
from coach.improvement.store import CONVERTER
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript

FORMAT = "coach log"
VERSION = 1
SECTIONS = ("rejections", "feedback", "notes", "sittings", "takes", "records")
POINT = ("area", "polarity", "words", "controllable", "vague", "added")

_TAKE = (
    "number", "sitting", "question", "why", "started", "state", "starred", "path", "recording",
    "transcript", "assessment", "corrections",
)  # fmt: skip
_LARGEST = 1 << 53  # that every reader of JSON can count to

Item = dict[str, Any]


def check(data: Any) -> None:
    """Look at all of it.

    Raises:
        ExchangeError: it is no exported log, is from a newer coach, or has a fault.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExchangeError(
            f'The JSON is no exported log ("format" is not "{FORMAT}").',
            "Name a file that `coach export --format json` made.",
        )
    if data.get("version") != VERSION:
        raise ExchangeError(
            f"The JSON has version {data.get('version')}; this coach reads {VERSION}.",
            "Update coach, or export it again.",
        )
    _keys("the file", data, ("format", "version", *SECTIONS))
    _finite("", data)
    checks = (_rejection, _feedback, _note, _sitting, _take, _record)
    for section, look_at in zip(SECTIONS, checks, strict=True):
        _is(section, data[section], list, "a list")
        for index, item in enumerate(data[section]):
            where = f"{section}[{index}]"
            _is(where, item, dict, "an object")
            look_at(where, item)
    for section in SECTIONS:
        _numbers(section, data[section])
    sittings = {sitting["number"] for sitting in data["sittings"]}
    for index, take in enumerate(data["takes"]):
        if take["sitting"] not in sittings:
            raise _fault(f"takes[{index}].sitting", f"there is no sitting {take['sitting']}")


def _rejection(where: str, item: Item) -> None:
    _said(where, item, Rejection, ("company", "role", "date", "stage", "words"))


def _feedback(where: str, item: Item) -> None:
    _said(where, item, Feedback, ("source", "who", "date", "words"))


def _said(where: str, item: Item, kind: type, needed: tuple[str, ...]) -> None:
    for name in (*needed, "number", "added", "points"):
        _has(where, item, name)
    _number(where, item)
    _text(f"{where}.added", item["added"])
    _is(f"{where}.points", item["points"], list, "a list")
    for index, point in enumerate(item["points"]):
        _note(f"{where}.points[{index}]", point)
    own = {name: value for name, value in item.items() if name not in ("number", "added", "points")}
    if "id" in own:
        raise _fault(where, '"id" does not belong here')
    _fits(where, own, kind)


def _note(where: str, point: Any) -> None:
    _is(where, point, dict, "an object")
    _keys(where, point, POINT)
    _moment(f"{where}.added", point["added"], aware=False)
    _text(f"{where}.area", point["area"])
    if point["area"] not in AREAS:
        raise _fault(f"{where}.area", f'"{point["area"]}" is no area; `coach area list --all`')
    _fits(where, {name: point[name] for name in POINT if name != "added"}, FeedbackPoint)


def _sitting(where: str, item: Item) -> None:
    _keys(where, item, ("number", "mode", "started", "ended"))
    _number(where, item)
    _text(f"{where}.mode", item["mode"])
    _moment(f"{where}.started", item["started"])
    if item["ended"] is not None:
        _moment(f"{where}.ended", item["ended"])


def _take(where: str, item: Item) -> None:
    _keys(where, item, _TAKE)
    _number(where, item)
    _is(f"{where}.sitting", item["sitting"], int, "a number")
    _text(f"{where}.why", item["why"])
    _moment(f"{where}.started", item["started"])
    _text(f"{where}.state", item["state"])
    if item["state"] not in set(State):
        raise _fault(f"{where}.state", f"it must be one of {', '.join(State)}")
    _is(f"{where}.starred", item["starred"], bool, "true or false")
    if item["path"] is not None:
        _text(f"{where}.path", item["path"])
        if not _inside(item["path"]):
            raise _fault(f"{where}.path", "it leads out of the folder of your data")
    _fits(f"{where}.question", item["question"], Question)
    if item["recording"] is not None:
        _is(f"{where}.recording", item["recording"], dict, "an object")
        _fits(f"{where}.recording", item["recording"] | {"path": "."}, Recording)
    if item["transcript"] is not None:
        _transcript(f"{where}.transcript", item["transcript"])
    if item["assessment"] is not None:
        _is(f"{where}.assessment", item["assessment"], dict, "an object")
        # Version 1 knew no hesitations.
        _fits(f"{where}.assessment", {"hesitations": None, **item["assessment"]}, Assessment)
    _corrections(f"{where}.corrections", item["corrections"])
    needs = {State.TRANSCRIBED: ("transcript",), State.ASSESSED: ("transcript", "assessment")}
    for name in needs.get(State(item["state"]), ()):
        if item[name] is None:
            raise _fault(f"{where}.{name}", f"a take that is {item['state']} has one")


def _transcript(where: str, given: Any) -> None:
    _fits(where, given, Transcript)
    if not given["words"]:
        raise _fault(f"{where}.words", "nothing was said")
    spoken = given.get("seconds") is not None
    for index, word in enumerate(given["words"]):
        for name in ("start", "end"):
            time = word.get(name)
            if (time is not None) is not spoken or not isfinite(time or 0):
                raise _fault(
                    f"{where}.words[{index}].{name}",
                    "each spoken word has a time, and a typed one has none",
                )


def _corrections(where: str, given: Any) -> None:
    if given is not None:
        _is(where, given, list, "a list")
        for index, one in enumerate(given):
            _fits(f"{where}[{index}]", one, Correction)


def _record(where: str, item: Item) -> None:
    _keys(where, item, ("number", "kind", "body", "added"))
    _number(where, item)
    _text(f"{where}.kind", item["kind"])
    _text(f"{where}.added", item["added"])
    _is(f"{where}.body", item["body"], dict, "an object")


def _numbers(section: str, items: list[Item]) -> None:
    seen = set()
    for index, item in enumerate(items):
        key = (item.get("kind"), item.get("number"))
        if section != "notes" and key in seen:
            raise _fault(f"{section}[{index}].number", f"there are two of number {item['number']}")
        seen.add(key)


def _inside(path: str) -> bool:
    """Whether a path of a take stays in the folder of the user's data, on every system."""
    kinds = (PurePosixPath(path), PureWindowsPath(path))
    return not any(each.is_absolute() or each.drive or ".." in each.parts for each in kinds)


# The small ones


def _fits(where: str, given: Any, kind: type) -> None:
    """Whether JSON is what the entry of that kind is written as; what it leaves out has a default.

    Numbers in quotes and the like would be taken as numbers, so what was read is compared.
    """
    _is(where, given, dict, "an object")
    try:
        meant = json.loads(json.dumps(CONVERTER.unstructure(CONVERTER.structure(given, kind))))
    except Exception as error:
        reason, _, inner = transform_error(error)[0].partition(" @ $")
        raise _fault(where + inner, reason) from error
    _same(where, given, meant)


def _same(where: str, given: Any, meant: Any) -> None:
    if isinstance(given, dict) and isinstance(meant, dict):
        for name, value in given.items():
            if name not in meant:
                raise _fault(where, f'"{name}" does not belong here')
            _same(f"{where}.{name}", value, meant[name])
    elif isinstance(given, list) and isinstance(meant, list) and len(given) == len(meant):
        for index, (one, other) in enumerate(zip(given, meant, strict=True)):
            _same(f"{where}[{index}]", one, other)
    elif given != meant or isinstance(given, bool) is not isinstance(meant, bool):
        raise _fault(where, f"{json.dumps(given)[:40]} is not the right kind of value")


def _keys(where: str, item: Item, names: tuple[str, ...]) -> None:
    for name in names:
        _has(where, item, name)
    for name in item:
        if name not in names:
            raise _fault(where, f'"{name}" does not belong here')


def _has(where: str, item: Item, name: str) -> None:
    if name not in item:
        raise _fault(where, f'"{name}" is missing')


def _finite(where: str, value: Any) -> None:
    """Python reads and writes "Infinity" and "NaN", which are no JSON, and which SQLite refuses."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _finite(f"{where}.{name}" if where else name, inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _finite(f"{where}[{index}]", inner)
    elif isinstance(value, float) and not isfinite(value):
        raise _fault(where, "it must be a number that has an end")


def _number(where: str, item: Item) -> None:
    number = item["number"]
    if type(number) is not int or not 0 < number < _LARGEST:
        raise _fault(f"{where}.number", "it must be a whole number above 0")


def _text(where: str, value: Any) -> None:
    _is(where, value, str, "a text")


def _moment(where: str, value: Any, *, aware: bool = True) -> None:
    _text(where, value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise _fault(where, f'"{value}" is no date and time') from error
    if not aware:
        return
    if moment.tzinfo is None:
        raise _fault(where, f'"{value}" has no time zone')
    try:
        moment.astimezone()  # as it is shown
    except (OSError, OverflowError, ValueError) as error:
        raise _fault(where, f'"{value}" is too far away for the clock of this machine') from error


def _is(where: str, value: Any, kind: type, named: str) -> None:
    if not isinstance(value, kind):
        raise _fault(where, f"it must be {named}")


def _fault(where: str, reason: str) -> ExchangeError:
    return ExchangeError(
        f"The JSON has a fault at {where}: {reason}.", "Mend it there; nothing was imported."
    )
