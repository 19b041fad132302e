"""coach bank and coach area show: a question goes in, is found, checked, and asked."""

import os
import shutil
import sys
import tomllib
from pathlib import Path

import pexpect
import pytest
from file_mode import mode
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import places
from coach.errors import CoachError
from coach.improvement.phrases import phrase_of
from coach.improvement.posting import make_questions, read_posting
from coach.practice import all_questions
from coach.questions.bank import load_banks, read_bank
from coach.questions.check import check_banks
from coach.questions.faults import KEYS, flaws
from coach.questions.incoming import plain_text, read_incoming
from coach.questions.question import Question

CONFLICT = "Tell me about a time you calmed an angry parent at the school gate."
GOOD = {"id": "x-1", "text": "Why us?", "kind": "motivation", "areas": ["hr.motivation"]}


@pytest.fixture
def own(home: Path) -> Path:
    return home / "my_banks" / "own.toml"


def test_list_filters_and_gives_an_array_of_questions(coach):
    everything = coach("bank", "list", "--json").json
    assert len(everything) >= 400
    found = coach("bank", "list", "--kind", "situational", "--field", "nursing", "--json").json
    assert found
    assert {(q["kind"], q["field"], q["own"]) for q in found} == {("situational", "nursing", False)}
    assert all(q["target_seconds"] == [30, 90] for q in found)
    led = coach("bank", "list", "--level", "leading", "--area", "comp.leadership", "--json").json
    assert led
    assert all("comp.leadership" in q["competencies"] for q in led)
    assert coach("bank", "list", "--field", "law").code == 2
    assert coach("bank", "list", "--area", "comp.conflct").code == 15
    assert "coach bank add" in coach("bank", "list", "--own").out


def test_show_tells_all_of_one_question(coach):
    shown = coach("bank", "show", "conflict-03")
    data = coach("bank", "show", "conflict-03", "--json").json
    for part in ("A strong answer shows", "75–150 s", "coach drill --question conflict-03"):
        assert part in shown.out
    assert " ".join(data["probes"][0].split()) in " ".join(shown.out.split())
    assert coach("bank", "show", "conflict-99").code == 16


def test_search_ranks_the_text_above_variants_and_shows(coach):
    found = coach("bank", "search", "deadlin", "missed", "--json").json
    places_of = [_place(question, "deadlin") for question in found[:3]]
    assert places_of[0] == "text" or "missed" in found[0]["text"].lower()
    alone = [_place(q, "supplier") for q in coach("bank", "search", "supplier", "--json").json]
    assert alone == sorted(alone, key=("text", "variants", "shows").index)
    assert set(alone) > {"text"}
    assert "No question holds" in coach("bank", "search", "zzyzx").out


def _place(question: dict, start: str) -> str:
    for place in ("text", "variants", "shows"):
        said = question[place] if place == "text" else " ".join(question[place])
        if any(word.startswith(start) for word in said.lower().split()):
            return place
    return "nowhere"


def test_stats_count_and_name_short_areas(coach):
    data = coach("bank", "stats", "--json").json
    assert data["total"] == sum(data["kinds"].values()) == sum(data["fields"].values())
    assert data["short"] == []
    assert "Every area has at least 6." in coach("bank", "stats").out


def test_an_added_question_is_listed_and_asked(coach, own):
    added = coach("bank", "add", "--text", CONFLICT, "--area", "comp.conflict", "--json").json
    assert (added["id"], added["kind"], added["own"]) == ("own-001", "behavioural", True)
    assert mode(own) == 0o600
    assert [q["id"] for q in coach("bank", "list", "--own", "--json").json] == ["own-001"]
    taken = coach(
        "drill", "--question", "own-001", "--questions", 1, "--typed", "--json", stdin="I did.\n\n"
    )
    assert CONFLICT in taken.out
    assert coach("bank", "check").code == 0


def test_adding_keeps_comments_and_what_was_there(coach, own):
    own.parent.mkdir(parents=True)
    own.write_text(
        '# my own\n[[question]]\nid = "own-007"  # lucky\ntext = "Why us?"\nkind = "motivation"\n'
        'areas = ["hr.motivation"]\n# the end\n',
        encoding="utf-8",
    )
    before = own.read_text(encoding="utf-8")
    assert coach("bank", "add", "--text", CONFLICT).code == 0
    after = own.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert [entry["id"] for entry in tomllib.loads(after)["question"]] == ["own-007", "own-008"]


def test_add_refuses_twins_unknown_areas_and_silence(coach, own):
    assert coach("bank", "add").code == 29
    assert coach("bank", "add", "--text", " ").code == 19
    assert coach("bank", "add", "--text", CONFLICT, "--area", "comp.nope").code == 15
    undrilled = coach("bank", "add", "--text", CONFLICT, "--area", "ext.skills")
    assert undrilled.code == 19
    assert "cannot be drilled" in undrilled.err
    assert not own.exists()
    assert coach("bank", "add", "--text", CONFLICT).code == 0
    twin = coach("bank", "add", "--text", CONFLICT.replace("Tell me about", "Describe"))
    assert twin.code == 19
    assert "own-001" in twin.err
    assert coach("bank", "add", "--text", CONFLICT, "--yes").code == 0


def test_check_names_every_fault_with_file_and_entry(coach, tmp_path):
    bank = tmp_path / "mine.toml"
    bank.write_text(
        """
        [[question]]
        id = "a-1"
        text = "Why would you like to work for a bakery like ours?"
        kind = "motivaton"
        areas = ["hr.motivation", "hr.resarch", "prep.cv"]
        probs = ["?"]
        target_seconds = [90, 60]
        [[question]]
        id = "a-2"
        text = " "
        kind = "salary"
        areas = []
        field = "bakery"
        [[question]]
        id = "a-3"
        text = "Which bread of ours have you baked at home?"
        kind = "motivation"
        areas = ["hr.research"]
        [[question]]
        id = "a-3"
        text = "Tell me which bread of ours you have baked at home."
        kind = "motivation"
        areas = ["hr.research"]
        probes = "What flour?"
        """,
        encoding="utf-8",
    )
    outcome = coach("bank", "check", bank, "--json")
    said = {(fault["entry"], fault["problem"].split(" (")[0]) for fault in outcome.json}
    assert outcome.code == 1
    assert {
        (1, 'the kind "motivaton" is unknown'),
        (1, 'the area "hr.resarch" is unknown'),
        (1, 'the area "prep.cv" cannot be drilled'),
        (1, 'the key "probs" is unknown'),
        (2, 'the key "text" is missing or empty'),
        (2, 'the key "areas" is missing or empty'),
        (2, 'the field "bakery" is unknown'),
        (4, 'its "probes" must be a list of texts'),
    } <= said
    assert any(entry == 1 and "target_seconds" in problem for entry, problem in said)
    assert any('did you mean "motivation"?' in fault["problem"] for fault in outcome.json)
    assert all(fault["mend"] and fault["file"] == str(bank) for fault in outcome.json)
    mended = bank.read_text(encoding="utf-8").split("[[question]]")
    again = mended[4].replace('probes = "What flour?"', "")
    bank.write_text("[[question]]".join(["", mended[3], again]), encoding="utf-8")
    problems = [f["problem"] for f in coach("bank", "check", bank, "--json").json]
    assert any("already used" in problem for problem in problems)
    assert any("100% alike" in problem for problem in problems)


def test_what_the_own_bank_lacks_is_a_warning_and_in_a_shipped_one_an_error(coach, tmp_path):
    bank = tmp_path / "some.toml"
    bank.write_text(_toml({**GOOD, "text": "word " * 46}), encoding="utf-8")
    lenient = coach("bank", "check", bank)
    assert lenient.code == 0
    assert "too long (46 words)" in lenient.out
    assert "no probes" in lenient.out
    strict = check_banks([bank], strict=(tmp_path,))
    assert len(strict) == 4
    assert not any(fault.warning for fault in strict)


def test_a_probe_says_which_part_it_asks_for(coach, tmp_path, own):
    bank = tmp_path / "some.toml"
    story = GOOD | {"kind": "behavioural", "areas": ["comp.conflict"]}
    bank.write_text(_toml(story | {"probes": ["Q: And then?", "R: How did it end?"]}), "utf-8")
    (fault,) = [each for each in coach("bank", "check", bank, "--json").json if not each["warning"]]
    assert 'the part "Q"' in fault["problem"]
    assert "S, T, A, R" in fault["mend"]
    bank.write_text(_toml(story | {"probes": ["And then?", "How did it end?"]}), "utf-8")
    lenient = coach("bank", "check", bank)
    assert lenient.code == 0
    assert "none of its probes says which part" in " ".join(lenient.out.split())

    words = ("bank", "add", "--text", CONFLICT, "--kind", "behavioural", "--area", "comp.conflict")
    refused = coach(*words, "--probe", "X: Why?")
    assert refused.code == 19
    assert not own.exists()
    coach(*words, "--probe", "R: How did it end?", "--probe", "Who else was there?", "--yes")
    (kept,) = read_bank(own)
    assert [(p.part, p.text) for p in kept.probes] == [
        ("R", "How did it end?"), ("", "Who else was there?"),
    ]  # fmt: skip
    assert "R: How did it end?" in coach("bank", "show", kept.id).out


def test_one_broken_file_does_not_hide_the_others(coach, own):
    own.parent.mkdir(parents=True)
    own.write_text("[[question]\n", encoding="utf-8")
    (own.parent / "second.toml").write_text("question = [3]\n", encoding="utf-8")
    (own.parent / "third.toml").write_bytes(b"\xff\xfe\x00")
    found = coach("bank", "check", own.parent, "--json")
    assert found.code == 1
    assert {Path(fault["file"]).name for fault in found.json} == {
        "own.toml", "second.toml", "third.toml",
    }  # fmt: skip
    refused = coach("bank", "add", "--text", CONFLICT)
    assert refused.code == 19
    assert own.read_text(encoding="utf-8") == "[[question]\n"
    assert coach("bank", "check", "nowhere.toml").code == 10


def test_check_and_list_work_from_any_folder(coach, tmp_path):
    copied = tmp_path / "copy"
    shutil.copytree(places.shipped_banks(), copied)
    assert coach("bank", "check", copied).code == 0


def test_a_plain_list_is_imported_without_its_marks(coach, tmp_path, own):
    listed = tmp_path / "list.txt"
    listed.write_bytes(
        b"\xef\xbb\xbf1. Tell me about a time you lost a customer's dog.\r\n\r\n"
        b"  - \xe2\x80\x9cWhich of our parks have you walked in?\xe2\x80\x9d\r\n"
        b"Q3: What are your salary expectations?\r\n"
        b"4) When did you lose the dog of a customer?\r\n"
    )
    assert coach("bank", "import", listed).code == 29
    assert not own.exists()
    done = coach("bank", "import", listed, "--yes", "--json").json
    assert [q["text"] for q in done["added"]] == [
        "Tell me about a time you lost a customer's dog.",
        "Which of our parks have you walked in?",
    ]
    assert {each["like"] for each in done["left_out"]} >= {"salary-01"}
    assert len(done["left_out"]) == 2
    assert done["added"][0]["kind"] == "behavioural"
    again = coach("bank", "import", listed, "--yes")
    assert "nothing new" in again.out


def test_a_table_is_imported_with_what_it_says(coach, tmp_path, own):
    table = tmp_path / "table.csv"
    table.write_text(
        "text,kind,areas,field,level,probes\n"
        '"A guest snores, loudly, in the lobby. What would you do?",situational,'
        "comp.customer;comp.conflict,retail,,Who else is there?;What next?\n"
        "Which opera moved you to tears as a child?,,,,,\n",
        encoding="utf-8",
    )
    first, second = coach("bank", "import", table, "--yes", "--json").json["added"]
    assert first["areas"] == ["comp.customer", "comp.conflict"]
    assert (first["kind"], first["field"], len(first["probes"])) == ("situational", "retail", 2)
    assert second["areas"]


@pytest.mark.parametrize(
    ("written", "code", "named"),
    [
        ("", 11, "no question"),
        ("text,mood\nWhy us?,good\n", 19, '"mood"'),
        (
            "text,kind\nIs this fine to ask you?,good\nWhy a zoo and not a farm?,salry\n",
            19,
            "line 2",
        ),
        ("text,areas\nIs a zebra a horse?,comp.zebra\n", 19, '"comp.zebra"'),
        ("text,kind\nIs a zebra, or is it not, a horse?,salary\n", 19, "more columns"),
        ("text,kind\n,salary\n", 19, "no text"),
    ],
)
def test_a_faulty_file_adds_nothing_and_says_where(coach, tmp_path, own, written, code, named):
    file = tmp_path / "table.csv"
    file.write_text(written, encoding="utf-8")
    outcome = coach("bank", "import", file, "--yes")
    assert outcome.code == code
    assert named in outcome.err
    assert not own.exists()


def test_an_import_that_is_no_text_or_not_there(coach, tmp_path):
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\xff")
    assert coach("bank", "import", tmp_path / "photo.csv", "--yes").code == 10
    assert coach("bank", "import", tmp_path / "nothing.csv", "--yes").code == 10
    assert coach("bank", "import", tmp_path, "--yes").code == 10


POSTING = """Shift manager, Harbour Hotel

About us
We are a family-run hotel with a team of forty.

The role
- Manage the rota and keep the restaurant within
  budget
- Handle complaints from guests calmly
About you:
* Able to prioritise when several things happen at once
* Experience of working as part of a team in a busy kitchen
* Flexible with shifts, including weekends

What we offer
* Training in leadership and 28 days of holiday
We are an equal opportunities employer.
"""


def test_a_posting_names_competencies_in_its_own_words_and_what_tests_them(coach, own):
    data = coach("bank", "from-posting", "-", "--json", stdin=POSTING).json
    said = {each["area"]: " ".join(each["words"]) for each in data["competencies"]}
    assert "Able to prioritise when several things" in said["comp.planning"]
    assert "Manage the rota and keep the restaurant within budget" in said["comp.planning"]
    assert "Flexible with shifts" in said["comp.adaptability"]
    assert "working as part of a team" in said["comp.teamwork"]
    assert "complaints from guests" in said["comp.conflict"]
    assert "comp.leadership" not in said  # that is what they offer
    assert all(each["questions"] for each in data["competencies"])
    assert not data["kept"]
    assert not own.exists()


def test_a_posting_is_read_for_its_job_and_says_what_is_not_practised(coach):
    posting = (
        "Operations Coordinator (m/f/d), Globex Ltd, Leeds\n\n"
        "We are looking for an operations coordinator for our office.\n"
        "Essential: excellent communication skills\n- Excellent Planning\n- Calm under pressure\n"
        "- German at level C1\n- Driving licence (class B)\n"
    )
    data = coach("bank", "from-posting", "-", "--json", stdin=posting).json
    said = {each["area"]: each["words"] for each in data["competencies"]}
    assert said["comp.communication"] == ["excellent communication skills"]
    assert said["comp.planning"] == ["Excellent Planning"]  # a bullet is no heading
    assert not any("coordinator" in made["text"].lower() for made in data["made"])
    others = {each["area"]: each["words"] for each in data["not_practised"]}
    assert others == {
        "ext.language": ["German at level C1"], "ext.skills": ["Driving licence (class B)"],
    }  # fmt: skip
    assert "German at level C1" in coach("bank", "from-posting", "-", stdin=posting).out
    found = {number for each in data["competencies"] for number in each["questions"]}
    shipped = {question.id: question for question in all_questions()}
    assert {shipped[number].field for number in found} == {"any"}
    nurse = posting.replace("Operations Coordinator", "Ward Nurse")
    data = coach("bank", "from-posting", "-", "--json", stdin=nurse).json
    found = {number for each in data["competencies"] for number in each["questions"]}
    assert {shipped[number].field for number in found} <= {"any", "nursing"}


def test_questions_made_from_a_posting_are_kept_when_wanted(coach, tmp_path, own):
    file = tmp_path / "job.txt"
    file.write_text(POSTING, encoding="utf-8")
    shown = coach("bank", "from-posting", file)
    assert "Add --yes to keep these" in shown.out
    made = coach("bank", "from-posting", file, "--company", "Harbour Hotel", "--yes", "--json").json
    assert 4 <= len(made["made"]) <= 8
    assert made["kept"]
    texts = [question["text"] for question in coach("bank", "list", "--own", "--json").json]
    assert texts == [question["text"] for question in made["made"]]
    assert any("be flexible with shifts" in text for text in texts)
    assert any(text.startswith("Harbour Hotel asks for “experience of") for text in texts)
    again = coach("bank", "from-posting", file, "--yes", "--json").json
    assert not {question["text"] for question in again["made"]} & set(texts)
    assert coach("bank", "from-posting", "-", stdin="We sell socks.").out.startswith("It names no")


@pytest.mark.parametrize(
    ("sentence", "form", "words"),
    [
        ("You will be able to prioritise.", "do", "prioritise"),
        ("Proven ability to lead a shift", "do", "lead a shift"),
        ("You are calm under pressure", "be", "calm under pressure"),
        ("A team player", "be", "a team player"),
        ("A flexible approach", "name", "a flexible approach"),
        ("Excellent communication skills", "name", "excellent communication skills"),
        ("HACCP knowledge", "name", "HACCP knowledge"),
    ],
)
def test_a_phrase_fits_into_a_question(sentence, form, words):
    phrase = phrase_of(sentence)
    assert (phrase.form, phrase.words) == (form, words)
    assert phrase_of("word " * 30) is None


@pytest.mark.parametrize("area", ["star.action", "comp.integrity", "hr.fit", "ext.business"])
def test_area_show_tells_what_to_try(coach, area):
    data = coach("area", "show", area, "--json").json
    shown = " ".join(coach("area", "show", area).out.split())
    assert data["try"].split()[0] in shown
    assert bool(data["questions"]) == data["drillable"]


def test_area_show_begins_with_how_you_stand(coach):
    coach("area", "add", "comp.conflict", "--note", "I avoid arguments")
    coach("drill", "--typed", "--questions", 1, "--area", "comp.conflict", stdin="I gave in.\n\n")
    number = coach("plan", "--json").json["open"][0]["number"]
    shown = coach("area", "show", "comp.conflict").out
    own, _, meaning = shown.partition("what it means")
    for told in ("“I avoid arguments”", "one take", "coach review --area comp.conflict",
                 f"coach plan show {number}"):  # fmt: skip
        assert told in own
    assert meaning
    data = coach("area", "show", "comp.conflict", "--json").json
    assert (data["standing"]["takes"], data["plan"]) == (1, [number])
    assert "your takes" not in coach("area", "show", "hr.salary").out.partition("what it")[0]


def test_area_show_refuses_what_is_no_area(coach):
    assert coach("area", "show", "star.nubmers").code == 15


VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["salary", "hr.salary", "any", "ext.skills"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=150)
@given(VALUES | st.dictionaries(st.sampled_from([*KEYS, "mood"]), VALUES))
def test_any_entry_is_read_or_has_a_flaw_that_says_how_to_mend_it(entry):
    whole = {**GOOD, **entry} if isinstance(entry, dict) else entry
    found = list(flaws(whole))
    assert all(flaw.problem and flaw.mend for flaw in found)
    if not found:
        assert Question.from_dict(whole).text.strip()


@settings(max_examples=150)
@given(
    st.text(max_size=60)
    | st.lists(st.text(alphabet='ab ,;"\n\r\t\x00\x85', max_size=12), max_size=5).map(
        lambda rows: "text,kind\n" + "\n".join(rows)
    )
)
def test_any_text_is_imported_or_refused(written):
    try:
        found = read_incoming(written)
    except CoachError:  # any other error fails
        return
    assert found
    assert all(each.text.strip() for each in found)


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_a_plain_question_stays_plain(line):
    assert plain_text(f"3. - {line}") == plain_text(line)


@settings(max_examples=60)
@given(st.text(alphabet="ab to work, and be. \n-*:;able", max_size=80))
def test_any_posting_is_read(posting):
    made = make_questions(read_posting(posting), ())
    assert len(made) <= 8
    assert all(5 <= len(question.text.split()) <= 45 for question in made)


def _toml(entry: dict) -> str:
    lines = [f"{key} = {value!r}" for key, value in entry.items()]
    return "[[question]]\n" + "\n".join(lines) + "\n"


def test_the_own_bank_is_loaded_with_the_shipped_ones(coach, own):
    coach("bank", "add", "--text", CONFLICT)
    assert [question.id for question in load_banks((own.parent,))] == ["own-001"]


def test_on_a_terminal_enter_accepts_what_is_proposed(home, own):
    child = pexpect.spawn(
        sys.executable,
        ["-m", "coach", "bank", "add", "--text", "Why do you want to work in our bakery?"],
        env={**os.environ, "COACH_HOME": str(home), "TERM": "xterm"},
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("[motivation]:")
    child.sendline("")
    child.expect_exact("Areas [hr.motivation hr.research]:")
    child.sendline("hr.motivaton")
    child.expect_exact("Did you mean hr.motivation")
    child.sendline("hr.motivation, voice.energy")
    child.expect_exact("Added as own-001")
    child.expect(pexpect.EOF)
    added = tomllib.loads(own.read_text(encoding="utf-8"))["question"][0]
    assert (added["kind"], added["areas"]) == ("motivation", ["hr.motivation", "voice.energy"])


@pytest.mark.parametrize(
    ("sentence", "area"),
    [
        ("Mentor newly qualified colleagues through their first year", "comp.leadership"),
        ("Settle disputes between neighbours", "comp.conflict"),
        ("Investigate why machines stop", "comp.problem_solving"),
        ("Follow safeguarding rules to the letter", "comp.integrity"),
        ("Liaise with contractors on site", "comp.communication"),
        ("Hours are nine to five", None),
        ("Based in Bristol", None),
        ("The building has a lift", None),
        ("We offer training and a friendly team", None),
    ],
)
def test_only_what_a_posting_asks_for_is_a_competency(sentence, area):
    named = [each.area for each in read_posting(sentence)]
    assert (area in named) if area else not named
