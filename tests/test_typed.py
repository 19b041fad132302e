"""Answers that are typed: at a terminal, where they can be edited, and from a pipe."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pexpect
import pytest
from pexpect import popen_spawn
from taken import RESULT, STORY

from coach.improvement.entries import Attempt, State
from coach.improvement.log import Log

BEGIN, END = "\x1b[200~", "\x1b[201~"  # around what is pasted
READY = r"\? explains"
ASKED = r"\?2004h.*\?25h"  # pastes are told apart, and the cursor stands there
FIRST, SECOND, THIRD = "The lift was broken.", "I carried the boxes up.", "All were there by noon."
PARAGRAPHS = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
WHOLE = f"{FIRST} {SECOND} {THIRD}"


def on_a_terminal(home: Path, *words: str, **environment: str) -> pexpect.spawn:
    environment = {**os.environ, "COACH_HOME": str(home), "TERM": "xterm", **environment}
    return pexpect.spawn(
        sys.executable, ["-m", "coach", *words], env=environment, encoding="utf-8",
        dimensions=(24, 200), timeout=15,
    )  # fmt: skip


def drilled(home: Path, *words: str, **environment: str) -> pexpect.spawn:
    child = on_a_terminal(home, "drill", "--typed", "--questions", "1", *words, **environment)
    child.expect(READY)
    child.expect(ASKED)
    return child


def finished(child: pexpect.spawn) -> None:
    child.expect(r"Enter\S* finish")
    child.send("\r")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def takes(home: Path, *states: State) -> tuple[Attempt, ...]:
    with Log(home / "coach.db") as log:
        return log.attempts(states=states or tuple(State))


# At a terminal


@pytest.mark.parametrize("marked", [True, False])
def test_a_paste_is_one_block_and_its_empty_lines_belong_to_it(home: Path, marked: bool):
    child = drilled(home)
    child.send(f"{BEGIN}{PARAGRAPHS}{END}" if marked else PARAGRAPHS.replace("\n", "\r"))
    time.sleep(0.5)
    child.send("\r")
    time.sleep(0.2)
    child.send("\r")
    finished(child)
    assert [take.transcript.text for take in takes(home)] == [WHOLE]


def test_a_long_line_is_kept_whole_and_keys_edit_it(home: Path):
    long = " ".join(f"word{number}" for number in range(2_000))
    child = drilled(home)
    child.send("ent\x1b[D\x1b[D\x1b[D")  # three times to the left
    child.send("wx\x7f\x1b[F")  # a slip, Backspace, End
    child.send(f" {BEGIN}{long}{END}\x1b[D\x1b[C\x04")
    finished(child)
    assert takes(home)[0].transcript.text == f"went {long}"


def test_a_word_that_is_a_command_is_one_and_no_other_is_swallowed(home: Path):
    child = drilled(home)
    for key in ("\r", "\x04"):
        child.send(key)
        child.expect("Nothing is typed yet")
    child.send("?\r")
    child.expect("Leave this question")
    child.send("/skip now\r")
    child.expect("stands alone")
    child.send("\x7f" * 9 + "/nope\r")
    child.expect("/nope is no command")
    child.send("\x7f" * 5 + "/skip\r")
    child.expect("Nothing was answered")
    child.expect(pexpect.EOF)
    assert [take.state for take in takes(home)] == [State.DISCARDED]


def test_an_answer_can_be_written_in_an_editor(home: Path, tmp_path: Path):
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "{FIRST}\\n\\n{SECOND}" >> "$1"\n')
    editor.chmod(0o755)
    child = drilled(home, EDITOR=str(editor))
    child.send("e\r")
    child.expect("carried")
    time.sleep(0.3)
    child.send("\r")
    finished(child)
    assert takes(home)[0].transcript.text == f"{FIRST} {SECOND}"


def test_a_follow_up_that_is_typed_stays_with_its_take(home: Path, coach):
    child = on_a_terminal(home, "mock", "--typed", "--questions", "1", "--kind", "behavioural")
    child.expect(READY)
    child.expect(ASKED)
    child.send(f"{STORY}\r\r")
    child.expect(r"know\?")  # its question may be wrapped
    child.expect(ASKED)
    child.send(f"{RESULT.strip()}\r\r")
    child.expect("It was the last one")
    child.expect(r"Enter\S* results")
    child.send("\r")
    child.expect(pexpect.EOF)
    (take,) = takes(home)
    assert "two hundred more rolls" in take.transcript.text
    (asked,) = take.transcript.asked
    assert asked.endswith("What changed, and how do you know?")
    shown = " ".join(coach("review", take.id).out.split())
    assert "Asked in the answer" in shown
    assert asked in shown


def test_ctrl_d_leaves_a_follow_up_and_the_mock_goes_on(home: Path):
    child = on_a_terminal(home, "mock", "--typed", "--questions", "1", "--kind", "behavioural")
    child.expect(READY)
    child.expect(ASKED)
    child.send(f"{STORY}\r\r")
    child.expect(r"know\?")
    child.expect(ASKED)
    child.send("\x04")
    child.expect(r"Enter\S* results")
    child.send("\r")
    child.expect(pexpect.EOF)
    assert [take.transcript.text for take in takes(home, State.ASSESSED)] == [STORY.strip()]


def test_a_retake_names_what_to_mend_and_brings_the_last_text_back(home: Path):
    child = drilled(home, "--kind", "behavioural")
    child.send(f"{STORY}\r\r")
    child.expect("r.* retake")
    child.send("r")
    child.expect("To mend")
    child.expect("Up.* brings back")
    child.expect(ASKED)
    child.send(f"\x1b[A{RESULT}\x04")
    finished(child)
    last, first = takes(home, State.ASSESSED)
    assert last.transcript.text == f"{STORY.strip()}{RESULT}"
    assert first.assessment.advice[0].text in last.why


def test_after_a_result_a_follow_up_adds_to_the_take(home: Path):
    child = drilled(home, "--kind", "behavioural")
    child.send(f"{STORY}\r\r")
    child.expect(r"f\S* follow-up")
    child.send("f")
    child.expect(r"know\?")
    child.expect(ASKED)
    child.send(f"{RESULT.strip()}\r\r")
    child.expect("Take 1")
    finished(child)
    (take,) = takes(home)
    assert take.transcript.text == f"{STORY}{RESULT}"
    assert len(take.transcript.asked) == 1


@pytest.mark.parametrize("end", ["\x03", signal.SIGHUP, signal.SIGTERM])
def test_what_was_not_ended_is_a_draft_that_the_next_drill_goes_on_with(
    home: Path, end: str | signal.Signals, coach
):
    child = drilled(home)
    child.send(STORY)
    time.sleep(0.5)
    child.send(end) if isinstance(end, str) else child.kill(end)
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == (0 if isinstance(end, str) else 128 + end)
    (draft,) = takes(home)
    assert draft.is_draft
    assert draft.transcript.text == STORY
    coach("review")  # judges what waits, and a draft does not
    assert takes(home) == (draft,)
    assert "coach drill --typed goes on with it" in " ".join(coach().out.split())

    child = on_a_terminal(home, "drill", "--typed", "--questions", "1")
    child.expect("What you typed last time")
    child.expect("early bakers")
    time.sleep(0.3)
    child.send(f"{RESULT}\r\r")
    finished(child)
    (take,) = takes(home, State.ASSESSED)
    assert take.question == draft.question
    assert take.transcript.text == f"{STORY}{RESULT}"
    assert not takes(home, State.RECORDING)


def test_a_draft_of_a_mock_stays_with_it_and_is_asked_again_when_it_is_gone_on_with(home: Path):
    child = on_a_terminal(home, "mock", "--typed", "--questions", "2")
    child.expect(READY)
    child.expect(ASKED)
    child.send(f"{FIRST}\x03")
    child.expect("kept as a draft")
    child.expect("coach mock --resume --typed")
    child.expect(pexpect.EOF)
    assert "drill" not in child.before
    child = drilled(home)
    child.send("/skip\r")
    child.expect(pexpect.EOF)
    assert "lift was broken" not in child.before
    child = on_a_terminal(home, "mock", "--resume", "--typed")
    child.expect("Question 1 of 2")
    child.expect("lift was broken")
    child.send("\x03")
    child.expect(pexpect.EOF)


def test_what_is_typed_above_the_end_of_a_sitting_counts(home: Path):
    child = drilled(home)
    child.send(f"{FIRST}\r/end\r")
    child.expect("waits to be judged")
    child.expect(pexpect.EOF)
    assert [(take.state, take.transcript.text) for take in takes(home)] == [
        (State.TRANSCRIBED, FIRST)
    ]


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="Windows stops no program")
def test_a_result_comes_back_after_a_stop(home: Path):
    shell = pexpect.spawn(
        "/bin/bash",
        ["--norc", "-i"],
        encoding="utf-8",
        timeout=15,
        dimensions=(24, 200),
        env={**os.environ, "COACH_HOME": str(home), "TERM": "xterm", "PS1": "$ "},
    )
    shell.sendline(f"{sys.executable} -m coach drill --typed --questions 1")
    shell.expect(READY)
    shell.expect(ASKED)
    shell.send(f"{FIRST}\r\r")
    shell.expect(r"Enter\S* finish")
    shell.send("\x1a")
    shell.expect("Stopped")
    shell.sendline("fg")
    shell.expect("Take 1")
    shell.expect(r"Enter\S* finish")
    shell.send("?")
    shell.expect("Answer the question once more")
    shell.sendline("q")
    shell.sendline("exit")
    shell.expect(pexpect.EOF)


# From a pipe


def test_a_dot_divides_what_is_piped_and_empty_lines_do_not(coach):
    done = coach("drill", "--typed", "--json", "--questions", 2,
                 stdin=f"{PARAGRAPHS}\n.\n{FIRST}\n")  # fmt: skip
    said = [" ".join(word["text"] for word in take["transcript"]["words"]) for take in done.json]
    assert said == [WHOLE, FIRST]


def test_what_is_piped_after_the_last_question_is_said(coach):
    done = coach("drill", "--typed", "--questions", 1, stdin=f"{FIRST}\n.\n{SECOND}\n.\n")
    assert done.code == 34
    assert SECOND in done.err
    assert "Logged" in done.out


def test_a_skip_after_an_answer_is_for_the_next_question(coach, home: Path):
    assert coach("drill", "--typed", "--questions", 2, stdin=f"{FIRST}\n/skip\n").code == 0
    assert sorted(take.state for take in takes(home)) == [State.ASSESSED, State.DISCARDED]


@pytest.mark.parametrize("command", ["drill", "warmup", "mock"])
def test_where_nothing_is_answered_something_is_said(coach, command: str):
    done = coach(command, "--typed")
    assert done.code == 33
    assert "Nothing was answered" in done.err
    assert "Without --typed" not in done.err
    assert "Nothing was answered" in coach(command, "--typed", stdin="/end\n").out


def test_a_pipe_that_stays_open_keeps_nobody_waiting(home: Path):
    child = popen_spawn.PopenSpawn(
        [sys.executable, "-m", "coach", "drill", "--typed", "--questions", "1"],
        env={**os.environ, "COACH_HOME": str(home)}, encoding="utf-8", timeout=15,
    )  # fmt: skip
    child.send(f"{FIRST}\n.\n")
    child.expect("Logged")
    child.expect(pexpect.EOF)


@pytest.mark.parametrize(
    "words",
    [
        ("drill", "--typed", "--from", "a.wav"),
        ("drill", "--typed", "--captions"),
        ("mock", "--typed", "--limit", "15"),
        ("mock", "--typed", "--prep", "30"),
        ("mock", "--from", "a.wav", "--prep", "30"),
        ("drill", "--questions", "1", "--from", "a.wav", "b.wav"),
        ("retry", "--from", "a.wav", "--from", "b.wav"),
    ],
)
def test_options_that_contradict_are_refused(coach, home: Path, words: tuple[str, ...]):
    if words[0] == "retry":
        coach("drill", "--typed", "--questions", 1, stdin=FIRST)
    before = takes(home)
    refused = coach(*words)
    assert refused.code == 2
    assert re.search(r"--(typed|from|captions)|files are given", refused.err)
    assert takes(home) == before


def test_a_model_that_is_not_there_is_refused_before_anything_is_logged(
    coach, home: Path, samples: Path
):
    refused = coach("drill", "--model", "/nope", "--from", samples / "no-result.flac")
    assert refused.code == 18
    assert not takes(home)
