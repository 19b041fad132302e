"""A whole interview, in the shape of a real one and of the length that is asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coach.assessment.norms import Norms
from coach.errors import UnknownQuestionError
from coach.improvement.choose import Choice, Known, choose
from coach.questions.filter import Filter
from coach.questions.question import Kind, Question

THINK = 30.0  # s to read a question and think before one answers
AROUND = 150.0  # s a question for follow-ups and what the interviewer says: 8 to 12 fill an hour
WHOLE = 9  # questions of the shortest interview with everything in it

_STORY = (Kind.BEHAVIOURAL,)
_AWKWARD = (Kind.SALARY, Kind.LEAVING, Kind.FUTURE)
# What an interview is made of, in the order in which it is added as the interview grows, with its
# place in it: opener, motivation, strength, stories, what one would do, a weakness and awkward
# ones, the user's own questions. Longer ones have more stories.
_SLOTS: tuple[tuple[int, tuple[Kind, ...]], ...] = (
    (3, _STORY),
    (0, (Kind.INTRO,)),
    (7, (Kind.CLOSING,)),
    (1, (Kind.MOTIVATION,)),
    (3, _STORY),
    (5, (Kind.WEAKNESS,)),
    (2, (Kind.STRENGTH,)),
    (6, _AWKWARD),
    (4, (Kind.SITUATIONAL,)),
    (3, _STORY),
    (3, _STORY),
    (6, _AWKWARD),
    (3, _STORY),
    (4, (Kind.SITUATIONAL,)),
)


def shape(count: int, kinds: tuple[Kind, ...] = ()) -> list[tuple[Kind, ...]]:
    """The kinds of its questions, in order; of these kinds only where any are named."""
    if kinds:
        return [kinds] * count
    slots = [*_SLOTS, *[(3, _STORY)] * (count - len(_SLOTS))]
    return [kinds for _, kinds in sorted(slots[:count], key=lambda slot: slot[0])]


def fitting(minutes: float, norms: Norms, kinds: tuple[Kind, ...] = ()) -> int:
    """How many questions fit into so many minutes, at least one.

    Each takes the longest that is still fine for an answer of its kind, the time to read it and
    think, and what is said around it in a real interview.
    """
    count, left = 0, minutes * 60
    while left >= 0:
        slot = kinds or (_SLOTS[count][1] if count < len(_SLOTS) else _STORY)
        left -= THINK + AROUND + max(norms.usual_length(kind).green[1] for kind in slot)
        count += left >= 0
    return max(1, count)


def choose_mock(
    questions: Sequence[Question],
    known: Known,
    now: datetime,
    seed: int,
    count: int,
    wanted: Filter | None = None,
    *,
    typed: bool = False,
) -> tuple[Choice, ...]:
    """Draw a whole interview: HR questions around stories of different competencies.

    Raises:
        UnknownQuestionError: the bank has no question of a kind that belongs to it.
    """
    by_kind: Mapping[Kind, list[Question]] = {
        kind: [question for question in questions if question.kind is kind] for kind in Kind
    }
    chosen: list[Choice] = []
    for place, kinds in enumerate(shape(count, wanted.kinds if wanted else ())):
        pool = [question for kind in kinds for question in by_kind[kind]]
        asked = [choice.question for choice in chosen]
        chosen.append(
            choose(
                _different(pool, asked),
                known,
                now,
                seed + place,
                skip=[question.id for question in asked],
                covered=[choice.area for choice in chosen] + [q.areas[0] for q in asked],
                wanted=wanted,
                typed=typed,
            )
        )
    return tuple(chosen)


def _different(pool: Sequence[Question], asked: Sequence[Question]) -> Sequence[Question]:
    """Where it can be: of another competency, and if it is awkward, awkward in another way."""
    fresh = [question for question in pool if not any(_alike(question, q) for q in asked)]
    left = [question for question in pool if question not in asked]
    if not left:
        raise UnknownQuestionError(
            "The banks hold too few questions for such an interview.", "Ask for fewer questions."
        )
    return fresh or left


def _alike(one: Question, other: Question) -> bool:
    if one.kind in _AWKWARD:
        return one.kind is other.kind
    return one.areas[0] == other.areas[0] and one.areas[0].startswith("comp.")
