"""What recording costs: `python tests/benchmarks/bench_recording.py [SECONDS]`.

Records noise through the virtual microphone and prints the samples lost, the delay from the audio
callback to the disk, and the share of a processor that it took. Needs PulseAudio.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "audio"))


import numpy as np
from sounds import RATE, find, noise, write
from virtual_microphone import VirtualMicrophone

from coach.recording.audio_file import read_audio
from coach.recording.gaps import Block
from coach.recording.microphone import open_microphone
from coach.recording.recorder import Recorder
from coach.recording.take import Take


def measure(microphone: VirtualMicrophone, folder: Path, seconds: float) -> None:
    delays: list[float] = []
    hear = Take.hear

    def timed(take: Take, block: Block) -> None:
        append = take.file.append

        def written(pcm: bytes) -> None:
            append(pcm)
            delays.append(time.monotonic() - block.arrived)

        take.file.append = written
        hear(take, block)
        take.file.append = append

    Take.hear = timed
    played = noise(seconds + 2)
    sound = write(folder / "played.wav", played)
    with Recorder(open_microphone(), folder / "take.wav") as recorder:
        opening = time.monotonic()
        recorder.open()
        opened = time.monotonic() - opening
        player = microphone.play(sound)
        time.sleep(2)
        recorder.begin()
        used = processor()
        began = time.monotonic()
        while time.monotonic() - began < seconds - 2:
            recorder.status()
            time.sleep(0.05)
        share = (processor() - used) / (time.monotonic() - began)
        stopping = time.monotonic()
        recording = recorder.stop()
        stopped = time.monotonic() - stopping
        player.kill()
        player.wait()
    print(f"seconds recorded        {recording.seconds:8.2f}")
    print(f"samples lost            {lost(read_audio(recording.path), played):8d}")
    print(f"callback to disk, ms    {1000 * np.median(delays):8.2f} median")
    print(f"                        {1000 * np.quantile(delays, 0.99):8.2f} 99 %")
    print(f"                        {1000 * max(delays):8.2f} worst")
    print(f"share of a processor    {share:8.1%}")
    print(f"open until sound, s     {opened:8.2f}")
    print(f"stop until saved, s     {stopped:8.2f}")


def processor() -> float:
    """Seconds of processor time that this process and its children have used."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def lost(recorded: np.ndarray, played: np.ndarray) -> int:
    """How much shorter the way from the first to the last second is than it was played."""
    first, _ = find(recorded[:RATE], played)
    last, _ = find(recorded[-RATE:], played)
    return (last - first) - (len(recorded) - RATE)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    folder = Path(tempfile.mkdtemp(prefix="coach-mic-"))
    microphone = VirtualMicrophone(folder)
    microphone.start()
    os.environ.update(microphone.variables)
    try:
        measure(microphone, folder, seconds)
    finally:
        microphone.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
