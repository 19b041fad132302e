"""What to practise next, and why: the same log, time and seed give the same draw."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from coach.areas import AREAS
from coach.errors import UnknownQuestionError
from coach.improvement.points import with_origin
from coach.improvement.schedule import Due
from coach.improvement.standing import Standing
from coach.questions.filter import Filter, is_own
from coach.questions.question import Question, plain

ANY_STORY = 0.35  # how much a story exercises a star.* area that its wording does not invite
LATER_AREA = 0.7  # weight of an area that is not the question's main one
RESTING = 0.2  # weight of a question that was practised today and is not due; it grows till it is
QUESTION_DUE = 1.3  # weight of one that has come due, against 1 for one that was never asked
AREA_RESTING = 0.7  # weight of an area that is not due, against 1
FIRST_TIME = 1.5  # weight of the user's own while never answered, and of what went badly
FAVOURED = 1.5  # weight of what is made for the line of work, level or company that is asked for
CLOSE = 0.85  # questions whose worth is within this share of the best are drawn from at random
_AFTER = ("star.", "voice.")


@dataclass(frozen=True)
class Known:
    """What the log says that bears on a choice.

    Attributes:
        standings: of every area.
        questions_due: when each answered question comes due, by its id.
        areas_due: when each practised area does.
        could_answer: rejections' numbers, by the plain words of a question that the user could
            have answered better there.
    """

    standings: Mapping[str, Standing]
    questions_due: Mapping[str, Due] = field(default_factory=dict)
    areas_due: Mapping[str, Due] = field(default_factory=dict)
    could_answer: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A question, the area it was drawn for, and one line that says why."""

    question: Question
    area: str
    why: str


def choose(
    questions: Sequence[Question],
    known: Known,
    now: datetime,
    seed: int,
    *,
    areas: Iterable[str] = (),
    skip: Iterable[str] = (),
    covered: Sequence[str] = (),
    wanted: Filter | None = None,
) -> Choice:
    """Draw the question that serves the user's weak areas best.

    A question is worth the need of the area that it serves best, times how due the area and the
    question are, and more while it is the user's own and was never answered.

    Args:
        questions: the bank.
        known: what the log says.
        now: its day says what is due.
        seed: settles ties.
        areas: if any, only these are practised.
        skip: ids of questions that are not to be drawn again.
        covered: areas that this sitting has drawn for already, so that the next one differs.
        wanted: what is made for this comes first.

    Raises:
        UnknownQuestionError: no question is left for what was asked.
    """
    today = now.date()
    needs = _needs(known, today, set(areas), covered)
    skipped = set(skip)
    rated = []
    for question in questions:
        if question.id in skipped:
            continue
        worth, area = max(
            ((needs.get(area, 0.0) * share, area) for area, share in _serves(question)),
            default=(0.0, ""),
        )
        if worth > 0:
            worth *= _ripeness(known.questions_due.get(question.id), today)
            if _first_time(question, known):
                worth *= FIRST_TIME
            if wanted and wanted.favours(question):
                worth *= FAVOURED
            rated.append((worth, question, area))
    if not rated:
        raise UnknownQuestionError(
            "No question is left for that.", "Choose other areas, or fewer questions."
        )
    best = max(worth for worth, _, _ in rated)
    near = [entry for entry in rated if entry[0] >= best * CLOSE]
    _, question, area = random.Random(seed).choice(near)  # noqa: S311  nothing is secret here
    return Choice(question, area, explain(question, area, known, today))


def explain(question: Question, area: str, known: Known, today: date) -> str:
    """Why this question, in one line: what is known of the area, and then of the question."""
    reasons = [_of_area(area, known.standings[area]), _of_question(question, known, today)]
    return f"{'; '.join(filter(None, reasons))}."


def _of_area(area: str, standing: Standing) -> str:
    """In the employer's words where there are any, else from the takes."""
    name = AREAS[area].name
    if standing.mentions:
        latest = standing.mentions[0]
        times = len(standing.mentions)
        also = f", named {times} times" if times > 1 else ""
        reason = f"{name}: {with_origin(_short(latest.words), f'{latest.origin}{also}')}"
        return f"{reason}; {standing.told}" if standing.takes else reason
    if standing.takes > 1:
        return f"{name}: {standing.told} over your last {standing.takes} takes"
    return f"{name}: {'one take tells little yet' if standing.takes else 'nothing known yet'}"


def _of_question(question: Question, known: Known, today: date) -> str:
    due = known.questions_due.get(question.id)
    if due is None:
        rejection = _could_answer(question, known)
        if rejection:
            return f"you could have answered it better (rejection {rejection})"
        return "your own question, not answered yet" if is_own(question) else ""
    if due.on > today:
        return f"last answered {_days_ago(today, due.last)}"
    return f"this question is due {_since(today, due.on)}"


def _since(today: date, day: date) -> str:
    days = (today - day).days
    return {0: "today", 1: "since yesterday"}.get(days, f"since {days} days ago")


def _days_ago(today: date, day: date) -> str:
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _needs(known: Known, today: date, wanted: set[str], covered: Sequence[str]) -> dict[str, float]:
    needs = {}
    for area, standing in known.standings.items():
        if wanted and area not in wanted:
            continue
        need = max(standing.need, 0.3) if wanted else standing.need
        due = known.areas_due.get(area)
        resting = AREA_RESTING if due and due.on > today else 1.0
        needs[area] = need * resting * 0.6 ** covered.count(area)
    return needs


def _serves(question: Question) -> list[tuple[str, float]]:
    """Areas that answering it exercises, with how much, 0 to 1."""
    served = {
        area: 1.0 if place == 0 or area.startswith(_AFTER) else LATER_AREA
        for place, area in enumerate(question.areas)
    }
    if question.kind.is_star:
        for area in AREAS:
            if area.startswith("star."):
                served.setdefault(area, ANY_STORY)
    return sorted(served.items())


def _ripeness(due: Due | None, today: date) -> float:
    """How ready a question is to be asked: more from day to day till it is due."""
    if due is None:
        return 1.0
    if due.on <= today:
        return QUESTION_DUE
    # Where the clock was set back, the last time lies ahead.
    rested = max(0, (today - due.last).days) / max(1, (due.on - due.last).days)
    return RESTING + (1 - RESTING) * rested


def _first_time(question: Question, known: Known) -> bool:
    if question.id in known.questions_due:
        return False
    return is_own(question) or _could_answer(question, known) is not None


def _could_answer(question: Question, known: Known) -> int | None:
    wordings = (plain(text) for text in (question.text, *question.variants))
    return next((known.could_answer[each] for each in wordings if each in known.could_answer), None)


def _short(words: str, most: int = 12) -> str:
    parts = words.split()
    return words if len(parts) <= most else " ".join(parts[:most]) + " …"
