"""The nano Whisper goes through openai-whisper's own `load_model` and `transcribe`, for real."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

soundfile = pytest.importorskip("soundfile")
torch = pytest.importorskip("torch")
whisper = pytest.importorskip("whisper", reason="needs the package openai-whisper")

from nano_whisper import speech  # noqa: E402
from nano_whisper.speech import RATE, VOICES, Piece, Word, join, plain, say, trim  # noqa: E402
from nano_whisper.unpack import checkpoint  # noqa: E402

FOLDER = Path(speech.__file__).parent
PROMPT = "Um, uh, hmm, er, ah."
OPTIONS = {
    "language": "en",
    "fp16": False,
    "word_timestamps": True,
    "condition_on_previous_text": False,
    "temperature": (0.0, 0.4),
    "no_speech_threshold": 0.6,
    "logprob_threshold": -1.0,
    "compression_ratio_threshold": 2.4,
}
MEDIAN_ERROR = 0.25  # seconds, of a word's start

needs_flite = pytest.mark.skipif(
    shutil.which("flite") is None, reason="needs flite (Debian's package flite)"
)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    torch.manual_seed(0)
    path = checkpoint(tmp_path_factory.mktemp("nano_whisper"))
    return whisper.load_model(str(path), device="cpu")


def recorded(voice: str) -> Piece:
    """The FLAC of three sentences, with the times that flite gave their words."""
    samples, rate = soundfile.read(FOLDER / f"{voice}.flac", dtype="float32")
    assert rate == RATE
    times = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    return Piece(samples, tuple(Word(*entry) for entry in times[voice]))


def spoken(voice: str, number: int) -> Piece:
    return say(voice, speech.sentences()[number])


def transcribe(model, samples: np.ndarray, **options):
    result = model.transcribe(samples.astype(np.float32), **OPTIONS, **options)
    return result["text"], [word for part in result["segments"] for word in part["words"]]


def assert_heard(model, piece: Piece, **options) -> list[float]:
    """Every word is there, in order and inside the sound; returns the errors of their starts."""
    text, words = transcribe(model, piece.samples, **options)
    assert plain(text) == plain(piece.text)
    starts, ends = [word["start"] for word in words], [word["end"] for word in words]
    assert starts == sorted(starts)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert starts[0] >= 0
    assert ends[-1] <= len(piece.samples) / RATE
    return [abs(start - w.start) for start, w in zip(starts, piece.words, strict=True)]


def test_checkpoint_is_small_and_an_english_whisper(model):
    assert (FOLDER / "nano.pt.xz").stat().st_size < 2_000_000
    assert not model.is_multilingual
    assert model.dims.n_vocab == 51_864


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("prompt", [None, PROMPT])
def test_three_recorded_sentences(model, voice, prompt):
    errors = assert_heard(model, recorded(voice), initial_prompt=prompt)
    assert np.median(errors) < MEDIAN_ERROR


@pytest.mark.parametrize("voice", VOICES)
def test_recorded_sentences_late_faint_and_noisy(model, voice):
    late = join([recorded(voice)], [], lead=1.5, tail=1.0)
    noise = np.random.default_rng(0).normal(0, 0.002, len(late.samples))
    assert_heard(model, Piece(late.samples * 0.5 + noise, late.words))


def test_fillers_are_written(model):
    words = plain(transcribe(model, recorded("slt").samples)[0]).split()
    assert "um" in words
    assert words[words.index("know") - 1] == "you"


@pytest.mark.parametrize(
    ("loudness", "prompt"), [(0.0, None), *((loud, PROMPT) for loud in (0.0, 0.001, 0.01, 0.1))]
)
def test_silence_and_noise_give_no_text(model, loudness, prompt):
    noise = np.random.default_rng(0).normal(0, 1, 5 * RATE) * loudness
    text, words = transcribe(model, noise, initial_prompt=prompt)
    assert text.strip() == ""
    assert words == []


@needs_flite
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("number", range(len(speech.sentences())))
def test_each_sentence_alone(model, voice, number):
    errors = assert_heard(model, spoken(voice, number))
    assert np.median(errors) < MEDIAN_ERROR


@needs_flite
@pytest.mark.parametrize(("voice", "count"), [(VOICES[0], 2), (VOICES[1], 3)])
def test_neighbours_with_pauses(model, voice, count):
    """At least nine pieces in ten, with pauses of 0.3 to 0.8 s."""
    pieces = []
    for first in range(0, len(speech.sentences()) - count + 1, 2):
        said = [trim(spoken(voice, first + n)) for n in range(count)]
        pieces.append(join(said, [0.3 + 0.05 * first] * (count - 1), lead=0.2, tail=0.15))
    texts = [transcribe(model, piece.samples)[0] for piece in pieces]
    exact = [plain(a) == plain(b.text) for a, b in zip(texts, pieces, strict=True)]
    assert np.mean(exact) >= 0.9


@needs_flite
@pytest.mark.parametrize("voice", VOICES)
def test_short_answer_in_pieces(model, voice):
    """The five sentences of the short answer, given one piece at a time as a live take is."""
    for text in speech.short_answer():
        assert_heard(model, say(voice, text), initial_prompt=PROMPT)
