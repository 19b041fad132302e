"""coach drill, coach mock"""

import functools
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

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
from coach.improvement.mock import WHOLE
from coach.improvement.themes import strengths
from coach.practice import Desk, all_questions
from coach.practice import drill as run_drill
from coach.practice import mock as run_mock
from coach.questions.bank import find_question
from coach.questions.filter import Filter
from coach.questions.question import Kind
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


def _filter_options(command: Callable) -> Callable:
    """--field, --level, --kind and --company, given to the command as one `wanted`."""

    @functools.wraps(command)
    def filtered(
        *args: Any, field: str, level: str, kinds: tuple[str, ...], company: str, **options: Any
    ) -> Any:
        wanted = Filter(field, level, tuple(map(Kind, kinds)), company)
        return command(*args, wanted=wanted, **options)

    for option in (
        click.option("--company", default="", help="Questions for this company."),
        click.option("--kind", "kinds", type=click.Choice([kind.value for kind in Kind]),
                     multiple=True, metavar="KIND",
                     help=f"Only questions of this kind: {', '.join(Kind)}."),
        click.option("--level", default="", metavar="LEVEL",
                     help="Questions for this level too: first_job, experienced, leading."),
        click.option("--field", default="", help="Questions for this line of work too."),
    ):  # fmt: skip
        filtered = option(filtered)
    return filtered


@click.command(epilog=example("coach drill --area star.result --questions 2"))
@click.option(
    "--area", "areas", multiple=True, help="Practise this area; may be given several times."
)
@click.option("--rejection", "number", type=int, help="Practise what this rejection named.")
@click.option("--question", "asked", metavar="ID", help="Practise this question of a bank.")
@click.option("--questions", type=click.IntRange(1, 50), default=3, show_default=True)
@_filter_options
@_sitting_options
@click.argument("more", nargs=-1, type=FILE, metavar="[FILE]...")
def drill(
    areas: tuple[str, ...],
    number: int | None,
    asked: str | None,
    questions: int,
    wanted: Filter,
    more: tuple[Path, ...],
    **options,
) -> None:
    """Answer questions aimed at your weak areas; the result follows each answer.

    Enter starts and ends an answer. Ctrl+C ends the sitting and keeps what was recorded. After
    --from FILE, further files may follow.
    """
    bank = (find_question(all_questions(), asked),) if asked else all_questions()
    with open_log() as log:
        named = [find_area(area_id).id for area_id in areas] + _named(log, number)
        refused = [area for area in named if not AREAS[area].drillable]
        named = [area for area in named if area not in refused]
        if refused and not named:
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
                count=questions,
                areas=named,
                wanted=None if asked else wanted,
                seed=seed,
            ),
            more=more,
            asks=True,
            **options,
        )


@click.command(epilog=example("coach mock --length 30 --field software"))
@click.option(
    "--length",
    "minutes",
    type=click.IntRange(5, 90),
    metavar="MINUTES",
    help="As many questions as fit, with time to read and think.",
)
@click.option(
    "--questions", type=click.IntRange(1, 20), help=f"How many; else {WHOLE}, or as --length says."
)
@_filter_options
@_sitting_options
@click.argument("more", nargs=-1, type=FILE, metavar="[FILE]...")
def mock(
    minutes: int | None,
    questions: int | None,
    wanted: Filter,
    more: tuple[Path, ...],
    **options,
) -> None:
    """Sit a whole interview; the results come at the end.

    An opener, your motivation, stories of different competencies, what you would do in a case, an
    awkward one, and your own questions. --field, --level and --company prefer what is made for it.
    """
    if minutes and questions:
        raise click.UsageError("--length and --questions both say how long it is: give one.")
    with open_log() as log:
        if not options["as_json"]:
            _show_strengths(log)
        _sit(
            log,
            lambda desk, source, screen, seed: run_mock(
                desk,
                source,
                screen,
                count=questions,
                minutes=minutes,
                wanted=wanted,
                seed=seed,
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
