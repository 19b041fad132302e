"""The user's own banks: questions are added, changed, removed, and what else is there stays."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from coach import places
from coach.errors import BankError
from coach.questions.bank import bank_files, load_banks, read_bank
from coach.questions.question import Question

NAME = "own.toml"
_DEFAULTS = {field.name: field.default for field in fields(Question)}
_NUMBERED = re.compile(r"own-(\d{1,9})")
_WAIT = 5.0  # s for another process that adds a question too
_LEFT = 30.0  # s after which a part file can only be what a crash left


def add_question(folder: Path, question: Question) -> Question:
    """Append a question to the user's own bank; see `add_questions`."""
    return add_questions(folder, (question,))[0]


def add_questions(folder: Path, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Append questions to the user's own bank, which is made where there is none; all or none.

    Comments and other entries stay; the file is the user's alone and never half-written.

    Args:
        folder: of the user's own banks.
        questions: their ids are given here: own-001, own-002 …

    Returns:
        The questions with their ids.

    Raises:
        BankError: a bank in the folder has a fault, which is to be mended first.
        HomeError: the folder cannot be written.
    """
    path = places.make_private(folder) / NAME
    with _part(path) as part:
        first = _free_number(folder)
        kept = tuple(
            replace(question, id=f"own-{number:03d}")
            for number, question in enumerate(questions, first)
        )
        part.write_text(_with(path, kept), encoding="utf-8")
        read_bank(part)  # whatever came before them, the bank is still one
        part.replace(path)
    return kept


def put_back(folder: Path, question: Question, name: str) -> None:
    """Append a question that was removed to the bank that it was in, or to one of that name.

    Its id is its own again, unless another question was given it in the meantime.

    Raises:
        BankError, HomeError: as in `add_questions`.
    """
    path = places.make_private(folder) / name
    with _part(path) as part:
        if any(one.id == question.id for one in load_banks((folder,))):
            question = replace(question, id=f"own-{_free_number(folder):03d}")
        part.write_text(_with(path, (question,)), encoding="utf-8")
        read_bank(part)
        part.replace(path)


def as_toml(question: Question) -> str:
    """A question as it stands in a bank."""
    entries = tomlkit.aot()
    entries.append(_table(question))
    return tomlkit.dumps({"question": entries}).strip() + "\n"


def change_question(folder: Path, question_id: str, question: Question | None) -> Path:
    """Put a question in the place of the one with that id, or take it out; the rest stays.

    Args:
        folder: of the user's own banks.
        question: with the same id; None to take it out.

    Returns:
        The bank that it is in.

    Raises:
        BankError: none of them has the question, or one has a fault.
        HomeError: the folder cannot be written.
    """
    for path in bank_files(folder):
        if any(one.id == question_id for one in read_bank(path)):
            break
    else:
        raise BankError(
            f'"{question_id}" is not a question of your own.',
            "Only those can be changed: coach bank list --own",
        )
    with _part(path) as part:
        bank = tomlkit.parse(path.read_text(encoding="utf-8"))
        entries = _entries(bank, path)
        place = next(n for n, entry in enumerate(entries) if entry["id"] == question_id)
        if question is None:
            del entries[place]
        else:
            _rewrite(entries[place], question)
        part.write_text(tomlkit.dumps(bank), encoding="utf-8")
        read_bank(part)
        part.replace(path)
    return path


def _rewrite(entry: Table, question: Question) -> None:
    """Only what is otherwise, so that comments and order stay."""
    new = _table(question)
    for key, value in Question.from_dict(entry.unwrap()).to_dict().items():
        if value == question.to_dict()[key]:
            continue
        if key in new:
            entry[key] = new[key]
        else:
            entry.pop(key, None)


def _entries(bank: tomlkit.TOMLDocument, path: Path) -> AoT:
    entries = bank["question"]
    if not isinstance(entries, AoT):
        raise BankError(
            f"{path} holds its questions in one list, which the coach cannot write to.",
            "Write each of them as a [[question]] table.",
        )
    return entries


def _with(path: Path, questions: Sequence[Question]) -> str:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text and not text.endswith("\n"):  # what is appended would run into the last line
        text += "\n"
    bank = tomlkit.parse(text)
    if not bank.get("question"):  # an empty list is what the last one leaves when it is removed
        bank.pop("question", None)
        bank["question"] = tomlkit.aot()
    entries = _entries(bank, path)
    for question in questions:
        entries.append(_table(question))
    return tomlkit.dumps(bank)


def _free_number(folder: Path) -> int:
    """One more than any in use: the id of a question that was deleted is not the next one's."""
    ids = (question.id for question in load_banks((folder,)))
    numbers = [int(match[1]) for name in ids if (match := _NUMBERED.fullmatch(name))]
    return max(numbers, default=0) + 1


def _table(question: Question) -> Table:
    table = tomlkit.table()
    for key, value in question.to_dict().items():
        if value != _DEFAULTS[key]:
            table.add(key, list(value) if isinstance(value, tuple) else str(value))
    table.add(tomlkit.nl())
    return table


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """A new private file beside the bank; while it is there, no other process adds a question."""
    part = path.with_suffix(".part")
    until = time.monotonic() + _WAIT
    while not _made(part):
        if time.monotonic() > until:
            raise BankError(
                f"{path} is being changed by another program.", "Try again in a moment."
            )
        time.sleep(0.02)
    try:
        yield part
    except BaseException as error:
        # Only here: once it has become the bank, a part file is another process's.
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise places.unwritable(part.parent, error) from error
        raise


def _made(part: Path) -> bool:
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _remove_left(part)
        return False
    except OSError as error:
        raise places.unwritable(part.parent, error) from error
    return True


def _remove_left(part: Path) -> None:
    try:
        old = time.time() - part.stat().st_mtime > _LEFT
    except FileNotFoundError:  # its writer is done
        return
    if old:
        part.unlink(missing_ok=True)
