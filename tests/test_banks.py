"""The shipped banks: enough for every area, no near-duplicates, every kind with its check."""

import re
import tomllib
from collections import Counter
from itertools import combinations

import pytest

from coach import places
from coach.areas import AREAS
from coach.assessment.kinds import SHAPES
from coach.practice import all_questions
from coach.questions.guess import guess_kind, question_of
from coach.questions.question import Kind, Question

BANK = all_questions()


def test_every_area_that_can_be_drilled_has_six_questions():
    count = Counter(area for question in BANK for area in question.areas)
    assert not {a.id: count[a.id] for a in AREAS.values() if a.drillable and count[a.id] < 6}


def test_every_competency_has_eight_behavioural_questions_and_hr_sixty():
    stories = Counter(q.areas[0] for q in BANK if q.kind is Kind.BEHAVIOURAL)
    assert not [a for a in AREAS if a.startswith("comp.") and stories[a] < 8]
    hr = [q for q in BANK if q.kind not in (Kind.BEHAVIOURAL, Kind.SITUATIONAL)]
    assert len(hr) >= 60


def test_no_two_questions_are_near_duplicates():
    words = {q.id: set(re.findall(r"[a-z']+", q.text.lower())) for q in BANK}
    for (a, one), (b, two) in combinations(words.items(), 2):
        assert len(one & two) / len(one | two) <= 0.6, (a, b)


@pytest.mark.parametrize("question", BANK, ids=[q.id for q in BANK])
def test_a_question_is_complete(question: Question):
    assert 2 <= len(question.probes) <= 3
    assert len(question.shows) == 3
    for wording in (question.text, *question.variants):
        assert 5 <= len(wording.split()) <= 35


def test_every_area_has_its_texts():
    data = tomllib.loads((places.shipped_banks() / "areas.toml").read_text(encoding="utf-8"))
    assert set(data["areas"]) == set(AREAS)
    for texts in data["areas"].values():
        assert set(texts) == {"meaning", "why", "try", "exercise"}
        assert all(len(text.split()) >= 5 for text in texts.values())


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_star])
def test_every_kind_that_is_no_story_has_its_check(kind: Kind):
    assert SHAPES[kind].parts


def test_the_kind_of_a_question_is_guessed_from_its_wording():
    wrong = [(q.id, q.kind, guess_kind(q.text)) for q in BANK if guess_kind(q.text) is not q.kind]
    assert len(wrong) / len(BANK) < 0.15, wrong


def test_a_question_is_found_by_its_id_text_or_variant():
    question = next(q for q in BANK if q.variants)
    for wording in (question.id, question.text, question.variants[0]):
        assert question_of(wording, BANK) is question
    made_up = question_of("What are your salary expectations?", ())
    assert (made_up.id, made_up.kind) == ("", Kind.SALARY)
