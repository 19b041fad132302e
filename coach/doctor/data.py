"""Checks of the user's data: settings, rights, the log, banks, and what was left unfinished."""

import os
import shlex
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from coach import places, settings
from coach.assessment.norms import load_norms
from coach.doctor.check import Check, failed, fault, good, skipped, warning
from coach.errors import CoachError
from coach.improvement.copies import sound_copy
from coach.improvement.database_file import damage_of, said_plainly
from coach.improvement.entries import State
from coach.improvement.log import Log
from coach.improvement.unfinished import pending, waiting_told
from coach.questions.bank import bank_files
from coach.questions.check import check_banks

_MOST = 3  # paths that a command names


def configuration() -> Check:
    """Whether the settings can be read, and every variable is one."""
    try:
        load_norms(settings.own_norms())
    except CoachError as error:
        return failed("Settings", error)
    unknown = settings.unknown_variables()
    if unknown:
        name, near = next(iter(unknown.items()))
        return warning("Settings", f"{name} is no setting; {near} is one.", places.to_unset(name))
    count = sum(setting.is_own for setting in settings.load().values())
    return good("Settings", f"{count} of your own" if count else "all as they come")


def rights(home: Path) -> Check:
    """Whether the user alone can read the data."""
    if os.name != "posix":
        return skipped("Rights", "They are those of your user's folder.")
    if not home.is_dir():
        return skipped("Rights", "Nothing is kept yet.")
    if not os.access(home, os.W_OK | os.X_OK):
        return failed("Rights", places.unwritable(home, "permission denied"))
    # A checkout belongs to whoever cloned it; what the coach keeps in it is the user's.
    shared = home != places.checkout()
    if shared and not _is_open(home):
        return good("Rights", "you alone can read your data")
    opened = [home] if shared else [path for path in _kept() if _is_open(path)]
    if not opened:
        return good("Rights", "you alone can read your data")
    names = " ".join(shlex.quote(str(path)) for path in opened[:_MOST])
    return warning(
        "Rights",
        f"Others on this machine can read {len(opened)} of your files or folders.",
        f"chmod -R go= {names}",
    )


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _kept() -> Iterator[Path]:
    """The topmost files and folders of the user's."""
    here = (places.recordings(), places.own_banks(), places.models(), places.trash(),
            places.database(), places.settings(), places.own_norms())  # fmt: skip
    return (path for path in here if path.exists())


def database() -> Check:
    """Whether the log is whole."""
    path = places.database()
    if not path.is_file():
        return skipped("Log", "There is none yet.")
    try:
        with said_plainly(path):
            damage = damage_of(path)
        if damage:
            mend = "coach restore" if sound_copy() else "coach restore BACKUP.zip"
            return fault("Log", f"{path} is damaged: {damage}.", mend)
        with Log(path):
            pass  # that of a newer coach is refused
    except CoachError as error:
        return failed("Log", error)
    return good("Log", f"{path} is whole")


def banks() -> Check:
    """Whether every bank can be drilled, the user's own.toml too."""
    own = bank_files(places.own_banks())
    files = [*bank_files(places.shipped_banks()), *own]
    faults = [each for each in check_banks(files) if not each.warning]
    if faults:
        first = faults[0]
        where = first.file.name if first.entry is None else f"{first.file.name}, {first.entry}"
        return fault("Banks", f"{where}: {first.problem}.", "coach bank check")
    return good("Banks", f"{len(files) - len(own)} that come with the coach, {len(own)} of yours")


def unfinished() -> tuple[Check, datetime | None]:
    """What an earlier sitting or restore left, and when the latest take began.

    Only to be asked where the log is whole.
    """
    if not places.database().is_file():
        return skipped("Left over", "There is no log yet."), None
    try:
        with Log(places.database()) as log:
            waiting = pending(log)
            latest = log.attempts(states=tuple(State), limit=1)
    except CoachError as error:
        return failed("Left over", error), None
    begun = latest[0].started if latest else None
    if places.restore_journal().exists():
        return warning("Left over", "A restore was broken off.", "coach review"), begun
    if waiting:
        told = f"{waiting_told(len(waiting))}."
        return warning("Left over", told, "coach transcribe --pending"), begun
    return good("Left over", "nothing waits"), begun
