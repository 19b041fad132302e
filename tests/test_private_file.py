"""Files of the user's alone; what Windows asks for is tried with a Windows that is played."""

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.recording.private_file import lock, write_whole

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="needs the package procfs (Linux)")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A Windows on which a locked file is refused, and an open one is not removed."""
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


@LINUX_ONLY
def test_what_breaks_off_leaves_nothing_on_windows(windows, tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), write_whole(tmp_path / "a.zip"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@LINUX_ONLY
def test_who_holds_a_file_can_be_read_on_windows(windows, tmp_path: Path):
    path = tmp_path / "sitting.lock"
    path.write_bytes(b"4711\n")
    windows.taken = True
    with path.open("r+b") as file:
        assert not lock(file)
        assert file.read(20) == b"4711\n"
