"""coach feedback, coach strengths"""

from dataclasses import replace
from datetime import date, datetime

import click
from rich.text import Text

from coach.areas import find_area
from coach.cli import ask as asking
from coach.cli.ask import DAY
from coach.cli.confirm import points_again, points_of, points_options, words_options
from coach.cli.options import (
    console,
    echo_json,
    example,
    json_option,
    open_log,
    show_found,
    together,
)
from coach.improvement.days import fault_of_days
from coach.improvement.entries import Feedback, Source
from coach.improvement.store import CONVERTER
from coach.improvement.themes import strengths as find_strengths
from coach.practice import users_day, utc_now
from coach.review import said

SOURCES = tuple(source.value for source in Source if source is not Source.EMPLOYER)


@click.group(epilog=example("coach feedback add --source appraisal"))
def feedback() -> None:
    """Log what others say of your work, and your own notes."""


_field_options = together(
    click.option("--source", type=click.Choice(SOURCES), help="Where it comes from."),
    click.option("--who", help="Who said it."),
    click.option(
        "--date", "day", type=DAY, help="Day on which it was said; when added, else today."
    ),
    click.option("--feedback", "words", help="Their words."),
    words_options,
    click.option("--yes", is_flag=True, help="Take the proposed areas as they are."),
)


@feedback.command(
    epilog=example('coach feedback add --source peer --who Sam --feedback "You rushed the end."')
)
@_field_options
@json_option
def add(
    source: str | None,
    who: str | None,
    day: datetime | None,
    words: str | None,
    feedback_file: str | None,
    areas: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Log feedback; what it names is confirmed as with a rejection.

    Criticism joins what you practise, and praise your strengths. On a terminal it asks for what is
    not given.
    """
    out = console()
    asks = asking.can_ask(as_json=as_json)
    when = _day(day) or users_day()
    named = [find_area(area).id for area in areas]
    if source is None:
        label = f"Where it comes from ({', '.join(SOURCES)})"
        source = asking.needed(out, label, "--source", asking.one_of(SOURCES), asks=asks)
    words = words if feedback_file is None else asking.read_text(feedback_file)
    if not words:
        asking.require_terminal(asks, "What was said", "--feedback")
        if who is None and source != Source.OWN:
            who = asking.line(out, "Who said it (Enter skips)", asking.text, None)
        while not words:
            words = asking.line(out, "What was said", asking.text, None, long=True)
    points = points_of(words, named, out, asks=asks and not yes).points
    with open_log() as log:
        added = log.add_feedback(Feedback(Source(source), when, words, who, points), utc_now())
    if as_json:
        echo_json(CONVERTER.unstructure(added))
        return
    out.print(f"Logged as feedback {added.id}.")
    if added.points:
        out.print("", said.points(added.points))


def _day(given: datetime | None) -> date | None:
    """
    Raises:
        click.UsageError: it cannot be right.
    """
    day = given.date() if given else None
    asking.refuse(_fault(day))
    return day


def _fault(day: date | None) -> str | None:
    return fault_of_days(users_day(), ("the feedback", day))


@feedback.command(epilog=example('coach feedback edit 1 --who "my lead" --date 2026-10-01'))
@click.argument("number", type=int)
@_field_options
@points_options
@json_option
def edit(
    number: int,
    source: str | None,
    who: str | None,
    day: datetime | None,
    words: str | None,
    feedback_file: str | None,
    areas: tuple[str, ...],
    yes: bool,
    review: bool,
    dropped: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change one piece of feedback; new words are confirmed anew.

    On a terminal, without options, it asks for each field; Enter keeps what is there. What the
    words name can be changed one by one with --points.
    """
    out = console()
    asks = asking.can_ask(as_json=as_json) and not yes
    named, drops = ([find_area(area).id for area in ids] for ids in (areas, dropped))
    words = words if feedback_file is None else asking.read_text(feedback_file)
    when = _day(day)
    with open_log() as log:
        before = log.feedback_entry(number)
    if review:
        asking.require_terminal(asks, "What the words name", "--area or --drop")
    if not (source or who is not None or when or words or named or drops or review):
        review = True
        asking.require_terminal(asks, "What to change", "an option, such as --who")
        out.print(Text(asking.KEEPS, "dim"))
        source = asking.line(
            out, "Where it comes from", asking.one_of(SOURCES), before.source.value
        )
        who = asking.line(out, "Who said it", asking.text, before.who)
        when = asking.line(out, "Day (YYYY-MM-DD)", asking.day_without(_fault), before.date)
        words = asking.line(out, "What was said", asking.text, before.words, long=True)
    else:
        who = before.who if who is None else who.strip() or None
    changed = replace(
        before,
        source=Source(source or before.source),
        who=who,
        date=when or before.date,
        words=words or before.words,
    )
    points = points_again(before, changed.words, named, drops, out, asks=asks, review=review)
    with open_log() as log:
        saved = log.save_feedback(replace(changed, points=points), utc_now())
    show_found(saved, said.one_feedback, as_json=as_json)


@feedback.command("list", epilog=example("coach feedback list --json"))
@json_option
def list_(as_json: bool) -> None:
    """List feedback, the newest first; a + marks praise."""
    with open_log() as log:
        found = log.feedback()
    none = "No feedback is logged. Log some with: coach feedback add --source appraisal"
    show_found(found, said.feedback, none, as_json=as_json)


@feedback.command(epilog=example("coach feedback show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one piece of feedback: the words, and what they name."""
    with open_log() as log:
        found = log.feedback_entry(number)
    show_found(found, said.one_feedback, as_json=as_json)


@feedback.command(epilog=example("coach feedback remove 1"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(number: int, yes: bool) -> None:
    """Remove one piece of feedback and what it names; it asks first."""
    with open_log() as log:
        log.feedback_entry(number)
        if not asking.agreed_to_remove(f"Remove feedback {number}?", agreed=yes):
            return
        log.remove_feedback(number, utc_now())
    click.echo(f"Feedback {number} is removed. `coach undo` takes that back.")


@click.command(epilog=example("coach strengths"))
@json_option
def strengths(as_json: bool) -> None:
    """Show what was praised, who said it and when."""
    with open_log() as log:
        found = find_strengths(log.rejections(), log.feedback(), log.points())
    if as_json:
        echo_json([{"area": point.area, **evidence.to_dict()} for point, evidence in found])
    elif found:
        console().print(said.strengths(found))
    else:
        click.echo(
            "No praise is logged yet. It comes from `coach rejection add` and from"
            " `coach feedback add`."
        )
