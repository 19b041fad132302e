"""coach rubric"""

import click

from coach.cli.options import console, example
from coach.review.anchors import rubric as anchors


@click.command(epilog=example("coach rubric"))
def rubric() -> None:
    """Print what each level of the score looks like."""
    console().print(anchors())
