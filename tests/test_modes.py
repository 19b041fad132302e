"""Sittings through the command line, and the judgements behind them."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pexpect
import pytest
from rich.console import Console

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.cli import stage as stages
from coach.cli.stage import PrintedStage
from coach.improvement.agenda import Agenda
from coach.improvement.entries import Attempt, Note, State
from coach.improvement.log import Log
from coach.improvement.schedule import Due
from coach.improvement.scorecard import score
from coach.practice import sole_sitting
from coach.practice.followup import missing, wanted
from coach.questions.question import Kind, Probe, Question
from coach.recording import voice
from coach.review.result import OneScreen, spoken
from coach.review.scene import Action, Scene
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
NORMS = load_norms()
PROBES = (
    Probe("Was it done on time?", "R"),
    Probe("What had gone wrong before?", "S"),
    Probe("Would you do it again?"),
)
QUESTION = Question("q-1", "Tell me about a problem you solved.", Kind.BEHAVIOURAL,
                    ("comp.problem_solving", "star.result"), PROBES)  # fmt: skip
STORY = (
    "Last year I worked at a bakery. Every Saturday we ran out of rolls by ten. My manager asked me"
    " to find out why. I counted what we sold each hour for three weeks. Then I wrote a new plan"
    " for the oven because the second batch came too late. I trained the two early bakers myself."
)
RESULT = " As a result we sold two hundred more rolls a week, and nobody left with empty hands."


def taken(text: str, number: int = 1, question: Question = QUESTION) -> Attempt:
    said = from_text(text)
    judged = assess(question, said, NORMS)
    return Attempt(number, 1, question, "", NOW, State.ASSESSED, None, None, said, judged)


# Follow-ups


def test_a_follow_up_asks_for_what_is_missing_and_only_for_that():
    asked = missing(QUESTION, from_text(STORY), NORMS)
    assert asked == "Was it done on time? What changed, and how do you know?"
    assert missing(QUESTION, from_text(STORY + RESULT), NORMS) is None
    own = Question("q-2", QUESTION.text, Kind.BEHAVIOURAL, QUESTION.areas, PROBES[1:])
    assert missing(own, from_text(STORY), NORMS) == "What changed, and how do you know?"
    general = "I usually talk to people. I am always calm and I generally listen to everybody."
    assert "occasion" in missing(QUESTION, from_text(general), NORMS)


def test_what_is_asked_for_by_key_never_comes_twice_and_comes_to_an_end():
    said, asked = from_text(STORY), []
    while (probe := wanted(QUESTION, said, NORMS, asked)) is not None:
        asked.append(probe)
    assert asked[0].endswith("What changed, and how do you know?")
    assert asked[1:3] == [PROBES[1].text, PROBES[2].text]  # the first was asked with its part
    assert len(asked) == len(set(asked)) == 4


def test_a_follow_up_feeds_no_answer_where_nothing_was_heard():
    assert missing(QUESTION, from_text(""), NORMS) is None
    assert wanted(QUESTION, from_text(""), NORMS) == PROBES[0].text


def test_other_kinds_are_asked_for_their_own_missing_parts():
    salary = Question("s-1", "What do you expect to earn?", Kind.SALARY, ("hr.salary",))
    said = from_text("I would rather not say.")
    probes = [part.probe for part in assess(salary, said, NORMS).parts if not part.found]
    assert missing(salary, said, NORMS) == probes[0] == "Which range do you have in mind?"
    own = replace(salary, probes=(Probe("What else counts?", "P"), Probe("How much room?", "R")))
    assert missing(own, said, NORMS) == "How much room?"


# The scorecard


def test_a_scorecard_adds_up_an_interview():
    weak, strong = taken(STORY, 1), taken(STORY + RESULT, 2, Question(
        "q-3", "And another?", Kind.BEHAVIOURAL, ("comp.teamwork",)))  # fmt: skip
    due = {"q-1": Due(date(2026, 11, 23), NOW.date(), True),
           "q-3": Due(date(2026, 11, 22), NOW.date(), False)}  # fmt: skip
    card = score([weak, strong], 3, due)
    levels = {area.area: area for area in card.areas}
    assert (levels["star.result"].level, levels["star.result"].answers) == (0.5, 2)
    assert [area.level for area in card.areas] == sorted(area.level for area in card.areas)
    assert "two hundred more rolls" in card.best.words
    assert card.best.question == "And another?"
    attempt, advice = card.advice
    assert (attempt.id, advice.area) == (1, "star.result")
    assert [attempt.id for attempt, _ in card.due] == [2, 1]


def test_a_scorecard_of_nothing_quotes_nothing():
    card = score([], 3, {})
    assert (card.best, card.advice, card.due) == (None, None, ())


# What the result looks like


def drawn(shown: OneScreen, width: int, height: int) -> str:
    console = Console(file=io.StringIO(), width=width, height=height)
    options = console.options
    options.max_height = height
    rows = console.render_lines(shown, options)
    assert len(rows) <= height
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


@pytest.mark.parametrize(("width", "height"), [(80, 21), (80, 37), (120, 37)])
def test_a_result_fits_one_screen(width: int, height: int):
    weak = drawn(OneScreen(taken(STORY), None, NORMS), width, height)
    assert "Missing: Result" in weak
    assert "1. What came of it is not told." in weak
    assert "2. " in weak
    assert "Mended" not in weak
    better = OneScreen(taken(STORY + RESULT, 2), taken(STORY, 1), NORMS, retake=True)
    retake = drawn(better, width, height)
    assert "Results" in retake.partition("Mended: ")[2]
    assert "R 3/3 +3" in retake.partition("Score ")[2]
    ends = (" now", " take 1")
    now, first = (next(line for line in retake.splitlines() if line.endswith(end)) for end in ends)
    assert len(now.split()[0]) == len(first.split()[0]) == width - 10  # both are as wide as can be
    assert ("R" in now.split()[0], "R" in first.split()[0]) == (True, False)
    worse = drawn(OneScreen(taken(STORY, 3), taken(STORY + RESULT, 2), NORMS, retake=True), 80, 30)
    assert "R 0/3 −3" in worse
    assert "Results" in worse.partition("Lost: ")[2]


def test_where_there_is_little_room_texts_are_cut_and_keep_their_marks():
    console = Console(file=io.StringIO(), width=60, height=14)
    options = console.options
    options.max_height = 14
    rows = console.render_lines(OneScreen(taken(STORY), None, NORMS), options)
    shown = ["".join(segment.text for segment in row).rstrip() for row in rows]
    assert [row[:2] for row in shown if row.endswith("…")] == ["1.", "2."]
    assert any(row.startswith(" ✓ ") for row in shown)


def test_a_result_that_is_heard_has_no_bars():
    text = spoken(taken(STORY, 1), None, NORMS).plain
    assert "SSS" not in text
    assert "Missing: Result." in text
    assert "Situation " in text


# Sittings through the command line


def mock(coach, *words: object, answers: int = 3, end: str = "") -> list[dict]:
    outcome = coach("mock", "--typed", "--json", "--questions", 3, "--kind", "behavioural",
                    "--seed", 4, *words, stdin=f"{STORY}\n\n" * answers + end)  # fmt: skip
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_mock_that_was_left_goes_on_with_the_same_questions(coach, home: Path):
    whole = mock(coach)
    with Log(home / "coach.db") as log:
        planned = [choice.question.id for choice in log.shelf(Agenda).all()[0].choices]
        assert log.undo() is None  # what the coach keeps for itself is no change of the user's
    assert [take["question"]["id"] for take in whole] == planned

    (first,) = mock(coach, answers=1, end="/end\n")
    rest = coach("mock", "--resume", "--typed", stdin=f"{STORY}\n\n" * 2)
    assert "Question 2 of 3" in rest.out
    assert "Question 1 of 3" not in rest.out
    assert "3 of 3 questions answered" in rest.out
    with Log(home / "coach.db") as log:
        sitting = log.attempt(first["id"]).sitting
        assert len(log.takes_of(sitting)) == 3
        planned = [choice.question.id for choice in log.shelf(Agenda).all()[-1].choices]
        asked = [log.attempt(number).question.id for number in log.takes_of(sitting)]
    assert asked == planned
    again = coach("mock", "--resume", "--typed")  # nothing is left but its results
    assert "By question" in again.out
    assert "Question" not in again.out.partition("By question")[0]


def test_what_is_left_of_a_mock_is_offered(coach):
    left = coach("mock", "--typed", "--questions", 2, stdin=f"{STORY}\n\n/end\n")
    assert "1 of 2 questions answered" in left.out
    assert "coach mock --resume" in left.out
    assert "coach mock --resume" in coach().out
    assert coach("mock", "--resume", "--questions", 2).code == 2
    coach("drill", "--typed", "--questions", 1, stdin=f"{STORY}\n\n")
    assert "coach mock --resume" not in coach().out  # the user has gone on to something else


def test_a_question_that_was_passed_over_is_not_left(coach):
    whole = ("mock", "--typed", "--questions", 2, "--seed", 4)
    shown = coach(*whole, stdin=f"{STORY}\n\n/skip\n").out
    assert "1 of 2 questions answered" in shown
    assert "coach mock --resume" not in shown
    assert "coach mock --resume" not in coach().out
    assert "Question" not in coach("mock", "--resume", "--typed").out.partition("By question")[0]
    ended = coach(*whole, stdin=f"/skip\n{STORY}\n/end\n").out
    assert "1 of 2 questions answered" in ended  # what was typed before the end is an answer
    assert "coach mock --resume" not in ended


def test_there_must_be_a_mock_to_go_on_with(coach):
    outcome = coach("mock", "--resume", "--typed")
    assert outcome.code == 24
    assert "coach mock" in outcome.err


def test_a_past_question_is_asked_again_and_compared(coach):
    (first,) = coach("drill", "--typed", "--json", "--questions", 1, stdin=f"{STORY}\n\n").json
    retried = coach("retry", "--typed", stdin=f"{STORY}{RESULT}\n\n")
    assert first["question"]["text"][:30] in " ".join(retried.out.split())
    assert "Against the take before" in retried.out
    (by_number,) = coach("retry", first["id"], "--typed", "--json", stdin=f"{STORY}\n\n").json
    assert by_number["question"]["id"] == first["question"]["id"]
    by_id = coach("retry", "salary-01", "--typed", "--json", stdin=f"{STORY}\n\n")
    assert by_id.json[0]["question"]["id"] == "salary-01"
    assert coach("retry", 99, "--typed").code == 24


def test_nothing_to_retry_is_said(coach):
    outcome = coach("retry", "--typed")
    assert outcome.code == 24
    assert "coach drill" in outcome.err


def test_a_warm_up_has_no_score_and_counts_for_nothing(coach, home: Path, samples: Path):
    outcome = coach("warmup", "--from", samples / "no-result.flac", "--seed", 1)
    assert outcome.code == 0, outcome.err
    assert "You are warm. 0:47 of speaking." in outcome.out
    assert "Score" not in outcome.out
    with Log(home / "coach.db") as log:
        (take,) = log.attempts(states=tuple(State))
        assert not log.summaries()
    assert take.state is State.DISCARDED
    assert take.question.kind in (Kind.INTRO, Kind.STRENGTH)
    assert take.path.is_file()
    assert coach("warmup", "--typed", stdin="/skip\n").out.count("You are warm") == 0
    for seed in range(3):  # nobody who begins is asked for a long career
        assert "long career" not in coach("warmup", "--typed", "--seed", seed, stdin="/end\n").out


def test_details_show_every_sentence(coach):
    words = ("drill", "--typed", "--questions", 1, "--seed", 1)
    assert "100% " not in coach(*words, stdin=f"{STORY}\n\n").out
    shown = coach(*words, "--details", stdin=f"{STORY}\n\n").out
    assert "I trained the two early bakers myself." in " ".join(shown.split())


def test_plain_prints_neither_frames_nor_bars(coach):
    shown = coach("drill", "--typed", "--plain", "--questions", 1, "--kind", "behavioural",
                  stdin=f"{STORY}\n\n").out  # fmt: skip
    assert "Question 1 of 1: " in shown
    assert "Missing: Result." in shown
    assert not set("╭│━─▮") & set(shown)
    assert "SSS" not in shown


def test_notes_stand_beside_their_take(coach, home: Path):
    (take,) = coach("drill", "--typed", "--json", "--questions", 1, stdin=f"{STORY}\n\n").json
    with Log(home / "coach.db") as log:
        log.shelf(Note).add(Note(take["id"], "Say the figure first."), NOW)
    assert "Say the figure first." in coach("review", take["id"]).out
    assert coach("review", take["id"], "--json").json["notes"] == ["Say the figure first."]


# One sitting at a time


def test_two_sittings_on_one_home_cannot_be(coach, home: Path):
    holder = subprocess.Popen(
        [sys.executable, "-c", "from coach.practice import sole_sitting\n"
         "with sole_sitting():\n print('held', flush=True)\n input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    try:
        for command in ("drill", "mock", "warmup"):
            refused = coach(command, "--typed", stdin=f"{STORY}\n\n")
            assert refused.code == 32
            assert f"process {holder.pid}" in refused.err
        assert coach("area", "list").code == 0  # only sittings are kept apart
    finally:
        holder.kill()
        holder.communicate()
    # The file is still there, its process is not.
    assert (home / "sitting.lock").read_text() == f"{holder.pid}\n"
    assert coach("drill", "--typed", "--questions", 1, stdin=f"{STORY}\n\n").code == 0


def test_the_seat_is_given_back():
    for _ in range(2):
        with sole_sitting():
            pass


# The voice


def test_the_system_reads_aloud_and_can_be_stopped(tmp_path: Path, monkeypatch):
    heard = tmp_path / "heard"
    speaker = tmp_path / "espeak-ng"
    speaker.write_text(f'#!/bin/sh\ncat > "{heard}"\nsleep 30\n')
    speaker.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(voice.shutil, "which", {"espeak-ng": str(speaker)}.get)
    command = voice.voice_command()
    assert command == ("espeak-ng", "--stdin")
    began = time.monotonic()
    with voice.Reading(command, "--What happened?") as reading:
        while not heard.exists() or heard.read_text() != "--What happened?":
            assert time.monotonic() - began < 5
            time.sleep(0.01)
        assert not reading.over
        assert not reading.failed
    assert reading.over
    assert time.monotonic() - began < 5


def test_a_voice_of_another_process_is_silenced_too(tmp_path: Path, monkeypatch):
    speaker = tmp_path / "spd-say"
    speaker.write_text(
        f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\n[ "$1" = --cancel ] || sleep 9\n'
    )
    speaker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(voice.shutil, "which", {"spd-say": str(speaker)}.get)
    asked = tmp_path / "asked"
    with voice.Reading(voice.voice_command(), "--What happened?"):
        began = time.monotonic()
        while not asked.exists() and time.monotonic() - began < 5:
            time.sleep(0.01)
    assert asked.read_text().splitlines() == ["--wait -- --What happened?", "--cancel"]


def test_a_voice_that_fails_is_said_to_have_failed():
    with voice.Reading(("false",), "Hello") as reading:
        while not reading.over:
            time.sleep(0.01)
        assert reading.failed


def test_a_system_without_a_voice_is_none_and_a_broken_one_keeps_nobody(monkeypatch):
    monkeypatch.setattr(voice.shutil, "which", lambda _name: None)
    assert voice.voice_command() is None
    with voice.Reading(("no-such-voice",), "Hello") as reading:
        assert reading.over


# Words in the place of keys


def test_words_and_their_beginnings_stand_for_keys(monkeypatch):
    out = io.StringIO()
    stage = PrintedStage(Console(file=out), words=True)
    stage.show(Scene("one", "", "The body", (
        Action("enter", "start", "", ""), Action("s", "skip", "", "Leave it."),
        Action("?", "help", "", "")), news=["news 1"]))  # fmt: skip
    typed = iter(["", "start", "skip", "s", "sk", "HELP", "nonsense"])
    monkeypatch.setattr(stages, "read_line", lambda _wait: next(typed))
    assert [stage.key() for _ in range(7)] == ["enter", "enter", "s", "s", "s", None, None]
    assert "Leave it." in out.getvalue()
    stage.show(Scene("one", "", "The body", (), news=["news 1", "news 2"]))
    assert (out.getvalue().count("news 1"), out.getvalue().count("news 2")) == (1, 1)
    assert out.getvalue().count("The body") == 1
    stage.show(Scene("paused", "", "", (), news=["news 1", "news 2"]))
    assert out.getvalue().count("news 2") == 1  # a pause makes nothing news again
    stage.show(Scene(stages.OPENING, "", ""))
    stage.show(Scene("one", "", "", (), news=["news 2"]))
    assert out.getvalue().count("news 2") == 2  # another answer does
    before = out.getvalue()
    monkeypatch.setattr(stages, "read_line", lambda _wait: "anything")
    stage.key()
    assert out.getvalue() == before  # where nothing can be done, nothing is offered


def test_json_of_a_mock_is_all_there_is(coach):
    outcome = coach("mock", "--typed", "--json", "--questions", 1, stdin=f"{STORY}\n\n")
    assert isinstance(json.loads(outcome.out), list)


# What is typed


def on_a_terminal(home: Path, *words: str) -> pexpect.spawn:
    environment = {**os.environ, "COACH_HOME": str(home), "TERM": "xterm"}
    return pexpect.spawn(
        sys.executable, ["-m", "coach", *words], env=environment, encoding="utf-8",
        dimensions=(24, 200), timeout=20,
    )  # fmt: skip


def test_a_follow_up_that_is_typed_stays_with_its_take(home: Path, coach):
    child = on_a_terminal(home, "mock", "--typed", "--questions", "1", "--kind", "behavioural")
    child.expect("an empty line ends it")
    child.sendline(f"{STORY}\n")
    child.expect(r"know\?")  # its question may be wrapped
    child.sendline(f"{RESULT.strip()}\n")
    child.expect("The results come now")
    child.send("\r")
    child.expect(pexpect.EOF)
    with Log(home / "coach.db") as log:
        (take,) = log.attempts()
    assert "two hundred more rolls" in take.transcript.text
    (asked,) = take.transcript.asked
    assert asked.endswith("What changed, and how do you know?")
    shown = " ".join(coach("review", take.id).out.split())
    assert "Asked in the answer" in shown
    assert asked in shown


@pytest.mark.parametrize("end", ["/end\n", "\x03", signal.SIGHUP, signal.SIGTERM])
def test_whatever_ends_a_sitting_what_was_typed_is_kept(home: Path, end: str | signal.Signals):
    child = on_a_terminal(home, "drill", "--typed", "--questions", "2")
    child.expect("an empty line ends it")
    child.sendline(STORY)
    time.sleep(0.3)
    child.send(end) if isinstance(end, str) else child.kill(end)
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == (0 if isinstance(end, str) else 128 + end)
    with Log(home / "coach.db") as log:
        (take,) = log.attempts(states=tuple(State))
    assert take.state is State.TRANSCRIBED
    assert take.transcript.text == STORY
