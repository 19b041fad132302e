"""The coach's own copies of the log, from which a damaged one is put in order again.

They lie in `backups/`, named by a number that only grows and by the day, so that a clock which
jumps does not make an old one the newest. What is forgotten stands in none of them: forgetting
removes them all, and the next command makes a fresh one.
"""

import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach import places
from coach.errors import DamagedLogError, FileTakenError
from coach.improvement.database_file import copy, damage_of, damaged, fault_of
from coach.recording.private_file import rename_free, unfinished, write_whole

KEPT = 3  # copies; each is as large as the log
_DAMAGED = ".damaged-"
_NUMBERED = "[0-9]" * 6 + "-*.db"


def all_copies() -> tuple[Path, ...]:
    """The oldest first."""
    return tuple(sorted(places.copies().glob(_NUMBERED)))


def keep_daily(database: sqlite3.Connection, now: datetime) -> None:
    """Keep a copy, where the last one is of another day; see `keep`."""
    day = f"{now.astimezone():%Y-%m-%d}"
    copies = all_copies()
    if not copies or not copies[-1].stem.endswith(day):
        keep(database, day)


def keep(database: sqlite3.Connection, label: str) -> None:
    """Write a copy of a log, look whether it is sound, and remove the oldest beyond three.

    Args:
        label: what its name says besides its number.

    Raises:
        DamagedLogError: the log is damaged; no copy was removed.
        OutputError, HomeError, sqlite3.DatabaseError: it cannot be written.
    """
    folder = places.make_private(places.copies())
    copies = all_copies()
    number = 1 + (int(copies[-1].name[:6]) if copies else 0)
    target = folder / f"{number:06}-{label}.db"
    with suppress(FileTakenError), write_whole(target):  # taken: another process is at it
        copy(database, unfinished(target))
        damage = damage_of(unfinished(target))
        if damage:
            raise damaged(places.database(), damage)
    for old in all_copies()[:-KEPT]:
        old.unlink(missing_ok=True)


def sound_copy() -> Path | None:
    """The newest copy that can be put in the place of the log; None where there is none."""
    return next((each for each in reversed(all_copies()) if fault_of(each) is None), None)


def remove_copies() -> None:
    """Remove every copy, also one that is being written now or that a crash left unfinished.

    Raises:
        OSError: one of them cannot be removed.
    """
    for path in places.copies().glob(f"{_NUMBERED}*"):
        path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Rescue:
    """What was done about a damaged log.

    Attributes:
        aside: where it lies now.
        source: the copy that took its place; None where there was no sound one.
    """

    aside: Path
    source: Path | None


def rescue(now: datetime) -> Rescue | None:
    """Move a damaged log aside, and put the newest sound copy in its place.

    Returns:
        None where nothing was done: it is not damaged (another process was faster), or that cannot
        be found out.

    Raises:
        OutputError, HomeError: it cannot be moved, or the copy cannot be written.
        DamagedLogError: one text is damaged, and no copy is sound; all else stays as it is.
    """
    log = places.database()
    try:
        damage = damage_of(log)
    except sqlite3.DatabaseError:
        return None
    if damage is None:
        return None
    source = sound_copy()
    if source is None and damage_of(log, texts=False) is None:
        raise DamagedLogError(
            f"The log {log} is damaged ({damage}), and no copy of it is sound.",
            "Restore a backup with `coach restore FILE`; nothing was changed.",
        )
    if source is None:
        return Rescue(_move_aside(log, now), None)
    with write_whole(log, replace=True) as file, source.open("rb") as sound:
        shutil.copyfileobj(sound, file)
        file.flush()
        os.fsync(file.fileno())  # all of it is there before the old one leaves its place
        return Rescue(_move_aside(log, now), source)


def moved_aside() -> tuple[Path, ...]:
    """What damage or a restore has moved aside, and the user may need or delete."""
    home, damaged_log = places.home(), f"{places.database().name}{_DAMAGED}"
    return tuple(sorted((*home.glob("before-restore-*"), *home.glob(f"{damaged_log}*"))))


def _move_aside(log: Path, now: datetime) -> Path:
    target = log.with_name(f"{log.name}{_DAMAGED}{now.astimezone():%Y-%m-%d-%H%M%S}")
    try:
        # These go first: beside another database they would be taken for its own.
        for side in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                log.with_name(log.name + side).rename(target.with_name(target.name + side))
        return rename_free(log, target)
    except OSError as error:
        raise places.unwritable(log.parent, error) from error
