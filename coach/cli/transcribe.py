"""coach transcribe"""

import click
from rich.progress import BarColumn, Progress, TimeRemainingColumn

from coach.cli.options import console, echo_json, engine_options, example, json_option, open_log
from coach.cli.screen import TerminalScreen
from coach.practice import Desk, catch_up, pending


@click.command(epilog=example("coach transcribe --pending"))
@click.option("--pending", "wanted", is_flag=True, required=True, help="Every take that waits.")
@engine_options
@json_option
def transcribe(wanted: bool, engine: str, model: str | None, as_json: bool) -> None:
    """Hear and judge the takes that an earlier sitting left unfinished."""
    out = console()
    out.quiet = as_json
    with open_log() as log:
        waiting = pending(log)
        desk = Desk.lay(log, engine, model)
        screen = TerminalScreen(out, desk.norms, asks=False)
        columns = ("{task.description}", BarColumn(), "{task.completed}/{task.total}")
        with desk.worker, Progress(*columns, TimeRemainingColumn(), console=out) as progress:
            task = progress.add_task("Hearing takes", total=len(waiting))
            done = catch_up(desk, screen, lambda: progress.advance(task))
    if as_json:
        echo_json([attempt.to_dict() for attempt in done])
    elif waiting:
        out.print(f"{len(done)} of {len(waiting)} takes are judged. [bold]coach review[/]")
    else:
        out.print("No take waits to be heard.")
