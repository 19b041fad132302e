"""coach compare"""

from dataclasses import asdict

import click

from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.errors import EntryError
from coach.review.compare import ITSELF, compared
from coach.review.compare import compare as compare_takes


@click.command(epilog=example("coach compare 3 7"))
@click.argument("first", type=int)
@click.argument("second", type=int)
@json_option
def compare(first: int, second: int, as_json: bool) -> None:
    """Show two takes beside each other. Parts, numbers, what was mended, and each Result."""
    if first == second:
        raise EntryError(
            ITSELF.format(first),
            "Name two takes; `coach review` lists them.",
        )
    with open_log() as log:
        before, after = sorted(
            (log.judged_take(first), log.judged_take(second)), key=lambda take: take.started
        )
    if as_json:
        changes = compared(before.assessment, after.assessment)
        echo_json(
            {
                "takes": [before.to_dict(), after.to_dict()],
                "changes": [asdict(change) for change in changes],
            }
        )
        return
    out = console()
    out.print(compare_takes(before, after, out.width))
