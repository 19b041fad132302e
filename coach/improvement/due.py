"""What has its day: letters to follow up, employers to write to again, interviews, plan reviews."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from coach.improvement.entries import Rejection
from coach.improvement.interviews import Interview
from coach.improvement.plan import PlanItem

AHEAD = 14  # days before an interview in which it is brought up
AFTER = 14  # days after it in which its debrief is


@dataclass(frozen=True)
class Due:
    """One thing whose day has come.

    Attributes:
        text: in a sentence.
        command: what to do about it.
    """

    day: date
    text: str
    command: str


def due(
    rejections: Iterable[Rejection],
    interviews: Iterable[Interview],
    items: Iterable[PlanItem],
    now: datetime,
) -> tuple[Due, ...]:
    """Everything that is due, the earliest day first.

    Args:
        now: where the user is.
    """
    today = now.date()
    found = [
        *(one for rejection in rejections for one in _of_rejection(rejection, today)),
        *(one for interview in interviews for one in _of_interview(interview, now)),
        *_of_plan(items, today),
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.command)))


def _of_rejection(rejection: Rejection, today: date) -> Iterator[Due]:
    number, company = rejection.id, rejection.company
    asked = rejection.asked if rejection.answered is None else None
    if asked and rejection.remind and rejection.remind <= today:
        days = _days((today - asked).days)
        text = f"{company} has not answered your letter of {days} ago."
        yield Due(rejection.remind, text, f"coach rejection ask {number}")
    if rejection.contact_again and rejection.contact_again <= today:
        text = f"You wanted to get in touch with {company} again."
        yield Due(rejection.contact_again, text, f"coach rejection show {number}")


def _of_interview(interview: Interview, now: datetime) -> Iterator[Due]:
    today = now.date()
    days = (interview.day - today).days
    name = interview.role + (f" at {interview.company}" if interview.company else "")
    over = interview.is_over(now)
    if days <= AHEAD and not over:
        text = f"Your interview is {interview.away(today)}: {name}."
        yield Due(interview.day, text, f"coach interview focus {interview.number}")
    elif over and days >= -AFTER and interview.debrief is None:
        text = f"Your interview is over: {name}. Three questions keep what it showed."
        yield Due(interview.day, text, f"coach interview debrief {interview.number}")


def _of_plan(items: Iterable[PlanItem], today: date) -> Iterator[Due]:
    up = [item for item in items if item.is_open and item.review <= today]
    if up:
        text = "One item of your plan is" if len(up) == 1 else f"{len(up)} items of your plan are"
        yield Due(min(item.review for item in up), f"{text} up for review.", "coach plan")


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
