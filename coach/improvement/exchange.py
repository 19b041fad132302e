"""The whole log as JSON, and JSON of the same shape into a log.

An entry keeps its number where that is free. Where it is taken the entry gets another, and what
refers to it follows: a field of a record refers by its name, which is take, rejection, feedback,
sitting, or the kind of a record, and holds a number or a list of them. An entry that the log has
already, but for its number, is not added again.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coach.improvement.exchange_check import FORMAT, POINT, SECTIONS, VERSION, Item, check
from coach.improvement.log import Log

_PLACE = {  # of a section's rows
    "rejections": "rejections",
    "feedback": "feedback",
    "notes": "points",
    "sittings": "sittings",
    "takes": "attempts",
    "records": "records",
}
# What a field of this name in an entry refers to. A record refers to another kind by its name.
_REFERENCES = {
    "rejection": "rejections",
    "feedback": "feedback",
    "sitting": "sittings",
    "take": "takes",
    "attempt": "takes",
}
_TAKE = ("sitting", "why", "started", "state", "path")
_TAKE_JSON = ("question", "recording", "transcript", "assessment", "corrections")


@dataclass
class Imported:
    """How many entries of each section were added, and how many were there already."""

    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)


# Out


def sections(log: Log) -> Iterator[tuple[str, Iterator[Item]]]:
    """Every entry of the log, section by section, each by its number; takes are read one by one."""
    points = _points(log)
    for section in SECTIONS:
        yield section, _items(log, section, points)


def whole(log: Log) -> dict[str, Any]:
    """The same at once, as the JSON has it."""
    head = {"format": FORMAT, "version": VERSION}
    return head | {section: list(items) for section, items in sections(log)}


def _points(log: Log) -> dict[tuple[str, int | None], list[Item]]:
    """The points of each rejection and each feedback; those of neither are notes."""
    found = defaultdict(list)
    for row in log.table("points"):
        point = {name: row[name] for name in POINT} | {"vague": bool(row["vague"])}
        if row["rejection"] is not None:
            found["rejections", row["rejection"]].append(point)
        elif row["feedback"] is not None:
            found["feedback", row["feedback"]].append(point)
        else:
            found["notes", None].append(point)
    return found


def _items(log: Log, section: str, points: dict) -> Iterator[Item]:
    if section == "notes":
        yield from points["notes", None]
        return
    rows: Iterable[dict[str, Any]] = log.table(_PLACE[section])
    if section == "records":  # however the log came to have them
        rows = sorted(rows, key=lambda row: (row["kind"], row["number"]))
    for row in rows:
        number = row.pop("number", row["id"])  # a record's number is one of its kind
        del row["id"]
        if section == "takes":
            yield _take(number, row)
        elif section == "records":
            body = json.loads(row["body"])
            del body["number"]  # the entry's own, which stands beside it
            yield {"number": number, **row, "body": body}
        elif section == "sittings":
            yield {"number": number, **row}
        else:
            details = json.loads(row.pop("details", "{}"))
            yield {"number": number, **row, **details, "points": points[section, number]}


def _take(number: int, row: Item) -> Item:
    item = {"number": number, **{name: row[name] for name in _TAKE}}
    item["starred"] = bool(row["starred"])
    for name in _TAKE_JSON:
        item[name] = json.loads(row[name]) if row[name] else None
    if item["recording"]:
        item["recording"].pop("path", None)  # where it lies on this machine; `path` says it
    return item


# In


def import_log(log: Log, data: Any, now: datetime) -> Imported:
    """Add what the log has not yet, all or nothing; one change, which `undo` takes back.

    Args:
        data: as `whole` gives it.

    Raises:
        ExchangeError: it has another shape, or a fault; it says where.
    """
    check(data)
    with log.changing("a file was imported", now):
        return _Importer(log).run(data)


class _Importer:
    """One import: the entries that are known, and where the numbers of the file lead."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._numbers: dict[str, dict[int, int]] = defaultdict(dict)  # by section or kind
        self._taken: dict[str, set[int]] = defaultdict(set)
        self._highest: Counter[str] = Counter()  # number, in the log or the file
        self._known: dict[str, dict[bytes, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.done = Imported()

    def run(self, data: dict[str, list[Item]]) -> Imported:
        for section, items in sections(self._log):
            for item in items:
                group = _group(section, item)
                self._taken[group].add(item.get("number", 0))
                self._known[group][_content(item)].append(item.get("number", 0))
                self._see(group, item)
        for section in SECTIONS:
            for item in data[section]:
                self._see(_group(section, item), item)
        for section in SECTIONS[:-1]:
            for item in data[section]:
                self._take_in(section, section, self._follow(item))
        for kind in _ordered(data["records"]):
            for item in data["records"]:
                if item["kind"] == kind:
                    body = self._follow(item["body"])
                    self._take_in("records", _group("records", item), item | {"body": body})
        return self.done

    def _see(self, group: str, item: Item) -> None:
        self._highest[group] = max(self._highest[group], item.get("number", 0))

    def _follow(self, entry: Item) -> Item:
        """The entry with the numbers that this log has for what it refers to."""
        return {name: self._followed(name, value) for name, value in entry.items()}

    def _followed(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._followed(name, one) for one in value]
        if isinstance(value, int) and not isinstance(value, bool):
            group = _REFERENCES.get(name, f"records {name.replace('_', ' ')}")
            return self._numbers[group].get(value, value) if group in self._numbers else value
        return value

    def _take_in(self, section: str, group: str, item: Item) -> None:
        number = item.get("number", 0)
        same = self._known[group][_content(item)]
        if same:
            # The one of the same number, if it is among them: an entry may be there twice.
            found = number if number in same else same[0]
            same.remove(found)
            self._numbers[group][number] = found
            self.done.known[section] += 1
            return
        taken = self._taken[group]
        free = number
        if number in taken:
            self._highest[group] += 1
            free = self._highest[group]
        taken.add(free)
        self._numbers[group][number] = free
        self._add(section, item, free)
        self.done.added[section] += 1

    def _add(self, section: str, item: Item, number: int) -> None:
        place = _PLACE[section]
        if section == "notes":
            self._log.add_row(place, **_point_row(item))
        elif section == "records":
            body = json.dumps(item["body"] | {"number": number}, ensure_ascii=False)
            self._log.add_row(place, **{**item, "number": number, "body": body})
        elif section == "sittings":
            self._log.add_row(place, **_without(item, "number"), id=number)
        elif section == "takes":
            self._log.add_row(place, **_take_row(item), id=number)
        else:
            self._log.add_row(place, **_said_row(section, item), id=number)
            owner = {"rejections": "rejection", "feedback": "feedback"}[section]
            for point in item["points"]:
                self._log.add_row("points", **_point_row(point), **{owner: number})


def _group(section: str, item: Item) -> str:
    """Within what a number is one entry's own."""
    return f"records {item['kind']}" if section == "records" else section


def _content(item: Item) -> bytes:
    """The same for entries that differ in nothing but their number."""
    text = json.dumps(_without(item, "number"), sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _ordered(records: Iterable[Item]) -> list[str]:
    """The kinds, so that one comes after those that it refers to, as far as that can be."""
    refers: dict[str, set[str]] = defaultdict(set)
    for record in records:
        refers[record["kind"]].update(name.replace("_", " ") for name in record["body"])
    ordered: list[str] = []
    while left := [kind for kind in refers if kind not in ordered]:
        ready = [kind for kind in left if not refers[kind] & (set(left) - {kind})]
        ordered += ready or left[:1]
    return ordered


def _without(item: Item, *names: str) -> Item:
    return {name: value for name, value in item.items() if name not in names}


def _point_row(point: Item) -> Item:
    return {name: point[name] for name in POINT} | {"vague": int(point["vague"])}


def _said_row(section: str, item: Item) -> Item:
    """The columns of a rejection or of feedback; what has no column is in the details."""
    if section == "feedback":
        return _without(item, "number", "points")
    columns = ("company", "role", "date", "stage", "words", "added")
    details = _without(item, *columns, "number", "points")
    row = {name: item[name] for name in columns}
    return row | {"details": json.dumps(details, ensure_ascii=False)}


def _take_row(item: Item) -> Item:
    row = {name: item[name] for name in _TAKE} | {"starred": int(item["starred"])}
    for name in _TAKE_JSON:
        row[name] = None if item[name] is None else json.dumps(item[name])
    assessment = item["assessment"]
    return row | {
        "question_id": item["question"]["id"],
        "question_text": item["question"]["text"],
        "assessor": assessment["version"] if assessment else None,
        "score": assessment["score"]["overall"] if assessment else None,
        "seconds": assessment["timing"]["seconds"] if assessment else None,
    }
