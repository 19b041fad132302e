"""The user's own bank: what joins it, and that nothing in it is lost."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from file_mode import mode
from test_rejection import add

from coach import errors, places
from coach.improvement.own_questions import new_questions, question_from, shipped_vocabulary
from coach.practice import all_questions
from coach.questions.bank import read_bank
from coach.questions.own import add_question
from coach.questions.question import Kind

WORDS = shipped_vocabulary()


def test_a_question_joins_the_bank_once_and_can_be_drilled(coach):
    asked = "Tell me about a time you dealt with an angry customer at the counter"
    add(coach, "--could-answer", asked, "--could-answer", all_questions()[0].text)
    add(coach, "--could-answer", f"{asked.lower()}?", company="Beta")
    (kept,) = read_bank(places.own_banks() / "own.toml")
    assert (kept.id, kept.text, kept.kind) == ("own-001", asked, Kind.BEHAVIOURAL)
    assert kept.areas[0] == "comp.customer"
    drilled = coach("drill", "--typed", "--question", "own-001", "--json",
                    stdin="I listened first. Then I found the receipt.\n\n")  # fmt: skip
    assert drilled.json[0]["question"]["text"] == asked


def test_adding_keeps_comments_and_the_other_entries(home: Path):
    folder = places.make_private(home / "my_banks")
    bank = folder / "own.toml"
    bank.write_text(
        '# mine, for the fair\n[[question]]\nid = "own-001"  # the first\n'
        'text = "What went wrong?"\nkind = "behavioural"\nareas = ["star.result"]\n',
        encoding="utf-8",
    )
    added = add_question(folder, question_from('Why "us" \\ here?', WORDS))
    assert added.id == "own-002"
    assert read_bank(bank)[1] == added
    text = bank.read_text(encoding="utf-8")
    assert text.startswith('# mine, for the fair\n[[question]]\nid = "own-001"  # the first\n')
    assert mode(bank) == 0o600
    assert [path.name for path in folder.iterdir()] == ["own.toml"]


@pytest.mark.parametrize("end", ["", "\n", "\n# the end\n", "\n\n"])
def test_however_a_bank_ends_it_stays_a_bank(home: Path, end: str):
    bank = places.make_private(home / "my_banks") / "own.toml"
    first = '[[question]]\nid = "a"\ntext = "Why?"\nkind = "intro"\nareas = ["hr.intro"]'
    bank.write_text(first + end, encoding="utf-8")
    add_question(bank.parent, question_from("Why us?", WORDS))
    assert [question.id for question in read_bank(bank)] == ["a", "own-001"]


def test_a_bank_in_another_form_is_left_as_it_is(home: Path):
    bank = places.make_private(home / "my_banks") / "own.toml"
    written = 'question = [{id="a-1", text="Why?", kind="closing", areas=["hr.questions"]}]\n'
    bank.write_text(written, encoding="utf-8")
    with pytest.raises(errors.BankError, match="one list"):
        add_question(bank.parent, question_from("Why us?", WORDS))
    assert bank.read_text(encoding="utf-8") == written
    assert [path.name for path in bank.parent.iterdir()] == ["own.toml"]


def test_a_part_file_that_a_crash_left_bars_nobody(home: Path):
    folder = places.make_private(home / "my_banks")
    part = folder / "own.part"
    part.touch()
    os.utime(part, (0, 0))
    assert add_question(folder, question_from("Why us?", WORDS)).id == "own-001"
    assert not part.exists()


def test_two_at_once_lose_no_question(home: Path):
    with ThreadPoolExecutor(4) as pool:
        asked = [question_from(f"Why {number}?", WORDS) for number in range(12)]
        added = list(pool.map(lambda question: add_question(home / "my_banks", question), asked))
    kept = read_bank(home / "my_banks" / "own.toml")
    assert len({question.id for question in added}) == 12
    assert set(kept) == set(added)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_makes_a_well_formed_entry(home: Path, kind: Kind):
    asked = next(q for q in all_questions() if q.kind is kind).text
    add_question(home / "my_banks", question_from(asked, WORDS))
    assert read_bank(home / "my_banks" / "own.toml")[0].areas


def test_the_same_question_twice_is_one():
    assert len(new_questions(["Why us?", "why  us", "Why them?"], (), WORDS)) == 2


def test_an_own_question_is_changed_and_the_rest_of_the_file_stays(coach, home: Path):
    bank = places.make_private(home / "my_banks") / "mine.toml"
    head = '# mine\n[[question]]\nid = "mine-1"  # the first\ntext = "Why this harbour of ours?"\n'
    bank.write_text(
        head + 'kind = "motivation"\nareas = ["hr.research"]\nshows = ["a reason"]\n',
        encoding="utf-8",
    )
    coach("bank", "add", "--yes", "--text", "Tell me about a time you calmed a parent down.")
    edited = coach(
        "bank", "edit", "mine-1", "--text", "Why our  harbour?", "--area", "hr.motivation"
    )
    assert edited.code == 0, edited.err
    assert "Why this harbour of ours?" in edited.out
    (mine,) = read_bank(bank)
    assert (mine.text, mine.areas, mine.shows) == (
        "Why our harbour?", ("hr.motivation",), ("a reason",))  # fmt: skip
    assert "# the first" in bank.read_text(encoding="utf-8")
    assert coach("bank", "remove", "mine-1").code == errors.NoTerminalError.exit_code
    assert coach("bank", "remove", "mine-1", "--yes").code == 0
    assert read_bank(bank) == ()
    assert "question mine-1 was removed" in coach("undo", "--yes").out
    assert read_bank(bank) == (mine,)
    assert len(read_bank(home / "my_banks" / "own.toml")) == 1


def test_a_removed_question_comes_back_beside_one_that_took_its_id(coach, home: Path):
    parent, guest = "Tell me about a time you calmed a parent down.", "Which guest do you remember?"
    for text in (parent, guest):
        assert coach("bank", "add", "--yes", "--text", text).code == 0
        if text == parent:
            coach("bank", "remove", "own-001", "--yes")
    own = home / "my_banks" / "own.toml"
    own.write_text(own.read_text(encoding="utf-8") + "[[question]]\n", encoding="utf-8")
    assert coach("undo", "--yes").code == errors.BankError.exit_code  # nothing is lost by it
    own.write_text(own.read_text(encoding="utf-8").removesuffix("[[question]]\n"), encoding="utf-8")
    assert coach("undo", "--yes").code == 0
    assert [(one.id, one.text) for one in read_bank(own)] == [
        ("own-001", guest),
        ("own-002", parent),
    ]


def test_only_own_questions_are_changed_and_only_to_what_a_bank_holds(coach, home: Path):
    outcome = coach("bank", "edit", "teamwork-01", "--text", "x")
    assert outcome.code == errors.UnknownQuestionError.exit_code
    assert "coach bank list --own" in outcome.err
    coach("bank", "add", "--yes", "--text", "Tell me about a time you calmed a parent down.")
    before = (home / "my_banks" / "own.toml").read_bytes()
    assert coach("bank", "edit", "own-001", "--probe", "Q: What?").code != 0
    assert coach("bank", "edit", "own-001", "--text", " ").code != 0
    assert coach("bank", "edit", "own-001").code == errors.NoTerminalError.exit_code
    assert (home / "my_banks" / "own.toml").read_bytes() == before
