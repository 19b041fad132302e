"""The log goes out whole and comes back the same, once, with numbers and references that fit."""

import csv
import io
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from file_mode import mode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_bad_input import failed

from coach import errors, places
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import (
    Controllable,
    Feedback,
    FeedbackPoint,
    Polarity,
    Rejection,
    Source,
)
from coach.improvement.exchange import import_log, whole
from coach.improvement.exchange_check import check
from coach.improvement.log import Log
from coach.improvement.searching import Wanted
from coach.questions.question import Kind, Question
from coach.recording.recording import Notice, Recording
from coach.transcript.transcript import from_text

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
QUESTION = Question("q-1", "Tell me about a time.", Kind.BEHAVIOURAL, ("star.result",))
SAID = from_text("Last year the oven broke. I borrowed another. As a result everybody ate on time.")
JUDGED = assess(QUESTION, SAID, load_norms())


@dataclass(frozen=True)
class Episode:
    """A kind that the exchange has never heard of, and that refers to three others."""

    KIND: ClassVar[str] = "episode"
    text: str
    take: int | None = None
    rejection: int | None = None
    day: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Card:
    """Refers to a kind that was put on its shelf later, and to several at once."""

    KIND: ClassVar[str] = "a card"
    episode: tuple[int, ...] = ()
    number: int = 0


# Generated logs

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
POINTS = st.lists(
    st.builds(
        FeedbackPoint,
        st.sampled_from(["star.result", "voice.pace", "ext.skills"]),
        st.sampled_from(Polarity),
        TEXT,
        st.sampled_from(Controllable),
        st.booleans(),
    ),
    max_size=2,
).map(tuple)
DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))
REJECTIONS = st.builds(
    Rejection,
    company=TEXT,
    role=TEXT,
    date=DATES,
    stage=st.none() | st.just("panel"),
    words=st.none() | TEXT,
    points=POINTS,
    ratings=st.dictionaries(st.sampled_from(["interview", "task"]), st.integers(1, 5)),
    felt_right=st.none() | st.booleans(),
    could_answer=st.lists(TEXT, max_size=2).map(tuple),
    rest_until=st.none() | DATES,
)
FEEDBACK = st.builds(
    Feedback, st.sampled_from(Source), DATES, TEXT, who=st.none() | TEXT, points=POINTS
)
LOGS = st.fixed_dictionaries(
    {
        "rejections": st.lists(REJECTIONS, max_size=3),
        "feedback": st.lists(FEEDBACK, max_size=2),
        "notes": st.lists(POINTS, max_size=2),
        "takes": st.lists(st.sampled_from(["typed", "spoken", "open", "discarded"]), max_size=3),
        "episodes": st.lists(TEXT, max_size=3),
        "removed": st.booleans(),  # so that there are gaps in the numbers
    }
)


OVEN = Wanted("oven")


def fill(log: Log, drawn: dict[str, Any]) -> None:
    for entry in drawn["rejections"]:
        log.add_rejection(entry, NOW)
    for entry in drawn["feedback"]:
        log.add_feedback(entry, NOW)
    for points in drawn["notes"]:
        for point in points:
            log.add_point(point, NOW)
    takes = [take(log, how).id for how in drawn["takes"]]
    cards, episodes = log.shelf(Card), log.shelf(Episode)
    cards.add(Card(), NOW)
    for text in drawn["episodes"]:
        about = log.rejections()[0].id if log.rejections() else None
        kept = episodes.add(Episode(text, takes[0] if takes else None, about, NOW.date()), NOW)
        cards.add(Card((kept.number,)), NOW)
    if drawn["removed"]:
        cards.remove(1, NOW)
        if len(log.rejections()) > 1:
            log.remove_rejection(1, NOW)


def take(log: Log, how: str, now: datetime = NOW):
    sitting = log.start_sitting("drill", now)
    path = None if how == "typed" else Path(log._path.parent / "recordings" / "a.wav")
    attempt = log.add_attempt(sitting, QUESTION, "because", NOW, path)
    if path and how != "open":
        notice = Notice("quiet", 3.0, "Too quiet.")
        log.save_recording(attempt.id, Recording(path, 12.5, NOW, "mic", (notice,), 160, -61.0))
    if how in ("typed", "spoken"):
        log.save_transcript(attempt.id, SAID)
        log.save_assessment(attempt.id, JUDGED)
    elif how == "discarded":
        log.discard(attempt.id)
    log.end_sitting(sitting, NOW + timedelta(minutes=5))
    return attempt


def through_json(data: Any) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False))


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(drawn=LOGS)
def test_out_in_and_out_again_is_the_same(drawn, monkeypatch):
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        monkeypatch.setenv("COACH_HOME", first)
        with Log(Path(first).resolve() / "coach.db") as log:
            log._db.execute("PRAGMA synchronous = OFF")  # no power cut is tested here
            fill(log, drawn)
            out = through_json(whole(log))
            # Into itself: nothing is new, and there is nothing to take back for it.
            last = log.last_change()
            assert import_log(log, out, NOW).added == {}
            assert log.last_change() == last
            assert through_json(whole(log)) == out
            found = log.points(), log.find(OVEN, 50), log._rows("SELECT * FROM findings")
        monkeypatch.setenv("COACH_HOME", second)
        with Log(Path(second) / "coach.db") as log:
            log._db.execute("PRAGMA synchronous = OFF")
            done = import_log(log, out, NOW)
            assert done.known == {}
            assert through_json(whole(log)) == out
            assert log.points() == found[0]
            assert log.find(OVEN, 50) == found[1]
            assert log._rows("SELECT * FROM findings") == found[2]
            import_log(log, out, NOW)
            assert through_json(whole(log)) == out
            assert (log.undo() is None) is not any(done.added.values())
            assert not any(whole(log)[section] for section in ("rejections", "takes", "records"))
            assert log._rows("SELECT * FROM words") == []


# Into a log that has entries of its own


@pytest.fixture
def two_logs(home: Path, tmp_path: Path):
    """One to take from, and one whose numbers are taken by others."""
    with Log(home / "from.db") as source, Log(home / "coach.db") as target:
        entry = Rejection("Acme", "Chef", date(2026, 11, 1))
        about = source.add_rejection(entry, NOW)
        said = take(source, "typed")
        episodes = source.shelf(Episode)
        source.shelf(Card).add(Card((2, 1)), NOW)  # before the episodes, so it looks ahead
        episodes.add(Episode("one", said.id, about.id), NOW)
        episodes.add(Episode("two"), NOW)
        target.add_rejection(replace(entry, company="Other"), NOW)
        take(target, "open", NOW - timedelta(days=1))
        target.shelf(Episode).add(Episode("mine", 1, 1), NOW)
        yield source, target


def test_numbers_are_given_anew_and_references_follow(two_logs):
    source, target = two_logs
    before = whole(target)
    done = import_log(target, through_json(whole(source)), NOW)
    assert done.added == {"rejections": 1, "sittings": 1, "takes": 1, "records": 3}
    assert [one.company for one in target.rejections()] == ["Acme", "Other"]
    mine, two, told = target.shelf(Episode).all()
    assert (mine.text, mine.take, mine.rejection) == ("mine", 1, 1)
    # Number 1 was taken, number 2 was free.
    assert [(one.number, one.text) for one in (two, told)] == [(2, "two"), (3, "one")]
    assert target.attempt(told.take).assessment == JUDGED
    assert target.attempt(told.take).sitting == 2
    assert target.rejection(told.rejection).company == "Acme"
    (card,) = target.shelf(Card).all()
    assert [target.shelf(Episode).get(number).text for number in card.episode] == ["two", "one"]
    after = whole(target)
    again = import_log(target, through_json(whole(source)), NOW)
    assert again.added == {}
    assert whole(target) == after
    assert target.undo() == "a file was imported"
    assert whole(target) == before


def test_the_same_content_twice_stays_twice(home: Path):
    with Log(home / "coach.db") as log:
        for _ in range(2):
            log.add_rejection(Rejection("Acme", "Chef", date(2026, 11, 1)), NOW)
        out = through_json(whole(log))
        log.undo()
        assert import_log(log, out, NOW).added == {"rejections": 1}
        assert len(log.rejections()) == 2


# Bad JSON


@cache
def one_of_everything() -> str:
    drawn = {
        "rejections": [Rejection("Acme", "Chef", date(2026, 11, 1), "panel", "No numbers.")],
        "feedback": [Feedback(Source.PEER, date(2026, 11, 2), "good", "Ann")],
        "notes": [[FeedbackPoint("voice.pace", Polarity.CRITICISM, "=too fast")]],
        "takes": ["typed", "spoken"],
        "episodes": ["an oven"],
        "removed": False,
    }
    with Log(places.database()) as log:
        fill(log, drawn)
        return json.dumps(whole(log))


@pytest.fixture
def exported() -> dict[str, Any]:
    """A log with one of everything, as JSON."""
    return json.loads(one_of_everything())


def _at(*path):
    def change(data, value):
        for step in path[:-1]:
            data = data[step]
        if value is KeyError:
            del data[path[-1]]
        else:
            data[path[-1]] = value

    return change


WORD = ("takes", 0, "transcript", "words", 3)


@pytest.mark.parametrize(
    ("path", "value", "phrases"),
    [
        (("format",), "diary", ["no exported log"]),
        (("version",), 2, ["version 2", "Update coach"]),
        (("takes",), KeyError, ['the file: "takes" is missing']),
        (("more",), [], ['"more" does not belong']),
        (("notes",), {}, ["notes: it must be a list"]),
        (("rejections", 0), "Acme", ["rejections[0]: it must be an object"]),
        (("rejections", 0, "role"), KeyError, ['rejections[0]: "role" is missing']),
        (("rejections", 0, "role"), 5, ["rejections[0].role: 5 is not the right kind"]),
        (("rejections", 0, "role"), None, ["rejections[0].role"]),
        (("rejections", 0, "date"), "1 May", ["rejections[0].date"]),
        (("rejections", 0, "colour"), "red", ['rejections[0]: "colour" does not belong']),
        (("rejections", 0, "nerves"), "4", ["rejections[0].nerves"]),
        (("rejections", 0, "number"), 0, ["rejections[0].number", "above 0"]),
        (("rejections", 0, "number"), 1 << 70, ["rejections[0].number"]),
        (("notes", 0, "area"), "star.resutl", ["notes[0].area", "star.resutl"]),
        (("notes", 0, "area"), ["x"], ["notes[0].area"]),
        (("notes", 0, "polarity"), "bad", ["notes[0].polarity"]),
        (("notes", 0, "added"), "once", ["notes[0].added", "no date"]),
        (("feedback", 0, "source"), "aunt", ["feedback[0].source"]),
        (("sittings", 0, "started"), "2026-11-22T15:30:00", ["sittings[0].started", "time zone"]),
        (("takes", 0, "started"), "0001-01-01T00:00:00+14:00", ["takes[0].started", "too far"]),
        (("sittings", 1, "number"), 1, ["sittings[1].number", "two of number 1"]),
        (("takes", 1, "sitting"), 77, ["takes[1].sitting", "no sitting 77"]),
        (("takes", 0, "state"), "burnt", ["takes[0].state"]),
        (("takes", 0, "state"), ["assessed"], ["takes[0].state"]),
        (("takes", 1, "path"), "../../.ssh/id", ["takes[1].path", "leads out"]),
        (("takes", 1, "path"), "/etc/passwd", ["takes[1].path", "leads out"]),
        (("takes", 1, "path"), "C:\\x.wav", ["takes[1].path", "leads out"]),
        (("takes", 0, "assessment"), None, ["takes[0].assessment"]),
        (("takes", 0, "assessment", "score"), 3, ["takes[0].assessment.score"]),
        (("takes", 0, "question", "kind"), "odd", ["takes[0].question.kind"]),
        (("takes", 0, "assessment", "hesitations"), float("inf"), ["hesitations", "has an end"]),
        ((*WORD, "start"), "soon", ["takes[0].transcript.words[3].start"]),
        ((*WORD, "text"), KeyError, ["takes[0].transcript.words[3]", "text"]),
        (("records", 0, "body"), "x", ["records[0].body"]),
        (("records", 0, "kind"), None, ["records[0].kind"]),
    ],
)
def test_a_fault_is_named_with_its_place(exported, path, value, phrases):
    _at(*path)(exported, value)
    with pytest.raises(errors.ExchangeError) as fault:
        check(exported)
    for phrase in phrases:
        assert phrase in fault.value.message + fault.value.next_step


def test_a_file_with_a_fault_changes_nothing(coach, tmp_path: Path, exported):
    _at("records", 0, "body")(exported, "x")  # the last that is looked at
    file = tmp_path / "log.json"
    file.write_text(json.dumps(exported), encoding="utf-8")
    failed(coach("import", file), errors.ExchangeError, "records[0].body", "nothing was imported")
    assert not any(coach("export").json[section] for section in ("rejections", "takes", "notes"))


def test_what_is_no_json(coach, tmp_path: Path):
    file = tmp_path / "log.json"
    failed(coach("import", file), errors.NoSuchFileError, "log.json")
    for content, phrase in {
        b'{"format": "coach log",\n  "version": }': "line 2, column 14",
        b"\xff\xfe": "UTF-8",
        b"[" * 100_000: "too deep",
        b'["\\ud800"]': "UTF-8",
        b"[]": "no exported log",
        b"": "line 1",
    }.items():
        file.write_bytes(content)
        failed(coach("import", file), errors.ExchangeError, phrase)
    failed(coach("import", tmp_path), errors.ExchangeError, "cannot be read")


# Through the command line


@pytest.fixture
def imported(home: Path, exported) -> None:
    with Log(home / "coach.db") as log:
        import_log(log, exported, NOW)


def test_a_log_moves_to_another_machine(coach, imported, exported, tmp_path: Path, monkeypatch):
    file = tmp_path / "log.json"
    assert coach("export", "--out", file).code == 0
    assert mode(file) == 0o600
    failed(coach("export", "--out", file), errors.FileTakenError, "--force")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "new"))
    assert "Added to takes: 2\n" in coach("import", file).out
    assert coach("export").json == exported
    assert coach("import", file).out.startswith("There already: ")
    assert coach("import", "-", "--json", stdin=file.read_text("utf-8")).json["added"] == {}
    assert coach("undo", "--yes").out == "Taken back: a file was imported.\n"
    assert coach("rejection", "list", "--json").json == []


def test_tables_for_a_spreadsheet(coach, imported):
    def table(name: str) -> list[dict[str, str]]:
        done = coach("export", "--format", "csv", "--table", name)
        assert done.code == 0, done
        return list(csv.DictReader(io.StringIO(done.out)))

    assert table("rejections")[0]["company"] == "Acme"
    assert [row["state"] for row in table("takes")] == ["assessed", "assessed"]
    assert "oven broke" in table("takes")[0]["said"]
    assert table("takes")[0]["score"] == str(JUDGED.score.overall)
    (note,) = table("points")
    assert note["words"] == "'=too fast"  # no formula
    assert table("episode")[0]["text"] == "an oven"
    assert note["vague"] == "no"  # as "controllable" says it
    assert coach("plan", "add", "Ask Ana").code == 0
    assert table("plan_items")[0]["ticked"] == "no"
    unknown = coach("export", "--format", "csv", "--table", "cats")
    assert unknown.code == 2
    assert "a card" in unknown.err
    assert coach("export", "--format", "csv").code == 2
    assert coach("export", "--table", "takes").code == 2


def test_a_text_to_be_read(coach, imported):
    text = coach("export", "--format", "md").out
    for told in (
        "## Rejections\n\n### 1. Acme, Chef\n\n> No numbers.\n",
        "### 1. Peer, Ann, 2026-11-02\n\n> good\n",
        "- Pace (to work on): “=too fast”\n",
        "### Take 1: Tell me about a time.",
        "Last year the oven broke.",
        "### Episode 1\n\n- text: an oven\n",
    ):
        assert told in text


def test_what_lies_outside_control_is_not_to_work_on(coach):
    coach("area", "add", "ext.competition", "--note", "others were stronger")
    text = coach("export", "--format", "md").out
    assert "(outside your control): “others were stronger”" in text
    assert "to work on" not in text


def test_a_full_disk_leaves_no_half_export(coach, imported, tmp_path: Path, monkeypatch):
    def full(_) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    failed(coach("export", "--out", tmp_path / "a.json"), errors.OutputError, "The disk is full")
    assert not list(tmp_path.glob("a.json*"))
