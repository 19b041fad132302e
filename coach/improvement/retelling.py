"""Which of the user's stories a take told, and which story is told too often.

Pure. A take tells a story where the two share many words that few other texts have.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.assessment.features import stem
from coach.assessment.lexicon import is_content
from coach.assessment.segment import normalise
from coach.improvement.stories import Story

# Likeness, 0 to 1, from which a take tells a story. Of twenty retellings none was below 0.47, and
# of 1,350 answers by others none above 0.29 (tests/test_stories.py).
ALIKE = 0.33
RECENT = 10  # takes that are looked back on
OFTEN = 5  # of them; a story that carried more is pointed out


@dataclass(frozen=True)
class Overuse:
    """A story that carried many of the last takes.

    Attributes:
        takes: how many of the last `of` takes told it.
    """

    story: Story
    takes: int
    of: int


@dataclass(frozen=True)
class Rarity:
    """In how many of `texts` texts each word stands: the fewer, the more it tells."""

    counts: Counter[str]
    texts: int

    def weight(self, word: str) -> float:
        """Inverse document frequency; a word that no text has weighs as if one had it."""
        return math.log((self.texts + 1) / max(1, self.counts[word]))


@lru_cache(maxsize=1024)  # a story is held against many takes
def telling_words(text: str) -> frozenset[str]:
    """The stems of a text, without function words, fillers and figures."""
    words = (normalise(word) for word in text.replace("-", " ").split())
    kept = (word for word in words if word and is_content(word))
    return frozenset(filter(str.isalpha, map(stem, kept)))


def rarity(texts: Iterable[str]) -> Rarity:
    """Count words in texts of the kind that is compared: questions, stories and answers."""
    told = [telling_words(text) for text in texts]
    return Rarity(Counter(word for words in told for word in words), len(told))


def likeness(one: str, other: str, words: Rarity) -> float:
    """How much two texts share, 0 to 1: the cosine of their words by weight."""
    a, b = telling_words(one), telling_words(other)
    sizes = math.sqrt(_size(a, words) * _size(b, words))
    return _size(a & b, words) / sizes if sizes else 0.0


def told_story(text: str, stories: Iterable[Story], words: Rarity) -> Story | None:
    """The story that a take told: the most alike, if it is alike enough."""
    rated = [(likeness(story.text, text, words), -story.number, story) for story in stories]
    best = max(rated, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None


def overused(takes: Sequence[str], stories: Sequence[Story], words: Rarity) -> tuple[Overuse, ...]:
    """Stories that carried more than OFTEN of the last takes.

    Args:
        takes: the words of the takes that told a story, the newest first.
    """
    last = takes[:RECENT]
    told = Counter(
        story.number for take in last if (story := told_story(take, stories, words)) is not None
    )
    return tuple(
        Overuse(story, told[story.number], len(last))
        for story in stories
        if told[story.number] > OFTEN
    )


def _size(words: frozenset[str], known: Rarity) -> float:
    return sum(known.weight(word) ** 2 for word in words)
