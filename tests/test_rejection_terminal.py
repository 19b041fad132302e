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


def lines(*labels: str, **answers: str):
    return [(label, answers.get(label.split()[0].lower(), "") + "\r") for label in labels]


def test_on_a_terminal_one_key_confirms_changes_and_adds(coach, terminal):
    child = terminal("rejection", "add")
    words = "We liked your energy, but your answers lacked measurable outcomes. You rambled."
    go(
        child,
        ("Company:", "Acme\r"), ("Role:", "Analyst\r"), ("Day of their", "\r"),
        ("How far", "pan\r"), ("Where you found", "\r"), ("What did they say", f"{words}\r"),
        ("1 of 4.*rest as is.*?\n", "p"),  # energy: criticism, not praise
        ("2 of 4.*rest as is.*?\n", "c"), ("a part of its name", "owner\r"),
        ("3 of 4.*rest as is.*?\n", "n"),
        ("4 of 4.*rest as is.*?\n", "a"), ("a part of its name", "team\r"),
        ("a part of its name", "1\r"),
        ("4 of 4.*rest as is.*?\n", "\r"),
        ("add another.*?\n", "\r"),
        ("leave it for later.*?\n", "\r"),
        ("Preparation", "\r"), ("Research", "4\r"), ("Interview", "9\r"),
        ("1 to 5.*Interview", "2\r"),
        ("Task", "\r"), ("Follow-up", "\r"),
        ("went well", "e\r"), ("differently", "name figures\r"),
        ("Question:", "Why this harbour of ours?\r"), ("Question:", "\r"),
        ("Nerves", "4\r"), ("Body language", "\r"),
        ("leave it for later.*?\n", "l"), ("only you will read", "\r"), ("two.*?\n", "2"),
    )  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert [(p["area"], p["polarity"]) for p in kept["points"]] == [
        ("voice.energy", "neg"), ("star.ownership", "neg"), ("comp.teamwork", "neg"),
        ("voice.long", "neg"),
    ]  # fmt: skip
    assert kept["points"][2]["words"] == "You rambled"
    assert kept["ratings"] == {"research": 4, "interview": 2}
    assert kept["went_well"] == "The tour\nand the team"
    assert (kept["stage"], kept["felt_right"]) == ("panel", None)
    assert kept["rest_until"] == (TODAY + timedelta(days=2)).isoformat()
    assert "In your drill queue as own-001" in child.before


def test_what_was_written_before_ctrl_c_is_kept(coach, terminal):
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo", "--area", "star.result")  # fmt: skip
    go(child, ("What did they say", "No results told.\r"), ("later.*?\n", "\r"),
       ("Preparation", "5\r"), ("Research", "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["ratings"] == {"preparation": 5}
    assert kept["points"][0]["area"] == "star.result"


def test_an_edit_on_a_terminal_keeps_on_enter_and_empties_on_a_dash(coach, terminal):
    before = add(coach, *EVERY_FLAG)
    labels = ("Company", "Role", "Day of", "How far", "Where you found", "What did they say")
    child = terminal("rejection", "edit", 1)
    go(
        child,
        *lines(*labels, where="a friend"),
        *lines("Preparation", "Research", "Interview", "Task", "Follow-up", task="1"),
        *lines("went well", "differently", "Question:", "Nerves", "Body language", nerves="-"),
        *lines("feel right", "excited you", "did not", "Keywords", "only you", feel="y"),
        ("these areas stay.*?\n", "\r"),
    )
    after = coach("rejection", "show", 1, "--json").json
    changed = {name: after[name] for name in after if before[name] != after[name]}
    assert changed == {
        "source": "a friend",
        "ratings": {"interview": 3, "task": 1, "follow_up": 5},
        "nerves": None,
        "felt_right": True,
    }


def test_what_was_settled_before_an_interruption_is_kept_and_the_open_stays(coach, terminal):
    words = "We liked your energy, but your answers lacked measurable outcomes. You rambled."
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo", "--feedback", words)  # fmt: skip
    go(child,
       ("1 of 4.*rest as is.*?\n", "p"),
       ("2 of 4.*rest as is.*?\n", "n"),
       ("3 of 4.*rest as is.*?\n", "a"), ("a part of its name", "\x04"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert [(p["area"], p["polarity"]) for p in kept["points"]] == [
        ("voice.energy", "neg"), ("star.numbers", "neg"), ("voice.long", "neg"),
    ]  # fmt: skip
    assert "(2 of 4)" in child.before
    assert "nothing that could be practised" not in child.before
    assert "coach rejection edit 1" in child.before


def test_ctrl_c_before_the_words_keeps_company_role_and_day(coach, terminal):
    child = terminal("rejection", "add")
    go(child, ("Company:", "Acme\r"), ("Role:", "Chef\r"), ("Day of their", "2026-11-03\r"),
       ("How far", "\r"), ("Where you found", "\r"), ("What did they say", "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert (kept["company"], kept["date"], kept["words"]) == ("Acme", "2026-11-03", None)


def test_ctrl_c_in_an_editor_is_the_editors(coach, terminal, tmp_path: Path):
    editor = tmp_path / "editor"
    script = "#!/bin/sh\ntrap 'echo You rambled. > \"$1\"; exit 0' INT\necho open\nread line\n"
    editor.write_text(script, encoding="utf-8")
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", TODAY,
                     "--stage", "first", "--source", "Jo")  # fmt: skip
    go(child, ("What did they say", "e\r"), ("open", "\x03"), ("1 of 1.*rest as is.*?\n", "\r"),
       ("add another.*?\n", "\r"), ("later.*?\n", "\x03"))  # fmt: skip
    kept = coach("rejection", "show", 1, "--json").json
    assert kept["words"] == "You rambled."


def test_a_day_that_is_still_to_come_is_asked_for_again(coach, terminal):
    child = terminal("rejection", "add", "--company", "Acme", "--role", "Chef")
    go(child, ("Day of their", "2099-05-01\r"), ("still to come.*Day of their", "2026-11-03\r"),
       ("How far", "\x03"))  # fmt: skip
    assert coach("rejection", "show", 1, "--json").json["date"] == "2026-11-03"


def test_a_letter_is_noted_as_sent_only_by_a_yes(coach, terminal):
    add(coach)
    for answer, asked in (("\r", None), ("y\r", TODAY.isoformat())):
        go(terminal("rejection", "ask", 1, "--name", "Ada"), ("send it today", answer))
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
       ("What was said", "You rambled.\r"), ("1 of 1.*rest as is.*?\n", "\r"),
       ("add another.*?\n", "\r"))  # fmt: skip
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
       ("Day", "2099-01-01\r"), ("still to come.*Day", "\r"), ("What was said", "\r"))  # fmt: skip
    (feedback,) = coach("feedback", "list", "--json").json
    assert (feedback["source"], feedback["who"], feedback["words"]) == (
        "peer",
        None,
        "You rambled.",
    )
