"""The measures of plan items that the log itself can show as met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coach.improvement.stories import Story

DAYS = 3  # different days on which takes are to meet a measure
MOCKS = 2  # whole interviews aloud
APART = 7  # days between these
MET = 1.0  # level of a take that meets a measure
# The actions of plan.toml that have such a measure, and on how many days it is to be met.
MEASURED = {"drill": DAYS, "story": 1, "pressure": MOCKS}


@dataclass(frozen=True)
class Seen:
    """What the log shows of measures.

    Attributes:
        levels: by area: the day of a take and its level.
        stories: the whole story bank.
        mocks: days of interviews that were answered aloud as a whole.
        today: the day of a story, which has none of its own.
    """

    levels: Mapping[str, Sequence[tuple[date, float]]] = field(default_factory=dict)
    stories: tuple[Story, ...] = ()
    mocks: tuple[date, ...] = ()
    today: date = date.max

    def has_story(self, area: str) -> bool:
        """Whether a story with all four parts serves this area."""
        return any(not story.missing and story.serves(area) for story in self.stories)

    def days(self, action: str, area: str, since: date) -> tuple[date, ...]:
        """The different days on which the measure of an action was met, the oldest first.

        Args:
            action: one of MEASURED.
            since: for takes and interviews, the first day that counts.
        """
        if action == "story":
            return (self.today,) if self.has_story(area) else ()
        if action == "pressure":
            return _apart(day for day in self.mocks if day >= since)
        shown = self.levels.get(area, ())
        return tuple(sorted({day for day, met in shown if met >= MET and day >= since}))


def _apart(days: Iterable[date]) -> tuple[date, ...]:
    """The first of these days, and each that comes long enough after the last one taken."""
    taken: list[date] = []
    for day in sorted(days):
        if not taken or (day - taken[-1]).days >= APART:
            taken.append(day)
    return tuple(taken)
