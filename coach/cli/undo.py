"""coach undo, coach history"""

import sys

import click

from coach.cli.ask import confirm
from coach.cli.options import echo_json, example, json_option, open_log, show_found
from coach.errors import NoTerminalError
from coach.improvement.history import history as history_of
from coach.improvement.own_questions import own_questions_of
from coach.questions.question import Question
from coach.review.days import listed_moment
from coach.review.history import earlier


@click.command(epilog=example("coach undo"))
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def undo(yes: bool, as_json: bool) -> None:
    """Take back the last change that you made to the log.

    That is an entry that was added, edited, removed or imported, a question of your own that was
    removed, or a correction of a take. Takes themselves stay. Call it again to go back further.
    """
    stay: tuple[Question, ...] = ()
    with open_log() as log:
        last = log.last_change()
        if last is not None:
            if not (yes or _agreed(f"{last.what} ({listed_moment(last.made)})")):
                click.echo("Nothing was changed.", err=True)
                return
            before = log.could_answer()
            log.undo(last)
            stay = own_questions_of(before.keys() - log.could_answer().keys())
    if as_json:
        echo_json({"undone": last and last.what, "still_in_bank": [each.id for each in stay]})
    elif last is None:
        click.echo("There is no change to take back.")
    else:
        click.echo(f"Taken back: {last.what}.")
    for each in () if as_json else stay:
        click.echo(f"Drills still ask “{each.text}”: `coach bank remove {each.id}` ends that.")


def _agreed(what: str) -> bool:
    if not sys.stdin.isatty():
        raise NoTerminalError(
            f"The last change is: {what}. There is no terminal to ask on.",
            "Add --yes to take it back.",
        )
    return confirm(f"The last change is: {what}.\nTake it back?", err=True)


@click.command(epilog=example("coach history rejection 3\n  coach history story 1"))
@click.argument("kind")
@click.argument("number", type=int)
@json_option
def history(kind: str, number: int, as_json: bool) -> None:
    """Show what an entry said before it was changed.

    KIND is rejection, feedback, take, story and so on. What differed before each change is
    shown, the newest change first.
    """
    kind = kind.replace("-", " ")
    with open_log() as log:
        found = history_of(log, kind, number)
    show_found(found, earlier, f"This {kind} was never changed.", as_json=as_json)
