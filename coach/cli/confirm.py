"""What words seem to say, put before the user as one list, of which each point can be changed."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

import click
from rich.console import Console
from rich.text import Text

from coach.areas import AREAS, Area, areas_like
from coach.cli.ask import key, prompt
from coach.cli.options import say, together
from coach.improvement.entries import Feedback, FeedbackPoint, Rejection
from coach.improvement.feedback import named_points, read_feedback
from coach.improvement.points import BY_HAND, flipped, point_by_hand, with_area
from coach.review import said

MOST = 9  # areas that a search lists
_KEYS = (
    "[bold]Enter[/] as it is · [bold]n[/] leave it out · [bold]c[/] another area"
    " · [bold]p[/] praise or not"
)
_LIST = "Enter keeps them, a number changes one, a adds one, u takes back"
_NONE = "Enter goes on, a adds one, u takes back"

# Beside --feedback: the same words from elsewhere, and what they name.
words_options = together(
    click.option(
        "--feedback-file", metavar="PATH", help="The same from a file; - is standard input."
    ),
    click.option(
        "--area", "areas", multiple=True, help="An area the words name; instead of proposals."
    ),
)
# Of an entry that is there.
points_options = together(
    click.option("--points", "review", is_flag=True, help="Go through what the words name again."),
    click.option("--drop", "dropped", multiple=True, help="An area the words do not name."),
)


@dataclass(frozen=True)
class Confirmed:
    """The points as they stand when nobody is asked any more.

    Attributes:
        stopped: whether the user left in the midst; the points are as they stood then.
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
        return Confirmed(named_points(words or "", areas))
    reading = read_feedback(words or "")
    if asks and words:
        return confirm(reading.points, out)
    _say_left_out(reading.doubtful)
    return Confirmed(tuple(point for point in reading.points if point not in reading.doubtful))


def points_again(
    before: Rejection | Feedback,
    words: str | None,
    areas: Sequence[str],
    dropped: Sequence[str],
    out: Console,
    *,
    asks: bool,
    review: bool,
) -> tuple[FeedbackPoint, ...]:
    """The points of an entry that is edited: new words are read, those of the old ones are changed.

    Args:
        areas: ids that the user named; they join the points of unchanged words.
        dropped: ids whose points go.
        review: whether the user goes through the points of unchanged words.

    Raises:
        click.UsageError: an area to be dropped is not among them.
    """
    if words != before.words:
        if dropped:
            raise click.UsageError("--drop is for points of words that stay as they are.")
        return points_of(words, areas, out, asks=asks).points
    for area in set(dropped) - {point.area for point in before.points}:
        raise click.UsageError(f"There is no point about {AREAS[area].name} ({area}) to drop.")
    kept = (point for point in before.points if point.area not in dropped)
    points = _once(*kept, *named_points(words or "", areas))
    return confirm(points, out).points if review and (points or words) else points


def _say_left_out(doubtful: Sequence[FeedbackPoint]) -> None:
    """What nobody confirmed and might as well be its contrary does not go into the plan."""
    for point in doubtful:
        area, words = AREAS[point.area], f"“{point.words}”"
        say(
            f"Left out: {area.name}. It is not clear whether {words} is praise or criticism. If it"
            f" is to be practised: coach area add {area.id} --note {shlex.quote(point.words)}"
        )


def confirm(proposed: Sequence[FeedbackPoint], out: Console) -> Confirmed:
    """Show the points until the user keeps them; Ctrl+C or Ctrl+D keeps them as they stand."""
    if proposed:
        count = "one thing" if len(proposed) == 1 else f"{len(proposed)} things"
        out.print(f"\nThese words seem to say {count}.")
    else:
        out.print("\nThese words name nothing that the coach could read; you may add it yourself.")
    states = [tuple(proposed)]  # the last is what holds
    try:
        _change(states, out)
    except (click.Abort, KeyboardInterrupt):
        out.print("\nStopped here; what they name is kept as the list has it.")
        return Confirmed(_once(*states[-1]), stopped=True)
    return Confirmed(_once(*states[-1]))


def _change(states: list[tuple[FeedbackPoint, ...]], out: Console) -> None:
    """Add a state for each change, and take the last away for an undo, until Enter comes."""
    while True:
        listed = said.in_groups(states[-1])
        if listed:
            out.print("", said.points(listed, numbered=True))
        typed = prompt(_LIST if listed else _NONE, default="", show_default=False).strip().lower()
        if not typed:
            return
        if typed == "u":
            if len(states) > 1:
                states.pop()
        elif typed == "a":
            states.append((*states[-1], *_added(out)))
        elif typed.isdecimal() and 0 < int(typed) <= len(listed):
            point = listed[int(typed) - 1]
            new = _changed(out, point)
            if new != (point,):
                at = states[-1].index(point)
                states.append((*states[-1][:at], *new, *states[-1][at + 1 :]))
        else:
            out.print(Text(f"“{typed}” is not in the list.", "yellow"))


def _once(*points: FeedbackPoint) -> tuple[FeedbackPoint, ...]:
    # A changed area may be one that the same words named already.
    return tuple(dict.fromkeys(points))


def _changed(out: Console, point: FeedbackPoint) -> tuple[FeedbackPoint, ...]:
    """The point as the user has it now; nothing where it is left out."""
    out.print("", said.proposal(point))
    pressed = key(out, _KEYS, "ncp")
    if pressed == "n":
        out.print(Text(f"Left out: {AREAS[point.area].name}."))
        return ()
    if pressed == "p":
        point = flipped(point)
    elif pressed == "c":
        area = find_one(out)
        point = with_area(point, area.id) if area else point
    out.print(Text.assemble("Kept as ", said.named(point), "."))
    return (point,)


def _added(out: Console) -> tuple[FeedbackPoint, ...]:
    area = find_one(out)
    if area is None:
        return ()
    words = prompt("Which words say so (Enter: none)", default="", show_default=False).strip()
    point = point_by_hand(area.id, words or BY_HAND)
    out.print(Text.assemble("Added: ", said.named(point), "."))
    return (point,)


def find_one(out: Console) -> Area | None:
    """Search an area by a part of its name; None where the user leaves it."""
    shown: tuple[Area, ...] = ()
    while True:
        typed = prompt(
            "Area: a part of its name (Enter leaves it)", default="", show_default=False
        ).strip()
        if not typed:
            return None
        if typed.isdecimal() and 0 < int(typed) <= len(shown):
            return shown[int(typed) - 1]
        if typed in AREAS:
            return AREAS[typed]
        shown = areas_like(typed)[:MOST]
        if len(shown) == 1:
            return shown[0]
        out.print(said.choices(shown))
