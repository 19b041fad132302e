"""The log keeps every step, survives what interrupts it, and opens older databases."""

import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import UnknownEntryError
from coach.improvement import migrations
from coach.improvement.entries import (
    Feedback,
    FeedbackPoint,
    Polarity,
    Rejection,
    Source,
    State,
)
from coach.improvement.log import Log
from coach.improvement.searching import Wanted
from coach.questions.question import Kind, Question
from coach.recording.recording import Notice, Recording
from coach.transcript.transcript import Transcript, Word, from_text

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
QUESTION = Question("q-1", "Tell me about a time.", Kind.BEHAVIOURAL, ("star.result",))
SAID = from_text("Last year the oven broke. I borrowed another. As a result everybody ate on time.")


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as log:
        yield log


def test_each_step_of_a_take_is_kept(log: Log, home: Path):
    path = home / "recordings" / "2026-11-22" / "153000-q-1.wav"
    sitting = log.start_sitting("drill", NOW)
    opened = log.add_attempt(sitting, QUESTION, "because", NOW, path)
    assert (opened.state, opened.path, opened.started) == (State.RECORDING, path, NOW)
    recording = Recording(path, 12.5, NOW, "mic", (Notice("quiet", 3.0, "Too quiet."),), 160, -61.0)
    assert log.save_recording(opened.id, recording).recording == recording
    spoken = Transcript((Word("hello", 0.1, 0.5, 0.9),), "sphinx", "en-us", False, 12.5)
    assert log.save_transcript(opened.id, spoken).transcript == spoken
    judged = assess(QUESTION, SAID, load_norms())
    assert log.save_assessment(opened.id, judged).assessment == judged
    found = log.attempt(opened.id)
    assert (found.state, found.question, found.why) == (State.ASSESSED, QUESTION, "because")
    assert log.attempts() == (found,)


def test_the_folder_can_be_moved(log: Log, home: Path, monkeypatch, tmp_path: Path):
    sitting = log.start_sitting("drill", NOW)
    take = log.add_attempt(sitting, QUESTION, "", NOW, home / "recordings" / "a.wav")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "elsewhere"))
    assert log.attempt(take.id).path == tmp_path / "elsewhere" / "recordings" / "a.wav"


def test_rejections_keep_their_points(log: Log):
    points = (
        FeedbackPoint("star.result", Polarity.CRITICISM, "no results"),
        FeedbackPoint("comp.customer", Polarity.PRAISE, "good with guests"),
    )
    entry = Rejection("Acme", "Analyst", date(2026, 11, 1), "panel", "…", points)
    added = log.add_rejection(entry, NOW)
    assert added.id == 1
    assert log.rejections() == (added,)
    assert added.points == points
    assert [said.when.date() for said in log.points()] == [date(2026, 11, 1)] * 2
    assert {str(said.origin) for said in log.points()} == {"rejection 1"}


@pytest.mark.parametrize(
    ("words", "found"),
    [("oven", 1), ("OVEN borrow", 1), ('"oven', 1), ("AND", 0), ("oven NOT", 0), ("(", 0), ("", 0)],
)
def test_any_words_can_be_searched_for(log: Log, words: str, found: int):
    sitting = log.start_sitting("drill", NOW)
    take = log.add_attempt(sitting, QUESTION, "", NOW, None)
    log.save_transcript(take.id, SAID)
    assert log.find(Wanted(words), 50).total == found


def test_a_discarded_take_is_found_nowhere_but_kept(log: Log):
    take = log.add_attempt(log.start_sitting("drill", NOW), QUESTION, "", NOW, None)
    log.save_transcript(take.id, SAID)
    log.discard(take.id)
    assert log.attempts() == ()
    assert log.find(Wanted("oven"), 50).numbers == ()
    assert log.attempt(take.id).transcript == SAID


def test_a_failed_step_changes_nothing(log: Log):
    good = FeedbackPoint("star.result", Polarity.CRITICISM, "no results")
    bad = FeedbackPoint("star.result", "neither", "…")
    with pytest.raises(AttributeError):
        log.add_rejection(Rejection("A", "B", date(2026, 1, 1), points=(good, bad)), NOW)
    assert log.rejections() == ()
    assert log.points() == ()


def test_a_step_of_the_schema_is_whole_or_not_there(home: Path, monkeypatch):
    Log(home / "coach.db").__exit__()
    broken = ("9999-broken", "CREATE TABLE one (id);\nCREATE TABLE two (id;\n")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    connection = sqlite3.connect(home / "coach.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(connection)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "one" not in tables
    assert migrations.applied(connection) == {name for name, _ in migrations.MIGRATIONS[:-1]}


@dataclass(frozen=True)
class Idea:
    KIND: ClassVar[str] = "idea"
    text: str
    day: date | None = None
    number: int = 0


WRITERS, ROUNDS = 4, 4


def _write(path: str, writer: int) -> None:
    """In each round: a point, a rejection that is edited, an idea that is edited and one more."""
    with Log(Path(path)) as log:
        ideas = log.shelf(Idea)
        for number in range(ROUNDS):
            point = FeedbackPoint("star.result", Polarity.CRITICISM, f"{writer} {number}")
            log.add_point(point, NOW)
            added = log.add_rejection(Rejection(f"{writer}", "Chef", date(2026, 1, 1)), NOW)
            log.save_rejection(replace(added, role="Head chef", points=(point,)), NOW)
            idea = ideas.add(Idea(f"{writer} {number}"), NOW)
            ideas.replace(replace(idea, text=f"{writer} {number} edited"), NOW)
            ideas.add(Idea(f"{writer} {number} more"), NOW)


def _undo(path: str, count: int) -> None:
    with Log(Path(path)) as log:
        for _ in range(count):
            assert log.undo()


def _together(target, arguments: list[tuple]) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=target, args=each) for each in arguments]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * len(workers)


def test_processes_at_once_lose_nothing(home: Path):
    path, all_rounds = str(home / "coach.db"), WRITERS * ROUNDS
    _together(_write, [(path, writer) for writer in range(WRITERS)])
    with Log(home / "coach.db") as log:
        assert len(log.points()) == 2 * all_rounds
        assert [one.role for one in log.rejections()] == ["Head chef"] * all_rounds
        ideas = log.shelf(Idea).all()
        assert [idea.number for idea in ideas] == list(range(1, 2 * all_rounds + 1))
        texts = {idea.text for idea in ideas}
        assert len(texts) == 2 * all_rounds
        assert sum(text.endswith("edited") for text in texts) == all_rounds
    # Six changes a round: each is taken back once, by whichever process is first.
    _together(_undo, [(path, 6 * all_rounds // WRITERS)] * WRITERS)
    with Log(home / "coach.db") as log:
        assert (log.points(), log.rejections(), log.shelf(Idea).all()) == ((), (), ())
        assert log.undo() is None


def _write_for_ever(path: str) -> None:
    while True:
        _write(path, 0)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_writer_that_is_killed_leaves_a_whole_log(home: Path):
    path = home / "coach.db"
    context = multiprocessing.get_context("spawn")
    writer = context.Process(target=_write_for_ever, args=(str(path),))
    writer.start()
    with Log(path) as log:
        while len(log.rejections()) < 5:
            time.sleep(0.005)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        assert log._rows("PRAGMA integrity_check") == [("ok",)]
        assert log._rows("PRAGMA foreign_key_check") == []
        # Every edit belongs to a change, and every change can be taken back.
        while log.undo():
            pass
        assert (log.points(), log.rejections(), log.shelf(Idea).all()) == ((), (), ())


def test_the_last_change_can_be_taken_back(log: Log):
    point = FeedbackPoint("star.result", Polarity.CRITICISM, "no results")
    first = log.add_rejection(Rejection("Acme", "Analyst", date(2026, 11, 1), points=(point,)), NOW)
    other = FeedbackPoint("voice.pace", Polarity.CRITICISM, "too fast")
    changed = log.save_rejection(replace(first, went_well="the tour", points=(other,)), NOW)
    assert (changed.went_well, changed.points) == ("the tour", (other,))
    log.remove_rejection(first.id, NOW)
    assert (log.rejections(), log.points()) == ((), ())
    assert log.undo() == "rejection 1 was removed"
    assert log.rejections() == (changed,)
    assert log.undo() == "rejection 1 was changed"
    assert log.rejections() == (first,)
    assert log.undo() == "the rejection by Acme was added"
    assert (log.rejections(), log.points()) == ((), ())
    assert log.undo() is None


def test_an_edit_keeps_the_earlier_version(log: Log):
    first = log.add_rejection(Rejection("Acme", "Analyst", date(2026, 11, 1)), NOW)
    log.save_rejection(replace(first, role="Chef"), NOW)
    (before,) = log.earlier("rejections", first.id)
    assert (before.columns["role"], log.rejection(first.id).role) == ("Analyst", "Chef")
    assert (before.until.made, before.until.what) == (NOW, "rejection 1 was changed")


def test_every_field_of_a_rejection_is_kept(log: Log):
    entry = Rejection(
        "Acme",
        "Analyst",
        date(2026, 11, 1),
        source="job board",
        ratings={"interview": 2},
        could_answer=("Why us?",),
        nerves=4,
        felt_right=False,
        misleading=("fast-paced",),
        rest_until=date(2026, 11, 3),
        door_open=True,
    )
    assert log.add_rejection(entry, NOW) == replace(entry, id=1)


def test_other_feedback_counts_as_well(log: Log):
    point = FeedbackPoint("comp.planning", Polarity.PRAISE, "always on time")
    given = Feedback(Source.APPRAISAL, date(2026, 5, 1), "always on time", "my boss", (point,))
    kept = log.add_feedback(given, NOW)
    assert log.feedback() == (kept,)
    (said,) = log.points()
    assert (said.point, str(said.origin)) == (point, "appraisal 1")
    log.remove_feedback(kept.id, NOW)
    assert (log.feedback(), log.points()) == ((), ())


def test_a_shelf_keeps_numbered_entries(log: Log):
    ideas = log.shelf(Idea)
    first, second = ideas.add(Idea("one", date(2026, 1, 2)), NOW), ideas.add(Idea("two"), NOW)
    assert (first.number, second.number) == (1, 2)
    ideas.replace(replace(first, text="uno"), NOW)
    assert ideas.all() == (replace(first, text="uno"), second)
    ideas.remove(2, NOW)
    with pytest.raises(UnknownEntryError, match="no idea 2"):
        ideas.get(2)
    assert log.undo() == "idea 2 was removed"
    assert ideas.get(2) == second
    assert log.undo() == "idea 1 was changed"
    assert ideas.get(1) == first
