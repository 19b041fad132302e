"""The nano Whisper, a true one that knows twelve sentences, behind the coach's own interface."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from nano_whisper import unpack
from nano_whisper.speech import plain
from streams import stream, wait_until_loaded

from coach.errors import ModelError, NoSpeechError
from coach.recording.recording import SAMPLE_RATE, Recording
from coach.transcript import memory, models
from coach.transcript.engine import Transcriber, open_transcriber, transcribe
from coach.transcript.live import LiveHearing
from coach.transcript.models import Weights
from coach.transcript.transcript import Word
from coach.transcript.whisper_engine import WhisperTranscriber
from coach.transcript.worker import Worker

FOLDER = Path(unpack.__file__).parent
SAID = {
    "slt": "patients often waited um almost an hour before they saw a doctor "
    "you know some nurses were worried so i trained each of them "
    "as a result the average wait fell to eighteen minutes",
    "rms": "the goal was to uh bring it under twenty minutes "
    "first i timed every visit for two weeks like with a stopwatch "
    "complaints dropped by half and the clinic saved nine hundred dollars",
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack.checkpoint(tmp_path_factory.mktemp("nano"))


@pytest.fixture(scope="module")
def nano(checkpoint: Path) -> WhisperTranscriber:
    return WhisperTranscriber(Weights("nano", checkpoint))


@pytest.fixture(scope="module")
def sphinx() -> Transcriber:
    return open_transcriber("sphinx")


def spoken(voice: str) -> np.ndarray:
    return soundfile.read(FOLDER / f"{voice}.flac", dtype="float32")[0]


@pytest.mark.parametrize("voice", SAID)
def test_words_are_those_of_whispers_own_transcribe(nano, voice: str):
    samples = spoken(voice)
    words = nano.recognise(samples)
    assert plain(" ".join(word.text for word in words)) == SAID[voice]
    result = nano._whisper.transcribe(
        samples,
        language="en",
        fp16=False,
        word_timestamps=True,
        condition_on_previous_text=False,
        initial_prompt=nano.prompt,
    )
    theirs = [word for segment in result["segments"] for word in segment["words"]]
    assert [word.text for word in words] == [word["word"].strip() for word in theirs]
    assert [word.start for word in words] == pytest.approx([word["start"] for word in theirs])
    assert all(0 <= w.start <= w.end <= len(samples) / SAMPLE_RATE for w in words)
    assert all(0 < w.probability <= 1 for w in words)


def test_the_encoder_runs_once_a_piece(nano, monkeypatch: pytest.MonkeyPatch):
    passes: list[int] = []
    forward = nano._encoder._forward
    monkeypatch.setattr(nano._encoder, "_forward", lambda mel: (passes.append(1), forward(mel))[1])
    for voice in SAID:
        nano.recognise(spoken(voice))
    assert len(passes) == 2
    assert nano.fixed_cost > 0


@pytest.mark.parametrize("voice", SAID)
def test_what_has_grown_is_read_from_a_draft(nano, voice: str, monkeypatch: pytest.MonkeyPatch):
    """The words are the same to the last probability, for a fraction of the decoder's passes."""
    passes: list[int] = []
    forward = nano._whisper.decoder.forward
    monkeypatch.setattr(
        nano._whisper.decoder, "forward", lambda *a, **k: (passes.append(1), forward(*a, **k))[1]
    )
    samples = spoken(voice)

    def hear(piece: np.ndarray) -> tuple[tuple[Word, ...], int]:
        passes.clear()
        return nano.recognise(piece), len(passes)

    nano._former = None
    alone, singly = hear(samples)
    for share in (0.35, 0.7):  # each in the middle of a sentence
        nano._former = None
        hear(samples[: int(share * len(samples))])
        drafted, fewer = hear(samples)
        assert [word.text for word in drafted] == [word.text for word in alone]
        assert [w.start for w in drafted] == pytest.approx([w.start for w in alone], abs=0.021)
        assert [w.probability for w in drafted] == pytest.approx(
            [w.probability for w in alone], abs=0.002
        )
        assert fewer < singly
    again, least = hear(samples)
    assert again == drafted
    assert least < 0.3 * singly
    _, other = hear(samples[SAMPLE_RATE:])
    assert other > least, "a piece with another beginning has no draft"


def test_a_wrong_draft_changes_no_word(nano):
    samples = spoken("slt")
    nano._former = None
    words = nano.recognise(samples)
    _, tokens = nano._former
    for wrong in ([tokens[0], 11, 13], tokens[:6] + tokens[9:], tokens + tokens[1:5]):
        nano._former = (samples, wrong)
        assert [word.text for word in nano.recognise(samples)] == [word.text for word in words]


def _rooms() -> Iterator[tuple[str, np.ndarray]]:
    """30 s in which nobody speaks."""
    clock = np.arange(30 * SAMPLE_RATE) / SAMPLE_RATE
    random = np.random.default_rng(0)
    brown = np.cumsum(random.normal(0, 1, len(clock)))
    brown -= np.convolve(brown, np.ones(800) / 800, mode="same")
    yield "digital silence", np.zeros(len(clock))
    yield "silence", random.normal(0, 2 / 32_768, len(clock))
    yield "room noise", 0.02 * brown / brown.std()
    yield "hiss", random.normal(0, 0.05, len(clock))
    yield "hum", sum(0.05 / n * np.sin(2 * np.pi * 50 * n * clock) for n in (1, 2, 3, 5))


ROOMS = list(_rooms())


@pytest.mark.parametrize("engine", ["nano", "sphinx"])
@pytest.mark.parametrize(("room", "samples"), ROOMS, ids=[name for name, _ in ROOMS])
def test_no_words_where_nobody_speaks(
    engine: str, room: str, samples: np.ndarray, tmp_path: Path, request: pytest.FixtureRequest
):
    path = tmp_path / "room.wav"
    soundfile.write(path, samples, SAMPLE_RATE)
    with pytest.raises(NoSpeechError):
        transcribe(request.getfixturevalue(engine), path)


@pytest.mark.parametrize(("room", "samples"), ROOMS, ids=[name for name, _ in ROOMS])
def test_whisper_invents_nothing_even_if_it_is_asked(nano, room: str, samples: np.ndarray):
    assert nano.recognise(samples[: 20 * SAMPLE_RATE].astype(np.float32)) == ()


def test_a_live_take_equals_the_file_heard_afterwards(checkpoint: Path, tmp_path: Path):
    gap = np.zeros(round(0.7 * SAMPLE_RATE), dtype=np.float32)
    samples = np.concatenate((gap, spoken("slt"), gap))
    with Worker("whisper", str(checkpoint)) as worker:
        wait_until_loaded(worker)
        live = LiveHearing(worker)
        recording = stream(samples, tmp_path, live, speed=6.0)
        transcript = live.finish(recording)
        assert transcript == worker.hear(recording.path)
    assert plain(transcript.text) == SAID["slt"]
    assert isinstance(recording, Recording)


def test_a_model_too_large_for_the_machine_is_refused(
    checkpoint: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(memory, "total_memory", lambda: 3 << 30)
    memory.require_memory(Weights("nano", checkpoint))
    monkeypatch.setitem(models.SIZES, "nano", checkpoint.stat().st_size)
    monkeypatch.setattr(memory, "BASE", 1 << 30)
    monkeypatch.setattr(memory, "TIMES", 100)
    with pytest.raises(ModelError, match="GB") as caught:
        WhisperTranscriber(Weights("nano", checkpoint))
    assert "sphinx" in caught.value.next_step


def test_a_smaller_model_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    large = tmp_path / "large-v3.pt"
    large.touch()
    with large.open("r+b") as file:
        file.truncate(3_000_000_000)
    monkeypatch.setattr(memory, "total_memory", lambda: 4 << 30)
    with pytest.raises(ModelError) as caught:
        memory.require_memory(Weights("large-v3", large))
    assert "base.en" in caught.value.next_step
    assert memory.total_memory() > 0


def test_languages(checkpoint: Path):
    with pytest.raises(ModelError, match="hears English only"):
        WhisperTranscriber(Weights("nano", checkpoint), "de")
    with pytest.raises(ModelError, match="no language"):
        WhisperTranscriber(Weights("nano", checkpoint), "xx")
    with pytest.raises(ModelError, match=r"base\.en hears English only") as caught:
        open_transcriber("whisper", "base.en", "de")
    assert "base," in caught.value.next_step
    with pytest.raises(ModelError, match="know the language"):
        open_transcriber("whisper", None, "de")
