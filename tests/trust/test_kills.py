"""kill -9 at 200 random moments: no sound is lost, the log is whole, and the next start goes on."""

import json
import multiprocessing
import multiprocessing.forkserver
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import sitters
from old_logs import VERSIONS, write_old_log
from sitters import Phase, Shared, place_of, stream

from coach.improvement.database_file import fault_of
from coach.recording.audio_file import read_audio
from coach.recording.recording import SAMPLE_RATE

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)"),
    pytest.mark.xdist_group("microphone"),  # not beside those that record in real time, too
]

ANYWHERE, SAVING, MIGRATING = 130, 35, 35  # kills
AT_ONCE = 10  # of them: each spends most of its time in recording, which takes as long as it takes
LOST = 0.5  # s before the kill that a take may lack
LONGEST = 4.2  # s of a sitting at least
PATIENCE = 60  # s
ROWS = 150  # answers in the log that is brought up to date


@dataclass(frozen=True)
class Killed:
    """What was going on, and what was found after the next start."""

    folder: Path
    phase: Phase
    delay: float
    answers: np.ndarray
    after: dict


@pytest.fixture(scope="module")
def forked():
    """Runs a function in a fresh process, forked from one that has loaded all there is to load."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sitters"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # it knows no other
        multiprocessing.forkserver.ensure_running()
    warm = context.Process(target=sitters.is_forked)
    warm.start()
    warm.join()
    assert warm.exitcode == 0, "the process that all are forked from has not loaded anything"

    def start(target: Callable, *arguments: object):
        process = context.Process(target=target, args=arguments)
        process.start()
        return process

    return start


def kill(forked, folder: Path, target: Callable, wait: Callable[[Shared], None], *more) -> Killed:
    folder.mkdir(exist_ok=True)
    shared = Shared.of(folder)
    process = forked(target, str(folder), *more)
    wait(shared)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE)
    phase = shared.phase if process.exitcode == -signal.SIGKILL else Phase.ENDED
    again = forked(sitters.start_again, str(folder))
    again.join(PATIENCE)
    after = json.loads((folder / "after.json").read_text(encoding="utf-8"))
    return Killed(folder, phase, shared.delay, np.array(shared.numbers[1:]), after)


def reached(shared: Shared, phase: Phase) -> None:
    until = time.monotonic() + PATIENCE
    while shared.phase < phase and time.monotonic() < until:
        time.sleep(0.002)


def check_log(killed: Killed) -> None:
    after = killed.after
    assert "fault" not in after, (killed.phase, after["fault"])
    assert after["integrity"] == [["ok"]]
    assert after["keys"] == []
    assert after["left"] == []


def check_sound(killed: Killed) -> float:
    """Every answer is there, sample by sample, up to half a second before the kill.

    Returns:
        The most seconds of any answer that are missing.
    """
    worst = 0.0
    for number, (began, delivered, stopped) in enumerate(killed.answers.tolist()):
        until = min(delivered, stopped) if stopped else delivered
        if not began or until <= began:
            continue
        missing = (until - began) / SAMPLE_RATE
        take = killed.after["takes"][number]
        path = Path(take["path"])
        if path.is_file():
            samples = np.round(read_audio(path) * 32768).astype("<i2")
            first = place_of(samples[0])
            assert np.array_equal(samples, stream(first, len(samples))), (killed.folder, number)
            assert first <= began
            missing = (until - first - len(samples)) / SAMPLE_RATE
            assert take["state"] == "assessed"
        assert missing <= LOST + killed.delay, (killed.phase, missing, killed.delay, killed.folder)
        assert not stopped or missing <= 0 or killed.phase is Phase.SAVING
        worst = max(worst, missing)
    left = [path for path in killed.folder.rglob("*.part.wav") if path.stat().st_size > 44]
    assert left == []
    return worst


def all_at_once(kills: list[Callable[[], Killed]]) -> list[Killed]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda run: run(), kills))


def test_a_sitting_that_is_killed_loses_nothing(forked, tmp_path: Path):
    draw = random.Random(200)

    def anywhere(number: int) -> Callable[[], Killed]:
        moment = draw.uniform(0.02, LONGEST)
        return lambda: kill(
            forked, tmp_path / f"{number}", sitters.sit, lambda _: time.sleep(moment), number
        )

    def saving(number: int) -> Callable[[], Killed]:
        moment = draw.uniform(0, 0.8)  # s: 0.3 to the end of the take, then words and findings

        def wait(shared: Shared) -> None:
            reached(shared, Phase.SAVING)
            time.sleep(moment)

        return lambda: kill(forked, tmp_path / f"s{number}", sitters.sit, wait, number)

    killed = all_at_once(
        [anywhere(number) for number in range(ANYWHERE)] + [saving(n) for n in range(SAVING)]
    )
    for each in killed:
        check_log(each)
    worst = max(check_sound(each) for each in killed)
    phases = Counter(each.phase.name.lower() for each in killed)
    takes = sum(len(each.after["takes"]) for each in killed)
    print(
        f"{len(killed)} kills: {dict(phases)}; {takes} takes; at most {worst:.2f} s missing,"
        f" at most {max(each.delay for each in killed):.2f} s of delay"
    )
    for phase in (Phase.RECORDING, Phase.SAVING, Phase.TRANSCRIBING):
        assert phases[phase.name.lower()] >= 10


def long_log(version: str, path: Path) -> None:
    """An old log with many answers, so that bringing it up to date takes a while."""
    write_old_log(version, path)
    with closing(sqlite3.connect(path)) as log:
        names = [row[1] for row in log.execute("PRAGMA table_info(attempts)") if row[1] != "id"]
        columns = ", ".join(names)
        for _ in range(ROWS):
            log.execute(
                f"INSERT INTO attempts ({columns}) SELECT {columns} FROM attempts WHERE id = 1"
            )
        log.commit()


def test_a_log_that_is_being_brought_up_to_date_survives(forked, tmp_path: Path):
    draw, old = random.Random(35), VERSIONS[:-1]
    for version in old:
        long_log(version, tmp_path / version / "home" / "coach.db")
    began = time.monotonic()
    forked(sitters.open_old, str(shutil.copytree(tmp_path / old[0], tmp_path / "whole"))).join()
    whole = time.monotonic() - began

    def migrating(number: int) -> Callable[[], Killed]:
        folder = tmp_path / f"m{number}"
        shutil.copytree(tmp_path / old[number % len(old)], folder)
        moment = draw.uniform(0, whole)

        def wait(shared: Shared) -> None:
            reached(shared, Phase.SAVING)
            time.sleep(moment)

        return lambda: kill(forked, folder, sitters.open_old, wait)

    killed = all_at_once([migrating(number) for number in range(MIGRATING)])
    for number, each in enumerate(killed):
        check_log(each)
        rows = each.after["rows"]
        assert rows["migrations"] == len(VERSIONS)
        assert rows["attempts"] == ROWS + len(_ids(tmp_path / old[number % len(old)]))
        assert rows["rejections"] == 1
        for copy in (each.folder / "home" / "backups").glob("*.db"):
            assert fault_of(copy) is None
    ended = sum(each.phase is Phase.ENDED for each in killed)
    print(f"{len(killed)} kills while a log was brought up to date, {ended} of them after its end")
    assert ended < MIGRATING // 2


def _ids(folder: Path) -> list[int]:
    with closing(sqlite3.connect(folder / "home" / "coach.db")) as log:
        return [row for (row,) in log.execute("SELECT id FROM attempts WHERE id <= 2")]
