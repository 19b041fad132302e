"""coach progress"""

import click

from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.progress import read_progress
from coach.practice import utc_now
from coach.review.clean import marked
from coach.review.progress import progress as show_progress


@click.command(epilog=example("coach progress"))
@json_option
def progress(as_json: bool) -> None:
    """Show how far you have come, against your own beginning."""
    with open_log() as log:
        found = read_progress(log, utc_now().astimezone())
    if as_json:
        echo_json(found.to_dict())
    elif found.takes:
        out = console()
        out.print(show_progress(found, out.width))
    else:
        console().print(marked("No takes yet. Record one with: [bold]coach drill[/]"))
