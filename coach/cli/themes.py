"""coach themes"""

import click

from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.themes import find_themes
from coach.review import said


@click.command(epilog=example("coach themes"))
@json_option
def themes(as_json: bool) -> None:
    """Show what recurs in rejections, feedback and your own notes.

    Each is counted with its evidence. What lies outside your control stands apart.
    """
    with open_log() as log:
        found = find_themes(log.rejections(), log.feedback(), log.points())
    if as_json:
        echo_json(found.to_dict())
    elif found.recurring or found.outside:
        console().print(said.themes(found))
    else:
        click.echo("Nothing recurs yet: a theme is named in two places or more.")
