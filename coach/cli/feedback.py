"""coach feedback, coach strengths"""

from datetime import datetime

import click

from coach.cli import ask as asking
from coach.cli.ask import DAY
from coach.cli.confirm import points_of
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.improvement.entries import Feedback, Source
from coach.improvement.store import CONVERTER
from coach.improvement.themes import strengths as find_strengths
from coach.practice import utc_now
from coach.review import said

SOURCES = tuple(source.value for source in Source if source is not Source.EMPLOYER)


@click.group(epilog=example("coach feedback add --source appraisal"))
def feedback() -> None:
    """Log what others say of your work, and your own notes."""


@feedback.command(
    epilog=example('coach feedback add --source peer --who Sam --feedback "You rushed the end."')
)
@click.option("--source", type=click.Choice(SOURCES), required=True, help="Where it comes from.")
@click.option("--who", help="Who said it.")
@click.option("--date", "day", type=DAY, help="Day on which it was said; today if left out.")
@click.option("--feedback", "words", help="Their words.")
@click.option("--feedback-file", metavar="PATH", help="The same from a file; - is standard input.")
@click.option(
    "--area", "areas", multiple=True, help="An area the words name; instead of proposals."
)
@click.option("--yes", is_flag=True, help="Take the proposed areas as they are.")
@json_option
def add(
    source: str,
    who: str | None,
    day: datetime | None,
    words: str | None,
    feedback_file: str | None,
    areas: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Log feedback; what it names is confirmed as with a rejection.

    Criticism joins what you practise, and praise your strengths.
    """
    out = console()
    asks = asking.can_ask(as_json=as_json)
    words = words if feedback_file is None else asking.read_text(feedback_file)
    if not words:
        asking.require_terminal(asks, "What was said", "--feedback")
        if who is None and source != Source.OWN:
            who = asking.line(out, "Who said it (Enter skips)", asking.text, None)
        while not words:
            words = asking.line(out, "What was said (e: editor)", asking.text, None, long=True)
    points = points_of(words, areas, out, asks=asks and not yes)
    when = day.date() if day else utc_now().astimezone().date()
    with open_log() as log:
        added = log.add_feedback(Feedback(Source(source), when, words, who, points), utc_now())
    if as_json:
        echo_json(CONVERTER.unstructure(added))
        return
    out.print(f"Logged as feedback {added.id}.")
    if added.points:
        out.print("", said.points(added.points))


@feedback.command("list", epilog=example("coach feedback list --json"))
@json_option
def list_(as_json: bool) -> None:
    """List feedback, the newest first; a + marks praise."""
    with open_log() as log:
        found = log.feedback()
    if as_json:
        echo_json(CONVERTER.unstructure(found))
    elif found:
        console().print(said.feedback(found))
    else:
        click.echo("No feedback is logged. Log some with: coach feedback add --source appraisal")


@feedback.command(epilog=example("coach feedback show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one piece of feedback: the words, and what they name."""
    with open_log() as log:
        found = log.feedback_entry(number)
    if as_json:
        echo_json(CONVERTER.unstructure(found))
    else:
        console().print(said.one_feedback(found))


@feedback.command(epilog=example("coach feedback remove 1"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(number: int, yes: bool) -> None:
    """Remove one piece of feedback and what it names; it asks first."""
    with open_log() as log:
        log.feedback_entry(number)
        question = f"Remove feedback {number}?"
        if not (yes or asking.yes(question, asks=asking.can_ask(as_json=False))):
            click.echo("Nothing was removed.")
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
