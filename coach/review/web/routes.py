"""Which address shows or does what. To add a page, write a `Reader` and name it here."""

from coach.review.web import takes
from coach.review.web.page import Doer, Reader

# A number stands in an address as {number:id}: one to fifteen digits.
PAGES: dict[str, Reader] = {
    "/": takes.listed,
    "/takes": takes.listed,
}
ACTIONS: dict[str, Doer] = {}  # what changes the log, by POST alone
# The head of every page; what has no page yet is left out.
NAVIGATION = tuple(
    (name, address)
    for name, address in (
        ("Home", "/"),
        ("Takes", "/takes"),
        ("Progress", "/progress"),
        ("Rejections", "/rejections"),
    )
    if address in PAGES
)
