"""A question, and the structure that its answer should have."""

import random
import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

FIELDS = (
    "any",
    "software",
    "nursing",
    "retail",
    "office",
    "teaching",
    "trades",
    "public",
    "first_job",
)
LEVELS = ("any", "first_job", "experienced", "leading")
_MARKED = re.compile(r"([A-Z]): ?(.*)", re.DOTALL)


class Kind(StrEnum):
    """Which structure an answer wants, and so which check it gets."""

    BEHAVIOURAL = "behavioural"
    INTRO = "intro"
    MOTIVATION = "motivation"
    STRENGTH = "strength"
    WEAKNESS = "weakness"
    SALARY = "salary"
    LEAVING = "leaving"
    SITUATIONAL = "situational"
    STRENGTHS_BASED = "strengths_based"
    FUTURE = "future"
    CLOSING = "closing"
    OFF_LIMITS = "off_limits"

    @property
    def is_star(self) -> bool:
        """Whether the answer is a story with Situation, Task, Action and Result."""
        return self is Kind.BEHAVIOURAL

    @property
    def parts(self) -> str:
        """The letters of the parts that such an answer has, as the strip of a result shows them."""
        return _PARTS[self]


_PARTS = {
    Kind.BEHAVIOURAL: "STAR",
    Kind.INTRO: "NPF",
    Kind.MOTIVATION: "FMB",
    Kind.STRENGTH: "CER",
    Kind.WEAKNESS: "WSP",
    Kind.SALARY: "RBP",
    Kind.LEAVING: "FUN",
    Kind.SITUATIONAL: "AOCF",
    Kind.STRENGTHS_BASED: "EXU",
    Kind.FUTURE: "DSL",
    Kind.CLOSING: "S",
    Kind.OFF_LIMITS: "CAR",
}


@dataclass(frozen=True)
class Probe:
    """A follow-up in the voice of an interviewer; it never feeds the answer.

    Attributes:
        part: letter of the part of an answer that it asks for, one of `Kind.parts`; "" for none.
    """

    text: str
    part: str = ""

    @classmethod
    def read(cls, written: str) -> "Probe":
        """As a bank has it: "R: How did it end?", or without a letter."""
        marked = _MARKED.fullmatch(written)
        return cls(marked[2], marked[1]) if marked else cls(written)

    def __str__(self) -> str:
        return f"{self.part}: {self.text}" if self.part else self.text


@dataclass(frozen=True)
class Question:
    """One question of a bank.

    Attributes:
        id: never changes, so that takes of it can be compared for years.
        text: as an interviewer would say it.
        kind: the structure that the answer wants.
        areas: ids of the areas that answering it exercises, the main one first.
        probes: follow-ups, each with the part that it asks for.
        shows: what a strong answer shows, never a model answer.
        field: the line of work it belongs to, one of FIELDS; "any" for all.
        level: one of LEVELS.
        variants: other wordings of the same question.
        company: whose interview it is for, "" for any.
        target_seconds: the shortest and longest answer that is fine, where the norm of its kind
            does not suit; see `Norms.length`.
        assumes: what has to be so for it to be asked at all, such as "a gap between two posts".
    """

    id: str
    text: str
    kind: Kind
    areas: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    shows: tuple[str, ...] = ()
    field: str = "any"
    level: str = "any"
    variants: tuple[str, ...] = ()
    company: str = ""
    target_seconds: tuple[float, float] | None = None
    assumes: str = ""

    @property
    def competencies(self) -> tuple[str, ...]:
        """Those of its areas that are competencies."""
        return tuple(area for area in self.areas if area.startswith("comp."))

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every way in which it may be asked."""
        return (self.text, *self.variants)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"probes": tuple(map(str, self.probes))}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Question":
        lists = {name: tuple(data.get(name, ())) for name in ("areas", "shows", "variants")}
        probes = tuple(map(Probe.read, data.get("probes", ())))
        seconds = data.get("target_seconds")
        target = None if seconds is None else (seconds[0], seconds[1])
        read = {"probes": probes, "kind": Kind(data["kind"]), "target_seconds": target}
        return cls(**{**data, **lists, **read})


def worded(question: Question, seed: int) -> Question:
    """The same question in one of its wordings, so that it does not always come in the same words.

    The id stays, and the other wordings stay its variants.
    """
    draw = random.Random(f"{question.id} {seed}")  # noqa: S311  nothing is secret here
    text = draw.choice(question.wordings)
    others = tuple(wording for wording in question.wordings if wording != text)
    return replace(question, text=text, variants=others)


def plain(text: str) -> str:
    """A question's words without what may differ between two people who write it down."""
    return " ".join(text.lower().split()).rstrip("?.! ")
