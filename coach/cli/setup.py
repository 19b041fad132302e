"""coach setup"""

import sys
import tempfile
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn
from rich.text import Text

from coach import places, settings
from coach.cli.options import console, example
from coach.errors import NoMicrophoneError
from coach.transcript import models
from coach.transcript.engine import resolve_engine

LISTEN = 3.0  # s


@click.command(epilog=example("coach setup\n  coach setup --download base.en"))
@click.option("--device", metavar="NAME|NUMBER", help="Use this microphone from now on.")
@click.option(
    "--download", "name", metavar="MODEL", help="Fetch Whisper's weights, such as base.en."
)
@click.option("--yes", is_flag=True, help="Do not ask before a download.")
def setup(device: str | None, name: str | None, yes: bool) -> None:
    """Check the microphone and the speech engine; fetch a better model.

    Records 3 s, says what level it heard, and deletes them. This is the only command that ever
    touches the network, and only with --download.
    """
    out = console()
    if name is not None:
        _download(out, name, yes=yes)
        return
    out.print(f"Your data lies in [bold]{places.home()}[/]")
    _show_engine(out)
    _check_microphone(out, device)


def _show_engine(out: Console) -> None:
    engine = resolve_engine("auto")
    if engine == "whisper":
        out.print(f"Words are heard by [bold]whisper[/], model {models.weights_on_disk()[0].name}.")
    else:
        out.print(
            "Words are heard by [bold]sphinx[/], the embedded engine. For better ones, with"
            "\npunctuation: [bold]coach setup --download base.en[/] (about 140 MB, once)"
        )


def _check_microphone(out: Console, wanted: str | None) -> None:
    from coach.recording.microphone import list_microphones  # PortAudio: 0.1-0.4 s

    devices = list_microphones()
    if not devices:
        raise NoMicrophoneError(
            "No microphone was found.",
            "Plug one in and try again, or answer with --typed or from files with --from FILE.",
        )
    out.print("\nMicrophones:")
    for device in devices:
        mark = "›" if device.is_default else " "
        out.print(Text(f" {mark} {device.number:2} {device.name}  ({device.rate:.0f} Hz)"))
    _listen(out, wanted or settings.value("device"))
    if wanted:
        settings.keep("device", _name_of(wanted, devices))
        out.print(f"From now on “{_name_of(wanted, devices)}” is used.")
    out.print("\nNext: [bold]coach drill[/]")


def _name_of(wanted: str, devices) -> str:
    return next((d.name for d in devices if str(d.number) == wanted), wanted)


def _listen(out: Console, wanted: str | None) -> None:
    from coach.recording.audio_file import read_audio
    from coach.recording.microphone import open_microphone
    from coach.recording.recorder import record_answer
    from coach.recording.speech import measure_level

    microphone = open_microphone(wanted)
    out.print(f"\nSay something into “{microphone.name}” for {LISTEN:.0f} s …")
    with tempfile.TemporaryDirectory(prefix="coach-setup-") as folder:
        until: list[float] = []

        def heard_enough(_) -> bool:
            until.append(time.monotonic() + LISTEN)
            return time.monotonic() > until[0]

        recording = record_answer(microphone, Path(folder) / "trial.wav", heard_enough)
        level = measure_level(read_audio(recording.path))
    out.print(f"Room {level.floor:.0f} dBFS, loudest sound {level.peak:.0f} dBFS.")
    if level.finding:
        raise NoMicrophoneError(level.finding, "Mend that and run `coach setup` again.")
    out.print(f"[green]Your voice is heard well[/] ({level.voice:.0f} dBFS).")


def _download(out: Console, name: str, *, yes: bool) -> None:
    progress = Progress(
        "{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=out
    )
    task = progress.add_task(name, total=None)

    def confirm(size: int) -> bool:
        out.print(f"{name} is {size / 1e6:.0f} MB and goes into {places.models()}.")
        progress.update(task, total=size or None)
        agreed = yes or not sys.stdin.isatty() or click.confirm("Fetch it?", default=True)
        if agreed:
            progress.start()
        return agreed

    try:
        fetched = models.download(name, confirm, lambda count: progress.advance(task, count))
    finally:
        progress.stop()
    if fetched is None:
        out.print("Nothing was fetched.")
    else:
        out.print(f"[green]{name} is here and its checksum is right.[/] Next: [bold]coach drill[/]")
