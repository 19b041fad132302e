"""Sittings through the command line."""

import json
import subprocess
import sys
from pathlib import Path

from taken import NOW, RESULT, STORY

from coach.improvement.agenda import Agenda
from coach.improvement.entries import Note, State
from coach.improvement.log import Log
from coach.improvement.removed import remove_question, removed_questions
from coach.practice import all_questions
from coach.questions.question import Kind


def mock(coach, *words: object, answers: int = 3, end: str = "") -> list[dict]:
    outcome = coach("mock", "--typed", "--json", "--questions", 3, "--kind", "behavioural",
                    "--seed", 4, *words, stdin=f"{STORY}\n.\n" * answers + end)  # fmt: skip
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_mock_that_was_left_goes_on_with_the_same_questions(coach, home: Path):
    whole = mock(coach)
    with Log(home / "coach.db") as log:
        planned = [choice.question.id for choice in log.shelf(Agenda).all()[0].choices]
        assert log.undo() is None  # what the coach keeps for itself is no change of the user's
    assert [take["question"]["id"] for take in whole] == planned

    (first,) = mock(coach, answers=1, end="/end\n")
    rest = coach("mock", "--resume", "--typed", stdin=f"{STORY}\n.\n" * 2)
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
    left = coach("mock", "--typed", "--questions", 2, stdin=f"{STORY}\n.\n/end\n")
    assert "1 of 2 questions answered" in left.out
    assert "coach mock --resume" in left.out
    assert "coach mock --resume" in coach().out
    assert coach("mock", "--resume", "--questions", 2).code == 2
    coach("drill", "--typed", "--questions", 1, stdin=f"{STORY}\n\n")
    assert "coach mock --resume" not in coach().out  # the user has gone on to something else


def test_a_question_that_was_passed_over_is_not_left(coach):
    whole = ("mock", "--typed", "--questions", 2, "--seed", 4)
    shown = coach(*whole, stdin=f"{STORY}\n.\n/skip\n").out
    assert "1 of 2 questions answered" in shown
    assert "coach mock --resume" not in shown
    assert "coach mock --resume" not in coach().out
    assert "Question" not in coach("mock", "--resume", "--typed").out.partition("By question")[0]
    ended = coach(*whole, stdin=f"/skip\n{STORY}\n/end\n").out
    assert "1 of 2 questions answered" in ended  # what was typed before the end is an answer
    assert "coach mock --resume" not in ended


def test_a_mock_of_which_nothing_was_answered_yet_can_be_gone_on_with(coach):
    coach("drill", "--typed", "--questions", 1, stdin=f"{STORY}\n\n")
    whole = ("mock", "--typed", "--questions", 2, "--seed", 4)
    assert "coach mock --resume" in coach(*whole, stdin="/skip\n/end\n").out
    assert "coach mock --resume" in coach().out
    assert "Question 2 of 2" in coach("mock", "--resume", "--typed", stdin="/end\n").out
    # One that was left before anything was put is not worth it.
    assert "coach mock --resume" not in coach(*whole, stdin="/end\n").out


def test_there_must_be_a_mock_to_go_on_with(coach):
    outcome = coach("mock", "--resume", "--typed")
    assert outcome.code == 24
    assert "coach mock" in outcome.err


def test_a_past_question_is_asked_again_and_compared(coach):
    (first,) = coach("drill", "--typed", "--json", "--questions", 1, "--kind", "behavioural",
                     stdin=f"{STORY}\n\n").json  # fmt: skip
    retried = coach("retry", "--typed", stdin=f"{STORY}{RESULT}\n\n")
    assert first["question"]["text"][:30] in " ".join(retried.out.split())
    assert "Against the take before" in retried.out
    assert " before, " in retried.out.partition("Score ")[2]
    (by_number,) = coach("retry", first["id"], "--typed", "--json", stdin=f"{STORY}\n\n").json
    assert by_number["question"]["id"] == first["question"]["id"]
    by_id = coach("retry", "salary-01", "--typed", "--json", stdin=f"{STORY}\n\n")
    assert by_id.json[0]["question"]["id"] == "salary-01"
    assert coach("retry", 99, "--typed").code == 24


def test_what_waits_to_be_judged_is_said_and_can_be_retried(coach):
    coach("drill", "--typed", "--questions", 1, "--seed", 1, stdin=f"{STORY}\n\n")
    left = coach("drill", "--typed", "--questions", 1, "--seed", 2, stdin=f"{STORY}\n/end\n")
    assert "One take waits to be judged: coach review does it now." in " ".join(left.out.split())
    again = coach("retry", "--typed", stdin=f"{STORY}\n\n")
    assert "you answered it in take 2." in again.out
    assert "waits" not in again.out


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
    shown = coach("mock", "--typed", "--plain", "--questions", 1, stdin=f"{STORY}\n\n").out
    assert "The best moment, question 1: " in shown
    assert not set("╭│━─▮×") & set(shown)


def test_notes_stand_beside_their_take(coach, home: Path):
    (take,) = coach("drill", "--typed", "--json", "--questions", 1, stdin=f"{STORY}\n\n").json
    with Log(home / "coach.db") as log:
        log.shelf(Note).add(Note(take["id"], "Say the figure first."), NOW)
    assert "Say the figure first." in coach("review", take["id"]).out
    assert coach("review", take["id"], "--json").json["notes"] == ["Say the figure first."]


def test_json_of_a_mock_is_all_there_is(coach):
    outcome = coach("mock", "--typed", "--json", "--questions", 1, stdin=f"{STORY}\n\n")
    assert isinstance(json.loads(outcome.out), list)


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


def test_an_area_of_the_voice_is_not_practised_by_typing(coach):
    outcome = coach("drill", "--typed", "--area", "voice.pace", stdin=f"{STORY}\n.\n")
    assert outcome.code == 15
    assert "needs your voice" in outcome.err
    unheard = coach("drill", "--typed", "--area", "voice.clarity", stdin=f"{STORY}\n.\n")
    assert unheard.code == 15
    assert "coach area show voice.clarity" in unheard.err


def test_a_typed_answer_shows_nothing_of_the_voice_but_its_length(coach, home: Path):
    assert coach("drill", "--typed", "--questions", 1, stdin=f"{STORY}\n.\n").code == 0
    with Log(home / "coach.db") as log:
        of_voice = {area for area in log.levels() if area.startswith("voice.")}
        assert of_voice == {"voice.long", "voice.short"}


def test_what_is_due_can_be_practised_alone(coach, home: Path):
    assert "No question is due today." in coach("drill", "--typed", "--due").err
    coach("drill", "--typed", "--questions", 1, stdin="I do not know.\n.\n")  # due at once
    assert "One question is due again: coach drill --due" in coach().out
    assert coach("drill", "--typed", "--due", stdin="Nor now.\n.\n").code == 0
    with Log(home / "coach.db") as log:
        first, second = log.summaries()
    assert first.question == second.question
    assert coach("drill", "--due", "--question", first.question).code == 2


def test_what_was_put_aside_is_not_due(coach, home: Path):
    (take,) = coach(
        "drill", "--typed", "--questions", 1, "--json", stdin="I do not know.\n.\n"
    ).json
    assert coach("drill", "--typed", "--due", stdin="Nor now.\n.\n").code == 0
    assert coach("bank", "remove", take["question"]["id"]).code == 0
    assert "due again" not in coach().out


def test_a_question_that_is_named_is_asked_though_nothing_asks_for_it(coach, home: Path):
    (home / "my_banks").mkdir(parents=True)
    (home / "my_banks" / "mine.toml").write_text(
        '[[question]]\nid = "mine-1"\ntext = "What do you sound like?"\n'
        'kind = "behavioural"\nareas = ["voice.pace"]\n',
        encoding="utf-8",
    )
    answered = coach("drill", "--typed", "--question", "mine-1", stdin=f"{STORY}\n.\n")
    assert answered.code == 0, answered.err
    assert "What do you sound like?" in answered.out


def test_a_question_that_does_not_apply_is_drawn_no_more(coach, home: Path):
    words = ("drill", "--typed", "--kind", "leaving", "--questions", 1)
    others = {q.id for q in all_questions() if q.kind is Kind.LEAVING} - {"leaving-04"}
    with Log(home / "coach.db") as log:
        for other in others:
            remove_question(log, other, NOW)
    asked = "You have changed jobs several times"
    assert asked in coach(*words, stdin="/skip\n").out
    assert coach("bank", "remove", "leaving-04").code == 0
    assert coach(*words, stdin="/skip\n").code != 0
    assert asked in coach("drill", "--typed", "--question", "leaving-04", stdin="/skip\n").out
    assert "leaving-04" in coach("undo", "--yes").out
    with Log(home / "coach.db") as log:
        assert removed_questions(log) == others
    coach("bank", "remove", "leaving-04")
    coach("bank", "remove", "leaving-04", "--back")
    assert asked in coach(*words, stdin="/skip\n").out
