"""How near `coach setup` estimates: `python tests/benchmarks/bench_speed.py [MODEL]...`.

Whole models of true size, with random weights, hear one window as Whisper does; beside each stands
what was estimated from single layers. Tells nothing while the machine does other work.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch
from whisper.model import ModelDimensions, Whisper

from coach.transcript import speed
from coach.transcript.whisper_engine import prepare_torch, shorten

MELS, CONTEXT, START = 80, 448, 50_257
RUNS = 3  # the fastest counts


def whole(width: int, heads: int, layers: int) -> Whisper:
    sides = (width, heads, layers)
    return Whisper(
        ModelDimensions(MELS, speed.FRAMES, *sides, speed.VOCABULARY, CONTEXT, *sides)
    ).eval()


def hear(model: Whisper, mel: torch.Tensor) -> float:
    """Seconds for a window: the encoder, each token, and once more all tokens for their times."""
    began = time.perf_counter()
    sound = model.encoder(mel).to(torch.float32)
    cache, hooks = model.install_kv_cache_hooks()
    for _ in range(speed.TOKENS):
        model.decoder(torch.tensor([[START]]), sound, kv_cache=cache)
    for hook in hooks:
        hook.remove()
    model.decoder(torch.full((1, speed.TOKENS), START), sound)
    return time.perf_counter() - began


def main() -> None:
    prepare_torch()
    estimated = speed.measure()
    print(f"{'model':10} {'estimated':>10} {'whole':>8} {'ratio':>6}   s a minute of speech")
    for name in sys.argv[1:] or ("tiny.en", "base.en", "small.en"):
        model = whole(*speed.DIMENSIONS[name])
        mel = torch.randn(1, MELS, 2 * speed.FRAMES).to(shorten(model.encoder))
        with torch.inference_mode():
            seconds = speed.WINDOWS * min(hear(model, mel) for _ in range(RUNS))
        print(f"{name:10} {estimated[name]:10.2f} {seconds:8.2f} {seconds / estimated[name]:6.2f}")


if __name__ == "__main__":
    main()
