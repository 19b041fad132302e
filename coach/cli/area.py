"""coach area"""

import click
from rich.text import Text

from coach import places
from coach.areas import AREAS, find_area
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.plan import PlanItem
from coach.improvement.points import NOTED, point_by_hand
from coach.improvement.themes import strengths
from coach.practice import all_questions, all_standings, utc_now
from coach.questions.area_texts import load_area_texts
from coach.questions.select import select
from coach.review import banks
from coach.review.progress import standing_table, yours


@click.group(epilog=example("coach area list"))
def area() -> None:
    """Weak areas and how each is doing."""


@area.command("add", epilog=example('coach area add star.numbers --note "I never name figures"'))
@click.argument("area_id", metavar="AREA")
@click.option("--note", default=NOTED, help="Why, in your own words.")
def add(area_id: str, note: str) -> None:
    """Log a weak area by hand."""
    found = find_area(area_id)
    now, point = utc_now(), point_by_hand(found.id, note)
    with open_log() as log:
        # The same note twice on one day is one.
        known = any(
            said.point == point and said.origin.number is None and said.when.date() == now.date()
            for said in log.points()
        )
        if not known:
            log.add_point(point, now)
    click.echo(f"Noted{' already' * known}: {found.name} ({found.id}).")
    if found.drillable:
        click.echo(f"Next: coach drill --area {found.id}")
    else:
        click.echo("This one is tracked, not drilled: " + found.improvement + ".")


@area.command("list", epilog=example("coach area list --all"))
@click.option("--all", "every", is_flag=True, help="Every area, not only yours.")
@json_option
def list_(every: bool, as_json: bool) -> None:
    """Show the standing of each area, the most pressing first.

    The level, 0 to 100, is what the last takes show, with the range in which it lies 19 times in
    20; it is given once that is narrow enough to say something, and a trend from five takes on.
    """
    with open_log() as log:
        found = all_standings(log, utc_now())
    shown = [s for s in found.values() if every or s.mentions or s.takes]
    shown.sort(key=lambda standing: (-standing.need, standing.area))
    if as_json:
        echo_json([standing.to_dict() for standing in shown])
    elif shown:
        out = console()
        out.print(standing_table(shown, out.width, ids=True))
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


@area.command(epilog=example("coach area show star.result"))
@click.argument("area_id", metavar="AREA")
@json_option
def show(area_id: str, as_json: bool) -> None:
    """Show how you stand in an area, what it means, and what to try."""
    found = find_area(area_id)
    text = load_area_texts(places.shipped_banks())[found.id]
    testing = select(all_questions(), area=found.id)
    with open_log() as log:
        standing = all_standings(log, utc_now())[found.id]
        praised = strengths(log.rejections(), log.feedback(), log.points())
        planned = [i for i in log.shelf(PlanItem).all() if i.is_open and i.area == found.id]
    praise = [evidence for point, evidence in praised if point.area == found.id]
    if as_json:
        echo_json(
            {
                "id": found.id,
                "name": found.name,
                "drillable": found.drillable,
                **text.to_dict(),
                "improvement": found.improvement,
                "evidence": found.evidence,
                "questions": [question.id for question in testing],
                "standing": standing.to_dict(),
                "plan": [item.number for item in planned],
                "praise": [evidence.to_dict() for evidence in praise],
            }
        )
        return
    out = console()
    out.print(banks.area_heading(found))
    if standing.mentions or standing.takes or praise or planned:
        out.print(yours(standing, praise, planned), "")
    out.print(banks.area(found, text, len(testing)))
