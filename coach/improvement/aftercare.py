"""The first days after a rejection: a rest, and the one step that ends it."""

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
    return until if until > today else None


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
