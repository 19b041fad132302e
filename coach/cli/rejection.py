"""coach rejection"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach import settings
from coach.areas import find_area
from coach.cli import ask as asking
from coach.cli import rejection_form as form
from coach.cli.confirm import points_again, points_of, points_options
from coach.cli.letters import answer, ask
from coach.cli.options import console, echo_json, example, json_option, open_log, say, show_found
from coach.improvement.aftercare import first_step, moved_rest, rest_until, resting
from coach.improvement.applications import Application
from coach.improvement.days import fault_of_rejection
from coach.improvement.entries import RATED, Rejection, same
from coach.improvement.log import Log
from coach.improvement.own_questions import keep_questions
from coach.improvement.rejection_file import read_rejections
from coach.improvement.store import CONVERTER
from coach.improvement.themes import find_themes
from coach.practice import users_day, utc_now
from coach.questions.question import Question
from coach.review import said, terminal
from coach.review.clean import marked

_NAMELESS = {"company": "", "role": ""}  # while they are still to be asked for


@click.group(epilog=example("coach rejection add"))
def rejection() -> None:
    """Log rejections, and see what they ask you to practise."""


rejection.add_command(ask)
rejection.add_command(answer)


@rejection.command(
    epilog=example(
        'coach rejection add --company "Acme" --role "Analyst" --stage panel \\\n'
        '      --feedback "Your answers lacked measurable outcomes."'
    )
)
@form.rejection_options
@click.option(
    "--from-json",
    "path",
    metavar="FILE",
    help="One object or an array, keys as `list --json` prints them; - is standard input.",
)
@json_option
def add(path: str | None, as_json: bool, **options: Any) -> None:
    """Log a job that turned you down, and what the employer said.

    The words become weak areas, which you confirm or change. What lies outside your control is set
    apart and is never drilled. Only company and role are needed: Enter skips the rest.
    """
    if path is not None:
        if any(value not in (None, (), False) for value in options.values()):
            raise click.UsageError("--from-json takes no other field beside it.")
        _add_from_json(path, as_json=as_json)
        return
    out = console()
    asks = asking.can_ask(as_json=as_json) and not options["yes"]
    areas = [find_area(area).id for area in options["areas"]]
    values = form.given(options)
    for name in ("company", "role"):
        if not values.get(name):
            asking.require_terminal(asks, name.capitalize(), f"--{name}")
    today = users_day()
    asking.refuse(fault_of_rejection(Rejection(**{**_NAMELESS, "date": today, **values}), today))
    days, stopped = _days_of_rest(options["rest"]), False
    if asks:
        days, stopped = _ask(out, values, areas, days, today)
    else:
        values["points"] = points_of(values.get("words"), areas, out, asks=False).points
    values = form.folded(values)
    values["date"] = values.get("date") or today
    rest = rest_until(values["date"], settings.value("rest") if days is None else days, today)
    with open_log() as log:
        earlier = log.rejections()
        added = log.add_rejection(Rejection(**values, rest_until=rest), utc_now())
        joined = keep_questions(added.could_answer)
        if as_json:
            echo_json(CONVERTER.unstructure(added))
        else:
            _show_added(out, log, added, joined, today)
            _say_application(log.shelf(Application).all(), added)
    if stopped:
        out.print(
            marked(
                f"\n[bold]coach rejection edit {added.id}[/] goes on where you stopped;"
                " [bold]coach undo[/] takes it out again."
            )
        )
    _say_twins(added, earlier)


def _ask(
    out: Console, values: dict[str, Any], areas: list[str], days: int | None, today: date
) -> tuple[int | None, bool]:
    """Ask for what is not among the values yet, the words that matter first.

    Returns:
        The days of rest, and whether the user left before the end; what was told until then is
        among the values.
    """
    given = frozenset(values) | (frozenset(RATED) if "ratings" in values else frozenset())
    try:
        out.print(marked(form.HOW))
        form.ask_for(out, values, (form.BEGINNING,), given)
        confirmed = points_of(values.get("words"), areas, out, asks=True)
        values["points"] = confirmed.points
        if confirmed.stopped:
            return days, True
        entry = Rejection(**{**form.folded(values), "date": values.get("date") or today})
        form.ask_for(out, values, form.rest_of_form(entry, today), given)
        until = rest_until(values.get("date") or today, settings.value("rest"), today)
        if days is None and until:
            days = form.ask_rest(out)
    except (click.Abort, KeyboardInterrupt):
        if not (values.get("company") and values.get("role")):
            raise
        if "points" not in values:
            values["points"] = points_of(values.get("words"), areas, out, asks=False).points
        out.print("\nStopped here; what you wrote so far is kept.")
        return days, True
    return days, False


def _say_application(applications: Iterable[Application], added: Rejection) -> None:
    for one in applications:
        if one.is_of(added.company, added.role) and not one.status.is_end:
            say(
                f"\nApplication {one.number} is for the same company and role; if that ended with"
                f" this answer: coach applications update {one.number} --status rejected"
            )


def _say_twins(added: Rejection, earlier: Iterable[Rejection]) -> None:
    for one in earlier:
        if same(one.company, added.company) and same(one.role, added.role):
            say(
                f"\nRejection {one.id} ({one.date:%d %B %Y}) has the same company and role. If it"
                " is the same one, `coach undo` takes this one out again."
            )
            return


def _add_from_json(path: str, *, as_json: bool) -> None:
    found = read_rejections(asking.read_text(path), users_day())
    count = "one rejection was" if len(found) == 1 else f"{len(found)} rejections were"
    now = utc_now()
    # One transaction with the bank: where that has a fault, nothing is half-added.
    with open_log() as log, log.changing(f"{count} added from JSON", now):
        added = [log.add_rejection(entry, now) for entry in found]
        keep_questions([text for entry in found for text in entry.could_answer])
    if as_json:
        echo_json(CONVERTER.unstructure(added))
        return
    for entry in added:
        click.echo(f"Logged as rejection {entry.id}: {entry.company}, {entry.role}.")


def _days_of_rest(option: int | None) -> int | None:
    """What the option says, or what the user has set once; None where both are silent."""
    is_own = settings.load()["rest"].is_own
    return settings.value("rest") if option is None and is_own else option


def _show_added(
    out: Console, log: Log, added: Rejection, joined: tuple[Question, ...], today: date
) -> None:
    out.print(f"\nLogged as rejection {added.id}: {added.company}, {added.role}.")
    if added.points:
        out.print("", said.points(added.points))
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    recurring = themes.of(point.area for point in added.points)
    if recurring:
        out.print(marked("\n[bold]What recurs[/]  [dim]coach themes shows the evidence[/]"))
    for theme in recurring:
        out.print(said.theme_line(theme))
    for question in joined:
        out.print(f"\nIn your drill queue as {question.id}: “{question.text}”")
    _show_next(out, added, resting(log.rejections(), today), today)


def _show_next(out: Console, added: Rejection, rest: Rejection | None, today: date) -> None:
    """The first step, and the rest before it.

    Args:
        rest: after which rejection the user rests; it may be another one.
    """
    command, _, reason = first_step(added).partition(": ")
    step = Text.assemble((command, "bold"), f"\n  {reason}")
    if rest is None:
        out.print(Text.assemble("\nNext: ", step))
        return
    out.print(Text(f"\n{said.resting(rest, today)}"))
    if rest.id == added.id:
        out.print("The time is yours: such an answer is about one day and one role.")
        out.print(Text.assemble("After that, one first step: ", step))
    else:
        out.print(Text.assemble("After that, or now if you want to: ", step))


@rejection.command(
    epilog=example(
        'coach rejection edit 1 --stage panel --source ""\n'
        "  coach rejection edit 1 --points\n"
        "  coach rejection edit 1 --drop voice.long --area star.result"
    )
)
@click.argument("number", type=int)
@form.rejection_options
@points_options
@json_option
def edit(
    number: int, as_json: bool, review: bool, dropped: tuple[str, ...], **options: Any
) -> None:
    """Change or fill in the fields of a rejection.

    With options it changes those fields alone, and an empty one is emptied: further questions,
    ratings and areas join those that are there. Without, it asks for each field and shows what is
    there; Enter keeps it. What the words name can be changed one by one with --points.
    """
    out = console()
    asks = asking.can_ask(as_json=as_json) and not options["yes"]
    areas, drops = ([find_area(area).id for area in ids] for ids in (options["areas"], dropped))
    values, today = form.given(options), users_day()
    with open_log() as log:
        before = log.rejection(number)
    if values or areas or drops or review or options["rest"] is not None:
        values = _merged(before, values)
        if values.keys() & {"date", "asked", "answered"}:
            asking.refuse(fault_of_rejection(replace(before, **values), today))
        if review:
            asking.require_terminal(asks, "What the words name", "--area or --drop")
        words = values.get("words", before.words)
        values["points"] = points_again(before, words, areas, drops, out, asks=asks, review=review)
    else:
        asking.require_terminal(asks, "What to change", "an option, such as --stage")
        values = _gone_through(out, before, today)
    day = values["date"] = values.get("date") or before.date
    if options["rest"] is not None:
        values["rest_until"] = rest_until(day, options["rest"], today)
    elif day != before.date:
        values["rest_until"] = moved_rest(before, day, settings.value("rest"), today)
    with open_log() as log:
        saved = log.save_rejection(replace(before, **values), utc_now())
    joined = keep_questions(saved.could_answer)
    if as_json:
        echo_json(CONVERTER.unstructure(saved))
        return
    for question in joined:
        out.print(f"In your drill queue as {question.id}: “{question.text}”")
    out.print(
        marked(
            f"Rejection {number} is changed; [bold]coach rejection show {number}[/] shows it, and"
            " [bold]coach undo[/] takes that back."
        )
    )


def _gone_through(out: Console, before: Rejection, today: date) -> dict[str, Any]:
    """Ask for every field with its present value, and show again what the words name."""
    out.print(marked(form.HOW_TO_EDIT))
    values = form.of(before)
    form.ask_for(out, values, (form.BEGINNING,))
    points = points_again(before, values["words"], (), (), out, asks=True, review=True)
    form.ask_for(out, values, form.rest_of_form(before, today))
    return {**form.folded(values), "points": points}


def _merged(before: Rejection, values: dict[str, Any]) -> dict[str, Any]:
    """Ratings and questions are added to those that are there; every other field is replaced."""
    if "ratings" in values:
        values["ratings"] = {**before.ratings, **values["ratings"]}
    if "could_answer" in values:
        values["could_answer"] = tuple(
            dict.fromkeys([*before.could_answer, *values["could_answer"]])
        )
    return values


@rejection.command(epilog=example("coach rejection remove 1"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(number: int, yes: bool) -> None:
    """Remove a rejection and what it names; it asks first."""
    with open_log() as log:
        found = log.rejection(number)
        question = f"Remove rejection {number} ({found.company}, {found.role})?"
        if not asking.agreed_to_remove(question, agreed=yes):
            return
        log.remove_rejection(number, utc_now())
    click.echo(f"Rejection {number} is removed. `coach undo` takes that back.")


@rejection.command("list", epilog=example("coach rejection list --json"))
@json_option
def list_(as_json: bool) -> None:
    """List rejections, the newest first."""
    with open_log() as log:
        found = log.rejections()
    none = "No rejection is logged. Log one with: coach rejection add"
    show_found(found, terminal.rejections, none, as_json=as_json)


@rejection.command(epilog=example("coach rejection show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one rejection: the words, and what they ask for."""
    with open_log() as log:
        found = log.rejection(number)
    show_found(found, said.rejection, as_json=as_json)
