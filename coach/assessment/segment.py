"""Cut words into sentences: by punctuation where there is some, else by words and pauses."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.assessment.boundaries import CLAUSE, SENTENCE, starts
from coach.assessment.chain import Chain
from coach.transcript.transcript import Word

# A longer stretch without a full stop was not punctuated, whatever came before it.
RUN_ON = 45  # words
SHORTEST = 3  # words of a clause that is cut out of unpunctuated words

_ABBREVIATIONS = {"mr.", "mrs.", "ms.", "dr.", "st.", "e.g.", "i.e.", "vs.", "approx."}
_SENTENCE_END = re.compile(r"[.?!…]+[\"')\]]*$")
# No sentence ends with these, whatever the pause after them.
_OPEN = re.compile(
    r"an?|the|my|our|your|his|her|their|its|of|in|on|at|for|with|from|by|about|into|onto|and|or|but|"
    r"so|because|if|when|while|as|than|that|which|who|whose|before|after|until|is|are|was|were|be|"
    r"been|am|i|we|he|she|they|very"
)
# Seconds of silence before a word, and how much they speak for a sentence to start there, in log
# odds. Set by hand: the corpus has no pauses.
_PAUSES = ((0.7, 4.0), (0.35, 2.5), (0.2, 1.0))


@dataclass(frozen=True)
class Range:
    """A sentence, or a clause of one.

    Attributes:
        first: index of its first word.
        last: index of its last word, included.
        guessed: whether it was cut out of words that are not punctuated.
        start: probability that a sentence starts with it.
    """

    first: int
    last: int
    guessed: bool = False
    start: float = 1.0

    @property
    def size(self) -> int:
        """Words in it."""
        return self.last - self.first + 1


def normalise(text: str) -> str:
    """One word without punctuation around it, in lower case; never drops um or uh."""
    return text.lower().replace("’", "'").strip(".,;:!?…\"'()[]{}-–—*_<>")


def plain(text: str) -> str:
    """A text in lower case without punctuation, as the labeller and the patterns want it."""
    return " ".join(filter(None, map(normalise, text.split())))


def clauses(words: Sequence[Word], boundaries: Chain) -> tuple[Range, ...]:
    """Cut words into sentences, and those that are not punctuated further, into clauses.

    Every word is in exactly one.
    """
    ranges: list[Range] = []
    first = 0
    for index, word in enumerate(words):
        ends = _ends_sentence(word.text, words[index + 1].text if index + 1 < len(words) else "")
        if ends or index == len(words) - 1:
            if ends and index - first < RUN_ON:
                ranges.append(Range(first, index))
            else:
                ranges += _cut_stretch(words[first : index + 1], first, boundaries)
            first = index + 1
    return tuple(ranges)


def whole_sentences(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Join clauses where hardly a sentence starts."""
    whole: list[Range] = []
    for one in ranges:
        if one.start >= SENTENCE or not whole:
            whole.append(one)
        else:
            whole[-1] = replace(whole[-1], last=one.last)
    return tuple(whole)


def texts(words: Sequence[Word], ranges: Sequence[Range]) -> list[str]:
    """Each range in lower case without punctuation."""
    plain = [normalise(word.text) for word in words]
    return [" ".join(filter(None, plain[r.first : r.last + 1])) for r in ranges]


def _ends_sentence(text: str, after: str) -> bool:
    if not _SENTENCE_END.search(text) or text.lower() in _ABBREVIATIONS:
        return False
    if text.lower() == "no.":  # of "No. 4"; a plain "no" ends one
        return not after[:1].isdigit()
    if text.lower() == "etc.":
        return not after[:1].islower()
    is_initial = len(text) == 2 and text[0].isupper() and text[0] != "I"
    return not is_initial


def _cut_stretch(words: Sequence[Word], offset: int, boundaries: Chain) -> list[Range]:
    chances = starts([normalise(word.text) for word in words], boundaries)
    chances = [1.0] + [
        _with_pause(chance, _gap(before, after))
        for chance, (before, after) in zip(chances[1:], pairwise(words), strict=True)
    ]
    cuts = [0]
    for i, chance in enumerate(chances):
        if chance < CLAUSE or (i and _OPEN.fullmatch(normalise(words[i - 1].text))):
            continue
        if i - cuts[-1] >= SHORTEST:
            cuts.append(i)
        elif cuts[-1] and chance > chances[cuts[-1]]:
            cuts[-1] = i
    return [
        Range(offset + a, offset + b - 1, guessed=True, start=chances[a])
        for a, b in pairwise([*cuts, len(words)])
    ]


def _with_pause(chance: float, seconds: float) -> float:
    """A probability, raised by the silence before the word."""
    bonus = next((bonus for least, bonus in _PAUSES if seconds >= least), 0.0)
    odds = chance / max(1e-9, 1 - chance) * math.exp(bonus)
    return odds / (1 + odds)


def _gap(before: Word, after: Word) -> float:
    if before.end is None or after.start is None:
        return 0.0
    return max(0.0, after.start - before.end)
