"""How much sound was lost where the system says that some was."""

from collections import deque
from typing import NamedTuple

BASELINE = 40  # blocks: 2 s, the shortest delay among which is the stream's own
HELD = 0.5  # s after a loss, enough to see by how much the stream is late for good
HELD_AT_MOST = 600  # blocks: 30 s, which a sound server that hung may deliver at once


class Block(NamedTuple):
    """Interleaved 16-bit samples as the device delivered them.

    Attributes:
        overflowed: the system lost samples before this block, it does not say how many.
        dropped: frames before this block that found no room in the recorder's queue.
        arrived: monotonic seconds.
    """

    pcm: bytes
    overflowed: bool
    dropped: int
    arrived: float


class Gaps:
    """Measures each loss by how far the stream falls behind the clock.

    Single blocks come late by a block or more without any loss; the least late of several do not.
    So after a loss the next blocks are held until its length is known.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._frame_bytes = 2 * channels
        self._frames = 0
        self._before: deque[float] = deque(maxlen=BASELINE)
        self._held: list[tuple[Block, float]] = []

    def hear(self, block: Block) -> list[tuple[int, Block]]:
        """Take in a block; returns those that are ready, each with the frames lost before it."""
        self._frames += block.dropped + len(block.pcm) // self._frame_bytes
        late = block.arrived - self._frames / self._rate
        if not self._held and not (block.overflowed and self._before):
            self._before.append(late)
            return [(block.dropped, block)]
        self._held.append((block, late))
        seen = block.arrived - self._held[0][0].arrived
        return self.flush() if seen >= HELD or len(self._held) >= HELD_AT_MOST else []

    def flush(self) -> list[tuple[int, Block]]:
        """What is still held, with the best guess of the loss before it."""
        if not self._held:
            return []
        behind = min(late for _, late in self._held) - min(self._before)
        lost = max(0, round(behind * self._rate))
        self._frames += lost
        self._before.extend(late - lost / self._rate for _, late in self._held)
        ready = [(block.dropped, block) for block, _ in self._held]
        ready[0] = (ready[0][0] + lost, ready[0][1])
        self._held = []
        return ready
