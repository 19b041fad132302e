"""coach drill, coach mock"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from coach import settings
from coach.areas import AREAS, find_area
from coach.cli.options import (
    FILE,
    console,
    echo_json,
    engine_options,
    example,
    json_option,
    open_log,
    say_engine,
)
from coach.cli.screen import TerminalScreen
from coach.cli.sources import FileSource, MicrophoneSource, TypedSource, check_files
from coach.errors import UnknownAreaError
from coach.improvement.entries import Attempt, Polarity
from coach.improvement.log import Log
from coach.improvement.themes import strengths
from coach.practice import Desk, all_questions
from coach.practice import drill as run_drill
from coach.practice import mock as run_mock
from coach.questions.bank import find_question
from coach.review import said
from coach.transcript.engine import EngineChoice
from coach.transcript.live import LiveHearing


def _sitting_options(command: Callable) -> Callable:
    for option in (
        json_option,
        click.option("--seed", type=int, help="Repeat a draw of the same log."),
        click.option("--captions", is_flag=True, help="Show the words while you speak."),
        click.option("--auto-stop", is_flag=True, help="Let 3.5 s of silence end an answer."),
        click.option("--device", metavar="NAME|NUMBER", help="Microphone, see coach setup."),
        click.option("--from", "files", type=FILE, multiple=True, metavar="FILE",
                     help="Take an answer from an audio file; may be given several times."),
        click.option("--typed", is_flag=True, help="Type the answers instead of speaking."),
        engine_options,
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(epilog=example("coach drill --area star.result --questions 2"))
@click.option(
    "--area", "areas", multiple=True, help="Practise this area; may be given several times."
)
@click.option("--rejection", "number", type=int, help="Practise what this rejection named.")
@click.option("--question", "asked", metavar="ID", help="Practise this question of a bank.")
@click.option("--questions", type=click.IntRange(1, 50), default=3, show_default=True)
@_sitting_options
@click.argument("more", nargs=-1, type=FILE, metavar="[FILE]...")
def drill(
    areas: tuple[str, ...],
    number: int | None,
    asked: str | None,
    questions: int,
    more: tuple[Path, ...],
    **options,
) -> None:
    """Answer questions aimed at your weak areas; the result follows each answer.

    Enter starts and ends an answer. Ctrl+C ends the sitting and keeps what was recorded. After
    --from FILE, further files may follow.
    """
    bank = (find_question(all_questions(), asked),) if asked else all_questions()
    with open_log() as log:
        wanted = [find_area(area_id).id for area_id in areas] + _named(log, number)
        refused = [area for area in wanted if not AREAS[area].drillable]
        wanted = [area for area in wanted if area not in refused]
        if refused and not wanted:
            raise UnknownAreaError(
                f"{AREAS[refused[0]].name} ({refused[0]}) cannot be practised by answering aloud.",
                "`coach area list --all` shows what can; `coach drill` chooses for you.",
            )
        _sit(
            log,
            lambda desk, source, screen, seed: run_drill(
                desk,
                source,
                screen,
                questions=bank,
                count=min(questions, len(bank)),
                areas=wanted,
                seed=seed,
            ),
            more=more,
            asks=True,
            **options,
        )


@click.command(epilog=example("coach mock --questions 5"))
@click.option("--questions", type=click.IntRange(1, 20), default=5, show_default=True)
@_sitting_options
@click.argument("more", nargs=-1, type=FILE, metavar="[FILE]...")
def mock(questions: int, more: tuple[Path, ...], **options) -> None:
    """Sit a whole interview, HR and behavioural questions; the results come at the end."""
    with open_log() as log:
        if not options["as_json"]:
            _show_strengths(log)
        _sit(
            log,
            lambda desk, source, screen, seed: run_mock(
                desk, source, screen, count=questions, seed=seed
            ),
            more=more,
            asks=False,
            **options,
        )


def _show_strengths(log: Log) -> None:
    found = strengths(log.rejections(), log.feedback(), log.points())
    if found:
        console().print(said.some_strengths(found), "")


def _named(log: Log, number: int | None) -> list[str]:
    if number is None:
        return []
    found = [p.area for p in log.rejection(number).points if p.polarity is Polarity.CRITICISM]
    if not found:
        raise UnknownAreaError(
            f"Rejection {number} names no area.", "`coach drill` chooses questions for you."
        )
    return found


def _sit(
    log: Log,
    run: Callable[[Desk, object, TerminalScreen, int], Sequence[Attempt]],
    *,
    engine: EngineChoice,
    typed: bool,
    files: tuple[Path, ...],
    more: tuple[Path, ...],
    device: str | None,
    auto_stop: bool,
    captions: bool,
    seed: int | None,
    as_json: bool,
    asks: bool,
) -> None:
    out = console()
    out.quiet = as_json
    desk = Desk.lay(log, engine)
    paths = [*files, *more]
    if typed:
        source = TypedSource(out)
    elif paths:
        check_files(paths)
        source = FileSource(paths)
    else:
        device = device or settings.load().get("device")
        source = MicrophoneSource(
            out,
            desk.norms,
            device,
            LiveHearing(desk.worker),
            auto_stop=auto_stop,
            captions=captions,
        )
        source.check()
    if source.spoken:
        say_engine(out, engine)
    screen = TerminalScreen(out, desk.norms, asks=asks and not paths and not as_json)
    with desk.worker:
        seed = random.SystemRandom().randrange(1 << 31) if seed is None else seed
        attempts = run(desk, source, screen, seed)
    if as_json:
        echo_json([attempt.to_dict() for attempt in attempts])
    elif attempts:
        out.print("[dim]Logged. [/][bold]coach[/][dim] shows what changed.[/]")
