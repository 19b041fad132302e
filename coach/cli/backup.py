"""coach backup, coach restore"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from coach import places
from coach.cli.ask import confirm
from coach.cli.options import FILE, console, echo_json, example, json_option, open_log, told_rescue
from coach.errors import LogError, NoTerminalError
from coach.improvement.backup import Manifest, Progress, back_up, open_archive
from coach.improvement.copies import rescue
from coach.improvement.restore import restore as restore_from
from coach.practice import utc_now
from coach.review.days import listed_moment


@click.command(epilog=example("coach backup ~/coach-backup.zip"))
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
@json_option
def backup(file: Path, force: bool, as_json: bool) -> None:
    """Write all of your data to one zip archive. That is the log, all recordings, your banks
    and settings.

    It is read back before it gets its name. Speech models are not in it: `coach setup --download`
    fetches them again. The archive is not encrypted.
    """
    file = file.expanduser()
    out = console()
    with open_log() as log, _bar(out, "Backing up", quiet=as_json) as progress:
        made = back_up(log, file, utc_now(), replace=force, progress=progress)
    if as_json:
        echo_json({"file": str(file), "files": len(made.files), "bytes": made.size})
        return
    out.print(f"Backed up, read back and found whole: {_told(made)} in {file}", soft_wrap=True)
    out.print("Speech models are not in it; `coach setup --download base.en` fetches one again.")


@click.command(epilog=example("coach restore ~/coach-backup.zip"))
@click.argument("file", type=FILE, required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(file: Path | None, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of your data. Without FILE, it mends a damaged log.

    All of it is checked first. What is there now is moved into a folder of its own beside it, and
    nothing is deleted. A damaged log is kept aside, and the newest sound one of the copies that the
    coach makes each day takes its place.
    """
    if file is None:
        _mend_log(as_json)
        return
    file = file.expanduser()
    out = console()
    with open_archive(file, file) as (_, manifest):
        pass
    if not (yes or _agreed(manifest)):
        click.echo("Nothing was changed.", err=True)
        return
    with _bar(out, "Restoring", quiet=as_json) as progress:
        done = restore_from(file, utc_now(), progress)
    if as_json:
        aside = str(done.aside) if done.aside else None
        echo_json({"files": len(done.manifest.files), "aside": aside})
        return
    out.print(f"Restored: {_told(done.manifest)} in {places.home()}", soft_wrap=True)
    if done.aside:
        out.print(f"What was there before lies in {done.aside}", soft_wrap=True)


def _mend_log(as_json: bool) -> None:
    log = places.database()
    done = rescue(utc_now()) if log.is_file() else None
    if done is None:
        raise LogError(
            f"No damage is found in the log {log}." if log.is_file() else "There is no log yet.",
            "To bring back a backup, name it: `coach restore BACKUP.zip`.",
        )
    if as_json:
        echo_json({"aside": str(done.aside), "copy": str(done.source) if done.source else None})
        return
    console().print("\n".join(told_rescue(done)), soft_wrap=True)


def _agreed(manifest: Manifest) -> bool:
    made = listed_moment(manifest.made)
    if not sys.stdin.isatty():
        raise NoTerminalError(
            f"This would restore the backup of {made}, and there is no terminal to ask on.",
            "Add --yes.",
        )
    click.echo(f"This is the backup of {made}: {_told(manifest)}.", err=True)
    return confirm("Put it in the place of what is there now?", err=True)


def _told(manifest: Manifest) -> str:
    count = len(manifest.files)
    return f"{count} {'file' if count == 1 else 'files'} ({manifest.size / 1e6:,.1f} MB)"


@contextmanager
def _bar(out: Console, what: str, *, quiet: bool) -> Iterator[Progress]:
    columns = ("{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    disabled = quiet or not out.is_terminal
    with Bar(*columns, console=out, transient=True, disable=disabled) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
