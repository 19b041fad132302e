"""Files that the user alone can read, and a lock that says which process is writing one."""

import contextlib
import itertools
import os
import sys
from pathlib import Path
from typing import BinaryIO

LOCKED_BYTE = 1 << 40  # Windows locks a range and forbids reading it: one far beyond any take


def make_private_folders(folder: Path) -> None:
    """Create a folder and its missing parents as 0700, whatever the umask; what exists stays."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


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
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
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
