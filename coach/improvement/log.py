"""The log: what was said against the user's answers, and every answer since."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coach.assessment.assessment import Assessment, Correction
from coach.errors import EntryError, UnknownEntryError
from coach.improvement.attempt_row import (
    COLUMNS,
    judged_columns,
    listed,
    read_attempt,
    relative,
)
from coach.improvement.entries import (
    Attempt,
    Controllable,
    Feedback,
    FeedbackPoint,
    JudgedTake,
    Origin,
    Polarity,
    Rejection,
    Said,
    Source,
    State,
)
from coach.improvement.reviewing import Reviewing
from coach.improvement.store import CONVERTER
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript

_REJECTION = ("company", "role", "date", "stage", "words")  # the columns; the rest is in details
_POINT = "area, polarity, words, controllable, vague"


class Log(Reviewing):
    """Rejections, feedback and their points; sittings and attempts.

    Use as a context manager; see `Store` for what it raises.
    """

    def __enter__(self) -> "Log":
        return self

    # Rejections, feedback and points

    def add_rejection(self, rejection: Rejection, now: datetime) -> Rejection:
        with self.changing(f"the rejection by {rejection.company} was added", now):
            added = self.add_row("rejections", **_columns(rejection), added=now.isoformat())
            self._add_points(rejection.points, now, rejection=added)
        return self.rejection(added)

    def save_rejection(self, rejection: Rejection, now: datetime) -> Rejection:
        """Keep a rejection in the place of the one with its number.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        before = self.rejection(rejection.id)
        with self.changing(f"rejection {rejection.id} was changed", now):
            self.set_row("rejections", rejection.id, **_columns(rejection))
            self._replace_points("rejection", before, rejection, now)
        return self.rejection(rejection.id)

    def remove_rejection(self, number: int, now: datetime) -> None:
        self.rejection(number)
        with self.changing(f"rejection {number} was removed", now):
            self._remove_points("rejection", number)
            self.remove_row("rejections", number)

    def rejections(self) -> tuple[Rejection, ...]:
        """All of them, the newest first."""
        return self._read_rejections("ORDER BY date DESC, id DESC")

    def rejection(self, number: int) -> Rejection:
        """One of them.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        found = self._read_rejections("WHERE id = ?", number)
        if not found:
            raise UnknownEntryError(
                f"There is no rejection {number} in the log.", "`coach rejection list` shows all."
            )
        return found[0]

    def add_feedback(self, feedback: Feedback, now: datetime) -> Feedback:
        with self.changing(f"the feedback ({feedback.source}) was added", now):
            added = self.add_row("feedback", **_feedback_columns(feedback), added=now.isoformat())
            self._add_points(feedback.points, now, feedback=added)
        return replace(feedback, id=added)

    def save_feedback(self, feedback: Feedback, now: datetime) -> Feedback:
        """Keep feedback in the place of the one with its number.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        before = self.feedback_entry(feedback.id)
        with self.changing(f"feedback {feedback.id} was changed", now):
            self.set_row("feedback", feedback.id, **_feedback_columns(feedback))
            self._replace_points("feedback", before, feedback, now)
        return self.feedback_entry(feedback.id)

    def remove_feedback(self, number: int, now: datetime) -> None:
        self.feedback_entry(number)
        with self.changing(f"feedback {number} was removed", now):
            self._remove_points("feedback", number)
            self.remove_row("feedback", number)

    def feedback(self) -> tuple[Feedback, ...]:
        """All of it but rejections, the newest first."""
        return self._read_feedback("ORDER BY date DESC, id DESC")

    def feedback_entry(self, number: int) -> Feedback:
        """One of them.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        found = self._read_feedback("WHERE id = ?", number)
        if not found:
            raise UnknownEntryError(
                f"There is no feedback {number} in the log.", "`coach feedback list` shows all."
            )
        return found[0]

    def add_point(self, point: FeedbackPoint, now: datetime) -> None:
        """Log a weak area (or a strength) that nobody else named."""
        with self.changing(f"the area {point.area} was noted", now):
            self._add_points((point,), now)

    def points(self) -> tuple[Said, ...]:
        """Every point that was ever made.

        A rejection's points count from the day of the rejection, not from when it was typed in;
        those of other feedback likewise.
        """
        rows = self._rows(
            "SELECT p.area, p.polarity, p.words, p.controllable, p.vague, p.rejection, p.feedback,"
            " f.source, COALESCE(r.date, f.date, p.added) FROM points p"
            " LEFT JOIN rejections r ON r.id = p.rejection"
            " LEFT JOIN feedback f ON f.id = p.feedback ORDER BY p.id"
        )
        return tuple(
            Said(_point(point), _origin(rejection, feedback, source), _moment(when))
            for *point, rejection, feedback, source, when in rows
        )

    def _read_rejections(self, which: str, *values: Any) -> tuple[Rejection, ...]:
        rows = self._rows(
            f"SELECT id, {', '.join(_REJECTION)}, details FROM rejections {which}", *values
        )
        points = self._points_of("rejection")
        found = []
        for number, *columns, details in rows:
            data = {**json.loads(details), **dict(zip(_REJECTION, columns, strict=True))}
            entry = CONVERTER.structure({**data, "id": number}, Rejection)
            found.append(replace(entry, points=points.get(number, ())))
        return tuple(found)

    def _read_feedback(self, which: str, *values: Any) -> tuple[Feedback, ...]:
        rows = self._rows(f"SELECT id, source, who, date, words FROM feedback {which}", *values)
        points = self._points_of("feedback")
        return tuple(
            Feedback(
                Source(source), date.fromisoformat(day), words, who, points.get(number, ()), number
            )
            for number, source, who, day, words in rows
        )

    def _points_of(self, owner: str) -> dict[int, tuple[FeedbackPoint, ...]]:
        """The points of each rejection, or of each feedback, by its number."""
        rows = self._rows(
            f"SELECT {owner}, {_POINT} FROM points WHERE {owner} IS NOT NULL ORDER BY id"
        )
        found: dict[int, tuple[FeedbackPoint, ...]] = {}
        for number, *point in rows:
            found[number] = (*found.get(number, ()), _point(point))
        return found

    def _add_points(self, points: Iterable[FeedbackPoint], now: datetime, **owner: int) -> None:
        for point in points:
            self.add_row(
                "points",
                **owner,
                area=point.area,
                polarity=point.polarity.value,
                words=point.words,
                controllable=point.controllable.value,
                vague=int(point.vague),
                added=now.isoformat(),
            )

    def _replace_points(
        self, owner: str, before: Rejection | Feedback, after: Rejection | Feedback, now: datetime
    ) -> None:
        if after.points != before.points:
            self._remove_points(owner, after.id)
            self._add_points(after.points, now, **{owner: after.id})

    def _remove_points(self, owner: str, number: int) -> None:
        for (row,) in self._rows(f"SELECT id FROM points WHERE {owner} = ?", number):
            self.remove_row("points", row)

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
                # The number of a take that may still come back is not given away.
                "INSERT INTO attempts (id, sitting, question_id, question_text, question, why,"
                " started, state, path) SELECT 1 + MAX((SELECT COALESCE(MAX(id), 0) FROM attempts),"
                " (SELECT COALESCE(MAX(attempt), 0) FROM trash)), ?, ?, ?, ?, ?, ?, ?, ?",
                sitting,
                question.id,
                question.text,
                json.dumps(question.to_dict()),
                why,
                now.isoformat(),
                State.RECORDING,
                relative(path),
            )
        return self.attempt(number)

    def save_recording(self, number: int, recording: Recording) -> Attempt:
        return self._save(
            number,
            State.RECORDED,
            path=relative(recording.path),
            recording=json.dumps(recording.to_dict()),
        )

    def save_transcript(self, number: int, transcript: Transcript) -> Attempt:
        return self._save(number, State.TRANSCRIBED, transcript=json.dumps(transcript.to_dict()))

    def save_draft(self, number: int, transcript: Transcript) -> Attempt:
        """Keep what was typed of an answer that is not at its end."""
        return self._save(number, State.RECORDING, transcript=json.dumps(transcript.to_dict()))

    def save_assessment(self, number: int, assessment: Assessment) -> JudgedTake:
        self._save(number, State.ASSESSED, **judged_columns(assessment))
        return self.judged_take(number)

    def save_corrections(
        self,
        number: int,
        corrections: Sequence[Correction],
        assessment: Assessment,
        now: datetime,
    ) -> JudgedTake:
        """Keep the user's corrections together with the findings that follow from them."""
        what = f"sentences of take {number} were corrected"
        return self._judge_again(number, what, assessment, now, corrections=listed(corrections))

    def save_reassessment(self, number: int, assessment: Assessment, now: datetime) -> JudgedTake:
        """Keep a new assessment of the same words; the former one stays among the edits."""
        return self._judge_again(number, f"take {number} was judged again", assessment, now)

    def save_words(
        self,
        number: int,
        transcript: Transcript,
        corrections: Sequence[Correction],
        assessment: Assessment,
        now: datetime,
    ) -> JudgedTake:
        """Keep words that the user mended, with what follows; the former ones stay as edits."""
        what = f"the words of take {number} were edited"
        said = json.dumps(transcript.to_dict())
        return self._judge_again(
            number, what, assessment, now, transcript=said, corrections=listed(corrections)
        )

    def _judge_again(
        self, number: int, what: str, assessment: Assessment, now: datetime, **columns: str
    ) -> JudgedTake:
        with self.changing(what, now):
            self.set_row("attempts", number, **columns, **judged_columns(assessment))
        return self.judged_take(number)

    def discard(self, number: int) -> Attempt:
        """Mark a take as one that does not count; its row stays."""
        return self._save(number, State.DISCARDED)

    def attempt(self, number: int) -> Attempt:
        """One take.

        Raises:
            UnknownEntryError: there is none of that number.
        """
        rows = self._rows(f"SELECT {COLUMNS} FROM attempts WHERE id = ?", number)
        if not rows:
            raise UnknownEntryError(
                f"There is no take {number} in the log.", "`coach review` lists your takes."
            )
        return read_attempt(rows[0])

    def judged_take(self, number: int) -> JudgedTake:
        """
        Raises:
            UnknownEntryError: there is none of that number.
            EntryError: it has not been judged.
        """
        take = self.attempt(number)
        if not isinstance(take, JudgedTake):
            raise EntryError(
                f"Take {number} has not been judged: it is {take.state.value}.",
                "`coach review` judges what waits.",
            )
        return take

    def attempts(
        self, *, states: Iterable[State] = (State.ASSESSED,), limit: int = -1
    ) -> tuple[Attempt, ...]:
        """Takes in those states, the newest first."""
        wanted = [state.value for state in states]
        rows = self._rows(
            f"SELECT {COLUMNS} FROM attempts WHERE id IN (SELECT id FROM attempts"
            f" WHERE state IN ({', '.join('?' * len(wanted))})"
            " ORDER BY started DESC, id DESC LIMIT ?) ORDER BY started DESC, id DESC",
            *wanted,
            limit,
        )
        return tuple(read_attempt(row) for row in rows)

    def _save(self, number: int, state: State, **columns: Any) -> Attempt:
        with self._transaction():
            self._update_row("attempts", number, {"state": state.value, **columns})
        return self.attempt(number)


def _columns(rejection: Rejection) -> dict[str, Any]:
    data = CONVERTER.unstructure(replace(rejection, points=()))
    del data["id"], data["points"]
    columns = {name: data.pop(name) for name in _REJECTION}
    # What was left out stays out, so that a later default applies to it.
    details = {name: value for name, value in data.items() if value not in (None, [], (), {})}
    return {**columns, "details": json.dumps(details, ensure_ascii=False)}


def _feedback_columns(feedback: Feedback) -> dict[str, Any]:
    return {
        "source": feedback.source.value,
        "who": feedback.who,
        "date": feedback.date.isoformat(),
        "words": feedback.words,
    }


def _point(row: Sequence[Any]) -> FeedbackPoint:
    area, polarity, words, controllable, vague = row
    return FeedbackPoint(area, Polarity(polarity), words, Controllable(controllable), bool(vague))


def _origin(rejection: int | None, feedback: int | None, source: str | None) -> Origin:
    if rejection is not None:
        return Origin(Source.EMPLOYER, rejection)
    return Origin(Source(source) if source else Source.OWN, feedback)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
