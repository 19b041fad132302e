"""Answers that are not stories: how well their parts are found, and what is said of them."""

import gzip
import io
import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from coach.assessment.advice import MOST
from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment
from coach.assessment.evaluate import main
from coach.assessment.evaluate_kinds import (
    TESTS,
    KindScore,
    judge_spoken,
    judge_written,
    score_kinds,
)
from coach.assessment.kind_cues import see_kind
from coach.assessment.kind_model import FOLDER, load_kind_model, save_kind_model
from coach.assessment.kinds import NONE, SHAPES
from coach.assessment.labelled import LabelledDataError
from coach.assessment.labelled_kinds import KINDS_CORPUS, OTHER, read_kinds, read_kinds_of
from coach.assessment.norms import load_norms
from coach.assessment.reading import QUOTABLE
from coach.assessment.rubric import SPOILT, TOP
from coach.assessment.star import UNSURE
from coach.assessment.train import fingerprint
from coach.assessment.train_kinds import ROLES, train_kinds
from coach.errors import ModelError
from coach.questions.question import Kind, Question
from coach.review.anchors import rubric
from coach.review.structure import looks, structure
from coach.transcript.transcript import Transcript, Word, from_text

NORMS = load_norms()
ANSWERS = tuple(read_kinds_of(TESTS))
KINDS = tuple(SHAPES)
AREAS = {Kind.WEAKNESS: "hr.self_awareness", Kind.LEAVING: "hr.gaps", Kind.SALARY: "hr.salary"}
# A little below what is reached: macro-F1 of parts and faults, and share of right sentences.
FLOORS = {
    Kind.INTRO: (0.88, 0.87),
    Kind.MOTIVATION: (0.88, 0.82),
    Kind.STRENGTH: (0.94, 0.72),
    Kind.WEAKNESS: (0.85, 0.65),
    Kind.SALARY: (0.89, 0.82),
    Kind.LEAVING: (0.82, 0.72),
    Kind.SITUATIONAL: (0.86, 0.77),
    Kind.STRENGTHS_BASED: (0.92, 0.83),
    Kind.FUTURE: (0.93, 0.87),
    Kind.CLOSING: (0.94, 0.87),
    Kind.OFF_LIMITS: (0.80, 0.76),
}
SPOKEN_FLOOR = 0.83  # mean of the kinds


def judged(kind: Kind, text: str) -> Assessment:
    return assess(Question("q", "?", kind, (AREAS.get(kind, "hr.intro"),)), from_text(text), NORMS)


@cache
def scores(judge) -> dict[Kind, KindScore]:
    return score_kinds(ANSWERS, judge)


def names(found: Assessment) -> set[str]:
    return {part.name for part in found.parts if part.found}


def shown(view: object, width: int = 80) -> str:
    out = Console(width=width, file=io.StringIO())
    out.print(view)
    return out.file.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_found_in_answers_by_other_hands(kind: Kind):
    score = scores(judge_written)[kind]
    least_f1, least_accuracy = FLOORS[kind]
    assert score.answers >= 30
    assert score.macro_f1 >= least_f1
    assert score.accuracy >= least_accuracy


def test_parts_are_found_in_streams_of_plain_words():
    reached = scores(judge_spoken).values()
    assert sum(score.macro_f1 for score in reached) / len(reached) >= SPOKEN_FLOOR


def test_idle_talk_around_an_answer_neither_hides_nor_feigns_a_part():
    before, after = ("To be honest, that is a very good question.",), ("I hope that answers it.",)
    padded = [
        replace(
            answer,
            sentences=(*before, *answer.sentences, *after),
            labels=(OTHER, *answer.labels, OTHER),
        )
        for answer in ANSWERS
    ]
    for kind, score in score_kinds(padded, judge_written).items():
        assert score.macro_f1 >= scores(judge_written)[kind].macro_f1 - 0.06


def test_the_test_answers_are_no_training_answers():
    trained = {sentence for answer in read_kinds() for sentence in answer.plain}
    authors = {answer.author for answer in read_kinds()}
    long = [s for answer in ANSWERS for s in answer.plain if len(s.split()) > 8]
    assert not trained.intersection(long)
    assert not authors & {answer.author for answer in ANSWERS}


def test_scores_of_kinds_are_those_counted_by_hand():
    answer = next(a for a in ANSWERS if a.kind is Kind.LEAVING)
    score = KindScore()
    score.add(replace(answer, labels=("fact", "use")), {"fact", "blame"}, [("F", "F"), ("U", "-")])
    score.add(replace(answer, labels=("fact",)), {"fact"}, [("F", "F")])
    assert score.accuracy == 2 / 3
    assert [score.f1(n) for n in ("fact", "use", "forward", "blame")] == [1, 0, 1, 0]
    assert score.macro_f1 == 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_letters_of_its_own_and_a_role_for_each(kind: Kind):
    letters = [*SHAPES[kind].letters().values(), NONE]
    assert len(set(letters)) == len(letters)
    assert len(set(ROLES[kind])) == len(letters) - 1
    assert all(part.probe.endswith("?") for part in SHAPES[kind].parts)


def test_every_sentence_has_its_part_its_confidence_and_the_words_that_decided_it():
    found = judged(
        Kind.WEAKNESS,
        "I find it hard to say no to people. So now I keep a list of what I promised and I look at"
        " it every morning. Last month I missed nothing, and it used to be two or three a week.",
    )
    assert [s.part for s in found.sentences] == ["weakness", "steps", "progress"]
    assert names(found) == {"weakness", "steps", "progress"}
    for sentence in found.sentences:
        quoted = sentence.why.split('"')[1::2]
        assert sentence.confidence >= UNSURE
        assert quoted
        assert all(text in sentence.plain for text in quoted)
    assert found.score.parts.keys() == {"weakness", "steps", "progress"}
    assert Assessment.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_what_is_missing_is_asked_for_and_not_told():
    found = judged(Kind.SALARY, "I'd be looking for between thirty and thirty four thousand.")
    assert names(found) == {"range"}
    assert found.score.parts == {"range": TOP, "basis": 0, "package": 0}
    told = " ".join(advice.text for advice in found.advice)
    assert "What would your figure rest on?" in told
    assert 1 <= len(found.advice) <= MOST
    one = judged(Kind.SALARY, "I want thirty one thousand five hundred a year.")
    assert one.score.parts["range"] < TOP


@pytest.mark.parametrize(
    ("kind", "fault", "area", "text"),
    [
        (Kind.WEAKNESS, "boast", "hr.self_awareness",
         "I suppose I am a perfectionist. I care too much about the quality of my work and I can't"
         " switch off until everything is perfect."),
        (Kind.LEAVING, "blame", "hr.gaps",
         "My manager had no clue and he never listened to any of us. The owner is a clown and they"
         " cheat with the hours."),
        (Kind.CLOSING, "generic", "hr.questions",
         "What does a typical day look like? And how many days of holiday would I get?"),
        (Kind.OFF_LIMITS, "disclose", "hr.self_awareness",
         "Well, my husband and I are trying for a baby, and I had an operation last year. I take"
         " tablets for it."),
    ],
)  # fmt: skip
def test_a_fault_is_found_quoted_and_keeps_the_score_down(kind, fault, area, text):
    found = judged(kind, text)
    assert [one.name for one in found.faults] == [fault]
    assert found.faults[0].found in text
    assert found.finding(area).met == 0
    assert found.score.overall <= SPOILT
    assert found.advice[0].area == area
    assert "“" in found.advice[0].text
    if SHAPES[kind].core:  # the advice on the fault asks for it already
        assert not any(SHAPES[kind].without in advice.text for advice in found.advice)
    assert "!" in shown(structure(found))


def test_a_clause_is_quoted_with_enough_of_its_sentence_to_be_known():
    quoted = []
    for answer in ANSWERS:
        said = from_text(" ".join(answer.plain))
        found = assess(Question("q", "?", answer.kind), said, NORMS)
        quoted += [part.found for part in found.parts if part.found]
    short = sum(len(text.split()) < QUOTABLE for text in quoted)
    assert short / len(quoted) < 0.05  # whole sentences may be short


def test_an_answer_that_fits_any_rival_is_told_so():
    rival = judged(
        Kind.MOTIVATION,
        "You are a great company with a good reputation. I love a challenge and I'm looking for an"
        " opportunity to grow. I think it would be a really good fit.",
    )
    assert "fact" not in names(rival)
    assert rival.finding("hr.research").met == 0
    assert "could not be said to any other employer" in rival.advice[0].text
    named = judged(
        Kind.MOTIVATION,
        "You're the only school in the town that shares a sixth form with the one across the road,"
        " I read it in your last report. I ran two timetables at once in my last post, when we"
        " merged. I'd have the two sets of records checked by half-term.",
    )
    assert named.finding("hr.research").met == 1
    assert named.score.overall > SPOILT


def test_questions_at_the_end_are_counted():
    found = judged(
        Kind.CLOSING,
        "You said the new ward opens in spring, so who is writing the care plans for the first"
        " residents? And I saw the sluice is at the far end, is that getting moved before you"
        " open?",
    )
    assert found.finding("hr.questions").met == 1
    assert found.finding("hr.questions").text.startswith("2 questions are asked, 2 about this job")
    assert not judged(Kind.CLOSING, "No, I think you covered everything, thank you.").faults


def test_a_situational_answer_wants_no_result():
    found = judged(
        Kind.SITUATIONAL,
        "I'd first want to know if anybody is in danger and what exactly was said. I could speak"
        " to both of them together, or I could take each one aside. I'd take each one aside,"
        " because people are more honest alone. A week later I'd check in with both again.",
    )
    assert names(found) == {"assumptions", "options", "choice", "followup"}
    assert not any("Result" in advice.text for advice in found.advice)


@pytest.mark.parametrize(
    ("kind", "seconds", "met"),
    [
        (Kind.SALARY, 40, 1.0),
        (Kind.SALARY, 80, 0.0),
        (Kind.OFF_LIMITS, 80, 0.0),
        (Kind.CLOSING, 75, 0.5),
        (Kind.STRENGTHS_BASED, 80, 1.0),
    ],
)
def test_each_kind_has_its_own_length(kind: Kind, seconds: int, met: float):
    words = tuple(Word("so", i * 0.5, i * 0.5 + 0.4, 0.9) for i in range(seconds * 2))
    said = Transcript(words, "sphinx", "en-us", False, float(seconds))
    found = assess(Question("q", "?", kind), said, NORMS)
    assert found.finding("voice.long").met == met


@cache
def score_of(kind: Kind, *sentences: str) -> int:
    return judged(kind, " ".join(sentences)).score.overall


# Answers that are cut into the sentences they were written in.
CUT = [
    answer
    for answer in ANSWERS[::2]
    if tuple(s.text for s in judged(answer.kind, " ".join(answer.sentences)).sentences)
    == answer.sentences
]
KEYWORDS = (
    "Leadership, teamwork, ownership, measurable results, impact.",
    "Range, basis, package, strength, weakness, progress, fact, match.",
    "Perfect fit, passion, energy, growth, synergy, excellence.",
)


@settings(max_examples=40)
@given(st.sampled_from(CUT), st.data())
def test_saying_a_sentence_again_never_raises_the_score(answer, data):
    said = answer.sentences
    again = data.draw(st.integers(0, len(said) - 1))
    where = data.draw(st.integers(again + 1, len(said)))
    longer = (*said[:where], said[again], *said[where:])
    assert score_of(answer.kind, *longer) <= score_of(answer.kind, *said)


@settings(max_examples=40)
@given(st.sampled_from(CUT), st.sampled_from(KEYWORDS), st.data())
def test_keywords_never_raise_the_score(answer, keywords, data):
    where = data.draw(st.integers(0, len(answer.sentences)))
    longer = (*answer.sentences[:where], keywords, *answer.sentences[where:])
    assert score_of(answer.kind, *longer) <= score_of(answer.kind, *answer.sentences)


def test_keywords_make_no_answer_fit():
    beside = ("Something not in the CV, okay, let me think.",
              "I can cook biryani for fifty persons.",
              "I once met a famous cricketer in a lift and could not speak one word.",
              "And I am very much fond of old Hindi songs.")  # fmt: skip
    assert score_of(Kind.INTRO, *beside) == score_of(Kind.INTRO, KEYWORDS[2], *beside) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_keywords_alone_score_nothing(kind: Kind):
    assert score_of(kind, *KEYWORDS) == 0


@pytest.mark.parametrize(
    "text",
    ["No.", "um um um um", "?!", "<b>bold</b> [red]x[/red] \x00\x07", "word " * 5000,
     "Ja, das ist kein Englisch, sondern etwas ganz anderes, und ich sage es trotzdem.",
     "el año pasado trabajé en una tienda y tuve un problema con un cliente enojado"],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_odd_input_has_no_part_and_is_shown(kind: Kind, text: str):
    found = judged(kind, text)
    assert not names(found)
    assert not found.faults
    assert found.score.overall == 0
    assert "not told" in shown(structure(found))


def test_five_thousand_words_are_judged():
    answer = next(a for a in CUT if a.kind is Kind.SITUATIONAL)
    assert judged(Kind.SITUATIONAL, " ".join(answer.sentences * 100)).words > 5000


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_is_shown_in_eighty_columns(kind: Kind):
    told = max((a for a in ANSWERS if a.kind is kind), key=lambda a: len(set(a.labels)))
    found = judged(kind, " ".join(told.sentences))
    text = shown(structure(found))
    assert all(len(line) <= 80 for line in text.splitlines())
    letters = Counter(text.splitlines()[0])
    for sentence in found.sentences:
        assert letters[looks(kind)[sentence.part][0]]
    assert all(part.title in text for part in SHAPES[kind].parts)
    assert all(part.best in shown(rubric(), 200) for part in SHAPES[kind].parts)


def test_an_assessment_of_the_second_version_is_still_read_and_shown():
    data = judged(Kind.INTRO, "I am a nurse. Before that I was a cook.").to_dict()
    del data["faults"]
    data["parts"] = [{"name": "a claim", "found": "i am a nurse", "probe": "Which?"}]
    data["sentences"] = [{**s, "part": None} for s in data["sentences"]]
    data["score"] = {"parts": {}, "overall": 100}
    read = Assessment.from_dict(json.loads(json.dumps(data)))
    assert "a claim" in shown(structure(read))


@pytest.mark.parametrize("arguments", [["--kind", "salary"], ["--kind", "all", "--unpunctuated"]])
def test_kinds_are_measured_from_the_command_line(arguments, tmp_path: Path, capsys):
    lines = TESTS.read_text(encoding="utf-8").splitlines()[::40]
    few = [line for line in TESTS.read_text(encoding="utf-8").splitlines() if '"salary"' in line]
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join([*lines, *few[:2]]), encoding="utf-8")
    assert main([*arguments, str(file)]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"salary +\d+ +\d\.\d{3} +\d\.\d{3}", printed)
    assert ("intro" in printed) is ("all" in arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--report", "some.jsonl"],
        ["--kind", "story"],
        ["--predictions", "out.jsonl", "--report"],
        ["--kind", "all", "some.jsonl", "--predictions", "out.jsonl"],
    ],
)
def test_what_cannot_be_measured_together_is_refused(arguments: list[str], capsys):
    with pytest.raises(SystemExit):
        main(arguments)
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("hello", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"kind": "behavioural", "sentences": [], "labels": []}', "“kind” is none of"),
        ('{"kind": ["intro"], "sentences": [], "labels": []}', "“kind” is none of"),
        ('{"kind": "intro", "sentences": ["a"], "labels": 3}', "not lists of texts"),
        ('{"kind": "intro", "sentences": ["a"], "labels": []}', "1 sentences and 0 labels"),
        ('{"kind": "intro", "sentences": ["a"], "labels": ["claim"]}', "a label of intro"),
    ],
)
def test_a_line_that_is_not_of_the_form_is_named(line: str, fault: str, tmp_path: Path, capsys):
    file = tmp_path / "some.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(LabelledDataError, match=fault):
        list(read_kinds_of(file))
    assert main(["--kind", "all", str(file)]) == LabelledDataError.exit_code
    assert "Line 1" in capsys.readouterr().err


def test_the_models_were_trained_from_this_corpus_and_are_small():
    assert {load_kind_model(kind).trained_from for kind in KINDS} == {fingerprint(KINDS_CORPUS)}
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 3_500_000


def test_training_gives_the_same_twice():
    few = [answer for answer in read_kinds() if answer.kind is Kind.SALARY][:6]
    assert train_kinds(few) == train_kinds(few)


def test_a_model_of_a_kind_survives_the_way_to_disk_and_is_refused_if_damaged(tmp_path: Path):
    model = load_kind_model(Kind.SALARY)
    save_kind_model(Kind.SALARY, model, tmp_path)
    file = tmp_path / "salary.json.gz"
    assert load_kind_model(Kind.SALARY, tmp_path) == model
    assert file.read_bytes() == (FOLDER / file.name).read_bytes()
    whole = json.loads(gzip.decompress(file.read_bytes()))
    with pytest.raises(ModelError, match="is not at"):
        load_kind_model(Kind.INTRO, tmp_path)
    file.rename(tmp_path / "intro.json.gz")  # of another kind
    with pytest.raises(ModelError, match="is damaged"):
        load_kind_model(Kind.INTRO, tmp_path)
    other = tmp_path / "future.json.gz"
    other.write_bytes(gzip.compress(json.dumps({**whole, "version": 99}).encode()))
    with pytest.raises(ModelError, match="of version 99"):
        load_kind_model(Kind.FUTURE, tmp_path)


def test_clues_stand_on_the_words_that_they_match():
    (seen,) = see_kind(["um i'd be looking for thirty thousand based on a survey"])
    first, end = seen.spans["q:survey"]
    assert seen.words[first:end] == ("survey",)
    assert len(set(seen.row)) == len(seen.row)


def test_labels_of_the_corpus_are_those_of_its_kinds():
    for answer in read_kinds():
        assert set(answer.labels) <= {*SHAPES[answer.kind].letters(), OTHER}
        assert len(answer.letters) == len(answer.sentences)
