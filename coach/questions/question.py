"""A question, and the structure that its answer should have."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True)
class Question:
    """One question of a bank.

    Attributes:
        id: never changes, so that takes of it can be compared for years.
        text: as an interviewer would say it.
        kind: the structure that the answer wants.
        areas: ids of the areas that answering it exercises, the main one first.
        probes: follow-ups in the voice of an interviewer; none feeds the answer.
        shows: what a strong answer shows, never a model answer.
        field: the line of work it belongs to, "any" for all.
        level: "any", "first_job", "experienced" or "leading".
        variants: other wordings of the same question.
    """

    id: str
    text: str
    kind: Kind
    areas: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    field: str = "any"
    level: str = "any"
    variants: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Question":
        lists = {
            name: tuple(data.get(name, ())) for name in ("areas", "probes", "shows", "variants")
        }
        return cls(**{**data, **lists, "kind": Kind(data["kind"])})
