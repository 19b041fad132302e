"""From an employer's words to weak areas: which, praise or criticism, and from which words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.assessment.features import stem
from coach.assessment.lexicon import FUNCTION_WORDS
from coach.improvement.clauses import bare, clauses, sentences
from coach.improvement.entries import Controllable, FeedbackPoint, Polarity
from coach.improvement.points import BY_HAND, controllable, point_by_hand
from coach.improvement.traits import find_cues, words_of
from coach.improvement.understanding import Model, Scores, load_model, named

SURE = 0.2  # by how much praise and criticism differ before it is clear which of them it is
_CONTRAST = re.compile(r"(?:but|however|although|though|yet|whereas)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What the employer's words seem to say.

    Attributes:
        points: proposals for the user to confirm, in the order of the words.
        vague: whether nothing in them can be acted on.
        doubtful: those of the points that might as well be praise as criticism.
        unclear: sentences that judge, but name nothing: one could ask what was meant.
    """

    points: tuple[FeedbackPoint, ...]
    vague: bool
    doubtful: tuple[FeedbackPoint, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """What one sentence seems to say.

    Attributes:
        areas: the strongest first.
        clauses: as they stand in it, and `parts` the scores of each.
    """

    areas: tuple[str, ...]
    scores: Scores
    clauses: tuple[str, ...]
    parts: tuple[Scores, ...]

    @property
    def polarity(self) -> Polarity:
        return self.scores.polarity

    @property
    def controllable(self) -> Controllable:
        """What the areas say of it; where there are none, what was learned."""
        if not self.areas:
            return self.scores.controllable
        found = set(map(controllable, self.areas))
        return found.pop() if len(found) == 1 else Controllable.PARTLY

    def is_doubtful(self, place: int) -> bool:
        """Whether a clause might as well be praise as criticism.

        Their scores are close, or a "but" stands between it and a surer one of the same judgement.
        """
        part = self.parts[place]
        if part.polarity is Polarity.NEUTRAL:
            return False
        across = [
            self.parts[other]
            for other, but in ((place - 1, place), (place + 1, place + 1))
            if 0 <= other < len(self.parts) and _CONTRAST.match(self.clauses[but])
        ]
        return _sureness(part) < SURE or any(
            other.polarity is part.polarity and _sureness(other) > _sureness(part)
            for other in across
        )

    def clause_of(self, area: str) -> int:
        """Which clause speaks of an area most."""
        return max(range(len(self.parts)), key=lambda index: self.parts[index].areas[area])


def _sureness(part: Scores) -> float:
    return abs(part.polarities[Polarity.PRAISE] - part.polarities[Polarity.CRITICISM])


def read_sentence(text: str, model: Model | None = None) -> Sentence:
    """Understand one sentence, or two short ones.

    Args:
        model: the one that comes with the coach, unless another is given.
    """
    model = model or load_model()
    whole = model.scores(text)
    found = clauses(text) or (text,)
    parts = (whole,) if len(found) == 1 else tuple(model.scores(bare(clause)) for clause in found)
    areas = named(whole, parts, model.limits)
    return Sentence(areas, whole, found, parts)


def read_feedback(words: str) -> Reading:
    """Propose areas from an employer's words.

    Args:
        words: as the employer wrote or said them, a line or a whole letter.
    """
    points: dict[tuple[str, Polarity], FeedbackPoint] = {}
    doubtful, unclear = [], []
    for text in sentences(words):
        sentence = read_sentence(text)
        for point in _points(sentence):
            kept = points.setdefault((point.area, point.polarity), point)
            if kept is point and sentence.is_doubtful(sentence.clause_of(point.area)):
                doubtful.append(point)
        if not sentence.areas and sentence.polarity is not Polarity.NEUTRAL:
            unclear.append(text)
    found = tuple(points.values())
    return Reading(found, not any(map(_can_be_acted_on, found)), tuple(doubtful), tuple(unclear))


def named_points(words: str, areas: Iterable[str]) -> tuple[FeedbackPoint, ...]:
    """Points for areas that the user says these words name.

    Each quotes the clause that is read to speak of its area; without one, the words themselves
    where they are one sentence, and nothing of a longer text.
    """
    areas = tuple(areas)
    read = {point.area: point.words for point in read_feedback(words).points} if areas else {}
    whole = words if len(list(sentences(words))) == 1 else BY_HAND
    return tuple(point_by_hand(area, read.get(area, whole)) for area in areas)


def areas_of(text: str) -> tuple[str, ...]:
    """The areas that a question or a job posting speaks of, in the order of its sentences."""
    found = (area for sentence in sentences(text) for area in read_sentence(sentence).areas)
    return tuple(dict.fromkeys(found))


def _points(sentence: Sentence) -> Iterator[FeedbackPoint]:
    for area in sorted(sentence.areas, key=sentence.clause_of):
        place = sentence.clause_of(area)
        words, polarity = _quoted(sentence.clauses[place]), sentence.parts[place].polarity
        yield FeedbackPoint(
            area, polarity, words, controllable(area), vague=_is_vague(area, polarity, words)
        )


def _quoted(clause: str) -> str:
    """A clause as it is shown: without what ties it to its neighbours."""
    return bare(clause).rstrip(" .!") or clause


def _can_be_acted_on(point: FeedbackPoint) -> bool:
    return (
        point.polarity is Polarity.CRITICISM
        and point.controllable is not Controllable.NO
        and not point.vague
    )


def _is_vague(area: str, polarity: Polarity, words: str) -> bool:
    """Whether words name an area and say that it is weak, but nothing of what or where.

    Only of competencies and of fit: how an answer was told is clear by itself ("you rambled").
    """
    is_wide = area.startswith("comp.") or area == "hr.fit"
    if polarity is not Polarity.CRITICISM or not is_wide:
        return False
    spoken = words_of(words)
    cues = (cue for _, cue, _ in find_cues([stem(word) for word in spoken]))
    naming = {stem(word) for cue in cues for word in words_of(cue.replace("/", " "))}
    return not any(word not in FUNCTION_WORDS and stem(word) not in naming for word in spoken)
