"""The story bank: the user's own episodes, and the areas that each can serve."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from coach.areas import AREAS
from coach.assessment.figures import has_figure
from coach.assessment.star import StarPart
from coach.errors import NoStoryError
from coach.improvement.entries import Attempt, State

TITLE = 7  # words of a title that is taken from the story


@dataclass(frozen=True)
class Story:
    """One episode, in notes.

    Attributes:
        situation: and the other parts: a line or two each; empty while not written.
        areas: ids of the areas that it can serve, as the user confirmed.
        take: number of the take that it was made from; None where it was written.
        number: 0 until it is in the log.
    """

    KIND: ClassVar[str] = "story"
    title: str
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    areas: tuple[str, ...] = ()
    take: int | None = None
    number: int = 0

    @property
    def parts(self) -> dict[StarPart, str]:
        texts = (self.situation, self.task, self.action, self.result)
        return dict(zip(StarPart, texts, strict=True))

    @property
    def missing(self) -> tuple[StarPart, ...]:
        """The parts for which there is no note yet."""
        return tuple(part for part, text in self.parts.items() if not text)

    @property
    def text(self) -> str:
        """Title and notes in one."""
        return " ".join(filter(None, (self.title, *self.parts.values())))

    def serves(self, area: str) -> bool:
        """Whether it can be told to show this area.

        What a story is for, the user says. How it is told can be shown with any whole one; for
        numbers its Result has to hold a figure.
        """
        if area in self.areas:
            return True
        if area == "star.numbers":
            return not self.missing and has_figure(self.result.lower())
        return area.startswith("star.") and not self.missing


def from_take(attempt: Attempt, title: str | None = None) -> Story:
    """A story from a kept take: its labelled sentences fill the parts.

    Its areas are the competencies of the question.

    Raises:
        NoStoryError: the take was set aside, is not judged yet, or tells no story.
    """
    judged = attempt.assessment
    if attempt.state is not State.ASSESSED or judged is None:
        raise NoStoryError(
            f"Take {attempt.id} is {attempt.state.value}, not kept and judged.",
            "`coach review` lists the takes that are.",
        )
    told = {
        part: " ".join(
            sentence.text.strip() for sentence in judged.sentences if sentence.part == part
        )
        for part in StarPart
    }
    if not any(told.values()):
        raise NoStoryError(
            f"Take {attempt.id} tells no Situation, Task, Action or Result.",
            "Choose a take of a behavioural question, or write the story: coach story add",
        )
    first = next(text for text in told.values() if text)
    return Story(
        title or _title(first),
        told[StarPart.SITUATION],
        told[StarPart.TASK],
        told[StarPart.ACTION],
        told[StarPart.RESULT],
        attempt.question.competencies,
        attempt.id,
    )


def left_out(attempt: Attempt) -> tuple[str, ...]:
    """The sentences of a take that are no part of its story, as they were said."""
    judged = attempt.assessment
    told = judged.sentences if judged else ()
    parts = set(StarPart)
    return tuple(each.text.strip() for each in told if each.part not in parts)


def covered_areas(stories: Iterable[Story], wanted: Iterable[str]) -> tuple[str, ...]:
    """The areas of a coverage table: every competency, what a story names, and what is wanted.

    Args:
        wanted: ids of the areas that ask for practice.
    """
    named = {area for story in stories for area in story.areas}
    asked = {area for area in wanted if area.startswith("star.")}
    return tuple(area for area in AREAS if area.startswith("comp.") or area in named | asked)


def _title(text: str) -> str:
    words = text.split()
    short = " ".join(words[:TITLE]).rstrip(".,;:!?")
    return f"{short} …" if len(words) > TITLE else short
