"""How each area is doing: from feedback and takes only, never from one take alone."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from coach.areas import AREAS, Area
from coach.improvement.entries import FeedbackPoint, Level, Origin, Polarity, Said
from coach.improvement.points import is_outside

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
STRETCH = 10  # takes at the beginning that later ones are set against
COURSE = 16  # takes whose course is told
LOOKS = 0.1  # difference that a reader of the numbers takes for a change
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
        beginning: what the first takes showed, up to ten, the very first most; None with fewer than
            two takes.
        change: of the later takes against those; the one statement of its trend.
    """

    area: str
    need: float
    level: float | None
    error: float | None
    levels: tuple[float, ...]
    mentions: tuple[Mention, ...]
    praises: int
    beginning: float | None
    change: "Change"

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
        return f"{self.state}, {self.change.told}" if self.takes >= TREND else self.state

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
            "change": self.change.to_dict(),
            "trend": self.change.word,
            "takes": self.takes,
        }


@dataclass(frozen=True)
class Change:
    """Two stretches of takes against each other.

    Attributes:
        by: level of the later minus mean of the earlier, -1 to 1; None where one of them is empty.
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

    @property
    def told(self) -> str:
        """The word, and why no direction is claimed where the numbers look like one."""
        looks = self.by is not None and abs(self.by) >= LOOKS
        return (
            f"{self.word} (may be chance)" if looks and self.word == "no clear trend" else self.word
        )

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "word": self.word}


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

    As in a level, a take weighs less the more takes lie between it and its end of the row. The
    variance is that of both stretches about their own means, with the assumed spread counted as two
    takes more, so that a few takes that happen to agree do not pass for certainty.

    Args:
        before: levels of the earlier takes, 0 to 1, the one that weighs most first.
        after: of the later ones, the one that weighs most last.
    """
    takes = len(before) + len(after)
    if not before or not after:
        return Change(None, None, takes)
    first, early, squares = _end(before)
    later, late, more = _end(after[::-1])
    variance = (squares + more + SPREAD_WEIGHS * SPREAD**2) / (early + late - 2 + SPREAD_WEIGHS)
    error = math.sqrt(variance * (1 / early + 1 / late))
    return Change(round(later - first, 3), round(error, 3), takes)


def _end(mets: Sequence[float]) -> tuple[float, float, float]:
    """Weighed mean, how many takes of equal weight it is worth, and their squares about it.

    Args:
        mets: at least one; the first weighs most.
    """
    weights = [RECENT**place for place in range(len(mets))]
    mean = _weighed(weights, mets)
    equal = sum(weights) ** 2 / sum(w * w for w in weights)
    return mean, equal, equal * _weighed(weights, [(met - mean) ** 2 for met in mets])


def since_beginning(
    beginning: Sequence[Level], shown: Sequence[Level]
) -> tuple[float | None, Change]:
    """What the first takes showed, the very first most, and how the later ones differ from it.

    Args:
        beginning: of all takes, the first ones.
        shown: the last ones; where there are few, the same takes.
    """
    first = [level.met for level in beginning[: min(STRETCH, len(shown) // 2)]]
    found = change(first, [level.met for level in shown[len(first) :]])
    return _rounded(_end(first)[0] if first else None), found


def standings(
    points: Iterable[Said],
    levels: Mapping[str, Sequence[Level]],
    now: datetime,
    beginnings: Mapping[str, Sequence[Level]] | None = None,
) -> dict[str, Standing]:
    """The standing of every area.

    Args:
        points: all that was said.
        levels: what the last takes showed of each area, the oldest first.
        now: mentions and takes fade with their age.
        beginnings: what the first takes showed; None where `levels` has every take.
    """
    beginnings = levels if beginnings is None else beginnings
    mentions: dict[str, list[Mention]] = defaultdict(list)
    praises: dict[str, int] = defaultdict(int)
    for said in points:
        if said.point.polarity is Polarity.PRAISE:
            praises[said.point.area] += 1
        elif _counts(said.point):
            mentions[said.point.area].append(Mention(said.origin, said.when, said.point.words))
    return {
        area.id: _standing(
            area,
            levels.get(area.id, ()),
            beginnings.get(area.id, ()),
            mentions[area.id],
            praises[area.id],
            now,
        )
        for area in AREAS.values()
    }


def weakest(found: Mapping[str, Standing], most: int = 5) -> list[Standing]:
    """The areas that ask for practice most, of those that somebody named or a take showed."""
    known = [s for s in found.values() if s.need > 0 and (s.mentions or s.takes)]
    return sorted(known, key=lambda s: (-s.need, s.area))[:most]


def _counts(point: FeedbackPoint) -> bool:
    """Whether it asks for work on its area, or names an area that nobody can work on."""
    if not AREAS[point.area].controllable:
        return True
    return point.polarity is Polarity.CRITICISM and not is_outside(point)


def _standing(
    area: Area,
    shown: Sequence[Level],
    beginning: Sequence[Level],
    mentions: list[Mention],
    praises: int,
    now: datetime,
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
        *since_beginning(beginning, shown),
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
    level = _weighed(weights, [each.met for each in shown])
    equal = total**2 / sum(w * w for w in weights)
    takes = equal * _weighed(weights, fades)
    if len(shown) == 1:
        return level, None, takes
    spread = _weighed(weights, [(each.met - level) ** 2 for each in shown])
    variance = (equal * spread + SPREAD_WEIGHS * SPREAD**2) / (equal + SPREAD_WEIGHS)
    return level, min(math.sqrt(variance / takes), 0.5), takes  # 0.5: nothing is known


def _fade(when: datetime, now: datetime, half: float) -> float:
    days = max(0.0, (now - when).total_seconds() / 86_400)
    return 0.5 ** (days / half)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)
