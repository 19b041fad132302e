"""Files of the user's alone; what Windows asks for is tried with a Windows that is played."""

from pathlib import Path

import pytest

from coach.recording.private_file import lock, write_whole


def test_what_breaks_off_leaves_nothing_on_windows(windows_files, tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), write_whole(tmp_path / "a.zip"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_who_holds_a_file_can_be_read_on_windows(windows_files, tmp_path: Path):
    path = tmp_path / "sitting.lock"
    path.write_bytes(b"4711\n")
    windows_files.taken = True
    with path.open("r+b") as file:
        assert not lock(file)
        assert file.read(20) == b"4711\n"
