"""coach transcribe"""

import click
from rich.progress import BarColumn, Progress, TimeRemainingColumn

from coach.cli.options import console, echo_json, engine_options, example, json_option, open_log
from coach.cli.screen import TerminalScreen
from coach.cli.stage import PrintedStage
from coach.practice import Desk, catch_up, pending, seconds_left
from coach.review.clean import marked
from coach.transcript.engine import EngineChoice


@click.command(epilog=example("coach transcribe"))
@click.option(
    "--pending",
    is_flag=True,
    expose_value=False,
    help="Every take that waits; that is so without it too.",
)
@engine_options
@json_option
def transcribe(engine: EngineChoice, as_json: bool) -> None:
    """Hear and judge the takes that a sitting left unfinished."""
    out = console()
    out.quiet = as_json
    with open_log() as log:
        waiting = pending(log)
        desk = Desk.lay(log, engine)
        screen = TerminalScreen(PrintedStage(out), desk.norms)
        columns = (
            "{task.description}",
            BarColumn(),
            "{task.completed:.0f} of {task.total:.0f} s,",
            TimeRemainingColumn(),
            "left",
        )
        with desk.worker, Progress(*columns, console=out, disable=not waiting) as progress:
            task = progress.add_task("Hearing", total=sum(map(seconds_left, waiting)))
            done = catch_up(desk, screen, lambda heard: progress.update(task, completed=heard))
    if as_json:
        echo_json([attempt.to_dict() for attempt in done])
    elif waiting:
        out.print(marked(f"{len(done)} of {len(waiting)} takes are judged. [bold]coach review[/]"))
    else:
        out.print("No take waits to be heard.")
