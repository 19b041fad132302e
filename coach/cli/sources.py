"""Answers that are not spoken now: from files, or from the keyboard."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from coach.assessment.norms import Norms
from coach.clean import clean
from coach.improvement.choose import Choice
from coach.practice import EndOfSitting, Skip, followup, utc_now
from coach.recording.recording import SAMPLE_RATE, Recording, part_of
from coach.review.clean import marked
from coach.transcript.transcript import Transcript, from_text


class FileSource:
    """Takes answers from audio files, through the same path as a recording."""

    spoken = True
    hearing = None

    def __init__(self, files: Sequence[Path], *, partial: bool = False) -> None:
        self._files = list(files)
        self._partial = partial

    def answer(self, choice: Choice, path: Path | None) -> Recording:
        from coach.recording.audio_file import WavWriter, read_audio  # numpy and soundfile: 0.2 s
        from coach.recording.converter import to_pcm

        if not self._files:
            raise EndOfSitting
        assert path is not None
        file = self._files.pop(0)
        samples = read_audio(file, partial=self._partial)
        writer = WavWriter(part_of(path), path)
        writer.append(to_pcm(samples))
        writer.finish()
        return Recording(
            writer.path, len(samples) / SAMPLE_RATE, utc_now(), f"file {clean(file.name)}"
        )


class TypedSource:
    """Takes answers from the keyboard, for a place where one cannot speak.

    Args:
        follow_ups: whether what is missing is asked for, where somebody is there to ask.
    """

    spoken = False
    hearing = None

    def __init__(self, console: Console, norms: Norms, *, follow_ups: bool = False) -> None:
        self._console = console
        self._norms = norms
        self._asks = sys.stdin.isatty()
        self._follow_ups = follow_ups

    def answer(self, choice: Choice, path: Path | None) -> Transcript:
        if self._asks:
            self._say(
                marked(
                    "Type your answer; an empty line ends it. "
                    "[bold]/skip[/] passes, [bold]/end[/] ends the sitting."
                )
            )
        lines: list[str] = []
        while True:
            ended = self._read(lines)
            if lines:
                return self._with_follow_up(choice, from_text(" ".join(lines)))
            if ended:
                raise EndOfSitting

    def _read(self, lines: list[str], asked: tuple[str, ...] = ()) -> bool:
        """Add lines up to an empty one; whether the input is over.

        Raises:
            EndOfSitting: it carries what was typed so far.
        """
        try:
            return _read_lines(lines)
        except (EndOfSitting, KeyboardInterrupt, SystemExit) as end:
            said = from_text(" ".join(lines), asked) if lines else None
            raise EndOfSitting(said) from end

    def _with_follow_up(self, choice: Choice, said: Transcript) -> Transcript:
        """The answer, and what is typed when it is asked about; both are one answer."""
        if not self._follow_ups or not self._asks:
            return said
        text = followup.missing(choice.question, said, self._norms)
        if text is None:
            return said
        self._say(Text.assemble((text, "bold cyan"), ("  An empty line leaves it.", "dim")))
        lines = [said.text]
        try:
            self._read(lines, (text,))
        except Skip:
            lines = [said.text]
        return from_text(" ".join(lines), (text,))

    def _say(self, text: Text) -> None:
        self._console.print(text)


def _read_lines(lines: list[str]) -> bool:
    """Add lines up to an empty one; whether the input is over."""
    for line in sys.stdin:
        text = line.strip()
        if text == "/skip":
            raise Skip
        if text == "/end":
            raise EndOfSitting
        if not text:
            return False
        lines.append(text)
    return True


def check_files(files: Sequence[Path]) -> None:
    """Fail before a sitting starts rather than in the middle of it.

    Raises:
        CoachError: one of the files cannot be read as audio.
    """
    from coach.recording.audio_file import read_audio

    for file in files:
        read_audio(file)
