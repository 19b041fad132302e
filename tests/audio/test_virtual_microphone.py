"""The recorder on a real sound server, with real sound."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from sounds import RATE, find, losses, noise, write
from virtual_microphone import SOURCE, VirtualMicrophone

from coach.errors import NoMicrophoneError, NoSpeakerError
from coach.recording.audio_file import read_audio
from coach.recording.leftovers import find_leftovers, recover
from coach.recording.level import decibels
from coach.recording.microphone import list_microphones, open_microphone, play
from coach.recording.recorder import Recorder, record_answer
from coach.recording.speech import find_speech, measure_level

pytestmark = pytest.mark.audio

CHILD = Path(__file__).with_name("record_child.py")
KILLS, AT_ONCE = 50, 10
HOG = "while True: pass"
RECOGNISER = """
import sys, wave
from pocketsphinx import Decoder
decoder = Decoder(loglevel="FATAL")
with wave.open(sys.argv[1]) as file:
    pcm = file.readframes(file.getnframes())
while True:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
"""


def kinds(recording) -> set[str]:
    return {notice.kind for notice in recording.notices}


def wait_until(true, patience: float = 10.0) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def test_speech_is_recorded_and_heard(virtual_microphone, speak, tmp_path):
    spoken = speak("I led the migration of our billing system to a new provider.")
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        virtual_microphone.play(spoken).wait()  # however long a busy machine takes to begin
        time.sleep(0.5)
        recording = recorder.stop()
    assert recording.path == tmp_path / "take.wav"
    assert recording.lost_samples == 0
    _, strength = find(read_audio(spoken), read_audio(recording.path))
    assert strength > 0.95
    spans = recorder.speech()
    assert sum(span.end - span.start for span in spans) > 2
    assert recording.speech == spans == find_speech(read_audio(recording.path))
    assert measure_level(read_audio(recording.path)).finding is None


def test_one_minute_under_load_loses_nothing(virtual_microphone, speak, tmp_path):
    seconds = 58.0
    answer = read_audio(
        speak("We cut the waiting time by a third, and the team grew to nine. " * 3)
    )
    voice = np.resize(answer, round(seconds * RATE)) * 0.5
    played = voice + noise(seconds, 0.02)
    sound = write(tmp_path / "played.wav", played)
    busy = [[sys.executable, "-c", HOG], [sys.executable, "-c", RECOGNISER, str(sound)]]
    load = [subprocess.Popen(command) for command in busy]
    try:
        with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
            recorder.open()
            recorder.begin()
            began = time.monotonic()
            virtual_microphone.play(sound).wait()
            ended = time.monotonic()
            recording = recorder.stop()
    finally:
        for process in load:
            process.kill()
            process.wait()
    recorded = read_audio(recording.path)
    assert recording.lost_samples == 0
    assert max(map(abs, losses(recorded, played))) <= 1  # resampling to 44.1 kHz rounds
    at, _ = find(played[:RATE], recorded)
    heard = recorded[at : at + len(played)]
    assert abs(decibels(float(heard.std())) - decibels(float(played.std()))) < 0.5
    assert recording.seconds == pytest.approx(ended - began + recording.pre_roll + 0.3, abs=0.6)


@pytest.fixture
def children(virtual_microphone, tmp_path):
    """Start recorders as processes of their own: `children(count)` returns them, recording."""
    running: list[subprocess.Popen[str]] = []

    def start(count: int) -> list[tuple[subprocess.Popen[str], Path]]:
        folder = tmp_path / f"after-{len(running)}"
        started = []
        for number in range(count):
            path = folder / f"{number}.wav"
            command = [sys.executable, str(CHILD), str(path)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            running.append(process)
            started.append((process, path))
        for process, _ in started:
            assert process.stdout.readline() == "recording\n"
        return started

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


class Reference:
    """Hears the same sound, to know what was played at a given moment of the clock."""

    def __init__(self, microphone: VirtualMicrophone, played: np.ndarray) -> None:
        command = ["parec", f"--device={SOURCE}", "--rate=16000", "--channels=1", "--raw"]
        self._process = subprocess.Popen(
            [*command, "--latency-msec=10"], env=microphone.environment, stdout=subprocess.PIPE
        )
        self._played = played
        self._blocks: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        wait_until(lambda: self._blocks)

    def _listen(self) -> None:
        while block := self._process.stdout.read1(4096):
            self._blocks.append((time.monotonic(), block))

    def stop(self) -> float:
        """Monotonic time at which the first sample was played, as nearly as could be heard.

        Sets `delay`: by how many seconds this machine, busy as it is, was late at its worst.
        """
        self._process.kill()
        self._process.wait()
        self._thread.join()
        self._process.stdout.close()
        pcm = b"".join(block for _, block in self._blocks)
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
        second, strength = find(self._played[RATE // 2 : RATE], samples)
        assert strength > 0.9
        first = second - RATE // 2
        ends = np.cumsum([len(block) // 2 for _, block in self._blocks])
        times = np.array([at for at, _ in self._blocks])
        origins = (times - (ends - first) / RATE)[ends > first]
        self.delay = float(np.ptp(origins))
        return float(np.min(origins))


def test_head_and_tail_are_kept(virtual_microphone, tmp_path):
    """The file runs from 1 s before the start key to 0.3 s after the stop key, by the clock."""
    played = noise(20)
    sound = write(tmp_path / "played.wav", played)
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        reference = Reference(virtual_microphone, played)
        player = virtual_microphone.play(sound)
        time.sleep(2.5)
        started = time.monotonic()
        recorder.begin()
        time.sleep(1.0)
        stopped = time.monotonic()
        recording = recorder.stop()
        took = time.monotonic() - stopped
        origin = reference.stop()
        player.kill()
        player.wait()
    recorded = read_audio(recording.path)
    first, strength = find(recorded[: RATE // 4], played)
    assert strength > 0.9
    last, strength = find(recorded[-RATE // 4 :], played)
    assert strength > 0.9
    head = started - (origin + first / RATE)
    tail = origin + (last + RATE // 4) / RATE - stopped
    print(
        f"head {head:.3f} s (said to be {recording.pre_roll}), tail {tail:.3f} s, took {took:.3f} s"
    )
    assert head >= 1.0
    assert head == pytest.approx(recording.pre_roll, abs=0.2)
    assert 0.3 <= tail < 1.0
    assert took < 3
    assert max(map(abs, losses(recorded, played[first:last]))) <= 1


def test_kill_costs_at_most_half_a_second(virtual_microphone, children, tmp_path):
    """50 kills at random moments: everything up to 0.5 s before is there, and opens."""
    chance = random.Random(3)
    played = noise(40)
    sound = write(tmp_path / "played.wav", played)
    costs = []
    for _ in range(KILLS // AT_ONCE):
        recorders = children(AT_ONCE)
        reference = Reference(virtual_microphone, played)
        player = virtual_microphone.play(sound)
        time.sleep(1.5)
        killed = {}
        for process, path in recorders:
            time.sleep(chance.uniform(0.02, 0.25))
            killed[path] = time.monotonic()
            process.kill()
        for process, _ in recorders:
            process.wait()
        origin = reference.stop()
        player.kill()
        player.wait()
        leftovers = find_leftovers(recorders[0][1].parent)
        assert len(leftovers) == AT_ONCE
        for leftover in leftovers:
            recording = recover(leftover)
            recorded = read_audio(recording.path)
            at, strength = find(recorded[-RATE // 4 :], played)
            assert strength > 0.9
            end = origin + (at + RATE // 4) / RATE
            costs.append(killed[recording.path] - end)
            assert costs[-1] <= 0.5 + reference.delay
            assert max(map(abs, losses(recorded, played[: at + RATE // 4])), default=0) <= 1
    print(
        f"a kill cost {np.median(costs):.3f} s, at most {max(costs):.3f} s ({reference.delay:.3f})"
    )
    assert np.median(costs) <= 0.3


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_loses_nothing(virtual_microphone, children, tmp_path, name):
    played = noise(20)
    sound = write(tmp_path / "played.wav", played)
    [(process, path)] = children(1)
    reference = Reference(virtual_microphone, played)
    player = virtual_microphone.play(sound)
    time.sleep(2.0)
    sent = time.monotonic()
    process.send_signal(getattr(signal, name))
    process.wait()
    origin = reference.stop()
    player.kill()
    player.wait()
    recorded = read_audio(path)
    at, strength = find(recorded[-RATE // 4 :], played)
    assert strength > 0.9
    assert origin + (at + RATE // 4) / RATE >= sent  # also what was said at that very moment
    assert not find_leftovers(path.parent)


def test_removed_source_is_said_and_another_goes_on(virtual_microphone, tmp_path):
    played = noise(30)
    sound = write(tmp_path / "played.wav", played)
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        player = virtual_microphone.play(sound)
        time.sleep(3.0)
        virtual_microphone.unplug()
        wait_until(lambda: recorder.status().ended)
        kept = recorder.status().elapsed
        virtual_microphone.pactl(
            "load-module",
            "module-remap-source",
            "master=mic_feed.monitor",
            "source_name=second_mic",
        )
        virtual_microphone.pactl("set-default-source", "second_mic")
        recorder.switch(lambda: open_microphone("pulse"))
        assert recorder.status().ended is None
        time.sleep(2.0)
        recording = recorder.stop()
        player.kill()
        player.wait()
    assert {"moved", "gone", "part"} <= kinds(recording)
    assert recording.device == "default, then pulse"
    assert recording.seconds > kept + 2.0
    recorded = read_audio(recording.path)
    assert find(played[RATE : 2 * RATE], recorded)[1] > 0.9
    assert find(recorded[-RATE:], played)[1] > 0.9


def test_all_sources_gone_ends_the_take(virtual_microphone, tmp_path):
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        time.sleep(1.5)
        virtual_microphone.unplug("module-remap-source", "module-null-sink")
        wait_until(lambda: recorder.status().ended)
        recording = recorder.stop()
    assert "gone" in kinds(recording)
    assert recording.seconds > 1.0
    assert read_audio(recording.path).size


def test_dead_server_comes_back_as_a_second_part(virtual_microphone, tmp_path):
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        time.sleep(1.0)
        virtual_microphone.kill()
        wait_until(lambda: recorder.status().ended)
        first = recorder.status().elapsed
        virtual_microphone.start()
        recorder.switch(open_microphone)
        time.sleep(1.0)
        recording = recorder.stop()
    assert {"gone", "part"} <= kinds(recording)
    assert recording.seconds > first + 1.0


def test_muted_source_is_said(virtual_microphone, tmp_path):
    sound = write(tmp_path / "played.wav", noise(20))
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        player = virtual_microphone.play(sound)
        recorder.open()
        recorder.begin()
        time.sleep(2.0)
        virtual_microphone.mute()
        wait_until(lambda: recorder.status().notices)
        assert "muted" in recorder.status().notices[0].text
        virtual_microphone.mute(False)
        recording = recorder.stop()
        player.kill()
        player.wait()
    assert kinds(recording) == {"silence"}
    assert recording.notices[0].at > 2.0


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (8_000, 1), (96_000, 6)])
def test_rates_and_channels_of_the_source(virtual_microphone, tmp_path, rate, channels):
    virtual_microphone.unplug("module-remap-source", "module-null-sink")
    virtual_microphone.plug_in(rate, channels)
    tone = np.sin(np.arange(8 * RATE) * 2 * np.pi * 1000 / RATE).astype(np.float32) / 4
    sound = write(tmp_path / "tone.wav", tone)
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        player = virtual_microphone.play(sound)
        time.sleep(3)
        recording = recorder.stop()
        player.kill()
        player.wait()
    recorded = read_audio(recording.path)
    middle = recorded[-RATE:]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE / len(middle) == pytest.approx(1000, abs=1)


def test_no_source_at_all(virtual_microphone, tmp_path):
    virtual_microphone.stop()
    path = tmp_path / "take.wav"
    with pytest.raises(NoMicrophoneError) as caught, Recorder(open_microphone(), path) as recorder:
        recorder.open()
    assert "--typed" in caught.value.next_step
    assert not list(tmp_path.iterdir())
    virtual_microphone.start()


def test_server_without_a_source(virtual_microphone, tmp_path):
    virtual_microphone.unplug("module-remap-source", "module-null-sink")
    path = tmp_path / "take.wav"
    with pytest.raises(NoMicrophoneError), Recorder(open_microphone(), path) as recorder:
        recorder.open()
    assert not list(tmp_path.iterdir())


def test_playback_ends_with_the_server(virtual_microphone, tmp_path):
    sound = write(tmp_path / "played.wav", noise(60))
    threading.Timer(2.0, virtual_microphone.kill).start()
    began = time.monotonic()
    with pytest.raises(NoSpeakerError):
        play(sound)
    assert time.monotonic() - began < 15


def test_missing_device_is_named_with_the_list(virtual_microphone):
    with pytest.raises(NoMicrophoneError) as caught:
        open_microphone("Blue Yeti")
    assert "Blue Yeti" in caught.value.message
    for device in list_microphones():
        assert device.name in caught.value.next_step


def test_two_recorders_at_once(virtual_microphone, children, tmp_path):
    [(first, path), (second, other)] = children(2)
    assert not find_leftovers(path.parent)  # both are being written by a living process
    time.sleep(1.0)
    first.kill()
    first.wait()
    assert [each.path.name for each in find_leftovers(path.parent)] == ["0.part.wav"]
    second.send_signal(signal.SIGTERM)
    second.wait()
    assert read_audio(other).size > RATE


def test_stopped_process_loses_nothing(virtual_microphone, children, tmp_path):
    """Ctrl+Z and back: the sound server keeps what was said meanwhile."""
    played = noise(20)
    sound = write(tmp_path / "played.wav", played)
    [(process, path)] = children(1)
    player = virtual_microphone.play(sound)
    time.sleep(1.5)
    process.send_signal(signal.SIGSTOP)
    time.sleep(3.0)
    process.send_signal(signal.SIGCONT)
    time.sleep(1.0)
    process.send_signal(signal.SIGTERM)
    process.wait()
    player.kill()
    player.wait()
    assert max(map(abs, losses(read_audio(path), played[: 5 * RATE]))) <= 1


def test_hanging_server_keeps_the_times_true(virtual_microphone, tmp_path):
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        began = time.monotonic()
        time.sleep(2.0)
        virtual_microphone.hang(2.5)
        wait_until(lambda: recorder.status().ended is None)
        time.sleep(2.0)
        took = time.monotonic() - began
        recording = recorder.stop()
    assert {"gone", "back"} <= kinds(recording)
    assert recording.seconds == pytest.approx(took + recording.pre_roll + 0.3, abs=0.5)


def test_playback_is_heard(virtual_microphone, tmp_path):
    played = noise(2)
    sound = write(tmp_path / "played.wav", played)
    with Recorder(open_microphone(), tmp_path / "take.wav") as recorder:
        recorder.open()
        recorder.begin()
        play(sound, start=0.5)
        time.sleep(1)
        recording = recorder.stop()
    recorded = read_audio(recording.path)
    assert find(played[RATE:], recorded)[1] > 0.9
    assert find(played[: RATE // 4], recorded)[1] < 0.5


def test_playback_can_be_stopped(virtual_microphone, tmp_path):
    sound = write(tmp_path / "played.wav", noise(60))
    asked = iter([False] * 5 + [True] * 100)
    began = time.monotonic()
    play(sound, stop=lambda: next(asked))
    assert time.monotonic() - began < 20


def test_record_answer(virtual_microphone, tmp_path):
    path = tmp_path / "2026-11-22" / "take.wav"
    lax = os.umask(0)
    try:
        recording = record_answer(open_microphone(), path, lambda status: status.elapsed > 1)
    finally:
        os.umask(lax)
    assert recording.seconds > 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
