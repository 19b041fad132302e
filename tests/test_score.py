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


@settings(deadline=None, max_examples=60)
@given(answers, st.data())
def test_saying_a_sentence_again_never_raises_it(sentences, data):
    again = data.draw(st.integers(0, len(sentences) - 1))
    where = data.draw(st.integers(again + 1, len(sentences)))
    longer = (*sentences[:where], sentences[again], *sentences[where:])
    assert score(*longer).overall <= score(*sentences).overall


@settings(deadline=None, max_examples=60)
@given(answers, st.sampled_from(KEYWORDS), st.data())
def test_keywords_never_raise_it(sentences, keywords, data):
    where = data.draw(st.integers(0, len(sentences)))
    assert score(*sentences[:where], keywords, *sentences[where:]).overall <= (
        score(*sentences).overall
    )


def test_keywords_alone_score_nothing():
    assert score(*KEYWORDS).overall == 0


@settings(deadline=None, max_examples=20)
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
