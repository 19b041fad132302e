"""The story bank, to be read before an interview."""

from coach.areas import AREAS
from coach.improvement.stories import Story
from coach.questions.question import Kind
from coach.review.structure import tones
from coach.review.web.page import Asked, Shown


def listed(asked: Asked) -> Shown:
    look = tones(Kind.BEHAVIOURAL)
    rows = [
        {
            "story": story,
            "parts": [(*look[part], part.title, text) for part, text in story.parts.items()],
            "areas": [AREAS[area] for area in story.areas],
        }
        for story in asked.log.shelf(Story).all()
    ]
    return Shown("stories.html", {"rows": rows})
