"""The shipped banks: enough for every area, no near-duplicates, plain words, every kind checked."""

import re
import tomllib
from collections import Counter
from statistics import mean

import pytest

from coach import places
from coach.areas import AREAS
from coach.assessment.kinds import SHAPES
from coach.assessment.norms import load_norms
from coach.assessment.star import StarPart
from coach.practice import all_questions
from coach.questions.area_texts import load_area_texts
from coach.questions.bank import bank_files, find_question
from coach.questions.check import check_banks
from coach.questions.filter import Filter, matching
from coach.questions.guess import guess_kind, question_of
from coach.questions.question import FIELDS, LEVELS, Kind, Question, worded
from coach.questions.select import ENOUGH, count
from coach.questions.similar import NEAR, likeness

BANK = all_questions()
HR = [q for q in BANK if q.kind not in (Kind.BEHAVIOURAL, Kind.SITUATIONAL)]


def test_there_are_enough_questions_for_every_area_competency_and_field():
    counted = count(BANK)
    assert counted.total >= 400
    assert ENOUGH == 6
    assert counted.short == ()
    stories = Counter(q.areas[0] for q in BANK if q.kind is Kind.BEHAVIOURAL)
    assert not [a for a in AREAS if a.startswith("comp.") and stories[a] < 8]
    assert len([q for q in HR if q.field == "any"]) >= 60
    assert not {name: n for name, n in counted.fields.items() if n < 20}
    assert all(counted.levels[level] >= 10 for level in LEVELS)


def test_each_field_and_level_has_its_pack():
    files = {path.stem for path in bank_files(places.shipped_banks())}
    assert {f"field_{field}" for field in FIELDS if field != "any"} <= files
    assert {"level_experienced", "level_leading", "strengths_based", "off_limits"} <= files


def test_check_finds_nothing_to_mend_and_no_near_duplicates():
    folder = places.shipped_banks()
    assert check_banks(bank_files(folder), strict=(folder,)) == ()


def test_near_duplicates_are_measured_by_their_telling_words():
    asked = "Tell me about a time you changed someone's mind. What happened?"
    assert likeness(asked, "Give me an example of when you changed somebody’s mind.") == 1
    assert likeness(asked, "Tell me about a time you missed a deadline.") < NEAR
    refused = likeness(
        "Describe a moment when you had to say no to a customer.",
        find_question(BANK, "customer-03").text,
    )
    assert refused >= NEAR


@pytest.mark.parametrize("question", BANK, ids=[q.id for q in BANK])
def test_a_question_is_complete_and_of_fit_length(question: Question):
    assert 2 <= len(question.probes) <= 3
    assert len(question.shows) == 3
    assert question.variants
    assert all(5 <= len(wording.split()) <= 35 for wording in question.wordings)
    assert all(probe.text.endswith("?") for probe in question.probes)
    assert {probe.part for probe in question.probes} <= {"", *question.kind.parts}
    assert len(set(question.wordings)) == len(question.wordings)


def test_the_letters_of_probes_are_those_of_the_parts_of_an_answer():
    assert Kind.BEHAVIOURAL.parts == "".join(StarPart)
    for kind, shape in SHAPES.items():
        assert kind.parts == "".join(part.letter for part in shape.parts)


def test_most_stories_can_be_asked_for_a_detail_of_each_part():
    stories = [question for question in BANK if question.kind.is_star]
    for part, least in (("R", 0.75), ("A", 0.75), ("S", 0.6)):
        asking = sum(any(p.part == part for p in question.probes) for question in stories)
        assert asking >= least * len(stories)
    parted = [probe.part for question in stories for probe in question.probes]
    assert parted.count("") < 0.12 * len(parted)


def test_the_wording_is_plain():
    grades = {text: grade(text) for question in BANK for text in question.wordings}
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Organisational considerations necessitate interdepartmental consultation.") > 12
    assert mean(grades.values()) < 6
    assert sum(each > 9 for each in grades.values()) < len(grades) * 0.1
    assert not {text: each for text, each in grades.items() if each > 12}


def grade(text: str) -> float:
    """Years of school that the text asks for (Flesch and Kincaid 1975)."""
    words = re.findall(r"[a-z']+", text.lower())
    sentences = len(re.findall(r"[.?!]+", text)) or 1
    return 0.39 * len(words) / sentences + 11.8 * mean(map(_syllables, words)) - 15.59


def _syllables(word: str) -> int:
    sounded = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", sounded)))


def test_every_area_has_its_texts():
    data = tomllib.loads((places.shipped_banks() / "areas.toml").read_text(encoding="utf-8"))
    assert all(
        set(texts) == {"meaning", "why", "try", "exercise"} for texts in data["areas"].values()
    )
    texts = load_area_texts(places.shipped_banks())
    assert set(texts) == set(AREAS)
    assert len(texts) == 48
    said = [part for text in texts.values() for part in text.to_dict().values()]
    assert all(len(part.split()) >= 5 for part in said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_star])
def test_every_kind_that_is_no_story_has_its_check(kind: Kind):
    assert SHAPES[kind].parts


def test_the_kind_of_a_question_is_guessed_from_its_wording():
    wrong = [(q.id, q.kind, guess_kind(q.text)) for q in BANK if guess_kind(q.text) is not q.kind]
    assert len(wrong) / len(BANK) < 0.1, wrong


def test_a_question_is_found_by_its_id_text_or_variant():
    question = next(q for q in BANK if q.variants)
    for wording in (question.id, question.text, question.variants[0]):
        assert question_of(wording, BANK) is question
    made_up = question_of("What are your salary expectations?", ())
    assert (made_up.id, made_up.kind) == ("", Kind.SALARY)


def test_a_question_comes_in_each_of_its_wordings_and_stays_the_same():
    question = next(q for q in BANK if len(q.variants) > 1)
    asked = [worded(question, seed) for seed in range(30)]
    assert {each.text for each in asked} == set(question.wordings)
    assert all(set(each.wordings) == set(question.wordings) for each in asked)
    assert {(each.id, each.areas) for each in asked} == {(question.id, question.areas)}
    assert worded(question, 5) == worded(question, 5)


def test_what_should_not_be_asked_is_drilled_only_on_request():
    asked = {question.kind for question in matching(BANK, Filter())}
    assert asked == set(Kind) - {Kind.OFF_LIMITS}
    on_request = matching(BANK, Filter(kinds=(Kind.OFF_LIMITS,)))
    assert {question.kind for question in on_request} == {Kind.OFF_LIMITS}


def test_target_seconds_are_the_norms_of_the_kind_unless_a_bank_sets_others():
    norms = load_norms()
    by_kind = {q.kind: norms.length(q).green for q in BANK if q.target_seconds is None}
    assert by_kind[Kind.BEHAVIOURAL] == (75, 150)
    assert by_kind[Kind.SALARY] == (5, 45)
    own = Question.from_dict(
        {"id": "own-001", "text": "Why us?", "kind": "salary", "target_seconds": [50, 70]}
    )
    band = norms.length(own)
    assert [band.colour(seconds) for seconds in (60, 40, 71)] == ["green", "amber", "red"]


def test_competencies_are_those_of_its_areas():
    question = next(q for q in BANK if q.id == "communication-01")
    assert question.competencies == ("comp.communication",)
