"""How rejections, feedback and what they say look on a terminal, from 80 columns up."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS, Area
from coach.improvement.entries import Feedback, FeedbackPoint, Polarity, Rejection
from coach.improvement.points import in_quotes, is_outside, to_practise
from coach.improvement.themes import Evidence, Theme, Themes, kindly
from coach.review.days import listed
from coach.review.tables import cut, folded, labelled, listing, right, whole

OUTSIDE = "Outside your control, so nothing to practise"
_GROUPS = ("To practise", "To prepare another way", OUTSIDE, "Mentioned", "Praised")
_QUOTED = 3  # pieces of evidence that a theme shows
_LATEST = 3  # areas whose praise is shown before an interview
_SHOWN = (
    ("How it went", (
        ("Ratings", "ratings"),
        ("Went well", "went_well"),
        ("Differently", "differently"),
        ("Own questions", "could_answer"),
        ("Nerves", "nerves"),
        ("Body language", "body_language"),
    )),
    ("The role", (
        ("Felt right", "felt_right"),
        ("Exciting", "exciting"),
        ("Less so", "unexciting"),
        ("Misled", "misleading"),
    )),
    ("What goes on", (
        ("Note", "note"),
        ("Rest until", "rest_until"),
        ("Asked", "asked"),
        ("Answered", "answered"),
        ("Reminder", "remind"),
        ("Door open", "door_open"),
        ("Write again", "contact_again"),
    )),
)  # fmt: skip


def kind(point: FeedbackPoint) -> str:
    """What a point is to the user, in words."""
    if point.polarity is Polarity.PRAISE:
        return "praise"
    if is_outside(point):
        return "outside your control"
    return "to work on" if point.polarity is Polarity.CRITICISM else "mentioned, not judged"


def resting(found: Rejection, today: date) -> str:
    """Until when the user rests, after what, and the way out."""
    assert found.rest_until is not None  # it is the one after which the user rests
    year = "" if found.rest_until.year == today.year else f" {found.rest_until.year}"
    return (
        f"You rest until {found.rest_until:%A, %d %B}{year}, after the answer of {found.company}"
        f" (rejection {found.id}). `coach drill` works now if you want to, and"
        f" `coach rejection edit {found.id} --rest 0` ends the rest."
    )


def named_by(found: Rejection) -> str:
    """What a rejection names to practise, in one sentence; empty where it names nothing."""
    areas = dict.fromkeys(point.area for point in found.points if to_practise(point))
    names = ", ".join(AREAS[area].name for area in areas)
    return f"{found.company} named what to practise: {names}." if names else ""


def named(point: FeedbackPoint) -> Text:
    """The area of a point and what it is, in one line."""
    vague = ", too vague to act on" if point.vague else ""
    return Text.assemble(
        (AREAS[point.area].name, "bold"), (f"  {point.area} · {kind(point)}{vague}", "dim")
    )


def proposal(point: FeedbackPoint) -> RenderableType:
    """A point that may be changed, with the words that it came from."""
    return Group(named(point), _words(point.words, 4))


def choices(areas: Sequence[Area]) -> RenderableType:
    """Areas to choose from by their number."""
    if not areas:
        return Text("No area is called that. `coach area list --all` shows every area.", "yellow")
    rows = [
        Text.assemble((f"{number:2} ", "bold"), area.name, (f"  {area.id}", "dim"))
        for number, area in enumerate(areas, 1)
    ]
    return Group(*rows, Text("Type its number, or more of the name.", "dim"))


def grouped(found: Iterable[FeedbackPoint]) -> dict[str, list[FeedbackPoint]]:
    """What can be changed, what was praised, what is outside; no group that is empty."""
    groups: dict[str, list[FeedbackPoint]] = {title: [] for title in _GROUPS}
    for point in found:
        groups[_group(point)].append(point)
    return {title: members for title, members in groups.items() if members}


def in_groups(found: Iterable[FeedbackPoint]) -> list[FeedbackPoint]:
    """Points in the order in which `points` shows them."""
    return [point for members in grouped(found).values() for point in members]


def points(found: Iterable[FeedbackPoint], *, numbered: bool = False) -> RenderableType:
    """What words say, by group.

    Args:
        numbered: each with its number, to be chosen by it.
    """
    lines: list[RenderableType] = []
    number = 0
    for title, members in grouped(found).items():
        lines.append(Text(title, "bold"))
        for point in members:
            number += 1
            vague = "  (too vague to act on)" if point.vague else ""
            name = AREAS[point.area].name
            head = Text.assemble(f"{number:2} " if numbered else "  ", name)
            lines.append(head.append(f"  {point.area}{vague}", "dim"))
            lines.append(_words(point.words, 4))
    return Group(*lines)


def _group(point: FeedbackPoint) -> str:
    if point.polarity is Polarity.PRAISE:
        return "Praised"
    if is_outside(point):
        return OUTSIDE
    if point.polarity is Polarity.NEUTRAL:
        return "Mentioned"
    return "To practise" if to_practise(point) else "To prepare another way"


def _words(words: str, indent: int) -> RenderableType:
    return Padding(Text(in_quotes(words), "italic dim"), (0, 0, 0, indent), expand=False)


def value(of: Any) -> str:
    """A field of a rejection, as text; empty where there is nothing."""
    if of is None:
        return ""
    if isinstance(of, bool):
        return "yes" if of else "no"
    if isinstance(of, date):
        return listed(of)
    if isinstance(of, dict):
        return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in of.items())
    if isinstance(of, tuple):
        return "; ".join(of)
    return str(of)


def facts(found: Rejection) -> str:
    """Role, day, stage and source, as far as they are known."""
    return ", ".join(
        part
        for part in (
            found.role,
            listed(found.date),
            f"stage: {found.stage}" if found.stage else "",
            f"found by {found.source}" if found.source else "",
        )
        if part
    )


def fields(found: Rejection) -> dict[str, list[tuple[str, str]]]:
    """The rest of a rejection by group, each field with its label; what was left out is not."""
    told = {
        title: [(label, value(getattr(found, name))) for label, name in names]
        for title, names in _SHOWN
    }
    kept = {title: [pair for pair in pairs if pair[1]] for title, pairs in told.items()}
    return {title: pairs for title, pairs in kept.items() if pairs}


def their_words(found: Rejection) -> str:
    return f"“{found.words}”" if found.words else "They gave no reason."


def rejection(found: Rejection) -> RenderableType:
    """A whole rejection; what was left out is not shown."""
    rows: list[RenderableType] = [
        Text.assemble((found.company, "bold"), f", {facts(found)}"),
        Text(their_words(found), "italic"),
        Text(),
        points(found.points),
    ]
    for title, pairs in fields(found).items():
        grid = labelled()
        for label, shown in pairs:
            grid.add_row(f"  {label}", Text(shown))
        rows += [Text(f"\n{title}", "bold"), grid]
    return Group(*rows)


def feedback(found: Iterable[Feedback]) -> Table:
    """Feedback, a row each."""
    fixed = map(whole, ("date", "source"))
    table = listing(right("id"), *fixed, cut("who"), folded("areas", 2))
    for entry in found:
        areas = dict.fromkeys(
            f"{AREAS[point.area].name}{' +' if point.polarity is Polarity.PRAISE else ''}"
            for point in entry.points
        )
        table.add_row(
            str(entry.id),
            listed(entry.date),
            entry.source.value,
            entry.who or "–",
            ", ".join(areas) or "–",
        )
    return table


def one_feedback(found: Feedback) -> RenderableType:
    who = f", {found.who}" if found.who else ""
    return Group(
        Text.assemble((found.source.value.capitalize(), "bold"), f"{who}, {listed(found.date)}"),
        Text(f"“{found.words}”", "italic"),
        Text(),
        points(found.points),
    )


def themes(found: Themes) -> RenderableType:
    """What recurs, with its evidence; apart from it what lies outside the user's control."""
    lines: list[RenderableType] = []
    if found.recurring:
        lines.append(Text("What recurs", "bold"))
    for theme in found.recurring:
        lines += [theme_line(theme), *_evidence(theme)]
    if found.outside:
        lines.append(Text(f"\n{OUTSIDE}", "bold"))
    for theme in found.outside:
        lines += [
            theme_line(theme),
            Padding(Text(kindly(theme.area)), (0, 0, 0, 4), expand=False),
            *_evidence(theme),
        ]
    return Group(*lines)


def theme_sentence(theme: Theme) -> str:
    return f"{theme.text[0].upper()}{theme.text[1:]}."


def theme_line(theme: Theme) -> RenderableType:
    text = Text(f"  {theme_sentence(theme)}")
    return text.append(f"  {theme.area}", "dim")


def _evidence(theme: Theme) -> list[RenderableType]:
    lines = [_said(each) for each in theme.evidence[:_QUOTED]]
    more = len(theme.evidence) - _QUOTED
    if more > 0:
        lines.append(Padding(Text(f"and {more} more", "dim"), (0, 0, 0, 4), expand=False))
    return lines


def _said(each: Evidence) -> RenderableType:
    return Padding(
        Text.assemble((in_quotes(each.words), "italic"), f"  {each.who}, {listed(each.when)}"),
        (0, 0, 0, 4),
        style="dim",
        expand=False,
    )


def strengths(found: Sequence[tuple[FeedbackPoint, Evidence]]) -> RenderableType:
    """Praise by area, with who said it and when."""
    by_area: dict[str, list[Evidence]] = {}
    for point, evidence in found:
        by_area.setdefault(point.area, []).append(evidence)
    lines: list[RenderableType] = []
    for area, said in by_area.items():
        lines.append(Text.assemble((AREAS[area].name, "bold"), (f"  {area}", "dim")))
        lines += [_said(each) for each in said]
    return Group(*lines)


def some_strengths(found: Sequence[tuple[FeedbackPoint, Evidence]]) -> RenderableType:
    """The latest praise, a line an area, to go into an interview with."""
    latest = {point.area: evidence for point, evidence in reversed(found)}
    newest = sorted(latest.items(), key=lambda item: item[1].when, reverse=True)[:_LATEST]
    return Group(
        Text("What others saw in you", "bold"),
        *(
            Text.assemble(
                (" ✓ ", "green"),
                AREAS[area].name,
                (f"  {in_quotes(each.words)}, {each.who}", "dim"),
                overflow="ellipsis",
                no_wrap=True,
            )
            for area, each in newest
        ),
    )
