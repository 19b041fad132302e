"""coach area"""

import click
from rich.text import Text

from coach.areas import AREAS, find_area
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.points import point_by_hand
from coach.practice import all_standings, utc_now
from coach.review import terminal


@click.group(epilog=example("coach area list"))
def area() -> None:
    """Weak areas and how each is doing."""


@area.command("add", epilog=example('coach area add star.numbers --note "I never name figures"'))
@click.argument("area_id")
@click.option("--note", default="noted by hand", help="Why, in your own words.")
def add(area_id: str, note: str) -> None:
    """Log a weak area by hand."""
    found = find_area(area_id)
    with open_log() as log:
        log.add_point(point_by_hand(found.id, note), utc_now())
    click.echo(f"Noted: {found.name} ({found.id}).")
    if found.drillable:
        click.echo(f"Next: coach drill --area {found.id}")
    else:
        click.echo("This one is tracked, not drilled: " + found.improvement + ".")


@area.command("list", epilog=example("coach area list --all"))
@click.option("--all", "every", is_flag=True, help="Every area, not only yours.")
@json_option
def list_(every: bool, as_json: bool) -> None:
    """Show the standing of each area, the most pressing first."""
    with open_log() as log:
        found = all_standings(log, utc_now())
    shown = [s for s in found.values() if every or s.mentions or s.takes]
    shown.sort(key=lambda standing: (-standing.need, standing.area))
    if as_json:
        echo_json([standing.to_dict() for standing in shown])
    elif shown:
        console().print(terminal.standing_table(shown))
    else:
        console().print(
            Text.assemble(
                "No area has been named or practised yet. ",
                ("coach rejection add", "bold"),
                " names some from an employer's words; ",
                ("coach area list --all", "bold"),
                f" shows all {len(AREAS)}.",
            )
        )
