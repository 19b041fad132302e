"""Changes are taken back, earlier versions are shown, and a backup is whole or not there."""

import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from file_mode import mode
from test_bad_input import failed

from coach import errors
from coach.improvement import backup as backup_room
from coach.improvement.log import Log
from coach.transcript.transcript import from_text

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


# Undo and history


def test_an_area_that_was_noted_is_taken_back(coach):
    coach("area", "add", "star.result")
    asked = coach("undo")
    failed(asked, errors.NoTerminalError, "the area star.result was noted", "--yes")
    assert len(coach("area", "list", "--json").json) == 1
    assert coach("undo", "--yes").out == "Taken back: the area star.result was noted.\n"
    assert coach("area", "list", "--json").json == []
    assert "no change" in coach("undo", "--yes").out
    assert coach("undo", "--yes", "--json").json["undone"] is None


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


def test_undo_says_which_questions_of_a_rejection_stay_in_the_bank(coach, home: Path):
    asked = "What is your view of our new harbour?"
    added = ("rejection", "add", "--company", "Quay", "--role", "Clerk", "--could-answer", asked)
    assert coach(*added).code == 0
    outcome = coach("undo", "--yes")
    assert outcome.code == 0
    assert asked in outcome.out
    assert "own-001" in outcome.out
    assert coach(*added).code == 0
    assert coach("undo", "--yes", "--json").json["still_in_bank"] == ["own-001"]
    assert coach("rejection", "add", "--company", "Quay", "--role", "Clerk").code == 0
    assert "own-001" not in coach("undo", "--yes").out


def test_undo_takes_back_only_what_was_shown(home: Path, coach):
    coach("area", "add", "star.result")
    with Log(home / "coach.db") as log:
        shown = log.last_change()
        coach("area", "add", "voice.pace")
        with pytest.raises(errors.LogError, match="changed again"):
            log.undo(shown)
        assert len(log.points()) == 2


def test_the_history_of_a_take_tells_its_earlier_words_and_what_sentences_were(coach, home: Path):
    coach("drill", "--typed", "--questions", 1, "--area", "star.result", stdin=ANSWER + "\n\n")
    with Log(home / "coach.db") as log:
        words = [word.text for word in log.attempt(1).transcript.words]
        first = log.attempt(1).assessment.sentences[0]
    other = "R" if first.part != "R" else "S"
    assert coach("review", 1, "--correct", f"1={other}").code == 0
    assert coach("review", 1, "--star").code == 0
    starred, corrected = (version["was"] for version in coach("history", "take", 1, "--json").json)
    assert starred == {"starred": False}
    assert corrected["sentences"][0].startswith(f"“{first.text}”: ")
    shown = coach("history", "take", 1).out
    assert "starred no" in " ".join(shown.split())
    assert "{" not in shown
    with Log(home / "coach.db") as log:
        take = log.attempt(1)
        mended = from_text(take.transcript.text.replace(words[0], "Mended", 1))
        log.save_words(1, mended, (), take.assessment, NOW)
    newest = coach("history", "take", 1, "--json").json[0]["was"]
    assert newest["words"] == " ".join(words)
    assert " ".join(words[:3]) in coach("history", "take", 1).out


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
    assert oldest["was"]["points"] == ["star.result: added by you"]
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
    assert mode(archive) == 0o600
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


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="needs the package procfs (Linux)")
def test_a_backup_where_nothing_may_be_written(coach, lived_in: Path):
    failed(coach("backup", "/proc/sys/b.zip"), errors.OutputError, "cannot be written")


def test_what_may_not_be_read_leaves_no_gap(coach, lived_in: Path, tmp_path: Path, monkeypatch):
    opened = Path.open

    def refuses(self, *modes, **options):
        if self.name == "153000-q-1.wav":  # a mode alone would not stop root
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *modes, **options)

    monkeypatch.setattr(Path, "open", refuses)
    failed(coach("backup", tmp_path / "b.zip"), errors.BackupError, "153000-q-1.wav", "gap")
    assert not list(tmp_path.glob("b.zip*"))


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
