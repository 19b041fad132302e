"""Answers of another kind are doubted, and plain short ones are not."""

import gzip
from pathlib import Path

import pytest

from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment
from coach.assessment.evaluate_kinds import TESTS
from coach.assessment.kind_fit import fits, load_fits, save_fits
from coach.assessment.kinds import SHAPES
from coach.assessment.labelled_kinds import KINDS_CORPUS, OTHER, read_kinds_of
from coach.assessment.norms import load_norms
from coach.assessment.train import fingerprint
from coach.errors import ModelError
from coach.questions.question import Kind, Question
from coach.transcript.transcript import from_text

KINDS = tuple(SHAPES)
ANSWERS = tuple(read_kinds_of(TESTS))


def judged(kind: Kind, text: str) -> Assessment:
    return assess(Question("q", "?", kind, ("hr.intro",)), from_text(text), load_norms())


def names(found: Assessment) -> set[str]:
    return {part.name for part in found.parts if part.found}


OF_THE_DESK = (
    "Last year our reception was short of staff and the phones rang all day. I trained the three"
    " receptionists on the new system. I wrote a guide and sat beside each of them for a morning."
    " In the end the waiting time fell from nine minutes to three."
)


@pytest.mark.parametrize("kind", [Kind.SALARY, Kind.CLOSING, Kind.SITUATIONAL])
def test_a_story_where_none_is_asked_for_is_doubted_and_not_credited(kind: Kind):
    found = judged(kind, OF_THE_DESK)
    assert found.finding("star.relevance").met == 0
    assert found.score.overall == 0
    assert not names(found)
    assert not found.went_well
    assert found.advice[0].area == "star.relevance"
    assert SHAPES[kind].parts[0].probe in found.advice[0].text


def test_fitting_answers_are_hardly_doubted_and_others_often():
    fitting = [a for a in ANSWERS if set(a.labels) != {OTHER}]
    doubted = sum(not fits(answer.kind, answer.plain) for answer in fitting)
    assert doubted / len(fitting) <= 0.04
    asked = [KINDS[(KINDS.index(a.kind) + 1 + i % (len(KINDS) - 1)) % len(KINDS)]
             for i, a in enumerate(fitting)]  # fmt: skip
    strange = sum(not fits(kind, answer.plain) for kind, answer in zip(asked, fitting, strict=True))
    assert strange / len(fitting) >= 0.35


def test_the_model_of_what_fits_was_trained_from_this_corpus_and_survives_the_disk(tmp_path: Path):
    model = load_fits()
    assert model.trained_from == fingerprint(KINDS_CORPUS)
    copy = tmp_path / "fit.json.gz"
    save_fits(model, copy)
    assert load_fits(copy) == model
    broken = tmp_path / "broken.json.gz"
    broken.write_bytes(gzip.compress(b"{}"))
    with pytest.raises(ModelError):
        load_fits(broken)


@pytest.mark.parametrize(
    ("kind", "said", "part"),
    [
        (Kind.MOTIVATION, "I want to work for you because you are opening a new unit in June.",
         "fact"),
        (Kind.MOTIVATION, "I want to work for you because you are merging three front desks.",
         "fact"),
        (Kind.LEAVING, "I am leaving because the practice is being sold.", "fact"),
        (Kind.LEAVING, "I am moving to this city because my partner has a job here.", "fact"),
        (Kind.INTRO, "I am a primary school teacher.", "present"),
    ],
)  # fmt: skip
def test_a_plain_sentence_is_credited_by_itself(kind: Kind, said: str, part: str):
    assert judged(kind, said).score.parts[part] >= 2


def test_who_tells_plainly_that_the_place_was_sold_is_accused_of_nothing():
    found = judged(
        Kind.LEAVING,
        "My practice is being sold and the new owners run the front office from their"
        " headquarters.",
    )
    assert not found.faults
    assert "fact" in names(found)


def test_what_a_sentence_tells_by_itself_it_tells_in_any_company():
    link = "This role is the right next step, because here three desks become one."
    by_itself = judged(Kind.FUTURE, link).score.parts["link"]
    longer = judged(
        Kind.FUTURE,
        "In five years I want to run the front office of a large practice, with a team of ten or"
        f" more. {link} I began a course in management in January.",
    )
    assert longer.score.parts["link"] >= by_itself >= 2
