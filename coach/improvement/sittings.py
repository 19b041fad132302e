"""The takes of one sitting."""

from coach.errors import UnknownEntryError
from coach.improvement.entries import JudgedTake, State
from coach.improvement.log import Log


def judged_takes(
    log: Log, sitting: int | None = None, most: int | None = None
) -> tuple[JudgedTake, ...]:
    """The judged takes of a sitting, in order.

    Args:
        sitting: its number; None for the last one that has any.
        most: only its last ones, at most so many.

    Raises:
        UnknownEntryError: there are none.
    """
    if sitting is None:
        latest = log.attempts(states=(State.ASSESSED,), limit=1)
        if not latest:
            raise UnknownEntryError("No take is judged yet.", "Record one with: coach drill")
        sitting = latest[0].sitting
    numbers = log.takes_of(sitting)[-most if most else None :]
    takes = [log.attempt(number) for number in numbers]
    judged = tuple(take for take in takes if isinstance(take, JudgedTake))
    if not judged:
        raise UnknownEntryError(
            f"There is no judged take of a sitting {sitting} in the log.",
            "`coach review TAKE` names the sitting of a take; without a number it is the last.",
        )
    return judged
