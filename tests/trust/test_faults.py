"""A disk that is full at any write or cannot be written, a clock that jumps, two at once."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from disks import fill
from past_takes import NOW, add_take
from test_bad_input import failed

from coach import places
from coach.errors import AnotherSittingError, HomeError
from coach.improvement.copies import damage_of
from coach.improvement.entries import Level
from coach.improvement.log import Log
from coach.improvement.standing import standings
from coach.practice import sole_sitting

PAGE = 4096  # bytes, of the file system
DISK = 3  # MB
STORY = "Last year the oven broke. I had to bake. I called a friend. As a result all was sold.\n\n"

# What writes, and how many pages of the disk are tried free, from none to enough.
WRITING: dict[str, tuple[tuple[object, ...], range]] = {
    "area": (("area", "add", "voice.pace"), range(0, 40, 2)),
    "drill": (("drill", "--typed", "--questions", 1), range(0, 64, 3)),
    "correct": (("review", 1, "--correct", "1=T", "--note", "slower"), range(0, 64, 4)),
    "delete": (("review", 1, "--delete", "--yes"), range(0, 40, 4)),
    "forget": (("forget", "--all", "--yes"), range(0, 160, 8)),
    "bank": (("bank", "add", "--text", "Why do you bake?", "--kind", "motivation",
              "--area", "hr.motivation"), range(0, 40, 4)),
    "export": (("export", "--out", "{disk}/log.json"), range(0, 60, 6)),
    "backup": (("backup", "{disk}/backup.zip"), range(0, 160, 10)),
}  # fmt: skip


def rows(coach) -> Counter[str]:
    told = coach("export")
    assert told.code == 0, told
    return Counter({section: len(found) for section, found in told.json.items()
                    if isinstance(found, list)})  # fmt: skip


@pytest.fixture
def full_home(coach, disk, tmp_path: Path, monkeypatch) -> Path:
    """A home on a small disk, in which somebody has practised."""
    place = disk(DISK) / "home"
    monkeypatch.setenv("COACH_HOME", str(place))
    coach("drill", "--typed", "--questions", 1, "--kind", "behavioural", stdin=STORY)
    coach("area", "add", "star.result")
    return place


@pytest.mark.parametrize("what", WRITING)
def test_a_disk_that_is_full_at_any_write_loses_nothing(coach, full_home: Path, tmp_path, what):
    words, free = WRITING[what]
    command = [str(word).format(disk=full_home.parent) for word in words]
    kept, stone = tmp_path / "kept", full_home.parent / "stone"
    shutil.copytree(full_home, kept)
    before, ended = rows(coach), Counter()
    for pages in free:
        shutil.rmtree(full_home)
        shutil.copytree(kept, full_home)
        fill(full_home.parent)
        os.truncate(stone, max(0, stone.stat().st_size - pages * PAGE))
        told = coach(*command, stdin=STORY)
        stone.unlink()
        assert told.code in (0, *range(10, 70)), told
        if told.code:
            assert told.err.count("Error: ") == 1, told
            assert not list(full_home.parent.glob("*.zip")) + list(full_home.parent.glob("*.json"))
        ended["done" if told.code == 0 else "said so"] += 1
        assert damage_of(full_home / "coach.db") is None
        assert not list(full_home.glob("coach.db.damaged-*"))
        after = rows(coach)
        removed = what in ("delete", "forget") and (not told.code or "are removed" in told.err)
        assert removed or after >= before, (pages, told)
        for name in ("log.json", "backup.zip"):
            (full_home.parent / name).unlink(missing_ok=True)
    assert ended["done"], "the last of them had enough room"
    print(f"{what}: {dict(ended)} with {free.start} to {free[-1]} pages free")


def test_a_home_that_became_read_only_says_so(coach, full_home: Path):
    before = {path.name: path.read_bytes() for path in full_home.iterdir() if path.is_file()}
    remount = ["mount", "-o", "remount,ro", str(full_home.parent)]
    if subprocess.run(remount, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    for words in (("area", "add", "voice.pace"), ("drill", "--typed"), ("undo", "--yes")):
        failed(coach(*words, stdin=STORY), HomeError, "COACH_HOME")
    after = {path.name: path.read_bytes() for path in full_home.iterdir() if path.is_file()}
    assert after == before


# The clock


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-2), timedelta(days=9000)])
def test_a_clock_that_jumps_loses_nothing(coach, home: Path, monkeypatch, jump: timedelta):
    class Jumped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + jump

    def answered() -> None:
        told = coach("drill", "--typed", "--questions", 1, "--json", stdin=STORY)
        assert told.code == 0, told

    answered()
    coach("review", 1, "--delete", "--yes")
    with monkeypatch.context() as patch:
        for module in ("coach.practice.desk", "coach.cli.options"):
            patch.setattr(f"{module}.datetime", Jumped)
        answered()
        for words in ((), ("review",), ("progress",), ("plan",), ("area", "list"), ("habits",)):
            told = coach(*words)
            assert told.code == 0, (words, told)
    answered()
    for words in ((), ("review",), ("progress",), ("plan",), ("area", "list"), ("habits",)):
        assert coach(*words).code == 0, words
    assert len(coach("review", "--json").json) == 2
    if jump < timedelta(days=1):  # its day has not passed, on no clock
        assert coach("undo", "--yes").code == 0
        assert len(coach("review", "--json").json) == 3


@pytest.mark.parametrize("takes", [1, 2, 7])
def test_takes_of_any_age_have_a_standing(takes: int):
    """The weight of a take fades until a computer's numbers end."""
    for days in (*range(0, 60_000, 500), *range(8_000, 12_000, 7)):
        shown = [Level(NOW - timedelta(days=takes - n), 0.5) for n in range(takes)]
        found = standings((), {"star.result": shown}, NOW + timedelta(days=days))["star.result"]
        assert found.level is None or found.level == pytest.approx(0.5)


def test_a_take_never_gets_the_name_of_another_although_the_clock_went_back(home: Path):
    from coach.practice import take_path
    from coach.questions.question import Kind, Question

    question = Question("q-1", "Why?", Kind.BEHAVIOURAL, ("star.result",))
    names = set()
    for moment in (NOW, NOW + timedelta(seconds=3), NOW, NOW):
        path = take_path(moment, question)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        names.add(path.name)
    assert len(names) == 4


# Two at once


def test_one_sitting_at_a_time_and_anything_else_beside_it(coach, home: Path, samples: Path):
    environment = {**os.environ, "COACH_HOME": str(home)}
    with sole_sitting():
        refused = coach("drill", "--typed", stdin=STORY)
        failed(refused, AnotherSittingError, str(os.getpid()))
        with Log(places.database()) as log:
            add_take(log, home, typed=True)
            others = [
                subprocess.Popen(
                    [sys.executable, "-m", "coach", *words], env=environment, stdout=-1, stderr=-1
                )
                for words in (
                    ("area", "add", "star.result"),
                    ("area", "add", "voice.pace"),
                    ("review", "1", "--note", "slower"),
                    ("export",),
                )
            ]
            log.start_sitting("drill", datetime.now(UTC))
            done = [(other.communicate(timeout=90), other.returncode) for other in others]
    assert [code for _, code in done] == [0] * 4, done
    assert json.loads(done[-1][0][0])["takes"]
    assert {note["area"] for note in coach("export").json["notes"]} == {
        "star.result",
        "voice.pace",
    }
    with Log(places.database()) as log:
        assert log.notes(1)[0].text == "slower"
        assert log._rows("PRAGMA integrity_check") == [("ok",)]


def test_after_a_sitting_that_crashed_the_seat_is_free(coach, home: Path):
    home.mkdir()
    (home / places.SITTING).write_text("99999\n")
    assert coach("drill", "--typed", "--questions", 1, stdin=STORY).code == 0
