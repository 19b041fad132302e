"""Everything of the user's in one archive: written, read back, and only then given its name.

The archive is a plain zip: the database, the recordings, own banks, settings and norms, and a
`manifest.json` with the size and SHA-256 of each. Models are not in it; they can be fetched again.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from cattrs.errors import BaseValidationError

from coach import __version__, places
from coach.errors import BackupError
from coach.improvement.database_file import fault_of
from coach.improvement.store import CONVERTER, Store
from coach.recording.private_file import write_whole

MANIFEST = "manifest.json"
FORMAT = 1  # of the archive
BLOCK = 1 << 20  # bytes
_LARGEST_MANIFEST = 100 << 20  # bytes: half a million files
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can tell

Progress = Callable[[int, int], None]  # bytes done, of how many


@dataclass(frozen=True)
class Kept:
    """One file of a backup.

    Attributes:
        name: its path in the folder of the user's data, with slashes.
        size: bytes.
        modified: seconds since 1970.
    """

    name: str
    size: int
    sha256: str
    modified: float


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        coach: the version that made it.
    """

    format: int
    made: datetime
    coach: str
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def users_folders() -> tuple[Path, ...]:
    return places.recordings(), places.own_banks()


def users_files() -> tuple[Path, ...]:
    return places.settings(), places.own_norms()


def back_up(
    store: Store,
    target: Path,
    now: datetime,
    *,
    replace: bool = False,
    progress: Progress = lambda _done, _of: None,
) -> Manifest:
    """Write everything of the user's to one new archive, and read it back.

    Args:
        replace: whether a file of that name is overwritten.

    Raises:
        FileTakenError, OutputError: see `write_whole`.
        BackupError: a file cannot be read, or the archive is not what was written.
    """
    if any(target.resolve().is_relative_to(folder.resolve()) for folder in users_folders()):
        raise BackupError(
            f"{target} lies among what is backed up.", "Choose a place outside of your data."
        )
    with write_whole(target, replace=replace) as file:
        with tempfile.TemporaryDirectory(prefix=".coach-", dir=target.parent) as folder:
            copy = Path(folder) / places.database().name
            store.copy_to(copy)
            fault = fault_of(copy)
            if fault:
                raise BackupError(f"The log cannot be backed up: {fault}.", "Restore an older one.")
            manifest = _write(file, copy, now, progress)
        file.flush()
        os.fsync(file.fileno())
        with open_archive(file, target) as (archive, written):
            if written != manifest:
                raise damaged(target, "it does not hold what was written")
            count = Counting(progress, manifest.size, 2 * manifest.size)
            for kept in manifest.files:
                for block in blocks_of(archive, kept, target):
                    count.add(len(block))
    return manifest


class Counting:
    """Adds bytes up for a progress bar."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        self._progress = progress
        self._done = done
        self._total = total

    def add(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def _write(file: BinaryIO, database: Path, now: datetime, progress: Progress) -> Manifest:
    total = sum(path.stat().st_size for path in (database, *_users_own()))
    count = Counting(progress, 0, 2 * total)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        copy = _add(archive, database, database.name, count)
        assert copy is not None  # nobody else knows of it
        kept = [copy]
        done: set[Path] = set()
        # A take that ends meanwhile gets another name: look until nothing is new.
        while fresh := [path for path in _users_own() if path not in done]:
            done.update(fresh)
            for path in fresh:
                name = path.relative_to(places.home()).as_posix()
                kept += filter(None, [_add(archive, path, name, count)])
        manifest = Manifest(FORMAT, now, __version__, tuple(kept))
        archive.writestr(MANIFEST, json.dumps(CONVERTER.unstructure(manifest), indent=1))
    return manifest


def _users_own() -> tuple[Path, ...]:
    """Every file but the database; hidden ones belong to other programs."""
    found = [path for path in users_files() if path.is_file()]
    for top in users_folders():
        for folder, below, names in os.walk(top):
            below[:] = sorted(name for name in below if not name.startswith("."))
            paths = (Path(folder) / name for name in sorted(names) if not name.startswith("."))
            found += [path for path in paths if path.is_file()]
    return tuple(found)


def _add(archive: zipfile.ZipFile, path: Path, name: str, count: Counting) -> Kept | None:
    """Put one file into the archive; None where it is gone since it was listed."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as source:
            modified = os.fstat(source.fileno()).st_mtime
            info = zipfile.ZipInfo(name, _zip_time(modified))
            info.external_attr = 0o600 << 16
            # Sound does not shrink.
            is_sound = path.suffix == ".wav"
            info.compress_type = zipfile.ZIP_STORED if is_sound else zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as entry:
                while block := _read(source, path):
                    entry.write(block)
                    digest.update(block)
                    size += len(block)
                    count.add(len(block))
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise BackupError(
            f"{path} cannot be read ({error.strerror}), so there would be a gap in the backup.",
            "Make it readable to you, or move it out of the folder.",
        ) from error
    return Kept(name, size, digest.hexdigest(), modified)


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(BLOCK)
    except OSError as error:
        raise BackupError(
            f"{path} cannot be read ({error.strerror}), so there would be a gap in the backup.",
            "Check the disk, or move the file out of the folder.",
        ) from error


def _zip_time(seconds: float) -> tuple[int, int, int, int, int, int]:
    moment = datetime.fromtimestamp(seconds).astimezone()
    return max(_EARLIEST, moment.timetuple()[:6])


# Reading one


@contextmanager
def open_archive(source: Path | BinaryIO, name: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup whose list of files is sound; their contents are checked while they are read.

    Args:
        name: how it is called in an error.

    Raises:
        BackupError: it is no backup, is damaged, is from a newer coach, or names a file that does
            not belong into the folder of the user's data.
    """
    with _opened(source, name) as archive:
        manifest = _manifest(archive, name)
        _check_names(archive, manifest, name)
        yield archive, manifest


def _opened(source: Path | BinaryIO, name: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {name}.", "Check the name.") from error
    except OSError as error:
        raise BackupError(
            f"{name} cannot be read ({error.strerror}).", "Make it readable to you."
        ) from error
    except zipfile.BadZipFile as error:
        if zipfile.is_zipfile(source):
            raise damaged(name, str(error)) from error
        raise BackupError(
            f"{name} is not a zip archive, or its end is missing.",
            "Name a file that `coach backup` made.",
        ) from error


def blocks_of(archive: zipfile.ZipFile, kept: Kept, name: Path) -> Iterator[bytes]:
    """The content of one file, block by block.

    Raises:
        BackupError: at its end, or before: it is not what was backed up.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(kept.name) as entry:
            while block := entry.read(BLOCK):
                digest.update(block)
                size += len(block)
                if size > kept.size:
                    break
                yield block
    # What zipfile raises for damage, and for encryption and methods that it does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise damaged(name, f"{kept.name}: {error}") from error
    if size != kept.size or digest.hexdigest() != kept.sha256:
        raise damaged(name, f"{kept.name} is not what was backed up")


def damaged(name: Path, why: str) -> BackupError:
    return BackupError(
        f"The backup {name} is damaged ({why}).", "Take another backup; nothing was changed."
    )


def _manifest(archive: zipfile.ZipFile, name: Path) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise damaged(name, "its list of files is too long")
        data = json.loads(archive.read(MANIFEST))
    except KeyError as error:
        raise BackupError(
            f"{name} is a zip archive, but no backup of coach (it has no {MANIFEST}).",
            "Name a file that `coach backup` made.",
        ) from error
    except (ValueError, zlib.error, EOFError, RuntimeError) as error:
        raise damaged(name, f"{MANIFEST}: {error}") from error
    if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise BackupError(
            f"The backup {name} was made by a newer coach ({data.get('coach')}).",
            "Update coach; nothing was changed.",
        )
    try:
        return CONVERTER.structure(data, Manifest)
    except BaseValidationError as error:
        raise damaged(name, f"{MANIFEST} has another shape") from error


def _check_names(archive: zipfile.ZipFile, manifest: Manifest, name: Path) -> None:
    listed = [kept.name for kept in manifest.files]
    if sorted([*listed, MANIFEST]) != sorted(archive.namelist()):
        raise damaged(name, f"{MANIFEST} and the files differ")
    if len({each.casefold() for each in listed}) != len(listed):
        raise damaged(name, "two files have one name")
    if places.database().name not in listed:
        raise damaged(name, "the log is not in it")
    for kept in manifest.files:
        if not _belongs(kept.name) or kept.size < 0:
            raise BackupError(
                f'The backup {name} names a file that does not belong there: "{kept.name}".',
                "It was not made by coach; nothing was changed.",
            )


def _belongs(name: str) -> bool:
    """Whether a name leads to a file that a backup may hold, and to no other place."""
    parts = PurePosixPath(name).parts
    climbs = ".." in PureWindowsPath(name).parts  # which knows both kinds of slash
    if not parts or "/".join(parts) != name or climbs or "\0" in name:
        return False
    if len(parts) == 1:
        return name in {path.name for path in (places.database(), *users_files())}
    hidden = any(part.startswith(".") for part in parts)
    return parts[0] in {folder.name for folder in users_folders()} and not hidden
