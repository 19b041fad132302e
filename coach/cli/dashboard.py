"""`coach` alone."""

from datetime import datetime

from coach import places
from coach.cli.options import console, open_log
from coach.improvement.due import due
from coach.improvement.entries import State
from coach.improvement.interviews import Interview
from coach.improvement.log import Log
from coach.improvement.plan import PlanItem
from coach.practice import all_known, cut_short, pending, questions_left, utc_now
from coach.review import terminal
from coach.review.dashboard import MOST, Dashboard, Unfinished, show


def show_dashboard() -> None:
    """What is due, how the weak areas stand, the last takes, and one next command."""
    out = console()
    if not places.database().is_file():
        show(out, None)
        return
    with open_log() as log:
        found = read_dashboard(log, utc_now())
    show(out, found)


def read_dashboard(log: Log, now: datetime) -> Dashboard:
    """All that the log says of it."""
    today = now.astimezone().date()
    rejected, known = log.rejections(), all_known(log, now)
    unfinished = Unfinished(cut_short(log), len(pending(log)), questions_left(log))
    return Dashboard(
        today,
        unfinished,
        due(rejected, log.shelf(Interview).all(), log.shelf(PlanItem).all(), today),
        tuple(terminal.weakest(known.standings, MOST)),
        log.attempts(states=(State.ASSESSED,), limit=MOST),
        log.rest_until(),
        sum(due.on <= today for due in known.questions_due.values()),
        bool(rejected),
    )
