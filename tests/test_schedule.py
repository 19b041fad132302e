"""When what was practised comes due again: the actual days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from fsrs import Rating

from coach.areas import AREAS
from coach.improvement.entries import Level, Summary
from coach.improvement.schedule import LONGEST, areas_due, due, questions_due, rate, tightened

FIRST = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def days_asked(*levels: float) -> list[int]:
    """The days from the first take on which it comes due, if it is answered whenever it does."""
    day, reviews, found = FIRST, [], []
    for level in levels:
        reviews.append((day, level))
        on = due(reviews).on
        found.append((on - FIRST).days)
        day = max(on, day + timedelta(days=1))
    return found


def take(number: int, question: str, when: datetime, score: int) -> Summary:
    return Summary(number, question, when, score, 60.0)


def interview(days: int) -> datetime:
    return NOON + timedelta(days=days)


def test_what_goes_well_comes_back_after_days_1_3_and_7_and_then_ever_later():
    found = days_asked(*[0.75] * 6)
    assert found[:3] == [1, 3, 7]
    gaps = [later - earlier for earlier, later in pairwise([0, *found])]
    assert gaps == sorted(gaps)
    assert 10 <= gaps[3] <= 20
    assert max(gaps) <= LONGEST


def test_what_goes_badly_is_retaken_at_once_and_then_as_often():
    assert days_asked(0.2) == [0]
    assert days_asked(0.5)[0] == 1
    assert days_asked(0.95)[0] > 1
    well, forgotten = days_asked(*[0.75] * 5), days_asked(*[0.75] * 4, 0.2, 0.75)
    assert forgotten[4] == well[3]  # at once, on the day of the failure
    assert forgotten[5] - forgotten[4] < 3 < well[4] - well[3]


def test_the_same_question_comes_back_later_than_its_area():
    well = take(1, "q", NOON, 75)
    again = [well, take(2, "q", NOON + timedelta(days=4), 75)]
    assert questions_due([well], NOON)["q"].on == FIRST + timedelta(days=4)
    assert questions_due(again, NOON)["q"].on == FIRST + timedelta(days=11)


def test_a_question_that_goes_badly_day_after_day_rests_ever_longer():
    takes = [take(n, "q", NOON + timedelta(days=2 * n), 30) for n in range(4)]
    rests = [questions_due(takes[:n], NOON)["q"] for n in range(1, 5)]
    assert [(one.on - one.last).days for one in rests] == [0, 4, 8, 16]
    mended = [*takes, take(4, "q", NOON + timedelta(days=8), 75)]
    assert (questions_due(mended, NOON)["q"].on - FIRST).days < 8 + 8


@pytest.mark.parametrize(
    ("level", "rating"),
    [
        (0.0, Rating.Again), (0.44, Rating.Again), (0.45, Rating.Hard), (0.69, Rating.Hard),
        (0.70, Rating.Good), (0.89, Rating.Good), (0.90, Rating.Easy), (1.0, Rating.Easy),
    ],
)  # fmt: skip
def test_the_rating_follows_from_the_rubric(level: float, rating: Rating):
    assert rate(level) is rating


def test_the_same_log_gives_the_same_days():
    takes = [take(n, "q", NOON + timedelta(days=9 * n), 70) for n in range(9)]
    assert questions_due(takes, NOON) == questions_due(takes, NOON)


def test_a_retake_on_the_same_day_takes_the_place_of_the_take_before():
    bad = take(1, "q", NOON, 20)
    good = take(2, "q", NOON + timedelta(minutes=5), 75)
    assert questions_due([bad], NOON)["q"].on == FIRST
    assert questions_due([bad, good], NOON)["q"].on == FIRST + timedelta(days=4)
    assert questions_due([good], NOON) == questions_due([bad, good], NOON)


def test_after_one_retake_a_question_rests_till_the_next_day():
    takes = [take(n, "q", NOON + timedelta(minutes=n), 20) for n in range(5)]
    on = [questions_due(takes[:count], NOON)["q"].on for count in range(1, 6)]
    assert on == [FIRST, *[FIRST + timedelta(days=1)] * 4]


def test_only_the_last_ten_takes_of_a_question_are_replayed():
    takes = [take(n, "q", NOON + timedelta(days=n), 20 if n < 5 else 75) for n in range(15)]
    assert questions_due(takes, NOON) == questions_due(takes[5:], NOON)
    assert questions_due(takes, NOON) != questions_due(takes[6:], NOON)


def test_an_area_counts_once_a_day_by_the_mean_and_what_cannot_be_drilled_has_no_day():
    levels = [Level(NOON, 0.2), Level(NOON + timedelta(hours=1), 1.0)]
    found = areas_due({"star.result": levels, "hr.fit": levels}, NOON)
    assert found == {"star.result": due([(FIRST, 0.6)])}
    assert not AREAS["hr.fit"].drillable


def test_a_day_begins_where_the_user_is():
    evening = datetime(2026, 11, 3, 1, tzinfo=UTC)  # the 2nd in New York
    there = NOON.astimezone(tz=None).tzinfo
    assert questions_due([take(1, "q", evening, 75)], NOON)["q"].last == date(2026, 11, 3)
    local = questions_due([take(1, "q", evening, 75)], NOON.astimezone(there))["q"]
    assert local.last == evening.astimezone(there).date()


@pytest.mark.parametrize("days", range(1, 40))
def test_everything_weak_comes_due_before_an_interview(days: int):
    hard = due([(FIRST, 0.75), (FIRST + timedelta(days=1), 0.75), (FIRST, 0.5)])
    assert hard.weak
    late = hard.__class__(FIRST + timedelta(days=50), FIRST, weak=True)
    for found in (hard, late):
        on = tightened(found, interview(days)).on
        assert FIRST <= on < interview(days).date()
        assert on <= found.on


def test_an_interview_tightens_step_by_step_and_leaves_alone_what_is_well_or_over():
    late = due([(FIRST, 0.5)]).__class__(FIRST + timedelta(days=50), FIRST, weak=True)
    assert tightened(late, interview(8)).on == FIRST + timedelta(days=4)
    assert tightened(late, interview(-1)) == late
    well = due([(FIRST, 0.95)])
    assert not well.weak
    assert due([(FIRST, 0.95)], interview(2)) == well
