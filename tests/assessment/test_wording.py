"""Who acts, counted in the words of an Action."""

import pytest

from coach.assessment.wording import Ownership, ownership


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
