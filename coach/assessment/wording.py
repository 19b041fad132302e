"""Fillers, hedges, numbers, and who did the work: from the words alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.cues import ACTION_VERB, ADVERBS

HESITATIONS = {"um", "uh", "umm", "uhm", "er", "erm", "hmm", "mm", "uhh", "ah", "eh"}
_PHRASES = ("you know", "i mean")
_HEDGES = (
    "kind of|sort of|i guess|i suppose|maybe|perhaps|probably|somehow|a little bit|a bit|i think|"
    "more or less|or something|or whatever|i'm not sure|hopefully|just trying|tried to"
)
_HEDGE = re.compile(rf"\b(?:{_HEDGES})\b")
# "you know" with an object, and "I mean" with one, do grammatical work.
_YOU_KNOW_VERB = re.compile(r"\b(?:do|if|did|as|that|what|when|how) you know\b|\byou know (?:how|that|"
                            r"what|who|where|why|when|about|him|her|them|the)\b")  # fmt: skip
_BEFORE_LIKE_VERB = set(
    "i you we they he she it would didn't don't did do really also to not feel felt feels look looks "
    "looked sound sounds sounded seem seems seemed was is were are be been something anything nothing "
    "things stuff people more much just exactly a customers guests who people's act acted smelled "
    "tasted places what that's it's".split()
)
_AFTER_LIKE_NOUN = set("this that these those a an the my me him her them us you".split())
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    "thousands?|millions?|dozens?|zero"
)
_NUMBER = re.compile(
    rf"\b(?:[£$€]?\d[\d.,]*%?|(?:a |one )?(?:{_NUMBER_WORDS})(?:[ -](?:{_NUMBER_WORDS}|and))*"
    r"(?: percent| per cent)?)(?:$|(?= ))|\bone (?:percent|hundred|thousand|million)\b"
)
_PROXY = re.compile(
    r"\b(?:half|halved|doubled?|tripled?|twice|third|quarter|percent|per cent|"
    r"from \w+ to \w+|first place|on time|ahead of (?:time|schedule)|under budget|every single|"
    r"not a single|no more|none of|all of (?:them|us)|everyone|the fastest|the best|fewest|a record)\b"
)
_I_ACTS = re.compile(rf"\bi {ADVERBS}{ACTION_VERB}\b")
_WE_ACTS = re.compile(rf"\b(?:we|they|the team|everyone) {ADVERBS}{ACTION_VERB}\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|got|being) (?:\w+ly )?\w+(?:ed|en|one|ade|uilt|ent)\b")


@dataclass(frozen=True)
class Mark:
    """A stretch of words that is pointed out: indices of its first and last word."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Wording:
    """What the words themselves show.

    Attributes:
        fillers: um, uh and words that fill; only what the engine writes down is here.
        hedges: wording that weakens a claim.
        words: how many there are.
    """

    fillers: tuple[Mark, ...]
    hedges: tuple[Mark, ...]
    words: int


def measure(plain: Sequence[str]) -> Wording:
    """Find fillers and hedges.

    Args:
        plain: normalised words, in order.
    """
    return Wording(_fillers(plain), _find(_HEDGE, plain), len(plain))


def has_figure(text: str) -> bool:
    """Whether a text in lower case names a figure, or a proxy for one."""
    return bool(_NUMBER.search(text) or _PROXY.search(text))


@dataclass(frozen=True)
class Ownership:
    """Who acts in the Action: counts of "I" with an action verb, of "we", and of passives."""

    i: int
    we: int
    passive: int


def ownership(text: str) -> Ownership:
    return Ownership(
        len(_I_ACTS.findall(text)), len(_WE_ACTS.findall(text)), len(_PASSIVE.findall(text))
    )


def _fillers(plain: Sequence[str]) -> tuple[Mark, ...]:
    marks = [Mark(i, i, word) for i, word in enumerate(plain) if word in HESITATIONS]
    marks += [
        Mark(i, i + 1, f"{plain[i]} {plain[i + 1]}")
        for i in range(len(plain) - 1)
        if f"{plain[i]} {plain[i + 1]}" in _PHRASES and _is_phrase_filler(plain, i)
    ]
    marks += [
        Mark(i, i, "like") for i, word in enumerate(plain) if word == "like" and _fills(plain, i)
    ]
    return tuple(sorted(marks, key=lambda mark: mark.first))


def _is_phrase_filler(plain: Sequence[str], index: int) -> bool:
    return not _YOU_KNOW_VERB.search(" ".join(plain[max(0, index - 1) : index + 3]))


def _fills(plain: Sequence[str], index: int) -> bool:
    """Whether this "like" does no grammatical work: not a verb, a comparison or an example."""
    before = plain[index - 1] if index else ""
    after = plain[index + 1] if index + 1 < len(plain) else ""
    if before in HESITATIONS or after in HESITATIONS or after == "like":
        return True
    return before not in _BEFORE_LIKE_VERB and after not in _AFTER_LIKE_NOUN


def _find(pattern: re.Pattern[str], plain: Sequence[str]) -> tuple[Mark, ...]:
    text = " ".join(plain)
    marks = []
    for match in pattern.finditer(text):
        first = text.count(" ", 0, match.start())
        marks.append(Mark(first, first + match.group().count(" "), match.group()))
    return tuple(marks)
