"""What to practise next, and why: the same log, time and seed give the same draw."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.areas import AREAS
from coach.errors import UnknownQuestionError
from coach.improvement.entries import Attempt
from coach.improvement.standing import Standing
from coach.questions.question import Kind, Question

ANY_STORY = 0.35  # how much a story exercises a star.* area that its wording does not invite
LATER_AREA = 0.7  # weight of an area that is not the question's main one
REST = 7.0  # days until a question that was answered is as fresh as a new one
CLOSE = 0.85  # questions whose worth is within this share of the best are drawn from at random
_AFTER = ("star.", "voice.")

# The shape of a real interview: opener, motivation, stories, an awkward one, the user's questions.
_AWKWARD = (Kind.WEAKNESS, Kind.SALARY, Kind.LEAVING, Kind.FUTURE)


@dataclass(frozen=True)
class Choice:
    """A question, the area it was drawn for, and one line that says why."""

    question: Question
    area: str
    why: str


def choose(
    questions: Sequence[Question],
    standings: Mapping[str, Standing],
    answered: Mapping[str, datetime],
    now: datetime,
    seed: int,
    *,
    areas: Iterable[str] = (),
    skip: Iterable[str] = (),
    covered: Sequence[str] = (),
) -> Choice:
    """Draw the question that serves the user's weak areas best.

    Args:
        questions: the bank.
        standings: of every area.
        answered: when each question was last answered.
        now: for how fresh a question is.
        seed: settles ties.
        areas: if any, only these are practised.
        skip: ids of questions that are not to be drawn again.
        covered: areas that this sitting has drawn for already, so that the next one differs.

    Raises:
        UnknownQuestionError: no question is left for what was asked.
    """
    wanted = set(areas)
    skipped = set(skip)
    needs = {
        area: (max(standing.need, 0.3) if wanted else standing.need) * 0.6 ** covered.count(area)
        for area, standing in standings.items()
        if not wanted or area in wanted
    }
    rated = []
    for question in questions:
        if question.id in skipped:
            continue
        worth, area = max(
            ((needs.get(area, 0.0) * share, area) for area, share in _serves(question)),
            default=(0.0, ""),
        )
        if worth > 0:
            rated.append((worth * _freshness(answered.get(question.id), now), question, area))
    if not rated:
        raise UnknownQuestionError(
            "No question is left for that.", "Choose other areas, or fewer questions."
        )
    best = max(worth for worth, _, _ in rated)
    near = [entry for entry in rated if entry[0] >= best * CLOSE]
    _, question, area = random.Random(seed).choice(near)  # noqa: S311  nothing is secret here
    return Choice(question, area, explain(area, standings[area]))


def choose_mock(
    questions: Sequence[Question],
    standings: Mapping[str, Standing],
    answered: Mapping[str, datetime],
    now: datetime,
    seed: int,
    count: int,
) -> tuple[Choice, ...]:
    """A whole interview: HR questions around stories of different competencies."""
    chosen: list[Choice] = []
    for place, kinds in enumerate(_shape(count)):
        pool = [question for question in questions if question.kind in kinds]
        chosen.append(
            choose(
                pool,
                standings,
                answered,
                now,
                seed + place,
                skip=[choice.question.id for choice in chosen],
                covered=[choice.area for choice in chosen]
                + [choice.question.areas[0] for choice in chosen],
            )
        )
    return tuple(chosen)


def _shape(count: int) -> list[tuple[Kind, ...]]:
    story = (Kind.BEHAVIOURAL,)
    # In the order in which they are added as the interview grows, with their place in it.
    slots: list[tuple[int, tuple[Kind, ...]]] = [
        (3, story),
        (0, (Kind.INTRO,)),
        (1, (Kind.MOTIVATION,)),
        (4, story),
        (7, _AWKWARD),
        (5, story),
        (8, (Kind.CLOSING,)),
        (6, (Kind.SITUATIONAL,)),
        (2, (Kind.STRENGTH,)),
    ]
    slots += [(5, story)] * max(0, count - len(slots))
    return [kinds for _, kinds in sorted(slots[:count], key=lambda slot: slot[0])]


def explain(area: str, standing: Standing) -> str:
    """Why this area: in the employer's words where there are any, else from the takes."""
    name = AREAS[area].name
    if standing.mentions:
        latest = standing.mentions[0]
        times = len(standing.mentions)
        also = f", named {times} times" if times > 1 else ""
        reason = f"{name}: “{_short(latest.words)}” ({latest.origin}{also})"
        return f"{reason}; {standing.state}." if standing.takes else f"{reason}."
    if standing.level is not None and standing.takes > 1:
        return f"{name}: {standing.state} over your last takes."
    return f"{name}: nothing known yet, this shows where you stand."


def last_answered(attempts: Iterable[Attempt]) -> dict[str, datetime]:
    """When each question was last answered."""
    latest: dict[str, datetime] = {}
    for attempt in attempts:
        number = attempt.question.id
        latest[number] = max(attempt.started, latest.get(number, attempt.started))
    return latest


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


def _freshness(answered: datetime | None, now: datetime) -> float:
    if answered is None:
        return 1.0
    days = max(0.0, (now - answered).total_seconds() / 86_400)
    return min(1.0, 0.2 + 0.8 * days / REST)


def _short(words: str, most: int = 12) -> str:
    parts = words.split()
    return words if len(parts) <= most else " ".join(parts[:most]) + " …"
