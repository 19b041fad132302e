"""Devices that are missing or refuse. The real ones are in test_virtual_microphone."""

import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from coach.errors import NoMicrophoneError, NoPortAudioError, NoSpeakerError
from coach.recording import microphone as module
from coach.recording.microphone import Device, list_microphones, open_microphone, play


class PortAudioError(Exception):
    pass


class FakeStream:
    """Refuses what a test says, as PortAudio does."""

    def __init__(self, library, **wanted):
        library.tried.append((wanted["samplerate"], wanted["channels"]))
        if wanted["samplerate"] not in library.rates:
            raise PortAudioError("Error opening RawInputStream: Invalid sample rate [-9997]")
        if wanted["channels"] not in library.channels:
            raise PortAudioError("Error opening RawInputStream: Invalid number of channels [-9998]")
        self.latency = 0.2
        self.active = True
        self.library = library
        self.callback = wanted["callback"]

    def start(self):
        if self.library.start_fails:
            raise PortAudioError("Error starting stream: Unanticipated host error [-9999]")

    def abort(self, ignore_errors=True):
        time.sleep(self.library.hangs)

    def close(self, ignore_errors=True):
        self.active = False
        self.library.closed += 1


@pytest.fixture
def library(monkeypatch):
    """A sounddevice with one microphone of four channels at 44.1 kHz."""
    fake = SimpleNamespace(
        PortAudioError=PortAudioError,
        rates={44_100},
        channels={2},
        tried=[],
        start_fails=False,
        hangs=0.0,
        closed=0,
        refreshed=0,
        default=SimpleNamespace(device=(1, 0)),
        devices=[
            {"index": 0, "name": "Speaker", "max_input_channels": 0, "default_samplerate": 48e3},
            {"index": 1, "name": "USB Mic", "max_input_channels": 4, "default_samplerate": 44.1e3},
            {"index": 2, "name": "Webcam", "max_input_channels": 1, "default_samplerate": 16e3},
        ],
    )

    def refresh():
        fake.refreshed += 1

    for each in fake.devices:
        each["hostapi"] = 0
    fake._terminate = lambda: None
    fake._initialize = refresh
    fake.query_devices = lambda: fake.devices
    fake.RawInputStream = lambda **wanted: FakeStream(fake, **wanted)
    monkeypatch.setattr(module, "_sounddevice", lambda: fake)
    return fake


def nothing(_pcm, _overflowed):
    pass


def test_windows_lists_each_once(library, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    again = {"index": 3, "name": "USB Mic", "max_input_channels": 2, "default_samplerate": 48e3}
    library.devices += [again | {"hostapi": 1}]
    assert [each.number for each in list_microphones()] == [1, 2]
    library.default.device = (-1, -1)
    assert [each.number for each in list_microphones()] == [1, 2, 3]


def test_list(library):
    assert list_microphones() == (
        Device(1, "USB Mic", 4, 44_100, True),
        Device(2, "Webcam", 1, 16_000, False),
    )


@pytest.mark.parametrize(
    ("wanted", "name"),
    [(None, "USB Mic"), ("2", "Webcam"), ("Webcam", "Webcam"), ("usb", "USB Mic")],
)
def test_choose(library, wanted, name):
    assert open_microphone(wanted).name == name


def test_gone_device_is_told_with_the_list(library):
    with pytest.raises(NoMicrophoneError) as caught:
        open_microphone("Blue Yeti")
    assert "“Blue Yeti” is not there" in caught.value.message
    assert "1 “USB Mic”, 2 “Webcam”" in caught.value.next_step


def test_no_microphone(library):
    library.devices = library.devices[:1]
    with pytest.raises(NoMicrophoneError) as caught:
        open_microphone()
    assert "--typed" in caught.value.next_step
    assert "--from" in caught.value.next_step


def test_no_devices_at_all(library):
    def fail():
        raise PortAudioError("Error querying device -1")

    library.query_devices = fail
    assert list_microphones() == ()


def test_own_rate_and_channels(library):
    microphone = open_microphone()
    microphone.start(nothing)
    assert (microphone.rate, microphone.channels) == (44_100, 2)
    assert library.tried == [(44_100, 2)]
    microphone.stop()
    assert not microphone.is_active()


def test_other_rate_and_channels_where_its_own_are_refused(library):
    library.rates, library.channels = {48_000}, {4}
    microphone = open_microphone()
    microphone.start(nothing)
    assert (microphone.rate, microphone.channels) == (48_000, 4)
    microphone.stop()


def test_a_device_that_refuses_all(library):
    library.start_fails = True
    with pytest.raises(NoMicrophoneError, match="-9999"):
        open_microphone().start(nothing)
    assert library.closed > 0


def test_stop_that_hangs(library, monkeypatch):
    monkeypatch.setattr(module, "STOP_PATIENCE", 0.1)
    library.hangs = 1.5
    microphone = open_microphone()
    microphone.start(nothing)
    began = time.monotonic()
    microphone.stop()
    assert time.monotonic() - began < 1.0
    # A stream that still hangs must not be pulled away under PortAudio.
    refreshed = library.refreshed
    list_microphones()
    assert library.refreshed == refreshed
    deadline = time.monotonic() + 10
    while module._open_streams and time.monotonic() < deadline:
        time.sleep(0.05)
    list_microphones()
    assert library.refreshed == refreshed + 1


def test_the_list_is_fresh_between_takes_only(library):
    microphone = open_microphone()
    refreshed = library.refreshed
    microphone.start(nothing)
    list_microphones()
    assert library.refreshed == refreshed
    microphone.stop()
    list_microphones()
    assert library.refreshed == refreshed + 1


def test_callback_copies_and_passes_the_flag(library):
    heard = []
    microphone = open_microphone()
    microphone.start(lambda pcm, overflowed: heard.append((pcm, overflowed)))
    buffer = bytearray(b"\1\2")
    microphone._stream.callback(buffer, 1, None, SimpleNamespace(input_overflow=True))
    buffer[:] = b"\0\0"
    assert heard == [(b"\1\2", True)]
    microphone.stop()


def test_no_loudspeaker(library, tmp_path):
    from sounds import noise, write

    def fail(kind):
        raise PortAudioError("Error querying device -1")

    library.query_devices = fail
    with pytest.raises(NoSpeakerError):
        play(write(tmp_path / "a.wav", noise(1)))


@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd"])
def test_without_portaudio(monkeypatch, system):
    monkeypatch.setitem(sys.modules, "sounddevice", None)  # an ImportError
    monkeypatch.setattr("sys.platform", system)
    with pytest.raises(NoPortAudioError) as caught:
        list_microphones()
    # The wheels for macOS and Windows bring the library with them.
    assert {"darwin": "pip", "win32": "pip"}.get(system, "apt") in caught.value.next_step


@pytest.mark.skipif(sys.platform == "win32", reason="needs a PortAudio that no wheel brought")
def test_hidden_portaudio():
    """The real import, in a process that cannot find the library."""
    program = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from coach.errors import NoPortAudioError
from coach.recording.audio_file import read_audio
from coach.recording.microphone import open_microphone
try:
    open_microphone()
except NoPortAudioError as error:
    print(error.message, error.next_step)
"""
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "PortAudio" in said
    assert "libportaudio2" in said or sys.platform != "linux"


def test_start_up_loads_no_heavy_library():
    program = """
import sys
import coach.recording.audio_file, coach.recording.leftovers, coach.recording.microphone
import coach.recording.recording
print([name for name in ("numpy", "sounddevice", "soundfile", "soxr") if name in sys.modules])
"""
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "[]"
