"""Points that the user makes or changes by hand."""

from collections.abc import Iterable
from dataclasses import replace

from coach.areas import find_area
from coach.improvement.entries import Controllable, FeedbackPoint, Polarity

BY_HAND = "added by you"
NOTED = "noted by hand"  # where an area is noted without a reason


def point_by_hand(area: str, words: str, polarity: Polarity = Polarity.CRITICISM) -> FeedbackPoint:
    """A point for an area that the user names; the area says whether one can change it.

    Raises:
        UnknownAreaError: there is no such area.
    """
    found = find_area(area)
    return FeedbackPoint(found.id, polarity, words, controllable(found.id))


def in_quotes(words: str) -> str:
    """What somebody said, in quotation marks; not so where nobody said it."""
    return words if words in (BY_HAND, NOTED) else f"“{words}”"


def with_origin(words: str, origin: str) -> str:
    """Such as "“too long” (rejection 3)"; where nobody said it, whose it is alone."""
    return origin if words in (BY_HAND, NOTED) else f"“{words}” ({origin})"


def with_area(point: FeedbackPoint, area: str) -> FeedbackPoint:
    """The same words and polarity for another area, which the user has understood."""
    return replace(point_by_hand(area, point.words, point.polarity), vague=point.vague)


def flipped(point: FeedbackPoint) -> FeedbackPoint:
    """Praise where it was anything else, and criticism where it was praise."""
    praised = point.polarity is Polarity.PRAISE
    return replace(point, polarity=Polarity.CRITICISM if praised else Polarity.PRAISE)


def controllable(area: str) -> Controllable:
    """Whether the candidate can change it within one search, by its area alone."""
    if area.startswith("ext."):
        return Controllable.NO
    return Controllable.PARTLY if area == "hr.fit" else Controllable.YES


def is_outside(point: FeedbackPoint) -> bool:
    """Whether it lies outside the user's control, by the reading or by its area."""
    return Controllable.NO in (point.controllable, controllable(point.area))


def to_practise(point: FeedbackPoint) -> bool:
    """Whether it asks for answering questions aloud."""
    return (
        point.polarity is Polarity.CRITICISM
        and not is_outside(point)
        and find_area(point.area).drillable
    )


def named_areas(points: Iterable[FeedbackPoint]) -> tuple[str, ...]:
    """What points find wanting, and what they say lies outside the user's control; each once."""
    return tuple(
        dict.fromkeys(
            point.area
            for point in points
            if point.polarity is Polarity.CRITICISM
            or (is_outside(point) and point.polarity is Polarity.NEUTRAL)
        )
    )
