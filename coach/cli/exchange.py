"""coach import"""

import json
import sys
from pathlib import Path
from typing import Any

import click

from coach.clean import clean_data
from coach.cli.options import FILE, STANDARD, echo_json, example, json_option, open_log
from coach.errors import ExchangeError, NoSuchFileError
from coach.improvement.exchange import import_log
from coach.practice import utc_now


@click.command("import", epilog=example("coach import log.json"))
@click.argument("file", type=FILE)
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Add what `coach export` wrote as JSON to the log. FILE may be -, for standard input.

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
    return clean_data(data)
