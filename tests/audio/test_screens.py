"""Whole sittings on a real terminal: what is pressed, what is said, and what the screen shows."""

from pathlib import Path

import pytest
import soundfile
from disks import fill
from sounds import noise, write
from terminal import WIDE, Terminal

from coach.improvement.entries import Note, State
from coach.improvement.log import Log

pytestmark = pytest.mark.audio

BANK = """
[[question]]
id = "mine-1"
text = "Tell me about an evening when something broke. What did you do?"
kind = "behavioural"
areas = ["comp.problem_solving", "star.result"]
company = "Acme"
probes = ["S: How late was it?", "A: Who helped you?", "R: Was everybody served?"]

[[question]]
id = "mine-2"
text = "When did you last have to decide without your manager?"
kind = "behavioural"
areas = ["comp.decisions", "star.result"]
company = "Acme"

[[question]]
id = "mine-3"
text = "Describe a day on which everything changed at once."
kind = "behavioural"
areas = ["comp.adaptability", "star.result"]
company = "Acme"

[[question]]
id = "mine-4"
text = "Which promise to a guest was the hardest to keep?"
kind = "behavioural"
areas = ["comp.customer", "star.result"]
company = "Acme"
"""
STORY = (
    "Last summer I was working the evening shift in a hotel kitchen. The chef was away, so it was"
    " my job to get dinner out on time. Then I called the hotel across the street, because I knew"
    " their manager."
)
RESULT = "As a result all two hundred guests were served before nine."


@pytest.fixture
def start(virtual_microphone, home: Path):
    """Starts a coach command on a terminal that hears the virtual microphone."""
    (home / "my_banks").mkdir(parents=True)
    (home / "my_banks" / "mine.toml").write_text(BANK, encoding="utf-8")
    # A room is never quite silent: digital silence would be warned of.
    room = virtual_microphone.play(write(home / "room.wav", noise(90, level=0.0001)))
    running: list[Terminal] = []

    def started(*words: str, size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
        set_up = {"COACH_HOME": str(home), "TERM": "xterm"} | environment
        terminal = Terminal(virtual_microphone.environment | set_up, size, words)
        running.append(terminal)
        return terminal

    yield started
    for terminal in running:
        terminal.child.close(force=True)
    room.kill()
    room.wait(10)


@pytest.fixture
def say(virtual_microphone, speak):
    """Speaks a text into the microphone, and lets the terminal go on until its end."""

    def said(terminal: Terminal, text: str) -> None:
        path = speak(text)
        player = virtual_microphone.play(path)
        terminal.watch(soundfile.info(path).duration + 0.5)
        player.wait(10)

    return said


def takes(home: Path, *states: State):
    with Log(home / "coach.db") as log:
        return sorted(log.attempts(states=states or tuple(State)), key=lambda take: take.id)


def test_a_drill_with_a_retake_at_80_by_24(start, say, home: Path):
    terminal = start("drill", "--question", "mine-1", "--engine", "sphinx")
    terminal.until("Thinking time", "Enter start")
    terminal.draw("ready")
    terminal.compare("ready")
    terminal.press("\r")
    terminal.until("0:01", "Enter end")
    terminal.compare("speaking")
    terminal.resize(40, 24)
    terminal.until("Enter end · Space pause · f follow-up r retake · s skip · ? help · q quit")
    terminal.resize(80, 24)
    say(terminal, STORY)
    terminal.press(" ")
    terminal.until("Paused; Space goes on.", "Space go on")
    terminal.compare("paused")
    terminal.press("?")
    terminal.until("What the keys do", "any key goes back")
    terminal.compare("help")
    terminal.press("x")
    terminal.until("Paused;")
    terminal.press(" ")
    terminal.gone("Paused;")
    terminal.press("\r")
    terminal.until("Missing: Result", "r retake")
    terminal.draw("result")
    terminal.compare("result")

    terminal.press("n")
    terminal.until("Note to yourself:")
    terminal.press("Say what came of it.\r")
    terminal.until("Noted.")
    terminal.press("r")
    terminal.until("Thinking time")
    terminal.press("\r")
    terminal.until("0:01", "Enter end")
    say(terminal, f"{STORY} {RESULT}")
    terminal.press("\r")
    shown = terminal.until("take 1", "Mended: ", "Enter finish")
    assert "Results" in shown.partition("Mended: ")[2]
    terminal.draw("retake")
    terminal.compare("retake")
    terminal.press("\r")
    assert terminal.end() == 0
    assert not terminal.screen.other
    assert "Logged." in terminal.screen.text

    first, second = takes(home, State.ASSESSED)
    assert [part.value for part in first.assessment.missing] == ["R"]
    assert "R" not in second.assessment.missing
    with Log(home / "coach.db") as log:
        (note,) = log.shelf(Note).all()
    assert (note.attempt, note.text) == (first.id, "Say what came of it.")


def test_a_mock_with_a_follow_up_a_skip_an_interruption_and_its_end(start, say, home: Path):
    options = ("--kind", "behavioural", "--company", "Acme", "--engine", "sphinx", "--seed", "2")
    terminal = start("mock", "--questions", "4", *options, NO_COLOR="1")
    terminal.until("Question 1 of 4", "Enter start")
    terminal.press("\r")
    terminal.until("0:01", "Enter end")
    say(terminal, STORY)
    terminal.press("\r")
    terminal.until("What changed, and how do you know?", "Enter answer it")
    terminal.draw("follow-up")
    terminal.compare("follow-up")
    terminal.press("\r")
    terminal.until("Enter end")
    say(terminal, RESULT)
    terminal.press("\r")
    shown = terminal.until("Recorded 0:", "Enter next")
    assert "Score" not in shown
    terminal.compare("kept")
    terminal.press("\r")

    terminal.until("Question 2 of 4", "Thinking time")
    terminal.press("s")
    terminal.until("Question 3 of 4", "Thinking time")
    terminal.compare("skipped")
    terminal.press("\r")
    terminal.until("0:01", "Enter end")
    say(terminal, RESULT)
    terminal.child.sendintr()
    assert terminal.end() == 0
    assert not terminal.screen.other
    for heading in ("By question", "By area", "The best moment", "Due again", "Questions are left"):
        assert heading in terminal.screen.text, terminal.screen.text  # it fits 24 rows
    terminal.compare("interrupted")

    first, second = takes(home, State.RECORDED, State.TRANSCRIBED, State.ASSESSED)[:2]
    assert first.assessment.missing == ()  # what the follow-up brought belongs to the answer
    (asked,) = [notice for notice in first.recording.notices if notice.kind == "asked"]
    assert "What changed, and how do you know?" in asked.text
    after = [w.text.lower() for w in first.transcript.words if w.start > asked.at]
    assert "hundred" in after
    assert second.path.is_file()

    resumed = start("mock", "--resume", "--engine", "sphinx", size=WIDE)
    resumed.until("Question 4 of 4", "Enter start")
    resumed.press("s")
    assert resumed.end() == 0
    resumed.draw("scorecard")
    resumed.compare("resumed")
    shown = resumed.screen.text
    for heading in ("By question", "By area", "The best moment", "Due again"):
        assert heading in shown, shown
    assert "hundred" in shown.partition("The best moment")[2]
    assert "Questions are left" not in shown


def test_words_and_lines_where_nothing_can_be_drawn(start, say, home: Path):
    terminal = start("drill", "--question", "mine-1", "--engine", "sphinx", TERM="dumb")
    terminal.until("Question 1 of 1:", "Type start, skip, help or quit")
    terminal.press("help\r")
    terminal.until("Start to speak")
    terminal.press("start\r")
    terminal.until("Recording.")
    say(terminal, RESULT)
    terminal.press("stop\r")
    terminal.until("Missing: ", "Type finish, again")
    terminal.press("quit\r")
    assert terminal.end() == 0
    assert len(takes(home, State.ASSESSED)) == 1


def test_the_second_sitting_on_a_home_is_told_so(start, home: Path):
    first = start("drill", "--question", "mine-1", "--engine", "sphinx")
    first.until("Thinking time")
    second = start("drill", "--question", "mine-2", "--engine", "sphinx")
    assert second.end() == 32
    assert f"process {first.child.pid}" in " ".join(second.screen.text.split())
    first.press("q")
    assert first.end() == 0


def test_a_disk_that_fills_up_is_said_and_the_take_is_heard_later(start, say, disk):
    small = disk(12)
    words = ("drill", "--question", "resilience-09", "--engine", "sphinx", "--captions")
    terminal = start(*words, COACH_HOME=str(small / "home"))
    terminal.until("Thinking time")
    terminal.press("\r")
    terminal.until("0:01", "Enter end")
    say(terminal, RESULT)
    terminal.until("before nine")
    terminal.draw("speaking")
    fill(small)
    assert terminal.end() == 23
    assert not terminal.screen.other
    shown = " ".join(terminal.screen.text.split())
    assert "The take so far is kept." in shown
    assert "Free some space." in shown
    (small / "stone").unlink()
    later = start("review", "--engine", "sphinx", COACH_HOME=str(small / "home"))
    assert later.end() == 0
    (take,) = takes(small / "home", State.ASSESSED)
    # "guests were served" is sometimes heard as "guess for sarah".
    assert "two hundred" in take.transcript.text
    assert "before nine" in take.transcript.text
    assert [path.name for path in small.rglob("*.wav")] == [take.path.name]
