"""The result of judging one take."""

from dataclasses import asdict, dataclass
from typing import Any

from coach.assessment.kinds import FaultCheck, PartCheck
from coach.assessment.segment import plain
from coach.assessment.star import StarPart
from coach.assessment.timing import Pause, Timing
from coach.assessment.wording import Mark, Ownership


@dataclass(frozen=True)
class Sentence:
    """One sentence of the answer and the part that it serves.

    Attributes:
        text: as it was said.
        part: a StarPart's letter in a story, and in other answers the name of a part or a fault of
            the kind (kinds.py); None where it serves none, or where the coach is unsure.
        first: index of its first word.
        last: index of its last word.
        start: seconds from the start of the take; None where nothing was spoken.
        end: likewise.
        confidence: 0 to 1.
        why: the words that decided it.
    """

    text: str
    part: str | None
    first: int
    last: int
    start: float | None
    end: float | None
    confidence: float
    why: str

    @property
    def plain(self) -> str:
        """In lower case without punctuation, as the patterns want it."""
        return plain(self.text)


@dataclass(frozen=True)
class Correction:
    """What the user says that a stretch of the answer is; it wins over the labeller.

    Attributes:
        first: index of its first word.
        last: index of its last word.
        part: None for what serves no part.
    """

    first: int
    last: int
    part: StarPart | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Correction":
        part = StarPart(data["part"]) if data["part"] else None
        return cls(data["first"], data["last"], part)


@dataclass(frozen=True)
class Score:
    """The score of one answer by the rubric.

    Attributes:
        parts: level of each part, 0 to 3, by its letter in a story, and by its name in other
            answers; empty for those in the first two versions.
        overall: 0 to 100.
    """

    parts: dict[str, int]
    overall: int


@dataclass(frozen=True)
class Finding:
    """What one take shows about one area.

    Attributes:
        area: its id.
        met: 1 where the take shows what is wanted, 0 where not, between for partly; None where it
            cannot be measured, and then `text` says why.
        text: one sentence about the answer, never about the person.
        source: kind of number it was held against: E, V, C or P; empty where it was none.
    """

    area: str
    met: float | None
    text: str
    source: str = ""


@dataclass(frozen=True)
class Advice:
    """One thing to do in the next take, with the user's own words in it."""

    area: str
    text: str


@dataclass(frozen=True)
class Assessment:
    """Everything that was found in one take; the same take always gives the same.

    Attributes:
        version: of the assessor, so that old takes can be judged again by a better one.
        kind: of the question.
        sentences: in order; every word is in exactly one.
        missing: parts of the story that are not told; empty for answers that are not stories.
        unclear: parts that are only hinted at.
        episode: "past" where a story tells one occasion, else "general", "hypothetical", "foreign"
            (no English) or "none"; None for answers that are not stories.
        shares: of the time (of the words where nothing was spoken) that has a part; by part.
        parts: for answers that are not stories, what they should hold.
        faults: for answers that are not stories, what spoils them.
        fillers: words that fill and hesitations; None where um and uh are neither written down by
            the engine nor to be found by its words.
        hesitations: those of them that were found in the sound alone; None where none are sought.
        filler_words: those that the engine did write down.
        went_well: what the answer does well.
        advice: at most three things, in order of worth.
    """

    version: int
    kind: str
    sentences: tuple[Sentence, ...]
    missing: tuple[StarPart, ...]
    unclear: tuple[StarPart, ...]
    episode: str | None
    shares: dict[str, float] | None
    parts: tuple[PartCheck, ...]
    faults: tuple[FaultCheck, ...]
    score: Score
    timing: Timing
    words: int
    fillers: int | None
    hesitations: int | None
    filler_words: tuple[Mark, ...]
    hedges: tuple[Mark, ...]
    ownership: Ownership | None
    has_numbers: bool | None
    findings: tuple[Finding, ...]
    went_well: tuple[str, ...]
    advice: tuple[Advice, ...]

    def finding(self, area: str) -> Finding | None:
        return next((finding for finding in self.findings if finding.area == area), None)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Assessment":
        data = {"hesitations": None, "faults": (), **data}  # older versions knew none
        pauses = tuple(Pause(**pause) for pause in data["timing"].get("pauses", ()))
        return cls(
            **{
                **data,
                "sentences": tuple(Sentence(**sentence) for sentence in data["sentences"]),
                "missing": tuple(StarPart(part) for part in data["missing"]),
                "unclear": tuple(StarPart(part) for part in data["unclear"]),
                "parts": tuple(PartCheck(**part) for part in data["parts"]),
                "faults": tuple(FaultCheck(**fault) for fault in data["faults"]),
                "score": Score(**data["score"]),
                "timing": Timing(**{**data["timing"], "pauses": pauses}),
                "filler_words": tuple(Mark(**mark) for mark in data["filler_words"]),
                "ownership": Ownership(**data["ownership"]) if data["ownership"] else None,
                "hedges": tuple(Mark(**mark) for mark in data["hedges"]),
                "findings": tuple(Finding(**finding) for finding in data["findings"]),
                "went_well": tuple(data["went_well"]),
                "advice": tuple(Advice(**advice) for advice in data["advice"]),
            }
        )
