"""What every test stands on: a home of its own, and skips that CI does not forgive."""

import errno
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings

from coach.cli import root

# Tests run beside each other: more threads for one only wait for the others.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# How long an example takes says nothing while others run.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

SAMPLES = Path(root.__file__).parent.parent / "samples"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test can touch the user's own data, nor find a model that happens to be on the machine."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Where COACH_NO_SKIP is set, as in CI, a test that skips has failed."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("COACH_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may skip: {report.longrepr}"


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def coach(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Outcome]:
    """Run a command line in this process, as `python -m coach` would."""

    def run(*words: object, stdin: str = "") -> Outcome:
        given = tmp_path / "stdin"
        given.write_text(stdin, encoding="utf-8")
        monkeypatch.setattr("sys.argv", ["coach", *map(str, words)])
        capfd.readouterr()
        with given.open(encoding="utf-8") as file:
            monkeypatch.setattr("sys.stdin", file)
            try:
                root.run()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        return Outcome(code, *capfd.readouterr())

    return run


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Plays a Windows on which an open file is not removed; while `taken`, a lock is refused."""
    if sys.platform != "linux":
        pytest.skip("needs the package procfs (Linux)")
    remove = Path.unlink
    played = SimpleNamespace(LK_NBLCK=2, taken=False)

    def locking(_descriptor: int, _mode: int, _bytes: int) -> None:
        if played.taken:
            raise PermissionError(errno.EACCES, "Permission denied")

    def unlink(path: Path, missing_ok: bool = False) -> None:
        for number in os.listdir("/proc/self/fd"):
            if os.path.realpath(f"/proc/self/fd/{number}") == str(path):
                raise PermissionError(errno.EACCES, "The file is used by another process")
        remove(path, missing_ok=missing_ok)

    played.locking = locking
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", played)
    monkeypatch.setattr(Path, "unlink", unlink)
    return played


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 5 s of a packaged answer: heard in a second, where any words will do."""
    import soundfile

    path = tmp_path_factory.mktemp("spoken") / "spoken.wav"
    sound, rate = soundfile.read(SAMPLES / "no-result.flac", frames=5 * 16_000)
    soundfile.write(path, sound, rate)
    return path


@pytest.fixture
def lived_in(coach, home: Path) -> Path:
    """A home in which somebody has practised, with speech models beside."""
    coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--area", "star.result")
    for name, content in {
        "recordings/2026-11-22/153000-q-1.wav": b"RIFF" + os.urandom(1_200_000),
        "recordings/2026-11-22/154000-q-2.part.wav": b"RIFF" + bytes(99),
        "recordings/.gitignore": b"*",
        "my_banks/mine.toml": b"# none yet\n",
        "settings.toml": b'device = "mic"\n',
        "norms.toml": b"",
        "models/tiny.en.pt": b"weights",
        "own notes.txt": b"not the coach's",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home
