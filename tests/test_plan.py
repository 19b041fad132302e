"""The plan asks for what was named, ticks what takes show, and leaves alone what the user did."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from telling import QUESTION, tell

from coach import places
from coach.areas import AREAS
from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment
from coach.assessment.norms import load_norms
from coach.cli import plan as plan_command
from coach.improvement.agenda import Agenda
from coach.improvement.choose import Choice
from coach.improvement.entries import FeedbackPoint, Origin, Polarity, Rejection, Said, Source
from coach.improvement.log import Log
from coach.improvement.measures import DAYS, Seen
from coach.improvement.plan import (
    MOST,
    ItemState,
    Note,
    PlanItem,
    days_met,
    load_actions,
    make_item,
    propose,
    steps,
    tick,
    withdrawn,
)
from coach.improvement.plan_log import what_is_seen, whole_mocks
from coach.improvement.standing import standings
from coach.improvement.themes import find_themes
from coach.questions.area_texts import load_area_texts
from coach.review.plan import headline
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
TEXTS = load_area_texts(places.shipped_banks())
WITH_FIGURE = (
    "Last year I worked at a bakery. Every Saturday we ran out of rolls. My task was to find out"
    " why. I counted what we sold each hour. Then I wrote a new plan because the second batch came"
    " too late. As a result we sold two hundred more rolls a week."
)
WITHOUT = WITH_FIGURE.replace("two hundred more rolls a week", "more")
ACTIONS, SUITED = load_actions()


def said(area: str, day: date = TODAY, number: int = 1, words: str | None = None) -> Said:
    when = datetime(day.year, day.month, day.day, tzinfo=UTC)
    point = FeedbackPoint(area, Polarity.CRITICISM, words or f"about {area}")
    return Said(point, Origin(Source.EMPLOYER, number), when)


def proposed(points, items=(), today=TODAY, **options):
    found = standings(points, {}, NOW)
    entries = [Rejection("Acme", "Cook", TODAY, id=n) for n in {p.origin.number for p in points}]
    return propose(found, find_themes(entries, (), points), items, TEXTS, today, **options)


def item(area: str = "star.numbers", action: str = "drill", **changes) -> PlanItem:
    return replace(make_item(area, action, TEXTS, TODAY), **{"number": 1, **changes})


def test_every_area_that_can_be_changed_has_actions_and_every_action_an_area():
    inside = {area.id for area in AREAS.values() if area.controllable}
    assert inside <= set(SUITED)
    assert {name for names in SUITED.values() for name in names} == set(ACTIONS)
    for area, names in SUITED.items():
        for name in names:
            made = item(area, name)
            assert len(steps(made, TEXTS)) == 3
            assert "{" not in "".join([made.measure, *steps(made, TEXTS)])


def test_what_lies_outside_control_never_comes_up(coach):
    for area in AREAS.values():
        if not area.controllable:
            assert not set(SUITED.get(area.id, ())) & {"drill", "pressure"}
            assert proposed([said(area.id), said(area.id, number=2)]) == ((), ())
    # The user may ask for it.
    assert coach("plan", "add", "--area", "ext.skills", "--action", "skill").code == 0
    assert [one["area"] for one in coach("plan", "--json").json["open"]] == ["ext.skills"]


def test_why_is_said_as_it_stands_today(coach):
    coach(
        "rejection",
        "add",
        "--company",
        "A",
        "--role",
        "Cook",
        "--feedback",
        "No numbers in your answers.",
        "--yes",
    )
    number = numbers(coach)["star.numbers"]
    coach(
        "rejection",
        "add",
        "--company",
        "B",
        "--role",
        "Cook",
        "--feedback",
        "Your answers had no figures.",
        "--yes",
    )
    for words in (("plan",), ("plan", "show", number)):
        assert "2 of 2 rejections name numbers" in " ".join(coach(*words).out.split())
    coach("rejection", "remove", 2, "--yes")
    shown = coach("plan").out
    assert "rejections name" not in shown
    assert "(rejection 1)" in shown
    coach("rejection", "remove", 1, "--yes")
    shown = coach("plan").out
    assert f"Item {number} is gone" in shown
    assert "(rejection 1)" not in shown
    assert coach("plan", "--json").json["open"] == []


def test_what_the_user_added_or_noted_is_not_taken_back():
    kept = [
        item(own=True, why=("I want to",)),
        replace(item(own=True), action="by hand"),
        item(why=("“no” (rejection 1)",), notes=(Note(TODAY, "asked Ana"),), own=False),
        item(why=("an item of an older log may be the user's",)),
    ]
    gone = item(why=("“no” (rejection 1)",), own=False)
    nothing = find_themes([], [], [])
    assert withdrawn([*kept, gone], standings([], {}, NOW), nothing, Seen()) == (gone,)
    assert withdrawn([gone], standings([said("star.numbers")], {}, NOW), nothing, Seen()) == ()


def test_a_story_that_is_there_is_not_asked_for_and_closes_the_item(coach):
    def add_story(title: str, serves: str) -> None:
        parts = [f"--{part}=Something" for part in ("situation", "task", "action", "result")]
        assert coach("story", "add", "--title", title, *parts, "--area", serves, "--yes").code == 0

    coach("area", "add", "comp.conflict", "--note", "arguments")
    coach("area", "add", "comp.planning", "--note", "no plan")
    number = numbers(coach)["comp.conflict"]
    add_story("The rota", "comp.conflict")
    made = coach("plan", "--json").json
    assert made["ticked"] == [number]
    actions = {one["area"]: one["action"] for one in made["open"]}
    assert actions == {"comp.conflict": "drill", "comp.planning": "story"}


def test_only_interviews_answered_aloud_as_a_whole_are_seen(home):
    asked = [replace(QUESTION, id=f"teamwork-0{number}") for number in range(1, 6)]
    typed = assess(QUESTION, from_text(WITHOUT), load_norms())
    spoken = replace(typed, timing=replace(typed.timing, seconds=60.0))

    def sit(log: Log, when: datetime, answers: list[Assessment]) -> None:
        sitting = log.start_sitting("mock", when)
        choices = tuple(Choice(question, question.areas[0], "") for question in asked)
        log.shelf(Agenda).put(Agenda(sitting, choices), when)
        for question, judged in zip(asked, answers, strict=False):
            take = log.add_attempt(sitting, question, "", when, None)
            log.save_transcript(take.id, from_text(WITHOUT))
            log.save_assessment(take.id, judged)

    with Log(home / "coach.db") as log:
        sit(log, NOW, [spoken])
        sit(log, NOW, [*[spoken] * 4, typed])
        sit(log, NOW + timedelta(days=1), [spoken] * 5)
        assert whole_mocks(log) == (TODAY + timedelta(days=1),)
        assert what_is_seen(log, TODAY).mocks == ()  # no item counts them
        log.shelf(PlanItem).add(item("voice.confidence", "pressure"), NOW)
        assert what_is_seen(log, TODAY).mocks == whole_mocks(log)


def test_whole_interviews_aloud_a_week_apart_close_the_one_under_pressure():
    pressed = item("voice.confidence", "pressure")
    days = [TODAY + timedelta(days=after) for after in (-9, 0, 6, 8)]
    assert days_met(pressed, Seen(mocks=tuple(days))) == (days[1], days[3])
    assert len(tick([pressed], Seen(mocks=tuple(days)))) == 1
    assert tick([pressed], Seen(mocks=tuple(days[:3]))) == ()


def test_an_item_quotes_its_evidence_and_counts_what_recurs():
    (one,), _ = proposed([said("star.result", words="no results")])
    assert one.why == ("“no results” (rejection 1)",)
    (one,), _ = proposed([said("star.result", words="vague"), said("star.result", number=2)])
    assert one.why[0] == "2 of 2 rejections name results"
    assert "“vague” (rejection 1)" in one.why


def test_at_most_seven_are_open_the_most_pressing_first():
    areas = [area.id for area in AREAS.values() if area.drillable][: MOST + 2]
    points = [said(area) for area in areas] + [said(areas[-1], number=2)]
    new, waiting = proposed(points)
    assert len(new) == MOST
    assert new[0].area == areas[-1]  # named twice
    assert len(waiting) == 2
    (more,), waiting = proposed(points, [replace(one, number=n) for n, one in enumerate(new[1:])])
    assert more.area == areas[-1]
    assert len(waiting) == 2


def test_what_waits_is_named_with_its_action():
    # Its area may have just been worked on: what waits there is another thing to do.
    done = item("star.action", state=ItemState.DONE, closed=TODAY)
    others = [item("prep.cv", "cv_tailor", number=n) for n in range(2, MOST + 2)]
    new, waiting = proposed([said("star.action")], [done, *others])
    assert new == ()
    assert [headline(one) for one in waiting] == ["Your own actions: Write a story"]


def test_what_was_dropped_comes_back_only_when_named_anew():
    dropped = item(state=ItemState.DROPPED, closed=TODAY)
    assert proposed([said("star.numbers")], [dropped]) == ((), ())
    (again,), _ = proposed([said("star.numbers", TODAY + timedelta(days=1))], [dropped])
    assert again.action == "drill"


def test_after_one_action_comes_the_next_that_suits():
    done = item(state=ItemState.DONE, closed=TODAY)
    (following,), _ = proposed([said("star.numbers")], [done])
    assert following.action == "cv_number"
    both = [done, item(action="cv_number", number=2, state=ItemState.DONE, closed=TODAY)]
    assert proposed([said("star.numbers")], both) == ((), ())


def test_what_is_done_once_for_all_areas_is_asked_for_once():
    new, _ = proposed([said("hr.research"), said("hr.questions")])
    assert len({one.title for one in new}) == 2
    (other,), _ = proposed([said("hr.questions")], [item("hr.research", "research")])
    assert other.action == "drill"
    # Where nothing else suits, it is better asked for again than not at all.
    (again,), _ = proposed([said("hr.fit")], [item("hr.motivation", "contact")])
    assert again.action == "contact"


def test_an_open_item_is_not_made_twice():
    assert proposed([said("star.numbers")], [item()]) == ((), ())


def test_a_dated_interview_brings_the_review_forward():
    until = TODAY + timedelta(days=3)
    (one,), _ = proposed([said("star.numbers")], until=until)
    assert one.review == until
    (one,), _ = proposed([said("star.numbers")])
    assert one.review == TODAY + timedelta(days=ACTIONS["drill"].days)


def days(*levels: tuple[int, float]) -> dict:
    return {"star.numbers": [(TODAY + timedelta(days=after), met) for after, met in levels]}


@pytest.mark.parametrize(
    ("levels", "met"),
    [
        (days((0, 1), (1, 1), (2, 1)), 3),
        (days((0, 1), (0, 1), (0, 1)), 1),  # three takes on one day are one
        (days((-1, 1), (0, 1), (1, 1)), 2),  # before it was opened
        (days((0, 1), (1, 0.5), (2, 1), (2, 0)), 2),
        ({"star.result": days((0, 1), (1, 1), (2, 1))["star.numbers"]}, 0),
    ],
)
def test_a_measure_is_met_on_three_different_days(levels, met):
    assert len(days_met(item(), Seen(levels))) == met
    assert len(tick([item()], Seen(levels))) == (met >= DAYS)


def test_only_what_the_coach_can_measure_ticks_itself():
    levels = {"prep.cv": days((0, 1), (1, 1), (2, 1))["star.numbers"]}
    assert tick([item("prep.cv", "cv_tailor")], Seen(levels)) == ()
    (ticked,) = tick([item()], Seen(days((4, 1), (1, 1), (0, 1), (9, 1))))
    assert (ticked.state, ticked.ticked) == (ItemState.DONE, True)
    assert ticked.closed == TODAY + timedelta(days=4)


@pytest.fixture
def on_day(monkeypatch):
    """Run `coach plan` some days from now."""

    def move(after: int) -> datetime:
        now = datetime.now(UTC).replace(hour=12) + timedelta(days=after)
        monkeypatch.setattr(plan_command, "utc_now", lambda: now)
        return now

    return move


def numbers(coach) -> dict[str, int]:
    return {one["area"]: one["number"] for one in coach("plan", "--json").json["open"]}


def test_takes_on_three_days_tick_an_item_and_the_next_is_made(coach, home, on_day):
    on_day(0)
    coach("area", "add", "star.numbers", "--note", "no figures")
    number = numbers(coach)["star.numbers"]
    for after in range(3):
        tell(home, WITHOUT, on_day(after))
        tell(home, WITH_FIGURE, on_day(after))
        shown = coach("plan").out
        if after < 2:
            assert f"({after + 1} of 3 so far)" in " ".join(shown.split())
    assert f"Item {number} is done" in shown
    closed = coach("plan", "--json").json["closed"]
    assert [(one["number"], one["ticked"]) for one in closed] == [(number, True)]
    shown = " ".join(coach("plan", "show", number).out.split())
    assert "shown by your takes" in shown


def test_making_it_again_adds_what_is_new_and_keeps_what_the_user_did(coach):
    for area in ("star.numbers", "voice.pace", "prep.cv"):
        coach("area", "add", area)
    first = numbers(coach)
    assert set(first) == {"star.numbers", "voice.pace", "prep.cv"}
    assert coach("plan", "note", first["prep.cv"], "asked Ana").code == 0
    assert coach("plan", "drop", first["voice.pace"]).code == 0
    assert coach("plan", "done", first["prep.cv"]).code == 0
    coach("area", "add", "comp.conflict")
    second = coach("plan", "--json").json
    assert {one["area"] for one in second["open"]} == {
        "star.numbers", "comp.conflict", "prep.cv"}  # fmt: skip
    states = {one["number"]: (one["state"], len(one["notes"])) for one in second["closed"]}
    assert states == {first["voice.pace"]: ("dropped", 0), first["prep.cv"]: ("done", 1)}
    assert coach("plan", "--json").json == second


def test_it_reads_well_at_80_columns_and_has_the_steps_of_the_first(coach):
    for area in ("star.numbers", "star.result", "prep.cv", "voice.nonverbal", "hr.research"):
        coach("area", "add", area, "--note", "a long reason that goes on and on " * 4)
    shown = coach("plan").out
    assert max(map(len, shown.splitlines())) <= 80
    for words in ("Numbers", "why", "1.", "2.", "3.", "done when", "review", "coach drill --area"):
        assert words in shown
    assert "keywords" in coach("plan", "show", numbers(coach)["prep.cv"]).out


def test_the_users_own_items(coach):
    added = coach("plan", "add", "Ask Ana", "--review", "2026-12-01", "--measure", "She listened",
                  "--area", "voice.pace", "--json")  # fmt: skip
    assert (added.json["review"], added.json["action"]) == ("2026-12-01", "by hand")
    assert "Ask Ana" in coach("plan").out
    made = coach("plan", "add", "--area", "prep.cv", "--action", "cv_number", "--json").json
    assert made["title"] == ACTIONS["cv_number"].name
    for number in range(MOST - 2):
        assert coach("plan", "add", f"Thing {number}").code == 0
    full = coach("plan", "add", "One more")
    assert full.code == 51
    assert "coach plan done" in full.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["done", "9"], 24, "coach plan --all"),
        (["note", "9", "x"], 24, "no plan item 9"),
        (["note", "1", " "], 2, "empty"),
        (["add"], 2, "own words"),
        (["add", "x", "--area", "star.nmbers"], 15, "star.numbers"),
        (["add", "x", "--action", "drill"], 2, "own words"),
        (["add", "x", "--review", "soon"], 2, "YYYY-MM-DD"),
        (["done", "one"], 2, "integer"),
    ],
)
def test_bad_input_says_what_to_do(coach, words, code, told):
    outcome = coach("plan", *words)
    assert outcome.code == code
    assert told in outcome.err


def test_what_is_closed_cannot_be_closed_again(coach):
    coach("plan", "add", "Ask Ana")
    coach("plan", "done", 1)
    again = coach("plan", "drop", 1)
    assert again.code == 24
    assert "done already" in again.err
    assert "Ask Ana" in coach("plan", "--all").out


def test_while_the_user_rests_the_plan_says_what_comes_then_and_the_way_out(coach, home):
    now = datetime.now(UTC)
    point = FeedbackPoint("star.result", Polarity.CRITICISM, "no results")
    rest = now.astimezone().date() + timedelta(days=1)
    coach("plan", "add", "--area", "star.numbers", "--action", "drill")
    with Log(home / "coach.db") as log:
        log.add_rejection(Rejection("Acme", "Cook", TODAY, points=(point,), rest_until=rest), now)
    shown = coach("plan").out
    assert "You rest until" in shown
    assert "coach drill` works now" in " ".join(shown.split())
    assert "star.result" in shown
    assert "coach drill --area" not in shown


def test_the_plan_names_the_next_interview(coach):
    coach("area", "add", "star.numbers")
    day = datetime.now().date() + timedelta(days=5)  # noqa: DTZ005  where the user is
    coach("interview", "add", "--date", day, "--role", "Cook", "--stage", "panel")
    assert "in 5 days: coach interview focus 1" in coach("plan").out
    assert coach("plan", "--json").json["open"][0]["review"] == day.isoformat()
