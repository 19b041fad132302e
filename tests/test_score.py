"""The score cannot be bought: not by length, not by keywords, not by saying it again."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.assessment.assess import assess
from coach.assessment.assessment import Score
from coach.assessment.labelled import read_corpus
from coach.assessment.norms import load_norms
from coach.assessment.rubric import ANCHORS, TOP, WEIGHTS
from coach.questions.question import Kind, Question
from coach.transcript.transcript import from_text

NORMS = load_norms()
STORY = Question("q", "Tell me about a time.", Kind.BEHAVIOURAL)
# Answers that are cut into the sentences they were written in.
ANSWERS = [
    answer.sentences
    for answer in read_corpus()
    if all(re.search(r"[a-z][.?!]$", sentence) for sentence in answer.sentences)
][::7]
KEYWORDS = (
    "Leadership, teamwork, ownership, measurable results, impact.",
    "Situation, task, action, result, stakeholder management, efficiency.",
    "Increased revenue 40%, reduced costs, improved quality, saved time.",
)


@cache
def score(*sentences: str) -> Score:
    return assess(STORY, from_text(" ".join(sentences)), NORMS).score


answers = st.sampled_from(ANSWERS)


@settings(max_examples=60)
@given(answers, st.data())
def test_saying_a_sentence_again_never_raises_it(sentences, data):
    again = data.draw(st.integers(0, len(sentences) - 1))
    where = data.draw(st.integers(again + 1, len(sentences)))
    longer = (*sentences[:where], sentences[again], *sentences[where:])
    assert score(*longer).overall <= score(*sentences).overall


def test_a_short_sentence_said_again_adds_nothing():
    told = next(each.sentences for each in read_corpus() if "Customs opened it." in each.sentences)
    assert score(*told, "Customs opened it.") == score(*told)


@settings(max_examples=60)
@given(answers, st.sampled_from(KEYWORDS), st.data())
def test_keywords_never_raise_it(sentences, keywords, data):
    where = data.draw(st.integers(0, len(sentences)))
    assert score(*sentences[:where], keywords, *sentences[where:]).overall <= (
        score(*sentences).overall
    )


def test_keywords_alone_score_nothing():
    assert score(*KEYWORDS).overall == 0


@settings(max_examples=20)
@given(answers)
def test_the_same_answer_always_gets_the_same(sentences):
    score.cache_clear()
    first = score(*sentences)
    score.cache_clear()
    assert score(*sentences) == first


def test_every_level_has_its_anchor():
    assert set(ANCHORS) == set(WEIGHTS)
    assert all(len(anchors) == TOP + 1 for anchors in ANCHORS.values())


@pytest.mark.parametrize("part", "STAR")
def test_a_part_that_is_left_out_costs_its_points(part: str):
    told = {
        "S": "Last May I ran the till in a garden shop, and a pallet of seed trays arrived broken.",
        "T": "My manager asked me to get our money back before the weekend.",
        "A": "I photographed every tray. Then I rang the supplier, because the driver had signed"
        " for the damage. I sent them the pictures and a list.",
        "R": "As a result we were paid four hundred pounds within two days, and she thanked me.",
    }
    whole = score(*told.values())
    without = score(*(text for name, text in told.items() if name != part))
    assert without.parts[part] < whole.parts[part]
    assert without.overall < whole.overall


TOLD = (
    "In 2021 I was a clerk in a school office, and there was a queue every morning.",
    "The head asked me to get it gone by half term.",
    "I stood there three mornings with a clicker.",
    "I put a locked box by the gate for the letters.",
    "I moved the late register to the window.",
)


@pytest.mark.parametrize(
    "added",
    [
        "As a result.",
        "The end.",
        "In the end, fifty percent.",
        "Seventy percent.",
        "As a result, leadership, teamwork, KPI, forty percent.",
        "Generally people go away happy.",
        "Well, it's a long story, sorry, I've lost my thread.",
    ],
)
def test_what_only_announces_a_result_is_none(added: str):
    assert score(*TOLD, added) == score(*TOLD)


@pytest.mark.parametrize("added", ["There are fifty two weeks in a year.", "Seventy percent."])
def test_a_figure_that_came_of_nothing_never_raises_it(added: str):
    whole = (*TOLD, "By half term the queue was gone, and the head thanked me.")
    assert score(*whole, added).overall <= score(*whole).overall


@pytest.mark.parametrize(
    "text",
    [
        "At work. I had to. I did it because I did it and I did it and I did it."
        " As a result fifty percent.",
        "In the office. My task. I did it, because I knew I wanted it. I did it. I did it again."
        " As a result twice.",
        STORY.text,
    ],
)
def test_the_shape_of_a_story_without_its_content_scores_little(text: str):
    assert score(text).overall <= 20


def test_the_question_said_again_is_no_part():
    asked = Question("q", "Tell me about a day when the queue was long.", Kind.BEHAVIOURAL)
    said = f"Tell me about a day when the queue was long. {' '.join(TOLD)}"
    judged = assess(asked, from_text(said), NORMS)
    assert judged.sentences[0].part is None
    assert judged.score == score(*TOLD)


def test_what_led_to_a_step_is_its_reason():
    whole = (*TOLD[:-1], "They were always late on Mondays, so I moved the late register.")
    assert score(*whole).parts["A"] == 3


def test_because_alone_is_no_reason():
    whole = (*TOLD[:-1], "I moved the late register to the window, because.")
    assert score(*whole).parts["A"] == 2
