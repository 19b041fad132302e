"""coach applications"""

from dataclasses import replace
from datetime import datetime

import click
from rich.text import Text

from coach.cli import ask as asking
from coach.cli.ask import DAY
from coach.cli.options import console, echo_json, example, json_option, open_log, say, show_found
from coach.improvement.applications import (
    Application,
    Status,
    by_channel,
    by_stage,
    updated,
    with_log,
)
from coach.improvement.days import fault_of_days
from coach.improvement.interviews import Interview
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
@click.option("--company", help="To whom.")
@click.option("--role", help="For which job.")
@click.option("--channel", help="Where you found it: job board, referral, agency …")
@click.option("--sent", type=DAY, help="The day, YYYY-MM-DD; today if left out.")
@json_option
def add(
    company: str | None,
    role: str | None,
    channel: str | None,
    sent: datetime | None,
    as_json: bool,
) -> None:
    """Note an application.

    On a terminal it asks for what is not given.
    """
    now, out = utc_now(), console()
    asks = asking.can_ask(as_json=as_json)
    asked = company is None or role is None
    if company is None:
        company = asking.needed(out, "To whom", "--company", asking.text, asks=asks)
    if role is None:
        role = asking.needed(out, "For which job", "--role", asking.text, asks=asks)
    if asked and channel is None:
        channel = asking.line(out, "Where you found it (Enter skips)", asking.text, None)
    day = sent.date() if sent else now.astimezone().date()
    made = Application(company.strip(), role.strip(), day, (channel or "").strip() or None)
    _check(made, now)
    with open_log() as log:
        earlier = log.shelf(Application).all()
        added = log.shelf(Application).add(made, now)
    _show(added, as_json=as_json)
    for one in earlier:
        if one.is_of(added.company, added.role):
            say(
                f"Application {one.number} ({one.sent:%d %B %Y}) has the same company and role. If"
                " it is the same one, `coach undo` takes this one out again."
            )
            break


def _check(one: Application, now: datetime) -> None:
    """
    Raises:
        click.UsageError: a name is empty, or a day cannot be right.
    """
    if not one.company or not one.role:
        raise click.UsageError("Company and role are needed.")
    asking.refuse(_fault(one, now))


def _fault(one: Application, now: datetime) -> str | None:
    return fault_of_days(
        now.astimezone().date(),
        ("the application (sent)", one.sent),
        ("the first answer (answered)", one.answered),
    )


def _show(one: Application, *, as_json: bool) -> None:
    show_found(one, lambda one: view.applications([one]), as_json=as_json)


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
    none = "None there. Note one with: coach applications add"
    show_found(found, view.applications, none, as_json=as_json)


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
        if channel is not None:
            one = replace(one, channel=channel.strip() or None)
        if answered is not None:
            one = replace(one, answered=day)
        if status is not None:
            one = updated(one, Status(status), day)
        _check(one, now)
        shelf.replace(one, now)
    _show(one, as_json=as_json)
    if status == Status.REJECTED and not as_json:
        click.echo("When you feel like it, coach rejection add makes practice of what they said.")


@applications.command(epilog=example("coach applications edit 3 --role Analyst --sent 2026-11-02"))
@click.argument("number", type=int)
@click.option("--company", help="To whom.")
@click.option("--role", help="For which job.")
@click.option("--channel", help="Where you found it.")
@click.option("--sent", type=DAY, help="The day, YYYY-MM-DD.")
@json_option
def edit(
    number: int,
    company: str | None,
    role: str | None,
    channel: str | None,
    sent: datetime | None,
    as_json: bool,
) -> None:
    """Change what is noted of an application; the earlier version is kept.

    On a terminal, without options, it asks for each field; Enter keeps what is there.
    """
    now, out = utc_now(), console()
    with open_log() as log:
        before = log.shelf(Application).get(number)
    day = sent.date() if sent else before.sent
    if company is None and role is None and channel is None and sent is None:
        asks = asking.can_ask(as_json=as_json)
        asking.require_terminal(asks, "What to change", "an option, such as --role")
        out.print(Text(asking.KEEPS, "dim"))
        company = asking.line(out, "To whom", asking.text, before.company)
        role = asking.line(out, "For which job", asking.text, before.role)
        channel = asking.line(out, "Where you found it", asking.text, before.channel) or ""
        parse = asking.day_without(lambda day: _fault(replace(before, sent=day), now))
        day = asking.line(out, "Sent on (YYYY-MM-DD)", parse, before.sent) or before.sent
    changed = replace(
        before,
        company=(before.company if company is None else company).strip(),
        role=(before.role if role is None else role).strip(),
        channel=(before.channel if channel is None else channel.strip()) or None,
        sent=day,
    )
    _check(changed, now)
    with open_log() as log:
        log.shelf(Application).replace(changed, now)
    _show(changed, as_json=as_json)


@applications.command(epilog=example("coach applications remove 3"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(number: int, yes: bool) -> None:
    """Remove an application; coach undo brings it back."""
    with open_log() as log:
        shelf = log.shelf(Application)
        one = shelf.get(number)
        question = f"Remove application {number} ({one.company}, {one.role})?"
        if not asking.agreed_to_remove(question, agreed=yes):
            return
        shelf.remove(number, utc_now())
    click.echo(f"Application {number} is removed. `coach undo` takes that back.")


@applications.command(epilog=example("coach applications stats --json"))
@json_option
def stats(as_json: bool) -> None:
    """Show responses by channel, and how far applications came.

    Interviews and rejections of the same company and role count with an application. Only stages
    that are noted count.
    """
    with open_log() as log:
        talks, answers = log.shelf(Interview).all(), log.rejections()
        found = [with_log(one, talks, answers) for one in log.shelf(Application).all()]
    channels, stages = by_channel(found), by_stage(found)
    if as_json:
        echo_json({"channels": CONVERTER.unstructure(channels), "stages": stages})
    elif found:
        console().print(view.stats(channels, stages))
    else:
        click.echo("No application is noted. Note one with: coach applications add")
