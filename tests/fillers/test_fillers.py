"""Fillers in words, on hand-written examples, and in the sound, on answers that flite speaks."""

import shutil
import time
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from examples import accuracy, read_examples
from hypothesis import given
from hypothesis import strategies as st
from make_answers import Answer, make_answers
from measure import PRECISION, RECALL, Recogniser, exact, gapless, precision, recall, score

from coach.assessment.wording import measure
from coach.recording.recording import SAMPLE_RATE, Span
from coach.recording.speech import find_speech
from coach.transcript.hesitations import Listener, find_hesitations
from coach.transcript.transcript import Word

ACCURACY = 0.9  # of the judgements of words, asked for


def fillers(text: str, pauses: tuple[float, ...] | None = None) -> list[str]:
    return [mark.text for mark in measure(text.split(), pauses).fillers]


def test_there_are_examples_enough():
    halves = [read_examples("develop"), read_examples("held_out")]
    assert sum(map(len, halves)) >= 200
    assert min(map(len, halves)) >= 100
    for half in halves:
        assert 0.4 < sum(example.fills for example in half) / len(half) < 0.6


@pytest.mark.parametrize("half", ["develop", "held_out"])
def test_words_that_fill_are_told_from_words_that_work(half: str):
    assert accuracy(read_examples(half)) >= ACCURACY


def test_a_word_that_works_is_never_counted_for_its_sound():
    assert fillers("i like it if you know the right people so it went well") == []
    assert fillers("um so like you know it was like really hard") == [
        "um",
        "so",
        "like",
        "you know",
        "like",
    ]


def test_a_word_between_two_pauses_fills_whatever_its_grammar():
    text = "we lost the client so we changed the plan"
    around_so = (0, 0.05, 0.05, 0.05, 0.6, 0.5, 0.05, 0.05, 0.05)
    assert fillers(text) == []
    assert fillers(text, (0.05,) * 9) == []
    assert fillers(text, around_so) == ["so"]


@pytest.mark.parametrize("samples", [0, 500, 3 * SAMPLE_RATE])
def test_silence_holds_no_hesitation(samples: int):
    silence = np.zeros(samples, dtype=np.float32)
    assert find_hesitations(silence, (), (Span(0.0, samples / SAMPLE_RATE),)) == ()
    assert find_hesitations(silence, (), ()) == ()


def test_a_held_vowel_is_one_unless_words_are_on_it():
    sound, speech = _with_vowel(at=1.0, seconds=0.4), (Span(0.95, 1.5),)
    (found,) = find_hesitations(sound, (), speech)
    assert found.start == pytest.approx(1.0, abs=0.05)
    assert found.end == pytest.approx(1.4, abs=0.05)
    assert find_hesitations(sound, (Word("we", 0.98, 1.2), Word("all", 1.2, 1.42)), speech) == ()


def test_a_word_that_cannot_stand_there_is_a_hesitation_misheard():
    sound, speech = _with_vowel(at=1.0, seconds=0.4), (Span(0.95, 1.5),)
    assert len(find_hesitations(sound, (Word("I'm", 0.98, 1.42),), speech)) == 1


@given(st.lists(st.integers(1, 9_000), max_size=60))
def test_a_take_may_be_listened_to_in_blocks_of_any_size(sizes: list[int]):
    sound, speech = _with_vowel(at=1.0, seconds=0.4), (Span(0.95, 1.5),)
    listener, first = Listener(), 0
    for size in sizes:
        listener.hear(sound[first : first + size])
        first += size
    listener.hear(sound[first:])
    assert listener.find((), speech) == find_hesitations(sound, (), speech)


def test_what_the_recogniser_wrote_down_is_not_found_again():
    sound, speech = _with_vowel(at=1.0, seconds=0.4), (Span(0.95, 1.5),)
    assert find_hesitations(sound, (Word("Um,", 0.98, 1.42),), speech) == ()


def _with_vowel(at: float, seconds: float) -> np.ndarray:
    """Three seconds of a faint room with 120 Hz and its overtones in it."""
    sound = np.random.default_rng(1).normal(0, 0.001, 3 * SAMPLE_RATE)
    clock = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    vowel = sum(np.sin(2 * np.pi * 120 * n * clock) / n for n in range(1, 20))
    first = round(at * SAMPLE_RATE)
    sound[first : first + len(vowel)] += 0.1 * vowel
    return sound.astype(np.float32)


@pytest.fixture(scope="module")
def answers() -> list[tuple[Answer, tuple[Span, ...]]]:
    if not shutil.which("flite"):
        pytest.skip("needs the package flite")
    return [(answer, find_speech(answer.samples)) for answer in make_answers("held_out", 3)]


@pytest.mark.parametrize("recogniser", [exact, gapless])
def test_um_and_uh_are_found_where_the_recogniser_dropped_them(
    answers: list[tuple[Answer, tuple[Span, ...]]], recogniser: Recogniser
):
    counts: Counter[str] = Counter()
    for answer, speech in answers:
        hits = find_hesitations(answer.samples, recogniser(answer, speech), speech)
        assert all(0.2 <= hit.end - hit.start <= 1.5 for hit in hits)
        assert all(this.end < following.start for this, following in pairwise(hits))
        counts += score(answer.fillers, hits)
    assert precision(counts) >= PRECISION
    assert recall(counts) >= RECALL


def test_looking_for_hesitations_takes_a_fiftieth_of_the_take(
    answers: list[tuple[Answer, tuple[Span, ...]]],
):
    answer, speech = answers[0]
    spent = []
    for _ in range(3):
        start = time.process_time()
        find_hesitations(answer.samples, answer.words, speech)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.02 * answer.seconds
