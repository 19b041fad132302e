"""What the log says that bears on what to practise next, read at one moment."""

from collections.abc import Mapping
from datetime import datetime

from coach.areas import AREAS
from coach.improvement.choose import Known
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.removed import removed_questions
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import STRETCH, Standing, standings

ENOUGH = 3  # spoken takes after which an area of the voice that none of them showed is given up


def all_standings(log: Log, now: datetime) -> dict[str, Standing]:
    return standings(log.points(), log.levels(), now, log.first_levels(STRETCH))


def all_known(log: Log, now: datetime) -> Known:
    """What the log says that bears on the next choice.

    Where an interview is noted, what is weak comes due before it.

    Args:
        now: what is due counts in days of the place where the coach runs.
    """
    here = now.astimezone()
    interview = next_interview(log, now)
    until = interview.begins if interview else None
    levels, takes = log.levels(), log.summaries()
    found, removed = questions_due(takes, here, until), removed_questions(log)
    spoken = sum(take.seconds is not None for take in takes)
    return Known(
        standings(log.points(), levels, now, log.first_levels(STRETCH)),
        {each: due for each, due in found.items() if each not in removed},
        areas_due(levels, here, until),
        log.could_answer(),
        _unheard(levels) if spoken >= ENOUGH else frozenset(),
    )


def _unheard(levels: Mapping[str, object]) -> frozenset[str]:
    return frozenset(area.id for area in AREAS.values() if area.of_voice and area.id not in levels)
