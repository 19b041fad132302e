"""What a whole mock interview comes to, and how that looks."""

import io
from datetime import date, timedelta

import pytest
from rich.console import Console
from taken import NOW, RESULT, STORY, taken

from coach.improvement.schedule import Due
from coach.improvement.scorecard import Scorecard, score
from coach.questions.question import Kind, Question
from coach.review.scorecard import WholeScorecard, spoken


def test_a_scorecard_adds_up_an_interview():
    weak, strong = taken(STORY, 1), taken(STORY + RESULT, 2, Question(
        "q-3", "And another?", Kind.BEHAVIOURAL, ("comp.teamwork",)))  # fmt: skip
    due = {"q-1": Due(date(2026, 11, 23), NOW.date(), True),
           "q-3": Due(date(2026, 11, 22), NOW.date(), False)}  # fmt: skip
    card = score([weak, strong], [weak.question, strong.question], 3, due)
    levels = {area.area: area for area in card.areas}
    assert (levels["star.result"].level, levels["star.result"].answers) == (0.5, 2)
    assert [area.level for area in card.areas] == sorted(area.level for area in card.areas)
    assert "two hundred more rolls" in card.best.words
    assert card.number(card.best.attempt) == 2
    attempt, advice = card.advice
    assert (attempt.id, advice.area) == (1, "star.result")
    assert [attempt.id for attempt, _ in card.due] == [2, 1]


def test_questions_keep_their_numbers_where_others_were_skipped():
    questions = [Question(f"q-{n}", f"Question {n}?", Kind.BEHAVIOURAL, ()) for n in (1, 2, 3)]
    answer = taken(STORY + RESULT, 7, questions[1])
    due = {"q-2": Due(TODAY, TODAY, True)}
    card = score([answer], questions, 4, due)
    console = Console(file=io.StringIO(), width=80)
    console.print(WholeScorecard(card, TODAY))
    shown = console.file.getvalue()
    first, second, third = (row for row in shown.splitlines() if "Question " in row)
    assert "1  Question 1?" in first
    assert "skipped" in first
    assert "2  Question 2?" in second
    assert "100" in second
    assert "skipped" in third
    assert "The best moment   question 2" in shown
    assert "question 2 today" in shown
    assert "1 of 4 questions answered" in shown
    heard = spoken(card, TODAY).plain
    assert "3. Question 3? Skipped." in heard
    assert "1 of 1 question answered" in spoken(score([answer], questions[1:2], 1, {}), TODAY).plain


def test_a_scorecard_of_nothing_quotes_nothing():
    card = score([], [], 3, {})
    assert (card.best, card.advice, card.due) == (None, None, ())


# How it looks


TODAY = date(2026, 11, 22)
HEADINGS = ("By question", "By area", "The best moment", "The one thing to work on", "Overall: ")


def interview(count: int) -> Scorecard:
    questions = [
        Question(f"q-{n}", f"Question {n}, which is longer than any row of a terminal of 80 is"
                 " wide?", Kind.BEHAVIOURAL, ("comp.teamwork", "comp.customer"))
        for n in range(1, count + 1)
    ]  # fmt: skip
    answers = [taken(STORY + RESULT * (n % 2), n, q) for n, q in enumerate(questions, 1)]
    due = {
        q.id: Due(TODAY + timedelta(days=n % 3 * 4), TODAY, True) for n, q in enumerate(questions)
    }
    return score(answers, questions, count, due)


def drawn(count: int, width: int, rows: int | None) -> list[str]:
    console = Console(file=io.StringIO(), width=width, height=24)
    console.print(WholeScorecard(interview(count), TODAY, rows), end="")
    shown = console.file.getvalue().rstrip("\n").split("\n")
    assert all(len(row) <= width for row in shown)
    return [row.rstrip() for row in shown]


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_a_scorecard_fits_a_terminal_of_24_rows(count: int):
    rows = drawn(count, 80, 20)
    assert len(rows) <= 20
    shown = "\n".join(rows)
    assert all(heading in shown for heading in HEADINGS)
    assert all(f"{number}  Question {number}, " in shown for number in range(1, count + 1))
    assert "Due again: " in shown
    assert (rows[1] == "") == (count <= 2)  # blank rows where there is room for them


def test_a_scorecard_of_a_long_interview_says_where_the_rest_is():
    rows = drawn(20, 80, 20)
    assert len(rows) <= 20
    last = max(number for number in range(21) if f" {number}  Question" in "\n".join(rows))
    assert f"     and {20 - last} more; coach review lists them" in rows
    whole = "\n".join(drawn(20, 80, None))
    assert all(f"{number}  Question {number}, " in whole for number in range(1, 21))
    assert "lists them" not in whole
    assert "coach review 2, or coach retry 2" in whole


def test_a_wide_terminal_has_areas_and_words_beside_each_other():
    rows = drawn(4, 120, 36)
    assert any("By area" in row and "The best moment" in row for row in rows)
    assert len(rows) < len(drawn(4, 80, 36))


@pytest.mark.parametrize("width", [40, 60])
def test_on_a_narrow_terminal_questions_and_areas_give_way_and_numbers_do_not(width: int):
    rows = drawn(3, width, 20)
    assert [row.split()[-1] for row in rows if " Question" in row or "  Que" in row] == [
        "100", "67", "100"]  # fmt: skip
    assert any(row.endswith("×3") for row in rows)


def test_days_and_runs_of_numbers_are_said_in_few_words():
    head, *_, ending = drawn(5, 120, None)
    assert "takes 1 to 5" in head
    assert "questions 1 and 4 today; questions 2 and 5 on Thursday" in ending
    assert "question 3 on Monday 30 November." in ending


def test_a_scorecard_that_is_heard_has_no_bars_and_no_letters():
    text = spoken(interview(2), TODAY).plain
    assert "Missing: Result." in text
    assert "Missing: nothing." in text
    assert "The one thing to work on, question 2: " in text
    assert not set("━─×") & set(text)
