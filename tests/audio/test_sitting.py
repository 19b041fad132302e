"""`coach drill` in a real terminal, with a voice in a real (virtual) microphone."""

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest
import soundfile

from coach.improvement.entries import State
from coach.improvement.log import Log

pytestmark = pytest.mark.audio
COACH = (sys.executable, "-m", "coach")
PATIENCE = 90  # s: the machine may be busy


@pytest.fixture
def terminal(virtual_microphone, home: Path):
    """Starts a coach command in a terminal of 80 columns that hears the virtual microphone."""
    if not hasattr(pexpect, "spawn"):
        pytest.skip("needs the package pty (POSIX)")
    running: list[pexpect.spawn] = []

    def start(*words: str, program: tuple[str, ...] = COACH) -> "pexpect.spawn":
        environment = virtual_microphone.environment | {"COACH_HOME": str(home), "TERM": "xterm"}
        child = pexpect.spawn(
            program[0],
            [*program[1:], *words],
            env=environment,
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=PATIENCE,
        )
        running.append(child)
        return child

    yield start
    for child in running:
        child.close(force=True)


@pytest.fixture
def answer(samples: Path, tmp_path: Path) -> Path:
    """The first 22 s of the packaged answer without a Result."""
    sound, rate = soundfile.read(samples / "no-result.flac", dtype="int16")
    path = tmp_path / "answer.wav"
    soundfile.write(path, sound[: 22 * rate], rate, subtype="PCM_16")
    return path


def takes(home: Path, *states: State):
    with Log(home / "coach.db") as log:
        return log.attempts(states=states or tuple(State))


def begin(child: "pexpect.spawn") -> None:
    child.expect("Thinking time")
    child.send("\r")
    child.expect("Speaking")


def test_a_drill_records_transcribes_assesses_and_logs(
    terminal, virtual_microphone, answer: Path, home: Path
):
    child = terminal("drill", "--questions", "1", "--engine", "sphinx", "--kind", "behavioural")
    begin(child)
    virtual_microphone.play(answer).wait(PATIENCE)
    child.send("\r")
    child.expect("Missing: ")
    child.expect("retake")
    child.send("\r")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0

    (take,) = takes(home)
    assert take.state is State.ASSESSED
    said = take.transcript.text
    for phrase in ("evening shift", "two hundred guests", "stopped working"):
        assert phrase in said
    assert "R" in take.assessment.missing
    assert 20 <= take.recording.seconds <= 40
    assert take.path.is_file()
    assert [word.start for word in take.transcript.words] == sorted(
        word.start for word in take.transcript.words
    )


def test_ctrl_c_ends_the_sitting_and_keeps_the_recording(
    terminal, virtual_microphone, answer: Path, home: Path
):
    child = terminal("drill", "--questions", "1", "--engine", "sphinx")
    begin(child)
    player = virtual_microphone.play(answer)
    child.expect(r"0:08", timeout=PATIENCE)
    child.sendintr()
    child.expect("One take waits to be judged")
    child.expect(pexpect.EOF)
    child.wait()
    player.kill()
    assert child.exitstatus == 0
    (take,) = takes(home)
    assert take.state is State.RECORDED
    assert take.recording.seconds > 7

    again = terminal("review", "--engine", "sphinx")
    again.expect("0:0")
    again.expect(pexpect.EOF)
    (judged,) = takes(home, State.ASSESSED)
    assert "evening shift" in judged.transcript.text


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_program_the_take_is_kept(
    terminal, virtual_microphone, answer: Path, home: Path, how: signal.Signals
):
    child = terminal("drill", "--questions", "1", "--engine", "sphinx")
    begin(child)
    player = virtual_microphone.play(answer)
    child.expect(r"0:08", timeout=PATIENCE)
    os.kill(child.pid, how)
    child.expect(pexpect.EOF)
    player.kill()
    again = terminal("review", "--engine", "sphinx")
    again.expect(pexpect.EOF)
    (judged,) = takes(home, State.ASSESSED)
    assert judged.recording.seconds > 6.5
    assert "evening shift" in judged.transcript.text


def test_a_take_can_be_set_aside_and_answered_again(
    terminal, virtual_microphone, answer: Path, home: Path
):
    child = terminal("drill", "--questions", "1", "--engine", "sphinx", "--kind", "behavioural")
    begin(child)
    child.expect("0:02")
    child.send("r")
    begin(child)
    virtual_microphone.play(answer).wait(PATIENCE)
    child.send("\r")
    child.expect("Missing: ")
    child.expect("retake")
    child.send("q")
    child.expect(pexpect.EOF)
    aside, kept = sorted(takes(home), key=lambda take: take.id)
    assert (aside.state, kept.state) == (State.DISCARDED, State.ASSESSED)
    assert aside.path.is_file()


def test_a_warm_up_can_be_answered_again(terminal):
    child = terminal("warmup", "--engine", "sphinx")
    begin(child)
    child.send("r")
    begin(child)
    child.send("q")
    child.expect(pexpect.EOF)


def test_a_limit_is_said_when_it_has_ended_the_answer(terminal, virtual_microphone, answer: Path):
    child = terminal("mock", "--questions", "1", "--limit", "15", "--prep", "5")
    child.expect("Recording starts in")
    child.expect("Speaking")
    player = virtual_microphone.play(answer)
    child.expect("The time given is over, so the answer has ended")
    player.wait(PATIENCE)
    child.expect("It was the last one")
    child.send("q")
    child.expect(pexpect.EOF)


def test_a_follow_up_can_be_left_and_a_sitting_ended_at_one(
    terminal, virtual_microphone, answer: Path, home: Path
):
    child = terminal("drill", "--questions", "1", "--engine", "sphinx", "--kind", "behavioural")
    begin(child)
    virtual_microphone.play(answer).wait(PATIENCE)
    child.send("f")
    child.expect("A follow-up")
    child.send("s")
    child.expect("Speaking")
    child.send("f")
    child.expect("A follow-up")
    child.send("q")
    child.expect("One take waits to be judged")
    child.expect(pexpect.EOF)
    (take,) = takes(home, State.RECORDED)
    assert len([notice for notice in take.recording.notices if notice.kind == "asked"]) == 2


def test_setup_says_what_it_heard(terminal, virtual_microphone, answer: Path):
    child = terminal("setup", "--quick")
    child.expect("Say something")
    player = virtual_microphone.play(answer)
    child.expect("Your voice is heard well")
    player.kill()
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


def test_setup_finds_silence(terminal):
    child = terminal("setup", "--quick")
    child.expect("igital silence")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 21


def test_ctrl_z_gives_the_shell_its_screen_and_fg_brings_the_sitting_back(terminal):
    command = f"'{sys.executable}' -m coach warmup --engine sphinx"
    script = f"set -m; {command}; echo stopped; read go; fg; echo over"
    child = terminal("-c", script, program=("/bin/sh",))
    child.expect("Thinking time")
    child.send("\x1a")
    child.expect(r"\x1b\[\?1049l")
    child.expect("stopped")
    child.sendline()
    child.expect(r"\x1b\[\?1049h")
    child.expect("Thinking time")
    child.send("q")
    child.expect("over")


def test_ctrl_z_where_there_is_no_shell_changes_nothing(terminal):
    child = terminal("warmup", "--engine", "sphinx")
    child.expect("Thinking time")
    child.send("\x1a")
    child.expect("Thinking time")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0
