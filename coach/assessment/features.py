"""What the labeller sees of a sentence: words, word classes, tense and person, cues, neighbours.

Every feature is a short string with a namespace before the colon.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.assessment.cues import CUES, HINTS
from coach.assessment.lexicon import (
    CLASSES,
    DROPPED,
    FUNCTION_WORDS,
    IRREGULAR_PASTS,
    STEMS,
    words_of,
)

VERSION = 2  # raised whenever the same sentence may give other features

_SHOWN = ("c:", "cl:", "f:", "n:0", "p:", "p1:", "s:", "v:")  # what is seen of a neighbour
_MOST_TOLD = 4  # signs of a part, beyond which more make no difference
_WE_DID = "did"
_NUMBER = re.compile(r"[£$€]?\d[\d.,:]*(?:%|st|nd|rd|th|am|pm|k|m)?$")
# What counts as a subject, and how it is written in features.
_SUBJECTS = {
    word: word for word in ("i", "we", "they", "it", "you", "that", "who", "there", "what")
}
_SUBJECTS |= {"he": "he", "she": "he", "this": "that", "nobody": "no"}
_SUBJECTS |= {"everyone": "they", "everybody": "they"}
_ADVERBS = words_of(
    "actually all already also always basically both even ever finally first honestly just kind"
    " literally myself never not now of only really simply soon sort still then usually"
)
_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("sses", "ss")),
    *(("ing", ""), ("ed", ""), ("es", ""), ("s", "")),
)
_FORMS = (("ed", "PAST"), ("ing", "ING"), ("ly", "LY"))


@dataclass(frozen=True)
class Seen:
    """What the labeller sees of one sentence.

    Attributes:
        words: without fillers.
        row: its features, each once.
        spans: for features that stand on words: index of the first word, and of the one after
            the last.
    """

    words: tuple[str, ...]
    row: tuple[str, ...]
    spans: dict[str, tuple[int, int]]


def see(sentences: Sequence[str]) -> tuple[Seen, ...]:
    """Features of each sentence of an answer, with a little of its neighbours.

    Args:
        sentences: in lower case, without punctuation.
    """
    alone = [see_alone(sentence) for sentence in sentences]
    shown = [[key for key in seen.row if key.startswith(_SHOWN)] for seen in alone]
    told = _told_around([seen.row for seen in alone])
    together = []
    for index, seen in enumerate(alone):
        row = [*seen.row, *place(index, len(alone)), *told[index]]
        for offset in (-2, -1, 1, 2):
            if 0 <= index + offset < len(alone):
                row += [f"{offset}{key}" for key in shown[index + offset]]
            else:
                row.append(f"{offset}edge")
        together.append(Seen(seen.words, tuple(row), seen.spans))
    return tuple(together)


def see_alone(sentence: str) -> Seen:
    """Features of one sentence in lower case, without punctuation."""
    words = [word for word in sentence.replace("-", " ").split() if word not in DROPPED]
    spans: dict[str, tuple[int, int]] = {}
    for feature, first, end in [*_of_words(words), *_of_verbs(words)]:
        spans.setdefault(feature, (first, end))
    text = " ".join(words)
    strengths: dict[str, float] = {}
    for cue in (*CUES, *HINTS):
        match = cue.pattern.search(text)
        if match:
            first = text.count(" ", 0, match.start())
            spans[f"c:{cue.name}"] = first, first + match.group().strip().count(" ") + 1
            strengths[cue.label] = strengths.get(cue.label, 0.0) + cue.weight
    steps = (f"cl:{c}{step}" for c, s in strengths.items() for step in range(1, int(min(s, 4)) + 1))
    return Seen(tuple(words), (f"n:{min(len(words) // 4, 8)}", *spans, *steps), spans)


def _of_words(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    classes = ["^", *map(word_class, words), "$"]
    for i, word in enumerate(words):
        yield f"w:{word}", i, i + 1
        yield f"s:{stem(word)}", i, i + 1
        if classes[i + 1].isupper():
            yield f"x:{classes[i + 1]}", i, i + 1
    for i in range(len(words) - 1):
        yield f"b:{words[i]} {words[i + 1]}", i, i + 2
    for n in (2, 3, 4):
        for i in range(len(classes) - n + 1):
            yield f"k:{' '.join(classes[i : i + n])}", max(0, i - 1), min(len(words), i + n - 1)
    for n in (1, 2, 3):
        if len(words) >= n:
            yield f"f:{' '.join(words[:n])}", 0, n
    if words:
        yield f"z:{words[-1]}", len(words) - 1, len(words)
        yield f"z:{' '.join(classes[-3:-1])}", max(0, len(words) - 2), len(words)


def _of_verbs(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for n, (subject, verb, first, end) in enumerate(subject_verbs(words)):
        tense = tense_of(verb)
        yield f"v:{subject} {stem(verb)}", first, end
        yield f"p:{subject} {tense}", first, end
        if n == 0:
            yield f"p1:{subject} {tense}", first, end


def _told_around(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """How strongly each part was told before each sentence, and how strongly after it.

    A chain by itself only knows the sentence before: not whether anything was done yet, by which a
    new circumstance in mid-story differs from one at the start, and a last step from an outcome.
    """
    signs = [_signs(row) for row in rows]
    before, after = Counter[str](), sum(signs, Counter[str]())
    around = []
    for sign in signs:
        after = after - sign
        around.append(
            [
                f"{where}{key}{min(told[key], _MOST_TOLD)}"
                for key in (*"STARO", _WE_DID)
                for where, told in (("before:", before), ("after:", after))
            ]
        )
        before = before + sign
    return around


def _signs(row: Sequence[str]) -> Counter[str]:
    """Of one sentence: the greatest step of each part's clues, and what the speaker did."""
    signs = Counter({_WE_DID: sum(key in ("p:i PAST", "p:we PAST") for key in row)})
    for key in row:
        if key.startswith("cl:"):
            signs[key[3]] = max(signs[key[3]], int(key[4:]))
    return signs


def place(index: int, count: int) -> Iterator[str]:
    """Where in an answer of `count` sentences one stands."""
    yield f"at:{min(index, 3)}"
    yield f"to:{min(count - 1 - index, 3)}"
    yield f"of:{5 * index // count}"


def subject_verbs(words: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
    """Each pronoun that is a subject, the verb after it, and the span of both."""
    for i, word in enumerate(words):
        head, _, tail = word.partition("'")
        subject = _SUBJECTS.get(head)
        if subject is None:
            continue
        if tail:
            yield subject, f"'{tail}", i, i + 1
        near = range(i + 1, min(i + 5, len(words)))
        after = next((j for j in near if words[j] not in _ADVERBS), 0)
        if after:
            yield subject, words[after], i, after + 1


def tense_of(verb: str) -> str:
    """A coarse tense: PAST, ING, a function word itself, or "base"."""
    if verb in FUNCTION_WORDS or verb.startswith("'"):
        return verb
    if verb in IRREGULAR_PASTS or (verb.endswith("ed") and len(verb) > 4):
        return "PAST"
    return "ING" if verb.endswith("ing") and len(verb) > 5 else "base"


def word_class(word: str) -> str:
    """A function word itself, or the name of the class that a word belongs to."""
    if word in FUNCTION_WORDS and word not in CLASSES:
        return word
    if _NUMBER.match(word):
        return "NUM"
    if word in IRREGULAR_PASTS and word not in CLASSES:
        return "PAST"
    named = CLASSES.get(word) or CLASSES.get(stem(word))
    return named or next(
        (name for ending, name in _FORMS if word.endswith(ending) and len(word) > len(ending) + 2),
        "x",
    )


def stem(word: str) -> str:
    """A word without its ending, irregular forms brought home: a key, not a dictionary form."""
    if word in STEMS:
        return STEMS[word]
    if _NUMBER.match(word):
        return "#"
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)] + instead
            is_doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls"
            return root[:-1] if is_doubled else root
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def weigh(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """Stems (or other traits) that are known, by number and rarity: a vector of length 1."""
    raw = {
        name: (1 + math.log(number)) * rarity[name]
        for name, number in counts.items()
        if name in rarity
    }
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {name: value / length for name, value in raw.items()}
