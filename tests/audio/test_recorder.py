"""The recorder around a take: threads, buttons, and devices that misbehave."""

import json
import os
import signal
import tempfile
import threading
import time
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from disks import fill
from fakes import FakeMicrophone
from file_mode import mode
from sounds import RATE, find, noise

from coach.errors import HomeError, NoMicrophoneError, RecordingError
from coach.recording import recorder as recorder_module
from coach.recording.audio_file import read_audio
from coach.recording.leftovers import find_leftovers
from coach.recording.recorder import Recorder, record_answer
from coach.recording.recording import Recording
from coach.recording.signals import ending_on_signals
from coach.recording.speech import Detector

BLOCK = RATE // 20
NOBODY = 65534  # user and group


@pytest.fixture
def microphone():
    return FakeMicrophone()


@pytest.fixture
def recorder(microphone, tmp_path):
    with Recorder(microphone, tmp_path / "take.wav") as recorder:
        yield recorder
        recorder.discard()


def say(microphone: FakeMicrophone, sound: np.ndarray, pace: float = 0.0) -> None:
    """Deliver a sound in blocks of 50 ms, `pace` seconds apart."""
    for first in range(0, len(sound), BLOCK):
        microphone.say(sound[first : first + BLOCK])
        time.sleep(pace)


def wait_until(true, patience: float = 10.0) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_the_file_exists_before_the_stream_is_opened(tmp_path):
    class Watching(FakeMicrophone):
        def start(self, hear):
            self.files = [path.name for path in tmp_path.iterdir()]
            super().start(hear)

    microphone = Watching()
    recorder = Recorder(microphone, tmp_path / "take.wav")
    recorder.open()
    assert microphone.files == ["take.part.wav"]
    assert mode(tmp_path / "take.part.wav") == 0o600
    recorder.discard()
    assert not list(tmp_path.iterdir())


def test_a_take(recorder, microphone, tmp_path):
    sound = noise(4)
    recorder.open()
    say(microphone, sound[: 2 * RATE])
    before = datetime.now(UTC)
    recorder.begin()
    say(microphone, sound[2 * RATE :])
    wait_until(lambda: recorder.status().elapsed >= 2)
    with wave.open(str(recorder.part)) as file:  # on disk while it goes on
        assert file.getnframes() >= 3 * RATE
    recording = recorder.stop()
    assert recording is recorder.stop()
    assert recording.path == tmp_path / "take.wav"
    assert [path.name for path in tmp_path.iterdir()] == ["take.wav"]
    assert recording.seconds == 3.0
    assert before <= recording.started <= datetime.now(UTC)
    assert recording.device == "fake"
    assert np.abs(read_audio(recording.path) - sound[RATE:]).max() < 0.001
    assert not microphone.active
    assert Recording.from_dict(json.loads(json.dumps(recording.to_dict()))) == recording


def test_it_goes_on_past_the_stop_key(recorder, microphone):
    recorder.open()
    recorder.begin()
    stopping = threading.Thread(target=recorder.stop)
    stopping.start()
    say(microphone, noise(2), pace=0.05)
    stopping.join()
    assert 0.2 < recorder.stop().seconds < 0.7


def test_stop_without_begin_is_a_mistake_of_the_program(recorder):
    recorder.open()
    with pytest.raises(RuntimeError):
        recorder.stop()
    recorder.discard()
    with pytest.raises(RuntimeError):
        Recorder(FakeMicrophone(), recorder.path).status()


def test_no_data_is_an_error_and_leaves_nothing(recorder, microphone, tmp_path, monkeypatch):
    monkeypatch.setattr(recorder_module, "FIRST_DATA", 0.2)
    microphone.at_start = noise(0)
    with pytest.raises(NoMicrophoneError, match="Nothing comes"):
        recorder.open()
    assert not list(tmp_path.iterdir())
    assert not microphone.active


def test_refusing_device_leaves_nothing(recorder, microphone, tmp_path):
    microphone.refusal = NoMicrophoneError("Busy.", "Wait.")
    with pytest.raises(NoMicrophoneError):
        recorder.open()
    assert not list(tmp_path.iterdir())


def test_callbacks_that_stop_end_the_take(recorder, microphone):
    recorder.open()
    recorder.begin()
    say(microphone, noise(2))
    wait_until(lambda: recorder.status().ended)
    assert "nothing for 1 s" in recorder.status().ended
    recording = recorder.stop()
    assert recording.seconds > 1.9
    assert [notice.kind for notice in recording.notices] == ["gone"]


def test_stream_that_ended_ends_the_take_at_once(recorder, microphone):
    recorder.open()
    recorder.begin()
    microphone.active = False
    wait_until(lambda: recorder.status().ended, patience=0.9)


def test_second_part(recorder, microphone):
    first, second = noise(3, seed=1), noise(3, seed=2)
    recorder.open()
    recorder.begin()
    say(microphone, first)
    microphone.active = False
    wait_until(lambda: recorder.status().ended)
    other = FakeMicrophone("other", 48_000, 2)
    recorder.switch(lambda: other)
    assert recorder.status().ended is None
    for block in np.split(np.repeat(second, 3), 60):
        other.say(block)
    wait_until(lambda: recorder.status().elapsed > 5.9)
    recording = recorder.stop()
    assert recording.device == "fake, then other"
    assert [notice.kind for notice in recording.notices] == ["gone", "part"]
    recorded = read_audio(recording.path)
    assert find(first[RATE : 2 * RATE], recorded)[1] > 0.95
    assert find(second[RATE : 2 * RATE], recorded)[1] > 0.95


def test_second_part_that_fails_keeps_the_first(recorder, microphone):
    recorder.open()
    recorder.begin()
    say(microphone, noise(2))
    other = FakeMicrophone("other")
    other.refusal = NoMicrophoneError("Busy.", "Wait.")
    with pytest.raises(NoMicrophoneError):
        recorder.switch(lambda: other)
    assert recorder.status().ended == "Busy."
    assert recorder.stop().seconds > 1.9


def test_a_hanging_stop_does_not_hold_the_take(recorder, microphone, tmp_path):
    """The file is finished before the stream is closed."""
    seen = []
    microphone.stop = lambda: seen.append(sorted(path.name for path in tmp_path.iterdir()))
    recorder.open()
    recorder.begin()
    recorder.stop()
    assert seen == [["take.wav"]]


def test_moved_by_the_sound_server(recorder, microphone, monkeypatch):
    monkeypatch.setattr(recorder_module, "SOURCE_EVERY", 0.05)
    microphone.from_server = "alsa_input.usb"
    recorder.open()
    recorder.begin()
    time.sleep(0.3)
    microphone.from_server = "alsa_input.built-in"
    wait_until(lambda: recorder.status().notices)
    assert "alsa_input.built-in" in recorder.status().notices[0].text
    assert recorder.status().ended is None


def test_auto_stop(microphone, tmp_path, monkeypatch):
    loud = Detector(lambda chunk: float(np.abs(chunk).max()), on=0.05, off=0.02)
    monkeypatch.setattr(recorder_module, "best_detector", lambda: loud)
    with Recorder(microphone, tmp_path / "take.wav", auto_stop=True) as recorder:
        recorder.open()
        recorder.begin()
        say(microphone, noise(11))
        say(microphone, np.full(4 * RATE, 0.001, dtype=np.float32))
        wait_until(lambda: recorder.status().ended)
        assert "silence" in recorder.status().ended
        recording = recorder.stop()
    assert recording.seconds > 14
    assert sum(span.end - span.start for span in recording.speech) == pytest.approx(11, abs=0.2)


def test_signals_that_are_ignored_stay_so():
    """`nohup coach drill` goes on when its terminal closes."""
    earlier = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ending_on_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, earlier)


def test_a_signal_unwinds_the_program():
    with pytest.raises(SystemExit) as caught, ending_on_signals():
        signal.raise_signal(signal.SIGTERM)
    assert caught.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_pause_and_resume(recorder, microphone):
    recorder.open()
    recorder.begin()
    recorder.pause()
    wait_until(lambda: recorder.status().paused)
    time.sleep(0.35)  # the tail of the pause key
    before = recorder.status().elapsed
    say(microphone, noise(3))
    recorder.resume()
    say(microphone, noise(1))
    wait_until(lambda: not recorder.status().paused and recorder.status().elapsed > before)
    assert recorder.stop().seconds < 2


def test_a_machine_that_sleeps_pauses_the_answer(recorder, microphone, monkeypatch):
    asleep = 0.0
    monkeypatch.setattr(recorder_module, "wall_clock", lambda: time.monotonic() + asleep)
    recorder.open()
    recorder.begin()
    say(microphone, noise(2))
    wait_until(lambda: recorder.status().elapsed >= 2)
    asleep = 754.0
    say(microphone, noise(1))  # what wakes up with it, before the user has seen anything
    wait_until(lambda: recorder.status().paused)
    (notice,) = [each for each in recorder.status().notices if each.kind == "slept"]
    assert "slept for 12 min 34 s" in notice.text
    assert recorder.status().slept  # some systems leave a dead stream behind
    anew = FakeMicrophone(microphone.name)
    recorder.switch(lambda: anew)
    assert not recorder.status().slept
    assert recorder.status().paused
    recorder.resume()
    say(anew, noise(1))
    recording = recorder.stop()
    assert 3 <= recording.seconds < 4.2
    assert recording.lost_samples == 0
    assert recording.device == microphone.name
    assert [each.kind for each in recording.notices] == ["slept"]
    assert len(read_audio(recording.path)) == round(recording.seconds * RATE)


def test_what_happens_beside_an_answer_is_kept_with_its_time(recorder, microphone):
    recorder.open()
    recorder.begin()
    say(microphone, noise(2))
    wait_until(lambda: recorder.status().elapsed >= 2)
    recorder.note("asked", "What changed?")
    (notice,) = recorder.stop().notices
    assert (notice.kind, notice.text) == ("asked", "What changed?")
    assert notice.at == pytest.approx(2, abs=0.2)


def test_stop_in_a_pause(recorder, microphone):
    recorder.open()
    recorder.begin()
    say(microphone, noise(2))
    recorder.pause()
    time.sleep(0.4)
    recording = recorder.stop()
    assert recording.seconds == pytest.approx(2, abs=0.1)


def test_leaving_the_block_keeps_the_answer(microphone, tmp_path):
    def interrupted():
        with Recorder(microphone, tmp_path / "take.wav") as recorder:
            recorder.open()
            recorder.begin()
            say(microphone, noise(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(read_audio(tmp_path / "take.wav")) >= RATE


def test_leaving_the_block_before_the_answer_leaves_nothing(microphone, tmp_path):
    with Recorder(microphone, tmp_path / "take.wav") as recorder:
        recorder.open()
    assert not list(tmp_path.iterdir())


def test_record_answer_ends_with_ctrl_c(microphone, tmp_path):
    def stop(status):
        raise KeyboardInterrupt

    recording = record_answer(microphone, tmp_path / "take.wav", stop)
    assert recording.path.exists()


def test_record_answer_ends_when_the_device_is_gone(microphone, tmp_path):
    recording = record_answer(microphone, tmp_path / "take.wav", lambda _status: False)
    assert [notice.kind for notice in recording.notices] == ["gone"]


def test_busy_writer_counts_what_it_cannot_take(recorder, microphone, monkeypatch):
    """A queue that is full costs sound, never memory, and the time stays true."""
    monkeypatch.setattr(recorder_module, "QUEUE", 40)
    recorder.open()
    recorder.begin()
    holding, going_on = threading.Event(), threading.Event()

    def hold(_take):
        holding.set()
        going_on.wait(10)

    recorder._queue.put(hold)
    holding.wait(10)
    say(microphone, noise(4))  # 80 blocks
    going_on.set()
    wait_until(recorder._queue.empty)
    say(microphone, noise(1))
    recording = recorder.stop()
    assert recording.lost_samples == pytest.approx(2 * RATE, abs=3 * BLOCK)
    assert recording.seconds == pytest.approx(5.05, abs=0.01)
    assert "lost" in [notice.kind for notice in recording.notices]


def memory() -> float:
    """What this process holds at present, in MB."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        pytest.skip("needs Linux to see its memory")
    return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def test_thirty_minutes_in_flat_memory(microphone, tmp_path, monkeypatch):
    """As fast as the writer takes them: 30 min of blocks, and a screen that asks all the time."""

    class Quick:
        """Silero would need minutes; its memory is its own."""

        score = staticmethod(lambda chunk: float(chunk[0] > 0.1))
        on, off = 0.5, 0.5

    monkeypatch.setattr(recorder_module, "best_detector", Quick)
    block = noise(0.05)
    with Recorder(microphone, tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        before = 0
        for count in range(30 * 60 * 20):
            while recorder._queue.qsize() > 400:
                time.sleep(0.001)
            microphone.say(block)
            recorder.status()
            if count == 60 * 20:
                before = memory()
        after = memory()
        recording = recorder.stop()
    print(f"30 min grew the memory by {after - before:.1f} MB")
    assert after - before <= 20
    assert recording.seconds == pytest.approx(30 * 60, abs=0.2)
    assert recording.lost_samples == 0
    with wave.open(str(recording.path)) as file:
        assert file.getnframes() == pytest.approx(30 * 60 * RATE, abs=0.2 * RATE)
        file.setpos(29 * 60 * RATE)
        last = np.frombuffer(file.readframes(RATE), dtype="<i2") / 32768
    assert find(block, last)[1] > 0.99


def test_buttons_from_many_threads(recorder, microphone):
    recorder.open()
    recorder.begin()
    failures = []

    def press(button, times=50):
        try:
            for _ in range(times):
                button()
                time.sleep(0.001)
        except RuntimeError as error:
            failures.append(error)

    buttons = (recorder.status, recorder.speech, recorder.pause, recorder.resume)
    threads = [threading.Thread(target=press, args=(button,)) for button in buttons]
    for thread in threads:
        thread.start()
    say(microphone, noise(4))
    for thread in threads:
        thread.join()
    stops = [threading.Thread(target=recorder.stop) for _ in range(4)]
    for thread in stops:
        thread.start()
    for thread in stops:
        thread.join()
    assert not failures
    assert recorder.stop().path.exists()


# ── Folders and disks ──


def test_two_takes_of_one_name(microphone, tmp_path):
    path = tmp_path / "take.wav"
    with Recorder(microphone, path) as first:
        first.open()
        with pytest.raises(RecordingError):
            Recorder(FakeMicrophone(), path).open()
        assert not find_leftovers(tmp_path)
        first.begin()
        first.stop()
    with pytest.raises(RecordingError):
        Recorder(FakeMicrophone(), path).open()


@pytest.fixture
def own_folder(tmp_path):
    """A folder of a user who is not root, whom no permission holds; the test runs as that user."""
    folder = tmp_path / "mine"
    folder.mkdir()
    if os.geteuid() != 0:
        yield folder
        return
    for each in (tmp_path, *tmp_path.parents):  # pytest keeps its own to root
        if each == Path(tempfile.gettempdir()):
            break
        each.chmod(0o755)
    os.chown(folder, NOBODY, NOBODY)
    noise(0.1)  # imports what that user may not be able to read
    os.seteuid(NOBODY)
    yield folder
    os.seteuid(0)


def test_read_only_folder(own_folder):
    own_folder.chmod(0o500)
    with pytest.raises(HomeError) as caught:
        Recorder(FakeMicrophone(), own_folder / "2026-11-22" / "take.wav").open()
    assert "COACH_HOME" in caught.value.next_step


def test_folder_that_becomes_read_only_keeps_the_take(own_folder, microphone):
    with Recorder(microphone, own_folder / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        say(microphone, noise(2))
        own_folder.chmod(0o500)
        recording = recorder.stop()
        own_folder.chmod(0o700)
    assert recording.path == own_folder / "take.part.wav"
    assert "file" in [notice.kind for notice in recording.notices]
    assert len(read_audio(recording.path)) >= 2 * RATE


def test_disk_that_is_full_at_the_start(microphone, disk):
    folder = disk(2)
    with pytest.raises(RecordingError, match="no room"):
        Recorder(microphone, folder / "take.wav").open()
    assert not list(folder.iterdir())


def test_disk_that_fills_up_in_mid_take(microphone, disk):
    folder = disk(8)
    sound = noise(8)
    with Recorder(microphone, folder / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        say(microphone, sound[: 2 * RATE])
        wait_until(lambda: recorder.status().elapsed >= 2)
        fill(folder)
        say(microphone, sound[2 * RATE : 4 * RATE])
        wait_until(lambda: recorder.status().ended)
        with wave.open(str(recorder.part)) as file:
            assert file.getnframes() >= 2 * RATE
        (folder / "stone").unlink()  # the user makes room, and nothing is lost
        say(microphone, sound[4 * RATE :])
        recording = recorder.stop()
    assert recording.seconds == pytest.approx(8.05, abs=0.01)
    assert find(sound[RATE : 7 * RATE], read_audio(recording.path))[1] > 0.99


def test_disk_that_stays_full(microphone, disk):
    folder = disk(8)
    with Recorder(microphone, folder / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        say(microphone, noise(2))
        wait_until(lambda: recorder.status().elapsed >= 2)
        fill(folder)
        say(microphone, noise(3))
        recording = recorder.stop()
    assert 2 <= recording.seconds < 5
    assert "disk" in [notice.kind for notice in recording.notices]
    assert recording.path.name == "take.wav"
    assert len(read_audio(recording.path)) == round(recording.seconds * RATE)
