"""coach export, coach import"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from coach.cli.options import FILE, console, echo_json, example, json_option, open_log
from coach.errors import ExchangeError, NoSuchFileError
from coach.improvement.exchange import import_log, sections
from coach.improvement.log import Log
from coach.practice import utc_now
from coach.recording.private_file import write_whole
from coach.review import log_export

STANDARD = Path("-")  # standard input or output


@click.command(
    epilog=example("coach export --out log.json\n  coach export --format csv --table takes")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "md"]),
    default="json",
    show_default=True,
    help="For programs, for a spreadsheet, or to be read.",
)
@click.option(
    "--table",
    metavar="NAME",
    help="For csv: rejections, feedback, points, sittings, takes, or a kind such as story.",
)
@click.option(
    "--out", type=FILE, default=STANDARD, help="Write to a file; - is standard output, the default."
)
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
def export(form: str, table: str | None, out: Path, force: bool) -> None:
    """Write the whole log: all but the sound of the recordings.

    `coach import` reads the JSON back. A spreadsheet holds one table, so csv wants its name.
    """
    if (form == "csv") is not bool(table):
        raise click.UsageError("--format csv and --table NAME go together.")
    with open_log() as log:
        pieces = _pieces(log, form, table)
        if out == STANDARD:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        file = out.expanduser()
        with write_whole(file, replace=force) as opened:
            for piece in pieces:
                opened.write(piece.encode())
    console().print(f"The log is in {file}.", soft_wrap=True)


def _pieces(log: Log, form: str, table: str | None) -> Iterator[str]:
    if form == "json":
        return log_export.as_json(sections(log))
    if form == "md":
        return log_export.as_markdown(sections(log))
    tables = log_export.tables(sections(log))
    if table not in tables:
        raise click.UsageError(f'There is no table "{table}"; there are {", ".join(tables)}.')
    return log_export.as_csv(tables[table])


@click.command("import", epilog=example("coach import log.json"))
@click.argument("file", type=FILE)
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Add what `coach export` wrote as JSON to the log; - reads standard input.

    What the log has already is not added again. All of it is one change: `coach undo` takes it
    back. Recordings are not in the JSON; `coach backup` keeps them.
    """
    data = _read(file)
    with open_log() as log:
        done = import_log(log, data, utc_now())
    if as_json:
        echo_json({"added": done.added, "known": done.known})
        return
    for section, count in done.added.items():
        click.echo(f"Added to {section}: {count}")
    if done.known:
        click.echo(f"There already: {done.known.total()}")
    if not (done.added or done.known):
        click.echo("There is nothing in it.")


def _read(file: Path) -> Any:
    try:
        if file == STANDARD:
            text = sys.stdin.read()
        else:
            text = file.expanduser().read_text(encoding="utf-8")
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()  # half a character cannot be kept
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {file}.", "Check the name.") from error
    except OSError as error:
        raise ExchangeError(
            f"{file} cannot be read ({error.strerror}).", "Make it readable to you."
        ) from error
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"{file} is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}.",
            "Mend it there, or export it again; nothing was imported.",
        ) from error
    except (UnicodeError, RecursionError) as error:
        raise ExchangeError(
            f"{file} is not the JSON of a log: it is no UTF-8, or too deep.",
            "Export it again; nothing was imported.",
        ) from error
    return data
