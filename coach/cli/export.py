"""coach export"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.text import Text

from coach.cli.options import FILE, STANDARD, console, example, open_log
from coach.errors import EntryError
from coach.improvement.entries import JudgedTake
from coach.improvement.exchange import sections
from coach.improvement.log import Log
from coach.places import make_private_folders
from coach.recording.private_file import write_whole
from coach.review import log_export
from coach.review.export import FORMATS
from coach.review.words import number_of

_OF_LOG = ("json", "csv", "md")  # the formats of the whole log


@click.command(
    epilog=example(
        "coach export --out log.json\n"
        "  coach export --format csv --table takes\n"
        "  coach export 3 --format srt --out answer.srt\n"
        "  coach export --all --format html --out my_answers"
    )
)
@click.argument("take", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Every judged take, a file each.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="Takes: any, and md unless you say; srt and vtt are subtitles for the recording, csv has "
    "a row a word. The log: json, the default, csv or md.",
)
@click.option(
    "--table",
    metavar="NAME",
    help="For csv of the log: rejections, feedback, points, sittings, takes, or another such as "
    "stories.",
)
@click.option(
    "--out",
    type=FILE,
    default=STANDARD,
    help="The file; with --all the folder. - is standard output, the default.",
)
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
def export(
    take: int | None, every: bool, form: str | None, table: str | None, out: Path, force: bool
) -> None:
    """Write the log for other programs to read. With TAKE or --all, it is takes with their
    words, times and findings.

    The log is whole but for the sound of the recordings; `coach import` reads its JSON back. A
    spreadsheet holds one table, so csv of the log wants its name.
    """
    takes = every or take is not None
    form = form or ("md" if takes else "json")
    _check(take, form, table, out, every=every)
    with open_log() as log:
        if every:
            _write_all(log, form, out.expanduser(), force=force)
        elif take is not None:
            text = FORMATS[form](log.judged_take(take), log.notes(take))
            _put([text], f"Take {take} is in", out, force=force)
        else:
            _put(_pieces(log, form, table), "The log is in", out, force=force)


def _check(take: int | None, form: str, table: str | None, out: Path, *, every: bool) -> None:
    """
    Raises:
        click.UsageError: the options do not go together.
    """
    if every and take is not None:
        raise click.UsageError("Name a take, or add --all; not both.")
    if every and out == STANDARD:
        raise click.UsageError("With --all, name a folder: --out my_answers")
    if every or take is not None:
        if table:
            raise click.UsageError("--table is of the log; a take has none.")
        return
    if form not in _OF_LOG:
        raise click.UsageError(f"{form} is for takes: name one, such as 3, or add --all.")
    if (form == "csv") is not bool(table):
        raise click.UsageError("--format csv and --table NAME go together.")


def _pieces(log: Log, form: str, table: str | None) -> Iterator[str]:
    if form == "json":
        return log_export.as_json(sections(log))
    if form == "md":
        return log_export.as_markdown(sections(log))
    tables = log_export.tables(sections(log))
    if table not in tables:
        raise click.UsageError(f'There is no table "{table}"; there are {", ".join(tables)}.')
    return log_export.as_csv(tables[table])


def _put(pieces: Iterable[str], done: str, out: Path, *, force: bool) -> None:
    """To a file or standard output.

    Args:
        done: what is said of the file.
    """
    if out == STANDARD:
        for piece in pieces:
            click.echo(piece.encode(errors="replace").decode(), nl=False)
        return
    file = out.expanduser()
    _write(file, pieces, force=force)
    console().print(Text(f"{done} {file}."), soft_wrap=True)


def _write_all(log: Log, form: str, folder: Path, *, force: bool) -> None:
    new = not folder.exists()
    make_private_folders(folder)
    made: list[Path] = []
    try:
        written, left = _write_takes(log, form, folder, made, force=force)
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        if new:
            folder.rmdir()
        raise
    out = console()
    out.print(Text(f"{number_of(written, 'take')} written to {folder}."), soft_wrap=True)
    for message in left:
        out.print(Text(message, "yellow"))


def _write_takes(
    log: Log, form: str, folder: Path, made: list[Path], *, force: bool
) -> tuple[int, list[str]]:
    """How many there are now, and why others cannot be written; `made` gets the new files."""
    written, left = 0, []
    for attempt in log.attempts():
        if not isinstance(attempt, JudgedTake):
            continue
        try:
            text = FORMATS[form](attempt, log.notes(attempt.id))
        except EntryError as error:  # a typed take has no subtitles
            left.append(error.message)
            continue
        file = folder / f"take-{attempt.id}.{form}"
        new = not file.exists()
        _write(file, [text], force=force)
        if new:
            made.append(file)
        written += 1
    return written, left


def _write(file: Path, pieces: Iterable[str], *, force: bool) -> None:
    with write_whole(file, replace=force) as opened:
        for piece in pieces:
            opened.write(piece.encode(errors="replace"))  # older logs may hold halves of characters
