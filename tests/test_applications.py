"""Applications keep what came back; habits count quietly, and only where they are used."""

from datetime import date, timedelta

import pytest

from coach import errors
from coach.improvement.applications import (
    Application,
    Status,
    by_channel,
    by_stage,
    updated,
)
from coach.improvement.habits import Done, Habit, Target, parse_target, week_of

SENT = date(2026, 11, 2)  # a Monday


def sent(channel: str | None = None, *statuses: Status, after: int = 5) -> Application:
    one = Application("Acme", "Cook", SENT, channel)
    for status in statuses:
        one = updated(one, status, SENT + timedelta(days=after))
    return one


def test_the_furthest_stage_and_the_first_answer_stay():
    one = updated(sent(None, Status.PANEL), Status.REJECTED, SENT + timedelta(days=20))
    assert (one.status, one.reached) == (Status.REJECTED, Status.PANEL)
    assert one.answered == SENT + timedelta(days=5)
    silent = sent(None, Status.NO_ANSWER)
    assert (silent.answered, silent.reached) == (None, Status.SENT)


def test_responses_by_channel_and_by_stage():
    every = [
        sent("Job board"),
        sent("job board", Status.REJECTED, after=9),
        sent("job board", Status.PHONE, after=4),
        sent("referral", Status.PANEL, Status.OFFER),
        sent(),
    ]
    board, *others = by_channel(every)
    assert (board.channel, board.sent, board.answered, board.interviews, board.days) == (
        "job board", 3, 2, 1, 6.5)  # fmt: skip
    assert {(one.channel, one.sent, one.days) for one in others} == {
        ("referral", 1, 5), ("not told", 1, None)}  # fmt: skip
    stages = by_stage(every)
    assert (stages["sent"], stages["phone"], stages["panel"], stages["offer"]) == (5, 1, 1, 1)
    assert by_stage([sent()]) == {"sent": 1}


def test_interviews_and_rejections_of_the_same_job_count_with_its_application(coach):
    add = ("applications", "add", "--sent", "2026-11-02")
    coach(*add, "--company", "Acme", "--role", "Cook")
    coach(*add, "--company", "Beta", "--role", "Chef")
    coach("applications", "update", 2, "--status", "offer")
    coach("interview", "add", "--date", "2026-11-10", "--company", "acme", "--role", "cook",
          "--stage", "first")  # fmt: skip
    coach("interview", "add", "--date", "2026-11-11", "--company", "Acme", "--role", "Waiter",
          "--stage", "task")  # fmt: skip
    answer = coach("rejection", "add", "--company", "Acme", "--role", "Cook", "--stage", "panel",
                   "--date", "2026-11-12")  # fmt: skip
    assert "coach applications update 1 --status rejected" in answer.err
    stats = coach("applications", "stats", "--json").json
    assert stats["stages"] == {"sent": 2, "first": 1, "panel": 1, "offer": 1}
    (channel,) = stats["channels"]
    assert (channel["answered"], channel["interviews"]) == (2, 2)


def test_an_application_on_the_command_line(coach):
    added = coach("applications", "add", "--company", "Acme", "--role", "Cook", "--channel",
                  "referral", "--sent", "2026-11-02", "--json").json  # fmt: skip
    assert (added["number"], added["status"], added["sent"]) == (1, "sent", "2026-11-02")
    coach("applications", "add", "--company", "Beta", "--role", "Chef")
    moved = coach("applications", "update", 1, "--status", "panel", "--answered", "2026-11-09",
                  "--json").json  # fmt: skip
    assert (moved["reached"], moved["answered"]) == ("panel", "2026-11-09")
    rejected = coach("applications", "update", 1, "--status", "rejected")
    assert "coach rejection add" in rejected.out
    assert [one["company"] for one in coach("applications", "list", "--json").json] == [
        "Beta", "Acme"]  # fmt: skip
    only = coach("applications", "list", "--status", "rejected", "--json").json
    assert [one["number"] for one in only] == [1]
    told = coach("applications", "stats").out
    assert max(map(len, told.splitlines())) <= 80
    assert "panel 1" in told
    channels = coach("applications", "stats", "--json").json["channels"]
    assert {one["channel"]: one["days"] for one in channels} == {"referral": 7, "not told": None}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["update", "7", "--status", "phone"], 24, "coach applications list"),
        (["update", "1"], 2, "what is new"),
        (["update", "1", "--answered", "2026-11-01"], 2, "cannot come before"),
        (["update", "1", "--status", "ghosted"], 2, "no-answer"),
        (["add", "--company", " ", "--role", "x"], 2, "needed"),
        (["add", "--company", "x"], 2, "--role"),
    ],
)
def test_bad_input_changes_nothing(coach, words, code, told):
    before = coach("applications", "add", "--company", "Acme", "--role", "Cook", "--sent",
                   "2026-11-02", "--json").json  # fmt: skip
    outcome = coach("applications", *words)
    assert outcome.code == code
    assert told in outcome.err
    assert coach("applications", "list", "--json").json == [before]


@pytest.mark.parametrize(("text", "found"), [("1/day", (1, "day")), ("3 / Week", (3, "week"))])
def test_a_target_is_read(text, found):
    assert parse_target(text) == found


@pytest.mark.parametrize("text", ["0/day", "daily", "1/month", "-1/day", "100/day", ""])
def test_what_is_no_target_is_refused(text):
    with pytest.raises(ValueError, match="1/day or 3/week"):
        parse_target(text)


def test_a_week_counts_its_own_days_and_applications_by_themselves():
    friday = SENT + timedelta(days=4)
    targets = [Target(Habit.CONTACTS, 1, "day"), Target(Habit.APPLICATIONS, 3, "week")]
    done = [Done(Habit.CONTACTS, SENT), Done(Habit.CONTACTS, SENT), Done(Habit.CONTACTS, friday),
            Done(Habit.CONTACTS, SENT - timedelta(days=1))]  # fmt: skip
    applied, contacts = week_of(targets, done, [sent(), sent()], friday)
    assert (contacts.habit, contacts.days) == (Habit.CONTACTS, (2, 0, 0, 0, 1, 0, 0))
    assert (applied.habit, applied.days) == (Habit.APPLICATIONS, (2, 0, 0, 0, 0, 0, 0))
    assert week_of([], [], [sent()], friday) == ()  # off unless used


def test_habits_on_the_command_line(coach):
    coach("applications", "add", "--company", "Acme", "--role", "Cook")
    assert "No habit is on" in coach("habits").out
    coach("habits", "set", "contacts", "1/day")
    coach("habits", "set", "contacts", "2/day")
    coach("habits", "set", "applications", "3/week")
    coach("habits", "done", "contacts", "--note", "Ana")
    shown = coach("habits").out
    assert max(map(len, shown.splitlines())) <= 80
    assert "2 a day" in shown
    weeks = {one["habit"]: sum(one["days"]) for one in coach("habits", "--json").json}
    assert weeks == {"applications": 1, "contacts": 1}
    coach("habits", "set", "applications", "off")
    assert [one["habit"] for one in coach("habits", "--json").json] == ["contacts"]
    bad = coach("habits", "set", "contacts", "often")
    assert bad.code == 2
    assert "1/day" in bad.err
    by_hand = coach("habits", "done", "applications")
    assert by_hand.code == 2
    assert "coach applications add" in by_hand.err


def test_an_application_is_mended_removed_and_brought_back(coach):
    coach("applications", "add", "--company", "Acme", "--role", "Cok", "--sent", "2026-11-02")
    coach("applications", "update", 1, "--status", "phone", "--answered", "2026-11-05")
    mended = coach(
        "applications", "edit", 1, "--role", "Cook", "--channel", "agency", "--json"
    ).json
    assert (mended["role"], mended["channel"], mended["status"]) == ("Cook", "agency", "phone")
    assert coach("applications", "edit", 1, "--sent", "2026-11-06").code == 2
    assert coach("applications", "edit", 1).code == errors.NoTerminalError.exit_code
    assert coach("applications", "remove", 1).code == errors.NoTerminalError.exit_code
    assert coach("applications", "remove", 1, "--yes").code == 0
    assert coach("applications", "list", "--json").json == []
    coach("undo", "--yes")
    assert coach("applications", "list", "--json").json == [mended]
    coach("undo", "--yes")
    assert coach("applications", "list", "--json").json[0]["role"] == "Cok"


def test_the_same_application_twice_is_kept_and_told(coach):
    add = ("applications", "add", "--role", "Cook", "--company")
    assert "undo" not in coach(*add, "Acme").err
    assert "Application 1" in coach(*add, "acme").err
    assert len(coach("applications", "list", "--json").json) == 2
    assert coach("applications", "add", "--role", "Cook").code == 2
    assert coach(*add, "Beta", "--sent", "2127-01-01").code == 2


def test_a_habit_is_named_by_its_beginning_and_a_target_in_words(coach):
    assert coach("habits", "set", "contact", "3 per week").code == 0
    assert coach("habits", "done", "Contact").code == 0
    (week,) = coach("habits", "--json").json
    assert (week["habit"], week["target"]["times"], week["target"]["per"]) == (
        "contacts", 3, "week")  # fmt: skip
    assert coach("habits", "done", "x").code == 2
