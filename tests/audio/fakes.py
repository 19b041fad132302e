"""A microphone that does exactly what PortAudio would, at the moments a test wants."""

import numpy as np

from coach.recording.microphone import Hear


class FakeMicrophone:
    """Delivers what `say` is given, from the test's own thread."""

    def __init__(self, name: str = "fake", rate: int = 16_000, channels: int = 1) -> None:
        self.name = name
        self.rate = rate
        self.channels = channels
        self.latency = 0.0
        self.active = False
        self.from_server: str | None = None
        self.at_start = np.full(rate // 20, 0.01, dtype=np.float32)
        self.refusal: Exception | None = None
        self._hear: Hear | None = None

    def start(self, hear: Hear) -> None:
        if self.refusal:
            raise self.refusal
        self._hear = hear
        self.active = True
        if self.at_start.size:
            self.say(self.at_start)

    def stop(self) -> None:
        self.active = False

    def is_active(self) -> bool:
        return self.active

    def source(self) -> str | None:
        return self.from_server

    def say(self, samples: np.ndarray, *, overflowed: bool = False) -> None:
        """Deliver float32 of shape (frames,) on every channel as one block."""
        pcm = np.repeat(np.clip(samples * 32768, -32768, 32767).astype("<i2"), self.channels)
        self._hear(pcm.tobytes(), overflowed)
