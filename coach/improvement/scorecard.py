"""What a whole mock interview came to, by question and by area."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from coach.assessment.assessment import Advice
from coach.assessment.star import StarPart
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.schedule import Due
from coach.questions.question import Question


@dataclass(frozen=True)
class AreaLevel:
    """What the answers showed of one area: their mean level, 0 to 1, and how many showed it."""

    area: str
    level: float
    answers: int


@dataclass(frozen=True)
class Moment:
    """The best moment: the words, and the take that they are of."""

    words: str
    attempt: JudgedTake


@dataclass(frozen=True)
class Put:
    """A question that was put.

    Attributes:
        number: its place in the interview, from 1.
        attempt: its answer; None where it was skipped.
    """

    number: int
    question: Question
    attempt: Attempt | None


@dataclass(frozen=True)
class Scorecard:
    """The end of a mock interview.

    Attributes:
        put: the questions that were put, in their order.
        attempts: the judged answers among theirs, in the order in which they were given.
        asked: how many questions the interview has.
        areas: what the answers showed something of, the weakest first.
        best: None where no answer has a part that could be quoted.
        advice: the one thing to work on, with the take that it is about; None where nothing is.
        due: when each question is to be asked again, the soonest first.
        retold: answers that have nearly the words of an earlier take to another question, each with
            the number of that take.
    """

    put: tuple[Put, ...]
    attempts: tuple[JudgedTake, ...]
    asked: int
    areas: tuple[AreaLevel, ...]
    best: Moment | None
    advice: tuple[JudgedTake, Advice] | None
    due: tuple[tuple[JudgedTake, date], ...]
    retold: tuple[tuple[JudgedTake, int], ...] = ()

    def number(self, attempt: JudgedTake) -> int:
        """The place in the interview of the question that a take answers."""
        return next(one.number for one in self.put if one.question.id == attempt.question.id)

    @property
    def mean(self) -> int:
        """The mean score of the answers, 0 to 100; at least one is judged."""
        return round(sum(a.assessment.score.overall for a in self.attempts) / len(self.attempts))

    @property
    def seconds(self) -> float:
        """Of speaking."""
        return sum(attempt.assessment.timing.seconds or 0.0 for attempt in self.attempts)


def score(
    taken: Sequence[Attempt],
    put: Sequence[Question],
    asked: int,
    due: Mapping[str, Due],
    retold: Mapping[int, int] = MappingProxyType({}),
) -> Scorecard:
    """Add up a mock interview.

    Args:
        taken: its takes, the oldest first; what is not judged yet is listed alone.
        put: its questions as far as they were put, skipped ones too.
        asked: how many it has.
        due: when each question comes due, by its id.
        retold: by the number of a take, that of the earlier one whose words it has.
    """
    answers = {attempt.question.id: attempt for attempt in taken}
    attempts = [attempt for attempt in taken if isinstance(attempt, JudgedTake)]
    days = [(a, due[a.question.id].on) for a in attempts if a.question.id in due]
    return Scorecard(
        tuple(Put(number, each, answers.get(each.id)) for number, each in enumerate(put, 1)),
        tuple(attempts),
        asked,
        _areas(attempts),
        _best(attempts),
        _one_thing(attempts),
        tuple(sorted(days, key=lambda each: (each[1], each[0].id))),
        tuple((a, retold[a.id]) for a in attempts if a.id in retold),
    )


def _areas(attempts: Iterable[JudgedTake]) -> tuple[AreaLevel, ...]:
    shown: dict[str, list[float]] = defaultdict(list)
    for attempt in attempts:
        for finding in attempt.assessment.findings:
            if finding.met is not None:
                shown[finding.area].append(finding.met)
    levels = [
        AreaLevel(area, round(sum(met) / len(met), 3), len(met)) for area, met in shown.items()
    ]
    return tuple(sorted(levels, key=lambda each: (each.level, -each.answers, each.area)))


def _best(attempts: Sequence[JudgedTake]) -> Moment | None:
    """From the best story: its Result, or else the Action; a figure in the Result goes first."""
    stories = [attempt for attempt in attempts if attempt.assessment.shares is not None]
    ranked = sorted(
        stories,
        key=lambda a: (bool(a.assessment.has_numbers), a.assessment.score.overall),
        reverse=True,
    )
    for part in (StarPart.RESULT, StarPart.ACTION):
        for attempt in ranked:
            told = [s for s in attempt.assessment.sentences if s.part == part]
            if told:
                surest = max(told, key=lambda sentence: sentence.confidence)
                return Moment(surest.text, attempt)
    found = ((p.found, a) for a in attempts for p in a.assessment.parts if p.found)
    return next((Moment(*each) for each in found), None)


def _one_thing(attempts: Sequence[JudgedTake]) -> tuple[JudgedTake, Advice] | None:
    """The advice that most answers ask for, in the words of the weakest of them.

    Advice stands in order of worth, so the first of an answer counts most. That an answer is short
    costs no points, and is the one thing only where there is no other.
    """
    votes: Counter[str] = Counter()
    for attempt in attempts:
        for place, advice in enumerate(attempt.assessment.advice):
            votes[advice.area] += 3 - place
    if not votes:
        return None
    area = max(votes, key=lambda each: (each != "voice.short", votes[each]))
    asking = [
        (attempt, advice)
        for attempt in attempts
        for advice in attempt.assessment.advice
        if advice.area == area
    ]
    return min(asking, key=lambda each: each[0].assessment.score.overall)
