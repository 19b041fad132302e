"""Microphones and loudspeakers: the only module that touches sounddevice."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from coach.errors import NoMicrophoneError, NoPortAudioError, NoSpeakerError
from coach.recording.recording import SAMPLE_RATE
from coach.recording.sound_server import source_name, source_number
from coach.recording.systems import this_system

if TYPE_CHECKING:
    import numpy as np

LATENCY = 0.2  # s asked of the system: rides out a busy machine, and is what a kill can cost
LONGEST_LATENCY = 1.0  # s: some systems claim nonsense
BLOCKS_A_SECOND = 20
STOP_PATIENCE = 2.0  # s: on some systems stopping a stream hangs; the take is on disk by then
OTHER_RATES = (48_000, 44_100, 16_000)  # Hz: tried where a device refuses the rate it names
PLAYED_OUT = 0.5  # s of silence behind a sound that is played

WITHOUT_MICROPHONE = "or answer with --typed or from files with --from FILE."

_open_streams = 0  # PortAudio may only be started afresh while there are none
_streams_lock = threading.Lock()
_terminal: int | None = None  # what file descriptor 2 was before ALSA was kept from it
_hushed = 0  # how many want that now


@dataclass(frozen=True)
class Device:
    """An input as the system lists it; `rate` in Hz is the device's own."""

    number: int
    name: str
    channels: int
    rate: int
    is_default: bool


Hear = Callable[[bytes, bool], None]
"""Called from the audio thread with interleaved 16-bit samples, and whether some were lost before.

It must not block: copy and return.
"""


class Microphone(Protocol):
    """What the recorder needs of a microphone.

    Attributes:
        name: as the system lists it, so that it can be remembered.
        rate: Hz of what `start` delivers; known once it has returned.
        channels: of what `start` delivers.
        latency: seconds between a sound and its delivery.
    """

    name: str
    rate: int
    channels: int
    latency: float

    def start(self, hear: Hear) -> None:
        """Open the stream.

        Raises:
            NoMicrophoneError: the device refuses.
        """

    def stop(self) -> None:
        """Close the stream; returns within 2 s even where the system hangs."""

    def is_active(self) -> bool:
        """Whether the stream is still running."""

    def source(self) -> str | None:
        """What the sound server records from for us; None where that cannot be known."""


def _sounddevice() -> ModuleType:
    """The library, imported here alone: it costs 0.1-0.4 s, and loads PortAudio as it is imported.

    Raises:
        NoPortAudioError: it is not on this machine.
    """
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: PortAudio itself is missing
        raise NoPortAudioError(
            f"The sound library PortAudio is missing ({error}).",
            f"Install it: {this_system().portaudio}  Without it, answer with --typed or from files"
            " with --from FILE.",
        ) from error
    return sounddevice


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep ALSA and PortAudio, which speak to the terminal of their own, from it.

    They do so from threads of their own as well, for as long as a stream is open.
    """
    _hush(+1)
    try:
        yield
    finally:
        _hush(-1)


def _hush(change: int) -> None:
    global _hushed, _terminal  # noqa: PLW0603  file descriptor 2 is the process's too
    with _streams_lock:
        _hushed += change
        if _hushed and _terminal is None:
            with contextlib.suppress(OSError):  # a program without a terminal
                _terminal = os.dup(2)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2)
                os.close(nowhere)
        elif not _hushed and _terminal is not None:
            os.dup2(_terminal, 2)
            os.close(_terminal)
            _terminal = None


def _look_again(sounddevice: ModuleType) -> None:
    """PortAudio lists devices once, when it starts: start it afresh to see what was plugged in."""
    with _streams_lock:
        if _open_streams == 0:
            sounddevice._terminate()
            sounddevice._initialize()


def _count(change: int) -> None:
    global _open_streams  # noqa: PLW0603  PortAudio's state is the process's too
    with _streams_lock:
        _open_streams += change


def list_microphones() -> tuple[Device, ...]:
    """The inputs of this machine as they are now.

    Raises:
        NoPortAudioError
    """
    sounddevice = _sounddevice()
    try:
        _look_again(sounddevice)
        default = sounddevice.default.device[0]
        listed = list(sounddevice.query_devices())
    except sounddevice.PortAudioError:
        return ()
    if sys.platform == "win32":
        # There each is listed again for each of the ways to hear it, of which the default has one.
        ways = {each["index"]: each["hostapi"] for each in listed}
        listed = [each for each in listed if each["hostapi"] == ways.get(default, each["hostapi"])]
    return tuple(
        Device(
            number=each["index"],
            name=each["name"],
            channels=each["max_input_channels"],
            rate=round(each["default_samplerate"]),
            is_default=each["index"] == default,
        )
        for each in listed
        if each["max_input_channels"] > 0
    )


def open_microphone(device: str | None = None) -> "Microphone":
    """A microphone by its name, a part of its name, or its number; None is the system's default.

    Raises:
        NoMicrophoneError: there is none, or not this one; the list is in the next step.
        NoPortAudioError
    """
    devices = list_microphones()
    if not devices:
        raise NoMicrophoneError(
            "No microphone was found.", f"Plug one in and try again, {WITHOUT_MICROPHONE}"
        )
    return PortAudioMicrophone(_choose(devices, device))


def _choose(devices: tuple[Device, ...], wanted: str | None) -> Device:
    if wanted is None:
        return next((each for each in devices if each.is_default), devices[0])
    matches = (
        [each for each in devices if str(each.number) == wanted]
        or [each for each in devices if each.name == wanted]
        or [each for each in devices if wanted.casefold() in each.name.casefold()]
    )
    if not matches:
        raise NoMicrophoneError(
            f"The microphone “{wanted}” is not there.",
            f"Choose another with --device: {describe(devices)}; {WITHOUT_MICROPHONE}",
        )
    return matches[0]


def describe(devices: tuple[Device, ...]) -> str:
    """The devices on one line, as `--device` takes them."""
    return ", ".join(f"{each.number} “{each.name}”" for each in devices)


class PortAudioMicrophone:
    """A microphone through PortAudio, at its own rate and channels."""

    def __init__(self, device: Device) -> None:
        self.name = device.name
        self.rate = device.rate
        self.channels = min(2, device.channels)
        self.latency = LATENCY
        self._device = device
        self._stream: Any = None
        self._quiet = contextlib.ExitStack()
        self._source: tuple[int | None, str | None] = (None, None)

    def start(self, hear: Hear) -> None:
        sounddevice = _sounddevice()

        def callback(data: Any, _frames: int, _time: Any, status: Any) -> None:
            hear(bytes(data), status.input_overflow)

        refusal = None
        with contextlib.ExitStack() as quiet:
            quiet.enter_context(_quiet())
            for rate, channels in self._formats():
                try:
                    self._stream = self._open(sounddevice, rate, channels, callback)
                except sounddevice.PortAudioError as error:
                    refusal = refusal or error
                    continue
                self.latency = min(LONGEST_LATENCY, max(LATENCY, float(self._stream.latency)))
                _count(+1)
                self._quiet = quiet.pop_all()
                return
        raise NoMicrophoneError(
            f"The microphone “{self.name}” cannot be opened ({refusal}).",
            f"Close programs that use it, choose another with --device, {WITHOUT_MICROPHONE}",
        ) from refusal

    def _formats(self) -> Iterator[tuple[int, int]]:
        """Rates and channels worth trying, the device's own first."""
        for rate in dict.fromkeys((self._device.rate, *OTHER_RATES)):
            for channels in dict.fromkeys((self.channels, 1, self._device.channels)):
                yield rate, channels

    def _open(
        self, sounddevice: ModuleType, rate: int, channels: int, callback: Callable[..., None]
    ) -> Any:
        # Set before the first block arrives: whoever hears it needs to know its format.
        self.rate, self.channels = rate, channels
        stream = sounddevice.RawInputStream(
            device=self._device.number,
            samplerate=rate,
            channels=channels,
            dtype="int16",
            blocksize=rate // BLOCKS_A_SECOND,
            latency=LATENCY,
            dither_off=True,  # dither would turn a muted microphone's zeros into faint noise
            callback=callback,
        )
        try:
            stream.start()
        except sounddevice.PortAudioError:
            stream.close(ignore_errors=True)
            raise
        return stream

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return

        def close() -> None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
            _count(-1)

        closing = threading.Thread(target=close, daemon=True, name="closing the microphone")
        closing.start()
        closing.join(STOP_PATIENCE)
        self._quiet.close()

    def is_active(self) -> bool:
        stream = self._stream
        try:
            return stream is not None and bool(stream.active)
        except _sounddevice().PortAudioError:  # closed by another thread in between
            return False

    def source(self) -> str | None:
        """The name of the PulseAudio or PipeWire source that this process records from.

        Under a sound server PortAudio sees one device that never changes, while the server moves
        the stream to another source when its own is unplugged, without a word.
        """
        number = source_number()
        if number != self._source[0]:
            self._source = (number, source_name(number))
        return self._source[1]


def play(
    path: Path,
    start: float = 0.0,
    stop: Callable[[], bool] | None = None,
    heard: Callable[[float], None] = lambda _at: None,
) -> None:
    """Play a file through the default loudspeaker until its end or until `stop()` is true.

    Args:
        start: seconds from the start of the file.
        stop: asked ten times a second.
        heard: is told as often what is heard now, in seconds from the start of the file.

    Raises:
        NoSpeakerError: there is no loudspeaker, or it refuses.
        NoPortAudioError, and what `read_audio` raises.
    """
    import soxr

    from coach.recording.audio_file import read_audio

    samples = read_audio(path)[round(start * SAMPLE_RATE) :]
    sounddevice = _sounddevice()
    try:
        _look_again(sounddevice)
        rate = round(sounddevice.query_devices(kind="output")["default_samplerate"])
        sound = soxr.resample(samples, SAMPLE_RATE, rate)
        _count(+1)
        try:
            _write(sounddevice, sound, rate, stop, lambda at: heard(start + at))
        finally:
            _count(-1)
    except sounddevice.PortAudioError as error:
        raise NoSpeakerError(
            f"Nothing can be played on this machine ({error}).",
            f"Plug in a loudspeaker, or open the file in another program: {path}",
        ) from error


def _write(
    sounddevice: ModuleType,
    sound: "np.ndarray",
    rate: int,
    stop: Callable[[], bool] | None,
    heard: Callable[[float], None],
) -> None:
    import numpy as np

    # Some systems drop what they have not played yet when a stream is closed: let it be silence.
    sound = np.concatenate((sound, np.zeros(round(PLAYED_OUT * rate), dtype=np.float32)))
    block = rate // 10
    with (
        _quiet(),
        sounddevice.OutputStream(
            samplerate=rate, channels=1, dtype="float32", latency=LATENCY
        ) as stream,
    ):
        late = min(LONGEST_LATENCY, float(stream.latency))  # s from a write to the ear
        for first in range(0, len(sound), block):
            if stop and stop():
                stream.abort()
                return
            stream.write(sound[first : first + block])
            heard(max(0.0, (first + block) / rate - late))
