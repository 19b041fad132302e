"""Who acts, counted in the words of an Action."""

import pytest

from coach.assessment.wording import Ownership, gives_reason, ownership, tells_now


@pytest.mark.parametrize(
    ("text", "i", "we"),
    [
        ("i called the baker , moved the roast and sent two people to carry", 3, 0),
        ("i called the baker moved the roast and sent two people to carry", 2, 0),
        ("we sat down and went through the list and then i rang them", 1, 2),
        ("i told my boss and he called the baker and moved it", 1, 0),
        ("i , um , called her . and put it in the file", 1, 0),
        ("i fixed it and sent it back , then called the customer", 3, 0),
    ],
)
def test_a_step_need_not_name_its_doer_again(text: str, i: int, we: int):
    assert ownership(text) == Ownership(i, we, 0)


def test_a_row_of_verbs_is_not_one_of_steps():
    once = ownership("i led the team")
    assert ownership("i led , managed , delivered , optimised , achieved") == once
    assert ownership("i led and managed and delivered and optimised") == once


REASONS = (
    "i put them on rice cos they eat up dishes",
    "i asked them first since they were the ones who did it",
    "i gave it to tom since he knew them better",
    "i left it open so he could look",
    "i swapped my shift so i could be at the hospital",
    "i sat with them to get the feel of it",
    "i wrote it down as nobody knew",
    "i did it by hand cause she used to",
    "then i called the supplier because the driver had signed",
    "because the driver had signed for it",
    "i thought the guests would be cold",
    "i wanted them to see it",
    "i knew they'd be late",
    "i rang each one to make sure they had it",
    "we moved the queue so that nobody waited",
    "i went through the list in order to find it",
)
NO_REASONS = (
    "after four nights i knew it was coming from under the coffee machine",
    "i thought nothing of it",
    "she was cross because of the weather",
    "since in those days we had no phones i walked",
    "i cut it when it's dead because",
    "she asked me to see if it held",
    "i have done it since i was a kid",
    "i have worked there since we opened",
    "i found the cause of it in the end",
    "as i was walking home i saw it",
    "i moved the families to the rooms with fires",
    "so i would say i did it",
)


@pytest.mark.parametrize("text", REASONS)
def test_a_reason_for_a_step_is_seen_in_many_words(text: str):
    assert gives_reason(text)


@pytest.mark.parametrize("text", NO_REASONS)
def test_not_every_because_is_a_reason_for_a_step(text: str):
    assert not gives_reason(text)


def test_steps_count_when_told_as_if_they_happened_now():
    text = "he call me . i take the big order and i move it to monday . then i phone the driver"
    assert ownership(text).i == 3
    assert tells_now(text)
    past = "i was there and i felt bad , i know . i rang him"
    assert ownership(past).i == 1
    assert not tells_now(past)
