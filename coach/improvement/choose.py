"""What to practise next, and why: the same log, time and seed give the same draw."""

import contextlib
import random
from collections import Counter
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
RESTING = 0.2  # weight of what was practised today and is not due; it grows till it is
QUESTION_DUE = 1.3  # weight of one that has come due, against 1 for one that was never asked
UNTOLD = 0.5  # weight of an area for each question that was answered for it and told nothing of it
AGAIN = 0.4  # weight of an area for each time that this sitting has drawn for it already
MANY = 6  # questions that are due, from which on a drill asks nothing else
OVERDUE = 7  # days over its day at which a question that is due weighs double
ASSUMING = 0.5  # weight of a question that assumes what may not be so, till it was answered once
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
        unheard: areas of the voice that spoken answers showed nothing of, as where the engine
            leaves filler words out; nothing is drawn for them unless they are asked for.
    """

    standings: Mapping[str, Standing]
    questions_due: Mapping[str, Due] = field(default_factory=dict)
    areas_due: Mapping[str, Due] = field(default_factory=dict)
    could_answer: Mapping[str, int] = field(default_factory=dict)
    unheard: frozenset[str] = frozenset()

    def is_due(self, question: Question, today: date) -> bool:
        """Whether it was answered and is due again."""
        due = self.questions_due.get(question.id)
        return due is not None and due.on <= today


@dataclass(frozen=True)
class Choice:
    """A question, the area it was drawn for, and one line that says why."""

    question: Question
    area: str
    why: str


def choose_next(
    questions: Sequence[Question],
    known: Known,
    now: datetime,
    seed: int,
    asked: Sequence[Choice],
    *,
    wanted: Filter | None = None,
    typed: bool = False,
) -> Choice:
    """Draw the next question of a drill that is aimed at nothing in particular.

    It begins with a question of the user's own that was never answered, where there is one. Else
    what is due and what serves the weak areas, mostly by new questions, take turns, so that neither
    pushes the other out; and as long as that goes, each is about something else. Where much is due,
    it is worked off first.

    Args:
        asked: what this drill has drawn so far; see `choose` for the others.
    """
    today = now.date()
    put = {choice.question.id for choice in asked}
    left = [question for question in questions if question.id not in put]
    about = {area for choice in asked for area in choice.question.areas[:1]}
    other = [question for question in left if question.areas[0] not in about] or left
    own = [question for question in other if _first_time(question, known)]
    due = [question for question in other if known.is_due(question, today)]
    fresh = [question for question in other if question not in due]
    turn = due if len(asked) % 2 == 0 or len(due) >= MANY else fresh
    if not asked and own:
        # What went badly comes before what was only noted.
        turn = [question for question in own if _could_answer(question, known)] or own

    def drawn(among: Sequence[Question]) -> Choice:
        ids = {question.id for question in among}
        return choose(
            questions,
            known,
            now,
            seed,
            skip=[question.id for question in questions if question.id not in ids],
            covered=[area for each in asked for area in {each.area, *each.question.areas[:1]}],
            wanted=wanted,
            typed=typed,
        )

    for among in (turn, other):
        # There may be none, or typing practises nothing that they are for.
        with contextlib.suppress(UnknownQuestionError):
            return drawn(among)
    return drawn(left)


def choose(  # noqa: PLR0913  each says something about the draw
    questions: Sequence[Question],
    known: Known,
    now: datetime,
    seed: int,
    *,
    areas: Iterable[str] = (),
    skip: Iterable[str] = (),
    covered: Sequence[str] = (),
    wanted: Filter | None = None,
    typed: bool = False,
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
        typed: whether answers are typed, so that nothing is drawn for areas of the voice.

    Raises:
        UnknownQuestionError: no question is left for what was asked.
    """
    today = now.date()
    needs = _needs(known, today, set(areas), typed=typed)
    untold = _untold(questions, known)
    for area in needs:
        needs[area] *= AGAIN ** covered.count(area) * UNTOLD ** untold[area]
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
            due_again = known.questions_due.get(question.id)
            worth *= _ripeness(due_again, today) * _overdue(due_again, today)
            if _first_time(question, known):
                worth *= FIRST_TIME
            elif question.assumes and question.id not in known.questions_due:
                worth *= ASSUMING
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
    if due is None and question.assumes:
        return (
            f"it assumes {question.assumes}; if that is not so, coach bank remove {question.id}"
            " ends it"
        )
    if due is None:
        rejection = _could_answer(question, known)
        if rejection:
            return f"you could have answered it better (rejection {rejection})"
        return "your own question, not answered yet" if is_own(question) else ""
    if due.on > today:
        return f"last answered {_days_ago(today, due.last)}"
    days = (today - due.on).days
    since = {0: "is due today", 1: "has been due since yesterday"}
    return f"this question {since.get(days, f'has been due for {days} days')}"


def _days_ago(today: date, day: date) -> str:
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _untold(questions: Sequence[Question], known: Known) -> Counter[str]:
    """How many questions that exercise an area were answered since it was last measured."""
    found: Counter[str] = Counter()
    for question in questions:
        answered = known.questions_due.get(question.id)
        if answered is None:
            continue
        for area in question.areas:
            measured = known.areas_due.get(area)
            found[area] += measured is None or measured.last < answered.last
    return found


def _needs(known: Known, today: date, wanted: set[str], *, typed: bool) -> dict[str, float]:
    needs = {}
    for area, standing in known.standings.items():
        if (wanted and area not in wanted) or (typed and AREAS[area].of_voice):
            continue
        if not wanted and area in known.unheard:
            continue
        need = max(standing.need, 0.3) if wanted else standing.need
        needs[area] = need * _ripeness(known.areas_due.get(area), today)
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


def _overdue(due: Due | None, today: date) -> float:
    if due is None or due.on > today:
        return 1.0
    return QUESTION_DUE * (1 + min(1.0, (today - due.on).days / OVERDUE))


def _ripeness(due: Due | None, today: date) -> float:
    """How ready a question or an area is: more from day to day till it is due."""
    if due is None or due.on <= today:
        return 1.0
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
