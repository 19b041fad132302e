"""Read question banks: TOML files with an array of `[[question]]` tables."""

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from coach.areas import AREAS
from coach.errors import BankError, UnknownQuestionError
from coach.questions.question import Kind, Question

_KEYS = {field.name for field in fields(Question)}
_REQUIRED = ("id", "text", "kind", "areas")
_LISTS = ("areas", "probes", "shows", "variants")
_WRONG_TYPE = 'its "{key}" must be {wanted}'
# What lies beside the banks without being one.
_NOT_BANKS = {"areas.toml"}


def load_banks(folders: Iterable[Path]) -> tuple[Question, ...]:
    """Read every bank in the folders, in order; a folder that does not exist has none.

    Raises:
        BankError: a file is not TOML, an entry has a fault, or an id occurs twice.
    """
    found: dict[str, tuple[Question, Path]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name in _NOT_BANKS:
                continue
            for question in read_bank(path):
                if question.id in found:
                    raise BankError(
                        f'{path}: the id "{question.id}" is already used in '
                        f"{found[question.id][1].name}.",
                        "Give one of the two another id.",
                    )
                found[question.id] = (question, path)
    return tuple(question for question, _ in found.values())


def read_bank(path: Path) -> tuple[Question, ...]:
    """Read one bank.

    Raises:
        BankError: names the file, the entry and what to mend.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BankError(f"{path} cannot be read: {error}.", "Mend the file, or move it.") from error
    entries = data.pop("question", [])
    if data or not isinstance(entries, list):
        named = ", ".join(f'"{key}"' for key in data) or '"question"'
        raise BankError(
            f"{path}: {named} does not belong at the top of a bank.",
            "A bank holds [[question]] tables only.",
        )
    return tuple(_read_entry(path, number, entry) for number, entry in enumerate(entries, 1))


def _read_entry(path: Path, number: int, entry: dict[str, Any]) -> Question:
    fault = _fault(entry)
    if fault:
        name = f'"{entry["id"]}"' if isinstance(entry.get("id"), str) else "(no id)"
        raise BankError(
            f"{path}: entry {number} {name}: {fault}.",
            "Mend that entry; `coach drill --help` tells where the format is described.",
        )
    return Question.from_dict(entry)


def _fault(entry: dict[str, Any]) -> str | None:
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        near = difflib.get_close_matches(unknown[0], _KEYS, n=1)
        hint = f' (did you mean "{near[0]}"?)' if near else ""
        return f'the key "{unknown[0]}" is unknown{hint}'
    missing = [key for key in _REQUIRED if not entry.get(key)]
    if missing:
        return f'the key "{missing[0]}" is missing or empty'
    return _type_fault(entry) or _value_fault(entry)


def _type_fault(entry: dict[str, Any]) -> str | None:
    for key, value in entry.items():
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                return _WRONG_TYPE.format(key=key, wanted="a list of texts")
        elif not isinstance(value, str):
            return _WRONG_TYPE.format(key=key, wanted="a text")
    return None


def _value_fault(entry: dict[str, Any]) -> str | None:
    if entry["kind"] not in set(Kind):
        return f'the kind "{entry["kind"]}" is unknown (one of {", ".join(Kind)})'
    for area in entry["areas"]:
        if area not in AREAS:
            near = difflib.get_close_matches(area, AREAS, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            return f'the area "{area}" is unknown{hint}'
        if not AREAS[area].drillable:
            return f'the area "{area}" cannot be drilled'
    return None


def find_question(questions: Iterable[Question], question_id: str) -> Question:
    """Look a question up by its id.

    Raises:
        UnknownQuestionError: there is none; the nearest ids are named.
    """
    by_id = {question.id: question for question in questions}
    if question_id not in by_id:
        near = difflib.get_close_matches(question_id, by_id, n=3, cutoff=0.4)
        raise UnknownQuestionError(
            f'There is no question with the id "{question_id}".',
            f"Did you mean {' or '.join(near)}?" if near else "`coach drill` chooses one for you.",
        )
    return by_id[question_id]
