"""The process that hears takes: what it says, and how its end is noticed."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
import soundfile
from streams import wait_until_loaded

from coach import places
from coach.errors import CoachError, ModelError, NoSuchFileError, TranscriptionError
from coach.recording.audio_file import read_audio
from coach.recording.recording import SAMPLE_RATE
from coach.transcript import worker as worker_module
from coach.transcript.worker import NO_MEMORY, Answer, Loaded, Worker


@pytest.fixture
def take(samples: Path, tmp_path: Path) -> Path:
    """8 s of spoken answer."""
    path = tmp_path / "answer.flac"
    answer = read_audio(samples / "no-result.flac")[: 8 * SAMPLE_RATE]
    soundfile.write(path, answer, SAMPLE_RATE)
    return path


def dies_for_lack_of_memory(pipe, *_asked) -> None:
    pipe.send(Answer(0, Loaded("sphinx", "none", False, "", False)))
    pipe.recv()
    raise SystemExit(NO_MEMORY)


def fails(*_asked) -> None:
    raise SystemExit(1)


def test_a_take_is_heard_with_its_progress(take: Path):
    told: list[tuple[float, float]] = []
    waited: list[int] = []
    with Worker("sphinx", None) as worker:
        transcript = worker.hear(
            take,
            waiting=lambda: waited.append(1),
            progress=lambda done, of: told.append((done, of)),
        )
    assert "hotel" in transcript.text
    assert told == sorted(told)
    assert told[0] == (0.0, transcript.seconds)
    assert len(told) > 1
    assert waited


def test_errors_of_files_and_engines_come_back(tmp_path: Path):
    with Worker("sphinx", None) as worker, pytest.raises(NoSuchFileError):
        worker.hear(tmp_path / "nothing.wav")
    with Worker("sphinx", None, "de") as worker, pytest.raises(ModelError, match="de"):
        worker.hear(tmp_path / "nothing.wav")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_death_is_noticed_at_once_and_the_next_take_is_heard(take: Path):
    with Worker("sphinx", None) as worker:
        wait_until_loaded(worker)
        killed: list[float] = []

        def kill() -> None:
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(time.monotonic())

        threading.Timer(0.3, kill).start()
        with pytest.raises(TranscriptionError, match="SIGKILL"):
            worker.hear(take)
        assert time.monotonic() - killed[0] < 2.0
        assert worker.hear(take).words


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_death_while_nothing_is_asked_does_no_harm(take: Path):
    with Worker("sphinx", None) as worker:
        wait_until_loaded(worker)
        os.kill(worker.pid, signal.SIGKILL)
        time.sleep(0.3)
        assert worker.hear(take).words


def test_an_idle_process_never_hangs():
    with Worker("sphinx", None) as worker:
        wait_until_loaded(worker)
        worker.patience = -1e9
        time.sleep(0.1)
        assert worker.receive(0.1) is None
        assert worker.pid


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_process_that_hangs_is_ended(take: Path, monkeypatch: pytest.MonkeyPatch):
    with Worker("sphinx", None) as worker:
        wait_until_loaded(worker)
        monkeypatch.setattr(worker_module, "SLOWER", 0)
        worker.patience = 1.0
        os.kill(worker.pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(TranscriptionError, match="has not answered"):
            worker.hear(take)
        assert time.monotonic() - began < 3.0


def test_lack_of_memory_is_said(take: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker_module, "serve", dies_for_lack_of_memory)
    with Worker("sphinx", None) as worker, pytest.raises(TranscriptionError, match="memory"):
        worker.hear(take)


def test_a_failure_points_to_its_log(take: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker_module, "serve", fails)
    with Worker("sphinx", None) as worker, pytest.raises(TranscriptionError) as caught:
        worker.hear(take)
    assert str(places.home()) in caught.value.message
    assert isinstance(caught.value, CoachError)
