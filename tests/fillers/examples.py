"""The hand-written examples of fillers in words, read from examples.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.assessment.wording import measure

FILE = Path(__file__).with_name("examples.toml")
SILENCE = 0.5  # s: what "/" stands for
BREATH = 0.05  # s: between words of an example that has times


@dataclass(frozen=True)
class Example:
    """A sentence in which one word is asked about.

    Attributes:
        plain: its words, in lower case without punctuation.
        pauses: seconds of silence before each word; None where the example has no times.
        index: of the word that is asked about.
        fills: the answer.
    """

    plain: tuple[str, ...]
    pauses: tuple[float, ...] | None
    index: int
    fills: bool

    def judged(self) -> bool:
        """What `measure` says."""
        marks = measure(self.plain, self.pauses).fillers
        return any(mark.first <= self.index <= mark.last for mark in marks)


def read_examples(half: str) -> list[Example]:
    """All examples of "develop" or "held_out"."""
    answers = tomllib.loads(FILE.read_text(encoding="utf-8"))[half]
    return [
        _example(text, answer == "fills") for answer, texts in answers.items() for text in texts
    ]


def _example(text: str, fills: bool) -> Example:
    words: list[str] = []
    pauses: list[float] = []
    index, silence = 0, BREATH
    # The brackets stand around both words of "[you know]", or around the first alone.
    for token in text.replace("[you know]", "[you] know").replace("[i mean]", "[i] mean").split():
        if token == "/":
            silence = SILENCE
            continue
        if token.startswith("["):
            index = len(words)
        words.append(token.strip("[]"))
        pauses.append(silence)
        silence = BREATH
    return Example(tuple(words), tuple(pauses) if "/" in text else None, index, fills)


def accuracy(examples: Sequence[Example]) -> float:
    return sum(example.judged() == example.fills for example in examples) / len(examples)
