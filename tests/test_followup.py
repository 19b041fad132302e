"""What an interviewer asks for, by what is missing in the answer just given."""

from dataclasses import replace

from taken import NORMS, PROBES, QUESTION, RESULT, STORY

from coach.assessment.assess import assess
from coach.practice.followup import missing, wanted
from coach.questions.question import Kind, Probe, Question
from coach.transcript.transcript import from_text


def test_a_follow_up_asks_for_what_is_missing_and_only_for_that():
    asked = missing(QUESTION, from_text(STORY), NORMS)
    assert asked == "Was it done on time? What changed, and how do you know?"
    assert missing(QUESTION, from_text(STORY + RESULT), NORMS) is None
    own = Question("q-2", QUESTION.text, Kind.BEHAVIOURAL, QUESTION.areas, PROBES[1:])
    assert missing(own, from_text(STORY), NORMS) == "What changed, and how do you know?"
    general = "I usually talk to people. I am always calm and I generally listen to everybody."
    assert "occasion" in missing(QUESTION, from_text(general), NORMS)


def test_what_is_asked_for_by_key_never_comes_twice_and_comes_to_an_end():
    said, asked = from_text(STORY), []
    while (probe := wanted(QUESTION, said, NORMS, asked)) is not None:
        asked.append(probe)
    assert asked[0].endswith("What changed, and how do you know?")
    assert asked[1:3] == [PROBES[1].text, PROBES[2].text]  # the first was asked with its part
    assert len(asked) == len(set(asked)) == 4


def test_a_follow_up_feeds_no_answer_where_nothing_was_heard():
    assert missing(QUESTION, from_text(""), NORMS) is None
    assert wanted(QUESTION, from_text(""), NORMS) == PROBES[0].text


def test_other_kinds_are_asked_for_their_own_missing_parts():
    salary = Question("s-1", "What do you expect to earn?", Kind.SALARY, ("hr.salary",))
    said = from_text("I would rather not say.")
    probes = [part.probe for part in assess(salary, said, NORMS).parts if not part.found]
    assert missing(salary, said, NORMS) == probes[0] == "Which range do you have in mind?"
    own = replace(salary, probes=(Probe("What else counts?", "P"), Probe("How much room?", "R")))
    assert missing(own, said, NORMS) == "How much room?"
