"""coach report"""

from pathlib import Path

import click
from rich.text import Text

from coach.cli.options import FILE, console, example, open_log
from coach.improvement.sittings import judged_takes
from coach.practice import users_norms
from coach.recording.private_file import write_whole
from coach.review.words import number_of


@click.command(
    epilog=example("coach report --out answers.html\n  coach report 12 --out for_ana.html")
)
@click.argument("sitting", type=int, required=False)
@click.option("--out", type=FILE, required=True, help="The file to write.")
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
def report(sitting: int | None, out: Path, force: bool) -> None:
    """Write a sitting, with its sound, to one file for a mentor. Any browser shows it.

    SITTING is its number; without it the last one. Inside are the questions, your voice, your words
    and what was found in them. Your notes, rejections and plans are not.
    """
    from coach.review.web.report import as_report  # jinja2, and numpy for the sound: 0.2 s

    with open_log() as log:
        takes = judged_takes(log, sitting)
    text = as_report(takes, users_norms()).encode()
    has_sound = any(take.path and take.path.is_file() for take in takes)
    file = out.expanduser()
    with write_whole(file, replace=force) as opened:
        opened.write(text)
    count = number_of(len(takes), "take")
    shown = console()
    told = f"Sitting {takes[0].sitting} is in {file}: {count}, {_size(len(text))}."
    shown.print(Text(told), soft_wrap=True)
    held = "your voice and your words" if has_sound else "your words"
    shown.print(f"It holds {held}. Send it only to somebody you trust with them.")


def _size(size: int) -> str:
    """
    Args:
        size: bytes.
    """
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.0f} kB"
