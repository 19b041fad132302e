"""What is shown: names that read as skills, sentences that are English."""

import re
from collections.abc import Callable

from coach.areas import AREAS
from coach.improvement.points import BY_HAND, NOTED, in_quotes, with_origin
from coach.improvement.themes import in_a_sentence, uncapitalised
from coach.questions.question import Kind, Question
from coach.review.banks import filed_under


def test_an_area_is_named_as_a_skill_so_that_much_of_it_is_good():
    faults = re.compile("too |^(hesitat|hedg|filler|lack|un)", re.IGNORECASE)
    assert [area.name for area in AREAS.values() if faults.search(area.name)] == []


def test_an_area_stands_in_a_sentence_as_a_sentence_wants_it():
    assert in_a_sentence("star.example") == "a specific example"
    assert in_a_sentence("prep.cv") == "CV and letter"
    assert uncapitalised("A range") == "a range"


def test_what_nobody_said_is_not_quoted():
    assert in_quotes("too vague") == "“too vague”"
    assert with_origin("too vague", "rejection 3") == "“too vague” (rejection 3)"
    for words in (BY_HAND, NOTED):
        assert in_quotes(words) == words
        assert with_origin(words, "your own note") == "your own note"


def test_a_question_is_filed_under_each_thing_once_and_by_name():
    question = Question("q", "Why?", Kind.BEHAVIOURAL, ("star.numbers", "voice.long"),
                        field="first_job", level="first_job")  # fmt: skip
    assert filed_under(question) == "behavioural · Numbers, Brevity · first_job"


def test_an_area_without_a_reason_is_no_quotation(coach: Callable):
    coach("area", "add", "star.numbers")
    assert "“" not in coach("area", "list").out + coach("themes").out
    assert "“noted" not in coach("plan").out
