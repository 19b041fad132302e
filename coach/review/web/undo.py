"""What was changed since the page was opened is taken back on it, as `coach undo` does."""

from coach.errors import EntryError
from coach.review.web.page import Asked, Moved


def undo(asked: Asked) -> Moved:
    """Take back the change that the form names, and show the page again that it stood on.

    A change is named by its moment: its number may be another one's once it was taken back.

    Raises:
        EntryError: it is not the last change any more.
    """
    last = asked.last_change()
    if last is None or last.made.isoformat() != asked.form.get("made"):
        raise EntryError(
            "The log was changed elsewhere, so nothing was taken back.",
            "Go back, load that page again, and look.",
        )
    asked.log.undo(last)
    return Moved("/" + asked.form.get("from", "").lstrip("/"))  # two slashes would name a host
