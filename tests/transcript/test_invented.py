"""Words that nobody said are dropped; what people do say and stutter stays."""

import pytest

from coach.recording.recording import Span
from coach.transcript.invented import without_invented
from coach.transcript.transcript import Word

PROMPT = "Um, uh, hmm, er, ah."


def said(text: str, start: float = 1.0, each: float = 0.3, probability: float = 0.9):
    """Words one after the other, `each` seconds long."""
    return [
        Word(word, round(start + each * n, 3), round(start + each * (n + 1), 3), probability)
        for n, word in enumerate(text.split())
    ]


def left(words, *spans: tuple[float, float]) -> str:
    return " ".join(w.text for w in without_invented(words, [Span(*s) for s in spans], PROMPT))


@pytest.mark.parametrize("phrase", ["Thank you.", "Thanks for watching!", "you", "Bye bye."])
def test_a_farewell_over_silence_is_dropped(phrase):
    assert left(said(phrase), (8.0, 9.0)) == ""
    assert left(said("We finished.") + said(phrase, 4.0), (1.0, 2.0)) == "We finished."


def test_a_farewell_that_is_heard_stays():
    assert left(said("Thank you."), (0.9, 2.0)) == "Thank you."
    assert left(said("I said thank you."), (8.0, 9.0)) == "I said thank you."
    assert left(said("Thank you. We finished."), (8.0, 9.0)) == "Thank you. We finished."


def test_a_farewell_of_low_probability_is_not_believed():
    assert left(said("Thank you.", probability=0.2), (0.9, 2.0)) == ""


def test_a_loop_is_cut_short_and_a_stutter_is_kept():
    loop = said("well no", 1.0) + said("no no no no", 1.6, each=0.02)
    assert left(loop, (1.0, 3.0)) == "well no"
    assert left(said("I I I I think"), (1.0, 3.0)) == "I I I I think"
    assert left(said("I I I I think"), (1.0, 1.3)) == "I think"
    assert left(said("very very good"), (8.0, 9.0)) == "very very good"


def test_an_echo_of_the_prompt_is_dropped():
    assert left(said("Um, uh, hmm, er, ah."), (1.0, 3.0)) == ""
    assert left(said("Um, uh, hmm, er, ah. So I left."), (1.0, 4.0)) == "So I left."
    assert left(said("Um, uh, so I left."), (1.0, 4.0)) == "Um, uh, so I left."
