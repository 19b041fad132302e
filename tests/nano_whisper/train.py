"""Train the nano Whisper checkpoint that the tests use, and write it as nano.pt.xz.

    python tests/nano_whisper/train.py

It took 50 minutes on two cores that other work shared, and needs flite (voices rms and slt), torch,
openai-whisper, numpy and soundfile. The checkpoint is a true Whisper (English only, real tokenizer)
of 64 dimensions, one encoder layer and two decoder layers that knows the sentences in
sentences.toml by heart, and nothing else: any other speech comes out as one of them, or not at all.
Give it at most three sentences (about 15 s) at a time; measure.py says how well it does. The script
also writes a FLAC of three sentences in each voice and their words' times (words.json), for tests
on machines without flite.

What makes so small a model work:
- mels are padded with 0.0, as `transcribe` pads them;
- the last decoder layer's attention is told where each token to be predicted is heard, which also
  makes word times right;
- rows of timestamps begin as the encoder's own sinusoids;
- tokens never used share one row, which training pushes to a low logit and xz packs to nothing.
"""

import argparse
import json
import lzma
import math
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: else busy machines collapse

import soundfile
import torch
from lessons import FRAME, IGNORED, LessonMaker, Recipe, Vocabulary
from speech import RATE, join, say, sentences
from torch import Tensor, nn
from torch.nn import functional
from unpack import PACKED
from whisper.model import ModelDimensions, MultiHeadAttention, Whisper, sinusoids

DIMENSIONS = ModelDimensions(
    n_mels=80,
    n_audio_ctx=1500,
    n_audio_state=64,
    n_audio_head=4,
    n_audio_layer=1,
    n_vocab=51864,
    n_text_ctx=448,
    n_text_state=64,
    n_text_head=4,
    n_text_layer=2,
)
TEXT_POSITIONS = 160  # places that lessons reach; the rest stay 0
SEED = 20_250_625
ATTENTION_WEIGHT = 0.5  # of the loss of places against the loss of tokens
EXAMPLES = {"slt": (1, 6, 9), "rms": (3, 4, 10)}  # voice -> the sentences of its FLAC
EXAMPLE_GAP = 0.5  # seconds


@dataclass(frozen=True)
class Stage:
    recipe: Recipe
    steps: int
    rates: tuple[float, float]  # learning rate at the beginning and at the end


STAGES = (
    Stage(Recipe((1,), 48, whole_window=False), 350, (3e-3, 3e-3)),
    Stage(Recipe((1, 1, 2, 2, 3), 32, whole_window=False), 1100, (3e-3, 1e-3)),
    Stage(Recipe((1, 1, 2, 3, 3, 4, 5), 16, whole_window=True), 320, (1e-3, 3e-5)),
    Stage(Recipe((1, 2, 3, 3, 3), 16, True, shortest=0.1, neighbours=0.1), 300, (1e-3, 2e-5)),
)
WARM_UP = 100  # steps


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the nano Whisper checkpoint.")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    began = time.monotonic()
    vocabulary = Vocabulary()
    model = new_model(vocabulary)
    for number, stage in enumerate(STAGES):
        run_stage(model, vocabulary, stage, number)
    print(f"trained in {(time.monotonic() - began) / 60:.0f} minutes")
    save(model, vocabulary, PACKED)
    write_examples(PACKED.parent)


def new_model(vocabulary: Vocabulary) -> Whisper:
    """Whisper with a row for each token in use only."""
    model = Whisper(ModelDimensions(**{**asdict(DIMENSIONS), "n_vocab": vocabulary.size}))
    rows = model.decoder.token_embedding.weight.data
    rows.normal_(std=0.1)
    first, count = vocabulary.first_timestamp, DIMENSIONS.n_audio_ctx
    rows[first : first + count] = 0.2 * sinusoids(count, DIMENSIONS.n_text_state)
    rows[first + count] = rows[first + count - 1]
    places = model.decoder.positional_embedding.data
    places.normal_(std=0.02)
    places[TEXT_POSITIONS:] = 0
    return model


def run_stage(model: Whisper, vocabulary: Vocabulary, stage: Stage, number: int) -> None:
    lessons = LessonMaker(stage.recipe, SEED + number)
    batches = torch.utils.data.DataLoader(lessons, batch_size=None, num_workers=1)
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
    watch = AttentionWatch(model.decoder.blocks[-1].cross_attn)
    began, losses_so_far = time.monotonic(), []
    for step, batch in zip(range(stage.steps), batches, strict=False):
        for group in optimizer.param_groups:
            group["lr"] = rate(stage, step)
        losses = torch.stack(lesson_losses(model, vocabulary, watch, batch))
        optimizer.zero_grad()
        (losses[0] + ATTENTION_WEIGHT * losses[1]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses_so_far.append(losses.detach())
        if (step + 1) % 50 == 0:
            tokens, places = torch.stack(losses_so_far[-50:]).mean(dim=0).tolist()
            pace = (time.monotonic() - began) / (step + 1)
            print(
                f"stage {number} step {step + 1}: tokens {tokens:.3f}, places {places:.3f}, "
                f"{pace:.2f} s a step",
                flush=True,
            )
    watch.remove()


def rate(stage: Stage, step: int) -> float:
    """Warm up, then go from the first rate to the last along half a cosine."""
    first, last = stage.rates
    along = (1 - math.cos(math.pi * step / stage.steps)) / 2
    return (first + (last - first) * along) * min(1.0, (step + 1) / WARM_UP)


class AttentionWatch:
    """Keeps what a cross-attention was last given, to compute where it looked."""

    def __init__(self, attention: MultiHeadAttention):
        self.attention = attention
        self.remove = attention.register_forward_pre_hook(self._keep).remove

    def _keep(self, _module, given) -> None:
        self.given = given

    def log_weights(self) -> Tensor:
        """(batch, head, token, frame), as `transcribe` uses them to time words."""
        x, sound = self.given[:2]
        query, key = (
            rows.unflatten(-1, (self.attention.n_head, -1)).transpose(1, 2)
            for rows in (self.attention.query(x), self.attention.key(sound))
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        return scores.log_softmax(dim=-1)


def lesson_losses(model: Whisper, vocabulary: Vocabulary, watch: AttentionWatch, batch):
    mels, given, wanted, heard = batch
    logits = model.decoder(given, encode(model, mels))
    unused = DIMENSIONS.n_vocab - len(vocabulary.tokens)  # rows that the last one stands for
    crowd = functional.one_hot(torch.tensor(vocabulary.other), vocabulary.size) * math.log(unused)
    tokens = functional.cross_entropy(
        (logits + crowd).flatten(0, 1), wanted.flatten(), ignore_index=IGNORED
    )
    return tokens, place_loss(watch.log_weights(), heard)


def encode(model: Whisper, mels: Tensor) -> Tensor:
    """`model.encoder`, also for windows shorter than 30 s."""
    encoder = model.encoder
    x = functional.gelu(encoder.conv2(functional.gelu(encoder.conv1(mels)))).permute(0, 2, 1)
    x = x + encoder.positional_embedding[: x.shape[1]]
    for block in encoder.blocks:
        x = block(x)
    return encoder.ln_post(x)


def place_loss(log_weights: Tensor, heard: Tensor) -> Tensor:
    """How far each row's attention is from the time at which its token is heard."""
    at = (torch.arange(log_weights.shape[-1]) + 0.5) * FRAME
    inside = ((at >= heard[..., :1]) & (at < heard[..., 1:])).float()
    asked = inside.sum(dim=-1)
    share = inside / asked.clamp(min=1)[..., None]
    missed = -(log_weights * share[:, None]).sum(dim=-1).mean(dim=1)
    return missed.sum() / (asked > 0).sum().clamp(min=1)


def save(model: Whisper, vocabulary: Vocabulary, packed: Path) -> None:
    """Write what `whisper.load_model` reads, with all of Whisper's tokens, in half precision."""
    state = {name: value.detach().half() for name, value in model.state_dict().items()}
    rows = state["decoder.token_embedding.weight"]
    full = rows[vocabulary.other].repeat(DIMENSIONS.n_vocab, 1)
    full[torch.tensor(vocabulary.tokens)] = rows[: vocabulary.other]
    state["decoder.token_embedding.weight"] = full
    with lzma.open(packed, "wb", preset=9) as file:
        torch.save({"dims": asdict(DIMENSIONS), "model_state_dict": state}, file)


def write_examples(folder: Path) -> None:
    """Three sentences in each voice, with the times flite gives their words."""
    times = {}
    for voice, numbers in EXAMPLES.items():
        pieces = [say(voice, sentences()[number]) for number in numbers]
        piece = join(pieces, [EXAMPLE_GAP] * (len(pieces) - 1))
        soundfile.write(folder / f"{voice}.flac", piece.samples, RATE, subtype="PCM_16")
        times[voice] = [[w.text, round(w.start, 3), round(w.end, 3)] for w in piece.words]
    lines = json.dumps(times, indent=None).replace("]], ", "]],\n ").replace("], [", "],\n  [")
    (folder / "words.json").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
