"""The log: the only module that knows SQLite. Every step is one transaction."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coach import places
from coach.assessment.assessment import Assessment, Correction
from coach.errors import HomeError, LogError, UnknownEntryError
from coach.improvement.entries import Attempt, FeedbackPoint, Polarity, Rejection, State
from coach.improvement.migrations import MIGRATIONS, applied, migrate
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript

BUSY = 10.0  # s to wait for another process of the same user
_COLUMNS = (
    "id, sitting, question, why, started, state, path, recording, transcript, assessment,"
    " corrections"
)


class Log:
    """What was said against the user's answers, and every answer since.

    Use as a context manager; it makes the database where there is none.

    Raises:
        HomeError: the folder cannot be written.
        LogError: the database is damaged, busy, or from a newer version.
    """

    def __init__(self, path: Path) -> None:
        places.make_private(path.parent)
        self._path = path
        with self._said_plainly():
            _create_private(path)
            self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._refuse_newer()
            self._db.execute("PRAGMA journal_mode = WAL")
            migrate(self._db)

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    # Rejections and points

    def add_rejection(self, rejection: Rejection, now: datetime) -> Rejection:
        with self._transaction():
            added = self._insert(
                "INSERT INTO rejections (company, role, date, stage, words, added)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                rejection.company,
                rejection.role,
                rejection.date.isoformat(),
                rejection.stage,
                rejection.words,
                now.isoformat(),
            )
            for point in rejection.points:
                self._add_point(point, added, now)
        return self.rejection(added)

    def add_point(self, point: FeedbackPoint, now: datetime) -> None:
        """Log a weak area (or a strength) that no rejection named."""
        with self._transaction():
            self._add_point(point, None, now)

    def rejections(self) -> tuple[Rejection, ...]:
        """All of them, the newest first."""
        rows = self._rows("SELECT id FROM rejections ORDER BY date DESC, id DESC")
        return tuple(self.rejection(number) for (number,) in rows)

    def rejection(self, number: int) -> Rejection:
        """One of them.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        rows = self._rows(
            "SELECT company, role, date, stage, words FROM rejections WHERE id = ?", number
        )
        if not rows:
            raise UnknownEntryError(
                f"There is no rejection {number} in the log.", "`coach rejection list` shows all."
            )
        company, role, day, stage, words = rows[0]
        points = self._rows(
            "SELECT area, polarity, words FROM points WHERE rejection = ? ORDER BY id", number
        )
        return Rejection(
            company,
            role,
            date.fromisoformat(day),
            stage,
            words,
            tuple(FeedbackPoint(area, Polarity(polarity), said) for area, polarity, said in points),
            number,
        )

    def points(self) -> tuple[tuple[FeedbackPoint, int | None, datetime], ...]:
        """Every point with the number of its rejection, if any, and when it was made.

        A rejection's points count from the day of the rejection, not from when it was typed in.
        """
        rows = self._rows(
            "SELECT p.area, p.polarity, p.words, p.rejection, COALESCE(r.date, p.added)"
            " FROM points p LEFT JOIN rejections r ON r.id = p.rejection ORDER BY p.id"
        )
        return tuple(
            (FeedbackPoint(area, Polarity(polarity), words), rejection, _moment(when))
            for area, polarity, words, rejection, when in rows
        )

    # Sittings and attempts

    def start_sitting(self, mode: str, now: datetime) -> int:
        with self._transaction():
            return self._insert(
                "INSERT INTO sittings (mode, started) VALUES (?, ?)", mode, now.isoformat()
            )

    def end_sitting(self, sitting: int, now: datetime) -> None:
        with self._transaction():
            self._db.execute(
                "UPDATE sittings SET ended = ? WHERE id = ?", (now.isoformat(), sitting)
            )

    def add_attempt(
        self, sitting: int, question: Question, why: str, now: datetime, path: Path | None
    ) -> Attempt:
        """Open a take's row, before anything is recorded.

        Args:
            path: where the recording will lie; None for a typed answer.
        """
        with self._transaction():
            number = self._insert(
                "INSERT INTO attempts (sitting, question_id, question_text, question, why, started,"
                " state, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                sitting,
                question.id,
                question.text,
                json.dumps(question.to_dict()),
                why,
                now.isoformat(),
                State.RECORDING,
                _relative(path),
            )
        return self.attempt(number)

    def save_recording(self, number: int, recording: Recording) -> Attempt:
        return self._save(
            number,
            State.RECORDED,
            path=_relative(recording.path),
            recording=json.dumps(recording.to_dict()),
        )

    def save_transcript(self, number: int, transcript: Transcript) -> Attempt:
        with self._transaction():
            attempt = self._save(
                number, State.TRANSCRIBED, transcript=json.dumps(transcript.to_dict())
            )
            self._db.execute(
                "INSERT OR REPLACE INTO words (rowid, question, said) VALUES (?, ?, ?)",
                (number, attempt.question.text, transcript.text),
            )
        return attempt

    def save_assessment(self, number: int, assessment: Assessment) -> Attempt:
        return self._save(
            number,
            State.ASSESSED,
            assessment=json.dumps(assessment.to_dict()),
            assessor=assessment.version,
        )

    def save_corrections(
        self, number: int, corrections: Sequence[Correction], assessment: Assessment
    ) -> Attempt:
        """Keep the user's corrections together with the findings that follow from them."""
        with self._transaction():
            self._db.execute(
                "UPDATE attempts SET corrections = ? WHERE id = ?",
                (json.dumps([correction.to_dict() for correction in corrections]), number),
            )
            return self.save_assessment(number, assessment)

    def discard(self, number: int) -> Attempt:
        """Mark a take as one that does not count; its row stays."""
        return self._save(number, State.DISCARDED)

    def attempt(self, number: int) -> Attempt:
        """One take.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        rows = self._rows(f"SELECT {_COLUMNS} FROM attempts WHERE id = ?", number)
        if not rows:
            raise UnknownEntryError(
                f"There is no take {number} in the log.", "`coach review` lists your takes."
            )
        return _attempt(rows[0])

    def attempts(
        self, *, states: Iterable[State] = (State.ASSESSED,), limit: int = -1
    ) -> tuple[Attempt, ...]:
        """Takes in those states, the newest first."""
        wanted = [state.value for state in states]
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM attempts WHERE state IN ({', '.join('?' * len(wanted))})"
            " ORDER BY started DESC, id DESC LIMIT ?",
            *wanted,
            limit,
        )
        return tuple(_attempt(row) for row in rows)

    def search(self, words: str, limit: int = 50) -> tuple[Attempt, ...]:
        """Takes in which every one of the words was asked or said, the best match first.

        Args:
            words: plain words; a word may be the beginning of a longer one.
        """
        terms = [term.replace('"', "") for term in words.split()]
        query = " ".join(f'"{term}"*' for term in terms if term)
        if not query:
            return ()
        rows = self._rows(
            f"SELECT {', '.join('a.' + c for c in _COLUMNS.split(', '))} FROM words"
            " JOIN attempts a ON a.id = words.rowid"
            " WHERE words MATCH ? AND a.state != 'discarded' ORDER BY rank LIMIT ?",
            query,
            limit,
        )
        return tuple(_attempt(row) for row in rows)

    # How it is done

    def _refuse_newer(self) -> None:
        known = {name for name, _ in MIGRATIONS}
        has_table = self._db.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'migrations'"
        ).fetchone()
        newer = sorted(applied(self._db) - known) if has_table else []
        if newer:
            self._db.close()
            raise LogError(
                f"The log {self._path} was written by a newer coach (it has {newer[-1]}).",
                "Update coach, or set COACH_HOME to another folder; nothing was changed.",
            )

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._plain(error) from error
        except OSError as error:
            raise places.unwritable(self._path.parent, error) from error

    def _plain(self, error: sqlite3.Error) -> LogError | HomeError:
        reason = str(error)
        if "readonly" in reason or "unable to open" in reason:
            return places.unwritable(self._path, reason)
        if "locked" in reason:
            return LogError(
                f"The log {self._path} is in use by another program.", "Try again in a moment."
            )
        if "full" in reason:
            return LogError(f"The disk is full: {self._path} cannot grow.", "Free some space.")
        return LogError(
            f"The log {self._path} is damaged ({reason}).",
            "Move it aside and start afresh; the recordings beside it are untouched.",
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:  # the outer one commits
            yield
            return
        with self._said_plainly():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, query: str, *values: Any) -> list[tuple]:
        with self._said_plainly():
            return self._db.execute(query, values).fetchall()

    def _insert(self, query: str, *values: Any) -> int:
        return self._db.execute(query, values).lastrowid

    def _add_point(self, point: FeedbackPoint, rejection: int | None, now: datetime) -> None:
        self._insert(
            "INSERT INTO points (rejection, area, polarity, words, added) VALUES (?, ?, ?, ?, ?)",
            rejection,
            point.area,
            point.polarity.value,
            point.words,
            now.isoformat(),
        )

    def _save(self, number: int, state: State, **columns: Any) -> Attempt:
        columns = {"state": state.value, **columns}
        assignments = ", ".join(f"{name} = ?" for name in columns)
        with self._transaction():
            self._db.execute(
                f"UPDATE attempts SET {assignments} WHERE id = ?", (*columns.values(), number)
            )
        return self.attempt(number)


def _create_private(path: Path) -> None:
    # SQLite gives its side files the mode of the database, so only this one needs care.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _relative(path: Path | None) -> str | None:
    """Inside the home a path is kept without it, so that the folder can be moved."""
    if path is None:
        return None
    home = places.home()
    return str(path.relative_to(home) if path.is_relative_to(home) else path)


def _absolute(path: str | None) -> Path | None:
    return places.home() / path if path else None


def _attempt(row: tuple) -> Attempt:
    number, sitting, question, why, started, state, path, *kept = row
    recording, transcript, assessed, corrections = (
        json.loads(text) if text else None for text in kept
    )
    where = _absolute(path)
    return Attempt(
        number,
        sitting,
        Question.from_dict(json.loads(question)),
        why,
        datetime.fromisoformat(started),
        State(state),
        where,
        Recording.from_dict({**recording, "path": str(where)}) if recording else None,
        Transcript.from_dict(transcript) if transcript else None,
        Assessment.from_dict(assessed) if assessed else None,
        tuple(Correction.from_dict(one) for one in corrections or ()),
    )
