"""What recurs across rejections, feedback and the user's own notes, counted with its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.areas import AREAS
from coach.improvement.entries import (
    Feedback,
    FeedbackPoint,
    Origin,
    Polarity,
    Rejection,
    Said,
    Source,
)
from coach.improvement.points import is_outside

RECURS = 2  # places that name an area before it is a theme

# What is said of each area outside the user's control.
OUTSIDE = {
    "ext.skills": "They looked for a skill that takes longer to learn than one search lasts.",
    "ext.experience": "They looked for a number of years, and years come in their own time.",
    "ext.language": "They needed a language at a level that takes longer than one search.",
    "ext.logistics": "Place, papers or dates did not meet; no answer could have changed that.",
    "ext.competition": "Somebody was closer to what they had in mind; who applies is chance.",
    "ext.business": "Their own plans changed, whoever had applied.",
}
_ANY_OUTSIDE = "This depended on them, or on the day, and not on an answer."
_COUNTED = {
    Source.EMPLOYER: ("rejection", "rejections"),
    Source.APPRAISAL: ("appraisal", "appraisals"),
    Source.PEER: ("note by a peer", "notes by peers"),
    Source.MOCK: ("mock interview", "mock interviews"),
    Source.OWN: ("note of yours", "notes of yours"),
}


@dataclass(frozen=True)
class Evidence:
    """Somebody said it: who, when, and in which words."""

    origin: Origin
    who: str
    when: date
    words: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "origin": str(self.origin),
            "who": self.who,
            "when": self.when.isoformat(),
            "words": self.words,
        }


@dataclass(frozen=True)
class Theme:
    """An area, and who named it.

    Attributes:
        evidence: the newest first.
        text: the count in words, such as "3 of 5 rejections name results".
    """

    area: str
    evidence: tuple[Evidence, ...]
    text: str

    @property
    def places(self) -> int:
        """How many rejections, appraisals or notes name it; each counts once."""
        return len(_places(self.evidence))

    def to_dict(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "name": AREAS[self.area].name,
            "text": self.text,
            "places": self.places,
            "evidence": [each.to_dict() for each in self.evidence],
        }


@dataclass(frozen=True)
class Themes:
    """What recurs and can be changed, and apart from it what nobody could change.

    Attributes:
        recurring: the most often named first; named in RECURS places or more.
        outside: named once or more; never drilled.
    """

    recurring: tuple[Theme, ...]
    outside: tuple[Theme, ...]

    def of(self, areas: Iterable[str]) -> tuple[Theme, ...]:
        """The recurring ones among these areas."""
        wanted = set(areas)
        return tuple(theme for theme in self.recurring if theme.area in wanted)

    def to_dict(self) -> dict[str, Any]:
        return {
            "recurring": [theme.to_dict() for theme in self.recurring],
            "outside": [
                {**theme.to_dict(), "kindly": kindly(theme.area)} for theme in self.outside
            ],
        }


def find_themes(
    rejections: Sequence[Rejection], feedback: Sequence[Feedback], said: Iterable[Said]
) -> Themes:
    """Count who named which area.

    Args:
        rejections: all of them, for the count and for who said it.
        feedback: all other feedback, likewise.
        said: every point of the log, notes by hand among them.
    """
    voices = list(_voiced(rejections, feedback, said))
    totals = {Source.EMPLOYER: len(rejections)}
    for entry in feedback:
        totals[entry.source] = totals.get(entry.source, 0) + 1
    # Notes by hand are one to an area, so "of how many" would say nothing.
    totals.pop(Source.OWN, None)
    inside: dict[str, list[Evidence]] = defaultdict(list)
    outside: dict[str, list[Evidence]] = defaultdict(list)
    for point, evidence in voices:
        if is_outside(point) and point.polarity is not Polarity.PRAISE:
            outside[point.area].append(evidence)
        elif point.polarity is Polarity.CRITICISM:
            inside[point.area].append(evidence)
    recurring = [theme for theme in _themes(inside, totals) if theme.places >= RECURS]
    return Themes(tuple(recurring), tuple(_themes(outside, totals)))


def strengths(
    rejections: Sequence[Rejection], feedback: Sequence[Feedback], said: Iterable[Said]
) -> tuple[tuple[FeedbackPoint, Evidence], ...]:
    """Praise, with who said it and when; the newest first."""
    praised = [
        (point, evidence)
        for point, evidence in _voiced(rejections, feedback, said)
        if point.polarity is Polarity.PRAISE
    ]
    return tuple(sorted(praised, key=lambda pair: pair[1].when, reverse=True))


def kindly(area: str) -> str:
    """One plain sentence about what lies outside the user's control."""
    return OUTSIDE.get(area, _ANY_OUTSIDE)


def _voiced(
    rejections: Iterable[Rejection], feedback: Iterable[Feedback], said: Iterable[Said]
) -> Iterable[tuple[FeedbackPoint, Evidence]]:
    who = {Origin(Source.EMPLOYER, r.id): f"{r.company}, {r.role}" for r in rejections}
    who |= {Origin(f.source, f.id): f.who for f in feedback if f.who}
    for each in said:
        origin = each.origin
        evidence = Evidence(
            origin, who.get(origin, str(origin)), each.when.date(), each.point.words
        )
        yield each.point, evidence


def _themes(found: dict[str, list[Evidence]], totals: dict[Source, int]) -> list[Theme]:
    themes = [
        Theme(
            area,
            tuple(sorted(evidence, key=lambda each: each.when, reverse=True)),
            _text(area, evidence, totals),
        )
        for area, evidence in found.items()
    ]
    return sorted(themes, key=lambda theme: (-theme.places, theme.area))


def _places(evidence: Iterable[Evidence]) -> set[tuple]:
    # Each note by hand is a place of its own, told apart by its words and day.
    return {(e.origin, *((e.when, e.words) if e.origin.number is None else ())) for e in evidence}


def _text(area: str, evidence: Iterable[Evidence], totals: dict[Source, int]) -> str:
    places = _places(evidence)
    counts = {source: sum(origin.source is source for origin, *_ in places) for source in Source}
    told = [_count(source, count, totals.get(source)) for source, count in counts.items() if count]
    listed = " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
    # "1 of 3 rejections names", "2 of 3 rejections name".
    verb = "name" if len(places) > 1 else "names"
    return f"{listed} {verb} {in_a_sentence(area)}"


def _count(source: Source, count: int, total: int | None) -> str:
    one, many = _COUNTED[source]
    if total is None:
        return f"{count} {one if count == 1 else many}"
    return f"{count} of {total} {one if total == 1 else many}"


def in_a_sentence(area: str) -> str:
    """The name of an area inside a sentence: "results", but "CV and letter"."""
    return uncapitalised(AREAS[area].name)


def uncapitalised(text: str) -> str:
    """A text as the rest of a sentence; an abbreviation at its beginning stays as it is."""
    first = text.split(maxsplit=1)[0]
    return text if len(first) > 1 and first.isupper() else text[0].lower() + text[1:]
