"""The system's own voice, which reads a question aloud. Nothing goes over the network."""

import shutil
import subprocess
import sys
from contextlib import suppress
from typing import Self

_POWERSHELL = (
    "Add-Type -AssemblyName System.Speech; "
    # The console's own reader would take the text for its code page.
    "$text = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8); "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak($text.ReadToEnd())"
)
_TEXT = "{text}"  # where the text goes; a command without it reads standard input
_COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("say", "-f", "-"),),
    "win32": (("powershell", "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL),),
    "linux": (
        ("espeak-ng", "--stdin"),
        ("espeak", "--stdin"),
        ("spd-say", "--wait", "--", _TEXT),
        ("flite", "-t", _TEXT),
    ),
}
# Its voice is another process's, which speaks on when the command is gone.
_SILENCED = {"spd-say": ("spd-say", "--cancel")}
PATIENCE = 2.0  # s for a voice to fall silent
FAILED = "The system's speech command failed, so the question was not read aloud."
NO_VOICE = "This system has no speech command, so the questions are shown and not read aloud."


def voice_command() -> tuple[str, ...] | None:
    """The system's speech command; None where it has none."""
    commands = _COMMANDS.get(sys.platform, _COMMANDS["linux"])
    return next((command for command in commands if shutil.which(command[0])), None)


class Reading:
    """A text that is being read aloud. As a context manager it stops at the end of the block."""

    def __init__(self, command: tuple[str, ...], text: str) -> None:
        self._silence = _SILENCED.get(command[0])
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(  # noqa: S603  a fixed command; the text goes to its input
                [text if word == _TEXT else word for word in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert self._process.stdin is not None  # a pipe was asked for
            self._process.stdin.write(b"" if _TEXT in command else text.encode())
            self._process.stdin.close()
        except OSError:  # a voice that does not work must not keep anybody from the question
            self.stop()

    @property
    def over(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def failed(self) -> bool:
        """Whether it is over without having read the text."""
        return self._process is None or self._process.poll() not in (None, 0)

    def stop(self) -> None:
        if self._process is None:
            return
        if not self.over and self._silence:
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(  # noqa: S603
                    self._silence, capture_output=True, timeout=PATIENCE, check=False
                )
        self._process.kill()
        self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
