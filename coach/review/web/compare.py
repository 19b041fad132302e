"""Two takes beside each other."""

from coach.areas import AREAS
from coach.assessment.assessment import Assessment
from coach.errors import EntryError
from coach.review.compare import (
    CHANGES,
    ITSELF,
    compared,
    difference,
    number_rows,
    of_one_kind,
    wordings,
)
from coach.review.take import facts_of
from coach.review.web.page import Asked, Shown
from coach.review.web.take import pieces
from coach.review.words import clock

_TONES = {"green": "good", "yellow": "wanting", "red": "bad"}  # classes of the page


def compare(asked: Asked) -> Shown:
    """
    Raises:
        EntryError: no two takes are named, or one of them has not been judged.
        UnknownEntryError: there is no take of such a number.
    """
    one, other = asked.number("first"), asked.number("second")
    if one is None or other is None:
        raise EntryError("Two takes are compared by their numbers.", "The list of takes has them.")
    if one == other:
        raise EntryError(ITSELF.format(one), "The list of takes has others.")
    takes = [asked.log.judged_take(number) for number in (one, other)]
    first, second = sorted(takes, key=lambda take: take.started)
    title, *wording = wordings(first, second)
    return Shown(
        "compare.html",
        {
            "takes": (first, second),
            "facts": [facts_of(take) for take in (first, second)],
            "different": difference(first, second),
            "comparable": of_one_kind(first.assessment, second.assessment),
            "strips": [pieces(take.assessment) for take in (first, second)],
            "numbers": number_rows(first, second),
            "changes": _changes(first.assessment, second.assessment),
            "wording_title": title,
            "wordings": [
                [("" if s.start is None else clock(s.start), s.text) for s in sentences]
                for sentences in wording
            ],
        },
    )


def _changes(
    before: Assessment, after: Assessment
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Of each kind of change that there is: its title, sign, tone, and the areas with findings."""
    found = compared(before, after)
    groups = []
    for kind, (sign, style, title) in CHANGES.items():
        members = [(AREAS[c.after.area].name, c.after.text) for c in found if c.kind == kind]
        if members:
            groups.append((title, sign, _TONES[style], members))
    return groups
