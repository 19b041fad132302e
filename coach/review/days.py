"""How days and moments are written: short in lists and columns, in full in sentences."""

from datetime import date, datetime


def listed(day: date) -> str:
    """As in a list: "29 Nov 2026"."""
    return f"{day:%d %b %Y}"


def listed_moment(when: datetime, today: date | None = None) -> str:
    """In the user's own time: "29 Nov 2026 14:26".

    Args:
        today: a moment of this year is told without the year then, and one of another without the
            time, so that a column stays narrow.
    """
    own = when.astimezone()
    if today is None:
        return f"{listed(own)} {own:%H:%M}"
    return f"{own:%d %b %H:%M}" if own.year == today.year else listed(own)


def told(day: date, today: date) -> str:
    """As in a sentence: "Monday 30 November", with its year where that is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"
