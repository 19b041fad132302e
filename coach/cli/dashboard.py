"""`coach` alone."""

from coach import places
from coach.cli.options import console, open_log
from coach.practice import utc_now
from coach.review.dashboard import read_dashboard, show


def show_dashboard() -> None:
    """What is due, how the weak areas stand, the last takes, and one next command."""
    found = None
    if places.database().is_file():
        with open_log() as log:
            found = read_dashboard(log, utc_now())
    show(console(), found)
