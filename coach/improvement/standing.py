"""How each area is doing: from feedback and takes only, never from one take alone."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from coach.areas import AREAS, Area
from coach.improvement.entries import Attempt, Origin, Polarity, Said

FADES = 120.0  # days in which a mention loses half of its weight
RECENT = 0.75  # weight of a take relative to the one after it
CAUTION = 2  # takes at which the evidence of takes weighs half
# Need of an area that nobody has named: the story itself is asked about first.
UNNAMED = {"star": 0.15, "comp": 0.1, "hr": 0.1, "voice": 0.05}
TREND = 5  # takes before a trend is claimed
LOW, HIGH = 0.5, 0.8  # level below which an area needs work, and above which it holds


@dataclass(frozen=True)
class Mention:
    """Somebody named this area: who, when, and in which words."""

    origin: Origin
    when: datetime
    words: str


@dataclass(frozen=True)
class Standing:
    """The standing of one area.

    Attributes:
        area: its id.
        need: 0 to 1, how much practice it asks for.
        level: 0 to 1, what the takes show, the latest most; None before the first.
        levels: of every take that showed something, the oldest first.
        mentions: criticism that named it, the newest first.
        praises: how often it was praised.
    """

    area: str
    need: float
    level: float | None
    levels: tuple[float, ...]
    mentions: tuple[Mention, ...]
    praises: int

    @property
    def takes(self) -> int:
        return len(self.levels)

    @property
    def state(self) -> str:
        """In words, claiming only what the numbers bear."""
        if self.level is None:
            return "not practised yet"
        if self.takes == 1:
            return "one take so far"
        word = "needs work" if self.level < LOW else "holds" if self.level >= HIGH else "under way"
        if self.takes < TREND:
            return f"{word} so far"
        change = _mean(self.levels[-3:]) - _mean(self.levels[:3])
        return f"{word}, {'rising' if change > 0.1 else 'falling' if change < -0.1 else 'steady'}"

    def to_dict(self) -> dict[str, Any]:
        mentions = [
            {"origin": str(m.origin), "when": m.when.isoformat(), "words": m.words}
            for m in self.mentions
        ]
        return {
            **asdict(self),
            "mentions": mentions,
            "name": AREAS[self.area].name,
            "state": self.state,
            "takes": self.takes,
        }


def standings(
    points: Iterable[Said],
    attempts: Sequence[Attempt],
    now: datetime,
) -> dict[str, Standing]:
    """The standing of every area.

    Args:
        points: all that was said.
        attempts: assessed takes, in any order.
        now: mentions fade with their age.
    """
    mentions: dict[str, list[Mention]] = defaultdict(list)
    praises: dict[str, int] = defaultdict(int)
    for said in points:
        if said.point.polarity is Polarity.PRAISE:
            praises[said.point.area] += 1
        elif said.point.polarity is Polarity.CRITICISM:
            mentions[said.point.area].append(Mention(said.origin, said.when, said.point.words))
    levels = _levels(attempts)
    return {
        area.id: _standing(area, levels[area.id], mentions[area.id], praises[area.id], now)
        for area in AREAS.values()
    }


def _levels(attempts: Sequence[Attempt]) -> dict[str, list[float]]:
    levels: dict[str, list[float]] = defaultdict(list)
    for attempt in sorted(attempts, key=lambda a: (a.started, a.id)):
        for finding in attempt.assessment.findings if attempt.assessment else ():
            if finding.met is not None:
                levels[finding.area].append(finding.met)
    return levels


def _standing(
    area: Area, levels: list[float], mentions: list[Mention], praises: int, now: datetime
) -> Standing:
    level = _recent_mean(levels)
    named = sum(_fade(mention.when, now) for mention in mentions)
    # The first mention counts most, and praise takes half of one back.
    base = UNNAMED.get(area.id.partition(".")[0], 0.0)
    wanted = base + (1 - base) * (1 - math.exp(-max(0.0, named - praises / 2)))
    certainty = len(levels) / (len(levels) + CAUTION)
    need = wanted * (1 - certainty * (level or 0.0)) if area.drillable else 0.0
    return Standing(
        area.id,
        round(need, 4),
        None if level is None else round(level, 3),
        tuple(levels),
        tuple(sorted(mentions, key=lambda mention: mention.when, reverse=True)),
        praises,
    )


def _fade(when: datetime, now: datetime) -> float:
    days = max(0.0, (now - when).total_seconds() / 86_400)
    return 0.5 ** (days / FADES)


def _recent_mean(levels: Sequence[float]) -> float | None:
    if not levels:
        return None
    weights = [RECENT**age for age in range(len(levels))]
    latest_first = reversed(levels)
    return sum(w * v for w, v in zip(weights, latest_first, strict=True)) / sum(weights)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
