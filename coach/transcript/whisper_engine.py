"""OpenAI's Whisper, run on this machine from weights that are already on disk.

Whisper's own `transcribe` runs the encoder again for word times, again for every temperature, and
once more for the breath after the last word of a piece. Here a piece is one window, and its encoder
runs once.
"""

import os
import pickle
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coach.errors import ModelError
from coach.recording.recording import SAMPLE_RATE
from coach.transcript.memory import require_memory
from coach.transcript.models import ENGLISH, Weights
from coach.transcript.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    import torch
    from whisper import Whisper
    from whisper.decoding import DecodingResult
    from whisper.tokenizer import Tokenizer

PROMPT = "Um, uh, hmm, er, ah."  # asks for a verbatim transcript; longer ones cost whole sentences
TEMPERATURES = (0.0, 0.4)  # the second where the first repeats itself or guesses
NO_SPEECH = 0.6  # probability above which a doubtful piece holds no speech
DOUBTFUL = -1.0  # mean log probability of a token
REPETITIVE = 2.4  # times that the text could be compressed
TOKENS_PER_SECOND = 10  # nobody speaks faster; it bounds what a loop can cost
MOST_TOKENS = 224  # Whisper's own limit
UNHEARD = 1.0  # s of speech after the last word: the rest is heard as a window of its own
FRAMES_PER_SECOND = 100  # of a mel spectrogram
# Seconds for one encoder window of base.en on a server's two cores: one thread 1.17, two .71. More
# than four have not been measured, and take cores from the rest of the machine.
MOST_THREADS = 4

_BAD_CHECKPOINT = (RuntimeError, KeyError, TypeError, EOFError, OSError, ValueError)


class WhisperTranscriber:
    """Words with punctuation, times and probabilities; most um and uh are left out."""

    engine = "whisper"
    keeps_fillers = False
    prompt = PROMPT

    def __init__(self, weights: Weights, language: str = ENGLISH) -> None:
        require_memory(weights)
        prepare_torch()
        import whisper

        self.model = weights.name
        self.fixed_cost = 0.0
        try:
            # By path, never by name: a name would be fetched from the network.
            self._whisper = whisper.load_model(str(weights.path), device="cpu")
        except (*_BAD_CHECKPOINT, pickle.UnpicklingError) as error:
            raise _damaged(weights, error) from error
        heads = whisper._ALIGNMENT_HEADS.get(weights.name)
        if heads:  # a model loaded from a path gets default ones, and worse word times
            self._whisper.set_alignment_heads(heads)
        self._tokenizer = _tokenizer(self._whisper, weights, language)
        self._language = language
        self._encoder = _RememberingEncoder(self._whisper.encoder)

    def warm_up(self) -> None:
        """The first alignment compiles a numba kernel: 2.4-3.5 s."""
        import numpy as np

        mel = self._mel(np.zeros(SAMPLE_RATE, dtype=np.float32))
        self._decode(_window(mel, 0), 1.0)
        self._align(_window(mel, 0), mel.shape[-1], self._tokenizer.encode(" Warm."))

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        began = time.monotonic()
        self._encoder.seconds = 0.0
        mel = self._mel(samples.astype("float32"))
        self.fixed_cost = time.monotonic() - began
        words: list[Word] = []
        frames, seek = mel.shape[-1], 0
        while heard := self._hear(mel, seek):
            words += heard
            last, seek = seek, round(words[-1].end * FRAMES_PER_SECOND)
            if seek <= last or frames - seek < UNHEARD * FRAMES_PER_SECOND:
                break
        self.fixed_cost += self._encoder.seconds
        return tuple(words)

    def _mel(self, samples: "np.ndarray") -> "torch.Tensor":
        """A spectrogram of the samples, shape (mels, frames), scaled as Whisper was trained."""
        from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram

        mel = log_mel_spectrogram(samples, self._whisper.dims.n_mels, padding=N_SAMPLES)
        return mel[:, : mel.shape[-1] - N_FRAMES]

    def _hear(self, mel: "torch.Tensor", seek: int) -> list[Word]:
        """The words of the window that starts at frame `seek`."""
        frames = mel.shape[-1] - seek
        window = _window(mel, seek)
        result = self._decode(window, frames / FRAMES_PER_SECOND)
        if result.no_speech_prob > NO_SPEECH and result.avg_logprob < DOUBTFUL:
            return []
        tokens = [token for token in result.tokens if token < self._tokenizer.eot]
        words = self._align(window, frames, tokens)
        return list(_within(words, seek / FRAMES_PER_SECOND, mel.shape[-1] / FRAMES_PER_SECOND))

    def _decode(self, window: "torch.Tensor", seconds: float) -> "DecodingResult":
        from whisper.decoding import DecodingOptions

        for temperature in TEMPERATURES:
            options = DecodingOptions(
                language=self._language,
                temperature=temperature,
                sample_len=min(MOST_TOKENS, round(20 + TOKENS_PER_SECOND * seconds)),
                prompt=self.prompt,
                fp16=False,
            )
            result = self._whisper.decode(window, options)
            silent = result.no_speech_prob > NO_SPEECH and result.avg_logprob < DOUBTFUL
            good = result.compression_ratio <= REPETITIVE and result.avg_logprob >= DOUBTFUL
            if silent or good:
                break
        return result

    def _align(self, window: "torch.Tensor", frames: int, tokens: list[int]) -> list[dict]:
        """Whisper's own word times: dicts of word, start, end and probability."""
        from whisper.timing import add_word_timestamps

        segment: dict[str, Any] = {
            "seek": 0,
            "start": 0.0,
            "end": frames / FRAMES_PER_SECOND,
            "tokens": tokens,
        }
        add_word_timestamps(
            segments=[segment],
            model=self._whisper,
            tokenizer=self._tokenizer,
            mel=window,
            num_frames=frames,
            last_speech_timestamp=0.0,
        )
        return segment["words"]


def prepare_torch() -> None:
    """Load torch for a machine on which others work too; whisper is not to be imported before."""
    # With other busy processes two torch threads collapse unless this is set before the import.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch  # 2-3 s, with whisper

    torch.set_num_threads(min(MOST_THREADS, torch.get_num_threads()))


class _RememberingEncoder:
    """Gives the last output again for the same spectrogram; word times then cost no second pass.

    Attributes:
        seconds: time spent in it; set it to 0 to start counting.
    """

    def __init__(self, encoder: "torch.nn.Module") -> None:
        self.seconds = 0.0
        self._forward = encoder.forward
        self._mel: torch.Tensor | None = None
        self._output: torch.Tensor | None = None
        encoder.forward = self

    def __call__(self, mel: "torch.Tensor") -> "torch.Tensor":
        if self._mel is None or not _equal(mel, self._mel):
            began = time.monotonic()
            self._output = self._forward(mel)
            self._mel = mel
            self.seconds += time.monotonic() - began
        return self._output


def _equal(one: "torch.Tensor", other: "torch.Tensor") -> bool:
    import torch

    return torch.equal(one, other)


def _window(mel: "torch.Tensor", seek: int) -> "torch.Tensor":
    """30 s from frame `seek`, shape (mels, 3000); what lies beyond the piece is 0."""
    from whisper.audio import N_FRAMES, pad_or_trim

    return pad_or_trim(mel[:, seek:], N_FRAMES)


def _within(words: list[dict], offset: float, seconds: float) -> Iterator[Word]:
    """Words of the piece; beyond its end nothing was said."""
    for word in words:
        text, start = word["word"].strip(), offset + float(word["start"])
        if any(map(str.isalnum, text)) and start < seconds:
            end = min(offset + float(word["end"]), seconds)
            yield Word(text, round(start, 3), round(end, 3), round(float(word["probability"]), 3))


def _tokenizer(model: "Whisper", weights: Weights, language: str) -> "Tokenizer":
    from whisper.tokenizer import LANGUAGES, get_tokenizer

    if language not in LANGUAGES:
        raise ModelError(
            f'Whisper knows no language "{language}".',
            "Give a code of two letters, such as en, de or fr.",
        )
    if language != ENGLISH and not model.is_multilingual:
        raise ModelError(
            f'The Whisper model {weights.name} hears English only, not "{language}".',
            "Choose one without .en in its name, which knows other languages too.",
        )
    return get_tokenizer(
        model.is_multilingual,
        num_languages=model.num_languages,
        language=language,
        task="transcribe",
    )


def _damaged(weights: Weights, error: Exception) -> ModelError:
    reason = str(error).partition("\n")[0]
    return ModelError(
        f"The Whisper model {weights.path} cannot be loaded: {reason}.",
        "Fetch it again with `coach setup --download base.en`, or use --engine sphinx.",
    )
