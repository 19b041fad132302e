"""How far the user has come: against their own beginning, and since the last rejections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.areas import AREAS
from coach.improvement.entries import Level, Rejection, Summary
from coach.improvement.log import Log
from coach.improvement.points import to_practise
from coach.improvement.standing import (
    STRETCH,
    Change,
    Standing,
    Stood,
    change,
    course,
    since_beginning,
    standings,
)

REJECTIONS = 3  # of the last ones, what was done since is told


@dataclass(frozen=True)
class AreaSince:
    """One area that a rejection named, since then.

    Attributes:
        takes: since then, of its latest, that showed something of it.
        change: of these against the last ones before it; against the first of them where there
            was none before.
    """

    area: str
    takes: int
    change: Change

    def to_dict(self) -> dict[str, Any]:
        name = AREAS[self.area].name
        return {**asdict(self), "name": name, "change": self.change.to_dict()}


@dataclass(frozen=True)
class AreaProgress:
    """One area.

    Attributes:
        takes: that showed something of it; the standing knows only the last of them.
        course: how it stood after each of its last takes.
    """

    standing: Standing
    takes: int
    course: tuple[Stood, ...]

    @property
    def area(self) -> str:
        return self.standing.area

    def to_dict(self) -> dict[str, Any]:
        told = self.standing
        return {
            "area": self.area,
            "name": AREAS[self.area].name,
            "takes": self.takes,
            "levels": told.levels,
            "beginning": told.beginning,
            "level": told.level,
            "error": told.error,
            "change": told.change.to_dict(),
            "course": [stood.to_dict() for stood in self.course],
        }


@dataclass(frozen=True)
class KindProgress:
    """Takes of one kind of question; scores of different kinds say nothing of each other.

    Attributes:
        kind: of the question, such as "behavioural".
        best: the first with the highest score.
    """

    kind: str
    takes: int
    first: Summary
    best: Summary
    latest: Summary

    def to_dict(self) -> dict[str, Any]:
        marks = {"first": self.first, "best": self.best, "latest": self.latest}
        told = {
            name: {**asdict(take), "started": take.started.isoformat()}
            for name, take in marks.items()
        }
        return {"kind": self.kind, "takes": self.takes, **told}


@dataclass(frozen=True)
class Practised:
    """One day with takes.

    Attributes:
        minutes: of speaking.
    """

    day: date
    takes: int
    minutes: float


@dataclass(frozen=True)
class Since:
    """What was done since a rejection.

    Attributes:
        rejection: its number.
        minutes: of speaking.
        areas: that it named to practise, in the order in which it did.
    """

    rejection: int
    company: str
    day: date
    takes: int
    minutes: float
    areas: tuple[AreaSince, ...]

    def to_dict(self) -> dict[str, Any]:
        areas = [area.to_dict() for area in self.areas]
        return {**asdict(self), "day": self.day.isoformat(), "areas": areas}


@dataclass(frozen=True)
class Progress:
    """All of it.

    Attributes:
        takes: assessed.
        typed: how many of them were typed, and so have no length.
        questions: different ones.
        minutes: of speaking.
        days: on which there was practice; `practised` says of each how much, the oldest first.
        streak: days in a row up to today or yesterday.
        kinds: the most practised first.
        areas: those that a take showed something of.
        since: the last rejections, the newest first.
    """

    takes: int
    typed: int
    questions: int
    minutes: float
    days: int
    streak: int
    kinds: tuple[KindProgress, ...]
    areas: tuple[AreaProgress, ...]
    since: tuple[Since, ...]
    practised: tuple[Practised, ...]

    def to_dict(self) -> dict[str, Any]:
        days = [{**asdict(one), "day": one.day.isoformat()} for one in self.practised]
        told = {
            "kinds": [kind.to_dict() for kind in self.kinds],
            "areas": [area.to_dict() for area in self.areas],
            "since": [since.to_dict() for since in self.since],
        }
        return {**asdict(self), **told, "practised": days}


def read_progress(log: Log, now: datetime) -> Progress:
    """All that the log says of it.

    Args:
        now: its time zone says where a day begins.
    """
    takes, levels, counts = log.summaries(), log.levels(), log.level_counts()
    found = standings(log.points(), levels, now, log.first_levels(STRETCH))
    areas = tuple(
        AreaProgress(found[area], counts[area], course(shown, now))
        for area, shown in levels.items()
    )
    rejections = log.rejections()[:REJECTIONS]
    by_day: dict[date, list[Summary]] = {}
    for take in takes:
        by_day.setdefault(take.started.astimezone(now.tzinfo).date(), []).append(take)
    return Progress(
        takes=len(takes),
        typed=sum(take.seconds is None for take in takes),
        questions=len({take.question for take in takes}),
        minutes=_minutes(takes),
        days=len(by_day),
        streak=streak(by_day, now.date()),
        kinds=_kinds(takes, log.kinds()),
        areas=areas,
        since=tuple(_since(takes, levels, each, log, now) for each in rejections),
        practised=tuple(Practised(day, len(of), _minutes(of)) for day, of in by_day.items()),
    )


def _kinds(takes: Iterable[Summary], kinds: Mapping[int, str]) -> tuple[KindProgress, ...]:
    by_kind: dict[str, list[Summary]] = {}
    for take in takes:
        by_kind.setdefault(kinds[take.id], []).append(take)
    found = [
        KindProgress(kind, len(of), of[0], max(of, key=lambda take: take.score), of[-1])
        for kind, of in by_kind.items()
    ]
    return tuple(sorted(found, key=lambda each: -each.takes))


def streak(days: Iterable[date], today: date) -> int:
    """Days in a row with practice; one that is not over yet does not end it."""
    practised = set(days)
    day = today if today in practised else today - timedelta(days=1)
    count = 0
    while day in practised:
        count += 1
        day -= timedelta(days=1)
    return count


def _since(
    takes: Sequence[Summary],
    levels: Mapping[str, Sequence[Level]],
    rejection: Rejection,
    log: Log,
    now: datetime,
) -> Since:
    its_day = datetime.combine(rejection.date, time(), now.tzinfo)
    before = log.levels(STRETCH, its_day)
    after = [take for take in takes if take.started >= its_day]
    named = dict.fromkeys(point.area for point in rejection.points if to_practise(point))
    areas = []
    for area in named:
        shown = [one for one in levels.get(area, ()) if one.when >= its_day]
        earlier = [one.met for one in reversed(before.get(area, ()))]  # the last weighs most
        found = change(earlier, [one.met for one in shown])
        if not earlier:
            _, found = since_beginning(shown, shown)
        areas.append(AreaSince(area, len(shown), found))
    return Since(
        rejection.id, rejection.company, rejection.date, len(after), _minutes(after), tuple(areas)
    )


def _minutes(takes: Iterable[Summary]) -> float:
    return round(sum(take.seconds or 0.0 for take in takes) / 60, 1)
