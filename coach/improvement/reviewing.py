"""Past takes in the log: found, marked, deleted for a day, forgotten for good."""

import json
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach import places
from coach.errors import LogError
from coach.improvement.copies import remove_copies
from coach.improvement.entries import Attempt, Note
from coach.improvement.readings import Readings
from coach.improvement.searching import END, HIT, Found, Snippet, Wanted, match_query, read_snippet
from coach.improvement.store import Change
from coach.questions.question import Question
from coach.recording.private_file import lock
from coach.recording.recording import part_of

KEPT = timedelta(days=1)  # for which a deleted take can be brought back
SNIPPET = 14  # words
_BANK = "bank"  # the place of an edit that is no row of the log: a question of a bank
_SHOWN = "state IN ('recorded', 'transcribed', 'assessed')"
# A word in the question or in a note says more about a take than one of the many that were said.
_RANK = "bm25(words, 3.0, 1.0, 2.0), attempts.id DESC"


class Reviewing(Readings):
    """What of a `Log` serves to look through takes and to clear them away."""

    def find(self, wanted: Wanted, most: int, skip: int = 0) -> Found:
        """A page of takes: the best match first where words are wanted, else the newest first.

        Args:
            most: takes on the page.
            skip: takes on the pages before it.
        """
        conditions, values = _conditions(wanted)
        source, order, query = "attempts", "started DESC, id DESC", None
        if wanted.words is not None:
            query = match_query(wanted.words)
            if query is None:
                return Found(0, (), {})
            # A cross join, so that the index is asked once and not again for every take.
            source, order = "words CROSS JOIN attempts ON attempts.id = words.rowid", _RANK
            conditions, values = ["words MATCH ?", *conditions], [query, *values]
        rows = self._rows(
            f"SELECT attempts.id FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order}",
            *values,
        )
        numbers = tuple(number for (number,) in rows[skip : skip + most])
        return Found(len(rows), numbers, self._snippets(query, numbers) if query else {})

    def _snippets(self, query: str, numbers: Sequence[int]) -> dict[int, Snippet]:
        # With the plus sign, as above, the index is asked once.
        rows = self._rows(
            "SELECT rowid, snippet(words, -1, ?, ?, '…', ?) FROM words WHERE words MATCH ?"
            f" AND +rowid IN ({', '.join('?' * len(numbers))})",
            HIT,
            END,
            SNIPPET,
            query,
            *numbers,
        )
        return {number: read_snippet(text) for number, text in rows}

    def notes(self, number: int) -> tuple[Note, ...]:
        """What the user noted about a take, the oldest first."""
        return tuple(note for note in self.shelf(Note).all() if note.attempt == number)

    def star(self, number: int, now: datetime, *, starred: bool) -> None:
        done = "starred" if starred else "no longer starred"
        with self.changing(f"take {number} was {done}", now):
            self.set_row("attempts", number, starred=int(starred))

    def undo(self, only: Change | None = None) -> str | None:
        """As `Store.undo`; the recording of a take that comes back does so too."""
        undone = super().undo(only)
        self._bring_back()
        return undone

    def _restore(self, place: str, row: int, before: str | None) -> None:
        if place != _BANK:
            super()._restore(place, row, before)
            return
        from coach.questions.own import put_back  # tomlkit: 15 ms

        assert before is not None  # it was removed
        kept = json.loads(before)
        put_back(places.own_banks(), Question.from_dict(kept["question"]), kept["file"])

    # What goes

    def remove_question(self, question: Question, now: datetime) -> None:
        """Take a question out of the user's own banks; `undo` puts it back.

        Raises:
            BankError: none of them has it, or one has a fault.
            HomeError: the folder cannot be written.
        """
        from coach.questions.own import change_question  # tomlkit: 15 ms

        with self.changing(f"question {question.id} was removed", now):
            file = change_question(places.own_banks(), question.id, None)
            self._note(_BANK, 0, {"question": question.to_dict(), "file": file.name})

    def delete(self, attempt: Attempt, now: datetime) -> None:
        """Remove a take and its notes; for a day `undo` brings them back, with the recording.

        Raises:
            HomeError: the recording cannot be moved; nothing is changed.
        """
        inside = _inside(attempt.path)
        with self.changing(f"take {attempt.id} was deleted", now):
            for row in self._records_of([attempt.id]):
                self.remove_row("records", row)
            self.remove_row("attempts", attempt.id)
            self._insert(
                "INSERT INTO trash (attempt, change, path) VALUES (?, ?, ?)",
                attempt.id,
                self._change,
                str(inside) if inside else None,
            )
            # Before the transaction ends: after a crash between the two it is brought back.
            if inside and (file := places.home() / inside).is_file():
                target = places.trash() / inside
                places.make_private_folders(target.parent)
                file.replace(target)

    def tidy(self, now: datetime) -> None:
        """Remove for good what was deleted more than a day ago."""
        self._bring_back()
        old = self._rows(
            "SELECT t.attempt, t.path FROM trash t JOIN changes c ON c.id = t.change"
            " WHERE c.made < ?",
            (now - KEPT).isoformat(),
        )
        if not old:
            return
        with self._said_plainly():
            for _, path in old:
                if path:
                    _remove(places.trash() / path, within=places.trash())
        with self._transaction():
            self._forget_edits([number for number, _ in old])
            self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        with self._said_plainly():
            remove_copies()
        self._empty_side_file()  # at the latest, the last program that closes the log does so

    def forget(self, before: datetime | None = None) -> int:
        """Remove takes for good, and everything in the trash; nothing of them is left to undo.

        Takes that another process is recording now stay.

        Args:
            before: aware; only takes that began earlier; None for all.

        Returns:
            How many takes that were in the log are gone.

        Raises:
            HomeError: a recording cannot be removed; its take stays.
            LogError: another program reads the log, or the disk is full: it says what is done.
        """
        rows = self._rows("SELECT id, path, started FROM attempts")
        gone = []
        with self._said_plainly():
            for number, path, started in rows:
                is_old = before is None or datetime.fromisoformat(started) < before
                file = places.home() / path if path else None
                if is_old and not (file and _is_locked(part_of(file))):
                    gone.append(number)
                    if file and _inside(file):
                        for each in (file, part_of(file)):
                            _remove(each, within=places.recordings())
            if places.trash().is_dir():
                shutil.rmtree(places.trash())
        trashed = [number for (number,) in self._rows("SELECT attempt FROM trash")]
        with self._transaction():
            self._forget_edits([*gone, *trashed])
            records = self._records_of(gone)
            self._db.executemany("DELETE FROM records WHERE id = ?", [(row,) for row in records])
            self._db.executemany("DELETE FROM attempts WHERE id = ?", [(each,) for each in gone])
            self._db.execute(
                "DELETE FROM sittings WHERE id NOT IN (SELECT sitting FROM attempts)"
                " AND ended IS NOT NULL"
            )
            self._db.execute("INSERT INTO words (words) VALUES ('rebuild')")
        try:
            with self._said_plainly():
                remove_copies()
                self._db.execute("VACUUM")
            emptied = self._empty_side_file()
        except LogError as error:
            raise _still_in_a_file(error.message) from error
        if not emptied:
            raise _still_in_a_file("The log is in use by another program.")
        return len(gone)

    def _records_of(self, takes: Iterable[int]) -> list[int]:
        """Rows of notes and whatever else names one of these takes as the one it belongs to."""
        rows = self._rows("SELECT id, json_extract(body, '$.attempt') FROM records")
        wanted = set(takes)
        return [row for row, attempt in rows if attempt in wanted]

    def _forget_edits(self, takes: list[int]) -> None:
        """Nothing that was ever done to these takes can be taken back, or read, any more."""
        rows = self._rows(
            "SELECT row, json_extract(json_extract(before, '$.body'), '$.attempt') FROM edits"
            " WHERE place = 'records' AND before IS NOT NULL"
        )
        wanted = set(takes)
        records = {row for row, attempt in rows if attempt in wanted} | set(self._records_of(takes))
        edits = [("attempts", row) for row in takes] + [("records", row) for row in records]
        self._db.executemany("DELETE FROM edits WHERE place = ? AND row = ?", edits)
        self._db.execute("DELETE FROM changes WHERE id NOT IN (SELECT change FROM edits)")

    def _empty_side_file(self) -> bool:
        """Empty the file beside the database; False where another program still reads from it."""
        with self._said_plainly():
            ((busy, *_),) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy

    def _bring_back(self) -> None:
        """Recordings in the trash whose takes are in the log go back to where they lay."""
        trash = places.trash()
        if not trash.is_dir():
            return
        for file in [each for each in trash.rglob("*") if each.is_file()]:
            inside = file.relative_to(trash)
            if self._rows("SELECT 1 FROM attempts WHERE path = ?", str(inside)):
                with self._said_plainly():
                    places.make_private_folders((places.home() / inside).parent)
                    file.replace(places.home() / inside)
                    _remove(file, within=trash)


def _still_in_a_file(why: str) -> LogError:
    return LogError(
        f"{why} The takes are removed, but what was said may still be in a file.",
        "See to that, and run this again.",
    )


def _conditions(wanted: Wanted) -> tuple[list[str], list[object]]:
    """What a take must fulfil, as conditions of SQL and their values."""
    areas = ", ".join("?" * len(wanted.areas))
    text = (wanted.question or "").replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    chosen: list[tuple[object, str, tuple[object, ...]]] = [
        (
            wanted.areas,
            f"(EXISTS (SELECT 1 FROM json_each(attempts.question, '$.areas') WHERE value IN"
            f" ({areas})) OR attempts.id IN (SELECT attempt FROM findings WHERE area IN ({areas})"
            " AND met < 1))",
            wanted.areas * 2,
        ),
        (
            wanted.question,
            r"(question_id = ? OR question_text LIKE ? ESCAPE '\')",
            (wanted.question, f"%{text}%"),
        ),
        (wanted.since, "started >= ?", (wanted.since and _utc(wanted.since),)),
        (wanted.sitting is not None, "sitting = ?", (wanted.sitting,)),
        # From an index: the column itself lies behind all the words of a row.
        (
            wanted.missing,
            "attempts.id IN (SELECT id FROM attempts WHERE missing LIKE ?)",
            (f"%{wanted.missing}%",),
        ),
        (wanted.starred, "attempts.id IN (SELECT id FROM attempts WHERE starred)", ()),
    ]
    used = [(condition, values) for asked, condition, values in chosen if asked]
    conditions = [_SHOWN, *(condition for condition, _ in used)]
    return conditions, [value for _, values in used for value in values]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _inside(path: Path | None) -> Path | None:
    """The path within the home; None for a file that lies elsewhere, which is not the coach's."""
    if path is None or not path.is_relative_to(places.recordings()):
        return None
    return path.relative_to(places.home())


def _remove(path: Path, *, within: Path) -> None:
    """Remove a file, and the folders up to one that it leaves empty."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == within or not folder.is_relative_to(within):
            return
        with suppress(OSError):  # not empty
            folder.rmdir()


def _is_locked(part: Path) -> bool:
    """Whether a process is recording into this file."""
    try:
        with part.open("r+b") as file:
            return not lock(file)
    except OSError:
        return False
