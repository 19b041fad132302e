"""Days that the user gives for what has happened: none still to come, none before the one ahead."""

from datetime import date

from coach.improvement.entries import Rejection

EARLIEST = date(1950, 1, 1)  # before it a day can only be mistyped

Named = tuple[str, date | None]  # such as ("the letter", 3 March); None where it is not known


def fault_of_days(today: date, *days: Named) -> str | None:
    """What is wrong with days of the past, in one sentence; None where nothing is.

    Args:
        days: in the order in which they must have come.
    """
    last: tuple[str, date] | None = None
    for name, day in days:
        if day is None:
            continue
        if day > today:
            return f"The day of {name}, {day}, is still to come: today is {today}."
        if day < EARLIEST:
            return f"The day of {name}, {day}, lies before {EARLIEST.year}."
        if last is not None and day < last[1]:
            return f"The day of {name}, {day}, cannot come before that of {last[0]}, {last[1]}."
        last = name, day
    return None


def fault_of_rejection(rejection: Rejection, today: date) -> str | None:
    """What is wrong with the days of a rejection."""
    return fault_of_days(
        today,
        ("their decision", rejection.date),
        ("your letter (asked)", rejection.asked),
        ("their answer to it (answered)", rejection.answered),
    )
