"""The home page: what comes next, what is due, the last sitting, and the plan."""

from collections.abc import Mapping

from coach.areas import AREAS
from coach.improvement.entries import Attempt
from coach.improvement.log import Log
from coach.improvement.plan_log import read_plan
from coach.improvement.sittings import judged_takes
from coach.improvement.standing import Standing
from coach.review import dashboard, plan, terminal
from coach.review.progress import level_told
from coach.review.web.page import Asked, Shown

MOST = 10  # takes of the last sitting


def home(asked: Asked) -> Shown:
    found = dashboard.read_dashboard(asked.log, asked.now)
    values = {
        "found": found,
        "welcome": dashboard.WELCOME,
        "resting": dashboard.resting_lines(found),
        "mended": dashboard.mended_line(found.mended),
        "due": dashboard.due_step(found.due),
        "weak": [
            (AREAS[one.area], one.told, level_told(one.level, one.error), one.places)
            for one in found.weak
        ],
        "last": [
            {"take": take, "length": terminal.length(take), "missing": terminal.missing(take)}
            for take in _last_sitting(asked.log, found.takes)
        ],
        "plan": _plan(asked, found.standings),
    }
    return Shown("home.html", values)


def _last_sitting(log: Log, latest: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    return judged_takes(log, latest[0].sitting, MOST) if latest else ()


def _plan(asked: Asked, standings: Mapping[str, Standing]) -> list[dict[str, object]]:
    """The open items as `coach plan` left them; a page that is looked at changes nothing."""
    made = read_plan(asked.log, standings, asked.now.astimezone().date())
    return [
        {
            "item": item,
            "area": AREAS[item.area].name if item.area else "",
            "measure": plan.measure(item, made.met.get(item.number, ())),
        }
        for item in made.open
    ]
