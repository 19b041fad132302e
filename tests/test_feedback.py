"""An employer's words become areas, with the words they came from."""

import pytest

from coach.areas import AREAS
from coach.improvement.entries import Polarity
from coach.improvement.feedback import read_feedback

CRITICISM = {
    "Your answers lacked measurable outcomes.": {"star.numbers", "star.result"},
    "It wasn't clear to us what came of the projects; we missed results.": {"star.result"},
    "The examples stayed rather general.": {"star.example"},
    "You tended to ramble.": {"voice.long"},
    "We would have liked more structure in your answers.": {"star.structure"},
    "You kept saying we instead of I, so your own contribution stayed unclear.": {"star.ownership"},
    "He spoke too fast for the panel.": {"voice.pace"},
    "You knew little about our company.": {"hr.research"},
    "You came across as nervous.": {"voice.confidence"},
    "Another candidate had more years of experience.": {"ext.experience"},
    "The position has been put on hold.": {"ext.business"},
    "Your salary expectations were above our budget.": {"hr.salary"},
    "You asked us no questions.": {"hr.questions"},
}


@pytest.mark.parametrize(("words", "areas"), CRITICISM.items())
def test_criticism_names_its_areas(words: str, areas: set[str]):
    found = {p.area for p in read_feedback(words).points if p.polarity is Polarity.CRITICISM}
    assert areas <= found
    assert len(found) <= len(areas) + 2


def test_praise_and_criticism_in_one_sentence_are_parted():
    points = read_feedback("Your communication was excellent, but your examples were too general.")
    assert {(p.area, p.polarity) for p in points.points} == {
        ("comp.communication", Polarity.PRAISE),
        ("star.example", Polarity.CRITICISM),
    }


def test_a_negation_turns_the_meaning():
    (point,) = read_feedback("It was not a lack of experience.").points
    assert (point.area, point.polarity) == ("ext.experience", Polarity.PRAISE)


def test_every_point_shows_the_words_it_came_from():
    words = "You were well prepared. However, you rambled, and we did not see any results."
    for point in read_feedback(words).points:
        assert point.words in words
        assert point.area in AREAS


def test_vague_words_say_that_they_are():
    for words in ("", "Thank you for your time.", "We wish you all the best for your future."):
        assert read_feedback(words).vague
