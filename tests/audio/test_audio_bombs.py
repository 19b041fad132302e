"""Small files that claim hours, or hold them: read or refused, in little time and memory."""

import io
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from sounds import RATE, noise

from coach.errors import CoachError, NotAudioError, TruncatedAudioError
from coach.recording import audio_file
from coach.recording.audio_file import read_audio, read_peaks

SECONDS = 5.0  # of work for one file
LITTLE = 64 << 20  # bytes, of what Python and numpy take
STREAMINFO = 8  # bytes of a FLAC before it
TOTAL = slice(STREAMINFO + 13, STREAMINFO + 18)  # of its samples: 36 bits, after 4 others


@contextmanager
def bounded() -> Iterator[None]:
    began = time.process_time()
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < LITTLE
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS


def encoded(form: str, sound: np.ndarray, rate: int = RATE, **options: object) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sound, rate, format=form, **options)
    return file.getvalue()


def claiming(flac: bytes, samples: int) -> bytes:
    """The same FLAC with another length in its header."""
    content = bytearray(flac)
    others = content[TOTAL.start] & 0xF0
    content[TOTAL] = samples.to_bytes(5, "big")
    content[TOTAL.start] |= others
    return bytes(content)


def refused(path: Path, words: str) -> None:
    with bounded(), pytest.raises(NotAudioError, match=words) as caught:
        read_audio(path)
    assert caught.value.next_step


@pytest.mark.parametrize("form", ["FLAC", "MP3"])
def test_hours_of_silence_in_a_small_file(tmp_path: Path, form: str):
    path = tmp_path / f"a.{form.lower()}"
    minute = np.zeros(60 * 8000, dtype=np.float32)
    if form == "MP3":  # frames stand one after another; the first says how many there are
        one = encoded(form, minute, 8000, bitrate_mode="CONSTANT")
        path.write_bytes(one[one.index(one[:2], 2) :] * 121)
    else:
        with soundfile.SoundFile(path, "w", 8000, 1, format=form) as file:
            for _ in range(121):
                file.write(minute)
    assert path.stat().st_size < 30 << 20
    # Whether by its header or by what is found in it.
    began = time.process_time()
    with pytest.raises(NotAudioError, match="longer than 2 hours"):
        read_audio(path)
    with pytest.raises(NotAudioError, match="longer than 2 hours"):
        read_audio(path, partial=True)
    assert time.process_time() - began < 3 * SECONDS


@pytest.mark.parametrize("claimed", [(1 << 36) - 1, 3 * 60 * 60 * RATE])
def test_a_header_that_claims_hours(tmp_path: Path, claimed: int):
    path, sound = tmp_path / "a.flac", noise(2)
    path.write_bytes(claiming(encoded("FLAC", sound), claimed))
    refused(path, "longer than 2 hours")
    with bounded():
        assert len(read_audio(path, partial=True)) == len(sound)
        read_peaks(path, 400)


def test_a_header_that_claims_a_little_too_much(tmp_path: Path):
    path = tmp_path / "a.flac"
    path.write_bytes(claiming(encoded("FLAC", noise(2)), 60 * RATE))
    with bounded(), pytest.raises(TruncatedAudioError, match="3%"):
        read_audio(path)


def test_a_flac_from_a_pipe_has_no_length(tmp_path: Path):
    """An encoder that writes to a pipe leaves the length out: that is no damage."""
    path, sound = tmp_path / "a.flac", noise(2)
    path.write_bytes(claiming(encoded("FLAC", sound), 0))
    with bounded():
        assert len(read_audio(path)) == len(sound)


def test_more_channels_and_samples_than_any_microphone_has(tmp_path: Path, monkeypatch):
    path = tmp_path / "a.flac"
    silence = np.zeros((8 * 655_350, 8), dtype=np.int16)  # 8 s
    flac = encoded("FLAC", silence, 655_350)
    assert len(flac) < 100_000
    path.write_bytes(claiming(flac, 60 * 60 * 655_350))
    refused(path, "too much to read: 8 channels of 655350")
    # And where the header tells nothing, as soon as so much was found.
    monkeypatch.setattr(audio_file, "MOST", 10_000_000)
    path.write_bytes(claiming(flac, 0))
    refused(path, "too much to read")


def test_a_wav_of_empty_chunks(tmp_path: Path):
    """A gigabyte of them, that takes no room on the disk."""
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.write(b"RIFF\xff\xff\xff\xffWAVE")
        file.truncate(1 << 30)
    refused(path, "holds no sound")


@pytest.mark.parametrize("form", ["CAF", "AIFF", "W64", "RF64", "AU"])
@pytest.mark.parametrize("claimed", [b"\x7f\xff\xff\xf0", b"\xf0\xff\xff\x7f"])
def test_any_number_of_a_header_may_claim_gigabytes(tmp_path: Path, form: str, claimed: bytes):
    whole = encoded(form, noise(0.1))
    path = tmp_path / f"a.{form.lower()}"
    for at in range(4, 120, 2):
        path.write_bytes(whole[:at] + claimed + whole[at + 4 :])
        for partial in (False, True):
            with bounded(), suppress(CoachError):
                assert len(read_audio(path, partial=partial)) <= len(whole)


def test_peaks_are_those_of_every_stretch(tmp_path: Path):
    path = tmp_path / "a.wav"
    sound = np.zeros(10 * RATE)
    sound[RATE // 2], sound[-1] = 0.5, -0.25
    soundfile.write(path, sound, RATE)
    seconds, loudest = read_peaks(path, 10)
    assert seconds == 10
    assert loudest == pytest.approx([0.5, *[0.0] * 8, 0.25], abs=1e-4)
