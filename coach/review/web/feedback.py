"""What others said of the user beside rejections, and all that was praised."""

from coach.areas import AREAS
from coach.improvement.themes import Evidence, strengths
from coach.review import said
from coach.review.days import listed as day_of
from coach.review.web.page import Asked, Shown


def listed(asked: Asked) -> Shown:
    feedback = asked.log.feedback()
    praised: dict[str, list[Evidence]] = {}
    for point, evidence in strengths(asked.log.rejections(), feedback, asked.log.points()):
        praised.setdefault(AREAS[point.area].name, []).append(evidence)
    rows = [
        {
            "entry": entry,
            "title": ", ".join(filter(None, (entry.source.value.capitalize(), entry.who))),
            "day": day_of(entry.date),
            "groups": said.grouped(entry.points),
        }
        for entry in feedback
    ]
    names = {point.area: AREAS[point.area].name for entry in feedback for point in entry.points}
    return Shown("feedback.html", {"rows": rows, "names": names, "praised": praised})
