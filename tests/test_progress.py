"""Progress and rest, as the command line tells them; claims only what the numbers bear."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from coach import places
from coach.areas import AREAS
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import FeedbackPoint, Polarity, Rejection
from coach.improvement.log import Log
from coach.improvement.progress import read_progress, streak
from coach.practice import all_known, all_questions, utc_now
from coach.questions.question import Kind
from coach.review.progress import progress as show
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
QUESTION = next(q for q in all_questions() if q.kind is Kind.BEHAVIOURAL)
BAD = "Last year our oven broke. My task was to get dinner out. I called the hotel next door."
GOOD = BAD + " As a result all sixty guests were fed within forty minutes."
NORMS = load_norms()


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as opened:
        yield opened


def take(log: Log, text: str, days: float, question=QUESTION) -> None:
    """A judged take that was typed so many days ago."""
    sitting = log.start_sitting("drill", NOW)
    said = from_text(text)
    number = log.add_attempt(sitting, question, "", NOW - timedelta(days=days), None).id
    log.save_transcript(number, said)
    log.save_assessment(number, assess(question, said, NORMS))


def reject(log: Log, days: int, rest_until: date | None = None) -> None:
    points = (FeedbackPoint("star.result", Polarity.CRITICISM, "no results"),)
    day = TODAY - timedelta(days=days)
    log.add_rejection(Rejection("Acme", "Cook", day, points=points, rest_until=rest_until), NOW)


def of_result(log: Log):
    return next(area for area in read_progress(log, NOW).areas if area.area == "star.result")


def test_a_change_is_claimed_from_five_takes_on(log: Log):
    for days, text in ((9, BAD), (8, BAD), (7, GOOD), (6, GOOD)):
        take(log, text, days)
    four = of_result(log)
    assert four.standing.change.word == "too early to say"
    assert four.takes == 4
    take(log, GOOD, 5)
    five = of_result(log).standing
    assert five.change.word == "rising"
    assert (five.beginning, five.change.takes) == (0.0, 5)


def test_the_beginning_stays_what_it_was_however_many_takes_follow(log: Log):
    for days in range(80, 75, -1):
        take(log, BAD, days)
    for days in range(70, 5, -1):
        take(log, GOOD, days)
        if days == 50:
            beginning = of_result(log).standing.beginning
    found = of_result(log)
    assert found.takes == 70
    assert len(found.standing.levels) == 60
    assert found.standing.beginning == beginning < 0.2  # the very first weigh most
    assert found.standing.change.word == "rising"


def test_since_the_last_rejection_counts_only_what_came_after(log: Log):
    for days in range(20, 15, -1):
        take(log, BAD, days)
    reject(log, 10)
    for days in range(8, 3, -1):
        take(log, GOOD, days)
    found = read_progress(log, NOW)
    (acme,) = found.since
    assert (found.takes, acme.takes, acme.company) == (10, 5, "Acme")
    (result,) = acme.areas
    assert (result.area, result.change.word) == ("star.result", "rising")
    reject(log, 1)
    latest, before = read_progress(log, NOW).since  # the earlier one stays
    assert (latest.takes, latest.areas[0].takes) == (0, 0)
    assert before.areas == acme.areas


def test_where_no_take_came_before_the_rejection_its_areas_are_told_from_those_since(log: Log):
    point = FeedbackPoint("voice.pace", Polarity.CRITICISM, "too fast")
    reject(log, 10)
    for days, text in ((9, BAD), (8, BAD), (7, GOOD), (6, GOOD), (5, GOOD)):
        take(log, text, days)
    day = TODAY - timedelta(days=10)
    log.add_rejection(Rejection("Globex", "Cook", day, points=(point,)), NOW)
    found = read_progress(log, NOW)
    areas = {of.area: of for since in found.since for of in since.areas}
    assert areas["star.result"].change == of_result(log).standing.change
    assert areas["star.result"].change.word == "rising"
    assert areas["voice.pace"].takes == 0  # typed takes have no pace; it is told all the same
    assert "no take since shows it" in shown(found)


def test_every_place_tells_one_trend(coach, home: Path):
    with Log(places.database()) as log:
        for days, text in ((9, BAD), (8, BAD), (7, GOOD), (6, BAD), (5, GOOD), (4, GOOD)):
            take(log, text, days)
    told = {area["area"]: area for area in coach("progress", "--json").json["areas"]}
    listed = {area["area"]: area for area in coach("area", "list", "--json").json}
    for area, of in told.items():
        same = ("beginning", "level", "error", "change")
        assert {name: of[name] for name in same} == {name: listed[area][name] for name in same}
    result = told["star.result"]["change"]
    assert result["word"] == "no clear trend"
    # The numbers look like a trend, so it says why none is claimed.
    assert result["by"] > 0.3
    for words in (("progress",), ("area", "list")):
        assert "(may be chance)" in " ".join(coach(*words).out.split())


def shown(found) -> str:
    out = Console(width=80)
    with out.capture() as caught:
        out.print(show(found, 80))
    return caught.get()


def test_first_best_and_latest_take_of_each_kind_of_question(log: Log):
    for days, text in ((5, BAD), (4, GOOD), (3, GOOD), (2, BAD)):
        take(log, text, days)
    salary = next(q for q in all_questions() if q.kind is Kind.SALARY)
    take(log, "Between 30,000 and 34,000 euros a year.", 6, salary)
    found = read_progress(log, NOW)
    stories, other = found.kinds
    assert [t.id for t in (stories.first, stories.best, stories.latest)] == [1, 2, 4]
    assert (other.kind, other.takes, other.best.id) == ("salary", 1, 5)
    assert (found.takes, found.typed, found.questions, found.days) == (5, 5, 2, 5)
    assert found.minutes == 0
    told = shown(found)
    assert "5 takes of 2 questions on 5 days, 5 typed." in told
    assert max(map(len, told.splitlines())) <= 80


def test_a_streak_lasts_until_a_whole_day_is_missed():
    days = [TODAY - timedelta(days=back) for back in (1, 2, 3, 5)]
    assert streak(days, TODAY) == 3
    assert streak([*days, TODAY], TODAY) == 4
    assert streak(days, TODAY + timedelta(days=1)) == 0
    assert streak([], TODAY) == 0


def test_the_command_tells_it_and_prints_json(coach):
    assert "No takes yet" in coach("progress").out
    assert coach("progress", "--json").json["takes"] == 0
    coach("drill", "--typed", "--questions", 1, "--question", QUESTION.id, stdin=f"{GOOD}\n\n")
    out = coach("progress").out
    assert "Practised: 1 take on 1 day, 1 typed." in out
    assert "too early to say" in out
    assert not any(word in out for word in ("rising", "falling", "missed", "streak"))
    data = coach("progress", "--json").json
    assert data["kinds"][0]["first"]["question"] == QUESTION.id
    assert {area["change"]["word"] for area in data["areas"]} == {"too early to say"}


def test_the_narrow_rows_say_what_the_whole_takes_say(log: Log):
    for days, text in ((5, BAD), (4, GOOD)):
        take(log, text, days)
    takes = log.attempts()[::-1]
    assert [(s.id, s.question, s.started, s.score, s.seconds) for s in log.summaries()] == [
        (t.id, t.question.id, t.started, t.assessment.score.overall, None) for t in takes
    ]
    for area, levels in log.levels().items():
        mets = [t.assessment.finding(area).met for t in takes if t.assessment.finding(area)]
        assert [level.met for level in levels] == [met for met in mets if met is not None]


def test_what_could_have_been_answered_better_is_read_from_rejections(log: Log):
    asked = f"  {QUESTION.text.upper()} "
    log.add_rejection(Rejection("Acme", "Cook", TODAY, could_answer=(asked,)), NOW)
    known = all_known(log, NOW)
    assert list(known.could_answer.values()) == [1]
    outcome = {q.id for q in all_questions() if known.could_answer.keys() & {q.text.lower()[:-1]}}
    assert outcome == {QUESTION.id}


def test_no_drill_is_suggested_while_the_user_rests_and_then_one_first_step(coach, home: Path):
    today = utc_now().astimezone().date()

    def rejected(until: date) -> None:
        with Log(places.database()) as log:
            reject(log, 0, until)

    rejected(today + timedelta(days=1))
    resting = coach().out
    assert "You rest until" in resting
    # The way out is named, and what the rejection changed; nothing is suggested.
    assert "coach rejection edit 1 --rest 0" in " ".join(resting.split())
    assert AREAS["star.result"].name in resting
    assert "Next:" not in resting
    assert "Weak areas" not in resting
    with Log(places.database()) as log:
        log.undo()
    rejected(today)
    over = coach().out
    assert "coach drill --area star.result --questions 1" in over
    assert "one answer is a start" in over
    coach("drill", "--typed", "--questions", 1, stdin=f"{GOOD}\n\n")
    assert "--questions 1" not in coach().out


def test_area_list_shows_the_level_with_its_error_at_80_columns(coach, home: Path):
    with Log(places.database()) as log:
        take(log, GOOD, 1)
    assert "not clear yet" not in coach("area", "list").out  # of one there is no range at all
    with Log(places.database()) as log:
        for days in (0.9, 0.8, 0.7, 0.6):
            take(log, GOOD, days)
    out = coach("area", "list").out
    assert re.search(r"\d+ \(\d+–\d+\)", out)
    assert "needs work, no clear trend" not in out  # it is told whole, on two lines
    assert "no clear trend" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    listed = {area["area"]: area for area in coach("area", "list", "--json").json}
    assert 0 < listed["star.result"]["error"] < 0.3
    assert listed["star.result"]["trend"] == "no clear trend"


def bank(home: Path, *entries: str) -> None:
    (home / "my_banks").mkdir(parents=True, exist_ok=True)
    text = "\n".join(
        f'[[question]]\nid = "{number}"\ntext = "What went wrong at fair {number}?"\n'
        f'kind = "behavioural"\nareas = ["comp.conflict"]\n{entry}\n'
        for number, entry in enumerate(entries, 1)
    )
    (home / "my_banks" / "b.toml").write_text(text, encoding="utf-8")


def test_drill_filters_by_field_level_kind_and_company(coach, home: Path):
    bank(home, "", "", 'company = "Acme"')

    def asked(*options: object, answers: int = 1) -> list[dict]:
        outcome = coach(
            "drill", "--typed", "--json", "--seed", 1, *options, stdin=f"{GOOD}\n.\n" * answers
        )
        assert outcome.code == 0, outcome.err
        return [take["question"] for take in outcome.json]

    conflict = ("--area", "comp.conflict", "--questions", 1)
    assert asked("--field", "teaching", *conflict)[0]["field"] == "teaching"
    assert asked("--level", "leading", *conflict)[0]["level"] == "leading"
    assert [q["id"] for q in asked("--company", "acme", "--questions", 5)] == ["3"]
    assert {q["kind"] for q in asked("--kind", "salary", "--questions", 3, answers=3)} == {"salary"}
    refused = coach("drill", "--typed", "--field", "teachng")
    assert refused.code != 0
    assert "Did you mean teaching?" in refused.err


def test_a_mock_repeats_by_its_seed_and_fits_its_length(coach):
    def asked(*options: object) -> list[str]:
        # Skipped, so that the log stays the same.
        outcome = coach("mock", "--typed", "--seed", 4, *options, stdin="/skip\n" * 20)
        assert outcome.code == 0, outcome.err
        return [line for line in outcome.out.splitlines() if line.startswith("│")]

    assert asked() == asked()
    assert "Question 1 of 6" in coach("mock", "--typed", "--length", 30, stdin="/end\n").out
    assert "Question 1 of 9" in coach("mock", "--typed", stdin="/end\n").out
    both = coach("mock", "--length", 30, "--questions", 3)
    assert both.code == 2
    json.loads(coach("mock", "--typed", "--json", stdin="/end\n").out)
