"""The speech engines: a table of names, and the one way in which all of them hear a take."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from coach.errors import NoSpeechError, UnknownEngineError
from coach.recording.recording import SAMPLE_RATE
from coach.transcript import models
from coach.transcript.transcript import Transcript, Word

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

AUTO = "auto"


class Transcriber(Protocol):
    """A loaded speech model."""

    engine: str
    model: str
    keeps_fillers: bool

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        """Hear one piece of at most 30 s.

        Args:
            samples: mono float32 at 16 kHz, in [-1, 1].

        Returns:
            Words with times in seconds from the start of the piece.
        """


def _load_whisper(model: str | None) -> Transcriber:
    from coach.transcript.whisper_engine import WhisperTranscriber

    return WhisperTranscriber(models.find_weights(model))


def _load_sphinx(model: str | None) -> Transcriber:
    from coach.transcript.sphinx_engine import SphinxTranscriber

    return SphinxTranscriber(model)


ENGINES: dict[str, Callable[[str | None], Transcriber]] = {
    "whisper": _load_whisper,
    "sphinx": _load_sphinx,
}


def resolve_engine(name: str, model: str | None = None) -> str:
    """The engine that will be used: the named one, or for "auto" Whisper where it has weights.

    Raises:
        UnknownEngineError: no engine has that name.
    """
    if name == AUTO:
        return "whisper" if model or models.weights_on_disk() else "sphinx"
    if name not in ENGINES:
        raise UnknownEngineError(
            f'There is no speech engine called "{name}".',
            f"Choose one of: {AUTO}, {', '.join(ENGINES)}.",
        )
    return name


def open_transcriber(name: str = AUTO, model: str | None = None) -> Transcriber:
    """Load a speech engine: seconds for Whisper, half a second for the embedded one.

    Args:
        name: "auto", "whisper" or "sphinx".
        model: a Whisper model's name or a path to a checkpoint; None for the best one on disk.

    Raises:
        UnknownEngineError: no engine has that name.
        ModelError: the model is unknown, not on disk, or damaged.
    """
    return ENGINES[resolve_engine(name, model)](model)


def transcribe(transcriber: Transcriber, path: "Path", *, partial: bool = False) -> Transcript:
    """Hear a whole take, piece by piece; stretches without speech are never sent to the model.

    Raises:
        CoachError: the file cannot be read as audio (see `read_audio`).
        NoSpeechError: it is shorter than a second, or no word was heard in it.
    """
    from coach.recording.audio_file import read_audio
    from coach.recording.speech import require_speech
    from coach.transcript.pieces import cut

    samples = read_audio(path, partial=partial)
    words: list[Word] = []
    for piece in cut(require_speech(samples), samples):
        offset = piece.first / SAMPLE_RATE
        heard = transcriber.recognise(samples[piece.first : piece.last])
        words.extend(
            Word(
                word.text,
                round(word.start + offset, 3),
                round(word.end + offset, 3),
                word.probability,
            )
            for word in heard
        )
    if not words:
        raise NoSpeechError(
            f"No words were heard in {path.name}.", "Check the microphone with `coach setup`."
        )
    return Transcript(
        words=tuple(words),
        engine=transcriber.engine,
        model=transcriber.model,
        keeps_fillers=transcriber.keeps_fillers,
        seconds=round(len(samples) / SAMPLE_RATE, 3),
    )
