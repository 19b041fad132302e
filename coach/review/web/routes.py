"""Which address shows or does what. To add a page, write a `Reader` and name it here."""

from coach.review.web import feedback, rejections, stories, take, takes
from coach.review.web.compare import compare
from coach.review.web.home import home
from coach.review.web.page import Doer, Reader
from coach.review.web.progress import progress
from coach.review.web.undo import undo

# A number stands in an address as {number:id}: one to fifteen digits.
PAGES: dict[str, Reader] = {
    "/": home,
    "/progress": progress,
    "/rejections": rejections.listed,
    "/rejections/{number:id}": rejections.one,
    "/takes": takes.listed,
    "/takes/{number:id}": take.shown,
    "/takes/{number:id}/sound": take.sound,
    "/compare": compare,
    "/feedback": feedback.listed,
    "/stories": stories.listed,
}
# What changes the log, by POST alone.
ACTIONS: dict[str, Doer] = {
    "/takes/{number:id}/label": take.label,
    "/takes/{number:id}/mend": take.mend,
    "/takes/{number:id}/note": take.note,
    "/takes/{number:id}/star": take.star,
    "/takes/{number:id}/delete": take.delete,
    "/undo": undo,
}
# The head of every page.
NAVIGATION = (
    ("Home", "/"),
    ("Takes", "/takes"),
    ("Progress", "/progress"),
    ("Rejections", "/rejections"),
    ("Feedback", "/feedback"),
    ("Stories", "/stories"),
)
