"""What is drawn follows the evidence, and the same evidence draws the same."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from coach.areas import AREAS
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import UnknownQuestionError
from coach.improvement.choose import choose, choose_mock, last_answered
from coach.improvement.entries import (
    Attempt,
    FeedbackPoint,
    Origin,
    Polarity,
    Said,
    Source,
    State,
)
from coach.improvement.standing import standings
from coach.practice import all_questions
from coach.questions.question import Kind
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BANK = all_questions()
NO_RESULT = "Last year our oven broke. My task was to get dinner out. I called the hotel next door."


def point(area: str, polarity: Polarity = Polarity.CRITICISM, days: float = 0):
    said = FeedbackPoint(area, polarity, f"about {area}")
    return Said(said, Origin(Source.EMPLOYER, 1), NOW - timedelta(days=days))


def take(number: int, text: str, days: float) -> Attempt:
    question = next(q for q in BANK if q.kind is Kind.BEHAVIOURAL)
    said = from_text(text)
    judged = assess(question, said, load_norms())
    when = NOW - timedelta(days=days)
    return Attempt(number, 1, question, "", when, State.ASSESSED, None, None, said, judged)


def draw(points=(), takes=(), seed=1, **options):
    found = standings(points, takes, NOW)
    return choose(BANK, found, last_answered(takes), NOW, seed, **options)


@pytest.mark.parametrize("area", [area.id for area in AREAS.values() if area.drillable])
def test_a_named_area_is_what_is_drawn_for(area: str):
    choice = draw([point(area)])
    assert choice.area == area
    assert f"about {area}" in choice.why


def test_the_same_log_time_and_seed_give_the_same_draw():
    points = [point("star.result"), point("voice.pace", days=30)]
    assert draw(points, seed=5) == draw(points, seed=5)
    assert len({draw(points, seed=seed).question.id for seed in range(20)}) > 5


def test_more_and_newer_criticism_asks_for_more_practice_and_praise_for_less():
    need = {
        name: standings(points, (), NOW)["star.result"].need
        for name, points in {
            "never": [],
            "old": [point("star.result", days=400)],
            "new": [point("star.result")],
            "twice": [point("star.result"), point("star.result")],
            "praised too": [point("star.result"), point("star.result", Polarity.PRAISE)],
        }.items()
    }
    assert need["never"] < need["old"] < need["new"] < need["twice"]
    assert need["praised too"] < need["new"]


def test_a_good_take_lowers_the_need_and_one_take_claims_nothing():
    bad = [take(1, NO_RESULT, 2)]
    good = [*bad, take(2, NO_RESULT + " As a result all sixty guests were fed on time.", 1)]
    before, one, two = (
        standings([point("star.result")], takes, NOW)["star.result"] for takes in ((), bad, good)
    )
    assert one.level == 0
    assert one.state == "one take so far"
    assert two.level > 0.5
    assert two.need < one.need <= before.need


def test_what_is_outside_control_is_never_drawn_for():
    for seed in range(10):
        choice = draw([point("ext.experience"), point("prep.cv")], seed=seed)
        assert AREAS[choice.area].drillable


def test_no_question_twice_in_a_sitting_and_areas_are_mixed():
    points = [point("star.result"), point("star.numbers"), point("hr.salary")]
    chosen = []
    for seed in range(6):
        chosen.append(
            draw(points, seed=seed, skip=[c.question.id for c in chosen],
                 covered=[c.area for c in chosen])
        )  # fmt: skip
    assert len({choice.question.id for choice in chosen}) == 6
    assert len({choice.area for choice in chosen[:3]}) == 3


def test_a_question_that_was_just_answered_rests():
    points = [point("hr.salary")]
    first = draw(points)
    found = standings(points, (), NOW)
    for seed in range(10):
        again = choose(BANK, found, {first.question.id: NOW}, NOW, seed)
        assert again.question.id != first.question.id


def test_nothing_left_is_said():
    with pytest.raises(UnknownQuestionError):
        draw(skip=[question.id for question in BANK])


@pytest.mark.parametrize("count", range(1, 12))
def test_a_mock_has_the_shape_of_an_interview(count: int):
    found = standings([point("star.result")], (), NOW)
    chosen = choose_mock(BANK, found, {}, NOW, 3, count)
    kinds = [choice.question.kind for choice in chosen]
    assert len({choice.question.id for choice in chosen}) == count
    assert Kind.BEHAVIOURAL in kinds
    if count >= 2:
        assert kinds[0] is Kind.INTRO
    if count >= 7:
        assert kinds[-1] is Kind.CLOSING
    assert Counter(kinds)[Kind.BEHAVIOURAL] >= count // 3
