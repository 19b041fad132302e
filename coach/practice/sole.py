"""One sitting at a time on a home."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from coach import places
from coach.errors import AnotherSittingError
from coach.recording.private_file import lock


@contextmanager
def sole_sitting() -> Iterator[None]:
    """Hold the home's one seat.

    The system frees the lock when its process ends, however it ends: a file that a crash left
    behind keeps nobody out.

    Raises:
        AnotherSittingError: another process holds it.
        HomeError: nothing can be written to the home.
    """
    path = places.make_private(places.home()) / places.SITTING
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise places.unwritable(path, error) from error
    with os.fdopen(descriptor, "r+b") as file:
        if not lock(file):
            holder = file.read(20).decode(errors="ignore").strip()
            raise AnotherSittingError(
                f"Another sitting is under way on {places.home()} (process {holder or 'unknown'}).",
                "End it first, or set COACH_HOME to another folder.",
            )
        file.write(f"{os.getpid()}\n".encode())
        file.truncate()
        file.flush()
        yield
