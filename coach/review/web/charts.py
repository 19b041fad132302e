"""Charts as inline SVG, drawn by hand: no library, no script, no colour of their own.

Every shape has a class that charts.css colours, so that a chart reads in light, in dark and in
print. Nothing rests on colour alone, every chart has a title and says in words what it shows, and
the page sets its numbers beside it in a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from coach.improvement.progress import Practised
from coach.improvement.standing import HIGH, LOW, TREND, Stood
from coach.review.days import listed
from coach.review.words import number_of

WEEK = timedelta(days=7)
WEEKS = 26  # of the calendar
STEPS = (1, 2, 4, 7)  # takes a day from which a field of the calendar is stronger
LONGEST = 52  # weeks of the time axis
SHORTEST = 8  # weeks, so that few takes do not fill it with one bar
MONTHS = 6  # names of months on the time axis at most

_WIDE, _HIGH, _EDGE = 240.0, 64.0, 4.0  # units of a trend
_FIELD, _LEFT, _TOP = 13, 26, 16  # units of the calendar: a field, and what is beside and above
_LANE, _BARS = 18, 90  # px of the time axis: a row of rejections, and the bars below
_APART = 7.0  # per cent of the width: rejections that are closer stand in two rows


@dataclass(frozen=True)
class Turned:
    """A rejection on the time axis."""

    number: int
    company: str
    day: date


def _svg(name: str, title: str, told: str, size: str, shapes: Iterable[Markup]) -> Markup:
    """
    Args:
        name: of its own on the page.
        told: what it shows, in words.
        size: attributes that the code sets.
    """
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-told" {1}>'
        '<title id="{0}-title">{2}</title><desc id="{0}-told">{3}</desc>{4}</svg>'
    ).format(name, Markup(size), title, told, Markup("").join(shapes))  # noqa: S704  not a user's


def trend(name: str, title: str, told: str, stood: Sequence[Stood]) -> Markup:
    """Takes as dots, the level as a line with two standard errors to either side.

    Below TREND takes nothing is claimed: dots alone. The dashed lines are where an area needs work
    no more (LOW) and where it holds (HIGH).

    Args:
        stood: the oldest first.
    """
    shapes = [
        Markup('<line class="guide" x1="0" x2="{}" y1="{y}" y2="{y}"/>').format(_WIDE, y=_y(level))
        for level in (LOW, HIGH)
    ]
    step = (_WIDE - 2 * _EDGE) / max(1, len(stood) - 1)
    places = [round(_EDGE + index * step, 1) for index in range(len(stood))]
    known = [
        (x, one.level, one.error)
        for x, one in zip(places, stood, strict=True)
        if one.level is not None and one.error is not None
    ]
    if len(stood) >= TREND and known:
        above = [(x, min(1.0, level + 2 * error)) for x, level, error in known]
        below = [(x, max(0.0, level - 2 * error)) for x, level, error in reversed(known)]
        line = [(x, level) for x, level, _ in known]
        shapes.append(_points("polygon", "band", [*above, *below]))
        shapes.append(_points("polyline", "level", line))
    shapes += [
        Markup('<circle class="take" cx="{}" cy="{}" r="2.4"/>').format(x, _y(one.met))
        for x, one in zip(places, stood, strict=True)
    ]
    return _svg(name, title, told, f'viewBox="0 0 {_WIDE:.0f} {_HIGH:.0f}"', shapes)


def _y(level: float) -> float:
    return round(_HIGH - _EDGE - level * (_HIGH - 2 * _EDGE), 1)


def _points(shape: str, kind: str, places: Iterable[tuple[float, float]]) -> Markup:
    drawn = " ".join(f"{x},{_y(level)}" for x, level in places)
    return Markup('<{0} class="{1}" points="{2}"/>').format(Markup(shape), kind, drawn)  # noqa: S704


def calendar(told: str, practised: Iterable[Practised], today: date) -> Markup:
    """A field for each day of the last weeks, stronger the more takes it has; weeks are columns."""
    first = first_day(today)
    takes = {one.day: one.takes for one in practised}
    days = [first + timedelta(days=back) for back in range((today - first).days + 1)]
    shapes = [_field(day, first, takes.get(day, 0)) for day in days]
    shapes += [
        _text(_LEFT + _FIELD * _column(day, first), 11, f"{day:%b}")
        for day in days
        if day.day <= 7 and day.weekday() == 0
    ]
    shapes += [
        _text(0, _TOP + _FIELD * row + 10, word)
        for row, word in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    width, height = _LEFT + _FIELD * WEEKS, _TOP + _FIELD * 7
    return _svg("calendar", "Calendar of practice", told, f'viewBox="0 0 {width} {height}"', shapes)


def first_day(today: date) -> date:
    """The Monday with which the calendar begins."""
    return _monday(today) - (WEEKS - 1) * WEEK


def _column(day: date, first: date) -> int:
    return (day - first).days // 7


def _field(day: date, first: date, takes: int) -> Markup:
    strength = sum(takes >= least for least in STEPS)
    count = number_of(takes, "take") if takes else "no take"
    return Markup(
        '<rect class="heat-{}" x="{}" y="{}" width="11" height="11" rx="2"><title>{}</title></rect>'
    ).format(
        strength,
        _LEFT + _FIELD * _column(day, first),
        _TOP + _FIELD * day.weekday(),
        f"{day:%a %d %b %Y}: {count}",
    )


def _text(x: float | str, y: float, words: str) -> Markup:
    return Markup('<text class="axis" x="{}" y="{}">{}</text>').format(x, y, words)


def time_axis(
    told: str, weeks: Mapping[date, int], turned: Sequence[Turned], today: date
) -> Markup:
    """Takes a week as bars, and above them each rejection with its number where it came.

    Args:
        weeks: takes by the Monday of the week; see `by_week`.
    """
    first = axis_start(weeks, turned, today)
    count = (_monday(today) - first).days // 7 + 1
    shown = [one for one in sorted(turned, key=lambda one: one.day) if one.day >= first]
    lanes = _lanes([_share(one.day, first, count) for one in shown])
    base = _LANE * (max(lanes, default=0) + 1) + _BARS
    most = max(weeks.values(), default=0)
    shapes = [_bar(week, first, count, takes / most, base) for week, takes in weeks.items()
              if week >= first and takes]  # fmt: skip
    shapes.append(Markup('<line class="ground" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(base))
    for one, lane in zip(shown, lanes, strict=True):
        shapes.append(_turned(one, _share(one.day, first, count), lane, base))
    shapes += _months(first, count, base + 15)
    size = f'width="100%" height="{base + 20}"'
    return _svg("axis", "Takes and rejections", told, size, shapes)


def by_week(practised: Iterable[Practised]) -> dict[date, int]:
    """Takes by the Monday of the week."""
    weeks: dict[date, int] = {}
    for one in practised:
        weeks[_monday(one.day)] = weeks.get(_monday(one.day), 0) + one.takes
    return weeks


def axis_start(weeks: Iterable[date], turned: Iterable[Turned], today: date) -> date:
    """The Monday with which the time axis begins: at the earliest take or rejection, or later."""
    earliest = min([*weeks, *(_monday(one.day) for one in turned), today])
    this = _monday(today)
    return min(max(earliest, this - (LONGEST - 1) * WEEK), this - (SHORTEST - 1) * WEEK)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _share(day: date, first: date, weeks: int) -> float:
    """Where a day lies, in per cent of the width."""
    return round(100 * (day - first).days / (7 * weeks), 2)


def _lanes(places: Iterable[float]) -> list[int]:
    """The row of each place, so that none stands on another."""
    last: list[float] = []  # place in each row
    chosen = []
    for place in places:
        free = next((row for row, at in enumerate(last) if place - at >= _APART), len(last))
        last[free : free + 1] = [place]
        chosen.append(free)
    return chosen


def _bar(week: date, first: date, count: int, share: float, base: int) -> Markup:
    height = round(share * (_BARS - 4), 1)
    return Markup(
        '<rect class="week" x="{}%" y="{}" width="{}%" height="{}"/>'
    ).format(_share(week, first, count), base - height, round(80 / count, 2), height)  # fmt: skip


def _turned(one: Turned, place: float, lane: int, base: int) -> Markup:
    """A stem to the axis, and a flag with the number; near the right edge it waves to the left."""
    y, anchor = _LANE * lane + 13, "end" if place > 90 else "start"
    return Markup(
        '<g class="turned"><title>{title}</title><line x1="{x}%" x2="{x}%" y1="{y}" y2="{base}"/>'
        '<circle cx="{x}%" cy="{y}" r="4"/><text x="{x}%" dx="{dx}" y="{y}" dy="4"'
        ' text-anchor="{anchor}">{number}</text></g>'
    ).format(
        title=f"Rejection {one.number}, {one.company}, {listed(one.day)}",
        x=place,
        y=y - 4,
        base=base,
        dx=-7 if anchor == "end" else 7,
        anchor=anchor,
        number=one.number,
    )


def _months(first: date, count: int, y: int) -> list[Markup]:
    days = (first + timedelta(days=day) for day in range(7 * count - 14))
    begins = [day for day in days if day.day == 1]
    every = -(-len(begins) // MONTHS) or 1
    return [_text(f"{_share(day, first, count)}%", y, f"{day:%b}") for day in begins[::every]]
