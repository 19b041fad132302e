"""What the reading of feedback sees of a text: words, letters, cues, and turns of the sentence.

Every trait is a short string with its block before the colon.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from coach.areas import AREAS
from coach.assessment.features import stem

VERSION = 1  # raised whenever the same text may give other traits
BLOCKS = ("w", "c", "q", "a", "t")  # words, letters, cues, sections of cues, turns
CUES = Path(__file__).with_name("cues.txt")
GAP = 2  # words that may stand between two words of a cue

Slot = tuple[tuple[str, ...], ...]  # alternatives, each of one word or more

_WORD = re.compile(r"[^\W\d_]+(?:['&+][^\W\d_]+)*\+*|\d+(?:[.,:/]\d+)*|[%£$€]")
_UNFOLDED = (
    (re.compile(r"[’‘]"), "'"),
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|d|re|ve|ll|m)\b"), ""),
)
_NEGATORS = frozenset(
    ["not", "no", "never", "nobody", "none", "nothing", "without", "hardly", "nor", "neither"]
)
_TURNS = frozenset(["but", "however", "although", "though", "yet", "while", "whereas"])


def traits(text: str) -> dict[str, Counter[str]]:
    """How often each trait of each block is in a text."""
    words = words_of(text)
    stems = [stem(word) for word in words]
    places = list(find_cues(stems))
    found = {(section, cue) for section, cue, _ in places}
    return {
        "w": Counter(_words(words, stems)),
        "c": Counter(_letters(words)),
        "q": Counter(f"q:{section} {cue}" for section, cue in found),
        "a": Counter(_sections(section for section, _ in found)),
        "t": Counter(_turns(stems, places)),
    }


def words_of(text: str) -> list[str]:
    """Words in lower case, short forms unfolded: "couldn't" is two words."""
    text = text.lower()
    for pattern, plain in _UNFOLDED:
        text = pattern.sub(plain, text)
    return _WORD.findall(text)


def find_cues(stems: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Section, wording and first word of each cue that stands in a text."""
    table = _cues()
    for place, word in enumerate(stems):
        for head, section, cue, slots in table.get(word, ()):
            end = _after(stems, place, (head,), 0)
            for slot in slots:
                end = end and _after(stems, end, slot, GAP)
            if end:
                yield section, cue, place


def cues_as_text() -> Iterator[tuple[str, str]]:
    """The section of each cue, and all its words in a row."""
    told = {(section, cue) for cues in _cues().values() for _, section, cue, _ in cues}
    for section, cue in sorted(told):
        yield section, cue.replace("/", " ")


def _words(words: Sequence[str], stems: Sequence[str]) -> Iterator[str]:
    for word, root in zip(words, stems, strict=True):
        yield f"w:{word}"
        yield f"w:{root}~"
    for step, between in ((1, " "), (2, " _ ")):
        for first, second in zip(stems, stems[step:], strict=False):
            yield f"w:{first}{between}{second}"


def _letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for length in (3, 4, 5):
            for start in range(len(padded) - length + 1):
                yield f"c:{padded[start : start + length]}"


def _sections(sections: Iterator[str]) -> Iterator[str]:
    for section, count in Counter(sections).items():
        for number in range(1, min(count, 4) + 1):
            yield f"a:{section} {number}"


def _turns(stems: Sequence[str], places: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    """What decides between praise and criticism: negation, and what comes after a turn."""
    turn = max((place for place, word in enumerate(stems) if word in _TURNS), default=-1)
    side = ["" if turn < 0 else "after " if p > turn else "before " for p in range(len(stems))]
    denied = [any(w in _NEGATORS for w in stems[max(0, p - 3) : p]) for p in range(len(stems))]
    for place, word in enumerate(stems):
        yield f"t:{side[place]}{'not ' if denied[place] else ''}{word}"
    kinds = Counter(
        f"{side[place]}{'not ' if denied[place] else ''}[{section}]"
        for section, place in {(section, place) for section, _, place in places}
        if section not in AREAS
    )
    for kind, count in kinds.items():
        for number in range(1, min(count, 4) + 1):
            yield f"t:{kind} {number}"
    families = {section.split(".")[0] for section, _, _ in places if section in AREAS}
    for family in families:
        yield f"t:{family}"
    yield f"t:first {' '.join(stems[:2])}"
    yield f"t:length {min(len(stems) // 4, 8)}"


def _after(stems: Sequence[str], place: int, slot: Slot, gap: int) -> int:
    """The place after the first of a slot's words from `place` on; 0 where none is near."""
    for start in range(place, min(place + gap + 1, len(stems))):
        for words in slot:
            if tuple(stems[start : start + len(words)]) == words:
                return start + len(words)
    return 0


@cache
def _cues() -> dict[str, list[tuple[tuple[str, ...], str, str, tuple[Slot, ...]]]]:
    """Cues by the first of their words."""
    table: dict[str, list[tuple[tuple[str, ...], str, str, tuple[Slot, ...]]]] = {}
    section = ""
    for line in CUES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            for cue in line.split(";"):
                heads, *slots = [_slot(word) for word in cue.split()]
                for head in heads:
                    table.setdefault(head[0], []).append((head, section, cue.strip(), tuple(slots)))
    return table


def _slot(word: str) -> Slot:
    ways = (tuple(stem(part) for part in words_of(way)) for way in word.split("/"))
    return tuple(way for way in ways if way)
