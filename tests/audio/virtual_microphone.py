"""A microphone without hardware: a private PulseAudio whose null sink is heard as a source.

    speaker: paplay ──▶ sink mic_feed ──▶ its monitor ──▶ source virtual_mic ──▶ PortAudio

The server lives under its own runtime folder and is ended by its process id: it works beside
a user's own server, as root, and without a terminal.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "paplay": "pulseaudio-utils",
    "flite": "flite",
}
SINK = "mic_feed"
SOURCE = "virtual_mic"
PATIENCE = 10.0  # s for the server to start or to end


def need(*programs: str) -> None:
    """Skip, naming the Debian package, where a program is missing."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"needs the package {PACKAGES[program]}")


class VirtualMicrophone:
    """A private sound server, and what a test does to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {name: str(folder) for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME")}
        # A named server also keeps clients from starting one of their own.
        self.variables = own | {"PULSE_SERVER": f"unix:{folder}/pulse/native"}
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | self.variables

    def start(self) -> None:
        script = self.folder / "virtual-mic.pa"
        script.write_text("load-module module-native-protocol-unix auth-anonymous=1\n")
        command = ["pulseaudio", "-n", "-F", str(script), "--exit-idle-time=-1", "--daemonize=no"]
        environment = self.environment
        del environment["PULSE_SERVER"]  # a server told of another refuses to start
        self._server = subprocess.Popen(
            [*command, "--log-target=file:" + str(self.folder / "log")], env=environment
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)
        self.plug_in()

    def _answers(self) -> bool:
        command = ["pactl", "info"]
        asked = subprocess.run(command, env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def plug_in(self, rate: int = 44_100, channels: int = 2) -> None:
        """Load the sink and the source, at a rate and channels that the source insists on."""
        form = (f"rate={rate}", f"channels={channels}")
        self.pactl("load-module", "module-null-sink", f"sink_name={SINK}", *form)
        self.pactl(
            *("load-module", "module-remap-source", f"master={SINK}.monitor"),
            *(f"source_name={SOURCE}", *form),
        )
        self.pactl("set-default-source", SOURCE)
        self.pactl("set-default-sink", SINK)

    def unplug(self, *modules: str) -> None:
        """Unload the source, as a pulled cable does; or the modules named."""
        for module in modules or ("module-remap-source",):
            for line in self.pactl("list", "short", "modules").splitlines():
                number, name = line.split("\t")[:2]
                if name == module:
                    self.pactl("unload-module", number)

    def mute(self, muted: bool = True) -> None:
        self.pactl("set-source-mute", SOURCE, str(int(muted)))

    def play(self, path: Path) -> "subprocess.Popen[bytes]":
        """Speak a file into the microphone; returns at once."""
        command = ["paplay", f"--device={SINK}", str(path)]
        return subprocess.Popen(command, env=self.environment)

    def pactl(self, *command: str) -> str:
        return subprocess.run(
            ["pactl", *command], env=self.environment, capture_output=True, text=True, check=True
        ).stdout

    def hang(self, seconds: float) -> None:
        """Let the server do nothing for a while."""
        assert self._server
        self._server.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._server.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._server:
            self._server.send_signal(how)
            self._server.wait(PATIENCE)
            self._server = None
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "pulse" / "pid").unlink()


@pytest.fixture(scope="session")
def sound_server() -> Iterator[VirtualMicrophone]:
    """One server for all tests; take `virtual_microphone`, which puts it in order."""
    need("pulseaudio", "pactl", "paplay")
    # A socket's name may have 108 characters, which pytest's own folders use up.
    folder = Path(tempfile.mkdtemp(prefix="coach-mic-"))
    server = VirtualMicrophone(folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def virtual_microphone(
    sound_server: VirtualMicrophone, monkeypatch: pytest.MonkeyPatch
) -> Iterator[VirtualMicrophone]:
    """A microphone that this process and its children hear as their default input."""
    for name, value in sound_server.variables.items():
        if name != "HOME":
            monkeypatch.setenv(name, value)
    yield sound_server
    sound_server.stop()
    sound_server.start()


@pytest.fixture(scope="session")
def speak(tmp_path_factory: pytest.TempPathFactory):
    """Read a text aloud into a WAV of 16 kHz: `speak(text, voice="slt") -> Path`."""
    need("flite")
    folder = tmp_path_factory.mktemp("speech")

    def read(text: str, voice: str = "slt") -> Path:
        path = folder / f"{abs(hash((text, voice)))}.wav"
        if not path.exists():
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True)
        return path

    return read
