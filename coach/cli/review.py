"""coach review"""

import json
import os
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console, Group
from rich.text import Text

from coach import places
from coach.areas import find_area
from coach.assessment.star import StarPart
from coach.cli import one_take
from coach.cli.ask import DAY
from coach.cli.options import (
    FILE,
    console,
    echo_json,
    engine_options,
    example,
    json_option,
    open_log,
)
from coach.cli.page import check_options, open_page
from coach.cli.screen import TerminalScreen
from coach.cli.stage import PrintedStage
from coach.improvement.entries import JudgedTake
from coach.improvement.local_time import aware
from coach.improvement.log import Log
from coach.improvement.searching import Wanted, since_rejection
from coach.practice import Desk, catch_up, pending, training_line, users_day
from coach.review import takes
from coach.review.clean import marked
from coach.review.words import number_of
from coach.transcript.engine import EngineChoice

MOST = 50  # rows a page


def _part(_ctx: click.Context, _param: click.Parameter, letter: str | None) -> StarPart | None:
    """The part of a letter, small or capital."""
    if letter is None:
        return None
    try:
        return StarPart(letter.upper())
    except ValueError as error:
        named = ", ".join(StarPart)
        raise click.BadParameter(f"“{letter}” is none of {named}.") from error


@click.command(
    epilog=example(
        'coach review --search "night shift" --missing R\n'
        "  coach review 3 --play R\n  coach review 3 --edit\n  coach review --web"
    )
)
@click.argument("number", type=int, required=False)
@click.option(
    "--search",
    metavar="WORDS",
    help='Only takes in which these words were asked, said or noted: ovens "two weeks".',
)
@click.option(
    "--area",
    "area_id",
    metavar="AREA_ID",
    help="Only takes whose question is about this area, or that fell short in it.",
)
@click.option("--question", metavar="ID|WORDS", help="Only takes of this question.")
@click.option("--since", type=DAY, help="Only takes from this day on.")
@click.option("--sitting", type=int, metavar="N", help="Only takes of this sitting.")
@click.option(
    "--rejection",
    type=int,
    metavar="N",
    help="Only takes since this rejection that bear on what it named.",
)
@click.option(
    "--missing",
    callback=_part,
    metavar="|".join(StarPart),
    help="Only stories in which this part is missing.",
)
@click.option("--starred", is_flag=True, help="Only takes that you starred.")
@click.option(
    "--page", type=click.IntRange(1), metavar="N", default=1, help=f"The list has {MOST} a page."
)
@click.option(
    "--play",
    metavar="[PART|M:SS]",
    is_flag=False,
    flag_value="",
    help="Play the recording: all, or from a part such as R or a time such as 0:45 on.",
)
@click.option("--reassess", is_flag=True, help="Judge it by today's assessor.")
@click.option("--edit", is_flag=True, help="Mend its words in your editor; findings follow.")
@click.option("--star/--unstar", default=None, help="Mark it, or take the mark away.")
@click.option("--note", metavar="TEXT", help="Note something to yourself.")
@click.option("--delete", is_flag=True, help="Delete it; for a day coach undo brings it back.")
@click.option("--yes", is_flag=True, help="Do not ask before it is deleted.")
@click.option(
    "--correct",
    "corrections",
    metavar="N=PART",
    is_flag=False,
    flag_value="",
    help="Say what sentences are, such as 3=R,5=O; without a value it asks.",
)
@click.option(
    "--export-corrections", "export", type=FILE, help="Write corrected takes as training lines."
)
@click.option("--web", is_flag=True, help="Open the page: look, listen and correct in a browser.")
@click.option("--no-browser", is_flag=True, help="With --web: only print the page's address.")
@engine_options
@json_option
def review(
    number: int | None,
    search: str | None,
    area_id: str | None,
    question: str | None,
    since: datetime | None,
    sitting: int | None,
    rejection: int | None,
    missing: StarPart | None,
    starred: bool,
    page: int,
    play: str | None,
    reassess: bool,
    edit: bool,
    star: bool | None,
    note: str | None,
    delete: bool,
    yes: bool,
    corrections: str | None,
    export: Path | None,
    web: bool,
    no_browser: bool,
    engine: EngineChoice,
    as_json: bool,
) -> None:
    """List past takes, or show one with its words and findings.

    Takes that an earlier sitting left unfinished are heard and judged first.
    """
    if web:
        check_options(click.get_current_context())
    todo = one_take.Todo(play, corrections, note, star, reassess, edit, delete, yes)
    if number is None and todo != one_take.Todo():
        raise click.UsageError("Name a take first, such as: coach review 3 --play")
    out = console()
    out.quiet = as_json
    with open_log() as log:
        if pending(log):
            desk = Desk.lay(log, engine)
            with desk.worker:
                catch_up(desk, TerminalScreen(PrintedStage(out), desk.norms))
        if web:
            path = f"/takes/{log.attempt(number).id}" if number is not None else "/"
        elif export is not None:
            _export(out, log, export)
        elif number is not None:
            one_take.do(out, log, number, todo, as_json=as_json)
        else:
            wanted = Wanted(
                words=search,
                areas=(find_area(area_id).id,) if area_id else (),
                question=question,
                since=aware(since) if since else None,
                sitting=sitting,
                missing=missing,
                starred=starred,
            )
            if rejection is not None:
                wanted = since_rejection(wanted, log.rejection(rejection))
            _list(out, log, wanted, page, as_json=as_json)
    if web:
        open_page(out, path, in_browser=not no_browser)


def _list(out: Console, log: Log, wanted: Wanted, page: int, *, as_json: bool) -> None:
    first = MOST * (page - 1)
    found = log.find(wanted, MOST, first)
    attempts = [log.attempt(number) for number in found.numbers]
    if as_json:
        texts = {number: snippet.to_dict() for number, snippet in found.snippets.items()}
        echo_json([{**take.to_dict(), "found": texts.get(take.id)} for take in attempts])
    elif attempts:
        shown = takes.listed(attempts, found.snippets, users_day())
        _print_paged(out, Group(shown, takes.pages(first, len(attempts), found.total, page)))
    elif found.total:
        out.print(f"There are only {found.total} takes; page {page} is beyond them.")
    elif wanted == Wanted():
        out.print(marked("No takes yet. Record one with: [bold]coach drill[/]"))
    elif wanted == Wanted(words=wanted.words):
        out.print(Text(f"In no take was “{wanted.words}” asked, said or noted."))
    else:
        out.print("No take fits all of that. Fewer conditions find more.")


def _print_paged(out: Console, shown: Group) -> None:
    """Print it; where it is longer than the terminal, through the pager."""
    with out.capture() as caught:
        out.print(shown)
    text = caught.get()
    if out.is_terminal and text.count("\n") >= out.height:
        click.echo_via_pager(text, color=out.color_system is not None)
    else:
        out.print(shown)


def _export(out: Console, log: Log, file: Path) -> None:
    takes = [take for take in log.attempts() if isinstance(take, JudgedTake) and take.corrections]
    lines = [json.dumps(training_line(take), ensure_ascii=False) for take in takes]
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise places.unwritable(file, error) from error
    out.print(f"{number_of(len(lines), 'corrected take')} written to {file}.")
