"""What a crash left behind is found, mended and offered."""

import os
import time
from datetime import UTC, datetime

import numpy as np
import pytest
from fakes import FakeMicrophone
from sounds import noise, write

from coach.errors import RecordingError
from coach.recording.audio_file import HEADER, read_audio
from coach.recording.leftovers import find_leftovers, recover
from coach.recording.recorder import Recorder


@pytest.fixture
def part(tmp_path):
    folder = tmp_path / "2026-11-22"
    folder.mkdir()
    path = write(folder / "153000-q0421.part.wav", noise(72))
    ended = datetime(2026, 11, 22, 15, 31, 12).astimezone().timestamp()
    os.utime(path, (ended, ended))
    return path


def test_found_and_told(part, tmp_path):
    [leftover] = find_leftovers(tmp_path)
    assert leftover.path == part
    assert leftover.seconds == 72
    assert leftover.started.tzinfo is UTC
    assert leftover.text == "An answer from 15:30 was cut short: 1 min 12 s were kept."


def test_mended_and_renamed(part, tmp_path):
    with part.open("r+b") as file:
        file.write(bytes(HEADER.size))  # the worst header
    [leftover] = find_leftovers(tmp_path)
    recording = recover(leftover)
    assert recording.path == part.with_name("153000-q0421.wav")
    assert recording.seconds == 72
    assert recording.notices[0].text == leftover.text
    assert np.abs(read_audio(recording.path) - noise(72)).max() < 0.001
    assert not find_leftovers(tmp_path)


def test_a_finished_take_of_the_name_is_not_overwritten(part, tmp_path):
    finished = part.with_name("153000-q0421.wav")
    finished.write_bytes(b"precious")
    recording = recover(find_leftovers(tmp_path)[0])
    assert recording.path.name == "153000-q0421-2.wav"
    assert finished.read_bytes() == b"precious"


def test_a_take_that_is_being_recorded_is_left_alone(part, tmp_path):
    [leftover] = find_leftovers(tmp_path)
    part.unlink()
    microphone = FakeMicrophone()
    with Recorder(microphone, part.with_name("153000-q0421.wav")) as recorder:
        recorder.open()
        recorder.begin()
        microphone.say(noise(2))
        time.sleep(0.2)
        assert not find_leftovers(tmp_path)
        with pytest.raises(RecordingError):
            recover(leftover)
        assert recorder.stop().seconds > 2


def test_files_without_sound_are_removed_after_a_day(tmp_path):
    (tmp_path / "a.part.wav").touch()
    write(tmp_path / "b.part.wav", noise(0))
    assert not find_leftovers(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    assert not find_leftovers(tmp_path)
    assert not list(tmp_path.iterdir())


def test_taken_by_another_meanwhile(part, tmp_path):
    [leftover] = find_leftovers(tmp_path)
    part.unlink()
    with pytest.raises(RecordingError):
        recover(leftover)


def test_no_folder(tmp_path):
    assert find_leftovers(tmp_path / "none") == ()
