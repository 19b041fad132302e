"""How quickly a sitting answers a key: `python tests/benchmarks/bench_sitting.py [--json FILE]`.

Drives `coach drill` in a pseudo-terminal while a voice speaks and the recogniser works. Prints the
time from a key to the row that it changes, and how often the row of the level is drawn. It ends
with 1 where a key takes more than 100 ms (the 95th percentile) or the level moves less than ten
times a second. Needs PulseAudio and the packaged answers.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "audio"))

import numpy as np
import pexpect
import soundfile
from terminal import Terminal
from virtual_microphone import VirtualMicrophone

from coach import places

SLOWEST = 0.100  # s from a key to what it does
SELDOMEST = 10.0  # a second
KEYS = 12  # times that each is pressed
MEASURED = 20.0  # s
LEVEL_ROW = re.compile(r"\x1b\[(\d+);1H[^\x1b]*(?:\x1b\[[\d;]*m[^\x1b]*)*level ")


def until(terminal: Terminal, phrase: str) -> float:
    """Seconds until a phrase is on the screen."""
    began = time.monotonic()
    while phrase not in terminal.screen.text:
        assert time.monotonic() - began < 10, terminal.screen.text
        written = read(terminal, 0.002)
        terminal.screen.feed(written)
    return time.monotonic() - began


def read(terminal: Terminal, wait: float) -> str:
    try:
        return terminal.child.read_nonblocking(65536, wait)
    except pexpect.TIMEOUT:
        return ""


def press(terminal: Terminal, key: str, phrase: str) -> float:
    terminal.press(key)
    return until(terminal, phrase)


def resident(pid: int) -> int:
    """MB of a process that are in memory now."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) >> 10


def measure(terminal: Terminal) -> dict[str, float]:
    terminal.until("Thinking time")
    ready = resident(terminal.child.pid)
    start = [press(terminal, "\r", "Speaking")]
    terminal.watch(8)  # the recogniser is at work from here on
    drawn, began = 0, time.monotonic()
    while time.monotonic() - began < MEASURED:
        written = read(terminal, 0.05)
        terminal.screen.feed(written)
        drawn += len(LEVEL_ROW.findall(written))
    rate = drawn / (time.monotonic() - began)
    recording = resident(terminal.child.pid)
    reactions: list[float] = []
    for _ in range(KEYS):
        for key, phrase in ((" ", "Space go on"), (" ", "Space pause"),
                            ("?", "any key goes back"), ("x", "Enter end")):  # fmt: skip
            reactions.append(press(terminal, key, phrase))
            terminal.watch(0.15)
    reactions.sort()
    return {
        "start_ms": round(1000 * start[0], 1),
        "key_median_ms": round(1000 * statistics.median(reactions), 1),
        "key_p95_ms": round(1000 * reactions[int(0.95 * len(reactions))], 1),
        "key_worst_ms": round(1000 * reactions[-1], 1),
        "level_per_second": round(rate, 1),
        "ready_mb": ready,
        "recording_mb": recording,
    }


def swelling() -> tuple[np.ndarray, int]:
    """A voice in a noise that swells and ebbs, so that no two looks at the level are alike."""
    voice, rate = soundfile.read(places.samples() / "good-retake.flac", dtype="float32")
    seconds = np.arange(len(voice)) / rate
    decibels = -45 + 35 * np.abs((seconds % 2) - 1)  # up in a second, down in the next
    noise = np.random.default_rng(1).normal(size=len(voice)) * 10 ** (decibels / 20)
    return (0.3 * voice + noise).clip(-1, 1), rate


def main() -> int:
    parser = argparse.ArgumentParser(description="How quickly a sitting answers a key.")
    parser.add_argument("--json", type=Path, help="Write the figures there too.")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="coach-mic-"))
    microphone = VirtualMicrophone(folder)
    microphone.start()
    try:
        answer = folder / "answer.wav"
        soundfile.write(answer, *swelling(), subtype="PCM_16")
        environment = microphone.environment | {
            "COACH_HOME": str(folder / "home"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TERM": "xterm",
        }
        words = ("drill", "--questions", "1", "--engine", "sphinx", "--captions")
        terminal = Terminal(environment, (80, 24), words)
        player = microphone.play(answer)
        try:
            found = measure(terminal)
        finally:
            player.kill()
            terminal.child.close(force=True)
    finally:
        microphone.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        options.json.write_text(json.dumps({**found, "processors": os.cpu_count()}))
    for name, value, most in (
        ("key to what it does, median", f"{found['key_median_ms']:.0f} ms", ""),
        ("key to what it does, 95 %", f"{found['key_p95_ms']:.0f} ms", "at most 100 ms"),
        ("key to what it does, worst", f"{found['key_worst_ms']:.0f} ms", ""),
        ("Enter to the recording", f"{found['start_ms']:.0f} ms", ""),
        ("level drawn a second", f"{found['level_per_second']:.1f}", "at least 10"),
        ("memory, ready", f"{found['ready_mb']} MB", ""),
        ("memory, recording", f"{found['recording_mb']} MB", ""),
    ):
        print(f"{name:30} {value:>8}   {most}")
    ok = found["key_p95_ms"] <= 1000 * SLOWEST and found["level_per_second"] >= SELDOMEST
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
