"""coach review"""

import json
import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from coach import places
from coach.assessment.assessment import Correction
from coach.assessment.norms import load_norms
from coach.assessment.star import StarPart
from coach.cli.options import (
    FILE,
    console,
    echo_json,
    engine_options,
    example,
    json_option,
    open_log,
)
from coach.cli.screen import TerminalScreen
from coach.errors import NoSuchFileError, NoTerminalError, UnknownEntryError
from coach.improvement.entries import Attempt, State
from coach.improvement.log import Log
from coach.practice import Desk, catch_up, correct, pending, training_line, utc_now
from coach.review import terminal
from coach.transcript.engine import EngineChoice

MOST = 50  # rows


@click.command(epilog=example("coach review --search supplier\n  coach review 3 --play"))
@click.argument("number", type=int, required=False)
@click.option(
    "--search", metavar="WORDS", help="Only takes in which these words were asked or said."
)
@click.option("--play", is_flag=True, help="Play the recording of the take.")
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
@engine_options
@json_option
def review(
    number: int | None,
    search: str | None,
    play: bool,
    corrections: str | None,
    export: Path | None,
    engine: EngineChoice,
    as_json: bool,
) -> None:
    """List past takes, or show one with its transcript and findings.

    Takes that an earlier sitting left unfinished are heard and judged first.
    """
    if (play or corrections is not None) and number is None:
        raise click.UsageError("Name a take, such as: coach review 3 --play")
    out = console()
    out.quiet = as_json
    with open_log() as log:
        if pending(log):
            desk = Desk.lay(log, engine)
            with desk.worker:
                catch_up(desk, TerminalScreen(out, desk.norms, asks=False))
        if export is not None:
            _export(out, log, export)
            return
        if corrections is not None:
            _correct(out, log, log.attempt(number), corrections)
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


def _correct(out: Console, log: Log, attempt: Attempt, answer: str) -> None:
    if attempt.assessment is None or attempt.assessment.shares is None:
        raise UnknownEntryError(
            f"Take {attempt.id} has no Situation, Task, Action and Result to correct.",
            "`coach review` lists your takes.",
        )
    if not answer:
        if not sys.stdin.isatty():
            raise NoTerminalError(
                "No correction is given, and there is no terminal to ask on.",
                "Name them, such as: --correct 3=R,5=O",
            )
        out.print(terminal.transcript(attempt, numbered=True))
        out.print("S, T, A, R, or O for none of them; such as: 3=R 5=O")
        answer = click.prompt("", default="", show_default=False, prompt_suffix="> ")
    changes = [_change(attempt, one) for one in answer.replace(",", " ").split()]
    if changes:
        correct(log, attempt, changes, load_norms(places.own_norms()), utc_now())


def _change(attempt: Attempt, text: str) -> Correction:
    number, _, part = text.upper().partition("=")
    sentences = attempt.assessment.sentences
    if not (number.isdigit() and 1 <= int(number) <= len(sentences) and part in {*"STARO"}):
        raise click.UsageError(
            f'"{text}" is not the number of a sentence (1 to {len(sentences)}), "=", and one of'
            " S, T, A, R, O."
        )
    sentence = sentences[int(number) - 1]
    return Correction(sentence.first, sentence.last, None if part == "O" else StarPart(part))


def _export(out: Console, log: Log, file: Path) -> None:
    corrected = [attempt for attempt in log.attempts() if attempt.corrections]
    lines = [json.dumps(training_line(attempt), ensure_ascii=False) for attempt in corrected]
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            opened.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise places.unwritable(file, error) from error
    out.print(f"{len(lines)} corrected takes are in {file}.")


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
