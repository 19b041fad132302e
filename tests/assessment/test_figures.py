"""A figure tells what came of something; a number that tells none of it is no figure."""

import pytest

from coach.assessment.figures import has_figure, is_of_any_time, tells_of_past

FIGURES = (
    "not one of them left",
    "nobody got hurt",
    "we've not had a complaint since",
    "he only missed one day",
    "it passed first time",
    "he passed it in one visit",
    "it came out to the penny",
    "a day early",
    "they come every thursday now",
    "we had more customers than at the start",
    "we fixed it in an hour before it closed",
    "it dropped from nine to four",
    "sales went up by forty percent",
    "we cut it from ten to three",
    "the queue was half as long",
    "everyone passed",
    "it took two days",
    "we saved £400",
    "complaints fell by a third",
    "she got a hundred thousand views",
    "we finished on time",
    "it grew by six",
    "about sixty came back",
    "it was our best month ever",
    "there were nine of us in the end",
    "he was fifteen minutes late",
    "we had six orders at ten in the morning",
    "none of them left",
    "it never happened again",
    "we've never had a problem since",
    "he came back twice",
    "waste was down to 12%",
    "sold out in two hours",
)
NONE = (
    "she stopped there till six",
    "the last roast went at ten to three",
    "it went well for the year three class",
    "the head of year seven was happy",
    "he was over sixty and he smiled",
    "that was in 2019",
    "he tells them the football scores",
    "double checking is what they do now",
    "everyone was happy in the end",
    "we opened at nine and it was fine",
    "he is nineteen",
    "we finished at half past nine",
    "the second time it worked",
    "she said it was the best",
    "the third week was easier",
    "generally nine times out of ten they leave happy",
    "there were no words",
    "in twenty nineteen",
    "ten minutes to six the last door was closed",
    "they moved me to ward nine",
)


@pytest.mark.parametrize("text", FIGURES)
def test_how_many_how_long_or_against_before(text: str):
    assert has_figure(text)


@pytest.mark.parametrize("text", NONE)
def test_times_names_ages_and_figures_of_speech_are_none(text: str):
    assert not has_figure(text)


def test_what_always_is_came_of_nothing():
    assert is_of_any_time("there are fifty two weeks in a year")
    for text in ("since then we keep six heaters", "by forty percent", "sales rose by a third"):
        assert not is_of_any_time(text)
    assert not tells_of_past("by forty percent")
