"""Takes that say nearly the words of an earlier one, told to another question."""

from dataclasses import replace
from pathlib import Path

import pytest
from past_takes import NOW, QUESTION, RESULT, STORY, add_take

from coach.improvement.log import Log
from coach.improvement.same_words import alike, note_retold

WHOLE = STORY + RESULT
OTHER = replace(QUESTION, id="late-1", text="When were you late?")
TOLD_ANEW = (
    "At a bakery where I was employed last year the rolls were always gone too early, and finding"
    " the reason was given to me by my manager. Hour by hour I wrote down our sales, changed when"
    " the oven was loaded, and two hundred more were sold each week after that."
)


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as log:
        yield log


def told(log: Log, home: Path, *takes: tuple) -> list[int | None]:
    """For each question and text, the take whose words it is found to repeat."""
    found = []
    for question, text in takes:
        take = add_take(log, home, text, question=question, typed=True)
        note_retold(log, take, NOW)
        found.append(log.retold().get(take.id))
    return found


def test_the_same_words_to_another_question_are_found_and_to_the_same_are_practice(
    log: Log, home: Path
):
    slip = WHOLE.replace("Last year", "Two years ago").replace("maybe ", "").upper()
    takes = [(QUESTION, WHOLE), (QUESTION, WHOLE), (OTHER, slip), (OTHER, TOLD_ANEW), (OTHER, "So")]
    assert told(log, home, *takes) == [None, None, 1, None, None]
    assert alike(WHOLE, WHOLE) == 1
    assert alike(WHOLE, TOLD_ANEW) < 0.1


def test_no_area_gains_by_words_that_were_told_to_another_question(log: Log, home: Path):
    add_take(log, home, WHOLE, typed=True)
    before = log.levels()["star.result"]
    note_retold(log, again := add_take(log, home, WHOLE, question=OTHER, typed=True), NOW)
    assert log.levels()["star.result"] == log.first_levels(5)["star.result"] == before
    assert log.level_counts()["star.result"] == 1
    log.delete(log.attempt(1), NOW)  # then nothing stands there twice
    assert log.retold() == {}
    assert len(log.levels()["star.result"]) == 1
    log.undo()
    assert log.retold() == {again.id: 1}


@pytest.mark.parametrize("mark", ['"', "'", "*", "NEAR(", "^", ":", "\N{RIGHTWARDS ARROW}"])
def test_no_mark_in_the_words_breaks_the_search(log: Log, home: Path, mark: str):
    text = WHOLE.replace(" ", f" a{mark}b {mark} ", 30)
    assert told(log, home, (QUESTION, text), (OTHER, text)) == [None, 1]


def test_the_result_says_it_and_the_scorecard_too(coach, home: Path):
    done = coach("drill", "--typed", "--questions", 2, "--kind", "behavioural",
                 stdin=f"{WHOLE}\n.\n{WHOLE}\n")  # fmt: skip
    first, second = " ".join(done.out.split()).split("Take 2")
    assert "words of take" not in first
    assert "nearly the words of take 1" in second
    done = coach("mock", "--typed", "--questions", 2, "--kind", "behavioural",
                 stdin=f"{TOLD_ANEW}\n.\n{TOLD_ANEW}\n")  # fmt: skip
    assert "Question 2 has nearly the words of take 3" in " ".join(done.out.split())
