"""What is killed in the tests of crashes, and what starts afterwards; each in a process of its own.

A sitting is the real one: log, recorder, thread that writes, judgement. Only the microphone is fed
by a thread at true speed, and the recogniser takes a moment and then says the same words.
"""

import json
import os
import random
import threading
import time
import traceback
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np
from fakes import FakeMicrophone

from coach.assessment.model import load_model
from coach.cli.options import open_log
from coach.improvement.choose import Choice
from coach.improvement.entries import State
from coach.practice import Desk, catch_up, drill, pending, users_norms
from coach.questions.question import Kind, Question
from coach.recording.audio_file import HEADER
from coach.recording.recorder import Recorder
from coach.recording.recording import SAMPLE_RATE, Recording, part_of
from coach.recording.speech import best_detector
from coach.transcript.transcript import Transcript, Word

ANSWERS = 2
BLOCK = SAMPLE_RATE // 20  # samples
PRIME = 65_521  # samples, 4.1 s: until then each sample tells where it stood in the stream
STEP = 31_337
QUESTIONS = tuple(
    Question(f"q-{number}", f"What did you do {number} times?", Kind.BEHAVIOURAL, ("star.result",))
    for number in range(5)
)
SAID = "Last year the oven broke. I had to bake. I borrowed another. As a result all ate."


class Phase(IntEnum):
    STARTING = 0
    RECORDING = 1
    SAVING = 2
    TRANSCRIBING = 3
    JUDGING = 4
    ENDED = 5


@dataclass(frozen=True)
class Shared:
    """Numbers that outlive the process that wrote them: a file in memory.

    Row 0 holds the phase and the worst delay of a thread in microseconds; each further row is of
    one answer, in samples of the stream: where it began, how much was delivered, where it was
    stopped (0: never).
    """

    numbers: np.ndarray

    @classmethod
    def of(cls, folder: Path) -> "Shared":
        path = folder / "state"
        if not path.exists():
            path.write_bytes(bytes(8 * 3 * (1 + ANSWERS)))
        return cls(np.memmap(path, dtype=np.int64, mode="r+", shape=(1 + ANSWERS, 3)))

    @property
    def phase(self) -> Phase:
        return Phase(self.numbers[0, 0])

    def enter(self, phase: Phase) -> None:
        self.numbers[0, 0] = phase

    @property
    def delay(self) -> float:
        return self.numbers[0, 1] / 1e6


def stream(first: int, count: int) -> np.ndarray:
    """Samples of the endless sound that is fed, as 16-bit numbers."""
    return (np.arange(first, first + count) * STEP % PRIME - PRIME // 2).astype("<i2")


def place_of(sample: int) -> int:
    """Where in the stream this sample stands, up to its 4.1th second."""
    return (int(sample) + PRIME // 2) * pow(STEP, -1, PRIME) % PRIME


class FedMicrophone(FakeMicrophone):
    """Delivers the stream at true speed, and notes how much of it."""

    def __init__(self, shared: Shared, row: int) -> None:
        super().__init__()
        self.at_start = np.zeros(0, dtype=np.float32)
        self.delivered = 0
        self._shared = shared
        self._row = row

    def start(self, hear) -> None:
        super().start(hear)
        threading.Thread(target=self._feed, args=(hear,), daemon=True).start()

    def _feed(self, hear) -> None:
        due = time.monotonic()
        while self.active:
            due += BLOCK / SAMPLE_RATE
            time.sleep(max(0.0, due - time.monotonic()))
            late = round((time.monotonic() - due) * 1e6)
            self._shared.numbers[0, 1] = max(late, self._shared.numbers[0, 1])
            hear(stream(self.delivered, BLOCK).tobytes(), False)
            self.delivered += BLOCK
            self._shared.numbers[self._row, 1] = self.delivered


class SpokenSource:
    """Answers of about a second, through the real recorder."""

    spoken = True
    hearing = None

    def __init__(self, shared: Shared, draw: random.Random) -> None:
        self._shared = shared
        self._draw = draw
        self._row = 0

    def answer(self, choice: Choice, path: Path) -> Recording:
        self._row += 1
        microphone = FedMicrophone(self._shared, self._row)
        with Recorder(microphone, path) as recorder:
            recorder.open()
            recorder.begin()
            self._shared.numbers[self._row, 0] = microphone.delivered
            self._shared.enter(Phase.RECORDING)
            time.sleep(self._draw.uniform(0.6, 1.4))
            self._shared.numbers[self._row, 2] = microphone.delivered
            self._shared.enter(Phase.SAVING)
            return recorder.stop()


class Recogniser:
    """Takes a moment, and always hears the same."""

    def __init__(self, shared: Shared, seconds: float) -> None:
        self._shared = shared
        self._seconds = seconds

    def hear(self, path: Path, **_: object) -> Transcript:
        self._shared.enter(Phase.TRANSCRIBING)
        assert path.is_file()
        time.sleep(self._seconds)
        self._shared.enter(Phase.JUDGING)
        words = [Word(word, n * 0.1, n * 0.1 + 0.1, 0.9) for n, word in enumerate(SAID.split())]
        return Transcript(tuple(words), "sphinx", "en-us", False, 2.0)


class Screen:
    """Shows nothing, and hides no problem."""

    def question(self, *_: object) -> None: ...

    def result(self, *_: object, **__: object) -> None: ...

    def note(self, _text: str) -> None: ...

    def waiting(self, _step: str):
        return lambda: None

    def problem(self, error: Exception) -> None:
        raise error


def sit(folder: str, seed: int) -> None:
    """A sitting of two spoken answers."""
    draw, shared = random.Random(seed), Shared.of(Path(folder))
    os.environ["COACH_HOME"] = str(Path(folder) / "home")
    with open_log() as log:
        recogniser = Recogniser(shared, draw.uniform(0.1, 0.4))
        desk = Desk(log, recogniser, users_norms())
        drill(desk, SpokenSource(shared, draw), Screen(), questions=QUESTIONS, count=ANSWERS)
    shared.enter(Phase.ENDED)


def open_old(folder: str) -> None:
    """Open a log, and so bring it up to date."""
    shared = Shared.of(Path(folder))
    os.environ["COACH_HOME"] = str(Path(folder) / "home")
    shared.enter(Phase.SAVING)
    with open_log():
        shared.enter(Phase.ENDED)


def start_again(folder: str) -> None:
    """The next start after a crash; how it found the log, and left it, is in `after.json`."""
    os.environ["COACH_HOME"] = str(Path(folder) / "home")
    try:
        with open_log() as log:
            found = {"integrity": log._rows("PRAGMA integrity_check")}
            found["keys"] = log._rows("PRAGMA foreign_key_check")
            desk = Desk(log, Recogniser(Shared.of(Path(folder)), 0), users_norms())
            catch_up(desk, Screen())
            # One without any sound may still be waiting for its user, for all that is known.
            found["left"] = [
                take.id for take in pending(log) if part_of(take.path).stat().st_size > HEADER.size
            ]
            found["takes"] = [
                {"state": take.state.value, "path": str(take.path)}
                for take in log.attempts(states=tuple(State))
            ][::-1]
            counted = "attempts", "rejections", "points", "migrations"
            found["rows"] = {
                table: log._rows(f"SELECT count(*) FROM {table}")[0][0] for table in counted
            }
    except BaseException:  # noqa: BLE001  the test tells it
        found = {"fault": traceback.format_exc()}
    (Path(folder) / "after.json").write_text(json.dumps(found), encoding="utf-8")


def is_forked() -> None:
    """Fail where this module was not loaded before, but by this process itself."""
    assert os.getpid() != _LOADED_BY


# Loaded once, in the process from which all of these are forked.
load_model()
best_detector()
_LOADED_BY = os.getpid()
