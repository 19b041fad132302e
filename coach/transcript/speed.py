"""How fast this machine would hear speech with each model, before any weights are fetched.

A layer's time does not depend on what it has learned, and all layers of a model are alike: one of
each model's true dimensions is timed, with random numbers in it, and multiplied. So it is an
estimate, and says the more the less else the machine does meanwhile.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import places
from coach.recording.recording import SAMPLE_RATE
from coach.transcript.memory import needed_for
from coach.transcript.models import SIZES

if TYPE_CHECKING:
    import torch

WINDOWS = 2  # of 30 s in a minute
TOKENS = 120  # that a window of speech has: 2.7 words a second and their punctuation
VOCABULARY = 51_864
# Layers that are timed in turn for a token: one alone would stay in the cache of the processor.
ASIDE = 3
FRAMES = 1500  # that the encoder makes of a window
SAMPLE, LISTENED = "no-result.flac", 5.0  # s of it for the embedded engine
RUNS = 3  # the fastest counts: other work of the machine only ever slows
# Width, heads and layers: of the encoder and of the decoder alike.
DIMENSIONS = {
    "tiny.en": (384, 6, 4),
    "base.en": (512, 8, 6),
    "small.en": (768, 12, 12),
    "medium.en": (1024, 16, 24),
}
MEMORY_OF_SPHINX = 200 << 20  # bytes
# A live answer is heard in pieces, each of which costs a whole window: up to four a minute.
KEEPS_UP = 12.0  # s of work for a minute, at most, so that words are there soon after the last one
PATIENCE = 120.0  # s


@dataclass(frozen=True)
class Speed:
    """What a model asks of this machine.

    Attributes:
        name: Whisper's name of it; "sphinx" for the embedded engine.
        size: bytes to fetch; 0 where it comes with the coach.
        memory: bytes while it hears.
        seconds: of work for a minute of speech; None where it could not be measured.
    """

    name: str
    size: int
    memory: int
    seconds: float | None


def speeds(seconds: dict[str, float]) -> tuple[Speed, ...]:
    """Every engine and model that a machine without a graphics card can use, the smallest first."""
    whisper = (
        Speed(name, size, needed_for(size), seconds.get(name)) for name, size in SIZES.items()
    )
    return (Speed("sphinx", 0, MEMORY_OF_SPHINX, seconds.get("sphinx")), *whisper)


def recommend(offered: tuple[Speed, ...], memory: float, disk: int) -> Speed:
    """The largest model that fits into memory and on the disk, and keeps up with speech.

    Args:
        memory: bytes that a model may need.
        disk: bytes that are free.
    """
    fitting = [
        speed
        for speed in offered
        if speed.memory <= memory
        and speed.size < disk
        and speed.seconds is not None
        and speed.seconds <= KEEPS_UP
    ]
    return fitting[-1] if fitting else offered[0]


def measure_apart() -> dict[str, float]:
    """Seconds of work for a minute of speech by model, measured in a process of its own.

    Empty where that fails or takes too long; a torch that crashes takes nothing else with it.
    """
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
        return json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}


def measure() -> dict[str, float]:
    """The same in this process: 3 s, and as long again to load torch."""
    from coach.transcript.whisper_engine import prepare_torch

    prepare_torch()
    found = {"sphinx": _of_sphinx()}
    for name, (width, heads, layers) in DIMENSIONS.items():
        found[name] = round(WINDOWS * _of_window(width, heads, layers), 2)
    return found


def _of_sphinx() -> float:
    """Of the embedded engine, whose model is here: how long it takes for some real seconds."""
    from coach.recording.audio_file import read_audio
    from coach.transcript.sphinx_engine import SphinxTranscriber

    transcriber = SphinxTranscriber()
    samples = read_audio(places.samples() / SAMPLE)[: round(LISTENED * SAMPLE_RATE)]
    return round(_fastest(lambda: transcriber.recognise(samples), 1) * 60 / LISTENED, 2)


def _of_window(width: int, heads: int, layers: int) -> float:
    """Seconds for 30 s of speech: the encoder once, the decoder for each token, and word times."""
    import torch
    from whisper.model import ResidualAttentionBlock

    from coach.transcript.whisper_engine import shorten

    with torch.inference_mode():
        encoder = ResidualAttentionBlock(width, heads)
        decoders = [
            ResidualAttentionBlock(width, heads, cross_attention=True) for _ in range(ASIDE)
        ]
        sound, token = torch.randn(1, FRAMES, width), torch.randn(1, 1, width)
        words, mask = torch.randn(VOCABULARY, width), torch.zeros(TOKENS, TOKENS)
        tokens = torch.randn(1, TOKENS, width)
        heard = sound.to(shorten(encoder))
        encoding = _fastest(lambda: encoder(heard))
        aligning = _fastest(lambda: decoders[0](tokens, sound, mask=mask))
        choosing = _fastest(lambda: _likelihoods(token, words))
        # As Whisper decodes: what a layer makes of the sound is kept from token to token, and what
        # it made of the tokens before, half of them on average, to which each is added.
        kept = {}
        for decoder in decoders:
            for part in (decoder.cross_attn.key, decoder.cross_attn.value):
                kept[part] = part(sound)
            for part in (decoder.attn.key, decoder.attn.value):
                past = torch.randn(1, TOKENS // 2, width)
                part.register_forward_hook(
                    lambda _part, _in, out, past=past: torch.cat([past, out], 1)
                )
        decoding = _fastest(lambda: [each(token, sound, kv_cache=kept) for each in decoders])
        decoding /= ASIDE
    return layers * (encoding + TOKENS * decoding + aligning) + TOKENS * choosing


def _likelihoods(token: "torch.Tensor", words: "torch.Tensor") -> "torch.Tensor":
    return token @ words.T


def _fastest(run: Callable[[], object], runs: int = RUNS) -> float:
    run()  # what is done once is not counted
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()))
