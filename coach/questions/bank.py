"""Read question banks: TOML files with an array of `[[question]]` tables."""

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from coach.clean import clean_data
from coach.errors import BankError, UnknownQuestionError
from coach.questions.faults import flaws
from coach.questions.question import Question

# What lies beside the banks without being one.
_NOT_BANKS = {"areas.toml"}


def load_banks(folders: Iterable[Path]) -> tuple[Question, ...]:
    """Read every bank in the folders, in order; a folder that does not exist has none.

    Raises:
        BankError: a file is not TOML, an entry has a fault, or an id occurs twice.
    """
    found: dict[str, tuple[Question, Path]] = {}
    for folder in folders:
        for path in bank_files(folder):
            for question in read_bank(path):
                if question.id in found:
                    raise BankError(
                        f'{path}: the id "{question.id}" is already used in '
                        f"{found[question.id][1].name}.",
                        "Give one of the two another id.",
                    )
                found[question.id] = (question, path)
    return tuple(question for question, _ in found.values())


def bank_files(folder: Path) -> list[Path]:
    """The banks in a folder, by name."""
    return sorted(path for path in folder.glob("*.toml") if path.name not in _NOT_BANKS)


def read_bank(path: Path) -> tuple[Question, ...]:
    """Read one bank.

    Raises:
        BankError: names the file, the entry and what to mend.
    """
    questions = []
    for number, entry in enumerate(read_entries(path), 1):
        flaw = next(flaws(entry), None)
        if flaw is not None:
            raise BankError(
                f"{path}: {entry_name(number, entry)}: {flaw.problem}.",
                f"{flaw.mend} `coach bank check` lists every fault.",
            )
        questions.append(Question.from_dict(entry))
    return tuple(questions)


def read_entries(path: Path) -> list[Any]:
    """The entries of a bank as they stand in the file.

    Raises:
        BankError: the file is not TOML, or holds something else.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise BankError(f"{path} cannot be read: {error}.", "Mend the file, or move it.") from error
    entries = data.pop("question", [])
    if data or not isinstance(entries, list):
        named = ", ".join(f'"{key}"' for key in data) or '"question"'
        raise BankError(
            f"{path}: {named} does not belong at the top of a bank.",
            "A bank holds [[question]] tables only.",
        )
    return clean_data(entries)


def entry_name(number: int, entry: object) -> str:
    """How an entry is called in a message: its number in the file, and its id."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return f'entry {number} "{name}"' if isinstance(name, str) else f"entry {number} (no id)"


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
