"""`coach` alone."""

from rich.text import Text

from coach import places, settings
from coach.cli.options import console, open_log
from coach.errors import SettingsError
from coach.practice import utc_now
from coach.review.dashboard import read_dashboard, show


def show_dashboard() -> None:
    """What is due, how the weak areas stand, the last takes, and one next command."""
    out = console()
    try:
        settings.load()
    except SettingsError as error:
        out.print(Text(f"{error.message} {error.next_step}\n", "yellow"))
    found = None
    if places.database().is_file():
        with open_log() as log:
            found = read_dashboard(log, utc_now())
    show(out, found)
