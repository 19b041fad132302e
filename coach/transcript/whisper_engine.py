"""OpenAI's Whisper, run on this machine from weights that are already on disk.

Whisper's own `transcribe` runs the encoder again for word times, again for every temperature, and
once more for the breath after the last word of a piece. Here a piece is one window, and its encoder
runs once. Where a piece begins as the one before did, because it has grown since, the words of that
one are a draft: the decoder confirms them in one pass instead of finding them one by one.
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
    drafts = True

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
        self._former: tuple[np.ndarray, list[int]] | None = None  # the last piece, and its tokens

    def warm_up(self) -> None:
        """The first alignment compiles a numba kernel: 2.4-3.5 s."""
        import numpy as np

        mel = self._mel(np.zeros(SAMPLE_RATE, dtype=np.float32))
        self._decode(_window(mel, 0), 1.0, [])
        self._align(_window(mel, 0), mel.shape[-1], self._tokenizer.encode(" Warm."))

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        began = time.monotonic()
        self._encoder.seconds = 0.0
        mel = self._mel(samples.astype("float32"))
        self.fixed_cost = time.monotonic() - began
        words: list[Word] = []
        frames, seek = mel.shape[-1], 0
        draft = self._draft(samples)
        while tokens := self._read(mel, seek, draft):
            if seek == 0:
                self._former = (samples, tokens)
            heard = self._place(mel, seek, tokens)
            if not heard:
                break
            words += heard
            draft = []
            last, seek = seek, round((words[-1].end or 0.0) * FRAMES_PER_SECOND)
            if seek <= last or frames - seek < UNHEARD * FRAMES_PER_SECOND:
                break
        self.fixed_cost += self._encoder.seconds
        return tuple(words)

    def _mel(self, samples: "np.ndarray") -> "torch.Tensor":
        """A spectrogram of the samples, shape (mels, frames), scaled as Whisper was trained."""
        from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram

        mel = log_mel_spectrogram(samples, self._whisper.dims.n_mels, padding=N_SAMPLES)
        return mel[:, : mel.shape[-1] - N_FRAMES]

    def _draft(self, samples: "np.ndarray") -> list[int]:
        """The tokens of the last piece, if these samples are that piece and what came after it."""
        import numpy as np

        if self._former is None:
            return []
        former, tokens = self._former
        return tokens if np.array_equal(samples[: len(former)], former) else []

    def _read(self, mel: "torch.Tensor", seek: int, draft: list[int]) -> list[int]:
        """The tokens of what is said in the window that starts at frame `seek`."""
        seconds = (mel.shape[-1] - seek) / FRAMES_PER_SECOND
        result = self._decode(_window(mel, seek), seconds, draft)
        if result.no_speech_prob > NO_SPEECH and result.avg_logprob < DOUBTFUL:
            return []
        return result.tokens

    def _place(self, mel: "torch.Tensor", seek: int, tokens: list[int]) -> list[Word]:
        """The words of a window, with times from the start of the piece."""
        text = [token for token in tokens if token < self._tokenizer.eot]
        words = self._align(_window(mel, seek), mel.shape[-1] - seek, text)
        return list(_within(words, seek / FRAMES_PER_SECOND, mel.shape[-1] / FRAMES_PER_SECOND))

    def _decode(self, window: "torch.Tensor", seconds: float, draft: list[int]) -> "DecodingResult":
        from whisper.decoding import DecodingOptions, DecodingTask

        for temperature in TEMPERATURES:
            options = DecodingOptions(
                language=self._language,
                temperature=temperature,
                sample_len=min(MOST_TOKENS, round(20 + TOKENS_PER_SECOND * seconds)),
                prompt=self.prompt,
                fp16=False,
            )
            task = DecodingTask(self._whisper, options)
            task.inference = _DraftedInference(self._whisper, self._without_end(draft))
            result = task.run(window[None])[0]
            silent = result.no_speech_prob > NO_SPEECH and result.avg_logprob < DOUBTFUL
            good = result.compression_ratio <= REPETITIVE and result.avg_logprob >= DOUBTFUL
            if silent or good:
                break
            draft = []
        return result

    def _without_end(self, draft: list[int]) -> list[int]:
        """A draft's last time tells where it ended, and what has grown does not end there."""
        while draft and draft[-1] >= self._tokenizer.timestamp_begin:
            draft = draft[:-1]
        return draft

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
        self._dtype = shorten(encoder)
        self._forward = encoder.forward
        self._last: tuple[torch.Tensor, torch.Tensor] | None = None  # spectrogram, output
        encoder.forward = self

    def __call__(self, mel: "torch.Tensor") -> "torch.Tensor":
        if self._last is None or not _equal(mel, self._last[0]):
            began = time.monotonic()
            self._last = mel, self._forward(mel.to(self._dtype)).to(mel.dtype)
            self.seconds += time.monotonic() - began
        return self._last[1]


def shorten(encoder: "torch.nn.Module") -> "torch.dtype":
    """Let the encoder count with 16 bits where the processor does so in one step.

    base.en on two cores with AMX: a window in .16 s instead of .43; on a processor that only
    imitates it, 6.4 s.
    """
    import torch

    if not torch.cpu.get_capabilities().get("amx_bf16"):
        return torch.float32
    for module in encoder.modules():
        if isinstance(module, torch.nn.Linear | torch.nn.Conv1d):  # Whisper's norms want 32 bits
            module.to(torch.bfloat16)
    return torch.bfloat16


class _DraftedInference:
    """What Whisper's decoding asks for the next token, knowing a draft of the tokens to come.

    The whole draft is read at once. Its tokens are never believed: the caller chooses each token
    from the logits as always, and from the first that is not the draft's, they are read singly.
    """

    def __init__(self, model: "Whisper", draft: list[int]) -> None:
        self._model = model
        self._draft = draft
        self._forget()

    def _forget(self) -> None:
        self._cache: dict = {}
        self._hooks: list = []
        # The drafted tokens, and the logits after each; None once the draft was left.
        self._ahead: tuple[torch.Tensor, torch.Tensor] | None = None

    def logits(self, tokens: "torch.Tensor", features: "torch.Tensor") -> "torch.Tensor":
        """What the model holds of every token that may follow.

        Args:
            tokens: of shape (1, length).
            features: the encoder's output.

        Returns:
            Shape (1, length, vocabulary) at the first call, later (1, 1, vocabulary).
        """
        length = tokens.shape[-1]
        if not self._cache:
            self._cache, self._hooks = self._model.install_kv_cache_hooks()
            drafted = tokens.new_tensor([[*tokens[0].tolist(), *self._draft]])
            logits = self._model.decoder(drafted, features, kv_cache=self._cache)
            self._ahead = drafted, logits
            return logits[:, :length]
        if self._ahead is not None:
            drafted, logits = self._ahead
            if _equal(tokens, drafted[:, :length]):
                return logits[:, length - 1 : length]
            self._ahead = None
            self._cut_cache(length - 1)
        return self._model.decoder(tokens[:, -1:], features, kv_cache=self._cache)

    def cleanup_caching(self) -> None:
        for hook in self._hooks:
            hook.remove()
        self._forget()

    def rearrange_kv_cache(self, _indices: list[int]) -> None:
        """Only a beam search has anything to rearrange."""

    def _cut_cache(self, length: int) -> None:
        for block in self._model.decoder.blocks:
            for module in (block.attn.key, block.attn.value):
                self._cache[module] = self._cache[module][:, :length]


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
