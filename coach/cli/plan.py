"""coach plan"""

from dataclasses import replace
from datetime import datetime, timedelta

import click
from rich.text import Text

from coach import places
from coach.areas import find_area
from coach.cli.ask import DAY
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement import plan_log
from coach.improvement.aftercare import resting
from coach.improvement.interviews import next_interview
from coach.improvement.plan import (
    BY_HAND,
    ItemState,
    PlanItem,
    load_actions,
    make_item,
    steps,
)
from coach.improvement.store import CONVERTER
from coach.practice import all_standings, users_day, utc_now
from coach.questions.area_texts import load_area_texts
from coach.review import plan as view
from coach.review import said
from coach.review.clean import marked

REVIEW = 14  # days until what the user added is looked at again
ACTIONS = tuple(load_actions()[0])


@click.group(
    invoke_without_command=True,
    epilog=example('coach plan\n  coach plan done 2\n  coach plan note 1 "asked Ana to listen"'),
)
@click.option("--all", "every", is_flag=True, help="With what is done or dropped.")
@json_option
@click.pass_context
def plan(ctx: click.Context, every: bool, as_json: bool) -> None:
    """What to work on: why, how, and what shows that it is done.

    Made from what was said and what your takes show; at most seven things at once, the most
    pressing first. Each run adds what is new, ticks what takes, stories and whole interviews show
    as done, and leaves alone what you did. What lies outside your control is no part of it.
    """
    if ctx.invoked_subcommand is not None:
        return
    now = utc_now()
    today = now.astimezone().date()
    texts = load_area_texts(places.shipped_banks())
    with open_log() as log:
        made = plan_log.make_plan(log, all_standings(log, now), texts, now)
        rest = resting(log.rejections(), today)
        interview = next_interview(log, now)
    if as_json:
        echo_json(plan_log.as_dict(made))
        return
    out = console()
    if rest is not None:
        then = "From then on, this is planned:\n" if made.open else ""
        out.print(Text(f"{said.resting(rest, today)} {then}"))
    if interview is not None:
        coming = f"Your interview ({interview.role}) is {interview.away(today)}: "
        command = f"coach interview focus {interview.number}"
        out.print(Text.assemble(coming, (command, "bold"), "\n"))
    if made.ticked or made.withdrawn:
        out.print(view.moved(made))
    if made.open:
        first = () if rest else steps(made.open[0], texts)
        out.print(view.plan(made, first, today))
        out.print(
            Text(
                "Each item keeps its number N: coach plan show N has the steps; done N, drop N,"
                " note N, add.",
                "dim",
            )
        )
    else:
        out.print(
            marked(
                "Nothing asks for a plan now. [bold]coach rejection add[/] logs what an employer"
                " said; [bold]coach mock[/] shows where you stand."
            )
        )
    if every and made.closed:
        out.print("", view.closed(made.closed))


@plan.command(epilog=example("coach plan show 2"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one item with its steps and your notes."""
    with open_log() as log:
        item, met = plan_log.read_item(log, number, all_standings(log, utc_now()), users_day())
    told = steps(item, load_area_texts(places.shipped_banks()))
    if as_json:
        echo_json({**CONVERTER.unstructure(item), "steps": list(told)})
    else:
        console().print(view.item(item, met, told, users_day()))


@plan.command(epilog=example("coach plan done 2"))
@click.argument("number", type=int)
@json_option
def done(number: int, as_json: bool) -> None:
    """Mark an item as done."""
    with open_log() as log:
        item = plan_log.close_item(log, number, ItemState.DONE, utc_now())
    _say(item, f"Done: {item.title}. coach plan shows what is next.", as_json=as_json)


@plan.command(epilog=example("coach plan drop 2"))
@click.argument("number", type=int)
@json_option
def drop(number: int, as_json: bool) -> None:
    """Drop an item; its area comes back only after somebody names it anew."""
    with open_log() as log:
        item = plan_log.close_item(log, number, ItemState.DROPPED, utc_now())
    _say(item, f"Dropped: {item.title}.", as_json=as_json)


@plan.command(epilog=example('coach plan note 1 "Ana hears two answers on Friday"'))
@click.argument("number", type=int)
@click.argument("text")
@json_option
def note(number: int, text: str, as_json: bool) -> None:
    """Write a note to an item."""
    if not text.strip():
        raise click.UsageError("The note is empty.")
    with open_log() as log:
        item = plan_log.add_note(log, number, text.strip(), utc_now())
    _say(item, f"Noted to item {number}.", as_json=as_json)


@plan.command(
    epilog=example(
        'coach plan add "Ask Ana to hear two answers" --review 2026-12-01\n'
        "  coach plan add --area prep.cv --action cv_number"
    )
)
@click.argument("text", required=False)
@click.option("--area", "area_id", metavar="AREA_ID", help="The area that it serves.")
@click.option(
    "--action",
    type=click.Choice(ACTIONS),
    metavar="ACTION",
    help=f"One of the coach's own, for that area: {', '.join(ACTIONS)}.",
)
@click.option("--measure", default="", help="What shows that it is done.")
@click.option("--why", default="", help="Why you want to do it.")
@click.option("--review", type=DAY, help="When to look at it again, YYYY-MM-DD.")
@json_option
def add(
    text: str | None,
    area_id: str | None,
    action: str | None,
    measure: str,
    why: str,
    review: datetime | None,
    as_json: bool,
) -> None:
    """Add something that you want to do."""
    area = find_area(area_id).id if area_id else None
    today = users_day()
    reasons = (why.strip(),) if why.strip() else ()
    if action is not None and area is not None and text is None:
        made = make_item(area, action, load_area_texts(places.shipped_banks()), today, reasons)
        item = replace(made, own=True)
    elif action is None and text and text.strip():
        later = review.date() if review else today + timedelta(days=REVIEW)
        item = PlanItem(
            BY_HAND, text.strip(), reasons, measure.strip(), later, today, area, own=True
        )
    else:
        raise click.UsageError("Say what to do in your own words, or give --area and --action.")
    with open_log() as log:
        added = plan_log.add_item(log, item, utc_now())
    _say(added, f"Added as item {added.number}: {added.title}.", as_json=as_json)


def _say(item: PlanItem, text: str, *, as_json: bool) -> None:
    if as_json:
        echo_json(CONVERTER.unstructure(item))
    else:
        click.echo(text)
