"""Before an interview a focus sheet, afterwards a debrief, whatever came of it."""

import re
import shlex
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from telling import tell

from coach import places
from coach.areas import AREAS
from coach.improvement.entries import (
    STAGES,
    FeedbackPoint,
    Origin,
    Polarity,
    Rejection,
    Said,
    Source,
)
from coach.improvement.focus import (
    DAILY,
    EARLIEST,
    SHIPPED,
    focus_sheet,
    likely_questions,
    practice_days,
)
from coach.improvement.interviews import Interview, Outcome, debriefed, next_interview
from coach.improvement.log import Log
from coach.improvement.standing import standings, weakest
from coach.improvement.stories import Story
from coach.practice import all_known, all_questions
from coach.questions.area_texts import load_area_texts
from coach.questions.question import FIELDS, LEVELS, Kind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.astimezone().date()
BANK = all_questions()
TEXTS = load_area_texts(places.shipped_banks())
ROLLS = Story("The rolls", "Bakery", "Find out why", "Counted", "200 more", ("comp.planning",),
              number=1)  # fmt: skip


def interview(days: int, **changes) -> Interview:
    made = Interview(TODAY + timedelta(days=days), "Shift manager", "panel", number=1)
    return replace(made, **changes)


def sheet(days: int, *areas: str, stories=(ROLLS,), rest=None):
    points = [
        Said(FeedbackPoint(area, Polarity.CRITICISM, f"about {area}"),
             Origin(Source.EMPLOYER, number), NOW)
        for place, area in enumerate(areas) for number in range(len(areas) - place)
    ]  # fmt: skip
    weak = weakest(standings(points, {}, NOW))
    return focus_sheet(interview(days), weak, stories, BANK, TEXTS, TODAY, rest=rest)


def test_the_two_weakest_areas_with_what_to_try_and_the_stories_that_cover_them():
    made = sheet(5, "comp.planning", "star.numbers", "voice.pace")
    assert [one.area for one in made.areas] == ["comp.planning", "star.numbers"]
    planning, numbers = made.areas
    assert planning.why == "“about comp.planning” (rejection 0)"
    assert planning.try_next == TEXTS["comp.planning"].try_next
    assert planning.stories == (ROLLS,)
    assert numbers.stories == (ROLLS,)  # whole, with a figure in its Result
    without = replace(ROLLS, result="It went better")
    assert sheet(5, "star.numbers", stories=(without,)).areas[0].stories == ()


def test_what_such_an_interview_shows_comes_first():
    points = [
        Said(FeedbackPoint(area, Polarity.CRITICISM, area), Origin(Source.EMPLOYER, number), NOW)
        for area, times in (("star.numbers", 3), ("comp.conflict", 1), ("comp.customer", 1),
                            ("hr.research", 2), ("hr.salary", 1))
        for number in range(times)
    ]  # fmt: skip
    weak = weakest(standings(points, {}, NOW), len(points))

    def areas(stage: str, role: str = "Cook") -> list[str]:
        of = replace(interview(5), stage=stage, role=role)
        return [one.area for one in focus_sheet(of, weak, (), BANK, TEXTS, TODAY).areas]

    assert areas("screening") == ["hr.research", "hr.salary"]  # no stories are told there
    assert set(areas("phone")) == {"star.numbers", "hr.research"}  # both recur
    assert areas("task") == ["star.numbers", "comp.conflict"]
    assert areas("task", "Customer support agent") == ["star.numbers", "comp.customer"]


@pytest.mark.parametrize("days", [0, 1, 2, 3, 8, 14, 60])
def test_days_lead_up_to_the_interview_and_the_last_is_light(days: int):
    planned = sheet(days, "star.numbers", "voice.pace").days
    dates = [one.day for one in planned]
    assert dates == sorted(set(dates))
    assert all(day >= TODAY for day in dates)
    assert dates[-1] == TODAY + timedelta(days=max(0, days - 1))
    assert all(one.minutes <= 25 for one in planned)
    assert planned[-1].what.startswith("Light")
    assert planned[-1].minutes == min(one.minutes for one in planned)
    if days >= 8:
        assert [one.command for one in planned].count("coach mock --questions 5") == 1
        drilled = {area for one in planned for area in re.findall(r"--area (\S+)", one.command)}
        assert drilled == {"star.numbers", "voice.pace"}
        assert any("“The rolls”" in one.what for one in planned)


def test_practice_is_spaced_at_first_and_daily_in_the_last_week():
    day = TODAY + timedelta(days=60)
    before = [(day - one).days for one in practice_days(TODAY, day)]
    assert before[0] <= EARLIEST
    assert before[-DAILY:] == [7, 6, 5, 4, 3, 2, 1]
    assert {a - b for a, b in pairwise(before[: 1 - DAILY])} == {3}
    assert practice_days(TODAY, TODAY - timedelta(days=1)) == ()


def test_no_practice_is_planned_while_the_user_rests():
    rest = TODAY + timedelta(days=2)
    assert sheet(6, "star.numbers", rest=rest).days[0].day == rest
    assert sheet(1, "star.numbers", rest=rest).days == ()


def test_without_stories_and_areas_the_days_write_one_and_ask_likely_questions():
    planned = sheet(6, stories=()).days
    assert "coach story add" in {one.command for one in planned}
    assert any(one.command.startswith("coach drill --question ") for one in planned)


@pytest.mark.parametrize("stage", STAGES[1:])
def test_the_stage_says_which_kinds_are_likely(stage: str):
    found = likely_questions(BANK, stage, "Cook", [])
    assert 5 <= len(found) <= 9
    assert len({question.id for question in found}) == len(found)
    kinds = {question.kind for question in found}
    assert (Kind.SALARY in kinds) == (stage in ("screening", "phone", "final"))
    assert (Kind.SITUATIONAL in kinds) == (stage in ("panel", "task"))


def test_the_role_and_the_weak_areas_say_which_of_them():
    def stories(role: str, *weak: str) -> set[str]:
        found = likely_questions(BANK, "panel", role, weak)
        return {area for q in found if q.kind is Kind.BEHAVIOURAL for area in q.areas}

    assert "comp.leadership" in stories("Shift manager")
    assert "comp.customer" in stories("Customer support agent")
    assert "comp.customer" not in stories("Analyst")
    assert "comp.integrity" in stories("Analyst", "comp.integrity")


def test_questions_for_another_line_of_work_or_level_are_left_out():
    def named(role: str) -> set[str]:
        found = likely_questions(BANK, "panel", role, [])
        return {name for q in found for name in (q.field, q.level)} - {"any"}

    assert named("Cook") == set()
    assert "nursing" in named("Ward nurse")
    assert "leading" in named("Head of sales")
    assert "first_job" in named("Apprentice baker")


def test_the_next_interview_is_the_first_still_to_come(home):
    with Log(home / "coach.db") as log:
        assert next_interview(log, NOW) is None
        shelf = log.shelf(Interview)
        here = NOW.astimezone()
        for one in (
            interview(9),
            interview(4),
            interview(0, clock=f"{here - timedelta(minutes=1):%H:%M}"),
            interview(-1),
        ):
            shelf.add(one, NOW)
        assert next_interview(log, NOW).number == 2
        today = shelf.add(interview(0), NOW)  # without an hour it is until the day is over
        assert next_interview(log, NOW) == today
        shelf.replace(debriefed(today, TODAY, "all", (), None, None), NOW)
        assert next_interview(log, NOW).number == 2


def test_what_is_weak_comes_due_before_the_interview(home):
    half = "Last year we ran out of rolls. My task was to find out why. I counted what we sold."
    for days in (9, 5, 1):
        tell(home, half, NOW - timedelta(days=days))
    with Log(home / "coach.db") as log:
        (alone,) = all_known(log, NOW).questions_due.values()
        log.shelf(Interview).add(interview(0), NOW)
        (tight,) = all_known(log, NOW).questions_due.values()
    assert alone.weak
    assert tight.on < alone.on


def test_lines_of_work_and_levels_are_those_of_the_banks():
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert set(data["fields"]) <= set(FIELDS)
    assert set(data["levels"]) <= set(LEVELS)
    assert set(data["competencies"]) <= set(AREAS)
    assert set(data["stages"]) == set(STAGES[1:])


def test_a_debrief_keeps_what_was_told_before():
    first = debriefed(interview(-1), TODAY, "the tour", ("Why us?",), None, None)
    later = debriefed(first, TODAY, None, ("Why us?", "Why now?"), "sleep", Outcome.OFFER).debrief
    assert (later.went_well, later.hard) == ("the tour", ("Why us?", "Why now?"))
    assert (later.differently, later.outcome) == ("sleep", Outcome.OFFER)


def ahead(days: int) -> date:
    return datetime.now(UTC).astimezone().date() + timedelta(days=days)


def add(coach, days: int = 5, *more: object) -> dict:
    outcome = coach("interview", "add", "--date", ahead(days), "--role", "Shift manager",
                    "--stage", "panel", "--json", *more)  # fmt: skip
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_from_a_noted_interview_to_its_focus_sheet(coach):
    coach("area", "add", "star.numbers", "--note", "no figures")
    coach("story", "add", "--title", "The rolls", "--situation", "s", "--task", "t", "--action",
          "a", "--result", "two hundred more")  # fmt: skip
    with Log(places.database()) as log:
        praise = FeedbackPoint("voice.clarity", Polarity.PRAISE, "calm and clear")
        log.add_rejection(Rejection("Acme", "Cook", TODAY, points=(praise,)), NOW)
    coach("interview", "add", "--date", f"{ahead(5)}T10:30", "--role", "Shift manager",
          "--company", "Harbour Hotel", "--stage", "panel")  # fmt: skip
    shown = coach("interview", "focus", 1).out
    assert max(map(len, shown.splitlines())) <= 80
    for words in ("in 5 days", "10:30", "“no figures” (your own note)", "“The rolls”",
                  "Likely at this stage (panel)", "Light", "Find out about Harbour Hotel",
                  "“calm and clear”", "What does each of you need most"):  # fmt: skip
        assert words in shown
    data = coach("interview", "focus", 1, "--json").json
    ids = {question.id for question in BANK}
    assert all(question["id"] in ids and question["id"] in shown for question in data["questions"])
    assert data["areas"][0]["area"] == "star.numbers"


def test_a_rejection_after_the_interview_leads_to_its_own_log(coach):
    add(coach, -1, "--company", "Harbour's Hotel")
    told = coach("interview", "debrief", 1, "--went-well", "the tour", "--hard",
                 "Why did you leave the bakery after so short a time?", "--practise",
                 "--outcome", "rejection")  # fmt: skip
    assert told.code == 0, told.err
    assert "own-001" in told.out
    command = next(line for line in told.out.splitlines() if line.startswith("coach rejection"))
    logged = coach(*shlex.split(command)[1:], "--json")
    assert (logged.json["company"], logged.json["stage"]) == ("Harbour's Hotel", "panel")
    (own,) = [q for q in all_questions() if q.id == "own-001"]
    assert own.kind is Kind.LEAVING
    shown = coach("interview", "show", 1).out
    assert "the tour" in shown
    assert "rejection" in coach("interview", "list").out


def test_other_outcomes_point_to_no_rejection(coach):
    add(coach, -1)
    for outcome in ("offer", "next-round", "no-answer"):
        told = coach("interview", "debrief", 1, "--outcome", outcome)
        assert told.code == 0
        assert "coach rejection" not in told.out
        again = re.search(r"coach interview add .*", told.out)
        assert bool(again) == (outcome == "next-round")
        if again:  # it names the job; the day and the round are still to be given
            command = shlex.split(again.group())[1:]
            noted = coach(*command, "--date", ahead(3), "--stage", "panel", "--json").json
            assert noted["role"] == "Shift manager"
        shown = coach("interview", "show", 1, "--json").json
        assert shown["debrief"]["outcome"] == outcome
    assert not places.own_banks().exists()


def test_an_interview_can_be_moved_and_removed(coach):
    add(coach)
    moved = coach("interview", "edit", 1, "--date", f"{ahead(9)}T08:15", "--json").json
    assert (moved["day"], moved["clock"], moved["role"]) == (
        ahead(9).isoformat(), "08:15", "Shift manager")  # fmt: skip
    assert coach("interview", "remove", 1).code == 29  # nobody to ask
    assert coach("interview", "remove", 1, "--yes").code == 0
    assert "No interview" in coach("interview", "list").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["focus", "4"], 24, "coach interview list"),
        (["focus", "1"], 24, "coach interview debrief 1"),
        (["debrief", "1"], 29, "--outcome"),
        (["edit", "1"], 2, "what to change"),
        (["add", "--date", "2026-02-30", "--role", "x", "--stage", "panel"], 2, "2026-02-30"),
        (["add", "--date", "2026-12-01", "--role", " ", "--stage", "panel"], 2, "role"),
        (["add", "--date", "2026-12-01", "--role", "x", "--stage", "lunch"], 2, "lunch"),
    ],
)
def test_bad_input_changes_nothing(coach, words, code, told):
    before = add(coach, -2)
    outcome = coach("interview", *words)
    assert outcome.code == code
    assert told in outcome.err
    assert coach("interview", "list", "--json").json == [before]


def test_two_interviews_close_to_each_other_are_pointed_out(coach):
    add = ("interview", "add", "--role", "Cook", "--stage", "first")
    assert "same day" not in coach(*add, "--date", "2099-12-03T10:00").err
    assert "Interview 1 (Cook) is on the same day at 10:00" in coach(
        *add, "--date", "2099-12-03T10:30").err  # fmt: skip
    assert "same day" not in coach(*add, "--date", "2099-12-03T15:00").err
    assert "Interview 3" in coach("interview", "edit", 2, "--date", "2099-12-03T16:00").err


def test_an_interview_that_is_still_to_come_is_not_debriefed(coach):
    coach("interview", "add", "--role", "Cook", "--stage", "first", "--date", "2099-12-03")
    refused = coach("interview", "debrief", 1, "--outcome", "offer")
    assert (refused.code, "coach interview edit 1 --date" in refused.err) == (2, True)
    assert coach("interview", "show", 1, "--json").json["debrief"] is None
