"""The database as a file: private, whole, and free to be moved."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coach import places
from coach.errors import DamagedLogError, HomeError, LogError
from coach.improvement.migrations import is_log, newer

_WITH_JSON = {"attempts", "edits", "records", "rejections"}
_JSON = {
    "assessment", "before", "body", "corrections", "details", "question", "recording", "transcript",
}  # fmt: skip
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def create_private(path: Path) -> None:
    """Make the file, if it is not there, for the user alone (0600)."""
    # SQLite gives its side files the mode of the database, so only this one needs care.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def copy(database: sqlite3.Connection, path: Path) -> None:
    """Write a whole database, as it is at one moment, to a private file."""
    create_private(path)
    with closing(sqlite3.connect(path)) as target:
        database.backup(target)


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """What SQLite and the system say about the log at this path, in words.

    Raises:
        DamagedLogError, LogError, HomeError
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _plain(error, path) from error
    except OSError as error:
        raise places.unwritable(path.parent, error) from error


def _plain(error: sqlite3.Error, path: Path) -> LogError | HomeError:
    reason = str(error)
    if is_damage(error):
        return damaged(path, reason)
    if "readonly" in reason or "unable to open" in reason:
        return places.unwritable(path, reason)
    if "locked" in reason:
        return LogError(f"The log {path} is in use by another program.", "Try again in a moment.")
    if "full" in reason:
        return LogError(f"The disk is full: {path} cannot grow.", "Free some space.")
    return LogError(
        f"The log {path} cannot be used ({reason}).",
        "Look whether its disk is in order, and try again.",
    )


def damaged(path: Path, reason: str) -> DamagedLogError:
    return DamagedLogError(
        f"The log {path} is damaged ({reason}).",
        "Run the command again; the recordings beside it are untouched.",
    )


def is_damage(error: sqlite3.Error) -> bool:
    """Whether it says that the file holds something else than SQLite wrote, and nothing less."""
    is_text = "decode to UTF-8" in str(error)  # the words of Python's module, which has no code
    return is_text or getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def damage_of(path: Path, *, texts: bool = True) -> str | None:
    """What is damaged in a log, in SQLite's words; None where it is whole.

    Args:
        texts: whether those that hold JSON are read, too; SQLite itself does not look into them.

    Raises:
        sqlite3.DatabaseError: that cannot be found out: it is busy, or the disk is full.
    """
    if path.stat().st_size == 0:
        return "it is empty"
    try:
        with closing(sqlite3.connect(path)) as database:
            ((verdict,), *_) = database.execute("PRAGMA integrity_check").fetchall()
            if verdict != "ok":
                return verdict
            return _unreadable(database) if texts else None
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return str(error)
        raise


def _unreadable(database: sqlite3.Connection) -> str | None:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    for table in _WITH_JSON & set(tables):
        for row in by_name(database.execute(f"SELECT * FROM {table}")):
            for name, value in row.items():
                if name in _JSON and value is not None:
                    try:
                        json.loads(value)
                    except ValueError as error:
                        return f"{table}, row {row['id']}, {name}: {error}"
    return None


def by_name(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """Each row that is left in a cursor, as its columns by name."""
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def unknown_step(path: Path, timeout: float) -> str | None:
    """A step of a newer coach that a log holds, read without a change of any file beside it.

    Args:
        timeout: seconds to wait for another process.

    Raises:
        sqlite3.DatabaseError: it is damaged, or busy.
    """
    # Not its usual address: on a share of Windows that names a server, which SQLite refuses.
    address = f"file:{quote(os.fsencode(path.absolute()), safe='')}"
    try:
        return _unknown_step(f"{address}?mode=ro", timeout)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        # A crash amid a change of the whole file: SQLite takes that back before anybody can read.
        return _unknown_step(address, timeout)


def _unknown_step(address: str, timeout: float) -> str | None:
    with closing(sqlite3.connect(address, timeout=timeout, uri=True)) as looked_at:
        return newer(looked_at)


def fault_of(path: Path) -> str | None:
    """What is wrong with a copy of a database, in words; None where it is whole and can be read."""
    try:
        damage = damage_of(path)
        if damage:
            return f"it is damaged: {damage}"
        with closing(sqlite3.connect(path)) as copied:
            if not is_log(copied):
                return "it is no log of coach"
            step = newer(copied)
            if step:
                return f"it was written by a newer coach (it has {step})"
            return None
    except sqlite3.DatabaseError as error:
        return f"it cannot be read: {error}"


def settle(path: Path) -> None:
    """Bring everything into the one file of the database, so that it can be moved.

    Raises:
        LogError: another program has it open.
    """
    try:
        with closing(sqlite3.connect(path, timeout=0)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise LogError(
                f"The log {path} is in use by another program.",
                "End the sitting or command that is running, and try again.",
            ) from error
        # A damaged one is moved as it is, with its side files.
