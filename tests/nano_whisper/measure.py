"""Count how often the nano Whisper writes exactly what was said, in each condition.

    python tests/nano_whisper/measure.py

Needs flite; takes a few minutes. Everything goes through `whisper.load_model` and `transcribe`.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soxr
import torch
import whisper
from speech import (
    RATE,
    VOICES,
    Piece,
    join,
    plain,
    say,
    sentences,
    shift,
    short_answer,
    silence,
    trim,
)
from unpack import checkpoint

OPTIONS = {
    "language": "en",
    "fp16": False,
    "word_timestamps": True,
    "condition_on_previous_text": False,
    "temperature": (0.0, 0.4),
    "no_speech_threshold": 0.6,
    "logprob_threshold": -1.0,
    "compression_ratio_threshold": 2.4,
}
PROMPT = "Um, uh, hmm, er, ah."
Change = Callable[[Piece, np.random.Generator], Piece]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the nano Whisper checkpoint.")
    parser.add_argument("--checkpoint", type=Path, help="another one, unpacked")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.checkpoint or checkpoint(Path(folder))
        model = whisper.load_model(str(path), device="cpu")
    alone = [say(voice, text) for voice in VOICES for text in sentences()]
    print(f"{'condition':42} {'exact':>9}   word starts: median, 90 % within")
    for name, change in CONDITIONS.items():
        show(model, f"each sentence: {name}", alone, change)
    show(model, "each sentence: verbatim prompt", alone, as_is, initial_prompt=PROMPT)
    for name, pieces in sequences().items():
        show(model, name, pieces, as_is)
        show(model, "  … noise 25 dB, half level", pieces, faint_noise)
        show(model, "  … verbatim prompt", pieces, as_is, initial_prompt=PROMPT)
    show_silences(model)


def show(model, name: str, pieces: list[Piece], change: Change, **options) -> None:
    random = np.random.default_rng(1)
    exact, errors, wrong = 0, [], []
    for piece in pieces:
        changed = change(piece, random)
        result = model.transcribe(changed.samples, **OPTIONS, **options)
        if plain(result["text"]) == plain(changed.text):
            exact += 1
            words = [word for segment in result["segments"] for word in segment["words"]]
            heard = [word["start"] for word in words]
            errors += [abs(a - b.start) for a, b in zip(heard, changed.words, strict=True)]
        else:
            wrong.append((changed.text, result["text"]))
    times = f"{np.median(errors):.3f} s, {np.quantile(errors, 0.9):.3f} s" if errors else "-"
    print(f"{name:42} {exact:>4}/{len(pieces):<4}   {times}", flush=True)
    for said, got in wrong[:3]:
        print(f"      said {said!r}\n      got  {got!r}")


def sequences() -> dict[str, list[Piece]]:
    """Neighbours with pauses of 0.3 to 0.8 s, and flite's own way of saying them in one call."""
    random, texts, kinds = np.random.default_rng(2), sentences(), {}
    for count in (2, 3, 5):
        runs = [texts[at : at + count] for at in range(len(texts) - count + 1)]
        kinds[f"{count} sentences, pauses 0.3-0.8 s"] = [
            join(
                [trim(say(voice, text), 0.05, 0.05) for text in run],
                list(random.uniform(0.2, 0.7, count - 1)),
                lead=0.2,
                tail=0.15,
            )
            for voice in VOICES
            for run in runs
        ]
        if count <= 3:
            kinds[f"{count} sentences in one call of flite"] = [
                say(voice, " ".join(run)) for voice in VOICES for run in runs
            ]
    kinds["3 sentences in any order, any voice"] = [any_three(random) for _ in range(24)]
    short = short_answer()
    kinds["2-3 neighbours of the short answer"] = [
        join([say(voice, text) for text in short[at : at + count]], [0.2] * (count - 1))
        for voice in VOICES
        for count in (2, 3)
        for at in range(len(short) - count + 1)
    ]
    return kinds


def any_three(random: np.random.Generator) -> Piece:
    texts = random.choice(sentences(), 3, replace=False)
    pieces = [say(str(random.choice(VOICES)), str(text)) for text in texts]
    return join(pieces, list(random.uniform(0.0, 0.5, 2)))


def show_silences(model) -> None:
    random = np.random.default_rng(3)
    sounds = [("silence", silence(seconds)) for seconds in (1, 2, 5, 10, 20)]
    for loudness in (0.0003, 0.003, 0.03, 0.2):
        for seconds in (1, 2, 5, 10):
            noise = random.normal(0, loudness, seconds * RATE).astype(np.float32)
            sounds.append((f"noise {loudness}", noise))
    for prompt in (None, PROMPT):
        texts = [model.transcribe(s, **OPTIONS, initial_prompt=prompt)["text"] for _, s in sounds]
        nothing = sum(not text.strip() for text in texts)
        name = "silence and white noise give no text" + (", prompt" if prompt else "")
        print(f"{name:42} {nothing:>4}/{len(sounds):<4}")


def as_is(piece: Piece, _random) -> Piece:
    return piece


def around(lead: float, tail: float) -> Change:
    return lambda piece, _random: join([piece], [], lead, tail)


def level(factor: float) -> Change:
    return lambda piece, _random: Piece(piece.samples * np.float32(factor), piece.words)


def noise(decibels: float) -> Change:
    def change(piece: Piece, random: np.random.Generator) -> Piece:
        loudness = np.sqrt(np.mean(piece.samples**2)) * 10 ** (-decibels / 20)
        added = random.normal(0, loudness, len(piece.samples))
        return Piece((piece.samples + added).astype(np.float32), piece.words)

    return change


def all_together(piece: Piece, random: np.random.Generator) -> Piece:
    piece = join([piece], [], random.uniform(0, 1.5), random.uniform(0, 1.5))
    return noise(25)(level(random.uniform(0.5, 1))(piece, random), random)


def faint_noise(piece: Piece, random: np.random.Generator) -> Piece:
    return noise(25)(level(0.5)(piece, random), random)


def tight(piece: Piece, _random) -> Piece:
    return trim(piece, before=0.02, after=0.0)


def through_44100(piece: Piece, _random) -> Piece:
    there = soxr.resample(piece.samples, RATE, 44_100)
    return Piece(soxr.resample(there, 44_100, RATE).astype(np.float32), piece.words)


def late_cut(piece: Piece, _random) -> Piece:
    """A piece that begins 0.05 s into the first word."""
    start = piece.words[0].start + 0.05
    return Piece(piece.samples[round(start * RATE) :], shift(piece.words, -start))


CONDITIONS: dict[str, Change] = {
    "clean": as_is,
    "half level": level(0.5),
    "noise 30 dB": noise(30),
    "noise 20 dB": noise(20),
    "0.7 s of silence before": around(0.7, 0.0),
    "1.5 s of silence before": around(1.5, 0.0),
    "3 s of silence before": around(3.0, 0.0),
    "1.5 s of silence after": around(0.0, 1.5),
    "silence, level 0.5-1 and noise 25 dB": all_together,
    "trimmed to the words": tight,
    "first 0.05 s lost": late_cut,
    "through 44.1 kHz": through_44100,
}


if __name__ == "__main__":
    main()
