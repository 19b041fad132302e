"""The speech engines: a table of names, and the one way in which all of them hear a take."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coach.errors import NoSpeechError, UnknownEngineError
from coach.recording.recording import SAMPLE_RATE, Span
from coach.transcript import models
from coach.transcript.invented import without_invented
from coach.transcript.models import ENGLISH
from coach.transcript.pieces import Piece, cut
from coach.transcript.transcript import Transcript, Word

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

AUTO = "auto"


class EngineChoice(NamedTuple):
    """Which engine is to hear, as for `open_transcriber`."""

    name: str = AUTO
    model: str | None = None
    language: str = ENGLISH


class Transcriber(Protocol):
    """A loaded speech model.

    Attributes:
        keeps_fillers: whether it writes um and uh down.
        prompt: what it is told before each piece; "" for nothing.
        drafts: whether a piece that has grown since it was heard last costs little to hear again.
        fixed_cost: seconds of work that the last piece took whatever its length; 0 where all of the
            work grows with the length.
    """

    engine: str
    model: str
    keeps_fillers: bool
    prompt: str
    drafts: bool
    fixed_cost: float

    def warm_up(self) -> None:
        """Do once what makes the first piece slower than later ones."""

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        """Hear one piece of at most 30 s.

        Args:
            samples: mono float32 at 16 kHz, in [-1, 1].

        Returns:
            Words with times in seconds from the start of the piece.
        """


def _load_whisper(model: str | None, language: str) -> Transcriber:
    from coach.transcript.whisper_engine import WhisperTranscriber

    return WhisperTranscriber(models.find_weights(model, language), language)


def _load_sphinx(model: str | None, language: str) -> Transcriber:
    from coach.transcript.sphinx_engine import SphinxTranscriber

    return SphinxTranscriber(model, language)


ENGINES: dict[str, Callable[[str | None, str], Transcriber]] = {
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


def check_engine(name: str, model: str | None, language: str) -> None:
    """Find what can be found wrong with a choice without loading it, which takes seconds.

    Raises:
        UnknownEngineError, ModelError: as `open_transcriber`.
    """
    if resolve_engine(name, model) == "whisper":
        models.find_weights(model, language)


def open_transcriber(
    name: str = AUTO, model: str | None = None, language: str = ENGLISH
) -> Transcriber:
    """Load a speech engine: seconds for Whisper, half a second for the embedded one.

    Args:
        name: "auto", "whisper" or "sphinx".
        model: a Whisper model's name or a path to a checkpoint; None for the best one on disk.
        language: what is spoken, as a code such as "en" or "de".

    Raises:
        UnknownEngineError: no engine has that name.
        ModelError: the model is unknown, not on disk, damaged, too large for this machine, or does
            not know the language.
    """
    return ENGINES[resolve_engine(name, model)](model, language)


def transcribe(
    transcriber: Transcriber,
    path: "Path",
    *,
    partial: bool = False,
    pieces: Sequence[Piece] | None = None,
    progress: Callable[[float, float], None] = lambda _done, _all: None,
) -> Transcript:
    """Hear a whole take, piece by piece; stretches without speech are never sent to the model.

    Args:
        path: audio of any format that libsndfile reads.
        partial: take what is there of a truncated file.
        pieces: where to cut; None for at its pauses.
        progress: is told, before the first piece and after each, how many seconds are done of all.

    Raises:
        CoachError: the file cannot be read as audio (see `read_audio`).
        NoSpeechError: it is shorter than a second, or no word was heard in it.
    """
    from coach.recording.audio_file import read_audio
    from coach.recording.speech import require_speech
    from coach.transcript.hesitations import find_hesitations

    samples = read_audio(path, partial=partial)
    spans = require_speech(samples)
    seconds = len(samples) / SAMPLE_RATE
    words: list[Word] = []
    progress(0.0, seconds)
    for piece in cut(spans, samples) if pieces is None else pieces:
        heard = transcriber.recognise(samples[piece.first : piece.last])
        words += placed(heard, piece, spans, transcriber.prompt)
        progress(piece.last / SAMPLE_RATE, seconds)
    return Transcript(
        words=require_words(words, path),
        engine=transcriber.engine,
        model=transcriber.model,
        keeps_fillers=transcriber.keeps_fillers,
        seconds=round(seconds, 3),
        hesitations=find_hesitations(samples, words, spans),
    )


def placed(
    heard: Iterable[Word], piece: Piece, spans: Sequence[Span], prompt: str
) -> tuple[Word, ...]:
    """The words of a piece with their times in the take, without those that nobody said."""
    offset = piece.first / SAMPLE_RATE
    words = [
        replace(word, start=round(word.start + offset, 3), end=round(word.end + offset, 3))
        for word in heard
        if word.start is not None and word.end is not None  # as every spoken word has them
    ]
    return without_invented(words, spans, prompt)


def require_words(words: Sequence[Word], path: "Path") -> tuple[Word, ...]:
    """The words of a take.

    Raises:
        NoSpeechError: there are none.
    """
    if not words:
        raise NoSpeechError(
            f"No words were heard in {path.name}.", "Check the microphone with `coach setup`."
        )
    return tuple(words)
