"""A take that grows on disk as the recorder makes it grow, without a microphone."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from coach.recording.audio_file import WavWriter
from coach.recording.converter import to_pcm
from coach.recording.recording import SAMPLE_RATE, Recording
from coach.recording.speech import SpeechStream, best_detector
from coach.transcript.live import LiveHearing
from coach.transcript.worker import Worker

BLOCK = 0.1  # s: what a microphone delivers at once


def wait_until_loaded(worker: Worker, seconds: float = 60.0) -> None:
    worker.start()
    end = time.monotonic() + seconds
    while worker.loaded is None:
        assert time.monotonic() < end, "the engine has not been loaded"
        worker.receive(0.1)


def stream(
    samples: np.ndarray,
    folder: Path,
    live: LiveHearing,
    *,
    speed: float = 1.0,
    each: Callable[[float], None] = lambda _now: None,
) -> Recording:
    """Write a take block by block while `live` follows it.

    Args:
        samples: mono float32 at 16 kHz.
        folder: where take.part.wav grows, and take.wav lies in the end.
        speed: times true speed.
        each: is told after every block how many seconds there are.
    """
    writer = WavWriter(folder / "take.part.wav", folder / "take.wav")
    speech = SpeechStream(best_detector())
    live.begin(writer.path)
    began = time.monotonic()
    size = round(BLOCK * SAMPLE_RATE)
    for first in range(0, len(samples), size):
        block = samples[first : first + size]
        due = began + (first + len(block)) / SAMPLE_RATE / speed
        time.sleep(max(0.0, due - time.monotonic()))
        writer.append(to_pcm(block))
        speech.hear(block)
        live.look(speech.spans())
        each((first + len(block)) / SAMPLE_RATE)
    writer.finish()
    seconds = round(len(samples) / SAMPLE_RATE, 3)
    return Recording(writer.path, seconds, datetime.now(UTC), "test", speech=speech.spans())
