"""The user's own bank, `own.toml`: questions are added, and what else is in it stays as it is."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import tomlkit

from coach import places
from coach.errors import BankError
from coach.questions.bank import load_banks
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

    Comments, order and the other entries stay. The file is never half-written, and the user's
    alone.

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
        bank = tomlkit.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
        if "question" not in bank:
            bank["question"] = tomlkit.aot()
        inline = isinstance(bank["question"], tomlkit.items.Array)  # question = [{…}, {…}]
        for question in kept:
            bank["question"].append(_inline(question) if inline else _table(question))
        part.write_text(tomlkit.dumps(bank), encoding="utf-8")
        part.replace(path)
    return kept


def _free_number(folder: Path) -> int:
    """One more than any in use, so that the id of a deleted question is not given again soon."""
    ids = (question.id for question in load_banks((folder,)))
    numbers = [int(match[1]) for name in ids if (match := _NUMBERED.fullmatch(name))]
    return max(numbers, default=0) + 1


def _table(question: Question) -> tomlkit.items.Table:
    table = tomlkit.table()
    table.update(_said(question))
    table.add(tomlkit.nl())
    return table


def _inline(question: Question) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update(_said(question))
    return table


def _said(question: Question) -> dict[str, str | list]:
    """What a bank says of it: what is as usual is left out."""
    return {
        key: list(value) if isinstance(value, tuple) else str(value)
        for key, value in question.to_dict().items()
        if value != _DEFAULTS[key]
    }


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
    finally:
        part.unlink(missing_ok=True)


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
