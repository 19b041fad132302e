"""When a question or an area comes due again, by FSRS (the py-fsrs library).

Nothing is stored: a card is what the log's takes make of it, replayed, so that the same log always
gives the same days. Everything counts in whole days, as FSRS itself does.

An area that goes well comes back after 1, 3 and 7 days from the first take (Latimier 2021: spaced
practice beats massed practice), and from then on when FSRS expects 19 of 20 such answers to hold.
The same question comes back later, after 4, 11 and 25 days, for the skill is what is practised, and
other questions practise it meanwhile. What goes badly is due at once: a retake. What goes badly
day after day rests ever longer, as one more try at it teaches less than something else would.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from coach.areas import AREAS
from coach.improvement.entries import Level, Summary

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

HARD, GOOD, EASY = 0.45, 0.70, 0.90  # the least level of each rating; below HARD it is Again
STEPS = (0, 1, 2, 4)  # days: at once, then 1, 1 + 2 and 1 + 2 + 4 days after the first take
QUESTION_STEPS = (0, 4, 7, 14)  # days: at once, then 4, 4 + 7 and 4 + 7 + 14 days after it
# Days of rest after so many weak days in a row; the last goes for more of them too.
QUESTION_STUCK = (0, 0, 4, 8, 16, 32)
AREA_STUCK = (0, 0, 0, 2, 4, 8, 14)
RELEARNING = (0, 1)  # days: what was known and failed is due at once, and the day after
RETENTION = 0.95  # the share of answers that should still go well when they come due
LONGEST = 60  # days; a search for a job is not longer than a few months
TAKES = 10  # of a question that are looked back on
DAYS = 30  # of practice of an area that are looked back on

Review = tuple[date, float]  # a day and the level reached on it, 0 to 1


@dataclass(frozen=True)
class Due:
    """When something comes due.

    Attributes:
        on: the day.
        last: the day of its last practice.
        weak: whether that went less than well (Again or Hard).
    """

    on: date
    last: date
    weak: bool


def rate(level: float) -> "Rating":
    """The rating that FSRS is given, by the rubric.

    A question's level is its score by the rubric as a share of 100, an area's level is what the
    take's findings say of it:

        below 0.45  Again  not even half of what the rubric asks for: retake it
        below 0.70  Hard   a part is missing or weak
        below 0.90  Good   all that matters is there
        from 0.90   Easy   next to nothing is left to mend
    """
    from fsrs import Rating  # 30 ms

    if level < HARD:
        return Rating.Again
    if level < GOOD:
        return Rating.Hard
    return Rating.Good if level < EASY else Rating.Easy


def due(
    reviews: Iterable[Review],
    until: datetime | None = None,
    steps: tuple[int, ...] = STEPS,
    stuck: tuple[int, ...] = AREA_STUCK,
) -> Due:
    """When what was practised on those days comes due again.

    Args:
        reviews: at least one; at most one a day, the oldest first.
        until: of the next interview, if there is one.
        steps: days between the first times that it goes well.
        stuck: days that it rests after so many weak days in a row.
    """
    from fsrs import Card  # 30 ms

    reviews = list(reviews)
    scheduler = _scheduler(steps)
    card = Card(card_id=1)
    for day, level in reviews:
        card, _ = scheduler.review_card(card, rate(level), _noon(day))
    weak = sum(1 for _ in takewhile(_is_weak, (level for _, level in reversed(reviews))))
    rested = day + timedelta(days=stuck[min(weak, len(stuck) - 1)])
    found = Due(max(card.due.date(), rested), day, weak > 0)
    return tightened(found, until) if until else found


def _is_weak(level: float) -> bool:
    return level < GOOD


def tightened(found: Due, until: datetime) -> Due:
    """Before an interview what is weak comes due at the latest half-way to it.

    Half-way is counted in whole days from its last practice, rounded down, and so before the day of
    the interview; each practice that goes no better halves what is left. What went well keeps its
    day.
    """
    left = (until.date() - found.last).days
    if not found.weak or left <= 0:
        return found
    return Due(min(found.on, found.last + timedelta(days=left // 2)), found.last, found.weak)


def questions_due(
    takes: Iterable[Summary], now: datetime, until: datetime | None = None
) -> dict[str, Due]:
    """When each question that was answered comes due, by its id.

    Of its last 10 takes, those of one day count once, by the last of them: a retake at once takes
    the place of the take before. One retake a day is enough; after it the question rests till the
    next.

    Args:
        takes: assessed, the oldest first.
        now: its time zone says where a day begins.
        until: of the next interview, if there is one.
    """
    by_question: dict[str, list[Summary]] = defaultdict(list)
    for take in takes:
        by_question[take.question].append(take)
    return {
        question: _due(answered[-TAKES:], now, until) for question, answered in by_question.items()
    }


def _due(takes: Sequence[Summary], now: datetime, until: datetime | None) -> Due:
    days = [(_day(take.started, now), take.score / 100) for take in takes]
    found = due(dict(days).items(), until, QUESTION_STEPS, QUESTION_STUCK)
    if found.on == found.last and len(days) > 1 and days[-2][0] == found.last:
        return replace(found, on=found.last + timedelta(days=1))
    return found


def areas_due(
    levels: Mapping[str, Sequence[Level]], now: datetime, until: datetime | None = None
) -> dict[str, Due]:
    """When each area that was practised comes due, by its id.

    Of its last 30 days of practice, each counts once, by the mean of its levels.

    Args:
        levels: by area, the oldest first.
        now: its time zone says where a day begins.
        until: of the next interview, if there is one.
    """
    found = {}
    for area, shown in levels.items():
        by_day: dict[date, list[float]] = defaultdict(list)
        for level in shown:
            by_day[_day(level.when, now)].append(level.met)
        if AREAS[area].drillable:
            days = [(day, sum(met) / len(met)) for day, met in by_day.items()]
            found[area] = due(days[-DAYS:], until)
    return found


@cache
def _scheduler(steps: tuple[int, ...]) -> "Scheduler":
    from fsrs import Scheduler  # 30 ms

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=[timedelta(days=days) for days in steps],
        relearning_steps=[timedelta(days=days) for days in RELEARNING],
        maximum_interval=LONGEST,
        enable_fuzzing=False,  # chance would give the same log other days
    )


def _noon(day: date) -> datetime:
    # From noon on, half a day (Hard at the first step) ends on the next day, and at once on this.
    return datetime.combine(day, time(12), UTC)


def _day(when: datetime, now: datetime) -> date:
    return when.astimezone(now.tzinfo).date()
