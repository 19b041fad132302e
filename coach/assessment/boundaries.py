"""Where sentences may start in words without reliable punctuation, from the words alone.

Words are those of one stretch, in lower case without punctuation; fillers stay in.
"""

from collections.abc import Iterator, Sequence

from coach.assessment.chain import Chain
from coach.assessment.features import word_class

LABELS = "BI"  # a word begins a sentence, or is inside one

SENTENCE = 0.3  # places at least this likely are cut to show sentences; best F1 against the corpus
# Places at least this likely are cut where parts are looked for: rather two clauses of one sentence
# than one clause of two parts. Tried from 0.03 to 0.4.
CLAUSE = 0.06
WHOLE = 0.2  # places at least this likely are kept when clauses are judged as sentences
# Stretches of words that are looked at, counted from the one that may start a sentence.
_SPANS = ((-2, 0), (-3, 0), (-1, 1), (0, 2), (0, 3), (-1, 2), (-2, 2), (1, 3))


def starts(words: Sequence[str], boundaries: Chain) -> list[float]:
    """The probability of each word to begin a sentence."""
    return [marginal[0] for marginal in boundaries.marginals(see_words(words))]


def see_words(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Features of each word, for the question whether a sentence starts with it."""
    classes = [word_class(word) for word in words]
    padded = ["^^", "^^", "^", *words, "$", "$$", "$$"]
    kinds = ["^^", "^^", "^", *classes, "$", "$$", "$$"]
    return [tuple(_around(padded, kinds, i + 3)) for i in range(len(words))]


def _around(words: Sequence[str], kinds: Sequence[str], i: int) -> Iterator[str]:
    for offset in (-2, -1, 0, 1, 2):
        yield f"{offset}w:{words[i + offset]}"
        yield f"{offset}k:{kinds[i + offset]}"
    for name, row in (("w", words), ("k", kinds)):
        for first, end in _SPANS:
            yield f"{first}{name}:{' '.join(row[i + first : i + end])}"
