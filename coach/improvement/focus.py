"""The focus sheet before an interview: what to work on, which stories, which questions, which day.

Pure: the interview, the standings, the stories, the banks and the day go in.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from coach.areas import AREAS
from coach.assessment.segment import normalise
from coach.improvement.entries import FeedbackPoint
from coach.improvement.interviews import Interview
from coach.improvement.points import with_origin
from coach.improvement.standing import Standing
from coach.improvement.stories import Story
from coach.improvement.themes import RECURS, Evidence
from coach.questions.area_texts import AreaText
from coach.questions.question import Kind, Question

SHIPPED = Path(__file__).with_name("interviews.toml")
AREAS_SHOWN = 2
WEAK_ASKED = 5  # weak areas that choose among the likely questions
_OF_JOB = 1.5  # how much more an area is needed that the job is asked about
PRAISED = 3  # pieces of praise, the latest
DAILY = 7  # days before the interview in which every day has its practice
SPACED = 3  # before that, every so many days
EARLIEST = 28  # days before the interview on which practice starts
MOCK = 2  # days before it with a whole interview
_FITS, _ASKED, _WEAK = 4, 2, 1  # what speaks for a question: its line of work, the job, the user


@dataclass(frozen=True)
class FocusArea:
    """A weak area, why it is one, what to try, and the stories that cover it."""

    area: str
    why: str
    try_next: str
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class PracticeDay:
    """What to practise on one day.

    Attributes:
        minutes: about how long it takes.
        command: the one to start with.
    """

    day: date
    minutes: int
    what: str
    command: str


@dataclass(frozen=True)
class FocusSheet:
    """Everything for one interview.

    Attributes:
        areas: the weakest of those that such an interview shows, at most two; none where nothing
            is known yet.
        praised: what others saw in the user, the newest first.
        research: what to find out about the employer.
        questions: the likely ones, in the order of such an interview.
        to_ask: questions to put to them at this stage.
        days: up to the day before it.
    """

    interview: Interview
    areas: tuple[FocusArea, ...]
    praised: tuple[tuple[FeedbackPoint, Evidence], ...]
    research: tuple[str, ...]
    questions: tuple[Question, ...]
    to_ask: tuple[str, ...]
    days: tuple[PracticeDay, ...]


def focus_sheet(
    interview: Interview,
    weak: Sequence[Standing],
    stories: Sequence[Story],
    bank: Sequence[Question],
    texts: Mapping[str, AreaText],
    today: date,
    *,
    praised: Sequence[tuple[FeedbackPoint, Evidence]] = (),
    rest: date | None = None,
) -> FocusSheet:
    """Make the sheet.

    Args:
        weak: standings of the areas that ask for practice, the most pressing first.
        today: where the user is.
        praised: what others saw in the user, the newest first.
        rest: the day on which a rest after a rejection ends; no practice is planned before it.
    """
    weak = _for_interview(weak, interview, bank)
    areas = tuple(
        FocusArea(
            standing.area,
            _why(standing),
            texts[standing.area].try_next,
            tuple(story for story in stories if story.serves(standing.area)),
        )
        for standing in weak[:AREAS_SHOWN]
    )
    wanted = [standing.area for standing in weak[:WEAK_ASKED]]
    questions = likely_questions(bank, interview.stage, interview.role, wanted)
    planned = schedule(interview, areas, stories, questions, max(today, rest or today))
    employer = interview.company or "the employer"
    return FocusSheet(
        interview,
        areas,
        tuple(praised[:PRAISED]),
        tuple(line.format(employer=employer) for line in _data()["research"]),
        questions,
        tuple(_data()["ask"][interview.stage]),
        planned,
    )


def _for_interview(
    weak: Sequence[Standing], interview: Interview, bank: Sequence[Question]
) -> list[Standing]:
    """The weak areas that such an interview shows first; of these, what recurs, then by need."""
    kinds = {Kind(kind) for kind in _data()["stages"][interview.stage]}
    asked = {area for q in fitting(bank, interview.role) if q.kind in kinds for area in q.areas}
    _, _, of_job = _of_role(interview.role)

    def rank(standing: Standing) -> tuple[bool, bool, float]:
        shows = standing.area in asked or standing.area.startswith("voice.")
        need = standing.need * (_OF_JOB if standing.area in of_job else 1.0)
        return (not shows, standing.places < RECURS, -need)

    return sorted(weak, key=rank)


def _why(standing: Standing) -> str:
    if standing.mentions:
        latest = standing.mentions[0]
        return with_origin(latest.words, str(latest.origin))
    return f"{standing.state} in {standing.takes} takes"


def likely_questions(
    bank: Sequence[Question], stage: str, role: str, weak: Sequence[str]
) -> tuple[Question, ...]:
    """Questions to expect: the stage says which kinds, the role and the weak areas which of them.

    Questions for another line of work or level are left out.

    Args:
        role: as in the posting; single words of it say what kind of job it is.
    """
    data = _data()
    fields, levels, asked = _of_role(role)

    def worth(question: Question) -> int:
        for_it = question.field in fields or question.level in levels
        return (
            _FITS * for_it
            + _ASKED * bool(asked & set(question.areas))
            + _WEAK * bool(set(weak) & set(question.areas))
        )

    ranked = sorted(
        fitting(bank, role), key=worth, reverse=True
    )  # stable: the bank's order among equals
    chosen: list[Question] = []
    for kind, count in data["stages"][stage].items():
        chosen += _different([q for q in ranked if q.kind is Kind(kind)], count)
    return tuple(chosen)


def fitting(bank: Iterable[Question], role: str) -> list[Question]:
    """The questions that are for no other line of work and no other level than the role's."""
    fields, levels, _ = _of_role(role)
    return [
        question
        for question in bank
        if question.field in {"any", *fields} and question.level in {"any", *levels}
    ]


def _of_role(role: str) -> tuple[set[str], set[str], set[str]]:
    """What single words of a role say: its lines of work, its levels, what it is asked about."""
    words = {normalise(word) for word in role.replace("-", " ").replace("/", " ").split()}
    data = _data()
    return (
        _named(data["fields"], words),
        _named(data["levels"], words),
        _named(data["competencies"], words),
    )


def _named(table: Mapping[str, Sequence[str]], words: set[str]) -> set[str]:
    return {name for name, signs in table.items() if words.intersection(signs)}


def _different(ranked: Sequence[Question], count: int) -> list[Question]:
    """The first ones, of different main areas as far as that goes."""
    firsts = {question.areas[0]: question for question in reversed(ranked)}
    fresh = [question for question in ranked if firsts[question.areas[0]] is question]
    rest = [question for question in ranked if question not in fresh]
    return [*fresh, *rest][:count]


def schedule(
    interview: Interview,
    areas: Sequence[FocusArea],
    stories: Sequence[Story],
    questions: Sequence[Question],
    first: date,
) -> tuple[PracticeDay, ...]:
    """What to practise on which day up to the day before: spaced at first, then daily.

    The weak areas, the stories and the likely questions take turns; two days before there is a
    whole interview, and the last day is light. Where nothing comes before the interview, its own
    day has the light part.

    Args:
        first: the first day that may have practice.
    """
    last = max(first, interview.day - timedelta(days=1))
    turns = _turns(areas, stories, questions)
    days = []
    # Counted from its end, so that the sheet of tomorrow says the same of each day as today's.
    for day in reversed(practice_days(first, interview.day)):
        if day == last:
            days.append(_day(day, "light", {"number": str(interview.number)}))
        elif (interview.day - day).days == MOCK:
            days.append(_day(day, "mock", {}))
        else:
            days.append(_day(day, *next(turns)))
    return tuple(reversed(days))


def practice_days(first: date, interview: date) -> tuple[date, ...]:
    """The days with practice: every one of the last DAILY, before that every SPACED-th."""
    if interview <= first:
        return (first,) if interview == first else ()
    before = range(min((interview - first).days, EARLIEST), 0, -1)
    return tuple(
        interview - timedelta(days=days)
        for days in before
        if days <= DAILY or (days - DAILY) % SPACED == 0
    )


def _turns(
    areas: Sequence[FocusArea], stories: Sequence[Story], questions: Sequence[Question]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Kinds of days with the texts that they name, without end; every likely question in turn."""
    asked = cycle(questions)
    for_areas = [("area", {"area": one.area, "name": AREAS[one.area].name}) for one in areas]
    told = _to_tell(areas, stories)
    titles = " and ".join(f"“{story.title}”" for story in told)
    story_day = ("stories", {"stories": titles}) if told else ("write", {})
    while True:
        yield from for_areas
        yield story_day
        for question in islice(asked, 1):
            yield "question", {"question": question.text, "id": question.id}


def _to_tell(areas: Sequence[FocusArea], stories: Sequence[Story]) -> list[Story]:
    """Two stories, those that cover a weak area first."""
    covering = [story for one in areas for story in one.stories]
    return list({story.number: story for story in (*covering, *stories)}.values())[:2]


def _day(day: date, name: str, texts: Mapping[str, str]) -> PracticeDay:
    kind = _data()["days"][name]
    return PracticeDay(
        day, kind["minutes"], kind["what"].format_map(texts), kind["command"].format_map(texts)
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
