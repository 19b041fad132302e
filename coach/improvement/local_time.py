"""Times of the user's own clock."""

from datetime import UTC, datetime


def aware(local: datetime) -> datetime:
    """A time of this machine's clock with its zone.

    Systems know the zone of a range of years only: Windows from 1970 to 3000. Outside it is UTC,
    which is near enough for a day that only says "all of them", or that was mistyped.
    """
    try:
        return local.astimezone()
    except (OSError, OverflowError, ValueError):
        return local.replace(tzinfo=UTC)
