"""What one check found, and how it is mended."""

from dataclasses import dataclass
from enum import StrEnum

from coach.errors import CoachError


class State(StrEnum):
    """How a check ended."""

    GOOD = "good"
    SKIPPED = "skipped"  # there is nothing to check
    WARNING = "warning"  # the coach works, and could do better
    FAULT = "fault"  # something does not work until it is mended


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes:
        name: what was looked at.
        says: what was found, in words.
        mend: a command that mends it, or words where none does; "" where nothing is to be mended.
    """

    name: str
    state: State
    says: str
    mend: str = ""


def good(name: str, says: str) -> Check:
    return Check(name, State.GOOD, says)


def skipped(name: str, says: str, mend: str = "") -> Check:
    return Check(name, State.SKIPPED, says, mend)


def warning(name: str, says: str, mend: str) -> Check:
    return Check(name, State.WARNING, says, mend)


def fault(name: str, says: str, mend: str) -> Check:
    return Check(name, State.FAULT, says, mend)


def failed(name: str, error: CoachError) -> Check:
    """An error of the coach's own, which brings its next step."""
    return fault(name, error.message, error.next_step)
