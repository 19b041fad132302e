"""Where the answers of a sitting come from: the microphone, files, or the keyboard."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from coach.assessment.norms import Band, Norms
from coach.cli.keys import ENTER, NO_MORE, Keys
from coach.errors import NoMicrophoneError, NoPortAudioError
from coach.improvement.choose import Choice
from coach.practice import EndOfSitting, SetAside, Skip, utc_now
from coach.recording.recording import SAMPLE_RATE, Recording, part_of
from coach.review.terminal import clock
from coach.transcript.live import LiveHearing
from coach.transcript.transcript import Transcript, from_text

if TYPE_CHECKING:
    from coach.recording.recorder import Recorder
    from coach.recording.take import Status

FRAME = 0.1  # s between looks at the key and the meter
NOTICE = 6.0  # s for which something noticed stays on the screen
CAPTIONS = 230  # characters: three lines of a narrow terminal
METER = 20  # columns
QUIETEST = -60.0  # dBFS at the left end of the meter
BAR = 30  # columns for twice the target length
_COLOURS = {"green": "green", "amber": "yellow", "red": "red"}


class MicrophoneSource:
    """Records answers at the desk: Enter starts, Enter ends."""

    spoken = True

    def __init__(
        self,
        console: Console,
        norms: Norms,
        device: str | None,
        hearing: LiveHearing,
        *,
        auto_stop: bool,
        captions: bool,
    ) -> None:
        self.hearing = hearing
        self._captions = captions
        self._console = console
        self._norms = norms
        self._device = device
        self._auto_stop = auto_stop

    def check(self) -> None:
        """Find the microphone before a question is asked.

        Raises:
            NoMicrophoneError, NoPortAudioError: there is none.
        """
        from coach.recording.microphone import open_microphone  # PortAudio: 0.1-0.4 s

        open_microphone(self._device)

    def answer(self, choice: Choice, path: Path) -> Recording:
        from coach.recording.recorder import ending_on_signals  # numpy and soxr: 0.2 s

        with ending_on_signals(), Keys() as keys:
            recording = self._record(choice, path, keys)
            self._keep(recording, keys)
            return recording

    def _record(self, choice: Choice, path: Path, keys: Keys) -> Recording:
        from coach.recording.microphone import open_microphone
        from coach.recording.recorder import Recorder

        with Recorder(open_microphone(self._device), path, auto_stop=self._auto_stop) as recorder:
            with self._console.status("Opening the microphone …"):
                recorder.open()
            self._say("[bold]Enter[/] start speaking · [bold]s[/] skip · [bold]q[/] end")
            key = _choose(keys, "sq")
            if key != ENTER:
                raise Skip if key == "s" else EndOfSitting
            recorder.begin()
            self.hearing.begin(recorder.part)
            self._watch(recorder, self._norms.length(choice.question), keys)
            recording = recorder.stop()
            self.hearing.end(recording)
            return recording

    def _watch(self, recorder: "Recorder", band: Band, keys: Keys) -> None:
        """Show the take until Enter, or until it ends by itself and nothing can go on with it."""
        while (why := self._until_it_ends(recorder, band, keys)) is not None:
            self._say(f"[yellow]{why}[/]")
            if not self._goes_on(recorder, keys):
                return

    def _until_it_ends(self, recorder: "Recorder", band: Band, keys: Keys) -> str | None:
        with Live(console=self._console, auto_refresh=False, transient=True) as live:
            while True:
                status = recorder.status()
                self.hearing.look(recorder.speech())
                live.update(self._frame(status, band), refresh=True)
                if status.ended:
                    return status.ended
                key = keys.get(FRAME)
                if key in (ENTER, NO_MORE):
                    return None
                if key == " ":
                    (recorder.resume if status.paused else recorder.pause)()

    def _frame(self, status: "Status", band: Band) -> Text:
        frame = _meter(status, band)
        if self._captions:
            said = " ".join(word.text for word in self.hearing.words())
            frame.append(f"\n{said[-CAPTIONS:]}", "italic")
        return frame

    def _goes_on(self, recorder: "Recorder", keys: Keys) -> bool:
        """A microphone that is gone may be followed by another, in the same answer."""
        from coach.recording.microphone import open_microphone

        notices = recorder.status().notices
        if not notices or notices[-1].kind != "gone":
            return False
        while True:
            self._say(
                "[bold]Enter[/] keep what is there · [bold]g[/] go on with the microphone that is"
                " plugged in now"
            )
            if _choose(keys, "g") == ENTER:
                return False
            try:
                recorder.switch(open_microphone())
            except (NoMicrophoneError, NoPortAudioError) as error:
                self._say(f"[yellow]{error.message}[/]")
            else:
                return True

    def _keep(self, recording: Recording, keys: Keys) -> None:
        for notice in recording.notices:
            self._say(f"[yellow]{clock(notice.at)} {notice.text}[/]")
        self._say(
            f"Recorded {clock(recording.seconds)}.  "
            "[bold]Enter[/] keep · [bold]r[/] retake · [bold]s[/] skip"
        )
        # The last piece is heard while the user decides.
        while (key := keys.get(FRAME)) not in (ENTER, NO_MORE, "r", "s"):
            self.hearing.look()
        if key in ("r", "s"):
            raise SetAside(recording, again=key == "r")

    def _say(self, text: str) -> None:
        self._console.print(text, highlight=False)


def _choose(keys: Keys, others: str) -> str:
    """Wait for Enter or one of the letters; where no more input comes, that is Enter."""
    while True:
        key = keys.get()
        if key and key in others:
            return key
        if key in (ENTER, NO_MORE):
            return ENTER


def _meter(status: "Status", band: Band) -> Text:
    """One line: time against the target, level, and what was noticed last."""
    colour = _COLOURS[band.colour(max(status.elapsed, band.green[0]))]
    line = Text("● ", "bold red" if status.speaking else "red")
    line.append(f"{clock(status.elapsed)} ", f"bold {colour}")
    full = min(BAR, round(status.elapsed / (band.green[1] * 1.25) * BAR))
    low, high = (round(edge / (band.green[1] * 1.25) * BAR) for edge in band.green)
    for column in range(BAR):
        mark = "━" if column < full else "│" if column in (low, high) else "─"
        line.append(mark, colour if column < full else "dim")
    line.append(f" {clock(band.green[0])}–{clock(band.green[1])}  ", "dim")
    share = (max(QUIETEST, status.level) - QUIETEST) / -QUIETEST
    line.append(("▮" * round(share * METER)).ljust(METER, "·"), "green")
    recent = [n.text for n in status.notices if status.elapsed - n.at < NOTICE]
    warning = recent[-1] if recent else ""
    if status.countdown is not None:
        warning = f"Ends in {status.countdown:.0f} s of silence; go on speaking to go on."
    if status.paused:
        warning = "Paused; Space goes on."
    line.append("\nEnter ends the answer, Space pauses. ", "dim")
    line.append(warning, "yellow")
    return line


class FileSource:
    """Takes answers from audio files, through the same path as a recording."""

    spoken = True
    hearing = None

    def __init__(self, files: Sequence[Path], *, partial: bool = False) -> None:
        self._files = list(files)
        self._partial = partial

    def answer(self, choice: Choice, path: Path) -> Recording:
        from coach.recording.audio_file import WavWriter, read_audio  # numpy and soundfile: 0.2 s
        from coach.recording.converter import to_pcm

        if not self._files:
            raise EndOfSitting
        file = self._files.pop(0)
        samples = read_audio(file, partial=self._partial)
        writer = WavWriter(part_of(path), path)
        writer.append(to_pcm(samples))
        writer.finish()
        return Recording(writer.path, len(samples) / SAMPLE_RATE, utc_now(), f"file {file.name}")


class TypedSource:
    """Takes answers from the keyboard, for a place where one cannot speak."""

    spoken = False
    hearing = None

    def __init__(self, console: Console) -> None:
        self._console = console

    def answer(self, choice: Choice, path: None) -> Transcript:
        if sys.stdin.isatty():
            self._console.print(
                "Type your answer; an empty line ends it. "
                "[bold]/skip[/] passes, [bold]/end[/] ends the sitting.",
                highlight=False,
            )
        while True:
            lines, ended = _read_lines()
            if lines:
                return from_text(" ".join(lines))
            if ended:
                raise EndOfSitting


def _read_lines() -> tuple[list[str], bool]:
    """Lines up to an empty one, and whether the input is over."""
    lines: list[str] = []
    for line in sys.stdin:
        text = line.strip()
        if text == "/skip":
            raise Skip
        if text == "/end":
            raise EndOfSitting
        if not text:
            return lines, False
        lines.append(text)
    return lines, True


def check_files(files: Sequence[Path]) -> None:
    """Fail before a sitting starts rather than in the middle of it.

    Raises:
        CoachError: one of the files cannot be read as audio.
    """
    from coach.recording.audio_file import read_audio

    for file in files:
        read_audio(file)
