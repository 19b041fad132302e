"""Read the packaged answers aloud with flite: `python tests/make_samples.py`.

Writes a FLAC (16 kHz, mono, 16 bit) beside each script in coach/samples. The voices are synthetic;
flite leaves hardly a breath between sentences, so the pause that a speaker makes is added there.
"""

import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

SAMPLES = Path(__file__).parent.parent / "coach" / "samples"
# Voice and how much slower it reads than flite does by itself, which is faster than people speak.
VOICES = {"no-result": ("rms", 1.12), "rambling": ("slt", 1.0), "good-retake": ("rms", 1.12)}
RATE = 16_000  # Hz
LEAD = 1.2  # s of silence before the first word
PAUSE = 0.45  # s between sentences
TAIL = 0.6  # s after the last word


def speak(text: str, voice: str, slower: float) -> np.ndarray:
    """One sentence as 16-bit samples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        subprocess.run(
            [
                "flite",
                "-voice",
                voice,
                "--setf",
                f"duration_stretch={slower}",
                "-t",
                text,
                "-o",
                str(path),
            ],
            check=True,
        )
        samples, rate = soundfile.read(path, dtype="int16")
    assert rate == RATE
    return samples


def read_aloud(script: str, voice: str, slower: float) -> np.ndarray:
    """A whole answer, with a faint room behind it as every real one has."""
    parts = [silence(LEAD)]
    for sentence in re.split(r"(?<=[.?!])\s+", script.strip()):
        parts += [speak(sentence, voice, slower), silence(PAUSE)]
    parts[-1] = silence(TAIL)
    samples = np.concatenate(parts)
    room = np.random.default_rng(7).normal(0, 2, len(samples))
    return np.clip(samples + room, -32_768, 32_767).astype("int16")


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), dtype="int16")


def main() -> None:
    for name, (voice, slower) in VOICES.items():
        script = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
        samples = read_aloud(script, voice, slower)
        soundfile.write(SAMPLES / f"{name}.flac", samples, RATE, subtype="PCM_16")
        print(f"{name}: {len(samples) / RATE:.1f} s, voice {voice}")


if __name__ == "__main__":
    main()
