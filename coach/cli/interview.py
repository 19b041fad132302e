"""coach interview"""

import shlex
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach.cli import ask as asking
from coach.cli.options import (
    console,
    echo_json,
    example,
    json_option,
    open_log,
    say,
    show_found,
    together,
)
from coach.errors import NoTerminalError, UnknownEntryError
from coach.improvement.entries import STAGES
from coach.improvement.focus_log import sheet_of
from coach.improvement.interviews import Interview, Outcome, close_to, debriefed
from coach.improvement.own_questions import keep_questions
from coach.improvement.store import CONVERTER
from coach.practice import all_standings, users_day, utc_now
from coach.review import interviews as view
from coach.review.clean import marked
from coach.review.days import listed

MOMENT = asking.Moment(hours=True)
OUTCOMES = tuple(outcome.value for outcome in Outcome)
_WHEN = "The day, YYYY-MM-DD, or with the hour, YYYY-MM-DDTHH:MM."
_ASK_WHEN = "On which day (YYYY-MM-DD, or with the hour YYYY-MM-DD HH:MM)"


@click.group(epilog=example("coach interview list"))
def interview() -> None:
    """Dated interviews: a focus sheet before, a debrief after."""


_field_options = together(
    click.option("--date", "moment", type=MOMENT, help=_WHEN),
    click.option("--role", help="For which job, as the posting says it."),
    click.option("--stage", type=click.Choice(STAGES[1:]), help="Which round."),
    click.option("--company", help="With whom."),
)


def _given(
    moment: datetime | None, role: str | None, stage: str | None, company: str | None
) -> dict[str, Any]:
    """The fields that were given; midnight stands for a day without an hour."""
    fields: dict[str, Any] = {}
    if moment is not None:
        fields["day"] = moment.date()
        fields["clock"] = f"{moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else None
    if role is not None:
        if not role.strip():
            raise click.UsageError("The role is empty.")
        fields["role"] = role.strip()
    if stage is not None:
        fields["stage"] = stage
    if company is not None:
        fields["company"] = company.strip() or None
    return fields


@interview.command(
    epilog=example(
        'coach interview add --date 2026-12-03T10:30 --role "Shift manager" \\\n'
        '      --company "Harbour Hotel" --stage panel'
    )
)
@_field_options
@json_option
def add(
    moment: datetime | None,
    role: str | None,
    stage: str | None,
    company: str | None,
    as_json: bool,
) -> None:
    """Note an interview; `coach` has its practice day by day.

    On a terminal it asks for what is not given.
    """
    now, asks = utc_now(), asking.can_ask(as_json=as_json)
    made = Interview(**_asked_for(_given(moment, role, stage, company), asks=asks))
    with open_log() as log:
        near = close_to(made, log.shelf(Interview).all())
        added = log.shelf(Interview).add(made, now)
    if as_json:
        echo_json(CONVERTER.unstructure(added))
        return
    out = console()
    out.print(Text.assemble(f"Interview {added.number}: ", view.heading(added)))
    _say_close(near)
    step = "focus" if added.is_ahead(now) else "debrief"
    out.print(marked(f"Next: [bold]coach interview {step} {added.number}[/]"))


def _say_close(near: Iterable[Interview]) -> None:
    for one in near:
        clock = f" at {one.clock}" if one.clock else ""
        say(
            f"Interview {one.number} ({one.company or one.role}) is on the same day{clock}; if that"
            f" is too close, `coach interview edit {one.number} --date` moves it."
        )


def _asked_for(fields: dict[str, Any], *, asks: bool) -> dict[str, Any]:
    """With what an interview needs; where any of it was asked for, so is the company."""
    out = console()
    before = len(fields)
    if "day" not in fields:
        fields |= asking.needed(out, _ASK_WHEN, "--date", _moment, asks=asks)
    if "role" not in fields:
        fields["role"] = asking.needed(out, "For which job", "--role", asking.text, asks=asks)
    if "stage" not in fields:
        label = f"Which round ({', '.join(STAGES[1:])})"
        stage = asking.one_of(STAGES[1:])
        fields["stage"] = asking.needed(out, label, "--stage", stage, asks=asks)
    if len(fields) > before and "company" not in fields:
        fields["company"] = asking.line(out, "With whom (Enter skips)", asking.text, None)
    return fields


def _moment(typed: str) -> dict[str, Any]:
    """The day and the hour, as fields of an interview."""
    try:
        return _given(MOMENT.convert(typed.replace(" ", "T"), None, None), None, None, None)
    except click.BadParameter as error:
        raise ValueError(f"Please type {_WHEN[0].lower()}{_WHEN[1:]}") from error


@interview.command("list", epilog=example("coach interview list --json"))
@json_option
def list_(as_json: bool) -> None:
    """List interviews, the latest first."""
    with open_log() as log:
        found = sorted(log.shelf(Interview).all(), key=lambda one: one.begins, reverse=True)
    none = "No interview is noted. Note one with: coach interview add"
    show_found(found, view.interviews, none, as_json=as_json)


@interview.command(epilog=example("coach interview show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one interview, and what you said of it afterwards."""
    with open_log() as log:
        found = log.shelf(Interview).get(number)
    show_found(found, view.interview, as_json=as_json)


@interview.command(epilog=example("coach interview edit 1 --date 2026-12-05T09:00"))
@click.argument("number", type=int)
@_field_options
@json_option
def edit(
    number: int,
    moment: datetime | None,
    role: str | None,
    stage: str | None,
    company: str | None,
    as_json: bool,
) -> None:
    """Change what is noted of an interview, such as its day."""
    fields = _given(moment, role, stage, company)
    if not fields:
        raise click.UsageError("Say what to change, such as: --date 2026-12-05")
    with open_log() as log:
        shelf = log.shelf(Interview)
        changed = shelf.replace(replace(shelf.get(number), **fields), utc_now())
        near = close_to(changed, shelf.all()) if "day" in fields else ()
    show_found(changed, view.interview, as_json=as_json)
    _say_close(near)


@interview.command(epilog=example("coach interview remove 1"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(number: int, yes: bool) -> None:
    """Remove an interview; coach undo brings it back."""
    with open_log() as log:
        shelf = log.shelf(Interview)
        found = shelf.get(number)
        if not asking.agreed_to_remove(f"Remove the interview ({found.role})?", agreed=yes):
            return
        shelf.remove(number, utc_now())
    click.echo(f"Removed interview {number}: {found.role}.")


@interview.command(epilog=example("coach interview focus 1"))
@click.argument("number", type=int)
@json_option
def focus(number: int, as_json: bool) -> None:
    """Print the focus sheet. What to work on, what others praised, stories, what to find out,
    likely questions, questions to ask them, and a day-by-day plan."""
    now = utc_now()
    today = now.astimezone().date()
    with open_log() as log:
        found = log.shelf(Interview).get(number)
        if found.is_over(now):
            raise UnknownEntryError(
                f"Interview {number} was on {listed(found.day)}.",
                f"Say how it went: coach interview debrief {number}",
            )
        sheet = sheet_of(log, found, all_standings(log, now), now)
    show_found(sheet, lambda sheet: view.focus(sheet, today), as_json=as_json)


@interview.command(
    epilog=example(
        'coach interview debrief 1 --went-well "The tour of the kitchen" \\\n'
        '      --hard "Why did you leave so soon?" --practise --outcome rejection'
    )
)
@click.argument("number", type=int)
@click.option("--went-well", help="What went well?")
@click.option("--hard", multiple=True, help="A question that was hard; may be given several times.")
@click.option("--differently", help="What would you do differently?")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="What came of it, once you know.")
@click.option("--practise", is_flag=True, help="Put the hard questions into your drill queue.")
@json_option
def debrief(
    number: int,
    went_well: str | None,
    hard: tuple[str, ...],
    differently: str | None,
    outcome: str | None,
    practise: bool,
    as_json: bool,
) -> None:
    """Answer three questions after an interview, and note its outcome.

    On a terminal, without options, it asks; Enter leaves one out. It can be run again when
    the outcome is known: what you told before is kept.
    """
    out = console()
    asks = asking.can_ask(as_json=as_json)
    with open_log() as log:
        before = log.shelf(Interview).get(number)
    asking.refuse(_fault(before))
    hard = tuple(question.strip() for question in hard if question.strip())
    if not (went_well or hard or differently or outcome):
        if not asks:
            raise NoTerminalError(
                "Nothing is told, and there is no terminal to ask on.",
                "Add --went-well, --hard, --differently or --outcome.",
            )
        went_well, hard, differently, outcome, practise = _asked(out, before)
    now = utc_now()
    told = debriefed(
        before, users_day(), went_well, hard, differently, Outcome(outcome) if outcome else None
    )
    assert told.debrief is not None  # it has just been written
    with open_log() as log:
        log.shelf(Interview).replace(told, now)
        joined = keep_questions(told.debrief.hard) if practise else ()
    if as_json:
        echo_json(CONVERTER.unstructure(told))
        return
    out.print(view.interview(told))
    for question in joined:
        out.print(Text(f"\nIn your drill queue as {question.id}: “{question.text}”"))
    if told.debrief.outcome is Outcome.REJECTION:
        out.print("\nNext, when you feel like it:")
        out.print(Text(_log_rejection(told), "bold"), soft_wrap=True)  # to be copied
    elif told.debrief.outcome is Outcome.NEXT_ROUND:
        out.print("\nNext, once you know its day and round:")
        out.print(Text(f"coach interview add{_who(told)}", "bold"), soft_wrap=True)


def _fault(one: Interview) -> str | None:
    """Why it cannot be debriefed; its hour may have been moved within the day."""
    if one.day <= users_day():
        return None
    return (
        f"Interview {one.number} is still to come, on {listed(one.day)}. If it was on another day:"
        f" coach interview edit {one.number} --date YYYY-MM-DD"
    )


def _asked(
    out: Console, before: Interview
) -> tuple[str | None, tuple[str, ...], str | None, str | None, bool]:
    told = before.debrief
    went_well = asking.line(
        out, "What went well?", asking.text, told.went_well if told else None, long=True
    )
    hard = asking.line(
        out,
        "What was asked that was hard? One a line",
        asking.lines,
        told.hard if told else (),
        long=True,
    )
    differently = asking.line(
        out,
        "What would you do differently?",
        asking.text,
        told.differently if told else None,
        long=True,
    )
    label = f"What came of it? ({', '.join(OUTCOMES)}; Enter if not known)"
    known = told.outcome.value if told and told.outcome else None
    outcome = asking.line(out, label, asking.one_of(OUTCOMES), known)
    practise = bool(hard) and asking.confirm("Practise the hard questions in drills?")
    return went_well, hard, differently, outcome, practise


def _log_rejection(told: Interview) -> str:
    return f"coach rejection add{_who(told)} --stage {told.stage}"


def _who(told: Interview) -> str:
    """Company and role as options of a command."""
    company = f" --company {shlex.quote(told.company)}" if told.company else ""
    return f"{company} --role {shlex.quote(told.role)}"
