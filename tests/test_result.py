"""What the result of a take looks like, at once after it."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from taken import NORMS, RESULT, STORY, taken

from coach.improvement.beside import Beside
from coach.improvement.entries import JudgedTake
from coach.review.result import OneScreen, spoken

BARE = STORY.replace(" because the second batch came too late", "")  # without any reason


def drawn(shown: OneScreen, width: int, height: int) -> str:
    console = Console(file=io.StringIO(), width=width, height=height)
    options = console.options
    options.max_height = height
    rows = console.render_lines(shown, options)
    assert len(rows) <= height
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


@pytest.mark.parametrize(("width", "height"), [(80, 21), (80, 37), (120, 37)])
def test_a_result_fits_one_screen(width: int, height: int):
    weak = drawn(OneScreen(taken(BARE), Beside(), NORMS), width, height)
    assert "Missing: Result" in weak
    assert "1. What came of it is not told." in weak
    assert "2. " in weak
    assert "Mended" not in weak
    assert "Next: press r and mend 1." in weak
    better = OneScreen(taken(STORY + RESULT, 2), Beside(taken(STORY, 1), retake=True), NORMS)
    retake = drawn(better, width, height)
    assert "Results" in retake.partition("Mended: ")[2]
    assert "R 3/3 +3" in retake.partition("Score ")[2]
    assert "Next: press Enter to go on." in retake
    ends = (" now", " take 1")
    now, first = (next(line for line in retake.splitlines() if line.endswith(end)) for end in ends)
    assert len(now.split()[0]) == len(first.split()[0]) == width - 10  # both are as wide as can be
    assert ("R" in now.split()[0], "R" in first.split()[0]) == (True, False)
    before = Beside(taken(STORY + RESULT, 2), retake=True)
    worse = drawn(OneScreen(taken(STORY, 3), before, NORMS), 80, 30)
    assert "R 0/3 −3" in worse
    assert "Next: press r and mend 1." in worse
    assert "Results" in worse.partition("Worse: ")[2]


def test_what_is_known_beside_a_take_is_said_and_fits():
    beside = Beside(taken(STORY, 1), True, "voice.long", retold=7)
    heard = doubted(taken(STORY, 2))
    text = " ".join(drawn(OneScreen(heard, beside, NORMS), 80, 24).split())
    assert "unsure of" in text
    assert "words of take 7" in text
    assert "drawn for: " in text
    assert "−" not in text  # a change of words that are doubted is none
    assert "+" not in text
    assert "take 1: 67" in text
    fine = Beside(area="star.result", rest=3)
    whole = taken(f"{STORY}{RESULT}")
    whole = replace(whole, assessment=replace(whole.assessment, advice=()))
    text = drawn(OneScreen(whole, fine, NORMS), 80, 24)
    assert "leave it for 3 days" in text
    assert "unsure" not in text
    unmet = drawn(OneScreen(taken(STORY), fine, NORMS), 80, 24)
    assert "drawn for" not in unmet  # the advice answers it
    assert "leave it" not in unmet


def doubted(take: JudgedTake) -> JudgedTake:
    words = [
        replace(word, probability=0.2 if n % 5 == 0 else 0.9)
        for n, word in enumerate(take.transcript.words)
    ]
    return replace(take, transcript=replace(take.transcript, engine="sphinx", words=tuple(words)))


def test_where_there_is_little_room_texts_are_cut_and_keep_their_marks():
    console = Console(file=io.StringIO(), width=60, height=14)
    options = console.options
    options.max_height = 14
    rows = console.render_lines(OneScreen(taken(BARE), Beside(), NORMS), options)
    shown = ["".join(segment.text for segment in row).rstrip() for row in rows]
    assert [row[:2] for row in shown if row.endswith("…")] == [" ✓", "1.", "2."]
    assert any(row.startswith(" ✓ ") for row in shown)


def test_a_result_that_is_heard_has_no_bars():
    text = spoken(taken(STORY, 1), Beside(), NORMS).plain
    assert "SSS" not in text
    assert "Missing: Result." in text
    assert "Situation " in text
    assert "Length about 23 s of 75–150 s, our choice: not yet." in text
    assert "Situation 3 of 3, Task 3 of 3, Action 3 of 3, Result 0 of 3." in text
    better = spoken(taken(STORY + RESULT, 2), Beside(taken(STORY, 1)), NORMS).plain
    assert "33 more than in take 1." in better
    assert not set("✓~!·") & set(text)


def test_a_tall_terminal_has_headings_and_a_small_one_has_none():
    for height, headed in ((21, False), (37, True)):
        shown = drawn(OneScreen(taken(STORY), Beside(), NORMS), 80, height)
        for heading in ("What went well", "In the next take", "The numbers"):
            assert (heading in shown) == headed
