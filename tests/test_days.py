"""Days that cannot be right are refused, and a rest follows the day of the answer."""

import json
from datetime import date, timedelta

import pytest

from coach.improvement.aftercare import moved_rest, resting
from coach.improvement.days import fault_of_days
from coach.improvement.entries import Rejection
from coach.improvement.log import Log
from coach.practice import utc_now

TODAY = utc_now().astimezone().date()
FUTURE = TODAY + timedelta(days=150)
NAMES = ("--company", "Acme", "--role", "Cook")


def test_days_of_the_past_come_in_order_and_are_not_still_to_come():
    first, second = date(2026, 11, 2), date(2026, 11, 5)

    def fault(*days: date | None) -> str | None:
        return fault_of_days(second, *zip("abc", days, strict=False))

    assert fault(first, None, second) is None
    assert fault(first, first) is None
    assert "cannot come before" in (fault(second, None, first) or "")
    assert "still to come" in (fault(date(2027, 5, 1)) or "")
    assert "before 1950" in (fault(date(206, 11, 2)) or "")


@pytest.mark.parametrize(
    "given",
    [
        ("--date", FUTURE),
        ("--date", "1949-11-02"),
        ("--date", "2026-11-02", "--asked", "2026-11-09", "--answered", "2026-11-05"),
        ("--date", "2026-11-02", "--asked", "2026-11-01"),
    ],
)
def test_a_rejection_of_days_that_cannot_be_is_refused(coach, given):
    outcome = coach("rejection", "add", *NAMES, *given)
    assert outcome.code == 2
    assert "The day of" in outcome.err or "too far away" in outcome.err
    keys = {name[2:]: str(day) for name, day in zip(given[::2], given[1::2], strict=True)}
    entry = json.dumps({"company": "A", "role": "B", **keys})
    assert coach("rejection", "add", "--from-json", "-", stdin=entry).code != 0
    assert coach("rejection", "list", "--json").json == []
    coach("rejection", "add", *NAMES)
    assert coach("rejection", "edit", 1, *given).code == 2
    assert coach("rejection", "answer", 1, "--feedback", "x", "--date", FUTURE).code == 2


def test_a_rest_moves_with_the_day_of_the_answer(coach, home):
    coach("rejection", "add", *NAMES, "--rest", 2)
    moved = coach("rejection", "edit", 1, "--date", TODAY - timedelta(days=1), "--json").json
    assert moved["rest_until"] == (TODAY + timedelta(days=1)).isoformat()
    old = coach("rejection", "edit", 1, "--date", "2026-01-02", "--json").json
    assert old["rest_until"] is None


def test_a_mistyped_day_of_an_older_log_can_be_mended(coach, home):
    rejection = Rejection("Acme", "Cook", FUTURE, rest_until=FUTURE + timedelta(days=1))
    with Log(home / "coach.db") as log:
        log.add_rejection(rejection, utc_now())
    told = " ".join(coach().out.split())
    assert "coach rejection edit 1 --rest 0" in told
    assert coach("rejection", "edit", 1, "--rest", 0).code == 0
    assert "You rest" not in coach().out
    assert moved_rest(rejection, TODAY, 1, TODAY) == TODAY + timedelta(days=1)


def test_the_rest_is_that_of_the_fresh_rejection_and_says_so(coach):
    coach("rejection", "add", *NAMES, "--area", "star.result")
    late = coach("rejection", "add", "--company", "Old", "--role", "Chef", "--date", "2026-01-02",
                 "--area", "star.numbers").out  # fmt: skip
    assert "(rejection 1)" in late
    assert "coach drill --rejection 2" in late
    assert "(rejection 1)" in coach().out


def test_who_wanted_no_rest_gets_none_by_another_day():
    none = Rejection("Acme", "Cook", TODAY)
    assert moved_rest(none, TODAY - timedelta(days=1), 2, TODAY) is None
    long_ago = Rejection("Acme", "Cook", date(2026, 1, 2))
    assert moved_rest(long_ago, TODAY, 1, TODAY) == TODAY + timedelta(days=1)
    assert resting([none, long_ago], TODAY) is None
