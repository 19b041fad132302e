"""An employer's words become areas, with the words they came from."""

import pytest

from coach.areas import AREAS
from coach.improvement.entries import Controllable, Polarity
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
    # A decision or their own situation judges nothing, and is listed beside what does.
    found = {p.area for p in read_feedback(words).points if p.polarity is not Polarity.PRAISE}
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


NEG, POS, NEUTRAL = Polarity.CRITICISM, Polarity.PRAISE, Polarity.NEUTRAL
PLAIN = {
    "Your answers lacked structure.": ("star.structure", NEG),
    "It was difficult to follow your answers.": ("star.structure", NEG),
    "Please use concrete examples next time.": ("star.example", NEG),
    "We missed specific examples from your own work.": ("star.example", NEG),
    "You spent too much time on the background.": ("star.setup", NEG),
    "It was unclear what you actually did.": ("star.action", NEG),
    "We would have liked more detail about the steps you took.": ("star.action", NEG),
    "You never told us how it ended.": ("star.result", NEG),
    "There were no numbers to back up your claims.": ("star.numbers", NEG),
    "You could quantify your achievements more.": ("star.numbers", NEG),
    "Your individual contribution did not become clear.": ("star.ownership", NEG),
    "You did not answer the questions that we asked.": ("star.relevance", NEG),
    "Your answers were too long.": ("voice.long", NEG),
    "You rambled at times.": ("voice.long", NEG),
    "Your answers were too short.": ("voice.short", NEG),
    "You spoke too quickly.": ("voice.pace", NEG),
    "You use a lot of filler words.": ("voice.fillers", NEG),
    "There were many long pauses before you answered.": ("voice.hesitation", NEG),
    "You did not come across as confident.": ("voice.confidence", NEG),
    "We felt a lack of enthusiasm.": ("voice.energy", NEG),
    "You were hard to understand because you mumbled.": ("voice.clarity", NEG),
    "You avoided eye contact.": ("voice.nonverbal", NEG),
    "Your communication skills need improvement.": ("comp.communication", NEG),
    "We did not see enough evidence of teamwork.": ("comp.teamwork", NEG),
    "You lack leadership experience with teams.": ("comp.leadership", NEG),
    "You struggled to describe how you resolve conflicts.": ("comp.conflict", NEG),
    "Your problem-solving skills were not convincing.": ("comp.problem_solving", NEG),
    "You seemed to find it hard to make decisions.": ("comp.decisions", NEG),
    "You should work on prioritising your tasks.": ("comp.planning", NEG),
    "We were looking for someone who shows more initiative.": ("comp.initiative", NEG),
    "You were not flexible enough when plans changed.": ("comp.adaptability", NEG),
    "You did not seem to cope well with stress.": ("comp.resilience", NEG),
    "You reacted badly to feedback.": ("comp.learning", NEG),
    "The customer hardly appeared in your answers.": ("comp.customer", NEG),
    "You had not researched our company.": ("hr.research", NEG),
    "It was not clear why you want to work for us.": ("hr.motivation", NEG),
    "Your salary expectations were too high.": ("hr.salary", NEG),
    "You did not have any questions for us.": ("hr.questions", NEG),
    "We did not think you would fit our culture.": ("hr.fit", NEG),
    "Your CV contained several spelling errors.": ("prep.cv", NEG),
    "Your presentation was not well prepared.": ("prep.task", NEG),
    "We chose a candidate with more experience in the industry.": ("ext.experience", NEG),
    "You do not have the technical skills we need.": ("ext.skills", NEG),
    "Your German is not sufficient for this position.": ("ext.language", NEG),
    "We have decided to proceed with another candidate.": ("ext.competition", NEUTRAL),
    "The position was cancelled because of budget cuts.": ("ext.business", NEUTRAL),
    "Your examples were excellent.": ("star.example", POS),
    "You communicated clearly and well.": ("comp.communication", POS),
    "Your enthusiasm was obvious.": ("voice.energy", POS),
    "There was no doubt about your technical skills.": ("ext.skills", POS),
    "You were very well prepared and knew our products.": ("hr.research", POS),
}


@pytest.mark.parametrize(("words", "point"), PLAIN.items())
def test_plain_words_are_understood(words: str, point: tuple[str, Polarity]):
    found = {(p.area, p.polarity) for p in read_feedback(words).points}
    assert point in found
    assert len(found) <= 3


def test_a_letter_gives_its_points_and_nothing_else():
    letter = """Dear Ms Moore,

Thank you for coming to see us. You came across as very confident, but your answers were far too
long. Unfortunately we have decided to offer the position to another candidate. It was not quite
what we were looking for.

We wish you all the best for the future.

Kind regards
Paula Reed"""
    reading = read_feedback(letter)
    assert [(p.area, p.polarity, p.controllable) for p in reading.points] == [
        ("voice.confidence", POS, Controllable.YES),
        ("voice.long", NEG, Controllable.YES),
        ("ext.competition", NEUTRAL, Controllable.NO),
    ]
    assert not reading.vague
    assert reading.points[1].words == "your answers were far too\nlong"


def test_what_names_nothing_to_act_on_is_unclear():
    reading = read_feedback("Thank you for your time. Something was missing overall.")
    assert reading.unclear == ("Something was missing overall.",)
    assert reading.vague


def test_an_area_named_without_what_or_where_is_vague():
    (vague,) = read_feedback("Your communication was poor.").points
    assert vague.vague
    (clear,) = read_feedback("You rambled.").points
    assert not clear.vague


@pytest.mark.parametrize(
    ("words", "points"),
    [
        (
            "While we liked your energy, your answers lacked structure.",
            {("voice.energy", POS), ("star.structure", NEG)},
        ),
        (
            "Although your CV is excellent, you knew little about us.",
            {("prep.cv", POS), ("hr.research", NEG)},
        ),
        (
            "Your answers were too long, although your examples were good.",
            {("voice.long", NEG), ("star.example", POS)},
        ),
    ],
)
def test_each_side_of_a_turn_keeps_its_own_polarity(words: str, points: set[tuple[str, Polarity]]):
    assert {(p.area, p.polarity) for p in read_feedback(words).points} == points


@pytest.mark.parametrize(
    "words",
    [
        "No feedback was given.",
        "Warm wishes, Priya",
        "Warm wishes",
        "Sincerely, Learning and Development Team",
        "Graduate Recruitment",
        "The Talent Acquisition Team",
        "Following your assessment centre, please find below a summary of our assessors.",
        "Presentation exercise",
        "Group exercise",
        "Nothing you could have done differently",
        "We enjoyed learning about you.",
        "It was a genuinely hard decision",
    ],
)
def test_what_only_frames_a_letter_gives_no_point(words: str):
    assert read_feedback(words).points == ()


STRANGERS = {
    "Your answer on teamwork was strong.": ("comp.teamwork", POS),
    "I loved your story about the bakery.": ("star.example", POS),
    "Your answer on problem solving was strong": ("comp.problem_solving", POS),
    "We loved your examples.": ("star.example", POS),
    "We could not fault your preparation": ("hr.research", POS),
    "your example about the returns desk was excellent": ("star.example", POS),
    "You arrived ten minutes late.": ("comp.integrity", NEG),
    "You gave textbook answers": ("star.example", NEG),
    "You talked about we, never I.": ("star.ownership", NEG),
    "You communicated clearly, but we would have liked to hear more about your planning.": (
        "comp.planning",
        NEG,
    ),
    "your results, however, were not always clear": ("star.result", NEG),
    "when asked about handling conflict you stayed quite general": ("comp.conflict", NEG),
    "stakeholder management and planning did not demonstrate the scale": ("comp.planning", NEG),
    "came over as arrogant": ("hr.fit", NEG),
    "we did not hear what you achieved": ("star.result", NEG),
    "You blamed your colleagues when we asked about conflict": ("comp.conflict", NEG),
}


@pytest.mark.parametrize(("words", "point"), STRANGERS.items())
def test_letters_of_strangers_are_understood(words: str, point: tuple[str, Polarity]):
    reading = read_feedback(words)
    assert point in {(p.area, p.polarity) for p in reading.points if p not in reading.doubtful}


def test_criticism_without_a_hard_word_is_not_taken_for_praise():
    reading = read_feedback("Your examples were all from university")
    assert not {p for p in reading.points if p.polarity is POS} - {*reading.doubtful}


def test_the_words_quoted_are_those_that_judge():
    words = "When asked why you wanted to join us, your motivation was not convincing"
    (point,) = read_feedback(words).points
    assert point.words == words
