"""coach review"""

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from coach.cli.options import console, echo_json, engine_options, example, json_option, open_log
from coach.cli.screen import TerminalScreen
from coach.errors import NoSuchFileError
from coach.improvement.entries import Attempt, State
from coach.practice import Desk, catch_up, pending
from coach.review import terminal

MOST = 50  # rows


@click.command(epilog=example("coach review --search supplier\n  coach review 3 --play"))
@click.argument("number", type=int, required=False)
@click.option(
    "--search", metavar="WORDS", help="Only takes in which these words were asked or said."
)
@click.option("--play", is_flag=True, help="Play the recording of the take.")
@engine_options
@json_option
def review(
    number: int | None,
    search: str | None,
    play: bool,
    engine: str,
    model: str | None,
    as_json: bool,
) -> None:
    """List past takes, or show one with its transcript and findings.

    Takes that an earlier sitting left unfinished are heard and judged first.
    """
    if play and number is None:
        raise click.UsageError("--play needs the number of a take, such as: coach review 3 --play")
    out = console()
    out.quiet = as_json
    with open_log() as log:
        if pending(log):
            desk = Desk.lay(log, engine, model)
            with desk.worker:
                catch_up(desk, TerminalScreen(out, desk.norms, asks=False))
        if number is not None:
            _show_one(out, log.attempt(number), play=play, as_json=as_json)
            return
        shown = (State.RECORDED, State.TRANSCRIBED, State.ASSESSED)
        found = log.search(search, MOST) if search else log.attempts(states=shown, limit=MOST)
    if as_json:
        echo_json([attempt.to_dict() for attempt in found])
    elif found:
        out.print(terminal.takes(found))
    elif search:
        out.print(Text(f"In no take was “{search}” asked or said."))
    else:
        out.print("No takes yet. Record one with: [bold]coach drill[/]")


def _show_one(out: Console, attempt: Attempt, *, play: bool, as_json: bool) -> None:
    if as_json:
        echo_json(attempt.to_dict())
    elif attempt.assessment is None:
        out.print(Text(f"Take {attempt.id} has not been judged: it is {attempt.state.value}."))
    else:
        out.print(Padding(terminal.transcript(attempt), (0, 0, 1, 0)))
        out.print(terminal.result(attempt))
    if play:
        _play(out, attempt)


def _play(out: Console, attempt: Attempt) -> None:
    if attempt.path is None:
        raise NoSuchFileError(f"Take {attempt.id} was typed.", "There is nothing to play.")
    if not attempt.path.is_file():
        raise NoSuchFileError(
            f"The recording {attempt.path} is gone.", "The words are still in the log."
        )
    from coach.recording.microphone import play  # PortAudio: 0.1-0.4 s

    out.print("[dim]Playing; Ctrl+C stops.[/]")
    play(attempt.path)
