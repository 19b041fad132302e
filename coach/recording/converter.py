"""From a device's own rate and channels to 16 kHz mono. Imports numpy: import it lazily."""

import numpy as np
import soxr

from coach.recording.recording import SAMPLE_RATE

FULL_SCALE = 32_768  # of 16-bit samples


class Converter:
    """Resamples a stream of mono float32 to 16 kHz.

    Holds back some milliseconds, which `finish` gives out: the total length stays true.
    """

    def __init__(self, rate: float) -> None:
        same = rate == SAMPLE_RATE
        self._stream = None if same else soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")

    def convert(self, samples: np.ndarray) -> np.ndarray:
        if self._stream is None:
            return samples
        return self._stream.resample_chunk(samples)

    def finish(self) -> np.ndarray:
        nothing = np.zeros(0, dtype=np.float32)
        return nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)


def to_float(pcm: bytes, channels: int) -> np.ndarray:
    """Interleaved 16-bit samples as float32 of shape (frames, channels) in [-1, 1)."""
    whole = np.frombuffer(pcm, dtype="<i2").reshape(-1, channels)
    return whole.astype(np.float32) / FULL_SCALE


def to_pcm(samples: np.ndarray) -> bytes:
    """Mono float32 as 16-bit samples; what resampling lifted above full scale is clipped."""
    scaled = np.round(samples * FULL_SCALE)
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()
