"""A short look at whether a microphone delivers sound at all."""

import queue
import threading
import time

from coach.errors import CoachError
from coach.recording.microphone import Microphone

LISTENED = 0.4  # s
PATIENCE = 1.5  # s: some systems hang where a program may not listen


def hears(microphone: Microphone) -> bool | None:
    """Whether a microphone delivers anything but digital silence; None where it delivers nothing.

    Exact zeros are what a muted microphone gives, and one that this program may not use.

    Raises:
        NoMicrophoneError: it cannot be opened.
    """
    blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    refused: list[CoachError] = []

    def listen() -> None:
        try:
            microphone.start(lambda block, _lost: blocks.put(block))
            time.sleep(LISTENED)
            microphone.stop()
        except CoachError as error:
            refused.append(error)

    # Where it hangs it is left behind: a daemon does not keep the program from ending.
    listening = threading.Thread(target=listen, daemon=True, name="probing the microphone")
    listening.start()
    listening.join(PATIENCE)
    if refused:
        raise refused[0]
    if blocks.empty():
        return None
    heard = [blocks.get() for _ in range(blocks.qsize())]
    return any(any(block) for block in heard)
