"""What is drawn follows the evidence, and the same evidence draws the same."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.areas import AREAS
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import UnknownQuestionError
from coach.improvement.choose import Known, choose, choose_next
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
from coach.improvement.mock import choose_mock, fitting
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import change, standings
from coach.practice import all_questions
from coach.questions.filter import Filter, matching
from coach.questions.question import Kind, plain
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
    if count >= 3:
        assert kinds[-1] is Kind.CLOSING
    assert Counter(kinds)[Kind.BEHAVIOURAL] >= count // 4


def test_a_mock_is_a_whole_interview():
    for seed in range(8):
        chosen = choose_mock(BANK, known([point("comp.conflict")]), NOW, seed, 10)
        asked = [choice.question for choice in chosen]
        kinds = [question.kind for question in asked]
        assert kinds[:3] == [Kind.INTRO, Kind.MOTIVATION, Kind.STRENGTH]
        assert kinds[3:7] == [Kind.BEHAVIOURAL] * 3 + [Kind.SITUATIONAL]
        assert kinds[7] is Kind.WEAKNESS
        assert kinds[8] in (Kind.SALARY, Kind.LEAVING, Kind.FUTURE)
        assert kinds[9] is Kind.CLOSING
        competencies = [question.areas[0] for question in asked[3:7]]
        assert len(set(competencies)) == 4


def test_two_awkward_questions_are_awkward_in_different_ways():
    for seed in range(8):
        chosen = choose_mock(BANK, known([point("hr.salary")]), NOW, seed, 12)
        kinds = Counter(choice.question.kind for choice in chosen)
        assert sum(kinds[k] for k in (Kind.SALARY, Kind.LEAVING, Kind.FUTURE)) == 2
        assert kinds[Kind.SALARY] == 1


def test_a_mock_of_one_kind_asks_no_other():
    wanted = Filter(kinds=(Kind.SITUATIONAL,))
    chosen = choose_mock(BANK, known(), NOW, 1, 4, wanted)
    assert {choice.question.kind for choice in chosen} == {Kind.SITUATIONAL}
    assert len({choice.question.areas[0] for choice in chosen}) == 4
    with pytest.raises(UnknownQuestionError):
        choose_mock(BANK[:1], known(), NOW, 1, 4)


def test_a_mock_repeats_with_its_seed():
    say = known([point("star.result")])
    assert choose_mock(BANK, say, NOW, 3, 9) == choose_mock(BANK, say, NOW, 3, 9)
    assert choose_mock(BANK, say, NOW, 3, 9) != choose_mock(BANK, say, NOW, 4, 9)


@pytest.mark.parametrize("minutes", [10, 15, 20, 30, 45, 60])
def test_a_mock_fits_its_minutes_as_a_real_interview_does(minutes: int):
    norms = load_norms()
    count = fitting(minutes, norms)

    def needed(count: int) -> float:
        chosen = choose_mock(BANK, known(), NOW, 1, count)
        return sum(180 + norms.usual_length(c.question.kind).green[1] for c in chosen) / 60

    assert needed(count) <= minutes
    assert needed(count + 1) > minutes - 2  # a salary question is shorter than was reckoned with
    assert fitting(30, norms, (Kind.SALARY,)) == 30 * 60 // (180 + 45)


def test_an_hour_holds_as_many_questions_as_a_real_one_and_covers_it():
    count = fitting(60, load_norms())
    assert 8 <= count <= 12
    asked = choose_mock(BANK, known(), NOW, 1, count)
    kinds = Counter(choice.question.kind for choice in asked)
    assert kinds[Kind.BEHAVIOURAL] <= count // 2
    assert kinds[Kind.STRENGTH] == kinds[Kind.WEAKNESS] == kinds[Kind.CLOSING] == 1


def test_what_is_due_comes_before_what_rests_and_says_so():
    first = take(1, NO_RESULT, 1)  # it went badly yesterday, and was due at once
    stories = [q for q in BANK if q.areas[0] == first.question.areas[0]]
    about = [point(first.question.areas[0])]
    drawn = [draw(about, [first], seed, stories) for seed in range(30)]
    due = [choice for choice in drawn if choice.question == first.question]
    assert "has been due since yesterday" in due[0].why
    later = [draw(about, [take(1, WHOLE, 0)], seed, stories) for seed in range(30)]
    assert first.question not in [choice.question for choice in later]
    assert "last answered today" in draw(about, [take(1, WHOLE, 0)], 1, [first.question]).why


def test_the_users_own_questions_come_first_until_they_are_answered():
    like = next(q for q in BANK if q.areas[0] == "comp.conflict")
    own = replace(like, id="own-001", text="Why did you shout at the printer?", variants=())
    pool = [*BANK, own]
    about = [point("comp.conflict")]
    for seed in range(10):
        choice = draw(about, seed=seed, questions=pool)
        assert choice.question == own
        assert "your own question" in choice.why
    answered = replace(take(1, WHOLE, 0), question=own)
    drawn = {draw(about, [answered], seed, pool).question.id for seed in range(10)}
    assert "own-001" not in drawn


def test_what_could_have_been_answered_better_comes_first_and_names_the_rejection():
    like = [q for q in BANK if q.areas[0] == "comp.conflict"]
    say = known([point("comp.conflict")], could_answer={plain(like[3].variants[0]): 7})
    choice = choose(BANK, say, NOW, 1)
    assert choice.question == like[3]
    assert "could have answered it better (rejection 7)" in choice.why


def at_score(question, score: int, days: float) -> Summary:
    return Summary(1, question.id, NOW - timedelta(days=days), score, None)


def answered(*takes: Summary, points=(), levels=None, could_answer=()) -> Known:
    return Known(
        standings(points, levels or {}, NOW),
        questions_due(takes, NOW),
        areas_due(levels or {}, NOW),
        dict(could_answer),
    )


def test_typed_answers_are_drawn_for_no_area_of_the_voice():
    points = [point("voice.fillers"), point("voice.pace"), point("hr.salary")]
    assert draw(points).area.startswith("voice.")
    assert draw(points, typed=True).area == "hr.salary"


def test_an_area_that_answers_told_nothing_of_gives_way():
    telling = [q for q in BANK if "star.relevance" in q.areas][:4]
    points = [point("star.relevance"), point("hr.salary", days=60)]
    assert choose(BANK, answered(points=points), NOW, 1).area == "star.relevance"
    say = answered(*(at_score(q, 95, 1) for q in telling), points=points)
    assert choose(BANK, say, NOW, 1).area == "hr.salary"


def test_what_the_takes_show_as_weak_asks_for_more_than_what_nobody_named():
    def need(met: float) -> float:
        levels = {"hr.questions": [Level(NOW, met)] * 3}
        return standings((), levels, NOW)["hr.questions"].need

    assert need(0.0) > 3 * standings((), {}, NOW)["hr.questions"].need > need(1.0)


def test_an_area_that_goes_well_rests_and_one_that_stays_weak_does_not_crowd_out_the_rest():
    def share(met: float) -> int:
        days = [NOW - timedelta(days=days) for days in (9, 7, 5, 3, 1)]
        levels = {"hr.salary": [Level(day, met) for day in days]}
        say = answered(points=[point("hr.salary"), point("comp.conflict")], levels=levels)
        return sum(choose(BANK, say, NOW, seed).area == "hr.salary" for seed in range(9))

    assert share(1.0) == share(0.0) == 0


def mix(say: Known, count: int = 3) -> list[str]:
    asked = []
    for seed in range(count):
        asked.append(choose_next(BANK, say, NOW, seed, asked))
    return [choice.question.id for choice in asked]


def test_a_drill_mixes_what_is_due_with_what_is_new():
    stories = [q for q in BANK if q.kind is Kind.BEHAVIOURAL and q.areas[0].startswith("comp.")]
    first, second = stories[0], next(q for q in stories if q.areas[0] != stories[0].areas[0])
    due = {first.id, second.id}
    say = answered(at_score(first, 60, 9), at_score(second, 75, 9), points=[point("hr.salary")])
    drawn = mix(say)
    assert {drawn[0], drawn[2]} == due
    assert drawn[1] not in due
    assert len({question.areas[0] for question in BANK if question.id in drawn}) == 3


def test_what_could_have_been_answered_better_comes_in_the_first_drill():
    asked = next(q for q in BANK if q.id == "motivation-04")
    points = [point("hr.salary"), point("star.example"), point("voice.long")]
    say = answered(points=points, could_answer={plain(asked.text): 1})
    assert mix(say)[0] == asked.id


def test_a_question_that_assumes_something_does_not_come_first_and_says_what_it_assumes():
    gaps = [q for q in BANK if q.areas[0] == "hr.gaps"]
    assuming = [q for q in gaps if q.assumes]
    assert {"leaving-04", "gap-01"} <= {q.id for q in assuming}
    for seed in range(9):
        assert not draw([point("hr.gaps")], seed=seed).question.assumes
    why = draw([point("hr.gaps")], questions=assuming).why
    assert "assumes" in why
    assert "coach bank remove " in why


def test_why_is_one_line_and_names_its_evidence():
    (story,) = [q for q in BANK if q.id == "communication-01"]
    why = draw([point("comp.communication"), point("comp.communication")], questions=[story]).why
    assert why == "Communication: “about comp.communication” (rejection 1, named 2 times)."
    bad = [take(number, NO_RESULT, 20 - number) for number in range(6)]
    why = draw((), bad, questions=[bad[0].question], areas=["star.result"]).why
    assert why.startswith("Results: needs work, no clear trend over your last 6 takes; ")
    assert "\n" not in why


def test_filters_keep_what_is_for_everyone_and_what_was_asked_for():
    like = next(q for q in BANK if q.kind is Kind.BEHAVIOURAL)
    nurse, coder = (replace(like, id=f"{name}-1", field=name) for name in ("nursing", "software"))
    boss = replace(like, id="boss-1", level="leading")
    own = replace(like, id="own-1", field="nursing")
    acme = replace(like, id="own-2", company="Acme")
    pool = (*BANK, nurse, coder, boss, own, acme)
    extra = {nurse, coder, boss, own, acme}

    def left(**asked) -> set:
        return {*matching(pool, Filter(**asked))} & extra

    assert left() == {own, acme}
    assert left(field="Nursing") == {nurse, own, acme}
    assert left(level="leading") == {boss, own, acme}
    assert left(field="software") == {coder, acme}
    assert left(company="acme") == {own, acme}
    assert {q.kind for q in matching(pool, Filter(kinds=(Kind.SALARY,)))} == {Kind.SALARY}
    with pytest.raises(UnknownQuestionError) as refused:
        matching(pool, Filter(field="nursin"))
    assert "nursing" in refused.value.next_step

    wanted = Filter(field="nursing")
    choice = draw([point(like.areas[0])], questions=matching(pool, wanted), wanted=wanted)
    assert choice.question.field == "nursing"


def test_a_standing_has_an_error_that_shrinks_with_takes_and_grows_with_their_age():
    def error(count: int, days: float) -> float | None:
        when = NOW - timedelta(days=days)
        levels = [Level(when, met) for met in (0.4, 0.8) * (count // 2)] or [Level(when, 0.4)]
        return standings((), {"star.result": levels}, NOW)["star.result"].error

    assert error(1, 0) is None
    assert error(2, 0) > error(4, 0) > error(8, 0) > 0.02
    assert error(8, 0) < error(8, 60) < error(8, 400) <= 0.5


def test_two_takes_that_agree_do_not_pass_for_certainty():
    levels = [Level(NOW, 1.0), Level(NOW, 1.0)]
    assert standings((), {"star.result": levels}, NOW)["star.result"].error > 0.1


def test_old_takes_say_less_of_what_needs_practice():
    def need(days: float) -> float:
        levels = [Level(NOW - timedelta(days=days), 1.0)] * 3
        return standings([point("star.result")], {"star.result": levels}, NOW)["star.result"].need

    assert need(0) < need(60) < need(300)


def test_a_trend_needs_five_takes_and_more_than_chance():
    assert change([0.0, 0.0], [1.0, 1.0]).word == "too early to say"
    assert change([0.0, 0.0], [1.0, 1.0, 1.0]).word == "rising"
    assert change([1.0, 1.0, 0.9], [0.1, 0.0]).word == "falling"
    assert change([0.4, 0.6], [0.5, 0.7, 0.4]).word == "no clear trend"
    chance = random.Random(4)
    claims = 0
    for _ in range(1000):
        values = [chance.choice((0.0, 0.5, 1.0)) for _ in range(10)]
        claims += change(values[:5], values[5:]).word in ("rising", "falling")
    assert claims < 30


def test_an_own_question_that_only_a_voice_can_practise_does_not_stop_a_typed_drill():
    like = next(q for q in BANK if q.kind is Kind.SITUATIONAL)
    own = replace(like, id="own-001", text="Say it slowly.", areas=("voice.pace",), variants=())
    assert choose_next([*BANK, own], known(), NOW, 1, []).question == own
    assert choose_next([*BANK, own], known(), NOW, 1, [], typed=True).question != own
