"""A take is cut into pieces, whole or growing; no stretch of speech is lost or heard twice."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.recording.audio_file import WavWriter, read_audio, samples_on_disk
from coach.recording.recording import SAMPLE_RATE, Span
from coach.transcript.pieces import (
    LONGEST,
    Cutter,
    Piece,
    cut,
    read_piece,
)

SHOWS = 0.25  # s of speech before the detector is sure


def middle(first: int, last: int) -> int:
    return (first + last) // 2


@st.composite
def takes(draw) -> tuple[tuple[Span, ...], float]:
    """Stretches of speech as the detector gives them, and the length of the take."""
    spans, now = [], 0.0
    for gap, length in draw(
        st.lists(st.tuples(st.floats(0.07, 3.0), st.floats(0.2, 40.0)), min_size=1, max_size=8)
    ):
        start = round(now + gap, 3)
        now = round(start + length, 3)
        spans.append(Span(start, now))
    return tuple(spans), round(now + draw(st.floats(0.0, 2.0)), 3)


def heard_so_far(spans: tuple[Span, ...], now: float) -> tuple[Span, ...]:
    return tuple(Span(s.start, min(s.end, now)) for s in spans if now >= s.start + SHOWS)


def in_order_and_whole(pieces, spans, seconds) -> bool:
    """Every sample of speech is in exactly one piece, and every piece holds some."""
    ends = [0, *(piece.last for piece in pieces)]
    apart = all(p.first >= end for p, end in zip(pieces, ends, strict=False))
    sized = all(0 < p.seconds <= LONGEST for p in pieces) and ends[-1] <= round(
        seconds * SAMPLE_RATE
    )
    covered = all(
        sum(
            max(
                0,
                min(p.last, round(s.end * SAMPLE_RATE))
                - max(p.first, round(s.start * SAMPLE_RATE)),
            )
            for p in pieces
        )
        == round(s.end * SAMPLE_RATE) - round(s.start * SAMPLE_RATE)
        for s in spans
    )
    return apart and sized and covered


@given(takes())
def test_a_whole_take_is_cut_without_loss(take):
    spans, seconds = take
    pieces = Cutter(middle).cut_off(spans, seconds, over=True)
    assert in_order_and_whole(pieces, spans, seconds)


@given(takes(), st.lists(st.floats(0.01, 3.0), min_size=1, max_size=200))
def test_a_growing_take_is_cut_where_the_whole_one_is(take, steps):
    spans, seconds = take
    cutter, pieces, now = Cutter(middle), [], 0.0
    for step in steps:
        now = min(now + step, seconds)
        pieces += cutter.cut_off(heard_so_far(spans, now), now)
    pieces += cutter.cut_off(spans, seconds, over=True)
    assert tuple(pieces) == Cutter(middle).cut_off(spans, seconds, over=True)


@given(takes(), st.lists(st.tuples(st.floats(0.01, 3.0), st.floats(1.0, 20.0)), max_size=100))
def test_pieces_may_be_lengthened_at_any_time(take, steps):
    spans, seconds = take
    cutter, pieces, now = Cutter(middle), [], 0.0
    for step, enough in steps:
        now = min(now + step, seconds)
        cutter.enough = enough
        pieces += cutter.cut_off(heard_so_far(spans, now), now)
    pieces += cutter.cut_off(spans, seconds, over=True)
    assert in_order_and_whole(pieces, spans, seconds)


@given(takes())
def test_a_trial_at_the_last_pause_is_the_last_piece(take):
    spans, _ = take
    end = spans[-1].end + 0.75
    cutter = Cutter(middle)
    cutter.cut_off(spans, end)
    trial = cutter.on_trial(spans, end)
    rest = cutter.cut_off(spans, end + 0.5, over=True)
    assert rest in ((), (trial,))


def test_pieces_end_at_pauses():
    spans = (Span(1.0, 2.0), Span(2.5, 5.0), Span(5.5, 6.0), Span(7.5, 8.0), Span(8.2, 13.0))
    samples = np.zeros(14 * SAMPLE_RATE, dtype=np.float32)
    seconds = [(p.first / SAMPLE_RATE, p.last / SAMPLE_RATE) for p in cut(spans, samples)]
    # Together the first two are long enough; the third is short, but a long pause follows it.
    assert seconds == [(0.8, 5.15), (5.3, 6.15), (7.3, 13.15)]
    (whole,) = Cutter(lambda _first, last: last, 10.0).cut_off(spans[:3], 14.0, over=True)
    assert (whole.first, whole.last) == (round(0.8 * SAMPLE_RATE), round(6.15 * SAMPLE_RATE))


def test_nobody_is_heard_on_trial_while_speaking():
    cutter, said = Cutter(middle), (Span(1.0, 4.0),)
    assert cutter.on_trial(said, 4.29) is None
    assert cutter.on_trial(said, 4.31) == Piece(12_800, 66_400)
    assert cutter.cut_off(said, 4.69) == ()
    assert cutter.cut_off(said, 4.71) == (Piece(12_800, 66_400),)
    assert cutter.on_trial(said, 5.0) is None


def test_a_short_piece_waits_longer_for_more():
    cutter, said = Cutter(middle), (Span(1.0, 2.0),)
    assert cutter.on_trial(said, 2.69) is None
    assert cutter.on_trial(said, 2.71) == Piece(12_800, 34_400)
    assert cutter.cut_off(said, 3.29) == ()
    assert cutter.cut_off(said, 3.31) == (Piece(12_800, 34_400),)


def test_speech_without_a_pause_is_cut_at_its_quietest_place():
    samples = np.random.default_rng(0).normal(0, 0.1, 40 * SAMPLE_RATE).astype(np.float32)
    samples[25 * SAMPLE_RATE : 25 * SAMPLE_RATE + 2_000] *= 0.1
    first, second = cut((Span(0.0, 40.0),), samples)
    assert first.last == second.first
    assert first.last / SAMPLE_RATE == pytest.approx(25.06, abs=0.03)


def test_a_piece_is_read_from_a_file_that_is_being_written(tmp_path: Path):
    writer = WavWriter(tmp_path / "take.part.wav", tmp_path / "take.wav")
    noise = np.random.default_rng(0).integers(-9_000, 9_000, 2 * SAMPLE_RATE).astype("<i2")
    writer.append(noise.tobytes())
    assert samples_on_disk(writer.path) == 2 * SAMPLE_RATE
    during = read_piece(writer.path, Piece(1_000, 9_000))
    assert len(read_piece(writer.path, Piece(31_000, 99_000))) == 1_000
    writer.finish()
    assert np.array_equal(during, read_audio(writer.path)[1_000:9_000])


def test_a_take_that_ends_in_mid_speech_is_cut_to_its_last_sample():
    """A crash ends a take anywhere; the span's end is rounded up by less than a millisecond."""
    samples = np.zeros(8 * SAMPLE_RATE - 7, dtype=np.float32)
    (piece,) = cut((Span(0.5, 8.0),), samples)
    assert piece.last == len(samples)
