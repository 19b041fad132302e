"""A rejection from its first line to a first step: log, ask, confirm, react."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from file_mode import mode

from coach import errors, places
from coach.improvement.entries import STAGES, FeedbackPoint, Polarity, Rejection
from coach.improvement.letter import follow_up, request
from coach.improvement.log import Log
from coach.practice import utc_now

TODAY = utc_now().astimezone().date()
WORDS = "Your answers lacked measurable outcomes."


def add(coach, *more: object, company: str = "Acme") -> dict:
    outcome = coach("rejection", "add", "--company", company, "--role", "Analyst", "--json", *more)
    assert outcome.code == 0, outcome.err
    return outcome.json


def failed(outcome, error: type[errors.CoachError], *told: str) -> None:
    assert outcome.code == error.exit_code, outcome.err
    for text in told:
        assert text in outcome.err


# Fields

EVERY_FLAG = (
    "--date", "2026-11-02", "--stage", "panel", "--source", "job board", "--feedback", WORDS,
    "--rating", "interview=3", "--rating", "follow-up=5", "--went-well", "the tour",
    "--differently", "name figures", "--could-answer", "Why do you want to join us at the harbour?",
    "--nerves", 4, "--body-language", 2, "--not-right", "--exciting", "the team",
    "--unexciting", "shifts", "--misleading", "agile", "--misleading", "remote", "--note", "tired",
    "--asked", "2026-11-03", "--answered", "2026-11-05", "--remind", "2026-11-10",
    "--door-open", "--contact-again", "2027-03-01",
)  # fmt: skip


def test_every_field_can_be_given_by_flags_and_is_shown(coach):
    added = add(coach, *EVERY_FLAG)
    # Its day is long past, so no rest is left of it.
    empty = [name for name, value in added.items() if value in (None, [], {})]
    assert empty == ["rest_until"]
    assert added["ratings"] == {"interview": 3, "follow_up": 5}
    assert added["felt_right"] is False
    shown = coach("rejection", "show", 1).out
    for text in ("panel", "job board", "interview 3, follow up 5", "the tour", "name figures",
                 "agile; remote", "tired", "01 Mar 2027"):  # fmt: skip
        assert text in shown


def test_only_company_and_role_are_needed(coach):
    added = add(coach)
    assert (added["date"], added["words"], added["points"]) == (TODAY.isoformat(), None, [])


def test_a_rating_that_is_none_is_refused(coach):
    for wrong in ("interview=6", "lunch=3", "interview"):
        outcome = coach("rejection", "add", "--company", "A", "--role", "B", "--rating", wrong)
        assert outcome.code == 2
        assert wrong in outcome.err
    assert coach("rejection", "list", "--json").json == []


def test_an_edit_changes_what_it_names_and_keeps_the_rest(coach):
    before = add(coach, *EVERY_FLAG)
    outcome = coach("rejection", "edit", 1, "--rating", "task=2", "--stage", "final", "--json",
                    "--could-answer", "What is your view of our new harbour?")  # fmt: skip
    changed = {"stage", "ratings", "could_answer"}
    assert {name for name in before if before[name] != outcome.json[name]} == changed
    assert outcome.json["ratings"] == {"interview": 3, "follow_up": 5, "task": 2}
    assert len(outcome.json["could_answer"]) == 2
    assert coach("rejection", "show", 1, "--json").json == outcome.json
    failed(coach("rejection", "edit", 1), errors.NoTerminalError, "--stage")
    failed(coach("rejection", "edit", 9, "--stage", "task"), errors.UnknownEntryError)


def test_new_words_are_understood_anew(coach):
    add(coach, "--feedback", WORDS)
    changed = coach("rejection", "edit", 1, "--feedback", "You rambled.", "--json").json
    assert [point["area"] for point in changed["points"]] == ["voice.long"]


def test_an_area_is_added_or_dropped_and_the_other_readings_stay(coach):
    words = "We liked your energy.\n\nYour answers lacked measurable outcomes. You rambled."
    before = add(coach, "--feedback", words)["points"]
    after = coach("rejection", "edit", 1, "--area", "Ownership", "--drop", "voice.long",
                  "--json").json["points"]  # fmt: skip
    assert after[:-1] == [point for point in before if point["area"] != "voice.long"]
    assert (after[-1]["area"], after[-1]["words"]) == ("star.ownership", "added by you")
    # What is read to speak of an area is quoted, and not the whole letter.
    again = coach("rejection", "edit", 1, "--area", "voice.long", "--json").json["points"]
    assert again[-1]["words"] == "You rambled"
    refused = coach("rejection", "edit", 1, "--drop", "ext.skills")
    assert (refused.code, "ext.skills" in refused.err) == (2, True)


def test_an_empty_option_empties_the_field(coach):
    add(coach, *EVERY_FLAG)
    after = coach("rejection", "edit", 1, "--source", "", "--json").json
    assert (after["source"], after["stage"]) == (None, "panel")


def test_a_removal_asks_and_can_be_taken_back(coach, home: Path):
    added = add(coach, "--feedback", WORDS)
    failed(coach("rejection", "remove", 1), errors.NoTerminalError, "--yes")
    assert coach("rejection", "remove", 1, "--yes").code == 0
    assert coach("rejection", "list", "--json").json == []
    with Log(home / "coach.db") as log:
        assert log.undo() == "rejection 1 was removed"
    assert coach("rejection", "show", 1, "--json").json == added


# From JSON


def test_json_goes_in_as_it_came_out(coach, tmp_path: Path):
    first, second = add(coach, *EVERY_FLAG), add(coach, "--area", "ext.skills", company="Beta")
    file = tmp_path / "all.json"
    file.write_text(json.dumps([first, second]), encoding="utf-8")
    outcome = coach("rejection", "add", "--from-json", file, "--json")
    assert outcome.code == 0, outcome.err
    assert outcome.json == [{**first, "id": 3}, {**second, "id": 4}]


def test_one_object_from_standard_input_is_understood(coach):
    entry = {"company": "A", "role": "B", "words": WORDS, "points": None}
    text = json.dumps({**entry, "could_answer": ["Whatever made you apply to us?"]})
    (added,) = coach("rejection", "add", "--from-json", "-", "--json", stdin=text).json
    assert "star.numbers" in [point["area"] for point in added["points"]]
    assert coach("drill", "--typed", "--question", "own-001", "--json", stdin="/end\n").code == 0


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"colour": 1}, '"colour"'),
        ({"stagee": "panel"}, 'did you mean "stage"'),
        ({"role": ""}, '"role"'),
        ({"role": None}, '"role"'),
        ({"stage": "tea"}, "tea"),
        ({"date": "soon"}, "YYYY-MM-DD"),
        ({"nerves": "3"}, "a whole number"),
        ({"nerves": 9}, "1 to 5"),
        ({"felt_right": "no"}, "true or false"),
        ({"asked": "soon"}, '"asked"'),
        ({"note": 3}, "a text"),
        ({"ratings": {"lunch": 3}}, "lunch"),
        ({"could_answer": "one"}, "could_answer"),
        ({"points": [{"area": "star.rsult", "polarity": "neg", "words": "x"}]}, "star.result"),
        ({"points": [{"area": "star.result", "polarity": "bad", "words": "x"}]}, "pos"),
        ({"points": [{"area": "star.result", "polarity": "neg", "word": "x"}]}, '"words"'),
    ],
)
def test_a_fault_in_json_is_named_and_nothing_is_half_added(coach, fault, told):
    text = json.dumps([{"company": "A", "role": "B"}, {"company": "C", "role": "D", **fault}])
    failed(coach("rejection", "add", "--from-json", "-", stdin=text), errors.EntryError,
           "Entry 2", told)  # fmt: skip
    assert coach("rejection", "list", "--json").json == []


def test_a_damaged_bank_keeps_json_out_as_a_whole(coach):
    own = places.make_private(places.own_banks()) / "own.toml"
    own.write_text("[[question]]\nid = 'x'\n", encoding="utf-8")
    text = json.dumps({"company": "A", "role": "B", "could_answer": ["Why this harbour of ours?"]})
    failed(coach("rejection", "add", "--from-json", "-", stdin=text), errors.BankError, "own.toml")
    assert coach("rejection", "list", "--json").json == []


# Letters


def test_a_letter_is_printed_noted_and_signed(coach):
    add(coach, "--stage", "task")
    outcome = coach("rejection", "ask", 1, "--name", "Ada Obi")
    assert outcome.code == 0, outcome.err
    letter = " ".join(outcome.out.split())
    for text in ("Subject: Analyst at Acme", "Dear hiring team at Acme", "experience", "stronger",
                 "stay in touch", "Ada Obi"):  # fmt: skip
        assert text in letter
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "coach rejection answer 1" in outcome.err
    # To print it is not to send it.
    assert coach("rejection", "show", 1, "--json").json["asked"] is None
    assert coach("rejection", "ask", 1, "--sent").code == 0
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["asked"] == TODAY.isoformat()
    assert kept["remind"] == (TODAY + timedelta(days=7)).isoformat()
    # The name is remembered.
    assert "Ada Obi" in coach("rejection", "ask", 1, "--to", "recruiter").out


def test_a_letter_goes_to_a_new_file_and_never_over_another(coach, tmp_path: Path):
    add(coach)
    file = tmp_path / "letter.txt"
    assert coach("rejection", "ask", 1, "--out", file, "--remind", "2027-01-02").code == 0
    written = file.read_text(encoding="utf-8")
    assert "[your name]" in written
    assert mode(file) == 0o600
    assert coach("rejection", "show", 1, "--json").json["remind"] == "2027-01-02"
    failed(coach("rejection", "ask", 1, "--out", file), errors.FileTakenError, "letter.txt")
    assert file.read_text(encoding="utf-8") == written


def test_the_clipboard_gets_the_letter_or_it_is_said_that_there_is_none(coach, monkeypatch):
    import pyperclip

    add(coach)
    copied = []
    monkeypatch.setattr(pyperclip, "copy", copied.append)
    assert coach("rejection", "ask", 1, "--clip").code == 0
    assert copied[0].startswith("Subject: Analyst at Acme")

    def refuse(_text: str) -> None:
        raise pyperclip.PyperclipException("none")

    monkeypatch.setattr(pyperclip, "copy", refuse)
    add(coach, company="Beta")
    outcome = coach("rejection", "ask", 2, "--clip")
    failed(outcome, errors.ClipboardError, "clipboard", "--out")
    assert "Dear hiring team at Beta" in outcome.out
    assert coach("rejection", "show", 2, "--json").json["asked"] is None


def rejections():
    jobs = (("Acme", "Analyst"), ("Harbour Hotel", "Shift manager"), ("{x}", "Engineer"))
    for stage, (company, role) in product((None, *STAGES), jobs):
        yield Rejection(company, role, date(2026, 11, 1), stage)


def test_letters_are_short_hold_what_is_asked_and_vary():
    texts = set()
    for each in rejections():
        for recruiter in (False, True):
            body = request(each, "Ada Obi", recruiter=recruiter).body
            assert len(body.split()) < 150
            assert each.role in body
            assert each.company in body
            for word in ("skills", "experience", "stronger", "in touch", "thank", "ada obi"):
                assert word in body.lower(), (word, body)
            texts.add(body.replace(each.role, "ROLE").replace(each.company, "COMPANY"))
    assert len(texts) > 40


def test_a_follow_up_quotes_the_vague_words_and_asks_one_question():
    vague = FeedbackPoint("hr.fit", Polarity.CRITICISM, "the fit was not quite right", vague=True)
    clear = FeedbackPoint("voice.pace", Polarity.CRITICISM, "you spoke fast")
    told = Rejection("Acme", "Analyst", date(2026, 11, 1), "panel",
                     "We felt the fit was not quite right, and you spoke fast.",
                     (clear, vague))  # fmt: skip
    body = follow_up(told, "Ada").body
    assert "“the fit was not quite right”. I" in body
    assert "fits well" in body
    assert body.count("?") == 1
    silent = Rejection("Acme", "Analyst", date(2026, 11, 1))
    assert "I wrote to you" not in follow_up(silent, "Ada").body
    asked = replace(silent, asked=date(2026, 11, 3))
    assert "I wrote to you on 3 November" in follow_up(asked, "Ada").body
    praised = FeedbackPoint("voice.energy", Polarity.PRAISE, "you did great")
    for points in ((praised,), ()):
        kind = replace(asked, words="Honestly you did great.", points=points)
        body = follow_up(kind, "Ada").body
        assert "3 November" in body
        assert "great" not in body


def test_a_letter_takes_up_the_reasons_that_were_given():
    points = (
        FeedbackPoint("voice.energy", Polarity.PRAISE, "your energy"),
        FeedbackPoint("star.result", Polarity.CRITICISM, "no outcomes"),
        FeedbackPoint("voice.long", Polarity.CRITICISM, "you ran long"),
        FeedbackPoint("ext.competition", Polarity.CRITICISM, "somebody closer"),
    )
    told = Rejection("Acme", "Analyst", date(2026, 11, 1), "panel", "A whole letter.", points)
    body = request(told, "Ada", reader="Priya", talk=True).body
    assert body.startswith("Dear Priya,")
    for text in ("energy", "results and brevity", "On results:", "You offered to talk"):
        assert text in body
    assert "experience" not in body
    assert "competition" not in body
    assert "talk" not in request(told, "Ada").body


def test_a_follow_up_leaves_the_day_of_the_letter(coach):
    add(coach, "--date", "2026-11-02", "--asked", "2026-11-03")
    assert "3 November" in coach("rejection", "ask", 1, "--follow-up", "--sent").out
    assert coach("rejection", "show", 1, "--json").json["asked"] == "2026-11-03"


def test_an_answer_is_added_understood_and_dated(coach):
    add(coach, "--feedback", "We went with someone else.")
    coach("rejection", "ask", 1, "--follow-up")
    outcome = coach("rejection", "answer", 1, "--feedback", "You rambled.", "--date", TODAY,
                    "--door-open", "--contact-again", "2027-03-01", "--json")  # fmt: skip
    kept = outcome.json
    assert kept["words"] == "We went with someone else.\n\nYou rambled."
    areas = [point["area"] for point in kept["points"]]
    assert areas == ["ext.competition", "voice.long"]
    assert (kept["answered"], kept["remind"]) == (TODAY.isoformat(), None)
    assert (kept["door_open"], kept["contact_again"]) == (True, "2027-03-01")
    assert "--follow-up" not in coach("rejection", "answer", 1, "--feedback", "You mumbled.").out
    failed(coach("rejection", "answer", 1), errors.NoTerminalError, "--feedback")
    closed = coach("rejection", "answer", 1, "--no-door-open", "--json").json
    assert closed["door_open"] is False
    assert closed["words"].endswith("You mumbled.")
    add(coach, company="Beta")
    assert "--follow-up" in coach("rejection", "answer", 2, "--feedback", "All the best.").out


def test_the_same_rejection_twice_is_kept_and_told(coach):
    def added(company: str):
        return coach("rejection", "add", "--company", company, "--role", "Analyst")

    assert "coach undo" not in added("Acme").err
    assert "Rejection 1" in added(" ACME ").err
    assert "coach undo" not in added("Beta").err
    assert len(coach("rejection", "list", "--json").json) == 3


# Feedback of others, strengths, themes


def test_feedback_joins_practice_and_praise_the_strengths(coach):
    outcome = coach("feedback", "add", "--source", "appraisal", "--who", "my lead", "--date",
                    "2026-10-01", "--feedback", "Your talks ramble. You are great with customers.",
                    "--json")  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert "voice.long" in [area["area"] for area in coach("area", "list", "--json").json]
    (strength,) = coach("strengths", "--json").json
    assert (strength["area"], strength["who"], strength["when"]) == (
        "comp.customer", "my lead", "2026-10-01",
    )  # fmt: skip
    assert "my lead" in coach("feedback", "list").out
    assert "great with customers" in coach("feedback", "show", 1).out
    mock = coach("mock", "--typed", "--questions", 1, stdin="/end\n").out
    assert mock.index("great with customers") < mock.index("Question 1")
    failed(coach("feedback", "remove", 1), errors.NoTerminalError)
    assert coach("feedback", "remove", 1, "--yes").code == 0
    assert coach("strengths", "--json").json == []
    failed(coach("feedback", "add", "--source", "peer"), errors.NoTerminalError, "--feedback")


def test_feedback_is_mended_and_what_it_names_with_it(coach):
    coach("feedback", "add", "--source", "peer", "--who", "Ana", "--feedback", "You rambled.")
    edited = coach("feedback", "edit", 1, "--source", "mock", "--date", "2026-10-01", "--json").json
    assert (edited["source"], edited["date"], edited["who"]) == ("mock", "2026-10-01", "Ana")
    assert [point["area"] for point in edited["points"]] == ["voice.long"]
    anew = coach("feedback", "edit", 1, "--feedback", WORDS, "--json").json
    assert [point["area"] for point in anew["points"]] == ["star.result", "star.numbers"]
    assert "You rambled." in coach("history", "feedback", 1).out
    assert coach("undo", "--yes").code == 0
    assert coach("feedback", "show", 1, "--json").json == edited
    failed(coach("feedback", "edit", 1), errors.NoTerminalError)
    failed(coach("feedback", "edit", 9, "--who", "x"), errors.UnknownEntryError)
    assert coach("feedback", "edit", 1, "--date", "2127-01-01").code == 2


def test_what_might_be_praise_or_criticism_waits_for_the_user(coach):
    words = "Your examples were all from university."
    for entry in (("rejection", "add", "--company", "A", "--role", "B"),
                  ("feedback", "add", "--source", "peer")):  # fmt: skip
        outcome = coach(*entry, "--yes", "--json", "--feedback", words)
        assert outcome.json["points"] == []
        assert "coach area add star.example --note" in outcome.err


def test_what_recurs_is_shown_when_it_does(coach):
    first = coach("rejection", "add", "--company", "A", "--role", "B", "--feedback", WORDS).out
    assert "recurs" not in first
    second = coach("rejection", "add", "--company", "C", "--role", "D", "--feedback", WORDS).out
    assert "2 of 2 rejections name numbers" in second
    coach("rejection", "add", "--company", "E", "--role", "F", "--area", "ext.business")
    themes = coach("themes", "--json").json
    assert {theme["area"] for theme in themes["recurring"]} == {"star.numbers", "star.result"}
    assert themes["recurring"][0]["text"].startswith("2 of 3 rejections")
    assert [theme["area"] for theme in themes["outside"]] == ["ext.business"]
    assert themes["outside"][0]["kindly"] in " ".join(coach("themes").out.split())


# Rest


@pytest.mark.parametrize(("given", "days"), [((), 1), (("--rest", 2), 2), (("--rest", 0), 0)])
def test_a_rest_is_kept_and_ends_with_a_first_step(coach, given, days):
    outcome = coach(
        "rejection", "add", "--company", "A", "--role", "B", "--feedback", WORDS, *given
    )
    kept = coach("rejection", "show", 1, "--json").json["rest_until"]
    assert kept == ((TODAY + timedelta(days=days)).isoformat() if days else None)
    assert "coach drill --rejection 1" in outcome.out
    assert ("You rest until" in outcome.out) == bool(days)
