"""A damaged log is kept aside, and the newest sound copy takes its place."""

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from file_mode import mode
from past_takes import NOW, add_take
from test_bad_input import failed

from coach.errors import DamagedLogError, LogError
from coach.improvement import copies
from coach.improvement.copies import all_copies
from coach.improvement.log import Log

SEED = 5
DAMAGES = 60
PAGE = 4096  # bytes


def areas(coach) -> list[str]:
    return [area["area"] for area in coach("area", "list", "--json").json]


def damage(log: Path) -> None:
    """Wreck the first page, which every command reads."""
    with log.open("r+b") as file:
        file.write(b"not a database any more" * 9)


def test_a_damaged_log_is_restored_from_the_newest_copy(coach, home: Path):
    coach("area", "add", "star.result")
    coach("area", "add", "voice.pace")  # on the same day: in the log, in no copy
    damage(home / "coach.db")
    wrecked = (home / "coach.db").read_bytes()
    (copy,) = all_copies()
    told = coach("area", "list")
    failed(told, DamagedLogError, "damaged", copy.name, "Run the command again", "coach assess")
    (aside,) = home.glob("coach.db.damaged-*")
    assert aside.read_bytes() == wrecked
    assert areas(coach) == ["star.result"]
    assert {mode(path) for path in (aside, home / "coach.db")} == {0o600}


def test_without_a_copy_a_new_log_begins(coach, home: Path):
    home.mkdir()
    (home / "coach.db").write_bytes(b"this is not a database, but it is 60 bytes or so long....")
    failed(coach("area", "list"), DamagedLogError, "no copy", "new log begins")
    (aside,) = home.glob("coach.db.damaged-*")
    assert aside.read_bytes().startswith(b"this is not")
    assert areas(coach) == []


def test_damage_that_no_command_has_met_is_mended_when_asked(coach, home: Path):
    failed(coach("restore"), LogError, "no log yet", "coach restore BACKUP.zip")
    coach("area", "add", "star.result")
    failed(coach("restore"), LogError, "No damage", "coach restore BACKUP.zip")
    damage(home / "coach.db")
    told = coach("restore", "--json")
    assert told.code == 0, told
    (copy,) = all_copies()
    (aside,) = home.glob("coach.db.damaged-*")
    assert told.json == {"aside": str(aside), "copy": str(copy)}
    assert areas(coach) == ["star.result"]
    damage(home / "coach.db")
    told = coach("restore")
    assert told.code == 0, told
    assert f"The copy {copy.name} is in its place now." in told.out


def test_a_copy_that_is_damaged_itself_is_passed_over(coach, home: Path):
    coach("area", "add", "star.result")
    with Log(home / "coach.db") as log:
        log.keep_copy(NOW)
    damage(all_copies()[-1])
    damage(home / "coach.db")
    failed(coach("area", "list"), DamagedLogError, all_copies()[0].name)
    assert areas(coach) == ["star.result"]


def test_damage_anywhere_is_found_by_the_next_copy_at_the_latest(coach, home: Path):
    """Pages at random: a command works, or the log is restored; none lists what is not there."""
    with Log(home / "coach.db") as log:
        for day in range(6):
            add_take(log, home, days=day, typed=True)
        log.keep_copy(NOW)
    sound, copy = (home / "coach.db").read_bytes(), all_copies()[0].read_bytes()
    draw, counts = random.Random(SEED), Counter()
    for number in range(DAMAGES):
        wrecked = wreck(sound, draw, number % 3)
        (home / "coach.db").write_bytes(wrecked)
        told = coach("review", "--json")
        assert told.code in (0, DamagedLogError.exit_code), told
        if told.code == 0:  # what it read was whole; the copy at its end was of a whole log, too
            assert len(told.json) == 6
            assert copies.damage_of(home / "coach.db") is None
            counts["no word of it touched"] += 1
        else:
            assert "in its place now" in told.err
            counts["restored"] += 1
        assert len(coach("review", "--json").json) == 6
        for path in (*home.glob("coach.db*"), *all_copies()):
            path.unlink()
        (home / "backups" / "000001-2026-01-01.db").write_bytes(copy)
    assert counts["restored"] > DAMAGES // 2
    print(f"{DAMAGES} damaged logs: {dict(counts)}")


def wreck(log: bytes, draw: random.Random, how: int) -> bytes:
    """A page of zeros, a page of noise, or an end that is missing."""
    first = PAGE * draw.randrange(len(log) // PAGE)
    put = (bytes(PAGE), draw.randbytes(PAGE), b"")[how]
    return log[:first] + put + (log[first + PAGE :] if put else b"")


def test_a_change_that_a_crash_cut_short_is_taken_back(coach, home: Path, tmp_path: Path):
    """As in the first moments of a new log, and while a restore settles it: a hot journal."""
    coach("area", "add", "star.result")
    shutil.copy(home / "coach.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as cut_short:
        cut_short.execute("PRAGMA journal_mode = DELETE")
        cut_short.execute("PRAGMA cache_size = 1")  # page: the file changes before the commit
        cut_short.execute("BEGIN IMMEDIATE")
        cut_short.execute("DELETE FROM records")
        cut_short.execute("CREATE TABLE half AS SELECT * FROM sqlite_master")
        for side in ("coach.db", "coach.db-journal"):
            shutil.copy(tmp_path / side, home)
    assert (home / "coach.db-journal").stat().st_size > PAGE
    assert areas(coach) == ["star.result"]
    with closing(sqlite3.connect(home / "coach.db")) as after:
        assert not after.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()


def test_a_log_in_use_or_on_a_full_disk_is_not_called_damaged(coach, home: Path, monkeypatch):
    monkeypatch.setattr("coach.improvement.store.BUSY", 0.1)
    coach("area", "add", "star.result")
    with closing(sqlite3.connect(home / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        failed(coach("area", "add", "voice.pace"), LogError, "in use")
    assert not list(home.glob("coach.db.damaged-*"))


def test_a_text_that_is_damaged_in_every_copy_costs_nothing_else(coach, home: Path):
    with Log(home / "coach.db") as log:
        add_take(log, home, typed=True)
        log._db.execute("INSERT INTO records VALUES (1, 'story', 1, '{\"title\": ', '')")
    before = (home / "coach.db").read_bytes()
    failed(coach("story", "list"), DamagedLogError, "records, row 1", "coach restore")
    assert (home / "coach.db").read_bytes() == before
    assert not list(home.glob("coach.db.damaged-*"))


def test_copies_are_daily_and_few(home: Path):
    with Log(home / "coach.db") as log:
        for hours in range(0, 24 * 6, 8):
            log.keep_copy(NOW + timedelta(hours=hours))
        names = [path.stem for path in all_copies()]
    assert len(names) == copies.KEPT
    days = [f"{(NOW + timedelta(hours=24 * 6 - 8 - 24 * back)).astimezone():%Y-%m-%d}"
            for back in (2, 1, 0)]  # fmt: skip
    assert [name.partition("-")[2] for name in names] == days
    assert mode(home / "backups") == 0o700


def test_after_a_clock_that_jumped_the_last_copy_is_still_the_newest(coach, home: Path):
    with Log(home / "coach.db") as log:
        log.keep_copy(NOW + timedelta(days=30_000))
        add_take(log, home, typed=True)
        log.keep_copy(NOW)
    damage(home / "coach.db")
    failed(coach("review"), DamagedLogError, f"{NOW:%Y-%m-%d}.db")
    assert len(coach("review", "--json").json) == 1


def test_a_copy_that_cannot_be_made_costs_the_command_nothing(coach, home: Path):
    home.mkdir()
    (home / "backups").write_bytes(b"a file where the folder should be")
    added = coach("area", "add", "star.result")
    assert added.code == 0
    assert "daily copy of the log was not made" in added.err
    assert areas(coach) == ["star.result"]


def test_a_restored_backup_leaves_no_copy_of_another_log(coach, home: Path, tmp_path: Path):
    coach("area", "add", "star.result")
    coach("backup", tmp_path / "b.zip")
    with Log(home / "coach.db") as log:
        log.keep_copy(NOW)
    assert coach("restore", tmp_path / "b.zip", "--yes").code == 0
    assert all_copies() == ()
    (aside,) = home.glob("before-restore-*")
    assert len(list((aside / "backups").iterdir())) == 2
