"""Sounds that tests play and look for again."""

import wave
from pathlib import Path

import numpy as np

RATE = 16_000


def noise(seconds: float, level: float = 0.1, seed: int = 1) -> np.ndarray:
    """Noise below 2 kHz, of which no two stretches are alike: float32 at 16 kHz.

    The band is narrow so that half a sample of delay, as every resampling brings, looks like none.
    """
    if not seconds:
        return np.zeros(0, dtype=np.float32)
    white = np.random.default_rng(seed).normal(size=round(seconds * RATE))
    spectrum = np.fft.rfft(white)
    spectrum[np.fft.rfftfreq(len(white), 1 / RATE) > 2000] = 0
    band = np.fft.irfft(spectrum, len(white))
    return (level * band / band.std()).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    """A 16-bit WAV of float samples of shape (frames,) or (frames, channels)."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def find(piece: np.ndarray, whole: np.ndarray) -> tuple[int, float]:
    """Where a piece lies in a whole, in samples, and how well it correlates there (1: equal)."""
    size = 1 << (len(piece) + len(whole)).bit_length()
    product = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size))
    correlation = np.fft.irfft(product, size)[: len(whole) - len(piece) + 1]
    at = int(np.argmax(np.abs(correlation)))
    there = whole[at : at + len(piece)]
    strength = np.linalg.norm(there) * np.linalg.norm(piece)
    return at, float(abs(correlation[at]) / strength) if strength else 0.0


def losses(recorded: np.ndarray, played: np.ndarray, piece: float = 1.0) -> list[int]:
    """By how many samples each second of what was recorded lies off the one before it.

    Zeros everywhere mean that not a sample was lost or added.
    """
    length = round(piece * RATE)
    first, _ = find(played[:length], recorded)
    places = []
    for start in range(0, len(played) - length, length):
        window = max(0, first + start - RATE // 2)
        at, strength = find(
            played[start : start + length], recorded[window : window + length + RATE]
        )
        assert strength > 0.9, f"second {start // RATE} of what was played is not there: {strength}"
        places.append(window + at - start)
    return np.diff(places).tolist()
