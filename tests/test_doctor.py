"""`coach doctor`: each thing that can be wrong is found, and named with what mends it."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach import errors, places
from coach.doctor import State, data, machine
from coach.errors import NoMicrophoneError, NoPortAudioError
from coach.improvement.copies import all_copies
from coach.recording.microphone import Device
from coach.recording.probe import hears
from coach.recording.systems import system_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class FakeMicrophone:
    """Delivers the same block four times, or refuses, or hangs."""

    name, rate, channels, latency = "Desk", 16_000, 1, 0.0

    def __init__(self, block: bytes | None, *, hangs: bool = False, refuses: bool = False) -> None:
        self.block, self.hangs, self.refuses = block, hangs, refuses

    def start(self, hear) -> None:
        if self.refuses:
            raise NoMicrophoneError("It refuses.", "Choose another.")
        if self.hangs:
            time.sleep(5)
        for _ in range(4):
            if self.block is not None:
                hear(self.block, False)

    def stop(self) -> None:
        pass


@pytest.fixture
def microphone(monkeypatch):
    """Sets what the machine's one microphone delivers."""

    def plug(fake: FakeMicrophone) -> None:
        listed = (Device(0, "Desk", 1, 16_000, True),)
        monkeypatch.setattr("coach.recording.microphone.list_microphones", lambda: listed)
        monkeypatch.setattr("coach.recording.microphone.open_microphone", lambda _device: fake)

    plug(FakeMicrophone(b"\x00\x01"))
    return plug


@pytest.fixture
def checks(coach, microphone):
    """What each check says now, by its name."""

    def run(*options: str) -> dict[str, dict]:
        outcome = coach("doctor", "--json", *options)
        found = {check["name"]: check for check in outcome.json}
        faults = any(check["state"] == "fault" for check in found.values())
        assert outcome.code == (errors.FaultsFoundError.exit_code if faults else 0)
        assert all(check["mend"] for check in found.values() if check["state"] in _TO_MEND)
        return found

    return run


_TO_MEND = ("fault", "warning")


def test_a_new_home_has_no_fault_and_gets_none(coach, checks, home: Path):
    found = checks()
    assert found["Microphone"]["state"] == "good"
    assert {found[name]["state"] for name in ("Log", "Rights", "Weights")} == {"skipped"}
    assert not home.exists()
    shown = coach("doctor").out
    assert "0 faults" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_it_is_quick_and_loads_no_speech_model():
    code = (
        "import sys; sys.argv = ['coach', 'doctor', '--json']\n"
        "from coach.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print([n for n in ('torch', 'whisper', 'pocketsphinx') if n in sys.modules],"
        " file=sys.stderr)"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert time.monotonic() - began < 10  # 0.6 s on an idle machine
    assert done.stderr.splitlines()[-1] == "[]", done.stderr


@pytest.mark.parametrize(
    ("fake", "says"),
    [
        (FakeMicrophone(bytes(64)), "digital silence"),
        (FakeMicrophone(None), "delivers nothing"),
        (FakeMicrophone(b"", refuses=True), "refuses"),
    ],
)
def test_a_microphone_that_is_not_heard(checks, microphone, fake: FakeMicrophone, says: str):
    microphone(fake)
    found = checks()["Microphone"]
    assert found["state"] == "fault"
    assert says in found["says"]


def test_a_microphone_that_hangs_does_not_hold_the_doctor_up():
    began = time.monotonic()
    assert hears(FakeMicrophone(b"\x01", hangs=True)) is None
    assert time.monotonic() - began < 3


def test_no_microphone_is_a_warning_and_no_portaudio_a_fault(checks, monkeypatch):
    monkeypatch.setattr("coach.recording.microphone.list_microphones", lambda: ())
    assert checks()["Microphone"]["state"] == "warning"

    def missing() -> None:
        raise NoPortAudioError("It is missing.", "Install it.")

    monkeypatch.setattr("coach.recording.microphone.list_microphones", missing)
    found = checks()
    assert (found["PortAudio"]["state"], found["Microphone"]["state"]) == ("fault", "skipped")


@pytest.mark.parametrize(
    ("platform", "release", "command"),
    [
        ("linux", {"ID": "ubuntu", "ID_LIKE": "debian"}, "apt install libportaudio2"),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt install libportaudio2"),
        ("linux", {"ID": "fedora"}, "dnf install portaudio"),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf install portaudio"),
        ("linux", {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "zypper"),
        ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "pacman -S portaudio"),
        ("linux", {}, "apt install libportaudio2"),
        ("darwin", {}, "pip install --force-reinstall sounddevice"),
        ("win32", {}, "pip install --force-reinstall sounddevice"),
    ],
)
def test_each_system_has_its_way_to_portaudio(platform: str, release: dict, command: str):
    system = system_of(platform, release)
    assert command in system.portaudio
    assert system.permission
    assert system.allow


def test_torch_for_a_card_that_is_not_there():
    cuda = {"nvidia-cublas-cu12": 2_000_000_000, "nvidia-cudnn-cu12": 1_000_000_000}
    wasted = machine.torch_build("2.13.0", cuda, has_gpu=False)
    assert wasted.state is State.WARNING
    assert "3.0 GB" in wasted.says
    assert "uninstall -y torch nvidia-cublas-cu12 nvidia-cudnn-cu12" in wasted.mend
    assert "torch==2.13.0" in wasted.mend
    assert machine.torch_build("2.13.0+cu126", {}, has_gpu=False).state is State.WARNING
    assert machine.torch_build("2.13.0", cuda, has_gpu=True).state is State.GOOD
    assert machine.torch_build("2.13.0+cpu", {}, has_gpu=False).state is State.GOOD
    assert machine.torch_build("2.13.0", {}, has_gpu=False).state is State.GOOD  # macOS


def test_a_missing_package_is_named_with_its_command(checks, monkeypatch):
    required = ("no-such-package<2,>=1", "click>=8", "other; extra == 'test'")
    monkeypatch.setattr("importlib.metadata.requires", lambda _name: list(required))
    found = checks()["Packages"]
    assert found["state"] == "fault"
    assert found["mend"].endswith("pip install no-such-package")


@pytest.mark.parametrize(
    ("free", "state"), [(1 << 20, "fault"), (1 << 29, "warning"), (1 << 40, "good")]
)
def test_disk_space(checks, monkeypatch, free: int, state: str):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    assert checks()["Disk"]["state"] == state


def test_the_clock():
    assert machine.clock(NOW, None).state is State.GOOD
    assert machine.clock(NOW, NOW - timedelta(days=1)).state is State.GOOD
    behind = machine.clock(NOW, NOW + timedelta(days=400))
    assert behind.state is State.WARNING
    assert "2027" in behind.says


def test_a_damaged_log_and_one_that_is_whole(coach, checks, home: Path):
    coach("area", "add", "star.result")
    assert checks()["Log"]["state"] == "good"
    path = home / "coach.db"
    with sqlite3.connect(path) as database:  # everything into the one file
        database.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(path.read_bytes())
    content[4096:8192] = os.urandom(4096)
    path.write_bytes(content)
    found = checks()
    assert found["Log"]["state"] == "fault"
    assert found["Log"]["mend"] == "coach restore"  # from the copy that the first command made
    assert "Left over" not in found
    for copy in all_copies():
        copy.unlink()
    assert checks()["Log"]["mend"] == "coach restore BACKUP.zip"
    assert path.read_bytes() == bytes(content)


def test_a_log_of_a_newer_coach(coach, checks, home: Path):
    coach("area", "add", "star.result")
    with closing(sqlite3.connect(home / "coach.db", isolation_level=None)) as database:
        database.execute("INSERT INTO migrations VALUES ('9999-future', '2030-01-01')")
    found = checks()["Log"]
    assert found["state"] == "fault"
    assert "newer coach" in found["says"]
    assert found["mend"].startswith("Update coach")


def test_a_take_that_waits_and_one_from_the_future(coach, checks, home: Path):
    coach("area", "add", "star.result")
    with sqlite3.connect(home / "coach.db") as database:
        database.execute("INSERT INTO sittings (id, mode, started) VALUES (1, 'drill', '2026')")
        database.execute(
            "INSERT INTO attempts (sitting, question_id, question_text, question, why, started,"
            " state) VALUES (1, 'q', 'Why?', ?, '', '2199-01-01T00:00:00+00:00', 'recording')",
            ('{"id": "q", "text": "Why?", "kind": "behavioural", "areas": ["star.result"]}',),
        )
    found = checks()
    assert found["Left over"]["state"] == "warning"
    assert found["Left over"]["mend"] == "coach transcribe --pending"
    assert found["Clock"]["state"] == "warning"


def test_what_others_can_read(coach, checks, home: Path):
    coach("area", "add", "star.result")
    assert checks()["Rights"]["state"] == "good"
    home.chmod(0o755)
    found = checks()["Rights"]
    assert found["state"] == "warning"
    subprocess.run(found["mend"], shell=True, check=True)
    assert checks()["Rights"]["state"] == "good"


def test_a_bank_with_a_fault(checks, home: Path):
    own = home / "my_banks" / "own.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[question]]\nid = "mine-1"\n', encoding="utf-8")
    found = checks()["Banks"]
    assert found["state"] == "fault"
    assert "own.toml" in found["says"]


def test_settings_with_a_fault_and_a_variable_that_is_none(checks, home: Path, monkeypatch):
    monkeypatch.setenv("COACH_ENGIN", "sphinx")
    assert "COACH_ENGINE" in checks()["Settings"]["says"]
    for system, unset, home_set in (
        ("linux", "unset COACH_ENGIN", "export COACH_HOME=~/coach"),
        ("win32", "Remove-Item Env:COACH_ENGIN", '$env:COACH_HOME = "~/coach"'),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", system)
            assert data.configuration().mend == unset
            assert home_set in places.unwritable(home, "").next_step
    home.mkdir()
    (home / "settings.toml").write_text("engin = 'sphinx'\n", encoding="utf-8")
    found = checks()["Settings"]
    assert found["state"] == "fault"
    assert "coach config unset engin" in found["mend"]


def test_weights_that_are_whole_and_weights_that_are_not(checks, home: Path, monkeypatch):
    weights = home / "models" / "tiny.en.pt"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"weights")
    address = f"https://example.org/{hashlib.sha256(b'weights').hexdigest()}/tiny.en.pt"
    monkeypatch.setattr("coach.doctor.engines.published", lambda: {"tiny.en": address})
    assert checks()["Weights"]["state"] == "good"
    monkeypatch.setattr("coach.doctor.engines.QUICK", 1)
    assert checks()["Weights"]["state"] == "skipped"


def test_damaged_weights_are_fetched_again(checks, home: Path):
    weights = home / "models" / "tiny.en.pt"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"damaged")
    found = checks()["Weights"]  # against Whisper's own table
    assert found["state"] == "fault"
    assert found["mend"] == "coach setup --download tiny.en"


def test_an_engine_without_its_model_or_its_voice(checks, monkeypatch):
    monkeypatch.setenv("COACH_ENGINE", "whisper")
    found = checks()["Engine"]
    assert found["state"] == "fault"
    assert "coach setup --download" in found["mend"]
    monkeypatch.setattr("coach.recording.voice.voice_command", lambda: None)
    assert checks()["Voice"]["state"] == "skipped"
    monkeypatch.setenv("COACH_VOICE", "yes")
    assert checks()["Voice"]["state"] == "warning"


def test_deep_hears_a_packaged_answer(checks, monkeypatch, spoken: Path):
    monkeypatch.setenv("COACH_ENGINE", "sphinx")
    monkeypatch.setattr("coach.doctor.engines.SAMPLE", spoken)
    monkeypatch.setattr("coach.doctor.engines.FEWEST", 5)
    found = checks("--deep")["Hearing"]
    assert found["state"] == "good", found
    monkeypatch.setattr("coach.doctor.engines.FEWEST", 500)
    assert checks("--deep")["Hearing"]["state"] == "fault"
