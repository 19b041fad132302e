"""The file under the log: one transaction a change, every user's edit kept, the last one undone.

With `log.py`, `readings.py` and `migrations.py` the only modules that know SQLite.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from cattrs.preconf.json import make_converter

from coach import places
from coach.errors import HomeError, LogError, UnknownEntryError
from coach.improvement.migrations import MIGRATIONS, applied, migrate

BUSY = 10.0  # s to wait for another process of the same user
_PLACES = ("rejections", "feedback", "points", "records", "attempts", "findings")

CONVERTER = make_converter()  # dataclasses to JSON and back: dates as ISO 8601, enums as values


class Record(Protocol):
    """A frozen dataclass that a shelf keeps, with a number of its own (0 until it is kept).

    LISTED_BY names the command that lists them, where it is not `coach KIND list`.
    """

    KIND: ClassVar[str]
    number: int


Entry = TypeVar("Entry", bound=Record)


class Store:
    """A database that migrates itself, says its faults plainly, and can take back what was done.

    Use as a context manager; it makes the database where there is none.

    Raises:
        HomeError: the folder cannot be written.
        LogError: the database is damaged, busy, or from a newer version.
    """

    def __init__(self, path: Path) -> None:
        places.make_private(path.parent)
        self._path = path
        self._change: int | None = None  # the change that edits are noted under
        with self._said_plainly():
            _create_private(path)
            self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._refuse_newer()
            self._db.execute("PRAGMA journal_mode = WAL")
            migrate(self._db)

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def shelf(self, kind: type[Entry]) -> "Shelf[Entry]":
        """The entries of one kind."""
        return Shelf(self, kind)

    def undo(self) -> str | None:
        """Take back the last change that the user made.

        Returns:
            What it was, in words; None where nothing is left to take back.
        """
        with self._transaction():
            last = self._rows("SELECT id, what FROM changes ORDER BY id DESC LIMIT 1")
            if not last:
                return None
            change, what = last[0]
            # A row and those that refer to it come back in any order.
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            edits = self._rows(
                "SELECT place, row, before FROM edits WHERE change = ? ORDER BY id DESC", change
            )
            for place, row, before in edits:
                self._restore(place, row, before)
            self._db.execute("DELETE FROM changes WHERE id = ?", (change,))
        return what

    def earlier(self, place: str, row: int) -> tuple[dict[str, Any], ...]:
        """What a row held before each edit of it, the newest first."""
        rows = self._rows(
            "SELECT before FROM edits WHERE place = ? AND row = ? AND before IS NOT NULL"
            " ORDER BY id DESC",
            place,
            row,
        )
        return tuple(json.loads(before) for (before,) in rows)

    # What the log is made of

    @contextmanager
    def changing(self, what: str, now: datetime) -> Iterator[None]:
        """One transaction, in which every edit is noted so that `undo` can take it back.

        Args:
            what: the change in words, such as "rejection 3 was added"; shown by `undo`.
        """
        with self._transaction():
            if self._change is not None:  # part of a larger change
                yield
                return
            self._change = self._insert(
                "INSERT INTO changes (made, what) VALUES (?, ?)", now.isoformat(), what
            )
            try:
                yield
            finally:
                self._change = None

    def add_row(self, place: str, **columns: Any) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        row = self._insert(f"INSERT INTO {place} ({names}) VALUES ({marks})", *columns.values())
        self._note(place, row, None)
        return row

    def set_row(self, place: str, row: int, **columns: Any) -> None:
        self._note(place, row, self._row(place, row))
        assignments = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(f"UPDATE {place} SET {assignments} WHERE id = ?", (*columns.values(), row))

    def remove_row(self, place: str, row: int) -> None:
        """Remove a row; those that refer to it are to be removed before it."""
        self._note(place, row, self._row(place, row))
        self._db.execute(f"DELETE FROM {place} WHERE id = ?", (row,))

    def _note(self, place: str, row: int, before: str | None) -> None:
        if self._change is not None:
            self._insert(
                "INSERT INTO edits (change, place, row, before) VALUES (?, ?, ?, ?)",
                self._change,
                place,
                row,
                before,
            )

    def _row(self, place: str, row: int) -> str:
        cursor = self._db.execute(f"SELECT * FROM {place} WHERE id = ?", (row,))
        names = [column[0] for column in cursor.description]
        return json.dumps(dict(zip(names, cursor.fetchone(), strict=True)), ensure_ascii=False)

    def _restore(self, place: str, row: int, before: str | None) -> None:
        assert place in _PLACES
        if before is None:
            self._db.execute(f"DELETE FROM {place} WHERE id = ?", (row,))
            return
        columns = json.loads(before)
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
        self._db.execute(
            f"INSERT INTO {place} ({names}) VALUES ({marks})"
            f" ON CONFLICT (id) DO UPDATE SET {changes}",
            tuple(columns.values()),
        )

    def _refuse_newer(self) -> None:
        known = {name for name, _ in MIGRATIONS}
        has_table = self._db.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'migrations'"
        ).fetchone()
        newer = sorted(applied(self._db) - known) if has_table else []
        if newer:
            self._db.close()
            raise LogError(
                f"The log {self._path} was written by a newer coach (it has {newer[-1]}).",
                "Update coach, or set COACH_HOME to another folder; nothing was changed.",
            )

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._plain(error) from error
        except OSError as error:
            raise places.unwritable(self._path.parent, error) from error

    def _plain(self, error: sqlite3.Error) -> LogError | HomeError:
        reason = str(error)
        if "readonly" in reason or "unable to open" in reason:
            return places.unwritable(self._path, reason)
        if "locked" in reason:
            return LogError(
                f"The log {self._path} is in use by another program.", "Try again in a moment."
            )
        if "full" in reason:
            return LogError(f"The disk is full: {self._path} cannot grow.", "Free some space.")
        return LogError(
            f"The log {self._path} is damaged ({reason}).",
            "Move it aside and start afresh; the recordings beside it are untouched.",
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:  # the outer one commits
            yield
            return
        with self._said_plainly():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, query: str, *values: Any) -> list[tuple]:
        with self._said_plainly():
            return self._db.execute(query, values).fetchall()

    def _insert(self, query: str, *values: Any) -> int:
        return self._db.execute(query, values).lastrowid


class Shelf(Generic[Entry]):
    """The entries of one kind, each with a number of its own.

    Each method but the reading ones is one change that `Store.undo` takes back.
    """

    def __init__(self, store: Store, kind: type[Entry]) -> None:
        self._store = store
        self._kind = kind

    def all(self) -> tuple[Entry, ...]:
        """The oldest first."""
        rows = self._store._rows(
            "SELECT body FROM records WHERE kind = ? ORDER BY number", self._kind.KIND
        )
        return tuple(self._read(body) for (body,) in rows)

    def get(self, number: int) -> Entry:
        """One of them.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        return self._read(self._find(number)[1])

    def add(self, entry: Entry, now: datetime) -> Entry:
        kind = self._kind.KIND
        with self._store._transaction():
            ((number,),) = self._store._rows(
                "SELECT COALESCE(MAX(number), 0) + 1 FROM records WHERE kind = ?", kind
            )
            kept = self._read(self._write(entry) | {"number": number})
            with self._store.changing(f"{kind} {number} was added", now):
                self._store.add_row(
                    "records",
                    kind=kind,
                    number=number,
                    body=_dumps(self._write(kept)),
                    added=now.isoformat(),
                )
        return kept

    def replace(self, entry: Entry, now: datetime) -> Entry:
        """Keep an entry in the place of the one with its number; the earlier one is kept too."""
        row, _ = self._find(entry.number)
        with self._store.changing(f"{self._kind.KIND} {entry.number} was changed", now):
            self._store.set_row("records", row, body=_dumps(self._write(entry)))
        return entry

    def remove(self, number: int, now: datetime) -> None:
        row, _ = self._find(number)
        with self._store.changing(f"{self._kind.KIND} {number} was removed", now):
            self._store.remove_row("records", row)

    def _find(self, number: int) -> tuple[int, str]:
        kind = self._kind.KIND
        rows = self._store._rows(
            "SELECT id, body FROM records WHERE kind = ? AND number = ?", kind, number
        )
        if not rows:
            listed = getattr(self._kind, "LISTED_BY", f"coach {kind} list")
            raise UnknownEntryError(
                f"There is no {kind} {number} in the log.", f"`{listed}` shows all."
            )
        return rows[0]

    def _read(self, body: str | dict[str, Any]) -> Entry:
        data = json.loads(body) if isinstance(body, str) else body
        return CONVERTER.structure(data, self._kind)

    def _write(self, entry: Entry) -> dict[str, Any]:
        return CONVERTER.unstructure(entry)


def _dumps(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _create_private(path: Path) -> None:
    # SQLite gives its side files the mode of the database, so only this one needs care.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
