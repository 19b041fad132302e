"""A backup is trusted only when all of it is checked; a restore that fails loses nothing."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from file_mode import mode
from test_bad_input import failed
from test_keep import tree

from coach import errors
from coach.improvement import restore as restore_room
from coach.improvement.log import Log


def contents(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture
def archive(coach, lived_in: Path, tmp_path: Path) -> Path:
    assert coach("backup", tmp_path / "b.zip").code == 0
    return tmp_path / "b.zip"


def own(home: Path) -> dict[str, bytes]:
    """The user's files, without the database, whose bytes may differ."""
    tops = ("recordings/2026", "my_banks/", "settings.toml", "norms.toml")
    return {name: data for name, data in tree(home).items() if name.startswith(tops)}


def test_a_backup_comes_back_into_an_empty_home(coach, archive, lived_in, tmp_path, monkeypatch):
    wav = "recordings/2026-11-22/153000-q-1.wav"
    os.utime(lived_in / wav, (1_000_000_000, 1_000_000_000))
    coach("backup", archive, "--force")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "new"))
    failed(coach("restore", archive), errors.NoTerminalError, "--yes")
    done = coach("restore", archive, "--yes", "--json")
    assert done.json == {"files": 6, "aside": None}
    assert own(tmp_path / "new") == own(lived_in)
    assert contents(tmp_path / "new" / "coach.db") == contents(lived_in / "coach.db")
    assert (tmp_path / "new" / wav).stat().st_mtime == 1_000_000_000
    modes = {mode(path) & 0o77 for path in (tmp_path / "new").rglob("*")}
    assert modes == {0}
    assert coach("rejection", "list", "--json").json[0]["company"] == "Acme"


def test_what_was_there_is_moved_aside(coach, archive, lived_in: Path):
    coach("rejection", "add", "--company", "Later", "--role", "Chef", "--area", "voice.pace")
    later = lived_in / "recordings" / "2026-11-23" / "later.wav"
    later.parent.mkdir()
    later.write_bytes(b"later")
    done = coach("restore", archive, "--yes")
    assert done.code == 0, done
    (aside,) = lived_in.glob("before-restore-*")
    assert aside.name in done.out.replace("\n", "")
    assert not later.exists()
    assert (aside / "recordings" / "2026-11-23" / "later.wav").read_bytes() == b"later"
    assert "Later" in "".join(contents(aside / "coach.db"))
    assert [one["company"] for one in coach("rejection", "list", "--json").json] == ["Acme"]
    for untouched in ("recordings/.gitignore", "models/tiny.en.pt", "own notes.txt"):
        assert (lived_in / untouched).is_file()
    assert not (lived_in / "restoring").exists()
    assert not (lived_in / "restoring.json").exists()
    assert coach("restore", archive, "--yes").code == 0
    assert len(list(lived_in.glob("before-restore-*"))) == 2


def rewritten(archive: Path, change) -> Path:
    """The same archive after `change(files, manifest)`, a dict of contents and the list."""
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    target = archive.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
        opened.writestr("manifest.json", json.dumps(manifest))
    return target


def _slip(name: str):
    def change(files, manifest):
        files[name] = files.pop("settings.toml")
        manifest["files"] = [
            kept | {"name": name} if kept["name"] == "settings.toml" else kept
            for kept in manifest["files"]
        ]

    return change


def _set(name: str, content: bytes, *, honest: bool = False):
    def change(files, manifest):
        import hashlib

        files[name] = content
        for kept in manifest["files"]:
            if kept["name"] == name and honest:
                kept |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    return change


def _newer_format(_, manifest):
    manifest["format"] = 99


def _two_of_one(files, manifest):
    files["recordings/A.wav"] = files["recordings/a.wav"] = b""
    for name in ("recordings/A.wav", "recordings/a.wav"):
        manifest["files"].append({**manifest["files"][0], "name": name})


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        (_slip("../outside.toml"), "does not belong"),
        (_slip("recordings/../../outside.toml"), "does not belong"),
        (_slip("recordings\\..\\..\\outside.toml"), "does not belong"),
        (_slip("/tmp/outside.toml"), "does not belong"),
        (_slip("models/x.pt"), "does not belong"),
        (_slip("recordings/.gitignore"), "does not belong"),
        (_set("settings.toml", b"otherwise"), "not what was backed up"),
        (_set("coach.db", b"no database", honest=True), "the log in it: it is damaged"),
        (_set("coach.db", b"", honest=True), "it is empty"),
        (_set("recordings/more.wav", b""), "differ"),
        (lambda files, _: files.pop("norms.toml"), "differ"),
        (_two_of_one, "two files have one name"),
        (_newer_format, "newer coach"),
        (lambda _, manifest: manifest.pop("made"), "another shape"),
    ],
)
def test_a_backup_that_cannot_be_trusted(coach, archive, lived_in: Path, change, phrase: str):
    before = tree(lived_in)
    failed(coach("restore", rewritten(archive, change), "--yes"), errors.BackupError, phrase)
    assert tree(lived_in) == before


def test_a_backup_with_a_newer_log(coach, archive, lived_in: Path, tmp_path: Path):
    newer = tmp_path / "newer.db"
    newer.write_bytes(zipfile.ZipFile(archive).read("coach.db"))
    connection = sqlite3.connect(newer)
    connection.execute("INSERT INTO migrations VALUES ('9999-future', '2030-01-01')")
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    changed = rewritten(archive, _set("coach.db", newer.read_bytes(), honest=True))
    before = tree(lived_in)
    failed(coach("restore", changed, "--yes"), errors.BackupError, "newer coach", "9999-future")
    assert tree(lived_in) == before


def test_what_is_no_archive(coach, archive, lived_in: Path, tmp_path: Path):
    before = tree(lived_in)
    failed(coach("restore", tmp_path / "gone.zip", "--yes"), errors.BackupError, "no file")
    text = tmp_path / "text.zip"
    text.write_text("not a zip", encoding="utf-8")
    failed(coach("restore", text, "--yes"), errors.BackupError, "not a zip archive")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("holiday.txt", "sun")
    failed(coach("restore", tmp_path / "other.zip", "--yes"), errors.BackupError, "no backup")
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    failed(coach("restore", archive, "--yes"), errors.BackupError, "its end is missing")
    middle = len(whole) // 2
    archive.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    failed(coach("restore", archive, "--yes"), errors.BackupError, "damaged", "153000-q-1.wav")
    assert tree(lived_in) == before


def test_a_disk_without_room(coach, archive, lived_in: Path, monkeypatch):
    before = tree(lived_in)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 1))
    failed(coach("restore", archive, "--yes"), errors.BackupError, "Free some space")
    assert tree(lived_in) == before


def test_a_log_in_use_is_not_moved(coach, archive, lived_in: Path):
    with Log(lived_in / "coach.db") as log:
        log.rejections()
        failed(coach("restore", archive, "--yes"), errors.LogError, "in use")
    assert not list(lived_in.glob("before-restore-*"))
    assert not (lived_in / "restoring.json").exists()


def test_a_damaged_log_is_moved_aside_as_it_is(coach, archive, lived_in: Path):
    (lived_in / "coach.db").write_bytes(b"this is not a database, but it is 60 bytes or so")
    assert coach("restore", archive, "--yes").code == 0
    (aside,) = lived_in.glob("before-restore-*")
    assert (aside / "coach.db").read_bytes().startswith(b"this is not")
    assert len(coach("rejection", "list", "--json").json) == 1


MOVES = 10  # five pieces of the user's aside, and the five of the backup to their place


def breaking(move: int):
    """A `Path.rename` that fails once."""
    rename, moved = Path.rename, []

    def breaks(self, target):
        moved.append(target)
        if len(moved) == move:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    return breaks


@pytest.mark.parametrize("move", range(1, MOVES + 1))
def test_a_restore_that_fails_in_the_middle_puts_all_back(
    coach, archive, lived_in: Path, monkeypatch, move: int
):
    coach("area", "add", "voice.pace", "--note", "later")
    before, log_before = own(lived_in), contents(lived_in / "coach.db")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", breaking(move))
        failed(coach("restore", archive, "--yes"), errors.HomeError, "Input/output error")
    assert own(lived_in) == before
    assert contents(lived_in / "coach.db") == log_before
    assert not list(lived_in.glob("before-restore-*"))
    assert not list(lived_in.glob("restoring*"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
@pytest.mark.parametrize("move", [2, 7, MOVES])
def test_a_restore_that_is_killed_is_undone_by_the_next_command(
    coach, archive, lived_in: Path, move: int
):
    coach("area", "add", "voice.pace", "--note", "later")
    before, log_before = own(lived_in), contents(lived_in / "coach.db")
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from coach.improvement.restore import restore\n"
        "rename, moved = Path.rename, []\n"
        "def dies(self, target):\n"
        "    moved.append(target)\n"
        f"    if len(moved) == {move}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return rename(self, target)\n"
        "Path.rename = dies\n"
        f"restore(Path({str(archive)!r}), datetime.now(UTC))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert own(lived_in) != before or not (lived_in / "coach.db").exists()
    assert "later" in coach("area", "list", "--json").out
    assert own(lived_in) == before
    assert contents(lived_in / "coach.db") == log_before
    assert not list(lived_in.glob("before-restore-*"))
    assert not list(lived_in.glob("restoring*"))


def test_a_restore_under_way_is_not_disturbed(coach, archive, lived_in: Path):
    with restore_room._journal():
        failed(coach("area", "list"), errors.LogError, "being restored")
        failed(coach("restore", archive, "--yes"), errors.LogError, "being restored")
    assert coach("area", "list").code == 0


def test_nothing_is_left_of_a_restore_on_windows(archive, lived_in: Path, windows_files):
    restore_room.restore(archive, datetime.now(UTC))
    assert not list(lived_in.glob("restoring*"))


def test_recordings_on_another_disk_are_a_link_that_stays_one(
    coach, lived_in: Path, archive, tmp_path: Path, monkeypatch
):
    before = own(lived_in)
    elsewhere = tmp_path / "disk"
    (lived_in / "recordings").rename(elsewhere)
    (lived_in / "recordings").symlink_to(elsewhere)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", breaking(MOVES))
        failed(coach("restore", archive, "--yes"), errors.HomeError)
    assert (lived_in / "recordings").is_symlink()
    assert coach("restore", archive, "--yes").code == 0
    assert own(lived_in) == before
    (aside,) = lived_in.glob("before-restore-*")
    assert (aside / "recordings").is_symlink()
    assert (elsewhere / "2026-11-22" / "153000-q-1.wav").is_file()
