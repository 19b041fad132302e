"""Changes are taken back; a backup is whole or not there; a restore that fails loses nothing."""

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
from test_bad_input import failed

from coach import errors
from coach.improvement import backup as backup_room
from coach.improvement import restore as restore_room
from coach.improvement.log import Log

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
ANSWER = (
    "Last year the oven of our hotel kitchen broke. I had to serve two hundred guests. I called the"
    " bakery next door and borrowed theirs. As a result all guests were served on time."
)


def tree(folder: Path) -> dict[str, bytes]:
    """What lies in a folder; SQLite's side files come and go."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def contents(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


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


# Undo and history


def test_an_area_that_was_noted_is_taken_back(coach):
    coach("area", "add", "star.result")
    asked = coach("undo")
    failed(asked, errors.NoTerminalError, "the area star.result was noted", "--yes")
    assert len(coach("area", "list", "--json").json) == 1
    assert coach("undo", "--yes").out == "Taken back: the area star.result was noted.\n"
    assert coach("area", "list", "--json").json == []
    assert "no change" in coach("undo", "--yes").out
    assert coach("undo", "--yes", "--json").json == {"undone": None}


def test_undo_asks_on_a_terminal(coach, home: Path):
    import pexpect

    coach("area", "add", "star.result")
    child = pexpect.spawn(sys.executable, ["-m", "coach", "undo"], encoding="utf-8", timeout=30)
    child.expect("star.result was noted")
    child.expect("Take it back")
    child.sendline("n")
    child.expect(pexpect.EOF)
    assert len(coach("area", "list", "--json").json) == 1


def test_a_correction_is_taken_back_with_its_findings(coach, home: Path, tmp_path: Path):
    answer = tmp_path / "answer.txt"
    answer.write_text(ANSWER, encoding="utf-8")
    made = coach("drill", "--typed", "--questions", 1, "--json", "--area", "star.result",
                 stdin=ANSWER + "\n\n")  # fmt: skip
    assert made.code == 0, made
    with Log(home / "coach.db") as log:
        before = log.attempt(1)
        levels = log._rows("SELECT area, met FROM findings WHERE attempt = 1 ORDER BY area")
    count = len(before.assessment.sentences)
    assert coach("review", 1, "--correct", ",".join(f"{n + 1}=S" for n in range(count))).code == 0
    with Log(home / "coach.db") as log:
        assert log.attempt(1).assessment.score != before.assessment.score
        changed = log._rows("SELECT area, met FROM findings WHERE attempt = 1 ORDER BY area")
        assert changed != levels
        log.discard(1)  # what else happened to the take since then stays
    shown = coach("history", "take", 1)
    assert "sentences of take 1 were corrected" in shown.out
    assert coach("undo", "--yes").out == "Taken back: sentences of take 1 were corrected.\n"
    with Log(home / "coach.db") as log:
        after = log.attempt(1)
        assert (after.assessment, after.corrections) == (before.assessment, ())
        assert after.state == "discarded"
        assert log._rows("SELECT area, met FROM findings WHERE attempt = 1 ORDER BY area") == levels


def test_undo_takes_back_only_what_was_shown(home: Path, coach):
    coach("area", "add", "star.result")
    with Log(home / "coach.db") as log:
        shown = log.last_change()
        coach("area", "add", "voice.pace")
        with pytest.raises(errors.LogError, match="changed again"):
            log.undo(shown)
        assert len(log.points()) == 2


def test_history_shows_what_was_otherwise(coach, home: Path):
    from dataclasses import replace

    coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--area", "star.result")
    assert "never changed" in coach("history", "rejection", 1).out
    with Log(home / "coach.db") as log:
        first = log.rejection(1)
        log.save_rejection(replace(first, role="Head chef", nerves=2, points=()), NOW)
        log.save_rejection(replace(log.rejection(1), nerves=4), NOW)
    newest, oldest = coach("history", "rejection", 1, "--json").json
    assert newest["was"] == {"nerves": 2}
    assert (oldest["was"]["role"], oldest["was"]["nerves"]) == ("Chef", None)
    assert oldest["was"]["points"] == ["star.result: named by you"]
    shown = coach("history", "rejection", 1).out
    assert "Until 22 Nov 2026" in shown
    assert "Chef" in shown
    failed(coach("history", "rejection", 9), errors.UnknownEntryError, "rejection 9")
    failed(coach("history", "story", 1), errors.UnknownEntryError, "story 1")


# Backup


def test_a_backup_holds_what_is_the_users(coach, lived_in: Path, tmp_path: Path):
    archive = tmp_path / "b.zip"
    done = coach("backup", archive, "--json")
    assert done.code == 0, done
    assert archive.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(archive) as opened:
        assert set(opened.namelist()) == {
            "manifest.json",
            "coach.db",
            "recordings/2026-11-22/153000-q-1.wav",
            "recordings/2026-11-22/154000-q-2.part.wav",
            "my_banks/mine.toml",
            "settings.toml",
            "norms.toml",
        }
    assert [path.name for path in tmp_path.iterdir() if "b.zip" in path.name] == ["b.zip"]
    assert "Speech models are not in it" in coach("backup", tmp_path / "c.zip").out


def test_a_backup_is_not_overwritten_unasked(coach, lived_in: Path, tmp_path: Path):
    archive = tmp_path / "b.zip"
    archive.write_bytes(b"precious")
    failed(coach("backup", archive), errors.FileTakenError, "--force")
    assert archive.read_bytes() == b"precious"
    assert coach("backup", archive, "--force").code == 0
    assert zipfile.is_zipfile(archive)


def test_where_a_backup_cannot_go(coach, lived_in: Path, tmp_path: Path):
    failed(coach("backup", tmp_path / "no" / "b.zip"), errors.OutputError, "cannot be written")
    failed(coach("backup", tmp_path), errors.FileTakenError, "folder")
    inside = lived_in / "recordings" / "b.zip"
    failed(coach("backup", inside), errors.BackupError, "among what is backed up")
    assert not inside.exists()


def test_a_full_disk_leaves_no_half_backup(coach, lived_in: Path, tmp_path: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(lived_in)
    archive = tmp_path / "b.zip"
    archive.write_bytes(b"the last good one")
    monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)
    failed(coach("backup", archive, "--force"), errors.OutputError, "The disk is full")
    assert archive.read_bytes() == b"the last good one"
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []
    assert tree(lived_in) == before


def test_a_backup_that_reads_back_otherwise_is_none(coach, lived_in, tmp_path: Path, monkeypatch):
    read = zipfile.ZipExtFile.read

    def bit_rot(self, size=-1):
        block = read(self, size)
        return b"\0" + block[1:] if block.startswith(b"RIFF") else block

    monkeypatch.setattr(zipfile.ZipExtFile, "read", bit_rot)
    failed(coach("backup", tmp_path / "b.zip"), errors.BackupError, "damaged", "153000-q-1.wav")
    assert not (tmp_path / "b.zip").exists()


def test_a_take_that_ends_during_a_backup_is_in_it(coach, lived_in, tmp_path: Path, monkeypatch):
    part = lived_in / "recordings/2026-11-22/154000-q-2.part.wav"
    add = backup_room._add

    def meanwhile(archive, path, name, count):
        if part.exists():
            part.rename(part.with_name("154000-q-2.wav"))
        return add(archive, path, name, count)

    monkeypatch.setattr(backup_room, "_add", meanwhile)
    assert coach("backup", tmp_path / "b.zip").code == 0
    names = zipfile.ZipFile(tmp_path / "b.zip").namelist()
    assert "recordings/2026-11-22/154000-q-2.wav" in names


# Restore


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
    modes = {path.stat().st_mode & 0o77 for path in (tmp_path / "new").rglob("*")}
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
        (_set("coach.db", b"", honest=True), "it is no log"),
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
