"""What is drawn follows the evidence, and the same evidence draws the same."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from coach.areas import AREAS
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import UnknownQuestionError
from coach.improvement.choose import Known, choose
from coach.improvement.entries import (
    Attempt,
    FeedbackPoint,
    Level,
    Origin,
    Polarity,
    Said,
    Source,
    State,
    Summary,
)
from coach.improvement.interview import choose_mock
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import standings
from coach.practice import all_questions
from coach.questions.question import Kind
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BANK = all_questions()
NO_RESULT = "Last year our oven broke. My task was to get dinner out. I called the hotel next door."
WHOLE = (
    "Last year our oven broke an hour before a wedding dinner. My task was to get dinner out for"
    " sixty guests. First I called the hotel next door because they had two ovens. Then I sent two"
    " cooks over with the meat, and I changed the order of the courses myself. As a result all"
    " sixty guests were fed within forty minutes."
)


def point(area: str, polarity: Polarity = Polarity.CRITICISM, days: float = 0):
    said = FeedbackPoint(area, polarity, f"about {area}")
    return Said(said, Origin(Source.EMPLOYER, 1), NOW - timedelta(days=days))


def take(number: int, text: str, days: float) -> Attempt:
    question = next(q for q in BANK if q.kind is Kind.BEHAVIOURAL)
    said = from_text(text)
    judged = assess(question, said, load_norms())
    when = NOW - timedelta(days=days)
    return Attempt(number, 1, question, "", when, State.ASSESSED, None, None, said, judged)


def known(points=(), takes=(), could_answer=(), until=None) -> Known:
    """What a log with these takes would say."""
    levels = shown(takes)
    summaries = [
        Summary(t.id, t.question.id, t.started, t.assessment.score.overall, None)
        for t in sorted(takes, key=lambda take: take.started)
    ]
    return Known(
        standings(points, levels, NOW),
        questions_due(summaries, NOW, until),
        areas_due(levels, NOW, until),
        dict(could_answer),
    )


def shown(takes) -> dict[str, list[Level]]:
    levels = defaultdict(list)
    for each in sorted(takes, key=lambda take: take.started):
        for finding in each.assessment.findings:
            if finding.met is not None:
                levels[finding.area].append(Level(each.started, finding.met))
    return levels


def draw(points=(), takes=(), seed=1, questions=BANK, **options):
    return choose(questions, known(points, takes), NOW, seed, **options)


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
        name: standings(points, {}, NOW)["star.result"].need
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
        standings([point("star.result")], shown(takes), NOW)["star.result"]
        for takes in ((), bad, good)
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
    first = take(1, WHOLE, 0)
    for seed in range(10):
        again = draw([point(first.question.areas[0])], [first], seed)
        assert again.question.id != first.question.id


def test_nothing_left_is_said():
    with pytest.raises(UnknownQuestionError):
        draw(skip=[question.id for question in BANK])


@pytest.mark.parametrize("count", range(1, 12))
def test_a_mock_has_the_shape_of_an_interview(count: int):
    chosen = choose_mock(BANK, known([point("star.result")]), NOW, 3, count)
    kinds = [choice.question.kind for choice in chosen]
    assert len({choice.question.id for choice in chosen}) == count
    assert Kind.BEHAVIOURAL in kinds
    if count >= 2:
        assert kinds[0] is Kind.INTRO
    if count >= 7:
        assert kinds[-1] is Kind.CLOSING
    assert Counter(kinds)[Kind.BEHAVIOURAL] >= count // 3
