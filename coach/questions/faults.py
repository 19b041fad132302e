"""What can be wrong with one entry of a bank, and how to mend it."""

import difflib
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, fields
from typing import TypeGuard

from coach.areas import AREAS
from coach.questions.question import FIELDS, LEVELS, Kind, Probe, Question

MOST_WORDS = 45
LEAST_WORDS = 3
KEYS = tuple(field.name for field in fields(Question))
_REQUIRED = ("id", "text", "kind", "areas")
_LISTS = ("areas", "probes", "shows", "variants")


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong with an entry.

    Attributes:
        problem: what is wrong, to follow the entry's name.
        mend: what to do about it.
    """

    problem: str
    mend: str


def flaws(entry: object) -> Iterator[Flaw]:
    """What makes an entry unreadable; where there is none, `Question.from_dict` can read it."""
    if not isinstance(entry, dict):
        yield Flaw("it is no table", "Begin the entry with [[question]].")
        return
    for key in entry:
        if key not in KEYS:
            yield Flaw(f'the key "{key}" is unknown{near(key, KEYS)}', "Rename or delete it.")
    for key in _REQUIRED:
        if _is_empty(entry.get(key)):
            yield Flaw(f'the key "{key}" is missing or empty', "Fill it in.")
    for key in KEYS:
        if key in entry and not (key in _REQUIRED and _is_empty(entry[key])):
            yield from _flaws_of(key, entry[key])
    if _is_texts(entry.get("probes")) and entry.get("kind") in _CLOSED["kind"]:
        yield from _probe_flaws(entry["probes"], Kind(entry["kind"]))


def weak_points(question: Question) -> Iterator[Flaw]:
    """What a readable entry lacks to be worth drilling."""
    for text in question.wordings:
        count = len(text.split())
        if count > MOST_WORDS:
            yield Flaw(
                f"it is too long ({count} words): “{_start(text)}”",
                f"Ask it in {MOST_WORDS} words or fewer.",
            )
        elif count < LEAST_WORDS:
            yield Flaw(f"it is too short: “{text}”", "Ask a whole question.")
    if not 2 <= len(question.probes) <= 3:
        yield Flaw(f"it has {_count(question.probes, 'probe')}", "Give it two or three probes.")
    if question.kind.is_star and question.probes and not any(p.part for p in question.probes):
        yield Flaw(
            "none of its probes says which part of the story it asks for",
            'Begin each with S, T, A or R, such as "R: How did it end?".',
        )
    if len(question.shows) != 3:
        yield Flaw(
            f"it has {_count(question.shows, 'point')} in shows",
            "Give it the three points that a strong answer shows.",
        )
    if not question.variants:
        yield Flaw("it has no variants", "Give it another wording or more.")


def _flaws_of(key: str, value: object) -> Iterator[Flaw]:
    if key == "target_seconds":
        yield from _target_flaws(value)
    elif key in _LISTS:
        if not _is_texts(value):
            yield Flaw(f'its "{key}" must be a list of texts', f'Write {key} = ["…", "…"].')
            return
        if not all(item.strip() for item in value):
            yield Flaw(f'its "{key}" holds an empty text', "Fill it in, or delete it.")
        if key == "areas":
            yield from _area_flaws(value)
    elif not isinstance(value, str):
        yield Flaw(f'its "{key}" must be a text', f'Write {key} = "…".')
    elif key in _CLOSED and value not in _CLOSED[key]:
        allowed = _CLOSED[key]
        yield Flaw(
            f'the {key} "{value}" is unknown{near(value, allowed)}',
            f"Choose one of {', '.join(allowed)}.",
        )


_CLOSED = {"kind": tuple(kind.value for kind in Kind), "field": FIELDS, "level": LEVELS}


def _area_flaws(areas: list[str]) -> Iterator[Flaw]:
    for area in areas:
        if area not in AREAS:
            yield Flaw(
                f'the area "{area}" is unknown{near(area, AREAS)}',
                "`coach area list --all` shows every area.",
            )
        elif not (AREAS[area].drillable or AREAS[area].of_voice):
            yield Flaw(
                f'the area "{area}" cannot be drilled', "Choose one that an answer can show."
            )
    for area in sorted({area for area in areas if areas.count(area) > 1}):
        yield Flaw(f'the area "{area}" is named twice', "Delete one of the two.")


def _probe_flaws(probes: Iterable[str], kind: Kind) -> Iterator[Flaw]:
    for part in sorted({Probe.read(probe).part for probe in probes} - {"", *kind.parts}):
        yield Flaw(
            f'a probe asks for the part "{part}", which a {kind} answer does not have',
            f"Begin it with one of {', '.join(kind.parts)} and a colon, or with no letter.",
        )


def _target_flaws(value: object) -> Iterator[Flaw]:
    pair = value if isinstance(value, list) and len(value) == 2 else [0, 0]
    numbers = all(type(item) in (int, float) for item in pair)
    if not numbers or not 0 < pair[0] < pair[1] <= 600:
        yield Flaw(
            '"target_seconds" must be two numbers, the shortest and longest answer that is fine',
            "Write target_seconds = [60, 90], or leave it out: the norm of the kind holds then.",
        )


def _is_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_empty(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def near(word: str, words: Iterable[str]) -> str:
    """The nearest of these words as a question in brackets; nothing where none is near."""
    found = difflib.get_close_matches(word, words, n=1)
    return f' (did you mean "{found[0]}"?)' if found else ""


def _count(items: Sized, name: str) -> str:
    return f"{len(items) or 'no'} {name}{'' if len(items) == 1 else 's'}"


def _start(text: str) -> str:
    return " ".join(text.split()[:8]) + " …"
