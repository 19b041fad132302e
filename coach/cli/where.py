"""coach where"""

import click

from coach import places
from coach.cli.options import echo_json, example, json_option


@click.command(epilog=example("coach where"))
@json_option
def where(as_json: bool) -> None:
    """Print the one folder that holds all of your data.

    Set COACH_HOME to move it.
    """
    if as_json:
        names = ("home", "recordings", "database", "models", "own_banks", "own_norms", "settings")
        echo_json({name: str(getattr(places, name)()) for name in names})
    else:
        click.echo(places.home())
