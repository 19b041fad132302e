"""Reading any file, and a WAV that is valid after every block."""

import os
import shutil
import struct
import subprocess
import tracemalloc
import wave

import numpy as np
import pytest
import soundfile
from file_mode import mode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sounds import RATE, find, losses, noise, write

from coach.errors import (
    CoachError,
    EmptyFileError,
    NoSpeechError,
    NoSuchFileError,
    NotAudioError,
    TruncatedAudioError,
)
from coach.recording.audio_file import HEADER, WavWriter, mend, read_audio

SOUND = noise(2)


@pytest.mark.parametrize(
    ("name", "rate", "channels", "form"),
    [
        ("a.wav", 16_000, 1, {}),
        ("a.wav", 44_100, 2, {"subtype": "PCM_24"}),
        ("a.wav", 8_000, 1, {"subtype": "ULAW"}),
        ("a.wav", 96_000, 6, {"subtype": "FLOAT"}),
        ("a.flac", 48_000, 2, {}),
        ("a.ogg", 44_100, 1, {}),
        ("a.mp3", 44_100, 2, {}),
        ("a.aiff", 22_050, 1, {}),
        ("a.w64", 16_000, 1, {}),
    ],
)
def test_formats(tmp_path, name, rate, channels, form):
    import soxr

    path = tmp_path / name
    there = soxr.resample(SOUND, RATE, rate)
    soundfile.write(path, np.repeat(there[:, None], channels, axis=1), rate, **form)
    samples = read_audio(path)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert np.abs(samples).max() <= 1
    assert len(samples) == pytest.approx(len(SOUND), abs=0.1 * RATE)  # MP3 pads
    assert find(SOUND[4000:20000], samples)[1] > 0.9


def test_not_a_number_becomes_silence(tmp_path):
    path = tmp_path / "a.wav"
    soundfile.write(path, np.array([np.nan, np.inf, -np.inf, 0.5] * 100), RATE, subtype="FLOAT")
    samples = read_audio(path)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1


def test_no_such_file(tmp_path):
    with pytest.raises(NoSuchFileError):
        read_audio(tmp_path / "none.wav")
    with pytest.raises(NotAudioError, match="is a folder"):
        read_audio(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs the package mkfifo (POSIX)")
def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe.wav"
    os.mkfifo(path)
    with pytest.raises(NoSuchFileError):
        read_audio(path)


def test_empty_file(tmp_path):
    path = tmp_path / "a.wav"
    path.touch()
    with pytest.raises(EmptyFileError):
        read_audio(path)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.raw", "a"])
def test_text_is_not_audio(tmp_path, name):
    path = tmp_path / name
    path.write_text("This is a text. " * 100)
    with pytest.raises(NotAudioError):
        read_audio(path)


def test_zero_seconds(tmp_path):
    with pytest.raises(NoSpeechError):
        read_audio(write(tmp_path / "a.wav", SOUND[:0]))


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_truncated(tmp_path, name):
    path = tmp_path / name
    sound = noise(10)
    soundfile.write(path, sound, RATE)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(TruncatedAudioError) as caught:
        read_audio(path)
    assert "--partial" in caught.value.next_step
    partial = read_audio(path, partial=True)
    assert 0.3 * len(sound) < len(partial) < 0.6 * len(sound)
    assert find(partial[RATE : 2 * RATE], sound)[1] > 0.95


def test_long_mp3_has_no_seams(tmp_path):
    path = tmp_path / "a.mp3"
    sound = noise(60)
    soundfile.write(path, sound, RATE)
    assert not any(losses(read_audio(path), sound))


def test_wav_from_a_pipe_has_no_length(tmp_path):
    """Programs that write to a pipe cannot know the length: that is no damage."""
    path = write(tmp_path / "a.wav", SOUND)
    with path.open("r+b") as file:
        file.seek(HEADER.size - 4)
        file.write(struct.pack("<I", 0xFFFFFFFF))
    assert len(read_audio(path)) == len(SOUND)


def test_longer_than_two_hours(tmp_path):
    path = tmp_path / "a.flac"
    with soundfile.SoundFile(path, "w", 8_000, 1) as file:
        for _ in range(2 * 60 + 1):
            file.write(np.zeros(60 * 8_000, dtype=np.int16))
    with pytest.raises(NotAudioError, match="2 hours"):
        read_audio(path)


@pytest.mark.parametrize("rate", [1, 2_000_000_000])
def test_impossible_rate(tmp_path, rate):
    path = write(tmp_path / "a.wav", SOUND)
    with path.open("r+b") as file:
        file.seek(24)
        file.write(struct.pack("<II", rate, rate))
    with pytest.raises(NotAudioError):
        read_audio(path)


@pytest.fixture(scope="session")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    found = {}
    for name in ("wav", "flac", "ogg", "mp3", "aiff", "caf", "w64", "au"):
        path = folder / f"a.{name}"
        soundfile.write(path, SOUND[: RATE // 4], RATE)
        found[name] = path.read_bytes()
    return found


def error_is_whole(error: CoachError) -> None:
    assert error.message
    assert error.next_step


@settings(
    max_examples=400, deadline=20_000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), partial=st.booleans())
def test_damaged_files_end_well(tmp_path, originals, data, partial):
    """Whatever is in a file: sound or one clear error, in bounded time and memory."""
    name = data.draw(st.sampled_from(sorted(originals)))
    content = bytearray(originals[name])
    content = content[: data.draw(st.integers(1, len(content)))]
    for _ in range(data.draw(st.integers(0, 8))):
        # Headers are where a wrong number hurts.
        at = data.draw(st.integers(0, min(len(content), 120) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged.{name}"
    path.write_bytes(content)
    tracemalloc.start()
    try:
        samples = read_audio(path, partial=partial)
        assert np.isfinite(samples).all()
    except CoachError as error:
        error_is_whole(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1 << 30


# ── Writing ──


def test_valid_after_every_block(tmp_path):
    path = tmp_path / "a.part.wav"
    writer = WavWriter(path, tmp_path / "a.wav")
    for count in range(5):
        with wave.open(str(path)) as file:
            assert file.getnframes() == 800 * count
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        writer.append(b"\1\0" * 800)
    writer.finish()
    assert writer.path == tmp_path / "a.wav"
    assert not path.exists()
    assert len(read_audio(writer.path)) == 4000


def test_private_whatever_the_umask(tmp_path):
    lax = os.umask(0)
    try:
        path = tmp_path / "recordings" / "2026-11-22" / "a.part.wav"
        writer = WavWriter(path, path.with_name("a.wav"))
        assert mode(path) == 0o600
        writer.finish()
    finally:
        os.umask(lax)
    assert mode(writer.path) == 0o600
    for folder in (path.parent, path.parent.parent):
        assert mode(folder) == 0o700


def test_a_taken_name_is_not_overwritten(tmp_path):
    writer = WavWriter(tmp_path / "a.part.wav", tmp_path / "a.wav")
    (tmp_path / "a.wav").write_bytes(b"precious")
    writer.finish()
    assert writer.path.name == "a-2.wav"
    assert (tmp_path / "a.wav").read_bytes() == b"precious"
    with pytest.raises(FileExistsError):
        WavWriter(tmp_path / "a-2.wav", tmp_path / "b.wav")


@pytest.mark.parametrize("end", [0, 10, HEADER.size, HEADER.size + 1, HEADER.size + 801, 40_000])
def test_mend(tmp_path, end):
    """Wherever a crash cut the file, the whole samples before it are there and it opens."""
    path = write(tmp_path / "a.part.wav", SOUND)
    os.truncate(path, end)
    samples = mend(path)
    assert samples == max(0, end - HEADER.size) // 2
    with wave.open(str(path)) as file:
        assert file.getnframes() == samples


def test_mend_a_header_that_says_too_little(tmp_path):
    path = write(tmp_path / "a.part.wav", SOUND[:100])
    with path.open("ab") as file:
        file.write(b"\1\0" * 1000 + b"\1")
    assert mend(path) == 1100
    assert len(read_audio(path)) == 1100


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    able = shutil.which("mount")
    if not able or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def append_often(writer: WavWriter, block: bytes) -> None:
    for _ in range(1000):
        writer.append(block)


def test_full_disk_keeps_whole_samples_and_may_be_tried_again(small_disk):
    path = small_disk / "a.part.wav"
    writer = WavWriter(path, small_disk / "a.wav")
    stone = small_disk / "stone"
    stone.write_bytes(bytes(500_000))
    block = bytes(range(1, 101)) * 1001
    with pytest.raises(OSError, match="No space"):
        append_often(writer, block)
    kept = writer.samples
    assert kept >= 50 * 1001
    with wave.open(str(path)) as file:
        assert file.getnframes() == kept
    stone.unlink()
    writer.append(block)
    writer.finish()
    with wave.open(str(writer.path)) as file:
        assert file.readframes(kept + len(block)) == block * (kept * 2 // len(block) + 1)


def test_full_disk_at_the_start(small_disk):
    with pytest.raises(OSError, match="No space"):
        append_often(
            WavWriter(small_disk / "stone.part.wav", small_disk / "stone.wav"), bytes(4096)
        )
    with pytest.raises(OSError, match="No space"):
        WavWriter(small_disk / "a.part.wav", small_disk / "a.wav")
    assert not (small_disk / "a.part.wav").exists()
