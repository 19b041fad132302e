"""The rejections, and one of them: what was said, what one can change, what was done since."""

from coach.areas import AREAS
from coach.improvement.entries import Attempt, Rejection
from coach.improvement.log import Log
from coach.improvement.points import named_areas, to_practise
from coach.improvement.searching import Wanted, since_rejection
from coach.improvement.themes import find_themes, kindly
from coach.review import said, terminal
from coach.review.web.page import Asked, Shown

MOST = 50  # takes that are shown
QUOTED = 3  # pieces of evidence of a theme


def listed(asked: Asked) -> Shown:
    rows = [
        {
            "rejection": one,
            "facts": said.facts(one),
            "areas": [AREAS[area] for area in named_areas(one.points)],
        }
        for one in asked.log.rejections()
    ]
    return Shown("rejections.html", {"rows": rows})


def one(asked: Asked) -> Shown:
    log, found = asked.log, asked.log.rejection(asked.numbers["number"])
    groups = said.grouped(found.points)
    outside = groups.pop(said.OUTSIDE, [])
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    takes, total, areas = _since(log, found)
    values = {
        "rejection": found,
        "facts": said.facts(found),
        "words": said.their_words(found),
        "groups": groups,
        "outside": [(point, kindly(point.area)) for point in outside],
        "names": {point.area: AREAS[point.area].name for point in found.points},
        "themes": [
            (said.theme_sentence(theme), theme.evidence[:QUOTED])
            for theme in themes.of(point.area for point in found.points)
        ],
        "fields": said.fields(found),
        "practised": [AREAS[area].name for area in areas],
        "drill": " ".join(f"--area {area}" for area in areas),
        "takes": [
            {"take": take, "length": terminal.length(take), "missing": terminal.missing(take)}
            for take in takes
        ],
        "total": total,
    }
    return Shown("rejection.html", values)


def _since(log: Log, found: Rejection) -> tuple[list[Attempt], int, tuple[str, ...]]:
    """The takes since it that bear on what it named, how many there are, and what it named."""
    if not any(to_practise(point) for point in found.points):
        return [], 0, ()
    wanted = since_rejection(Wanted(), found)
    page = log.find(wanted, MOST)
    return [log.attempt(number) for number in page.numbers], page.total, wanted.areas
