"""The nano Whisper's sentences, spoken by flite, with the time of every word."""

import subprocess
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

RATE = 16_000  # samples a second: flite's, and Whisper's
VOICES = ("rms", "slt")
SENTENCES_FILE = Path(__file__).with_name("sentences.toml")


@dataclass(frozen=True)
class Word:
    """A word with its punctuation, and its place in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Piece:
    """Mono samples at RATE, and the words spoken in them."""

    samples: np.ndarray
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def sentences() -> list[str]:
    return [entry["text"] for entry in _read_sentences()["sentences"]]


def short_answer() -> list[str]:
    """Five sentences that make one complete STAR answer."""
    return [sentences()[number] for number in _read_sentences()["short"]]


def say(voice: str, text: str, stretch: float = 1.0) -> Piece:
    """Speak `text` in one breath; `stretch` above 1 is slower."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "speech.wav"
        slower = ("--setf", f"duration_stretch={stretch}")
        timed = _flite("-voice", voice, *slower, "-psdur", "-t", text, "-o", str(wav))
        samples, rate = soundfile.read(wav, dtype="float32")
    assert rate == RATE
    return Piece(samples, tuple(_word_times(voice, text.split(), timed)))


def plain(text: str) -> str:
    """For comparing: no capitals, no punctuation, every word kept (fillers too)."""
    return " ".join(word.strip(".,!?").lower() for word in text.split())


def shift(words: Iterable[Word], seconds: float) -> tuple[Word, ...]:
    return tuple(replace(w, start=w.start + seconds, end=w.end + seconds) for w in words)


def trim(piece: Piece, before: float = 0.0, after: float = 0.0) -> Piece:
    """Keep only `before` and `after` seconds of flite's own silence around the words."""
    start = max(0.0, piece.words[0].start - before)
    end = piece.words[-1].end + after
    kept = piece.samples[round(start * RATE) : round(end * RATE)]
    return Piece(kept, shift(piece.words, -start))


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def join(pieces: Sequence[Piece], gaps: Sequence[float], lead: float = 0.0, tail: float = 0.0):
    """Put pieces one after another with `gaps` seconds between them, and silence around them."""
    parts, words = [silence(lead)], []
    for piece, gap in zip(pieces, [*gaps, tail], strict=True):
        at = sum(map(len, parts)) / RATE
        words += shift(piece.words, at)
        parts += [piece.samples, silence(gap)]
    return Piece(np.concatenate(parts), tuple(words))


@cache
def _read_sentences() -> dict:
    return tomllib.loads(SENTENCES_FILE.read_text(encoding="utf-8"))


def _flite(*arguments: str) -> str:
    done = subprocess.run(["flite", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@cache
def _phones_alone(voice: str, word: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        spoken = _flite("-voice", voice, "-ps", "-t", word, "-o", f"{folder}/word.wav")
    return [phone for phone in spoken.split() if phone != "pau"]


def _word_times(voice: str, words: list[str], timed: str) -> Iterable[Word]:
    """Read flite's `-psdur` output, "phone:end phone:end …", into words.

    flite does not say where words begin, so its phones are aligned with those of each word alone.
    """
    phones, start = [], 0.0
    for item in timed.split():
        name, end = item.rsplit(":", 1)
        if name != "pau":
            phones.append((name, start, float(end)))
        start = float(end)
    owners, expected = [], []
    for number, word in enumerate(words):
        alone = _phones_alone(voice, word.strip(".,"))
        expected += alone
        owners += [number] * len(alone)
    partner = _align([name for name, _, _ in phones], expected)
    for number, word in enumerate(words):
        mine = [phone for phone, at in zip(phones, partner, strict=True) if owners[at] == number]
        yield Word(word, mine[0][1], mine[-1][2])


def _align(heard: list[str], expected: list[str]) -> list[int]:
    """For each phone heard, the index of the expected phone it stands for (edit distance)."""
    cost = np.zeros((len(heard) + 1, len(expected) + 1))
    cost[:, 0], cost[0, :] = np.arange(len(heard) + 1), np.arange(len(expected) + 1)
    for i, name in enumerate(heard):
        for j, other in enumerate(expected):
            swap = cost[i, j] + (name != other)
            cost[i + 1, j + 1] = min(swap, cost[i, j + 1] + 1, cost[i + 1, j] + 1)
    partner, i, j = [0] * len(heard), len(heard), len(expected)
    while i > 0:
        if j > 0 and cost[i, j] == cost[i - 1, j - 1] + (heard[i - 1] != expected[j - 1]):
            i, j = i - 1, j - 1
            partner[i] = j
        elif j > 0 and cost[i, j] == cost[i, j - 1] + 1:
            j -= 1
        else:
            i -= 1
            partner[i] = max(j - 1, 0)
    return partner
