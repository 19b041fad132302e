"""coach applications"""

from dataclasses import replace
from datetime import datetime

import click

from coach.cli.ask import DAY
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.applications import Application, Status, by_channel, by_stage, updated
from coach.improvement.store import CONVERTER
from coach.practice import utc_now
from coach.review import applications as view

STATUSES = tuple(status.value for status in Status)


@click.group(epilog=example("coach applications stats"))
def applications() -> None:
    """What you sent, and what came back."""


@applications.command(
    epilog=example("coach applications add --company Acme --role Analyst --channel referral")
)
@click.option("--company", required=True, help="To whom.")
@click.option("--role", required=True, help="For which job.")
@click.option("--channel", help="Where you found it: job board, referral, agency …")
@click.option("--sent", type=DAY, help="The day, YYYY-MM-DD; today if left out.")
@json_option
def add(company: str, role: str, channel: str | None, sent: datetime | None, as_json: bool) -> None:
    """Note an application."""
    now = utc_now()
    day = sent.date() if sent else now.astimezone().date()
    if not company.strip() or not role.strip():
        raise click.UsageError("Company and role are needed.")
    made = Application(company.strip(), role.strip(), day, (channel or "").strip() or None)
    with open_log() as log:
        added = log.shelf(Application).add(made, now)
    _show(added, as_json=as_json)


def _show(one: Application, *, as_json: bool) -> None:
    if as_json:
        echo_json(CONVERTER.unstructure(one))
    else:
        console().print(view.applications([one]))


@applications.command("list", epilog=example("coach applications list --status sent"))
@click.option(
    "--status", type=click.Choice(STATUSES), metavar="STATUS", help="Only those that stand there."
)
@json_option
def list_(status: str | None, as_json: bool) -> None:
    """List applications, the latest first."""
    with open_log() as log:
        every = log.shelf(Application).all()
    found = [one for one in every if status in (None, one.status.value)]
    found.sort(key=lambda one: (one.sent, one.number), reverse=True)
    if as_json:
        echo_json(CONVERTER.unstructure(found))
    elif found:
        console().print(view.applications(found))
    else:
        click.echo("None there. Note one with: coach applications add")


@applications.command(epilog=example("coach applications update 3 --status phone"))
@click.argument("number", type=int)
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    metavar="STATUS",
    help=f"Where it stands now: {', '.join(STATUSES)}.",
)
@click.option("--answered", type=DAY, help="Day of the first answer, YYYY-MM-DD; else today.")
@click.option("--channel", help="Where you found it.")
@json_option
def update(
    number: int,
    status: str | None,
    answered: datetime | None,
    channel: str | None,
    as_json: bool,
) -> None:
    """Say what came back."""
    if status is None and answered is None and channel is None:
        raise click.UsageError("Say what is new, such as: --status phone")
    now = utc_now()
    day = answered.date() if answered else now.astimezone().date()
    with open_log() as log:
        shelf = log.shelf(Application)
        one = shelf.get(number)
        if answered is not None and day < one.sent:
            raise click.UsageError(f"It was sent on {one.sent}; an answer cannot come before.")
        if channel is not None:
            one = replace(one, channel=channel.strip() or None)
        if answered is not None:
            one = replace(one, answered=day)
        if status is not None:
            one = updated(one, Status(status), day)
        shelf.replace(one, now)
    _show(one, as_json=as_json)
    if status == Status.REJECTED and not as_json:
        click.echo("When you feel like it, coach rejection add makes practice of what they said.")


@applications.command(epilog=example("coach applications stats --json"))
@json_option
def stats(as_json: bool) -> None:
    """Show responses by channel, and how far applications came."""
    with open_log() as log:
        found = log.shelf(Application).all()
    channels, stages = by_channel(found), by_stage(found)
    if as_json:
        echo_json({"channels": CONVERTER.unstructure(channels), "stages": stages})
    elif found:
        console().print(view.stats(channels, stages))
    else:
        click.echo("No application is noted. Note one with: coach applications add")
