"""Text as a recogniser gives it: misheard, dropped and invented words, spelled numbers, fillers."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable


def _words(text: str) -> list[str]:
    return text.split()


_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = _words("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
# Letters that recognisers confuse; vowels, h, w and y are not looked at.
_GROUPS = _words("bfpv cgjkqsxz dt l mn r")
_SOUNDS = {letter: str(n) for n, letters in enumerate(_GROUPS, 1) for letter in letters}
_COMMON = _words("the a and to of it in that i was so but on is we he they for with at")
_FILLERS = ("um", "uh", "like", "you know", "i mean")


class Mishearing:
    """Makes mistakes with the words of a vocabulary, the commoner the likelier."""

    def __init__(self, words: Iterable[str]) -> None:
        self._alike: dict[str, list[str]] = defaultdict(list)
        self._counts = Counter(words)
        for word in sorted(self._counts):
            self._alike[_sound(word)].append(word)

    def hear(self, sentence: str, rate: float, rng: random.Random) -> str:
        """A sentence with about this share of its words wrong, and at least one word left.

        Args:
            sentence: in lower case, without punctuation.
            rate: 0 to 1: word error rate.
        """
        words = [spelled for word in sentence.split() for spelled in spell(word).split()]
        heard: list[str] = []
        for word in words:
            chance = rng.random() / rate if rate else 1.0
            if chance >= 1:
                heard.append(word)
            elif chance < 0.65:
                heard.append(self._instead_of(word, rng))
            elif chance < 0.85:
                heard += [word, rng.choice(_COMMON)]
            # else the word is not heard at all
        return " ".join(heard) or " ".join(words)

    def _instead_of(self, word: str, rng: random.Random) -> str:
        alike = [other for other in self._alike[_sound(word)] if other != word]
        if not alike:
            return rng.choice(_COMMON)
        return rng.choices(alike, [self._counts[other] for other in alike])[0]


def hesitate(sentence: str, rng: random.Random) -> str:
    """A sentence with a filler or two that was not there."""
    words = sentence.split()
    for _ in range(rng.randint(1, 2)):
        words.insert(rng.randint(0, len(words)), rng.choice(_FILLERS))
    return " ".join(words)


def spell(word: str) -> str:
    """Digits as they are spoken, up to 9999; every other word as it is."""
    if not word.isascii() or not word.isdigit() or len(word) > 4:
        return word
    number = int(word)
    if number < 20:
        return _ONES[number]
    if number < 100:
        head, rest = _TENS[number // 10], number % 10
    elif 1100 <= number < 2000 or number >= 2010:  # as years are spoken
        head, rest = spell(str(number // 100)), number % 100
        head = head if rest else f"{head} hundred"
    elif number < 1000:
        head, rest = f"{_ONES[number // 100]} hundred", number % 100
    else:
        head, rest = f"{_ONES[number // 1000]} thousand", number % 1000
    return f"{head} {spell(str(rest))}" if rest else head


def _sound(word: str) -> str:
    """A key that words of much the same consonants share."""
    sounds = [_SOUNDS.get(letter, "") for letter in word]
    kept = [s for i, s in enumerate(sounds) if s and (i == 0 or s != sounds[i - 1])]
    # Words of hardly any consonants are told apart by their length.
    return "".join(kept) if len(kept) > 1 else f"{''.join(kept)}{len(word)}"
