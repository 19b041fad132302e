"""How alike two questions are: the share of their telling words that they have in common."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coach.questions.question import Question

NEAR = 0.5  # from this share of common words on, two questions are near-duplicates
MEASURE = f"at least {NEAR:.0%} of the telling words of a wording are shared"
# What interviewers say whatever they ask for, and words that carry no matter of their own.
_COMMON = frozenset([
    "a", "about", "am", "an", "and", "any", "are", "as", "ask", "at", "be", "been", "before",
    "being", "but", "by", "can", "case", "could", "describe", "did", "do", "does", "done",
    "example", "ever", "for", "from", "gave", "give", "go", "had", "happen", "happened", "has",
    "have", "how", "i", "if", "in", "instance", "into", "is", "it", "its", "just", "last", "let",
    "me", "most", "my", "not", "occasion", "of", "on", "one", "or", "our", "out",
    "particular", "please", "recent", "recently", "share", "she", "so", "some", "somebody",
    "someone", "something", "take", "tell", "than", "that", "the", "their", "them", "then", "there",
    "they", "thing", "think", "this", "those", "time", "to", "told", "took", "up", "us", "very",
    "walk", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "work", "would", "you", "your", "yourself", "you've", "you'd", "you're",
])  # fmt: skip
_ENDINGS = re.compile(r"(?:ies|ied|ings?|ed|es|s|ly)$")


def telling_words(text: str) -> frozenset[str]:
    """The stems of a text's words, without those that say nothing of what is asked for."""
    said = re.sub(r"'s\b", "", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", said)
    told = frozenset(stem(word) for word in words if word not in _COMMON)
    return told or frozenset(words)  # "Why us?" has only common ones


def stem(word: str) -> str:
    """A word without the ending of its form, so that "managed" is found by "managing"."""
    cut = _ENDINGS.sub("", word)
    cut = cut if len(cut) >= 3 else word
    return cut.removesuffix("e") if len(cut) > 3 else cut


def likeness(one: str, other: str) -> float:
    """Telling words in both, as a share of those in either: 0 to 1."""
    a, b = telling_words(one), telling_words(other)
    return len(a & b) / len(a | b) if a | b else 1.0


def near_duplicates(
    new: Sequence[Question], among: Iterable[Question]
) -> Iterator[tuple[Question, Question, float]]:
    """Pairs of a new question and one of the others, or an earlier new one, that are alike.

    Every wording is held against every wording; the highest likeness counts.
    """
    known = [(question, telling_words(text)) for question in among for text in question.wordings]
    holding: dict[str, list[int]] = defaultdict(list)
    for index, (_, words) in enumerate(known):
        for word in words:
            holding[word].append(index)
    for question in new:
        best: dict[int, tuple[float, Question]] = {}
        own = [telling_words(text) for text in question.wordings]
        for words in own:
            for index, share in _shares(words, known, holding):
                other = known[index][0]
                if share >= NEAR and share > best.get(id(other), (0.0, other))[0]:
                    best[id(other)] = (share, other)
        yield from ((question, other, share) for share, other in best.values())
        for words in own:
            for word in words:
                holding[word].append(len(known))
            known.append((question, words))


def _shares(
    words: frozenset[str],
    known: Sequence[tuple[Question, frozenset[str]]],
    holding: dict[str, list[int]],
) -> Iterator[tuple[int, float]]:
    common: dict[int, int] = defaultdict(int)
    for word in words:
        for index in holding.get(word, ()):
            common[index] += 1
    for index, count in common.items():
        share = count / (len(words) + len(known[index][1]) - count)
        if count > 1 or share == 1.0:  # one word in common says little, unless there is no other
            yield index, share
