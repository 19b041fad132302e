"""A log of every earlier version opens and keeps every row; one of a newer version is untouched."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from old_logs import VERSIONS, all_rows, schema, write_old_log
from test_bad_input import failed

from coach.errors import LogError
from coach.improvement import migrations
from coach.improvement.copies import all_copies
from coach.improvement.database_file import unknown_step


def test_there_is_a_log_of_every_version_that_was_released():
    assert tuple(name for name, _ in migrations.MIGRATIONS) == VERSIONS, (
        "keep a log of the new version in old_logs, too"
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_step_never_changes(home: Path, tmp_path: Path, monkeypatch, version: str):
    """Its shape is on people's disks: append a step, never edit one."""
    write_old_log(version, tmp_path / "old.db")
    monkeypatch.setattr(
        migrations, "MIGRATIONS", migrations.MIGRATIONS[: 1 + VERSIONS.index(version)]
    )
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as made:
        migrations.migrate(made)
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_log_of_an_earlier_version_keeps_every_row(coach, home: Path, version: str):
    path = home / "coach.db"
    write_old_log(version, path)
    before = all_rows(path)
    shown = coach("review", "--json")
    assert shown.code == 0, shown
    after = all_rows(path)
    for table, rows in before.items():
        kept = after[table]
        assert table == "migrations" or len(kept) == len(rows)
        for row in rows:
            assert any(row.items() <= {**new, **_filled(row)}.items() for new in kept), (table, row)
    assert [taken["name"] for taken in after["migrations"]] == list(VERSIONS)
    print(version, {table: len(rows) for table, rows in before.items()})

    # It is a log like any other: read, searched, added to, taken back and exported.
    assert [take["id"] for take in shown.json] == [row["id"] for row in before["attempts"]][::-1]
    assert coach("review", "--search", "bakery", "--json").json[0]["id"] == 1
    assert "Harbour Hotel" in coach("rejection", "show", 1).out
    assert coach("area", "add", "voice.pace").code == 0
    assert coach("undo", "--yes").code == 0
    exported = coach("export").json
    assert len(exported["takes"]) == len(before["attempts"])
    for words in ((), ("progress",), ("plan",), ("review", 1), ("rejection", "list")):
        assert coach(*words).code == 0, words
    if version != VERSIONS[-1]:
        step = VERSIONS[VERSIONS.index(version) + 1]
        assert all_copies()[0].name == f"000001-before-{step}.db"
        assert all_rows(all_copies()[0]) == before


def _filled(row: dict[str, object]) -> dict[str, object]:
    """What a step may fill in where nothing was."""
    return {name: None for name, value in row.items() if value is None}


@pytest.mark.parametrize("words", [("review",), ("area", "add", "star.result"), ()])
@pytest.mark.parametrize("beside", [False, True])
def test_a_log_of_a_newer_version_is_refused_untouched(
    coach, home: Path, tmp_path: Path, words: tuple[str, ...], beside: bool
):
    """Byte by byte, also what its own version left in the file beside it."""
    write_old_log(VERSIONS[-1], tmp_path / "coach.db")
    home.mkdir()
    with closing(sqlite3.connect(tmp_path / "coach.db")) as newer:
        newer.execute("INSERT INTO migrations VALUES ('9999-future', '2030-01-01')")
        newer.commit()
        if beside:  # as a crash leaves it
            shutil.copy(tmp_path / "coach.db", home)
            shutil.copy(tmp_path / "coach.db-wal", home)
    if not beside:
        shutil.copy(tmp_path / "coach.db", home)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    assert ("coach.db-wal" in before) is beside
    failed(coach(*words), LogError, "newer", "9999-future", "nothing was changed")
    for name, content in before.items():
        assert (home / name).read_bytes() == content, name
    assert not (home / "backups").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a system to which it is a mere name")
def test_a_log_on_a_share_of_windows_is_looked_at(tmp_path: Path, monkeypatch):
    class Share(PureWindowsPath):
        def absolute(self) -> "Share":
            return self

    log = Share(r"\\server\share\coach.db")
    write_old_log(VERSIONS[-1], tmp_path / "coach.db")
    (tmp_path / "coach.db").rename(tmp_path / str(log))  # here it is a name like any other
    monkeypatch.chdir(tmp_path)
    assert unknown_step(log, 1.0) is None
