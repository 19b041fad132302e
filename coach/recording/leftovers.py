"""What a crash left behind: takes that were cut short, found at the next start and mended."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.errors import RecordingError
from coach.recording.audio_file import mend, samples_on_disk
from coach.recording.private_file import lock, rename_free
from coach.recording.recording import PART, SAMPLE_RATE, Notice, Recording, in_minutes

EMPTY_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Leftover:
    """A take that was cut short.

    Attributes:
        path: its file, which ends in `.part.wav`.
        seconds: how much was kept.
        started: when the answer began, in UTC, from the time of its last block.
    """

    path: Path
    seconds: float
    started: datetime

    @property
    def text(self) -> str:
        """In words, with the user's own clock."""
        at = self.started.astimezone().strftime("%H:%M")
        return f"An answer from {at} was cut short: {in_minutes(self.seconds)} were kept."


def find_leftovers(folder: Path) -> tuple[Leftover, ...]:
    """The takes in a folder and its subfolders that no process is writing, oldest first.

    Files without sound that are older than a day are deleted: the crash came before the answer.
    """
    found = [_look_at(path) for path in folder.rglob(f"*{PART}")]
    return tuple(sorted((each for each in found if each), key=lambda each: each.started))


def _look_at(path: Path) -> Leftover | None:
    try:
        with path.open("r+b") as file:
            if not lock(file):
                return None
            seconds = samples_on_disk(path) / SAMPLE_RATE
            ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:  # renamed or deleted by another process since it was listed, or not ours
        return None
    if not seconds:
        # Not at once: where a file system has no locks, a recorder may be waiting for its user.
        if datetime.now(UTC) - ended > EMPTY_KEPT:
            with contextlib.suppress(OSError):
                path.unlink()
        return None
    return Leftover(path, round(seconds, 3), ended - timedelta(seconds=seconds))


def recover(leftover: Leftover) -> Recording:
    """Mend the header of a leftover and give it its plain name.

    Raises:
        RecordingError: another process has taken it, or the folder cannot be written.
    """
    path = leftover.path
    try:
        with path.open("r+b") as file:
            if not lock(file):
                raise BlockingIOError(None, "another process is writing it")
        samples = mend(path)
        plain = rename_free(path, path.with_name(path.name.removesuffix(PART) + ".wav"))
    except OSError as error:
        raise RecordingError(
            f"{path.name} cannot be mended ({error.strerror}).", f"The file lies in {path.parent}."
        ) from error
    seconds = round(samples / SAMPLE_RATE, 3)
    notice = Notice("crash", seconds, leftover.text)
    return Recording(plain, seconds, leftover.started, "unknown", (notice,))
