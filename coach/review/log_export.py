"""The whole log as JSON, as tables for a spreadsheet, and as a text to be read."""

import csv
import html
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from coach.areas import AREAS
from coach.improvement.exchange import FORMAT, VERSION
from coach.improvement.points import controllable

Item = dict[str, Any]
Sections = Iterable[tuple[str, Iterable[Item]]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins so
_SIGNS = {"neg": "to work on", "pos": "praise", "neutral": "said"}
# The tables of kinds of record, named like the others.
_TABLES = {
    "agenda": "agendas",
    "application": "applications",
    "habit": "habits",
    "habit done": "habits_done",
    "interview": "interviews",
    "note": "take_notes",
    "passed": "questions_passed",
    "plan item": "plan_items",
    "removed question": "questions_removed",
    "retold": "takes_retold",
    "story": "stories",
}


def as_json(sections: Sections) -> Iterator[str]:
    """Entry by entry, so that ten thousand takes need not be in memory."""
    yield f'{{\n"format": {json.dumps(FORMAT)},\n"version": {VERSION}'
    for section, items in sections:
        yield f",\n{json.dumps(section)}: ["
        for index, item in enumerate(items):
            yield (",\n" if index else "\n") + json.dumps(item, ensure_ascii=False)
        yield "\n]"
    yield "\n}\n"


def tables(sections: Sections) -> dict[str, list[Item]]:
    """Rows by the name of their table; points have one of their own, as has each kind of record."""
    found: dict[str, list[Item]] = {
        name: [] for name in ("rejections", "feedback", "points", "sittings", "takes")
    }
    owners = {"rejections": "rejection", "feedback": "feedback"}
    for section, items in sections:
        for item in items:
            if section in owners:
                points, owner = item.pop("points"), owners[section]
                found["points"] += [_owned(point, owner, item["number"]) for point in points]
                found[section].append(item)
            elif section == "notes":
                found["points"].append(_owned(item, "rejection", None))
            elif section == "records":
                kind = str(item["kind"])
                row = {"number": item["number"], **item["body"], "added": item["added"]}
                found.setdefault(_TABLES.get(kind, kind), []).append(row)
            else:
                found[section].append(_take_row(item) if section == "takes" else item)
    return found


def as_csv(rows: list[Item]) -> Iterator[str]:
    """A header and a line for each row; what is itself a list or a table stands as JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    for row in ([*names], *([cell(row.get(name)) for name in names] for row in rows)):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


def _owned(point: Item, owner: str, number: int | None) -> Item:
    return {"rejection": None, "feedback": None, **point, owner: number}


def _take_row(take: Item) -> Item:
    assessment, transcript = take["assessment"] or {}, take["transcript"] or {}
    said = " ".join(word["text"] for word in transcript.get("words", ()))
    return {
        "number": take["number"],
        "sitting": take["sitting"],
        "started": take["started"],
        "state": take["state"],
        "question_id": take["question"]["id"],
        "question": take["question"]["text"],
        "score": assessment.get("score", {}).get("overall"),
        "seconds": assessment.get("timing", {}).get("seconds"),
        "missing": " ".join(assessment.get("missing", ())),
        "said": said,
        "path": take["path"],
    }


def cell(value: Any) -> Any:
    """A value as a spreadsheet may hold it: no text is a formula, and lists are JSON."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def as_markdown(sections: Sections) -> Iterator[str]:
    """A heading for each section that holds something, and one for each entry."""
    yield "# My interview log\n"
    titles = {"notes": "Areas noted by hand", "records": "Further entries"}
    views = {
        "rejections": _rejection,
        "feedback": _feedback,
        "notes": _point,
        "sittings": _sitting,
        "takes": _take,
        "records": _record,
    }
    for section, items in sections:
        for index, item in enumerate(items):
            if index == 0:
                yield f"\n## {titles.get(section, section.capitalize())}\n\n"
            yield views[section](item)


def _rejection(item: Item) -> str:
    title = f"### {item['number']}. {plain(item['company'])}, {plain(item['role'])}\n\n"
    known = {"number", "company", "role", "words", "points", "added"}
    return title + _quote(item["words"]) + _said(item) + _fields(item, known)


def _feedback(item: Item) -> str:
    who = f", {plain(item['who'])}" if item["who"] else ""
    title = f"### {item['number']}. {item['source'].capitalize()}{who}, {item['date']}\n\n"
    return title + _quote(item["words"]) + _said(item)


def _said(item: Item) -> str:
    return "".join(map(_point, item["points"])) + ("\n" if item["points"] else "")


def _point(point: Item) -> str:
    area = AREAS[point["area"]]
    outside = "no" in (point["controllable"], controllable(area.id))
    praised = point["polarity"] == "pos"
    what = "outside your control" if outside and not praised else _SIGNS[point["polarity"]]
    return f"- {area.name} ({what}): “{plain(point['words'])}”\n"


def _sitting(item: Item) -> str:
    ended = f" to {item['ended']}" if item["ended"] else ""
    return f"- {item['number']}. {plain(item['mode'])}, {item['started']}{ended}\n"


def _take(item: Item) -> str:
    lines = [f"### Take {item['number']}: {plain(item['question']['text'])}\n\n"]
    judged = item["assessment"]
    score = f", {judged['score']['overall']} of 100" if judged and judged["score"]["parts"] else ""
    lines.append(f"{item['started']}, {item['state']}{score}\n\n")
    if judged:
        lines += [f"- **{s['part'] or '·'}** {plain(s['text'])}\n" for s in judged["sentences"]]
        lines.append("\n")
        lines += [f"- went well: {plain(text)}\n" for text in judged["went_well"]]
        lines += [f"- next: {plain(advice['text'])}\n" for advice in judged["advice"]]
        lines.append("\n")
    elif item["transcript"]:
        lines.append(_quote(" ".join(word["text"] for word in item["transcript"]["words"])))
    return "".join(lines)


def _record(item: Item) -> str:
    title = f"### {plain(item['kind'].capitalize())} {item['number']}\n\n"
    return title + _fields(item["body"], set())


def _fields(item: Item, known: set[str]) -> str:
    told = {n: v for n, v in item.items() if n not in known and v not in (None, "", [], {})}
    lines = [f"- {plain(n.replace('_', ' '))}: {plain(_inline(v))}\n" for n, v in told.items()]
    return "".join(lines) + ("\n" if lines else "")


def _inline(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_inline, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_inline(one)}" for name, one in value.items() if one is not None)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _quote(text: str | None) -> str:
    lines = [f"> {html.escape(line, quote=False)}\n" for line in (text or "").splitlines()]
    return "".join(lines) + ("\n" if lines else "")


def plain(text: str) -> str:
    """A text on one line, and never read as HTML."""
    return html.escape(" ".join(text.split()), quote=False)
