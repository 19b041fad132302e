"""The progress page: how far the user has come, by the same judgement as `coach progress`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from coach.areas import AREAS
from coach.improvement.entries import Rejection
from coach.improvement.known import all_standings
from coach.improvement.points import named_areas
from coach.improvement.progress import AreaProgress, Practised, Progress, Since, read_progress
from coach.improvement.standing import Stood, weakest
from coach.improvement.stories import Story, covered_areas
from coach.review import progress as told
from coach.review.days import listed
from coach.review.web import charts
from coach.review.web.page import Asked, Shown
from coach.review.words import number_of

_FAMILIES = {
    "star": "How a story is told",
    "voice": "How it sounds",
    "comp": "What stories show",
    "hr": "Answers that are no stories",
}


@dataclass(frozen=True)
class AreaShown:
    """One area with its chart; every value is as it is shown.

    Attributes:
        named: whether the last rejection named it.
        course: day, what the take showed, and the level after it, the newest first.
    """

    id: str
    name: str
    takes: int
    level: str
    beginning: str
    change: str
    named: bool
    chart: Markup
    course: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RejectionShown:
    """One rejection on the time axis, with how many takes came until the next one."""

    number: int
    company: str
    day: date
    areas: str
    takes: int


def progress(asked: Asked) -> Shown:
    now = asked.now.astimezone()
    found = read_progress(asked.log, now)
    values = {
        "found": found,
        "practised": told.practised(found),
        "since": [_since(since) for since in found.since],
        "families": _families(found),
        "named_from": told.NAMED_FROM,
        **_practice(found, now),
        **_rejections(asked.log.rejections(), found, now),
        **_coverage(asked, now),
    }
    return Shown("progress.html", values)


def _since(since: Since) -> dict[str, object]:
    which, done = told.since_line(since)
    areas = [(AREAS[of.area].name, told.area_since(of)) for of in since.areas]
    return {"which": which, "done": done, "areas": areas, "rejection": since.rejection}


def _families(found: Progress) -> list[tuple[str, list[AreaShown]]]:
    named = {of.area for since in found.since[:1] for of in since.areas}
    by_family: dict[str, list[AreaShown]] = {}
    for area in found.areas:
        family = _FAMILIES.get(area.area.partition(".")[0], "More")
        by_family.setdefault(family, []).append(_shown(area, named=area.area in named))
    return list(by_family.items())


def _shown(area: AreaProgress, *, named: bool) -> AreaShown:
    name, of = AREAS[area.area].name, area.standing
    level, change = told.level_told(of.level, of.error), told.changed(of.change)
    takes = number_of(area.takes, "take")
    spoken = f"{takes}; level {level} of 100; against the beginning: {of.change.told}."
    return AreaShown(
        area.area,
        name,
        area.takes,
        level,
        told.hundredths(of.beginning),
        change,
        named,
        charts.trend(f"trend-{area.area.replace('.', '-')}", name, spoken, area.course),
        tuple(_row(stood) for stood in reversed(area.course)),
    )


def _row(stood: Stood) -> tuple[str, str, str]:
    day = listed(stood.when.astimezone())
    return day, told.hundredths(stood.met), told.level_told(stood.level, stood.error)


def _practice(found: Progress, now: datetime) -> dict[str, object]:
    first = charts.first_day(now.date())
    days = [one for one in found.practised if one.day >= first]
    takes, on = number_of(sum(one.takes for one in days), "take"), number_of(len(days), "day")
    spoken = f"{takes} on {on} of the last {charts.WEEKS} weeks."
    chart = charts.calendar(spoken, days, now.date())
    return {"calendar": chart, "calendar_told": spoken, "calendar_days": days[::-1]}


def _rejections(
    rejections: Sequence[Rejection], found: Progress, now: datetime
) -> dict[str, object]:
    weeks = charts.by_week(found.practised)
    turned = [charts.Turned(one.id, one.company, one.date) for one in rejections]
    start = charts.axis_start(weeks, turned, now.date())
    most = max((takes for week, takes in weeks.items() if week >= start), default=0)
    spoken = (
        f"Takes a week since {start:%d %B %Y}, {most} in the fullest, and"
        f" {number_of(len(rejections), 'rejection')}."
    )
    rows, until = [], date.max
    for one in rejections:  # the newest first
        takes = _takes_between(found.practised, one.date, until)
        names = ", ".join(AREAS[area].name for area in named_areas(one.points))
        rows.append(RejectionShown(one.id, one.company, one.date, names or "–", takes))
        until = one.date
    return {
        "axis": charts.time_axis(spoken, weeks, turned, now.date()),
        "axis_told": spoken,
        "axis_weeks": sorted(weeks.items(), reverse=True),
        "rejections": rows,
    }


def _takes_between(practised: Iterable[Practised], first: date, end: date) -> int:
    return sum(one.takes for one in practised if first <= one.day < end)


def _coverage(asked: Asked, now: datetime) -> dict[str, object]:
    stories = asked.log.shelf(Story).all()
    if not stories:
        return {"stories": (), "coverage": (), "uncovered": ()}
    weak = weakest(all_standings(asked.log, now))
    areas = covered_areas(stories, (standing.area for standing in weak))
    rows = [(AREAS[area].name, [story.serves(area) for story in stories]) for area in areas]
    return {
        "stories": stories,
        "coverage": rows,
        "uncovered": [name for name, served in rows if not any(served)],
    }
