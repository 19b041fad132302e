"""Past takes are found by words, notes and marks; nothing that is typed is an error."""

import sqlite3
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from past_takes import NOW, RESULT, STORY, add_take

from coach.assessment.star import StarPart
from coach.improvement import migrations
from coach.improvement.entries import FeedbackPoint, Note, Polarity, Rejection
from coach.improvement.local_time import aware
from coach.improvement.log import Log
from coach.improvement.searching import Wanted, match_query, read_snippet
from coach.questions.question import Kind, Question
from coach.review.takes import HIT, found

OTHER = Question("oven-1", "When did the oven break?", Kind.BEHAVIOURAL, ("comp.planning",))


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as log:
        add_take(log, home, days=3)
        add_take(log, home, STORY + RESULT, days=2)
        add_take(log, home, "Last spring our new manager wanted the hall ready. "
                 "So I fetched hundred chairs, I put them in rows, two by two.",
                 days=1, question=OTHER, typed=True)  # fmt: skip
        log.shelf(Note).add(Note(1, "Open with the zeppelin"), NOW)
        yield log


def numbers(log: Log, words: str | None = None, **wanted: object) -> list[int]:
    return sorted(log.find(Wanted(words, **wanted), 50).numbers)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bakery", [1, 2]),
        ("BAKER roll", [1, 2]),  # beginnings, in any order
        ("two hundred", [2, 3]),
        ('"two hundred"', [2]),  # as a phrase
        ('"baker"', []),  # whole words
        ("zeppelin", [1]),  # in a note
        ("fair", [1, 2]),  # in the question
        ('manager "two by', [3]),  # a quote that nothing closes
        ("manager AND chairs", []),  # a plain word: nobody said "and" there
        ("manager (chairs) *", [3]),
        ("said:manager", []),
        ("nowhere", []),
        ('" "', []),
        ("", []),
    ],
)
def test_words_phrases_and_beginnings(log: Log, words: str, expected: list[int]):
    assert numbers(log, words) == expected


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text("\"*()-+^:{}.,'\\\0\x02 ANDORNTEar", max_size=20)))
def test_no_search_is_an_error(log: Log, words: str):
    page = log.find(Wanted(words), 50)
    assert page.total == len(page.numbers) == len(page.snippets)


def test_half_a_character_from_the_command_line_is_no_error(log: Log):
    assert match_query("\udcff") is None or log.find(Wanted("\udcff"), 1).total == 0


def test_a_word_in_the_question_ranks_above_one_that_was_said(log: Log):
    assert log.find(Wanted("oven"), 50).numbers[0] == 3


def test_the_hits_are_marked(log: Log):
    snippet = log.find(Wanted("hundred"), 50).snippets[2]
    assert [snippet.text[first:end] for first, end in snippet.marks] == ["hundred"]
    shown = found(snippet)
    assert [shown.plain[s.start : s.end] for s in shown.spans if HIT in str(s.style)] == ["hundred"]
    assert read_snippet("\x02a\x03 b \x02c\x03").marks == ((0, 1), (4, 5))


def test_filters(log: Log, home: Path):
    assert numbers(log, missing=StarPart.RESULT) == [1, 3]
    assert numbers(log, areas=("comp.planning",)) == [3]
    assert 2 not in numbers(log, areas=("star.result",))
    assert 1 in numbers(log, areas=("star.result",))  # it fell short in it
    assert numbers(log, question="fair-1") == [1, 2]
    assert numbers(log, question="the OVEN") == [3]
    assert numbers(log, question="%") == []
    assert numbers(log, since=NOW - timedelta(days=2)) == [2, 3]
    assert numbers(log, since=aware(datetime.combine(date.min, time()))) == [1, 2, 3]
    assert numbers(log, sitting=2) == [2]
    log.star(2, NOW, starred=True)
    assert numbers(log, starred=True) == [2]
    assert numbers(log, "bakery", missing=StarPart.RESULT) == [1]


def test_pages_are_in_order_and_whole(log: Log):
    assert [log.find(Wanted(), 2, skip).numbers for skip in (0, 2, 4)] == [(3, 2), (1,), ()]
    assert log.find(Wanted(), 2).total == 3


def test_the_index_follows_every_change(log: Log):
    notes = log.shelf(Note)
    notes.replace(Note(1, "Open with the airship", 1), NOW)
    assert (numbers(log, "zeppelin"), numbers(log, "airship")) == ([], [1])
    log.undo()
    assert (numbers(log, "zeppelin"), numbers(log, "airship")) == ([1], [])
    notes.remove(1, NOW)
    assert numbers(log, "zeppelin") == []
    log.delete(log.attempt(2), NOW)
    assert numbers(log, "bakery") == [1]
    log.undo()
    assert numbers(log, "bakery") == [1, 2]


def test_an_older_log_is_searched_as_before(home: Path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:4])
        home.mkdir()
        connection = sqlite3.connect(home / "coach.db", isolation_level=None)
        migrations.migrate(connection)
    connection.executescript(
        "INSERT INTO sittings VALUES (1, 'drill', '2026-11-02T10:00:00+00:00', NULL);"
        "INSERT INTO attempts (id, sitting, question_id, question_text, question, why, started,"
        " state, assessment) VALUES (7, 1, 'q', 'Why?', '{\"areas\": []}', '',"
        " '2026-11-02T10:00:00+00:00', 'assessed', '{\"missing\": [\"T\", \"R\"]}');"
        "INSERT INTO words (rowid, question, said) VALUES (7, 'Why?', 'because of the lighthouse');"
        "INSERT INTO records VALUES (1, 'note', 1, '{\"attempt\": 7, \"text\": \"breathe\"}', '');"
    )
    connection.close()
    with Log(home / "coach.db") as log:
        assert numbers(log, "lighthouse") == numbers(log, "breathe") == [7]
        assert numbers(log, missing=StarPart.TASK) == [7]
        assert numbers(log, missing=StarPart.ACTION) == []


def test_the_command_lists_a_page_with_score_and_areas(coach, log: Log):
    log.star(1, NOW, starred=True)
    listed = coach("review")
    lines = listed.out.splitlines()
    assert max(map(len, lines)) <= 80
    (second,) = [line for line in lines if " 2 20 Nov" in line]
    assert str(log.attempt(2).assessment.score.overall) in second
    assert "Handling conflict" in lines[lines.index(second) + 1]
    assert "★ 1" in listed.out
    assert "3 takes." in listed.out
    searched = coach("review", "--search", '"two hundred"').out
    assert "sold two hundred more rolls" in " ".join(searched.split())
    assert "1 take." in searched
    found = coach("review", "--search", '"two hundred"', "--json").json
    assert [(take["id"], len(take["found"]["marks"])) for take in found] == [(2, 1)]
    assert "In no take" in coach("review", "--search", "submarine").out
    assert "beyond" in coach("review", "--page", 9).out
    assert coach("review", "--page", 0).code == 2
    assert coach("review", "--area", "comp.conflct").code == 15


def test_takes_since_a_rejection_that_bear_on_what_it_named(coach, log: Log):
    points = (FeedbackPoint("star.result", Polarity.CRITICISM, "no results"),)
    day = (NOW - timedelta(days=2)).date()
    log.add_rejection(Rejection("Acme", "Cook", day, points=points), NOW)
    listed = coach("review", "--rejection", 1, "--json").json
    assert [take["id"] for take in listed] == [3]
    log.add_rejection(Rejection("Acme", "Cook", date(2026, 1, 1)), NOW)
    assert coach("review", "--rejection", 2).code == 41
    assert coach("review", "--rejection", 9).code == 24
