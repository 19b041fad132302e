"""How far the user has come: against their own beginning, and since the last rejection."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.areas import AREAS
from coach.improvement.entries import Level, Polarity, Rejection, Summary
from coach.improvement.log import Log
from coach.improvement.standing import Change, Stood, change, course

STRETCH = 5  # takes at the beginning, and as many at the end, that are set against each other


@dataclass(frozen=True)
class AreaSince:
    """One area since the last rejection.

    Attributes:
        change: of its latest takes since, up to five, against the last five before it.
        named: whether that rejection named it.
    """

    change: Change
    named: bool


@dataclass(frozen=True)
class AreaProgress:
    """One area.

    Attributes:
        area: its id.
        takes: that showed something of it.
        levels: of the last of them, the oldest first.
        beginning: mean level of the first takes, up to five; None with fewer than two takes.
        latest: of the last takes, likewise.
        change: of the latest against the beginning.
        since: None before the first rejection.
        course: how it stood after each of its last takes.
    """

    area: str
    takes: int
    levels: tuple[float, ...]
    beginning: float | None
    latest: float | None
    change: Change
    since: AreaSince | None
    course: tuple[Stood, ...]

    def to_dict(self) -> dict[str, Any]:
        since = self.since and {**_change(self.since.change), "named": self.since.named}
        name = AREAS[self.area].name
        stood = [one.to_dict() for one in self.course]
        told = {"name": name, "change": _change(self.change), "since": since, "course": stood}
        return {**asdict(self), **told}


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
    """What was done since the last rejection.

    Attributes:
        rejection: its number.
        minutes: of speaking.
    """

    rejection: int
    company: str
    day: date
    takes: int
    minutes: float


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
        first: the first take; None before it. `best` is the first with the highest score.
        areas: those that a take showed something of.
        since: None before the first rejection.
    """

    takes: int
    typed: int
    questions: int
    minutes: float
    days: int
    streak: int
    first: Summary | None
    best: Summary | None
    latest: Summary | None
    areas: tuple[AreaProgress, ...]
    since: Since | None
    practised: tuple[Practised, ...]

    def to_dict(self) -> dict[str, Any]:
        takes = {
            name: {**asdict(take), "started": take.started.isoformat()} if take else None
            for name, take in (("first", self.first), ("best", self.best), ("latest", self.latest))
        }
        since = {**asdict(self.since), "day": self.since.day.isoformat()} if self.since else None
        areas = [area.to_dict() for area in self.areas]
        days = [{**asdict(one), "day": one.day.isoformat()} for one in self.practised]
        return {**asdict(self), **takes, "areas": areas, "since": since, "practised": days}


def read_progress(log: Log, now: datetime) -> Progress:
    """All that the log says of it.

    Args:
        now: its time zone says where a day begins.
    """
    takes = log.summaries()
    last = next(iter(log.rejections()), None)
    beginnings, counts = log.first_levels(STRETCH), log.level_counts()
    earlier = log.levels(STRETCH, _start(last.date, now)) if last else {}
    areas = tuple(
        _area(
            area,
            counts[area],
            beginnings[area],
            levels,
            _since_last(area, earlier.get(area, ()), levels, last, now) if last else None,
            now,
        )
        for area, levels in log.levels().items()
    )
    return _progress(takes, areas, last, now)


def _progress(
    takes: Sequence[Summary],
    areas: tuple[AreaProgress, ...],
    last: Rejection | None,
    now: datetime,
) -> Progress:
    by_day: dict[date, list[Summary]] = {}
    for take in takes:
        by_day.setdefault(_day(take.started, now), []).append(take)
    return Progress(
        takes=len(takes),
        typed=sum(take.seconds is None for take in takes),
        questions=len({take.question for take in takes}),
        minutes=_minutes(takes),
        days=len(by_day),
        streak=streak(by_day, now.date()),
        first=takes[0] if takes else None,
        best=max(takes, key=lambda take: take.score, default=None),
        latest=takes[-1] if takes else None,
        areas=areas,
        since=_since(takes, last, now) if last else None,
        practised=tuple(Practised(day, len(of), _minutes(of)) for day, of in by_day.items()),
    )


def streak(days: Iterable[date], today: date) -> int:
    """Days in a row with practice; one that is not over yet does not end it."""
    practised = set(days)
    day = today if today in practised else today - timedelta(days=1)
    count = 0
    while day in practised:
        count += 1
        day -= timedelta(days=1)
    return count


def _area(
    area: str,
    takes: int,
    beginning: Sequence[Level],
    levels: Sequence[Level],
    since: AreaSince | None,
    now: datetime,
) -> AreaProgress:
    first = _mets(beginning[: min(STRETCH, takes // 2)])
    latest = _mets(levels[-min(STRETCH, takes - len(first)) :])
    return AreaProgress(
        area,
        takes,
        _mets(levels),
        _mean(first) if first else None,
        _mean(latest) if first else None,
        change(first, latest),
        since,
        course(levels, now),
    )


def _since_last(
    area: str, earlier: Sequence[Level], levels: Sequence[Level], last: Rejection, now: datetime
) -> AreaSince:
    after = [level for level in levels if _day(level.when, now) >= last.date]
    found = change(_mets(earlier), _mets(after[-STRETCH:]))
    return AreaSince(found, area in _named(last))


def _start(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


def _since(takes: Sequence[Summary], last: Rejection, now: datetime) -> Since:
    after = [take for take in takes if _day(take.started, now) >= last.date]
    return Since(last.id, last.company, last.date, len(after), _minutes(after))


def _named(rejection: Rejection) -> set[str]:
    return {point.area for point in rejection.points if point.polarity is Polarity.CRITICISM}


def _minutes(takes: Iterable[Summary]) -> float:
    return round(sum(take.seconds or 0.0 for take in takes) / 60, 1)


def _mets(levels: Iterable[Level]) -> tuple[float, ...]:
    return tuple(level.met for level in levels)


def _mean(levels: Sequence[float]) -> float:
    return round(sum(levels) / len(levels), 3)


def _day(when: datetime, now: datetime) -> date:
    return when.astimezone(now.tzinfo).date()


def _change(found: Change) -> Mapping[str, Any]:
    return {**asdict(found), "word": found.word}
