"""The first days after a rejection: a rest, and the one step that ends it."""

from collections.abc import Iterable
from datetime import date, timedelta

from coach.areas import AREAS
from coach.improvement.entries import Polarity, Rejection
from coach.improvement.points import is_outside, to_practise
from coach.improvement.themes import in_a_sentence

LONGEST_REST = 2  # days
_NAMED = 2  # areas that a first step names


def rest_until(answered: date, days: int, today: date) -> date | None:
    """The day on which practice is suggested again.

    Args:
        answered: the day of the employer's answer, on which the rest begins.
        days: 0 to LONGEST_REST.

    Returns:
        None where nothing is left of the rest, as for an old rejection.
    """
    until = answered + timedelta(days=days)
    return until if days and until > today else None


def moved_rest(before: Rejection, answered: date, usual: int, today: date) -> date | None:
    """The end of the rest, once another day of the employer's answer is known.

    As many days as before; the usual ones where the earlier day was too long ago for any.

    Args:
        answered: the day that is right.
    """
    if before.rest_until is not None:
        days = min((before.rest_until - before.date).days, LONGEST_REST)
    else:
        days = 0 if rest_until(before.date, LONGEST_REST, today) else usual
    return rest_until(answered, days, today)


def last_rest(rejections: Iterable[Rejection]) -> Rejection | None:
    """The one whose rest ends the latest, be it over or not; None where none has a rest."""
    resting = [(one.rest_until, one.id, one) for one in rejections if one.rest_until is not None]
    return max(resting)[2] if resting else None


def resting(rejections: Iterable[Rejection], today: date) -> Rejection | None:
    """The one after which the user rests today; None where there is none."""
    last = last_rest(rejections)
    return last if last and last.rest_until and last.rest_until > today else None


def first_step(rejection: Rejection) -> str:
    """The one next command, and its reason: "coach drill --rejection 3: …"."""
    number = rejection.id
    areas = dict.fromkeys(point.area for point in rejection.points if to_practise(point))
    if areas:
        names = " and ".join(in_a_sentence(area) for area in list(areas)[:_NAMED])
        return f"coach drill --rejection {number}: three questions aimed at {names}."
    if rejection.asked is None:
        if rejection.words is None:
            return f"coach rejection ask {number}: a short letter asks them for their reasons."
        if is_vague(rejection):
            return (
                f"coach rejection ask {number} --follow-up: their words name nothing that could be"
                " practised; one question may bring it out."
            )
    if rejection.could_answer:
        return "coach drill: your own questions from this interview are in the queue."
    inside = [p.area for p in rejection.points
              if p.polarity is Polarity.CRITICISM and not is_outside(p)]  # fmt: skip
    if inside:
        area = AREAS[inside[0]]
        return (
            f"coach rejection show {number}: they named {in_a_sentence(area.id)}, which is prepared"
            f" away from the microphone: {area.improvement}."
        )
    return "coach mock: a whole interview shows where your answers stand today."


def is_vague(rejection: Rejection) -> bool:
    """Whether their words hold no point that somebody could act on, outside matters included."""
    told = [point for point in rejection.points if point.polarity is not Polarity.PRAISE]
    return rejection.words is not None and all(point.vague for point in told)
