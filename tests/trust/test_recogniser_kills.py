"""kill -9 while the real recogniser works: it ends too, and the next command hears the answer."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from coach.improvement.entries import State
from coach.improvement.log import Log

KILLS = 4
PATIENCE = 60  # s: the machine may be busy

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="needs the package procfs (Linux)"
)


def children(process: int) -> list[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    return [int(each) for each in found.split()]


def wait_for(what, until: float = PATIENCE):
    """What it gives, once that is something."""
    end = time.monotonic() + until
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise TimeoutError


def test_the_next_command_hears_what_was_being_heard(
    coach, home: Path, samples: Path, tmp_path: Path
):
    sound, rate = soundfile.read(samples / "no-result.flac", dtype="int16")
    answer = tmp_path / "answer.wav"
    soundfile.write(answer, sound[: 8 * rate], rate, subtype="PCM_16")
    draw, heard = random.Random(4), 0
    for number in range(1, KILLS + 1):
        sitting = subprocess.Popen(
            [sys.executable, "-m", "coach", "drill", "--from", str(answer), "--engine", "sphinx",
             "--questions", "1"],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        workers = wait_for(lambda sitting=sitting: children(sitting.pid))
        time.sleep(draw.uniform(0.1, 2.5))  # s: it is loading, hearing, or done
        sitting.kill()
        sitting.wait()
        wait_for(lambda workers=workers: not any(map(is_alive, workers)))
        with Log(home / "coach.db") as log:
            assert len(log.attempts(states=tuple(State))) == number
            heard += log.attempts(states=(State.RECORDED,)) != ()
        assert coach("review", "--engine", "sphinx").code == 0
        with Log(home / "coach.db") as log:
            (take, *_) = log.attempts()
            assert len(log.attempts()) == number
        assert "hotel kitchen" in take.transcript.text
    assert heard, "none was killed before its words were there"
    print(f"{KILLS} kills, {heard} of them before the words were there")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state[0] != "Z"
