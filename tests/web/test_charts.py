"""Charts: shapes that stand where the numbers say, and nothing that a policy or a reader stops."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from coach.improvement.entries import Level
from coach.improvement.progress import Practised
from coach.improvement.standing import COURSE, TREND, course, standings
from coach.review.web import charts

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()  # a Wednesday
EVIL = "</title><script>alert(1)</script> \"&'"


def levels(*met: float) -> list[Level]:
    return [Level(NOW - timedelta(days=len(met) - n), value) for n, value in enumerate(met)]


def drawn(chart: str) -> ElementTree.Element:
    """The chart as an XML reader sees it; it names what it shows, and nothing else happens."""
    found = ElementTree.fromstring(chart)
    assert found.get("role") == "img"
    named = {each.get("id"): each.text for each in found if each.tag in ("title", "desc")}
    assert list(named) == found.get("aria-labelledby").split()
    assert all(named.values())
    for each in found.iter():
        assert each.tag not in ("script", "style", "foreignObject", "image", "a")
        assert not any(name == "style" or name.startswith("on") for name in each.attrib)
    return found


def of_class(chart: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in chart.iter() if each.get("class") == name]


def places(shape: ElementTree.Element) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in shape.get("points").split()]


def test_the_course_of_an_area_ends_where_it_stands():
    shown = levels(*[0.0, 1.0, 0.5] * 12)
    stood = course(shown, NOW)
    assert len(stood) == COURSE
    standing = standings((), {"star.result": shown}, NOW)["star.result"]
    assert (stood[-1].level, stood[-1].error) == (standing.level, standing.error)
    earlier = course(shown[:-1], shown[-2].when)
    assert stood[-2] == earlier[-1]  # a later take does not change what was
    assert course([], NOW) == ()
    (alone,) = course(shown[:1], NOW)
    assert (alone.met, alone.level, alone.error) == (0.0, 0.0, None)


def test_a_trend_has_a_dot_a_take_and_a_band_around_its_line():
    stood = course(levels(0, 0, 0.5, 1, 1, 1), NOW)
    chart = drawn(charts.trend("t", EVIL, EVIL, stood))
    dots = of_class(chart, "take")
    assert len(dots) == 6
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights[0] == heights[1] > heights[2] > heights[3] == heights[5]  # up is better
    (line,), (band,) = of_class(chart, "level"), of_class(chart, "band")
    across, around = places(line), places(band)
    assert len(across) == 5  # none at the first take, of which no error is known
    assert len(around) == 10
    for x, y in across:
        edges = [height for place, height in around if place == x]
        assert min(edges) <= y <= max(edges)
        assert 0 <= min(edges) < max(edges) <= 64


def test_below_five_takes_no_trend_is_drawn():
    for takes in range(1, TREND):
        chart = drawn(charts.trend("t", "Results", "too early", course(levels(*[1] * takes), NOW)))
        assert len(of_class(chart, "take")) == takes
        assert of_class(chart, "level") == of_class(chart, "band") == []


def test_the_calendar_has_a_field_for_every_day_up_to_today():
    days = [Practised(TODAY, 1, 2.0), Practised(TODAY - timedelta(days=2), 9, 30.0)]
    chart = drawn(charts.calendar("told", days, TODAY))
    fields = {rect.find("title").text: rect for rect in chart.iter("rect")}
    assert len(fields) == 25 * 7 + 3
    assert fields["Wed 25 Nov 2026: 1 take"].get("class") == "heat-1"
    assert fields["Mon 23 Nov 2026: 9 takes"].get("class") == "heat-4"
    assert fields["Tue 24 Nov 2026: no take"].get("class") == "heat-0"
    today, monday = fields["Wed 25 Nov 2026: 1 take"], fields["Mon 23 Nov 2026: 9 takes"]
    assert today.get("x") == monday.get("x")
    assert int(today.get("y")) > int(monday.get("y"))
    width = int(chart.get("viewBox").split()[2])
    assert max(int(rect.get("x")) + 11 for rect in fields.values()) <= width


def percent(shape: ElementTree.Element, name: str = "x") -> float:
    assert shape.get(name).endswith("%")
    return float(shape.get(name)[:-1])


def test_rejections_stand_on_the_axis_among_the_takes_of_their_week():
    days = [Practised(TODAY - timedelta(days=back), 1 + (back == 70), 1.0) for back in (70, 35, 0)]
    weeks = charts.by_week(days)
    assert sum(weeks.values()) == 4
    turned = [
        charts.Turned(1, EVIL, TODAY - timedelta(days=35)),
        charts.Turned(2, "Acme", TODAY - timedelta(days=34)),
        charts.Turned(3, "Acme", TODAY),
    ]
    chart = drawn(charts.time_axis("told", weeks, turned, TODAY))
    bars, flags = of_class(chart, "week"), of_class(chart, "turned")
    assert [flag.find("text").text for flag in flags] == ["1", "2", "3"]
    tall = {percent(bar): float(bar.get("height")) for bar in bars}
    assert len(tall) == 3
    assert tall[min(tall)] == pytest.approx(2 * tall[max(tall)])  # two takes in the first week
    at = [percent(flag.find("line"), "x1") for flag in flags]
    middle = sorted(tall)[1]
    assert middle <= at[0] < at[1] < middle + percent(bars[0], "width") * 1.25
    assert 0 <= min(at) < max(at) <= 100
    # The second is too near the first to stand in its row; the third is not.
    rows = [float(flag.find("circle").get("cy")) for flag in flags]
    assert rows[0] == rows[2] < rows[1]
    assert EVIL.strip() in flags[0].find("title").text


def test_the_axis_is_a_year_at_most_and_two_months_at_least():
    old = charts.Turned(1, "Acme", date(2020, 1, 1))
    assert charts.axis_start({}, [old], TODAY) == date(2025, 12, 1)
    assert charts.axis_start({}, [], TODAY) == date(2026, 10, 5)
    chart = drawn(charts.time_axis("told", {date(2020, 1, 6): 3}, [old], TODAY))
    assert of_class(chart, "week") == of_class(chart, "turned") == []
