"""How loud a sound is, in dBFS. Imports numpy: import it lazily."""

import math
from collections import deque

import numpy as np

from coach.recording.recording import SAMPLE_RATE

FRAME = SAMPLE_RATE // 50  # samples: 20 ms
QUIETEST = -96.0  # dBFS: digital silence, where a logarithm would say minus infinity
FLOOR_PERCENTILE = 20  # of 20 ms frames: below it the voice is silent
METER_FRAMES = 5  # 0.1 s: what the meter shows at 10 Hz
HOLD_FRAMES = 50  # 1 s: how long a peak stays on the meter


def decibels(amplitude: float) -> float:
    """DBFS of an amplitude in [0, 1], -96 at the lowest."""
    return QUIETEST if amplitude <= 0 else max(QUIETEST, 20 * math.log10(amplitude))


def frame_levels(samples: np.ndarray) -> np.ndarray:
    """DBFS of each whole 20 ms frame of mono float32 at 16 kHz."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    rms = np.sqrt(np.mean(np.square(frames, dtype=np.float32), axis=1))
    return 20 * np.log10(np.maximum(rms, 10 ** (QUIETEST / 20)))


def noise_floor(samples: np.ndarray) -> float | None:
    """DBFS of the room: the 20th percentile of the frames; None for less than 0.2 s."""
    if len(samples) < SAMPLE_RATE // 5:
        return None
    return round(float(np.percentile(frame_levels(samples), FLOOR_PERCENTILE)), 1)


class Meter:
    """The level of the last 0.1 s and the peak of the last second."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, dtype=np.float32)
        self._levels: deque[float] = deque([QUIETEST], maxlen=METER_FRAMES)
        self._peaks: deque[float] = deque([0.0], maxlen=HOLD_FRAMES)

    def hear(self, samples: np.ndarray) -> np.ndarray:
        """Take in mono float32 at 16 kHz; returns the dBFS of each 20 ms frame it completed."""
        heard = np.concatenate((self._rest, samples))
        whole = len(heard) // FRAME * FRAME
        self._rest = heard[whole:]
        levels = frame_levels(heard)
        self._levels.extend(levels.tolist())
        peaks = np.abs(heard[:whole]).reshape(-1, FRAME).max(axis=1)
        self._peaks.extend(peaks.tolist())
        return levels

    @property
    def level(self) -> float:
        return max(self._levels)

    @property
    def peak(self) -> float:
        return decibels(max(self._peaks))
