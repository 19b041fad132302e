"""Words with their times, and who heard them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coach.clean import clean

# Below it stand .56 of the wrong words and .10 of the right ones of the packaged answers, as
# PocketSphinx hears them.
DOUBTFUL = 0.5
# From that share of doubtful words on, what is found may be the hearing's: PocketSphinx doubts .13
# of the words of the packaged answers, and gets a tenth of all of them wrong.
DOUBTED = 0.1
# As they are written down, where they are.
HESITATIONS = {"um", "umm", "uhm", "uh", "uhh", "er", "erm", "hmm", "mm", "ah", "eh"}


@dataclass(frozen=True)
class Word:
    """One word as it was heard or typed.

    Attributes:
        text: with the punctuation that the recogniser attached, if any.
        start: seconds from the start of the take; None where nothing was spoken.
        end: seconds from the start of the take; None where nothing was spoken.
        probability: the recogniser's own confidence, 0 to 1; None where it gives none.
    """

    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None

    @property
    def doubtful(self) -> bool:
        return self.probability is not None and self.probability < DOUBTFUL


@dataclass(frozen=True)
class TimedWord:
    """A word that was spoken; its parts are as in `Word`."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Hesitation:
    """An "um" or "uh" that is heard in the sound but not in the words; seconds from the start."""

    start: float
    end: float


@dataclass(frozen=True)
class Transcript:
    """What was said in one take.

    Attributes:
        words: in the order in which they were said.
        engine: "whisper", "sphinx", or "text" for typed answers.
        model: the engine's model; None for typed answers.
        keeps_fillers: whether the engine writes um and uh down.
        seconds: length of the audio; None where nothing was spoken.
        hesitations: in order; None where nobody looked for them.
        edited: whether the user mended words.
        asked: follow-ups that were put while it was typed; those in a recording are its notices.
    """

    words: tuple[Word, ...]
    engine: str
    model: str | None
    keeps_fillers: bool
    seconds: float | None = None
    hesitations: tuple[Hesitation, ...] | None = None
    edited: bool = False
    asked: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def spoken(self) -> bool:
        """Whether the words carry times."""
        return self.seconds is not None

    @property
    def doubted(self) -> bool:
        """Whether the recogniser doubts so many words that the findings may be its own."""
        doubtful = sum(word.doubtful for word in self.words)
        return not self.edited and bool(doubtful) and doubtful >= DOUBTED * len(self.words)

    @property
    def timed(self) -> tuple[TimedWord, ...]:
        """The words with their times; none where nothing was spoken."""
        return timed(self.words)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Transcript":
        held = data.get("hesitations")
        return cls(
            **{
                **data,
                "words": tuple(Word(**word) for word in data["words"]),
                "hesitations": None if held is None else tuple(Hesitation(**one) for one in held),
                "asked": tuple(data.get("asked", ())),
            }
        )


def timed(words: Sequence[Word]) -> tuple[TimedWord, ...]:
    """Words with their times, each at its place; none where one has no time."""
    found = tuple(
        TimedWord(word.text, word.start, word.end)
        for word in words
        if word.start is not None and word.end is not None
    )
    return found if len(found) == len(words) else ()


def from_text(text: str, asked: tuple[str, ...] = ()) -> Transcript:
    """A typed answer as a transcript: no times, and every filler that was typed is there.

    Args:
        asked: follow-ups that were put while it was typed.
    """
    return Transcript(
        words=tuple(Word(token) for token in clean(text).split()),
        engine="text",
        model=None,
        keeps_fillers=True,
        asked=asked,
    )
