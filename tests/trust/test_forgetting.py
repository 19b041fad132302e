"""What is forgotten stands in no byte of the home any more."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from past_takes import NOW, STORY, add_take

from coach.errors import LogError
from coach.improvement.copies import all_copies
from coach.improvement.entries import Note
from coach.improvement.log import Log


def holding(home: Path, words: list[str]) -> dict[str, list[str]]:
    """Which of these words stand in the bytes of which files, whatever the files are called."""
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    found = {
        word: [path.name for path, content in files.items() if word.encode() in content]
        for word in words
    }
    return {word: names for word, names in found.items() if names}


def test_forgetting_leaves_no_word_in_any_file(coach, home: Path):
    """Words that were said, corrected, noted, searched for and deleted; in the daily copy too."""
    first = "Last year the zeppelin broke. I had to mend its rudder. I called a quagmire."
    for answer in (first, "I was at the lighthouse. I bought a xylophone. It was sold."):
        assert coach("drill", "--typed", "--questions", 1, "--kind", "behavioural",
                     stdin=f"{answer}\n\n").code == 0  # fmt: skip
    coach("review", 1, "--correct", "1=T", "--note", "mention the balustrade")
    coach("review", "--search", "zeppelin")
    coach("review", 2, "--delete", "--yes")
    coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--feedback", "No marzipan.")
    words = ["zeppelin", "rudder", "quagmire", "lighthouse", "xylophone", "balustrade", "vane"]
    with Log(home / "coach.db") as log:
        log.shelf(Note).add(Note(1, "mention the vane"), NOW)
        log.keep_copy(NOW)  # of another day, so that the last words are in a copy, too
        # Side files are there as long as somebody has the log open.
        assert holding(home, words).keys() == set(words)
        assert "coach.db-wal" in holding(home, words)["vane"]
        assert all(any(name.endswith(f"{NOW:%Y-%m-%d}.db") for name in names)
                   for names in holding(home, words).values())  # fmt: skip
        told = coach("forget", "--all", "--yes")
        assert told.code == 0, told
        assert holding(home, words) == {}
    assert holding(home, ["marzipan"])  # a rejection stays
    assert len(all_copies()) == 1  # a fresh one, of what is left
    print(f"{len(words)} words looked for in {len(list(home.rglob('*')))} files")


def test_a_deletion_whose_day_has_passed_reaches_every_page_and_copy(home: Path):
    """Deleted in an order that moves rows between pages, which keep what stood there before."""
    draw = random.Random(7)
    with Log(home / "coach.db") as log:
        takes = {}
        for number in range(24):
            said = f"The {_word(number)} landed. {STORY} " * draw.randint(1, 4)
            takes[number] = add_take(log, home, said, typed=True)
            log.shelf(Note).add(Note(takes[number].id, f"ask {_word(number, 'note')}"), NOW)
        log.keep_copy(NOW)
        gone = draw.sample(sorted(takes), 12)
        for number in gone:
            log.delete(takes[number], NOW)
        words = [_word(number, kind) for number in gone for kind in ("said", "note")]
        assert holding(home, words).keys() == set(words)
        log.tidy(NOW + timedelta(hours=23))
        assert holding(home, words).keys() == set(words)
        log.tidy(NOW + timedelta(hours=25))
        assert holding(home, words) == {}
        kept = [_word(number) for number in takes if number not in gone]
        assert holding(home, kept).keys() == set(kept)
        assert log._rows("PRAGMA integrity_check") == [("ok",)]


def _word(number: int, kind: str = "said") -> str:
    """A word of letters that no other text holds, so that it is one word of the index."""
    return f"zq{kind}{chr(97 + number)}qz"


def test_what_cannot_be_reached_is_said(coach, home: Path, monkeypatch):
    """A program that reads the log keeps the file beside it from being emptied."""
    monkeypatch.setattr("coach.improvement.store.BUSY", 0.1)
    with Log(home / "coach.db") as log:
        add_take(log, home, "The zeppelin landed.", typed=True)
    with Log(home / "coach.db") as reader:
        reader._db.execute("BEGIN")
        assert reader.attempts()
        told = coach("forget", "--all", "--yes")
        assert told.code == LogError.exit_code, told
        assert "in use by another program" in told.err
        assert "may still be in a file" in told.err
        reader._db.execute("COMMIT")
    assert coach("forget", "--all", "--yes").code == 0
    assert holding(home, ["zeppelin"]) == {}


def test_what_was_moved_aside_is_named_and_left(coach, home: Path):
    with Log(home / "coach.db") as log:
        add_take(log, home, typed=True)
    aside = home / "before-restore-2026-11-20-101010"
    aside.mkdir()
    assert str(aside) in coach("forget", "--all", "--yes").out
    assert aside.is_dir()
    aside.rmdir()
    assert "not touched" not in coach("forget", "--all", "--yes").out


@pytest.mark.parametrize("left", ["000007-2026-11-20.db.part", "000007-2026-11-20.db-wal"])
def test_a_copy_that_was_never_finished_goes_too(coach, home: Path, left: str):
    coach("area", "add", "star.result")
    (home / "backups" / left).write_bytes(b"zeppelin")
    coach("forget", "--all", "--yes")
    assert holding(home, ["zeppelin"]) == {}
