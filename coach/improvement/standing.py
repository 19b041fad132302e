"""How each area is doing: from feedback and takes only, never from one take alone."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from coach.areas import AREAS, Area
from coach.improvement.entries import Level, Origin, Polarity, Said

FADES = 120.0  # days in which a mention loses half of its weight
TAKE_FADES = 60.0  # days in which a take does
RECENT = 0.75  # weight of a take relative to the one after it
NOTHING = 1e-100  # weight of takes so long ago that their squares would be 0
CAUTION = 2  # takes at which the evidence of takes weighs half
SPREAD = 0.3  # standard deviation of levels that is assumed before takes show another
SPREAD_WEIGHS = 2  # takes that this assumption counts as
CLEAR = 3.0  # standard errors of a difference before it counts: dozens are looked at at once
# Need of an area that nobody has named: the story itself is asked about first.
UNNAMED = {"star": 0.15, "comp": 0.1, "hr": 0.1, "voice": 0.05}
TREND = 5  # takes before a trend is claimed
COURSE = 16  # takes whose course is told
LOW, HIGH = 0.5, 0.8  # level below which an area needs work, and above which it holds


@dataclass(frozen=True)
class Mention:
    """Somebody named this area: who, when, and in which words."""

    origin: Origin
    when: datetime
    words: str

    @property
    def place(self) -> tuple:
        """What it counts as: its origin; each note by hand of its own, by its day and words."""
        if self.origin.number is None:
            return (self.origin, self.when.date(), self.words)
        return (self.origin,)


@dataclass(frozen=True)
class Standing:
    """The standing of one area.

    Attributes:
        area: its id.
        need: 0 to 1, how much practice it asks for.
        level: 0 to 1, what the takes show, the latest most; None before the first.
        error: the standard error of the level; None before the second take.
        levels: of the last takes that showed something (at most 60), the oldest first.
        mentions: criticism that named it, the newest first; of what lies outside the user's
            control, whatever named it but praise.
        praises: how often it was praised.
    """

    area: str
    need: float
    level: float | None
    error: float | None
    levels: tuple[float, ...]
    mentions: tuple[Mention, ...]
    praises: int

    @property
    def takes(self) -> int:
        return len(self.levels)

    @property
    def places(self) -> int:
        """How many rejections, appraisals or notes name it; each counts once, as in a theme."""
        return len({mention.place for mention in self.mentions})

    @property
    def state(self) -> str:
        """In words, claiming only what the numbers bear."""
        if self.level is None:
            return "not heard yet" if AREAS[self.area].of_voice else "not practised yet"
        if self.takes == 1:
            return "one take so far"
        word = "needs work" if self.level < LOW else "holds" if self.level >= HIGH else "under way"
        return word if self.takes >= TREND else f"{word} so far"

    @property
    def holds(self) -> bool:
        """Whether takes enough show that it is mended."""
        return self.takes >= TREND and self.level is not None and self.level >= HIGH

    @property
    def told(self) -> str:
        """State and trend in one, such as "under way, rising"."""
        return f"{self.state}, {self.trend}" if self.takes >= TREND else self.state

    @property
    def trend(self) -> str:
        """Of the earlier half of its takes against the later one, in words."""
        middle = self.takes // 2
        return change(self.levels[:middle], self.levels[middle:]).word

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
            "trend": self.trend,
            "takes": self.takes,
        }


@dataclass(frozen=True)
class Change:
    """Two stretches of takes against each other.

    Attributes:
        by: mean of the later minus that of the earlier, -1 to 1; None where one of them is empty.
        error: standard error of the difference.
        takes: in both.
    """

    by: float | None
    error: float | None
    takes: int

    @property
    def word(self) -> str:
        """A direction only where there are takes enough and the difference is beyond chance."""
        if self.takes < TREND or self.by is None or self.error is None:
            return "too early to say"
        if abs(self.by) < CLEAR * self.error:
            return "no clear trend"
        return "rising" if self.by > 0 else "falling"


@dataclass(frozen=True)
class Stood:
    """How an area stood after one take.

    Attributes:
        when: the take began, aware UTC.
        met: what this take showed, 0 to 1.
        level: what the takes up to it show, as in `Standing`.
        error: likewise; None for the first take.
    """

    when: datetime
    met: float
    level: float | None
    error: float | None

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "when": self.when.isoformat()}


def course(shown: Sequence[Level], now: datetime) -> tuple[Stood, ...]:
    """How an area stood after each of its last takes; after the last of them, as it stands now.

    Args:
        shown: what takes showed of it, the oldest first.
    """
    stood = []
    for end in range(max(0, len(shown) - COURSE), len(shown)):
        latest = shown[end]
        moment = now if latest is shown[-1] else latest.when
        level, error, _ = _estimate(shown[: end + 1], moment)
        stood.append(Stood(latest.when, latest.met, _rounded(level), _rounded(error)))
    return tuple(stood)


def change(before: Sequence[float], after: Sequence[float]) -> Change:
    """How takes differ from earlier ones.

    The variance is that of both stretches about their own means, with the assumed spread counted as
    two takes more, so that a few takes that happen to agree do not pass for certainty.

    Args:
        before: levels of the earlier takes, 0 to 1, and `after` of the later ones.
    """
    takes = len(before) + len(after)
    if not before or not after:
        return Change(None, None, takes)
    first, second = _mean(before), _mean(after)
    squares = sum((v - first) ** 2 for v in before) + sum((v - second) ** 2 for v in after)
    variance = (squares + SPREAD_WEIGHS * SPREAD**2) / (takes - 2 + SPREAD_WEIGHS)
    error = math.sqrt(variance * (1 / len(before) + 1 / len(after)))
    return Change(round(second - first, 3), round(error, 3), takes)


def standings(
    points: Iterable[Said],
    levels: Mapping[str, Sequence[Level]],
    now: datetime,
) -> dict[str, Standing]:
    """The standing of every area.

    Args:
        points: all that was said.
        levels: what takes showed of each area, the oldest first.
        now: mentions and takes fade with their age.
    """
    mentions: dict[str, list[Mention]] = defaultdict(list)
    praises: dict[str, int] = defaultdict(int)
    for said in points:
        if said.point.polarity is Polarity.PRAISE:
            praises[said.point.area] += 1
        elif said.point.polarity is Polarity.CRITICISM or not AREAS[said.point.area].controllable:
            mentions[said.point.area].append(Mention(said.origin, said.when, said.point.words))
    return {
        area.id: _standing(area, levels.get(area.id, ()), mentions[area.id], praises[area.id], now)
        for area in AREAS.values()
    }


def weakest(found: Mapping[str, Standing], most: int = 5) -> list[Standing]:
    """The areas that ask for practice most, of those that somebody named or a take showed."""
    known = [s for s in found.values() if s.need > 0 and (s.mentions or s.takes)]
    return sorted(known, key=lambda s: (-s.need, s.area))[:most]


def _standing(
    area: Area, shown: Sequence[Level], mentions: list[Mention], praises: int, now: datetime
) -> Standing:
    level, error, takes = _estimate(shown, now)
    named = sum(_fade(mention.when, now, FADES) for mention in mentions)
    certainty = takes / (takes + CAUTION)
    # The first mention counts most, praise takes half of one back, and takes that show it weak
    # speak for practice as somebody who named it would.
    shown_weak = 0.0 if level is None else certainty * max(0.0, 1 - level / LOW)
    base = UNNAMED.get(area.id.partition(".")[0], 0.0)
    asked = max(0.0, named - praises / 2, shown_weak)
    wanted = base + (1 - base) * (1 - math.exp(-asked))
    need = wanted * (1 - certainty * (level or 0.0)) if area.drillable else 0.0
    return Standing(
        area.id,
        round(need, 4),
        _rounded(level),
        _rounded(error),
        tuple(each.met for each in shown),
        tuple(sorted(mentions, key=lambda mention: mention.when, reverse=True)),
        praises,
    )


def _estimate(shown: Sequence[Level], now: datetime) -> tuple[float | None, float | None, float]:
    """The level, its standard error, and how many fresh takes the evidence is worth.

    The level is a mean in which a take weighs less the more takes followed it and the older it is.
    Takes of unequal weight are worth fewer of equal weight (Kish: the square of their sum by the
    sum of their squares), and as they age they say less of today. The spread of the takes about the
    level, with an assumed spread counted as two takes more, over that number is the error's square.
    """
    if not shown:
        return None, None, 0.0
    fades = [_fade(level.when, now, TAKE_FADES) for level in shown]
    weights = [RECENT**age * fade for age, fade in enumerate(reversed(fades))][::-1]
    total = sum(weights)
    if total < NOTHING:
        return None, None, 0.0
    level = sum(w * each.met for w, each in zip(weights, shown, strict=True)) / total
    equal = total**2 / sum(w * w for w in weights)
    takes = equal * sum(w * fade for w, fade in zip(weights, fades, strict=True)) / total
    if len(shown) == 1:
        return level, None, takes
    squares = ((each.met - level) ** 2 for each in shown)
    spread = sum(w * square for w, square in zip(weights, squares, strict=True)) / total
    variance = (equal * spread + SPREAD_WEIGHS * SPREAD**2) / (equal + SPREAD_WEIGHS)
    return level, min(math.sqrt(variance / takes), 0.5), takes  # 0.5: nothing is known


def _fade(when: datetime, now: datetime, half: float) -> float:
    days = max(0.0, (now - when).total_seconds() / 86_400)
    return 0.5 ** (days / half)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
