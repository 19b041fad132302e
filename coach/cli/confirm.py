"""What words seem to say, put before the user: one key confirms, changes or adds a point."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

import click
from rich.console import Console
from rich.text import Text

from coach.areas import AREAS, Area, areas_like
from coach.cli.ask import key, prompt
from coach.cli.options import together
from coach.improvement.entries import FeedbackPoint
from coach.improvement.feedback import read_feedback
from coach.improvement.points import BY_HAND, flipped, point_by_hand, with_area
from coach.review import said

MOST = 9  # areas that a search lists
_KEYS = (
    "[bold]Enter[/] yes · [bold]n[/] drop · [bold]c[/] another area · [bold]p[/] praise or not"
    " · [bold]a[/] add one · [bold]q[/] rest as is"
)
_AT_THE_END = "[bold]Enter[/] done · [bold]a[/] add another"

# Beside --feedback: the same words from elsewhere, and what they name.
words_options = together(
    click.option(
        "--feedback-file", metavar="PATH", help="The same from a file; - is standard input."
    ),
    click.option(
        "--area", "areas", multiple=True, help="An area the words name; instead of proposals."
    ),
)


@dataclass(frozen=True)
class Confirmed:
    """The points as they stand when nobody is asked any more.

    Attributes:
        stopped: whether the user left in the midst; the open ones are among them, as proposed.
    """

    points: tuple[FeedbackPoint, ...]
    stopped: bool = False


def points_of(words: str | None, areas: Sequence[str], out: Console, *, asks: bool) -> Confirmed:
    """The points of these words: those named by option, else the proposals, as confirmed.

    Args:
        areas: ids that the user named; they stand instead of proposals.
        asks: whether the user is there to confirm.
    """
    if areas:
        return Confirmed(tuple(point_by_hand(area, words or "named by you") for area in areas))
    reading = read_feedback(words or "")
    if asks and words:
        return confirm(reading.points, out)
    _say_left_out(reading.doubtful)
    return Confirmed(tuple(point for point in reading.points if point not in reading.doubtful))


def _say_left_out(doubtful: Sequence[FeedbackPoint]) -> None:
    """What nobody confirmed and might as well be its contrary does not go into the plan."""
    for point in doubtful:
        area, words = AREAS[point.area], f"“{point.words}”"
        click.echo(
            f"Left out: {area.name}. It is not clear whether {words} is praise or criticism. If it"
            f" is to be practised: coach area add {area.id} --note {shlex.quote(point.words)}",
            err=True,
        )


def confirm(proposed: Sequence[FeedbackPoint], out: Console) -> Confirmed:
    """Go through the points, one key each; Ctrl+C or Ctrl+D leaves the open ones as proposed."""
    if proposed:
        count = "one thing" if len(proposed) == 1 else f"{len(proposed)} things"
        out.print(f"\nThese words seem to say {count}.")
    else:
        out.print("\nThese words name nothing that the coach could read; you may add it yourself.")
    kept: list[FeedbackPoint] = []
    left = list(proposed)
    try:
        _go_through(kept, left, out)
    except (click.Abort, KeyboardInterrupt):
        settled = len(proposed) - len(left)
        out.print(
            f"\nStopped here: what you settled is kept ({settled} of {len(proposed)}), and what is"
            " open stays as proposed."
            if left
            else "\nStopped here; all that you settled is kept."
        )
        return Confirmed(_once(*kept, *left), stopped=True)
    return Confirmed(_once(*kept, *left))


def _go_through(kept: list[FeedbackPoint], left: list[FeedbackPoint], out: Console) -> None:
    """Move what the user settles from `left` to `kept`, so that an interruption loses nothing."""
    of = len(left)
    while left:
        out.print("", said.proposal(left[0], of - len(left) + 1, of))
        pressed = key(out, _KEYS, "ncpaq")
        if pressed == "q":
            return
        if pressed == "a":
            kept += _added(out, left[0].words)
            continue
        if pressed != "n":
            kept.append(_changed(out, left[0], pressed))
        del left[0]
    while key(out, _AT_THE_END, "a") == "a":
        kept += _added(out, BY_HAND)


def _once(*points: FeedbackPoint) -> tuple[FeedbackPoint, ...]:
    # A changed area may be one that the same words named already.
    return tuple(dict.fromkeys(points))


def _changed(out: Console, point: FeedbackPoint, pressed: str) -> FeedbackPoint:
    if pressed == "p":
        point = flipped(point)
    elif pressed == "c":
        area = find_one(out)
        point = with_area(point, area.id) if area else point
    else:
        return point
    out.print(Text.assemble("Kept as ", said.named(point), "."))
    return point


def _added(out: Console, words: str) -> list[FeedbackPoint]:
    area = find_one(out)
    if area is None:
        return []
    point = point_by_hand(area.id, words)
    out.print(Text.assemble("Added: ", said.named(point), "."))
    return [point]


def find_one(out: Console) -> Area | None:
    """Search an area by a part of its name; None where the user leaves it."""
    shown: tuple[Area, ...] = ()
    while True:
        typed = prompt(
            "Area: a part of its name (Enter leaves it)", default="", show_default=False
        ).strip()
        if not typed:
            return None
        if typed.isdigit() and 0 < int(typed) <= len(shown):
            return shown[int(typed) - 1]
        if typed in AREAS:
            return AREAS[typed]
        shown = areas_like(typed)[:MOST]
        if len(shown) == 1:
            return shown[0]
        out.print(said.choices(shown))
