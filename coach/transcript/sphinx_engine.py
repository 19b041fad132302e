"""PocketSphinx, the embedded engine: its wheel brings an English model, so it works at once."""

from typing import TYPE_CHECKING

from coach.errors import ModelError
from coach.recording.recording import SAMPLE_RATE
from coach.transcript.models import ENGLISH
from coach.transcript.transcript import Word

if TYPE_CHECKING:
    import numpy as np

MODEL = "en-us"
FRAME = 0.01  # s: PocketSphinx counts time in frames of 10 ms


class SphinxTranscriber:
    """Lower-case words with times; no punctuation, and um and uh are not heard."""

    engine = "sphinx"
    keeps_fillers = False
    prompt = ""
    drafts = False
    fixed_cost = 0.0  # s: all of its work grows with the length of a piece

    def __init__(self, model: str | None = None, language: str = ENGLISH) -> None:
        if model not in (None, MODEL):
            raise ModelError(
                f'The sphinx engine has no model "{model}".',
                f"Leave --model out, or choose {MODEL}; other models need --engine whisper.",
            )
        if language != ENGLISH:
            raise ModelError(
                f'The sphinx engine does not know the language "{language}".',
                "It hears English only; other languages need --engine whisper.",
            )
        from pocketsphinx import Decoder  # loads its 38 MB model: only when words are wanted

        self.model = MODEL
        # The two limits save a tenth of the time and cost no word of the packaged answers.
        self._decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL", topn=2, maxhmmpf=5_000)

    def warm_up(self) -> None:
        """The model is in memory once it is loaded: nothing is left to do."""

    def recognise(self, samples: "np.ndarray") -> tuple[Word, ...]:
        pcm = (samples.clip(-1, 1) * 32_767).astype("int16").tobytes()
        self._decoder.start_stream()  # forgets the noise of other pieces: equal sound, equal words
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        return tuple(
            Word(
                # "read(2)" is the second way to say "read".
                segment.word.partition("(")[0],
                segment.start_frame * FRAME,
                (segment.end_frame + 1) * FRAME,
                round(min(1.0, segment.prob), 3),
            )
            for segment in self._decoder.seg() or ()
            if segment.word[0] not in "<["  # <sil>, <s>, [NOISE], [SPEECH]
        )
