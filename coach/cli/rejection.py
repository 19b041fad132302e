"""coach rejection"""

import sys
from datetime import datetime

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from coach.areas import AREAS, find_area
from coach.cli.ask import read_text
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.errors import CoachError, NoTerminalError
from coach.improvement.entries import FeedbackPoint, Polarity, Rejection
from coach.improvement.feedback import Reading, read_feedback
from coach.improvement.store import CONVERTER
from coach.practice import utc_now
from coach.review import terminal

STAGES = ("application", "screening", "phone", "first", "panel", "task", "final")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(epilog=example("coach rejection add"))
def rejection() -> None:
    """Log rejections, and see what they ask you to practise."""


@rejection.command(
    epilog=example(
        'coach rejection add --company "Acme" --role "Analyst" --stage panel \\\n'
        '      --feedback "Your answers lacked measurable outcomes."'
    )
)
@click.option("--company", help="Who turned you down.")
@click.option("--role", help="For which job.")
@click.option("--date", "day", type=DAY, help="Day of their answer, YYYY-MM-DD; today if left out.")
@click.option("--stage", type=click.Choice(STAGES), help="How far it got.")
@click.option("--feedback", help="The employer's words.")
@click.option(
    "--feedback-file", metavar="PATH", help="The same from a file, or - for standard input."
)
@click.option(
    "--area", "areas", multiple=True, help="An area the words name; instead of proposals."
)
@click.option("--yes", is_flag=True, help="Take the proposed areas as they are.")
@json_option
def add(
    company: str | None,
    role: str | None,
    day: datetime | None,
    stage: str | None,
    feedback: str | None,
    feedback_file: str | None,
    areas: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Log a job that turned you down, and what the employer said.

    The words become weak areas, which you confirm or change. What lies outside your control is set
    apart and is never drilled.
    """
    named = [find_area(area_id) for area_id in areas]
    words = feedback if feedback_file is None else read_text(feedback_file)
    out = console()
    asks = sys.stdin.isatty() and not as_json
    company = company or _ask(asks, "Company", "--company")
    role = role or _ask(asks, "Role", "--role")
    if asks and stage is None:
        stage = _ask_stage(out)
    if asks and words is None:
        out.print("What did they say? (one line; Enter if they gave no reason)")
        words = click.prompt("", default="", show_default=False, prompt_suffix="> ") or None
    if named:
        points = tuple(
            FeedbackPoint(area.id, Polarity.CRITICISM, words or "named by you") for area in named
        )
    else:
        points = _points(read_feedback(words or ""), out, asks=asks and not yes)
    entry = Rejection(
        company,
        role,
        day.date() if day else utc_now().astimezone().date(),
        stage,
        words,
        points,
    )
    with open_log() as log:
        added = log.add_rejection(entry, utc_now())
    if as_json:
        echo_json(CONVERTER.unstructure(added))
    else:
        _show_added(out, added)


def _ask(asks: bool, name: str, option: str) -> str:
    if not asks:
        raise NoTerminalError(
            f"{name} is not given, and there is no terminal to ask on.", f"Add {option}."
        )
    return click.prompt(name)


def _ask_stage(out: Console) -> str | None:
    out.print(f"How far did it get? {', '.join(STAGES)}")
    choice = click.Choice((*STAGES, ""))
    return (
        click.prompt(
            "Stage (Enter if unknown)",
            type=choice,
            default="",
            show_choices=False,
            show_default=False,
        )
        or None
    )


def _points(reading: Reading, out: Console, *, asks: bool) -> tuple[FeedbackPoint, ...]:
    points = list(reading.points)
    while asks:
        _show_proposals(out, points)
        answer = click.prompt(
            "Enter to accept, numbers to drop, or area ids to add", default="", show_default=False
        )
        if not answer.strip():
            break
        points = _changed(points, answer.replace(",", " ").split(), out)
    return tuple(points)


def _show_proposals(out: Console, points: list[FeedbackPoint]) -> None:
    if not points:
        out.print("Their words name nothing to work on. `coach area list --all` shows every area.")
    for number, point in enumerate(points, 1):
        area = AREAS[point.area]
        kind = "praise" if point.polarity is Polarity.PRAISE else "to work on"
        if not area.controllable:
            kind = "outside your control"
        out.print(
            Text.assemble((f"{number:2} ", "bold"), area.name, (f"  {area.id}, {kind}", "dim"))
        )
        out.print(Padding(Text(f"“{point.words}”", "italic dim"), (0, 0, 0, 5)))


def _changed(points: list[FeedbackPoint], answers: list[str], out: Console) -> list[FeedbackPoint]:
    drop = {int(answer) for answer in answers if answer.isdigit()}
    kept = [point for number, point in enumerate(points, 1) if number not in drop]
    for answer in answers:
        if answer.isdigit():
            continue
        try:
            area = find_area(answer)
        except CoachError as error:
            out.print(f"[yellow]{error.message} {error.next_step}[/]")
            continue
        kept.append(FeedbackPoint(area.id, Polarity.CRITICISM, "added by you"))
    return kept


def _show_added(out: Console, added: Rejection) -> None:
    out.print(f"Logged as rejection {added.id}: {added.company}, {added.role}.")
    if added.points:
        out.print("", terminal.points(added))
    drillable = any(
        AREAS[point.area].drillable and point.polarity is Polarity.CRITICISM
        for point in added.points
    )
    if drillable:
        out.print(f"\nNext: [bold]coach drill --rejection {added.id}[/]")
    else:
        out.print(
            "\nNothing in their words asks for practice. Next: [bold]coach mock[/] shows where you"
            " stand."
        )


@rejection.command("list", epilog=example("coach rejection list --json"))
@json_option
def list_(as_json: bool) -> None:
    """List rejections, the newest first."""
    with open_log() as log:
        found = log.rejections()
    if as_json:
        echo_json(CONVERTER.unstructure(found))
    elif found:
        console().print(terminal.rejections(found))
    else:
        click.echo("No rejection is logged. Log one with: coach rejection add")


@rejection.command(epilog=example("coach rejection show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one rejection: the words, and what they ask for."""
    with open_log() as log:
        found = log.rejection(number)
    if as_json:
        echo_json(CONVERTER.unstructure(found))
        return
    out = console()
    stage = f", stage: {found.stage}" if found.stage else ""
    out.print(f"[bold]{found.company}[/], {found.role}, {found.date:%d %B %Y}{stage}")
    out.print(Text(f"“{found.words}”" if found.words else "They gave no reason.", "italic"), "")
    out.print(terminal.points(found))
