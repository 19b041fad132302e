"""From a backup to the folder of the user's data; what lay there before is moved aside.

Nothing is touched before all of the archive has been unpacked beside it and checked. Then files
change places by renaming alone. What is to be moved stands in a journal first, so that a restore
that ends in the middle, even with the machine, is undone by the next command.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from coach import places
from coach.errors import BackupError, LogError
from coach.improvement.backup import (
    Counting,
    Manifest,
    Progress,
    blocks_of,
    damaged,
    open_archive,
    users_files,
    users_folders,
)
from coach.improvement.database_file import fault_of, settle
from coach.recording.private_file import lock, open_new, sync_folder

SPARE = 50 << 20  # bytes that stay free on the disk
_STAGED = "restoring"  # the folder in which an archive is unpacked


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: the folder in which the earlier data now lie; None where there were none.
    """

    manifest: Manifest
    aside: Path | None


def restore(source: Path, now: datetime, progress: Progress = lambda _done, _of: None) -> Restored:
    """Put a backup in the place of the user's data, which are moved aside.

    Raises:
        BackupError: it is no backup, is damaged or newer, or the disk has no room for it.
        LogError: another program uses the log, or another restore is under way.
        HomeError: the folder of the user's data cannot be written.
    """
    home = places.make_private(places.home())
    recover()
    with open_archive(source, source) as (archive, manifest), _journal() as journal:
        _refuse_too_large(manifest, home)
        staged = home / _STAGED
        count = Counting(progress, 0, manifest.size)
        try:
            for kept in manifest.files:
                target = staged / kept.name
                places.make_private_folders(target.parent)
                with os.fdopen(open_new(target), "wb") as file:
                    for block in blocks_of(archive, kept, source):
                        file.write(block)
                        count.add(len(block))
                    file.flush()
                    os.fsync(file.fileno())
                os.utime(target, (kept.modified, kept.modified))
        except OSError as error:
            raise BackupError(
                f"{source} cannot be unpacked in {home} ({error.strerror}).",
                "Free some space; nothing was changed.",
            ) from error
        fault = fault_of(staged / places.database().name)
        if fault:
            raise damaged(source, f"the log in it: {fault}")
        return Restored(manifest, _swap(journal, now))


def recover() -> None:
    """Undo a restore that ended in the middle; where none did, do nothing.

    Raises:
        LogError: another process is restoring.
        HomeError: what was moved cannot be moved back.
    """
    path = places.restore_journal()
    if not path.exists():
        return
    with suppress(FileNotFoundError):  # it has just ended
        with path.open("r+b") as journal:
            _claim(journal)
            _put_back(journal)
        path.unlink()


@contextmanager
def _journal() -> Iterator[BinaryIO]:
    """The journal, while this process restores; at the end, all is either done or put back."""
    path = places.restore_journal()
    try:
        descriptor = open_new(path)
    except FileExistsError as error:
        raise _under_way() from error
    with os.fdopen(descriptor, "w+b") as journal:
        _claim(journal)
        try:
            yield journal
        finally:
            _put_back(journal)
            if sys.platform == "win32":
                journal.close()  # an open file cannot be removed there
            with suppress(OSError):  # another process looks into it, and will clear it up
                path.unlink()


def _claim(journal: BinaryIO) -> None:
    if not lock(journal):
        raise _under_way()


def _under_way() -> LogError:
    return LogError("A backup is being restored by another program.", "Wait until it has ended.")


def _refuse_too_large(manifest: Manifest, home: Path) -> None:
    free = shutil.disk_usage(home).free
    if manifest.size + SPARE > free:
        raise BackupError(
            f"The backup needs {(manifest.size + SPARE) / 1e6:,.0f} MB, and the disk of {home} has"
            f" {free / 1e6:,.0f} MB left.",
            "Free some space; nothing was changed.",
        )


def _swap(journal: BinaryIO, now: datetime) -> Path | None:
    """Move what is there aside, and what was unpacked into its place.

    Raises:
        LogError: another program uses the log.
        HomeError: something cannot be moved; everything is put back.
    """
    home = places.home()
    if places.database().exists():
        settle(places.database())
    aside = _free(home / f"before-restore-{now.astimezone():%Y-%m-%d-%H%M%S}")
    old, new = _entries(home), _entries(home / _STAGED)
    moves = {"aside": aside.name, "old": old, "new": new}
    _note(journal, moves)
    try:
        for names, source, target in ((old, home, aside), (new, home / _STAGED, home)):
            for name in names:
                places.make_private_folders((target / name).parent)
                (source / name).rename(target / name)
        sync_folder(home)
    except OSError as error:
        raise places.unwritable(home, error) from error
    _note(journal, None)
    return aside if old else None


def _free(folder: Path) -> Path:
    taken = [folder.name for folder in folder.parent.glob(f"{folder.name}*")]
    return folder.with_name(f"{folder.name}-{len(taken) + 1}") if taken else folder


def _entries(root: Path) -> list[str]:
    """What is moved as one piece: the files, and what is in each folder.

    A folder itself stays, for a checkout has a hidden file in it that is not the user's; a link to
    a folder on another disk is moved itself.
    """
    home = places.home()
    database = places.database().name
    names = [database, f"{database}-wal", f"{database}-shm"]
    names += [path.name for path in users_files()]
    found = [name for name in names if (root / name).exists()]
    # Copies of another log than the one beside them are of no use to it.
    for folder in (root / path.relative_to(home) for path in (*users_folders(), places.copies())):
        if folder.is_symlink():
            found.append(folder.name)
        elif folder.is_dir():
            inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
            found += [path.relative_to(root).as_posix() for path in inside]
    return found


def _note(journal: BinaryIO, moves: dict | None) -> None:
    journal.seek(0)
    journal.truncate()
    if moves is not None:
        journal.write(json.dumps(moves).encode())
    journal.flush()
    os.fsync(journal.fileno())


def _put_back(journal: BinaryIO) -> None:
    """Undo the moves that the journal names, as far as they were made, and clear up.

    It may itself be broken off and run again: a piece is moved only from where it is.
    """
    home, staged = places.home(), places.home() / _STAGED
    moves = _read(journal)
    try:
        if moves:
            aside = home / moves["aside"]
            for name in moves["new"]:
                if not (staged / name).exists():
                    (home / name).rename(staged / name)
            for name in moves["old"]:
                if os.path.lexists(aside / name):
                    with suppress(OSError):  # an empty folder would be in the way of a link
                        (home / name).rmdir()
                    (aside / name).rename(home / name)
            _note(journal, None)
            _remove_empty(aside)
    except OSError as error:
        raise places.unwritable(home, error) from error
    shutil.rmtree(staged, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(path).rmdir()


def _read(journal: BinaryIO) -> dict | None:
    journal.seek(0)
    try:
        return json.loads(journal.read())
    except ValueError:  # empty: nothing was moved yet, or all is done; half written: likewise
        return None
