"""coach habits"""

from dataclasses import replace
from typing import Any

import click

from coach.cli.options import echo_json, example, json_option, open_log, show_found
from coach.improvement.applications import Application
from coach.improvement.habits import Done, Habit, Target, parse_target, week_of
from coach.improvement.log import Log
from coach.improvement.store import CONVERTER
from coach.practice import users_day, utc_now
from coach.review import applications as view

OFF = "off"


class _Name(click.Choice):
    """A habit by its name or the beginning of it, such as "contact"."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        begun = [name for name in self.choices if value and name.startswith(str(value).lower())]
        return super().convert(begun[0] if len(begun) == 1 else value, param, ctx)


_NAME = _Name([habit.value for habit in Habit])


@click.group(
    invoke_without_command=True,
    epilog=example("coach habits set contacts 1/day\n  coach habits done contacts\n  coach habits"),
)
@json_option
@click.pass_context
def habits(ctx: click.Context, as_json: bool) -> None:
    """This week of your habits: applications, skills, contacts.

    Nothing is on until you set a target or note something. Applications count by themselves.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_log() as log:
        targets, done = log.shelf(Target).all(), log.shelf(Done).all()
        sent = log.shelf(Application).all()
    weeks = week_of(targets, done, sent, users_day())
    none = "No habit is on. Set one with: coach habits set contacts 1/day"
    show_found(weeks, view.habits, none, as_json=as_json)


@habits.command(
    "set", epilog=example("coach habits set skills 1/week\n  coach habits set skills off")
)
@click.argument("name", type=_NAME, metavar="HABIT")
@click.argument("target")
@json_option
def set_(name: str, target: str, as_json: bool) -> None:
    """Set a target for applications, skills or contacts. So many a day or a week, or off."""
    habit = Habit(name)
    wanted = None if target.strip().lower() == OFF else _read(habit, target)
    with open_log() as log:
        kept = _keep(log, habit, wanted)
    if as_json:
        echo_json(CONVERTER.unstructure(kept))
    elif kept is None:
        click.echo(f"{name.capitalize()}: off. What you noted is kept.")
    else:
        click.echo(f"{name.capitalize()}: {kept.times} a {kept.per}. coach habits shows the week.")


def _read(habit: Habit, target: str) -> Target:
    try:
        return Target(habit, *parse_target(target))
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="TARGET") from error


def _keep(log: Log, habit: Habit, wanted: Target | None) -> Target | None:
    shelf = log.shelf(Target)
    before = next((one for one in shelf.all() if one.habit is habit), None)
    if wanted is None:
        if before is not None:
            shelf.remove(before.number, utc_now())
        return None
    if before is None:
        return shelf.add(wanted, utc_now())
    return shelf.replace(replace(wanted, number=before.number), utc_now())


@habits.command(epilog=example('coach habits done contacts --note "Wrote to Ana"'))
@click.argument("name", type=_NAME, metavar="HABIT")
@click.option("--note", help="What it was.")
@json_option
def done(name: str, note: str | None, as_json: bool) -> None:
    """Note a skill that you learned or a contact you made today."""
    habit = Habit(name)
    if habit is Habit.APPLICATIONS:
        raise click.UsageError("Applications count by themselves: coach applications add")
    now = utc_now()
    with open_log() as log:
        noted = log.shelf(Done).add(Done(habit, now.astimezone().date(), note), now)
    if as_json:
        echo_json(CONVERTER.unstructure(noted))
    else:
        click.echo(f"Noted: {name}.")
