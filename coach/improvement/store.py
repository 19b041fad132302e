"""The file under the log: one transaction a change, every user's edit kept, the last one undone.

Only it and `log.py`, `readings.py`, `reviewing.py`, `database_file.py`, `copies.py` and
`migrations.py` know SQLite.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from cattrs.preconf.json import make_converter

from coach import places
from coach.errors import LogError, UnknownEntryError
from coach.improvement import copies
from coach.improvement.database_file import (
    by_name,
    copy,
    create_private,
    damaged,
    said_plainly,
    unknown_step,
)
from coach.improvement.migrations import migrate, next_step

BUSY = 10.0  # s to wait for another process of the same user
PLACES = ("rejections", "feedback", "points", "records", "sittings", "attempts")

CONVERTER = make_converter()  # dataclasses to JSON and back: dates as ISO 8601, enums as values


class Record(Protocol):
    """A frozen dataclass that a shelf keeps, with a number of its own (0 until it is kept).

    LISTED_BY names the command that lists them, where it is not `coach KIND list`.
    """

    KIND: ClassVar[str]

    @property
    def number(self) -> int: ...


Entry = TypeVar("Entry", bound=Record)


@dataclass(frozen=True)
class Change:
    """What the user did, in words such as "rejection 3 was added"; it can be taken back."""

    number: int
    made: datetime
    what: str


@dataclass(frozen=True)
class Version:
    """What a row held before a change of it.

    Attributes:
        columns: every column by its name.
        points: the points that the change took from it; empty where it took none.
    """

    until: Change
    columns: dict[str, Any]
    points: tuple[dict[str, Any], ...]


class Store:
    """A database that migrates itself, says its faults plainly, and can take back what was done.

    Use as a context manager; it makes the database where there is none.

    Raises:
        HomeError: the folder cannot be written.
        LogError: the database is busy, or from a newer version; DamagedLogError: it is damaged.
    """

    def __init__(self, path: Path) -> None:
        places.make_private(path.parent)
        self._path = path
        self._change: int | None = None  # the change that edits are noted under
        with self._said_plainly():
            if path.exists():
                self._refuse(path)
            create_private(path)
            self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
        self._db.execute("PRAGMA temp_store = MEMORY")  # no words outside the home
        self._db.execute("PRAGMA journal_mode = WAL")
        step = next_step(self._db)
        if step:
            copies.keep(self._db, f"before-{step}")
        migrate(self._db)

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def shelf(self, kind: type[Entry]) -> "Shelf[Entry]":
        """The entries of one kind."""
        return Shelf(self, kind)

    def last_change(self) -> Change | None:
        """What `undo` would take back; None where nothing is left."""
        rows = self._rows("SELECT id, made, what FROM changes ORDER BY id DESC LIMIT 1")
        return _change(*rows[0]) if rows else None

    def undo(self, only: Change | None = None) -> str | None:
        """Take back the last change that the user made.

        Args:
            only: the change that is meant; None for whichever is the last.

        Returns:
            What it was, in words; None where nothing is left to take back.

        Raises:
            LogError: another change came after the one that is meant.
        """
        with self._transaction():
            last = self.last_change()
            if only not in (None, last):
                raise LogError(
                    "The log was changed again by another program.", "Look and try again."
                )
            if last is None:
                return None
            # A row and those that refer to it come back in any order.
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            edits = self._rows(
                "SELECT place, row, before FROM edits WHERE change = ? ORDER BY id DESC",
                last.number,
            )
            for place, row, before in edits:
                self._restore(place, row, before)
            self._db.execute("DELETE FROM changes WHERE id = ?", (last.number,))
        return last.what

    def earlier(self, place: str, row: int) -> tuple[Version, ...]:
        """What a row held before each edit of it, the newest first."""
        rows = self._rows(
            "SELECT c.id, c.made, c.what, e.before, (SELECT json_group_array(json(p.before))"
            " FROM edits p WHERE p.change = c.id AND p.place = 'points' AND p.before IS NOT NULL)"
            " FROM edits e JOIN changes c ON c.id = e.change"
            " WHERE e.place = ? AND e.row = ? AND e.before IS NOT NULL ORDER BY e.id DESC",
            place,
            row,
        )
        now = self._rows(f"SELECT id FROM {place} WHERE id = ?", row)
        columns, versions = self._columns(place, row) if now else {}, []
        for *change, before, points in rows:
            columns = {**columns, **json.loads(before)}
            versions.append(Version(_change(*change), columns, tuple(json.loads(points))))
        return tuple(versions)

    def table(self, place: str) -> Iterator[dict[str, Any]]:
        """Every row of a place, by its number, as its columns by name."""
        assert place in PLACES
        with self._said_plainly():
            yield from by_name(self._db.execute(f"SELECT * FROM {place} ORDER BY id"))

    def copy_to(self, path: Path) -> None:
        """Write the whole database, as it is at one moment, to a new private file."""
        with self._said_plainly():
            copy(self._db, path)

    def keep_copy(self, now: datetime) -> None:
        """Keep one of the coach's own copies, at most one a day.

        Raises:
            DamagedLogError: the log is damaged.
            OutputError, HomeError, LogError: the copy cannot be written.
        """
        with self._said_plainly():
            copies.keep_daily(self._db, now)

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
                self._db.execute(  # where nothing was changed, there is nothing to take back
                    "DELETE FROM changes WHERE id = ?1"
                    " AND NOT EXISTS (SELECT 1 FROM edits WHERE change = ?1)",
                    (self._change,),
                )
            finally:
                self._change = None

    def add_row(self, place: str, **columns: Any) -> int:
        row = self._insert_row(place, columns)
        self._note(place, row, None)
        return row

    def set_row(self, place: str, row: int, **columns: Any) -> None:
        before = self._columns(place, row)
        # Only what is changed, so that taking it back leaves alone what else happened to the row.
        self._note(place, row, {name: before[name] for name in columns})
        self._update_row(place, row, columns)

    def remove_row(self, place: str, row: int) -> None:
        """Remove a row; those that refer to it are to be removed before it."""
        self._note(place, row, self._columns(place, row))
        self._db.execute(f"DELETE FROM {place} WHERE id = ?", (row,))

    def _note(self, place: str, row: int, before: dict[str, Any] | None) -> None:
        if self._change is not None:
            self._insert(
                "INSERT INTO edits (change, place, row, before) VALUES (?, ?, ?, ?)",
                self._change,
                place,
                row,
                None if before is None else _dumps(before),
            )

    def _columns(self, place: str, row: int) -> dict[str, Any]:
        return next(by_name(self._db.execute(f"SELECT * FROM {place} WHERE id = ?", (row,))))

    def _restore(self, place: str, row: int, before: str | None) -> None:
        assert place in PLACES
        if before is None:
            self._db.execute(f"DELETE FROM {place} WHERE id = ?", (row,))
        else:
            columns = json.loads(before)
            if not self._update_row(place, row, columns):
                self._insert_row(place, columns)  # when it was removed, all of them were noted

    def _refuse(self, path: Path) -> None:
        if path.stat().st_size == 0 and copies.all_copies():
            raise damaged(path, "it is empty")
        step = unknown_step(path, timeout=BUSY)
        if step:
            raise LogError(
                f"The log {path} was written by a newer coach (it has {step}).",
                "Update coach, or set COACH_HOME to another folder; nothing was changed.",
            )

    def _said_plainly(self) -> AbstractContextManager[None]:
        return said_plainly(self._path)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:  # the outer one commits
            yield
            return
        with self._said_plainly():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk may have ended it
                    self._db.execute("ROLLBACK")
                raise

    def _rows(self, query: str, *values: Any) -> list[tuple]:
        with self._said_plainly(), suppress(OverflowError):
            return self._db.execute(query, values).fetchall()
        return []  # no row has a number that SQLite cannot hold

    def _update_row(self, place: str, row: int, columns: dict[str, Any]) -> bool:
        """Give these columns of a row their values; False where there is no such row."""
        assignments = ", ".join(f"{name} = ?" for name in columns)
        query = f"UPDATE {place} SET {assignments} WHERE id = ?"
        return self._db.execute(query, (*columns.values(), row)).rowcount > 0

    def _insert_row(self, place: str, columns: dict[str, Any]) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        return self._insert(f"INSERT INTO {place} ({names}) VALUES ({marks})", *columns.values())

    def _insert(self, query: str, *values: Any) -> int:
        row = self._db.execute(query, values).lastrowid
        assert row is not None  # it is of an INSERT
        return row


class Shelf(Generic[Entry]):
    """The entries of one kind, each with a number of its own.

    Each method but `put` and the reading ones is one change that `Store.undo` takes back.
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

    def last(self) -> Entry | None:
        """The newest; None where there is none."""
        latest = "SELECT body FROM records WHERE kind = ? ORDER BY number DESC LIMIT 1"
        rows = self._store._rows(latest, self._kind.KIND)
        return self._read(rows[0][0]) if rows else None

    def get(self, number: int) -> Entry:
        """One of them.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        return self._read(self._find(number)[1])

    def add(self, entry: Entry, now: datetime) -> Entry:
        with self._store._transaction():
            number = self._next()
            with self._store.changing(f"{self._kind.KIND} {number} was added", now):
                return self._keep(entry, number, now)

    def put(self, entry: Entry, now: datetime) -> Entry:
        """Keep an entry of the coach's own: `Store.undo` does not know of it."""
        with self._store._transaction():
            return self._keep(entry, self._next(), now)

    def _next(self) -> int:
        ((number,),) = self._store._rows(
            "SELECT COALESCE(MAX(number), 0) + 1 FROM records WHERE kind = ?", self._kind.KIND
        )
        return number

    def _keep(self, entry: Entry, number: int, now: datetime) -> Entry:
        kept = self._read(self._write(entry) | {"number": number})
        self._store.add_row(
            "records",
            kind=self._kind.KIND,
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


def _change(number: int, made: str, what: str) -> Change:
    return Change(number, datetime.fromisoformat(made), what)
