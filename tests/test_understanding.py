"""How well strangers' feedback is understood, how the model is made, kept and refused."""

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.areas import AREAS
from coach.assessment.labelled import parsed
from coach.errors import ModelError
from coach.improvement import evaluate, sentences, train, understanding
from coach.improvement.clauses import clauses
from coach.improvement.clauses import sentences as sentences_of
from coach.improvement.entries import Controllable, Polarity
from coach.improvement.feedback import areas_of, read_feedback, read_sentence
from coach.improvement.understanding import FILE, load_model, save_model

FOLDER = Path(__file__).parent
STRANGERS = FOLDER / "feedback_test.jsonl"
FLOORS = {  # a little below what is reached, so that a change for the worse is seen
    "feedback_plain": {"areas": 0.85, "controllable": 0.89, "polarity": 0.92},
    "feedback_telling": {"areas": 0.85, "controllable": 0.89, "polarity": 0.83},
    "feedback_test": {"areas": 0.70, "controllable": 0.91, "polarity": 0.81},
    "feedback_letters": {"areas": 0.70, "controllable": 0.84, "polarity": 0.81},
}


@pytest.mark.parametrize("name", FLOORS)
def test_strangers_are_understood_as_well_as_we_say(name: str):
    score = evaluate.score_of(evaluate.evaluate_file(FOLDER / f"{name}.jsonl", pytest.fail))
    reached = {
        "areas": score.f1(),
        "controllable": evaluate.accuracy(score.controllable),
        "polarity": evaluate.accuracy(score.polarity),
    }
    assert all(reached[what] >= floor for what, floor in FLOORS[name].items()), reached


@pytest.mark.parametrize("name", FLOORS)
def test_no_line_of_a_test_set_is_in_the_corpus(name: str):
    corpus = sentences.read_corpus()
    test = list(parsed(FOLDER / f"{name}.jsonl", sentences.parse_line))
    assert not {line.text for line in corpus} & {line.text for line in test}
    assert len({line.text for line in corpus}) == len(corpus) >= 800
    assert len(test) >= 60


def test_the_frame_of_a_letter_gives_few_points():
    judged = evaluate.evaluate_file(FOLDER / "feedback_letters.jsonl", pytest.fail)
    read = [sentence.areas for line, sentence in judged if not line.areas]
    assert len(read) >= 35
    assert sum(map(bool, read)) <= 0.2 * len(read), read


def test_the_model_comes_from_the_corpus_that_is_here():
    assert load_model().trained_from == train.fingerprint(train.CORPUS, train.CUES)


def test_the_same_corpus_gives_the_same_file(tmp_path: Path):
    lines = sentences.read_corpus()[::12]
    files = [tmp_path / "one.json.gz", tmp_path / "two.json.gz"]
    for file in files:
        save_model(train.train_model(lines), file)
    assert files[0].read_bytes() == files[1].read_bytes()
    learned = train.train_model(lines)
    kept = load_model(files[0])
    text = "You rambled, but we liked your examples."
    assert kept.scores(text).areas == pytest.approx(learned.scores(text).areas)


def test_what_lines_share_is_added_up_rightly(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(train, "RARE", 3)
    rows = np.array([[1, 2, 0], [0, 3, 0], [4, 5, 0], [0, 1, 0], [0, 2, 7]], dtype=np.float32)
    assert np.array_equal(train._likeness(rows), rows @ rows.T)


@pytest.mark.parametrize("change", [{"version": 99}, {"traits": 99}, {"columns": ["voice.long"]}])
def test_a_model_of_another_version_is_refused(tmp_path: Path, change: dict):
    data = json.loads(gzip.decompress(FILE.read_bytes())) | change
    file = tmp_path / "other.json.gz"
    file.write_bytes(gzip.compress(json.dumps(data).encode()))
    with pytest.raises(ModelError, match="version"):
        load_model(file)


@pytest.mark.parametrize("content", [b"", b"no gzip", FILE.read_bytes()[:5000]])
def test_a_damaged_model_is_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "damaged.json.gz"
    file.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        load_model(file)
    with pytest.raises(ModelError, match="is not at"):
        load_model(tmp_path / "absent.json.gz")


@settings(max_examples=150)
@given(
    st.lists(
        st.text(max_size=30)
        | st.sampled_from(
            ["you rambled", " but ", "no numbers", ". ", "\n", "’", "-", "We liked "]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_read_and_quoted_as_it_stands(text: str):
    reading = read_feedback(text)
    for point in reading.points:
        assert point.words
        assert point.words in text
        assert point.area in AREAS
    assert all(sentence in text for sentence in reading.unclear)
    assert set(areas_of(text)) == {point.area for point in reading.points}


def test_a_letter_is_cut_into_sentences_and_clauses():
    letter = "Dear Ms. Reed,\n\nYou know your trade! You rambled, but we liked you; 2 of 5."
    assert list(sentences_of(letter)) == [
        "Dear Ms. Reed",
        "You know your trade!",
        "You rambled, but we liked you",
        "2 of 5.",
    ]
    assert clauses("You rambled, but we liked you") == ("You rambled", "but we liked you")


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "When asked why us, your reasons were thin",
            ("When asked why us, your reasons were thin",),
        ),
        (
            "You were warm, but asked about change, you were vague, and you rambled",
            ("You were warm", "but asked about change, you were vague", "and you rambled"),
        ),
        ("Your results, however, were unclear", ("Your results, however, were unclear",)),
        ("You were kind, however, you rambled", ("You were kind", "however, you rambled")),
        ("While we liked you, you rambled", ("While we liked you", "you rambled")),
    ],
)
def test_a_clause_keeps_the_words_that_judge(sentence: str, parts: tuple[str, ...]):
    assert clauses(sentence) == parts


def test_greeting_closing_and_signature_stand_apart():
    letter = "Dear Priya,\nYou rambled.\nGroup exercise\nYou led\nwell. Warm wishes,\nJo Reed\nHR"
    assert list(sentences_of(letter)) == [
        "Dear Priya", "You rambled.", "Group exercise", "You led\nwell.", "Warm wishes", "Jo Reed",
        "HR",
    ]  # fmt: skip


def test_reading_is_quick():
    # In a process of its own: the garbage of all other tests is not to be looked through.
    program = """
import time
from coach.improvement.understanding import load_model
started = time.process_time()
load_model()
print(time.process_time() - started)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert float(done.stdout) < 0.3  # seconds of one core; 0.1 on a quiet machine
    lines = list(parsed(STRANGERS, sentences.parse_line))[:50]
    read_sentence(lines[0].text)
    started = time.process_time()
    for line in lines:
        read_sentence(line.text)
    assert (time.process_time() - started) / len(lines) < 0.02
    assert FILE.stat().st_size <= 2_000_000  # bytes


def test_evaluate_scores_and_predicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file, out = tmp_path / "lines.jsonl", tmp_path / "out.jsonl"
    labelled = {
        "text": "You rambled.", "areas": ["voice.long"], "controllable": "yes", "polarity": "neg",
        "more": 1,
    }  # fmt: skip
    rows = [
        json.dumps(labelled),
        json.dumps({"text": "You asked us no questions."}),
        "{",
        json.dumps({"text": 5}),
        json.dumps({"text": "x", "areas": ["star.none"]}),
        json.dumps({"text": "x", "polarity": "bad"}),
        json.dumps(["x"]),
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    assert evaluate.main([str(file), "--predictions", str(out)]) == 0
    said = capsys.readouterr()
    assert "2 sentences read, 5 lines left out" in said.out
    assert "areas: micro-F1 1.000  macro-F1 1.000" in said.out
    assert "controllable: accuracy 1.000 of 1" in said.out
    assert "polarity: accuracy 1.000 of 1" in said.out
    assert [f"Line {n} of" in said.err for n in (1, 2, 3, 4, 5, 6, 7)] == [False] * 2 + [True] * 5
    predicted = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert predicted[0] == {
        "text": "You rambled.",
        "areas": ["voice.long"],
        "controllable": "yes",
        "polarity": "neg",
        "evidence": {"voice.long": "You rambled."},
    }
    assert predicted[1]["areas"] == ["hr.questions"]


def test_evaluate_says_what_is_wrong_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    empty, bad = tmp_path / "empty.jsonl", tmp_path / "bad.jsonl"
    empty.write_text("", encoding="utf-8")
    bad.write_text("{\n", encoding="utf-8")
    for file in (tmp_path / "absent.jsonl", empty, bad):
        assert evaluate.main([str(file)]) != 0
        assert str(file) in capsys.readouterr().err


def test_what_lies_outside_control_is_said_by_the_areas():
    assert read_sentence("We decided to go with another candidate.").controllable is Controllable.NO
    assert read_sentence("Your answers were too long.").controllable is Controllable.YES
    assert read_sentence("We decided to go with another candidate.").polarity is Polarity.NEUTRAL


def test_loading_the_reading_needs_no_numpy():
    modules = (understanding, sentences)
    assert not any(hasattr(module, "np") for module in modules)


@pytest.mark.parametrize(
    ("question", "area"),
    [
        ("Tell me about a time when you disagreed with a colleague.", "comp.conflict"),
        ("Why do you want to work for us?", "hr.motivation"),
        ("What is your greatest weakness?", "hr.self_awareness"),
        ("How do you prioritise when you have several deadlines?", "comp.planning"),
        ("Tell me about yourself.", "hr.intro"),
        ("Fluent German is required.", "ext.language"),
        ("What are your salary expectations?", "hr.salary"),
    ],
)
def test_a_question_speaks_of_its_area(question: str, area: str):
    assert area in areas_of(question)
