"""Speak answers with fillers at known times: `python tests/fillers/make_answers.py FOLDER`.

Writes a WAV (16 kHz, mono) and a JSON with every word and filler for each answer of answers.toml.
The voices are flite's, so they are synthetic; the same answers come out every time. Nothing of it
is committed. Needs flite.

A filler is spoken by itself, drawn out, with a pitch that falls by a few Hz as people's do (alone,
flite would let it fall like the end of a statement), and spliced in between two pauses.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import soundfile

from coach.recording.recording import SAMPLE_RATE
from coach.transcript.transcript import Word

sys.path.insert(0, str(Path(__file__).parent.parent))
from nano_whisper.speech import say, silence, trim  # the folder beside this one

TEXTS = Path(__file__).with_name("answers.toml")
# Each text is spoken twice, by the voices of its number's row. kal16 is in the held-out half alone.
VOICES = {
    "develop": (("rms", "slt"), ("slt", "awb"), ("awb", "rms")),
    "held_out": (("kal16", "rms"), ("kal16", "slt"), ("kal16", "awb")),
}
RATES = (1.0, 1.12, 1.25)  # how much slower than flite speaks by itself
CLEAN, QUIET, LOUD = 40.0, 20.0, 10.0  # dB by which the voice is above the room
DRAWN = (1.6, 2.2)  # how much longer a word lasts that is drawn out
LASTING = {"um": (0.28, 0.8), "uh": (0.22, 0.6)}  # s
FALL = (3.0, 12.0)  # Hz: standard deviation of a filler's pitch; rms has its own, as small
BEFORE, AFTER = (0.03, 0.6), (0.05, 0.8)  # s of silence around a filler
AROUND_DRAWN = (0.0, 0.4)  # s of silence before and after a word that is drawn out
SENTENCE = (0.4, 0.9)  # s of silence between sentences
LEVEL = 0.06  # RMS of the voice: -24 dBFS


@dataclass(frozen=True)
class Filler:
    """An um or uh, in seconds from the start of the answer."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Answer:
    """A spoken answer.

    Attributes:
        samples: mono float32 at 16 kHz, in [-1, 1].
        words: what was said but for the fillers, with exact times.
        snr: dB by which the voice is above the noise.
    """

    name: str
    voice: str
    snr: float
    samples: np.ndarray
    words: tuple[Word, ...]
    fillers: tuple[Filler, ...]

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def make_answers(half: str, most: int | None = None) -> Iterator[Answer]:
    """The answers of "develop" or "held_out", `most` of them."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))[half]
    jobs = [(number, place) for number in range(len(texts)) for place in range(2)]
    for number, place in jobs[:most]:
        voice = VOICES[half][number % 3][place]
        snr = (CLEAN, QUIET, LOUD)[(number // 3 + number + place) % 3]
        yield speak(f"{half}-{number:02d}-{voice}", texts[number], voice, snr)


class _Tape:
    """What has been spoken so far."""

    def __init__(self) -> None:
        self.parts = [silence(1.0)]
        self.seconds = 1.0
        self.words: list[Word] = []
        self.fillers: list[Filler] = []

    def add(self, samples: np.ndarray) -> None:
        self.parts.append(samples)
        self.seconds += len(samples) / SAMPLE_RATE

    def say(self, text: str, voice: str, stretch: float) -> None:
        piece = trim(say(voice, text, stretch))
        self.words += [
            Word(word.text, round(word.start + self.seconds, 3), round(word.end + self.seconds, 3))
            for word in piece.words
        ]
        self.add(piece.samples)

    def fill(self, text: str, voice: str, seconds: float, fall: float) -> None:
        samples = _hold(text, voice, seconds, fall)
        end = self.seconds + len(samples) / SAMPLE_RATE
        self.fillers.append(Filler(text, round(self.seconds, 3), round(end, 3)))
        self.add(samples)


def speak(name: str, text: str, voice: str, snr: float) -> Answer:
    """Speak one text of answers.toml; the name seeds all that is drawn."""
    draw = random.Random(name)
    rate = draw.choice(RATES)
    tape = _Tape()
    for token in re.findall(r"\{\w+\}|=\w+|\.|[^{}=.]+", text):
        if token.startswith("{"):
            _add_sound(tape, token[1:-1], voice, draw)
        elif token.startswith("="):
            tape.add(silence(draw.uniform(*AROUND_DRAWN)))
            tape.say(token[1:], voice, draw.uniform(*DRAWN))
            tape.add(silence(draw.uniform(*AROUND_DRAWN)))
        elif token == ".":
            tape.add(silence(draw.uniform(*SENTENCE)))
        elif token.strip():
            tape.say(token.strip().lower(), voice, rate)
    tape.add(silence(0.6))
    samples = _in_room(np.concatenate(tape.parts), snr, crc32(name.encode()))
    return Answer(name, voice, snr, samples, tuple(tape.words), tuple(tape.fillers))


def _add_sound(tape: _Tape, sound: str, voice: str, draw: random.Random) -> None:
    tape.add(silence(draw.uniform(*BEFORE)))
    if sound in ("um", "uh"):
        tape.fill(sound, voice, draw.uniform(*LASTING[sound]), draw.uniform(*FALL))
    else:
        tape.add(_noise_of(sound, np.random.default_rng(draw.randrange(10_000))))
    tape.add(silence(draw.uniform(*AFTER)))


def _hold(text: str, voice: str, seconds: float, fall: float) -> np.ndarray:
    """An "um" or "uh" of about so many seconds."""
    stretch = seconds / _seconds_alone(text, voice)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filler.wav"
        pitch = ("--setf", f"int_f0_target_stddev={fall}")
        slower = ("--setf", f"duration_stretch={stretch}")
        command = ["flite", "-voice", voice, *pitch, *slower, "-psdur", "-t", text, "-o", str(path)]
        phones = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        samples, _ = soundfile.read(path, dtype="float32")
    # "pau:0.17 ah:0.29 m:0.43 pau:0.65": each phone with its end.
    start, *_, end, _ = (round(float(phone.partition(":")[2]) * SAMPLE_RATE) for phone in phones)
    return samples[start:end]


@cache
def _seconds_alone(text: str, voice: str) -> float:
    return len(trim(say(voice, text)).samples) / SAMPLE_RATE


def _noise_of(sound: str, random_: np.random.Generator) -> np.ndarray:
    """A sound that is no word and no filler: two seconds at most, at about the voice's level."""
    seconds, level = {"cough": (0.3, 0.15), "breath": (0.5, 0.01), "click": (0.25, 0.1)}[sound]
    white = random_.normal(0, level, round(seconds * SAMPLE_RATE))
    time = np.arange(len(white)) / SAMPLE_RATE
    shape = {
        "cough": np.exp(-time / 0.08),
        "breath": np.sin(np.pi * time / seconds),
        "click": np.exp(-(time % 0.12) / 0.004),
    }[sound]
    return (white * shape).astype(np.float32)


def _in_room(voice: np.ndarray, snr: float, seed: int) -> np.ndarray:
    """Bring the voice to LEVEL, and put pink noise behind it."""
    active = voice[np.abs(voice) > 0.01 * np.abs(voice).max()]
    voice = voice * LEVEL / np.sqrt(np.mean(np.square(active)))
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=len(voice)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 50)), len(voice))
    noise *= LEVEL * 10 ** (-snr / 20) / noise.std()
    return np.clip(voice + noise, -1, 1).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for half in VOICES:
        for answer in make_answers(half):
            soundfile.write(folder / f"{answer.name}.wav", answer.samples, SAMPLE_RATE)
            truth = {
                "snr": answer.snr,
                "words": [asdict(word) for word in answer.words],
                "fillers": [asdict(filler) for filler in answer.fillers],
            }
            (folder / f"{answer.name}.json").write_text(json.dumps(truth), encoding="utf-8")
            print(f"{answer.name}: {answer.seconds:.1f} s, {len(answer.fillers)} fillers")


if __name__ == "__main__":
    main()
