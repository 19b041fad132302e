"""The database as a file: private, whole, and free to be moved."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from coach.errors import LogError
from coach.improvement.migrations import is_log, newer


def create_private(path: Path) -> None:
    """Make the file, if it is not there, for the user alone (0600)."""
    # SQLite gives its side files the mode of the database, so only this one needs care.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def fault_of(path: Path) -> str | None:
    """What is wrong with a copy of a database, in words; None where it is whole and can be read."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            ((verdict,), *_) = copy.execute("PRAGMA integrity_check").fetchall()
            if verdict != "ok":
                return f"it is damaged: {verdict}"
            if not is_log(copy):
                return "it is no log of coach"
            step = newer(copy)
            if step:
                return f"it was written by a newer coach (it has {step})"
            return None
    except sqlite3.DatabaseError as error:
        return f"it is damaged: {error}"


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
