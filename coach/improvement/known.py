"""What the log says that bears on what to practise next, read at one moment."""

from collections.abc import Mapping
from datetime import datetime

from coach.improvement.choose import Known
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import STRETCH, Standing, standings

WEAKEST = 5  # areas that are shown or prepared for at once


def all_standings(log: Log, now: datetime) -> dict[str, Standing]:
    return standings(log.points(), log.levels(), now, log.first_levels(STRETCH))


def weakest(found: Mapping[str, Standing], most: int = WEAKEST) -> list[Standing]:
    """The areas that ask for practice most, of those that somebody named or a take showed."""
    known = [s for s in found.values() if s.need > 0 and (s.mentions or s.takes)]
    return sorted(known, key=lambda s: (-s.need, s.area))[:most]


def all_known(log: Log, now: datetime) -> Known:
    """What the log says that bears on the next choice.

    Where an interview is noted, what is weak comes due before it.

    Args:
        now: what is due counts in days of the place where the coach runs.
    """
    here = now.astimezone()
    interview = next_interview(log, now)
    until = interview.begins if interview else None
    levels = log.levels()
    return Known(
        standings(log.points(), levels, now, log.first_levels(STRETCH)),
        questions_due(log.summaries(), here, until),
        areas_due(levels, here, until),
        log.could_answer(),
    )
