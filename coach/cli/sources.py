"""Answers that were spoken before: from files."""

from collections.abc import Sequence
from pathlib import Path

from coach.clean import clean
from coach.improvement.choose import Choice
from coach.practice import EndOfSitting, utc_now
from coach.recording.recording import SAMPLE_RATE, Recording, part_of


class FileSource:
    """Takes answers from audio files, through the same path as a recording."""

    spoken = True
    hearing = None

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = list(files)

    def answer(self, choice: Choice, path: Path | None) -> Recording:
        from coach.recording.audio_file import WavWriter, read_audio  # numpy and soundfile: 0.2 s
        from coach.recording.converter import to_pcm

        if not self._files:
            raise EndOfSitting
        assert path is not None
        file = self._files.pop(0)
        samples = read_audio(file)
        writer = WavWriter(part_of(path), path)
        writer.append(to_pcm(samples))
        writer.finish()
        return Recording(
            writer.path, len(samples) / SAMPLE_RATE, utc_now(), f"file {clean(file.name)}"
        )


def check_files(files: Sequence[Path]) -> None:
    """Fail before a sitting starts rather than in the middle of it.

    Raises:
        CoachError: one of the files cannot be read as audio.
    """
    from coach.recording.audio_file import read_audio

    for file in files:
        read_audio(file)
