"""What has its day is brought up, and not before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.improvement.due import due
from coach.improvement.entries import Rejection
from coach.improvement.interviews import Debrief, Interview
from coach.improvement.log import Log
from coach.improvement.plan import BY_HAND, PlanItem

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def asked(**fields: object) -> Rejection:
    return Rejection("Acme", "Analyst", day(-20), id=3, asked=day(-8), **fields)


def told(rejections=(), interviews=(), items=()) -> list[str]:
    return [one.command for one in due(rejections, interviews, items, NOW)]


def test_a_letter_is_brought_up_once_its_day_has_come_and_nobody_answered():
    (one,) = due([asked(remind=day(0))], (), (), NOW)
    assert one.text == "Acme has not answered your letter of 8 days ago."
    assert one.command == "coach rejection ask 3"
    assert told([asked(remind=day(1))]) == []
    assert told([asked(remind=day(-1), answered=day(-2))]) == []


def test_getting_in_touch_again_has_its_day():
    assert told([asked(contact_again=day(0))]) == ["coach rejection show 3"]
    assert told([asked(contact_again=day(1))]) == []


def test_an_interview_is_brought_up_before_it_and_its_debrief_after():
    def on(offset: int, debrief: Debrief | None = None) -> Interview:
        return Interview(day(offset), "Chef", "panel", debrief=debrief, number=2)

    assert told(interviews=[on(0)]) == told(interviews=[on(14)]) == ["coach interview focus 2"]
    assert told(interviews=[on(15)]) == []
    assert told(interviews=[on(-1)]) == ["coach interview debrief 2"]
    assert told(interviews=[on(-1, Debrief(TODAY))]) == told(interviews=[on(-15)]) == []


def test_an_interview_with_an_hour_is_over_an_hour_after_it():
    held = Interview(TODAY, "Chef", "panel", clock="10:30", number=2)

    def at(hour: int, minute: int) -> list[str]:
        now = held.begins.replace(hour=hour, minute=minute)
        return [one.command for one in due((), [held], (), now)]

    assert at(9, 0) == at(11, 15) == ["coach interview focus 2"]
    assert at(11, 45) == at(20, 0) == ["coach interview debrief 2"]


def test_items_of_the_plan_come_up_for_review_together():
    def item(offset: int) -> PlanItem:
        return PlanItem(BY_HAND, "Ask Eva to listen", (), "done once", day(offset), day(-9))

    (one,) = due((), (), [item(0), item(-1), item(1)], NOW)
    assert (one.day, one.text) == (day(-1), "2 items of your plan are up for review.")


def test_the_dashboard_says_what_is_due(coach, home: Path):
    today = datetime.now(UTC).astimezone().date()
    with Log(home / "coach.db") as log:
        ahead = Interview(today + timedelta(days=3), "Chef", "panel", company="Acme")
        log.shelf(Interview).add(ahead, datetime.now(UTC))
    out = coach().out
    assert "Your interview is in 3 days: Chef at Acme." in out
    assert "coach interview focus 1" in out
