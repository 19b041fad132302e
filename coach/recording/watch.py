"""What goes wrong with a sound while it is recorded, said in words at once.

Imports numpy: import it lazily.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np

from coach.recording.level import QUIETEST
from coach.recording.recording import Notice
from coach.recording.speech import CLEAR, CLIPPED, FAINT

SILENT_FROM_START = 1.0  # s of exact zeros before any sound: muted, or not permitted
SILENT_LATER = 2.0  # s after some: headsets that gate noise give zeros in short pauses too
VOICE_JUDGED = 3.0  # s of speech before its level is judged
NO_VOICE = 15.0  # s without a voice: longer than people think before they answer
CLIPPED_AT_ONCE = 3  # samples of a frame
CLIPPED_SHARE = 0.001  # of frames
CLIPPED_FRAMES = 3  # one loud knock is none of the user's business
FRAME = 0.02  # s
SAID_AT_MOST = 5  # times a notice of one kind is said in a take

Finding = tuple[str, str]  # kind and text of a notice


class Watch:
    """Follows one take. Its memory does not grow with the take."""

    def __init__(self) -> None:
        self.notices: tuple[Notice, ...] = ()
        self._said: Counter[str] = Counter()
        self.part("")

    def part(self, device: str) -> None:
        """A device starts or goes on; what was measured of another says nothing about it."""
        self.floor: float | None = None
        self._device = device
        self._zeros = 0.0  # s
        self._zeros_said = False
        self._heard = False
        self._voice = np.zeros(1 - int(QUIETEST), dtype=np.int64)  # frames of speech by -dBFS
        self._no_voice = 0.0  # s
        self._frames = 0
        self._clipped = 0

    def note(self, notice: Notice) -> None:
        self._said[notice.kind] += 1
        if self._said[notice.kind] <= SAID_AT_MOST:
            self.notices += (notice,)

    def hear(
        self, whole: np.ndarray, rate: int, levels: np.ndarray, *, voice: bool | None
    ) -> Iterator[Finding]:
        """Judge what has just arrived.

        Args:
            whole: the device's own samples, float32 of shape (frames, channels).
            rate: their rate in Hz.
            levels: dBFS of the 20 ms frames that these samples completed.
            voice: whether somebody is speaking; None while no answer is being recorded.
        """
        yield from self._silence(whole, rate)
        if voice is None:
            return
        yield from self._clipping(whole, rate)
        yield from self._level(levels) if voice else self._nobody(len(whole) / rate)

    def _silence(self, whole: np.ndarray, rate: int) -> Iterator[Finding]:
        if whole.any():
            self._heard = True
            self._zeros = 0.0
            self._zeros_said = False
            return
        self._zeros += len(whole) / rate
        longest = SILENT_LATER if self._heard else SILENT_FROM_START
        if self._zeros >= longest and not self._zeros_said:
            self._zeros_said = True
            yield "silence", f"“{self._device}” gives digital silence. {where_to_unmute()}"

    def _clipping(self, whole: np.ndarray, rate: int) -> Iterator[Finding]:
        loud = np.abs(whole).max(axis=1) >= CLIPPED
        frame = round(FRAME * rate)
        starts = np.arange(0, len(loud), frame)
        clipped = np.add.reduceat(loud, starts, dtype=np.int64) >= CLIPPED_AT_ONCE
        self._frames += len(starts)
        self._clipped += int(clipped.sum())
        too_many = self._clipped >= max(CLIPPED_FRAMES, CLIPPED_SHARE * self._frames)
        if too_many and not self._said["clipping"]:
            yield "clipping", "The sound is clipped: speak from further away or lower the input."

    def _level(self, levels: np.ndarray) -> Iterator[Finding]:
        self._no_voice = 0.0
        np.add.at(self._voice, np.round(-levels).astype(int).clip(0, -int(QUIETEST)), 1)
        if self._voice.sum() * FRAME < VOICE_JUDGED:
            return
        median = -int(np.searchsorted(self._voice.cumsum(), self._voice.sum() / 2))
        if median < FAINT and not self._said["quiet"]:
            yield (
                "quiet",
                f"The voice is too quiet ({median} dBFS): come closer, or raise it.",
            )
        elif self.floor is not None and median - self.floor < CLEAR and not self._said["noisy"]:
            over = median - self.floor
            yield "noisy", f"The room is loud: the voice is only {over:.0f} dB above it."

    def _nobody(self, seconds: float) -> Iterator[Finding]:
        self._no_voice += seconds
        if self._no_voice >= NO_VOICE and not self._voice.any() and not self._said["unheard"]:
            yield "unheard", f"No voice has reached “{self._device}” for {NO_VOICE:.0f} s."


def where_to_unmute() -> str:
    if sys.platform == "darwin":
        return (
            "Allow the microphone for your terminal in System Settings, Privacy & Security, "
            "Microphone; or it is muted."
        )
    if sys.platform == "win32":
        return "It is muted, or Settings, Privacy, Microphone does not let programs use it."
    return "It is muted, or its switch is off."
