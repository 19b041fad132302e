"""Files that the user alone can read, and a lock that says which process is writing one."""

import contextlib
import errno
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from coach.errors import FileTakenError, OutputError

LOCKED_BYTE = 1 << 40  # Windows locks a range and forbids reading it: one far beyond any take


def open_new(path: Path) -> int:
    """A descriptor of a file that did not exist, 0600 whatever the umask."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600)


def lock(file: BinaryIO) -> bool:
    """Claim an open file until it is closed or the process ends; False if another holds it.

    A file system without locks (some network homes) says yes to everyone.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(LOCKED_BYTE)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            finally:
                file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Make a new or changed name in this folder survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def rename_free(path: Path, target: Path) -> Path:
    """Rename without overwriting: where the target is taken, its name gets a number.

    Raises:
        OSError: the folder cannot be written.
    """
    free = target
    for number in itertools.count(2):
        if not free.exists():
            break
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    path.rename(free)
    sync_folder(free.parent)
    return free


@contextlib.contextmanager
def write_whole(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A new private file that gets its name when all of it is on the disk, and else leaves nothing.

    Args:
        replace: whether a file of that name is overwritten.

    Raises:
        FileTakenError: there is a file of that name, or another process is writing it.
        OutputError: the disk is full, or the folder is not there or cannot be written.
    """
    part = unfinished(path)
    try:
        _refuse_taken(path, replace=replace)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "w+b") as file:
            if not lock(file):
                raise FileTakenError(
                    f"{path} is being written by another program.", "Wait until it has ended."
                )
            try:
                part.chmod(0o600)
                file.truncate()
                yield file
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                if sys.platform == "win32":
                    with contextlib.suppress(OSError):  # the disk is full, and it is closed
                        file.close()  # an open file cannot be removed there
                # Elsewhere under the lock: it is nobody else's yet.
                part.unlink(missing_ok=True)
                raise
        _refuse_taken(path, replace=replace)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def unfinished(path: Path) -> Path:
    """Where a file lies while `write_whole` writes it."""
    return path.with_name(f"{path.name}.part")


def _refuse_taken(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise FileTakenError(f"{path} is a folder.", "Name a file in it.")
    if path.exists() and not replace:
        raise FileTakenError(
            f"{path} is there already; it was not changed.",
            "Choose another name, or overwrite it with --force.",
        )


def _unwritable(path: Path, error: OSError) -> OutputError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(
            f"The disk is full: {path} cannot be written.", "Free some space, or write elsewhere."
        )
    return OutputError(
        f"{path} cannot be written ({error.strerror}).",
        "Check the name, or choose a folder of yours.",
    )
