"""coach transcript"""

from pathlib import Path

import click
from rich.text import Text

from coach.cli.one_take import judged_take
from coach.cli.options import FILE, console, example, open_log
from coach.errors import EntryError
from coach.improvement.log import Log
from coach.places import make_private_folders
from coach.recording.private_file import write_whole
from coach.review.export import FORMATS


@click.command(
    epilog=example("coach transcript 3 --format srt --out answer.srt\n"
                   "  coach transcript --all --format html --out my_answers")
)  # fmt: skip
@click.argument("number", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Every judged take, a file each.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="md",
    show_default=True,
    help="To be read, for programs, as subtitles, or a row a word.",
)
@click.option("--out", type=FILE, help="The file; with --all the folder.")
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
def transcript(number: int | None, every: bool, form: str, out: Path | None, force: bool) -> None:
    """Write takes with their words, times and findings to files.

    Without --out, one take is printed. srt and vtt are subtitles for the recording.
    """
    if (number is None) is not every:
        raise click.UsageError("Name a take, such as: coach transcript 3; or add --all")
    if every and out is None:
        raise click.UsageError("With --all, name a folder: --out my_answers")
    with open_log() as log:
        if not every:
            text = FORMATS[form](judged_take(log, number), log.notes(number))
            if out is None:
                click.echo(text, nl=False)
                return
            _write(out.expanduser(), text, force=force)
            console().print(Text(f"Take {number} is in {out}."), soft_wrap=True)
            return
        _write_all(log, form, out.expanduser(), force=force)


def _write_all(log: Log, form: str, folder: Path, *, force: bool) -> None:
    written, left = 0, []
    for attempt in log.attempts():
        try:
            text = FORMATS[form](attempt, log.notes(attempt.id))
        except EntryError as error:  # a typed take has no subtitles
            left.append(error.message)
            continue
        _write(folder / f"take-{attempt.id}.{form}", text, force=force)
        written += 1
    out = console()
    out.print(Text(f"{written} take{'' if written == 1 else 's'} written to {folder}."),
              soft_wrap=True)  # fmt: skip
    for message in left:
        out.print(Text(message, "yellow"))


def _write(file: Path, text: str, *, force: bool) -> None:
    make_private_folders(file.parent)
    with write_whole(file, replace=force) as opened:
        opened.write(text.encode())
