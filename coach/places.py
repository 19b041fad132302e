"""Where things lie. COACH_HOME moves all of the user's data."""

import os
import shutil
import sys
from pathlib import Path

import platformdirs

from coach.errors import HomeError

PACKAGE = Path(__file__).resolve().parent
SITTING = "sitting.lock"  # in the home: which process holds the one sitting


def checkout() -> Path | None:
    """The source checkout that this package is run from, or None for an installed wheel."""
    parent = PACKAGE.parent
    is_checkout = (parent / "pyproject.toml").is_file() and (parent / "question_banks").is_dir()
    return parent if is_checkout else None


def home() -> Path:
    """The one folder of the user's data: COACH_HOME, else the checkout, else the platform's."""
    chosen = os.environ.get("COACH_HOME")
    if chosen:
        return Path(chosen).expanduser().resolve()
    return checkout() or Path(platformdirs.user_data_dir("coach", appauthor=False))


def recordings() -> Path:
    return home() / "recordings"


def database() -> Path:
    return home() / "coach.db"


def models() -> Path:
    return home() / "models"


def shipped_banks() -> Path:
    in_wheel = PACKAGE / "question_banks"
    return in_wheel if in_wheel.is_dir() else PACKAGE.parent / "question_banks"


def own_banks() -> Path:
    """Where the user's own questions are read from, beside the recordings."""
    return home() / "my_banks"


def own_norms() -> Path:
    """A file in which the user may override any number of norms.toml."""
    return home() / "norms.toml"


def settings() -> Path:
    return home() / "settings.toml"


def trash() -> Path:
    """Recordings of deleted takes, until they are removed for good a day later."""
    return home() / "trash"


def copies() -> Path:
    """The coach's own copies of the database; what the user backs up lies wherever they want."""
    return home() / "backups"


def restore_journal() -> Path:
    """What a restore is about to move; there only while one is under way, or was broken off."""
    return home() / "restoring.json"


def samples() -> Path:
    """The packaged spoken answers that `coach demo` judges."""
    return PACKAGE / "samples"


def make_private(folder: Path) -> Path:
    """Create a folder that the user alone can enter (0700).

    Raises:
        HomeError: the folder cannot be made or written.
    """
    try:
        make_private_folders(folder)
        if folder != checkout():
            folder.chmod(0o700)
    except OSError as error:
        raise unwritable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, "permission denied")
    return folder


def make_private_folders(folder: Path) -> None:
    """Create a folder and its missing parents as 0700, whatever the umask; what exists stays."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def unwritable(folder: Path, reason: object) -> HomeError:
    why = reason.strerror if isinstance(reason, OSError) else reason
    return HomeError(
        f"Nothing can be written to {folder} ({why}).",
        f"Set COACH_HOME to a folder of yours, for example: {to_set('COACH_HOME', '~/coach')}",
    )


def to_set(variable: str, value: str) -> str:
    """The line that sets a variable of the environment; for PowerShell on Windows."""
    if sys.platform == "win32":
        return f'$env:{variable} = "{value}"'
    return f"export {variable}={value}"


def to_unset(variable: str) -> str:
    """The line that takes a variable out of the environment; for PowerShell on Windows."""
    if sys.platform == "win32":
        return f"Remove-Item Env:{variable}"
    return f"unset {variable}"


def free() -> int:
    """Bytes that are free where the user's data lies, or is going to."""
    there = next(folder for folder in (home(), *home().parents) if folder.is_dir())
    return shutil.disk_usage(there).free
