"""A sitting as one file with everything inside, to be sent: it asks for nothing from anywhere.

It holds what was asked, the sound, the words and what was found in them. Notes, rejections and why
a question was drawn are the user's own and are left out.
"""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from coach.assessment.norms import Norms
from coach.improvement.entries import JudgedTake
from coach.recording.small_audio import as_mp3
from coach.review.take import facts_of
from coach.review.web.rendering import STATIC, load_templates
from coach.review.web.take import found_in, heard

_START = """
for (const take of document.querySelectorAll("article.answer")) player(take, console.warn);
"""


def as_report(takes: Sequence[JudgedTake], norms: Norms) -> str:
    """
    Args:
        takes: judged ones of one sitting, in order.

    Raises:
        CoachError: a recording that is there cannot be written small.
    """
    style = "".join(_read(name) for name in ("coach.css", "report.css"))
    shown = [_shown(take, norms) for take in takes]
    script = _read("player.js") + _START
    return (
        load_templates()
        .get_template("report.html")
        .render(
            day=takes[0].started.astimezone(),
            takes=shown,
            has_sound=any(one["sound"] for one in shown),
            style=Markup(style),  # noqa: S704  the coach's own file
            script=Markup(script),  # noqa: S704  likewise
            policy=_policy(style, script),
        )
    )


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Its own script and style and the sound inside may be used, and nothing else at all."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " media-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(take: JudgedTake, norms: Norms) -> dict[str, Any]:
    values = {"take": take, "id": f"take-{take.id}-", "facts": facts_of(take)}
    values |= {**heard(take), **found_in(take, norms)}
    sound = base64.b64encode(as_mp3(take.path)).decode() if take.path and values["wave"] else ""
    return {**values, "sound": sound}
