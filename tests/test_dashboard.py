"""What `coach` alone shows, and the one next step that it names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.improvement.entries import (
    FeedbackPoint,
    Level,
    Origin,
    Polarity,
    Rejection,
    Said,
    Source,
)
from coach.improvement.interviews import Interview
from coach.improvement.log import Log
from coach.improvement.measures import Seen
from coach.improvement.plan import PlanItem
from coach.improvement.standing import standings
from coach.review import dashboard
from coach.review.dashboard import read_dashboard

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def named(log: Log, *areas: str) -> None:
    for area in areas:
        log.add_point(FeedbackPoint(area, Polarity.CRITICISM, f"about {area}"), NOW)


def test_next_is_the_line_of_the_focus_sheet(home: Path):
    with Log(home / "coach.db") as log:
        named(log, "hr.salary")
        day = NOW.astimezone().date() + timedelta(days=5)
        log.shelf(Interview).add(Interview(day, "Chef", "panel", clock="10:30"), NOW)

        def step(days: int, hour: int = 9) -> str:
            then = (NOW.astimezone() + timedelta(days=days)).replace(hour=hour)
            return read_dashboard(log, then).step.command

        assert step(3) == "coach mock --questions 5"
        assert step(4) == "coach interview focus 1"
        assert step(5, 12) == step(6) == "coach interview debrief 1"


def test_the_end_of_a_rest_is_told_for_three_days(home: Path):
    today = NOW.astimezone().date()
    with Log(home / "coach.db") as log:
        named(log, "hr.salary")
        rested = Rejection("Acme", "Chef", today - timedelta(days=1), rest_until=today)
        log.add_rejection(rested, NOW)
        leads = [read_dashboard(log, NOW + timedelta(days=n)).step.lead for n in range(5)]
    assert [bool(lead) for lead in leads] == [True] * 3 + [False] * 2


def test_what_was_practised_and_is_weak_stays_in_sight_and_what_holds_leaves():
    points = [
        Said(FeedbackPoint(area, Polarity.CRITICISM, area), Origin(Source.EMPLOYER, n), NOW)
        for area in ("hr.salary", "comp.conflict", "comp.planning", "hr.intro", "hr.motivation")
        for n in (1, 2)
    ]
    levels = {
        "star.numbers": [Level(NOW, 0.0)] * 2,
        "hr.salary": [Level(NOW, 1.0)] * 5,
    }
    shown = [one.area for one in dashboard._weak(standings(points, levels, NOW))]
    assert "star.numbers" in shown
    assert "hr.salary" not in shown
    assert len(shown) == dashboard.MOST


def test_items_that_the_takes_close_are_not_up_for_review(home: Path, monkeypatch):
    today = NOW.astimezone().date()
    item = PlanItem("drill", "Salary", (), "three days", today, today - timedelta(days=9),
                    area="hr.salary")  # fmt: skip
    with Log(home / "coach.db") as log:
        log.shelf(PlanItem).add(item, NOW)
        log.shelf(PlanItem).add(replace(item, area="hr.intro"), NOW)
        met = [(today - timedelta(days=days), 1.0) for days in (5, 3, 1)]
        monkeypatch.setattr(dashboard, "what_is_seen", lambda *_: Seen({"hr.salary": met}))
        texts = [one.text for one in read_dashboard(log, NOW).dated]
    assert texts == ["One item of your plan is up for review."]
