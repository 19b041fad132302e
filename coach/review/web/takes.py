"""The list of takes, with its filters and its search."""

from coach.improvement.searching import Wanted
from coach.review.web.page import Asked, Shown

MOST = 50  # rows a page


def listed(asked: Asked) -> Shown:
    found = asked.log.find(Wanted(), MOST)
    return Shown(
        "takes.html",
        {"takes": [asked.log.attempt(number) for number in found.numbers], "total": found.total},
    )
