"""coach habits"""

from dataclasses import replace

import click

from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.applications import Application
from coach.improvement.habits import Done, Habit, Target, parse_target, week_of
from coach.improvement.log import Log
from coach.improvement.store import CONVERTER
from coach.practice import utc_now
from coach.review import applications as view

OFF = "off"
_NAME = click.Choice([habit.value for habit in Habit])


@click.group(
    invoke_without_command=True,
    epilog=example("coach habits set contacts 1/day\n  coach habits done contacts\n  coach habits"),
)
@json_option
@click.pass_context
def habits(ctx: click.Context, as_json: bool) -> None:
    """This week of the habits that you use: applications, skills, contacts.

    Nothing is on until you set a target or note something. Applications count by themselves.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_log() as log:
        targets, done = log.shelf(Target).all(), log.shelf(Done).all()
        sent = log.shelf(Application).all()
    weeks = week_of(targets, done, sent, utc_now().astimezone().date())
    if as_json:
        echo_json(CONVERTER.unstructure(weeks))
    elif weeks:
        console().print(view.habits(weeks))
    else:
        click.echo("No habit is on. Set one with: coach habits set contacts 1/day")


@habits.command(
    "set", epilog=example("coach habits set skills 1/week\n  coach habits set skills off")
)
@click.argument("name", type=_NAME)
@click.argument("target")
def set_(name: str, target: str) -> None:
    """Set a target: so many a day or a week, or off."""
    habit = Habit(name)
    if target.strip().lower() == OFF:
        _switch_off(habit)
        click.echo(f"{name.capitalize()}: off. What you noted is kept.")
        return
    try:
        times, per = parse_target(target)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="TARGET") from error
    with open_log() as log:
        shelf, before = log.shelf(Target), _target(log, habit)
        if before is None:
            shelf.add(Target(habit, times, per), utc_now())
        else:
            shelf.replace(replace(before, times=times, per=per), utc_now())
    click.echo(f"{name.capitalize()}: {times} a {per}. coach habits shows the week.")


def _switch_off(habit: Habit) -> None:
    with open_log() as log:
        before = _target(log, habit)
        if before is not None:
            log.shelf(Target).remove(before.number, utc_now())


def _target(log: Log, habit: Habit) -> Target | None:
    return next((one for one in log.shelf(Target).all() if one.habit is habit), None)


@habits.command(epilog=example('coach habits done contacts --note "Wrote to Ana"'))
@click.argument("name", type=_NAME)
@click.option("--note", help="What it was.")
def done(name: str, note: str | None) -> None:
    """Note that you did it today."""
    habit = Habit(name)
    if habit is Habit.APPLICATIONS:
        raise click.UsageError("Applications count by themselves: coach applications add")
    now = utc_now()
    with open_log() as log:
        log.shelf(Done).add(Done(habit, now.astimezone().date(), note), now)
    click.echo(f"Noted: {name}.")
