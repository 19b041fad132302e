"""coach setup"""

import os
import sys
import tempfile
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn
from rich.text import Text

from coach import places, settings
from coach.cli.ask import confirm
from coach.cli.completion import LINES, this_shell
from coach.cli.options import console, example
from coach.errors import CoachError, NoMicrophoneError, NoPortAudioError
from coach.recording.microphone import Device
from coach.recording.systems import this_system
from coach.review import setting_up
from coach.review.clean import marked
from coach.transcript import models, speed
from coach.transcript.memory import memory_limit

LISTEN = 3.0  # s


@click.command(epilog=example("coach setup\n  coach setup --download base.en"))
@click.option("--device", metavar="NAME|NUMBER", help="Use this microphone from now on.")
@click.option(
    "--download", "name", metavar="MODEL", help="Fetch Whisper's weights, such as base.en."
)
@click.option("--quick", is_flag=True, help="Leave out how fast each model would be.")
@click.option("--yes", is_flag=True, help="Do not ask before a download.")
def setup(device: str | None, name: str | None, quick: bool, yes: bool) -> None:
    """Check the microphone; find the speech model that fits here.

    Says what is kept where, records 3 s, says what level it heard and deletes them, and measures
    how fast each model would be here. This is the only command that ever touches the network, and
    only with --download.
    """
    out = console()
    if name is not None:
        _download(out, name, yes=yes)
        return
    out.print(marked("[bold]1. What is kept where[/]"))
    out.print(f"All of it lies in {places.home()}, readable by you alone:")
    out.print(setting_up.kept())
    out.print(marked("\n[bold]2. The microphone[/]"))
    unheard = _try_microphone(out, device)
    if not quick:
        out.print(marked("\n[bold]3. What hears the words[/]"))
        _show_models(out)
    out.print(marked("\n[bold]Your first drill[/]"))
    _say_next(out, typed=unheard is not None)
    if unheard is not None:
        raise unheard


def _try_microphone(out: Console, device: str | None) -> CoachError | None:
    """Why nothing can be heard; the rest of the setup is worth as much without."""
    try:
        _check_microphone(out, device)
    except (NoMicrophoneError, NoPortAudioError) as error:
        out.print(Text(error.message, "yellow"))
        system = this_system()
        missing = isinstance(error, NoPortAudioError)
        told = f"On {system.name}: {system.portaudio}" if missing else system.permission
        out.print(Text(told))
        return error
    return None


def _check_microphone(out: Console, wanted: str | None) -> None:
    from coach.recording.microphone import list_microphones  # PortAudio: 0.1-0.4 s

    devices = list_microphones()
    if not devices:
        raise NoMicrophoneError(
            "No microphone was found.",
            "Plug one in, or answer with --typed, or from files with --from FILE.",
        )
    for device in devices:
        mark = "›" if device.is_default else " "
        out.print(Text(f" {mark} {device.number:2} {device.name}  ({device.rate:.0f} Hz)"))
    _listen(out, wanted or settings.value("device"))
    if wanted:
        settings.keep("device", _name_of(wanted, devices))
        out.print(f"From now on “{_name_of(wanted, devices)}” is used.")


def _name_of(wanted: str, devices: tuple[Device, ...]) -> str:
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

        def heard_enough(_: object) -> bool:
            until.append(time.monotonic() + LISTEN)
            return time.monotonic() > until[0]

        recording = record_answer(microphone, Path(folder) / "trial.wav", heard_enough)
        level = measure_level(read_audio(recording.path))
    out.print(f"Room {level.floor:.0f} dBFS, loudest sound {level.peak:.0f} dBFS.")
    if level.finding:
        raise NoMicrophoneError(level.finding, "Mend that and run `coach setup` again.")
    out.print(marked(f"[green]Your voice is heard well[/] ({level.voice:.0f} dBFS)."))


def _show_models(out: Console) -> None:
    with out.status("Measuring how fast this machine is; some seconds"):
        offered = speed.speeds(speed.measure_apart())
    limit = memory_limit()
    best = speed.recommend(offered, limit, places.free())
    here = [weights.name for weights in models.weights_on_disk()]
    out.print(setting_up.models(offered, best, limit, here))
    out.print(
        Text(
            "Estimated from the time that one layer of each took just now; of a live answer most"
            " is heard while you speak. The larger the model, the fewer mistakes.",
            "dim",
        )
    )
    if _is_busy():
        out.print(
            marked("[yellow]The machine is busy now; when it is idle, it is faster than this.[/]")
        )
    if best.name in here:
        out.print(marked(f"[bold]{best.name}[/] suits this machine, and is here."))
    elif best.size:
        out.print(
            marked(f"{best.name} suits this machine:  [bold]coach setup --download {best.name}[/]")
        )
    else:
        out.print("The embedded engine suits this machine.")


def _is_busy() -> bool:
    """Whether more than every processor was at work during the last minute."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > 1.2 * (os.cpu_count() or 1)


def _say_next(out: Console, *, typed: bool) -> None:
    out.print(marked(f"[bold]coach drill{' --typed' if typed else ''}[/]"))
    shell = this_shell()
    if shell in LINES:
        out.print(Text.assemble("The Tab key completes commands after:  ", (LINES[shell], "bold")))


def _download(out: Console, name: str, *, yes: bool) -> None:
    progress = Progress(
        "{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=out
    )
    task = progress.add_task(name, total=None)

    def agrees(size: int) -> bool:
        out.print(f"{name} is {size / 1e6:.0f} MB and goes into {places.models()}.")
        progress.update(task, total=size or None)
        agreed = yes or not sys.stdin.isatty() or confirm("Fetch it?", default=True)
        if agreed:
            progress.start()
        return agreed

    try:
        fetched = models.download(name, agrees, lambda count: progress.advance(task, count))
    finally:
        progress.stop()
    if fetched is None:
        out.print("Nothing was fetched.")
    else:
        out.print(
            marked(
                f"[green]{name} is here and its checksum is right.[/] Next: [bold]coach drill[/]"
            )
        )
