"""Logging a rejection on a pseudo-terminal, key by key."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from test_rejection import EVERY_FLAG, TODAY, add

pexpect = pytest.importorskip("pexpect")


@pytest.fixture
def terminal(tmp_path: Path, home: Path):
    """Start a command on a pseudo-terminal, with an editor that writes two lines."""
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'The tour\\nand the team' > \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)

    def start(*words: object):
        return pexpect.spawn(
            sys.executable, ["-m", "coach", *map(str, words)], encoding="utf-8", timeout=10,
            env={**os.environ, "EDITOR": str(editor), "VISUAL": str(editor), "TERM": "xterm"},
            dimensions=(60, 80),
        )  # fmt: skip

    return start


def go(child, *steps: tuple[str, str]) -> None:
    """At each prompt a line, or a single key where it is an Enter or one letter for a key."""
    for prompt, answer in steps:
        child.expect(prompt)
        child.send(answer)
    child.expect(pexpect.EOF)


LIST = "u takes back"  # ends the line under a list of points
READY = r"opens your editor.*\x1b\[\?2004h"  # several lines can be typed
LATER = "leave it for later.*?\n"


def lines(*labels: str, **answers: str):
    return [(label, answers.get(label.split()[0].lower(), "") + "\r") for label in labels]


def test_the_list_keeps_changes_adds_and_takes_back_by_number(coach, terminal):
    child = terminal("rejection", "add")
    words = "We liked your energy, but your answers lacked measurable outcomes. You rambled."
    go(
        child,
        ("Company:", "Acme\r"), ("Role:", "Analyst\r"), ("What did they say", f"{words}\r\r"),
        (LIST, "4\r"), ("praise or not", "p"),  # energy: criticism, not praise
        (LIST, "1\r"), ("praise or not", "n"), (f"Left out: Results.*{LIST}", "u\r"),
        (LIST, "7\r"), (f"not in the list.*{LIST}", "1\r"),
        ("praise or not", "c"), ("a part of its name", "owner\r"),
        (LIST, "a\r"), ("a part of its name", "team\r"), ("a part of its name", "1\r"),
        ("say so", "\r"),
        (LIST, "\r"),
        ("Day of their", "\r"), ("How far", "pan\r"), ("Where you found", "\r"),
        (LATER, "\r"),
        ("Preparation", "\r"), ("Research", "4\r"), ("Interview", "9\r"),
        ("1 to 5.*Interview", "2\r"),
        ("Task", "\r"), ("Follow-up", "\r"),
        ("went well", "e\r"), ("differently", "name figures\r\r"),
        ("Questions to answer", "Why this harbour of ours?\r\r"),
        ("Nerves", "4\r"), ("Body language", "\r"),
        (LATER, "l"), ("two.*?\n", "2"),
    )  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert {(p["area"], p["polarity"]) for p in kept["points"]} == {
        ("voice.energy", "neg"), ("star.ownership", "neg"), ("comp.teamwork", "neg"),
        ("voice.long", "neg"), ("star.numbers", "neg"),
    }  # fmt: skip
    assert kept["points"][-1]["words"] == "added by you"
    assert kept["ratings"] == {"research": 4, "interview": 2}
    assert kept["went_well"] == "The tour\nand the team"
    assert (kept["stage"], kept["felt_right"]) == ("panel", None)
    assert kept["rest_until"] == (TODAY + timedelta(days=2)).isoformat()
    assert "In your drill queue as own-001" in child.before


LETTER = "Hi Maria,\n\nI wanted to call.\nYou rambled.\n\n\nWarmly,\nPriya"


@pytest.mark.parametrize("pasted", [f"\x1b[200~{LETTER}\n\x1b[201~", f"{LETTER}\n"])
def test_a_pasted_letter_is_one_block_with_its_empty_lines(coach, terminal, pasted):
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo")  # fmt: skip
    child.expect(READY)
    child.send(pasted.replace("\n", "\r"))
    child.expect("Priya")
    go(child, ("", "\r"), (LIST, "\r"), (LATER, "l"), (LATER, "l"), ("two.*?\n", "0"))
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["words"] == LETTER


def test_a_step_back_mends_the_answer_before(coach, terminal):
    child = terminal("rejection", "add", "--date", TODAY)
    go(child, ("Company:", "Acne\r"), ("Role:", "<\r"), ("Acne.*Company:", "Acme\r"),
       ("Role:", "Chef\r"), ("What did they say", "\r"), ("How far", "\r"),
       ("Where you found", "You rambled, they said\r"), (LATER, "<"),
       ("You rambled.*Where you found", "-\r"), (LATER, "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert (kept["company"], kept["role"], kept["source"]) == ("Acme", "Chef", None)


def test_what_was_written_before_ctrl_c_is_kept(coach, terminal):
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo", "--area", "star.result")  # fmt: skip
    go(child, ("What did they say", "No results told.\r\r"), (LATER, "\r"),
       ("Preparation", "5\r"), ("Research", "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["ratings"] == {"preparation": 5}
    assert kept["points"][0]["area"] == "star.result"


def test_an_edit_on_a_terminal_keeps_on_enter_and_empties_on_a_dash(coach, terminal):
    before = add(coach, *EVERY_FLAG)
    child = terminal("rejection", "edit", 1)
    go(
        child,
        *lines("Company", "Role", "What did they say"),
        (LIST, "\r"),
        *lines("Day of", "How far", "Where you found", where="a friend"),
        (LATER, "\r"),
        *lines("Preparation", "Research", "Interview", "Task", "Follow-up", task="1"),
        *lines("went well", "differently", "Questions", "Nerves", "Body language", nerves="-"),
        (LATER, "\r"),
        *lines("feel right", "excited you", "did not", "Keywords", "only you", feel="y"),
    )
    after = coach("rejection", "show", 1, "--json").json
    changed = {name: after[name] for name in after if before[name] != after[name]}
    assert changed == {
        "source": "a friend",
        "ratings": {"interview": 3, "task": 1, "follow_up": 5},
        "nerves": None,
        "felt_right": True,
    }


def test_a_reading_is_corrected_later_and_the_others_stay(coach, terminal):
    before = add(coach, "--feedback", "We liked your energy. You rambled. You were late.")
    go(terminal("rejection", "edit", 1, "--points"), (LIST, "1\r"), ("praise or not", "n"),
       (LIST, "\r"))  # fmt: skip
    after = coach("rejection", "show", 1, "--json").json["points"]
    assert len(after) == len(before["points"]) - 1
    assert all(point in before["points"] for point in after)


def test_what_was_settled_before_an_interruption_is_kept_and_the_open_stays(coach, terminal):
    words = "We liked your energy, but your answers lacked measurable outcomes. You rambled."
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo", "--feedback", words)  # fmt: skip
    go(child, (LIST, "2\r"), ("praise or not", "n"),
       (LIST, "a\r"), ("a part of its name", "\x04"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert len(kept["points"]) == 3
    assert "nothing that could be practised" not in child.before
    assert "coach rejection edit 1" in child.before


def test_ctrl_c_within_the_words_keeps_company_role_and_what_stands_there(coach, terminal):
    child = terminal("rejection", "add", "--date", "2026-11-03")
    names = ("Company:", "Acme\r"), ("Role:", "Chef\r")
    go(child, *names, (READY, "You rambled"), ("rambled", "\x03"))
    kept = coach("rejection", "show", 1, "--json").json
    assert (kept["company"], kept["date"], kept["words"]) == ("Acme", "2026-11-03", "You rambled")
    assert [point["area"] for point in kept["points"]] == ["voice.long"]


def test_ctrl_c_in_an_editor_is_the_editors(coach, terminal, tmp_path: Path):
    editor = tmp_path / "editor"
    script = "#!/bin/sh\ntrap 'echo You rambled. > \"$1\"; exit 0' INT\necho open\nread line\n"
    editor.write_text(script, encoding="utf-8")
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo")  # fmt: skip
    go(child, ("What did they say", "e\r"), ("open\r", "\x03"), (LIST, "\r"),
       (LATER, "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["words"] == "You rambled."


def test_a_day_that_is_still_to_come_is_asked_for_again(coach, terminal):
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef",
                     "--feedback", "No.", "--area", "star.result")  # fmt: skip
    go(child, ("Day of their", "2099-05-01\r"), ("still to come.*Day of their", "2026-11-03\r"),
       ("How far", "\x03"))  # fmt: skip
    assert coach("rejection", "show", 1, "--json").json["date"] == "2026-11-03"


def test_a_letter_is_noted_as_sent_only_by_a_yes(coach, terminal):
    add(coach)
    for answer, asked in (("\r", None), ("y\r", TODAY.isoformat())):
        child = terminal("rejection", "ask", 1, "--name", "Ada")
        go(child, ("greet", "Priya\r"), ("send it today", answer))
        assert coach("rejection", "show", 1, "--json").json["asked"] == asked


def test_an_interview_an_application_and_feedback_are_asked_for(coach, terminal):
    go(terminal("interview", "add"), ("which day", "soon\r"),
       ("YYYY.*which day", "2099-12-03 10:30\r"),
       ("which job", "Chef\r"), ("Which round", "pan\r"), ("With whom", "\r"))  # fmt: skip
    (interview,) = coach("interview", "list", "--json").json
    assert (interview["day"], interview["clock"], interview["stage"]) == (
        "2099-12-03", "10:30", "panel")  # fmt: skip
    go(terminal("applications", "add"), ("To whom", "Acme\r"), ("which job", "Cook\r"),
       ("found it", "agency\r"))  # fmt: skip
    (application,) = coach("applications", "list", "--json").json
    assert (application["company"], application["channel"]) == ("Acme", "agency")
    go(terminal("feedback", "add"), ("comes from", "peer\r"), ("Who said", "Sam\r"),
       ("What was said", "You rambled.\r\r"), (LIST, "\r"))  # fmt: skip
    (feedback,) = coach("feedback", "list", "--json").json
    assert (feedback["source"], feedback["who"]) == ("peer", "Sam")


def test_entries_are_gone_through_again_field_by_field(coach, terminal):
    coach("applications", "add", "--company", "Acme", "--role", "Cok")
    go(terminal("applications", "edit", 1), ("To whom", "\r"), ("which job", "Cook\r"),
       ("found it", "\r"), ("Sent on", "2099-01-01\r"),
       ("still to come.*Sent on", "2026-11-02\r"))  # fmt: skip
    (application,) = coach("applications", "list", "--json").json
    assert (application["role"], application["sent"]) == ("Cook", "2026-11-02")
    coach("feedback", "add", "--source", "peer", "--who", "Sam", "--feedback", "You rambled.")
    go(terminal("feedback", "edit", 1), ("comes from", "\r"), ("Who said", "-\r"),
       ("Day", "2099-01-01\r"), ("still to come.*Day", "\r"), ("What was said", "\r"),
       (LIST, "\r"))  # fmt: skip
    (feedback,) = coach("feedback", "list", "--json").json
    assert (feedback["source"], feedback["who"], feedback["words"]) == (
        "peer",
        None,
        "You rambled.",
    )
