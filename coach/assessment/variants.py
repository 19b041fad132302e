"""Other forms of a labelled answer, so that the place in it cannot give a sentence's part away."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.mishearing import Mishearing, hesitate

_SPLIT_AT = frozenset(["and", "but", "so", "because", "then", "which"])


@dataclass(frozen=True)
class Example:
    """Sentences in lower case without punctuation, and the letter of STARO of each."""

    sentences: tuple[str, ...]
    labels: tuple[str, ...]


def rearranged(example: Example, rng: random.Random) -> Example:
    """An answer with parts removed, reordered, thinned out or cut short, or as it is."""
    places = _rearrange(example.labels, rng)
    return Example(
        tuple(example.sentences[i] for i in places), tuple(example.labels[i] for i in places)
    )


def _rearrange(labels: Sequence[str], rng: random.Random) -> list[int]:
    """Places of an answer's sentences, in the order that they are to have."""
    places = list(range(len(labels)))
    way = rng.random()
    if way < 0.45:
        present = sorted(set(labels) - {"O"})
        gone = rng.sample(present, min(len(present), 1 if rng.random() < 0.7 else 2))
        return [i for i in places if labels[i] not in gone]
    if way < 0.55:
        return sorted(places, key=lambda i: labels[i] != "R")
    if way < 0.65:
        return _shuffle_blocks(labels, rng)
    if way < 0.8:
        return [i for i in places if rng.random() < 0.7]
    if way < 0.9 and places:
        first = rng.randrange(len(places))
        return places[first : rng.randrange(first, len(places)) + 1]
    return places


def _shuffle_blocks(labels: Sequence[str], rng: random.Random) -> list[int]:
    blocks: list[list[int]] = []
    for i, label in enumerate(labels):
        if blocks and labels[blocks[-1][-1]] == label:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    rng.shuffle(blocks)
    return [i for block in blocks for i in block]


def merged_and_split(example: Example, rng: random.Random) -> Example:
    """An answer whose sentences end in wrong places, as a recogniser's punctuation may have it."""
    made: list[tuple[str, str]] = []
    for sentence, label in zip(example.sentences, example.labels, strict=True):
        words = sentence.split()
        if made and rng.random() < 0.15:
            before, its_label = made.pop()
            longer = its_label if before.count(" ") >= sentence.count(" ") else label
            made.append((f"{before} {sentence}", longer))
        elif len(words) > 14 and rng.random() < 0.15:
            places = [i for i in range(5, len(words) - 5) if words[i] in _SPLIT_AT]
            at = rng.choice(places or [len(words) // 2])
            made += [(" ".join(words[:at]), label), (" ".join(words[at:]), label)]
        else:
            made.append((sentence, label))
    return Example(tuple(s for s, _ in made), tuple(label for _, label in made))


def misheard(example: Example, mishearing: Mishearing, rate: float, rng: random.Random) -> Example:
    """An answer as a recogniser of this word error rate might give it, with some more fillers."""
    heard = []
    for sentence in example.sentences:
        hesitant = hesitate(sentence, rng) if rng.random() < 0.2 else sentence
        heard.append(mishearing.hear(hesitant, rate, rng))
    return Example(tuple(heard), example.labels)
