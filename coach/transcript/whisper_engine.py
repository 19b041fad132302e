"""OpenAI's Whisper, run on this machine from weights that are already on disk."""

import os
import pickle
from typing import TYPE_CHECKING

from coach.errors import ModelError
from coach.transcript.models import Weights
from coach.transcript.transcript import Word

if TYPE_CHECKING:
    import numpy as np

_BAD_CHECKPOINT = (RuntimeError, KeyError, TypeError, EOFError, OSError, ValueError)


class WhisperTranscriber:
    """Words with punctuation, times and probabilities; most um and uh are left out."""

    engine = "whisper"
    keeps_fillers = False

    def __init__(self, weights: Weights) -> None:
        # With other busy processes two torch threads collapse unless this is set before the import.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import whisper  # and with it torch: 2-3 s

        self.model = weights.name
        try:
            # By path, never by name: a name would be fetched from the network.
            self._whisper = whisper.load_model(str(weights.path), device="cpu")
        except (*_BAD_CHECKPOINT, pickle.UnpicklingError) as error:
            raise _damaged(weights, error) from error
        heads = whisper._ALIGNMENT_HEADS.get(weights.name)
        if heads:  # a model loaded from a path gets default ones, and worse word times
            self._whisper.set_alignment_heads(heads)

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        result = self._whisper.transcribe(
            samples.astype("float32"),
            language="en",
            fp16=False,
            word_timestamps=True,
            condition_on_previous_text=False,
            temperature=(0.0, 0.4),
            no_speech_threshold=0.6,
            logprob_threshold=-1.0,
            compression_ratio_threshold=2.4,
        )
        longest = len(samples) / 16_000
        return tuple(
            Word(
                word["word"].strip(),
                round(float(word["start"]), 3),
                round(min(float(word["end"]), longest), 3),
                round(float(word["probability"]), 3),
            )
            for segment in result["segments"]
            for word in segment["words"]
            # Beyond the end of the piece nothing was said.
            if word["word"].strip() and word["start"] < longest
        )


def _damaged(weights: Weights, error: Exception) -> ModelError:
    reason = str(error).partition("\n")[0]
    return ModelError(
        f"The Whisper model {weights.path} cannot be loaded: {reason}.",
        "Fetch it again with `coach setup --download base.en`, or use --engine sphinx.",
    )
