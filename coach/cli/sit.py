"""What every sitting has in common: its options, the stage, and where the answers come from."""

import functools
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach.cli.answering import Manner, MicrophoneSource
from coach.cli.options import (
    FILE,
    console,
    echo_json,
    engine_options,
    json_option,
    say_engine,
    setting,
    together,
)
from coach.cli.screen import TerminalScreen
from coach.cli.sources import FileSource, check_files
from coach.cli.stage import Stage, open_stage
from coach.cli.typed import TypedSource
from coach.errors import NoAnswerError
from coach.improvement.entries import Attempt, Note, State
from coach.improvement.log import Log
from coach.improvement.unfinished import drafts, open_mock, pending, waiting_told
from coach.practice import Desk, Source, sole_sitting, users_day, utc_now
from coach.recording.signals import ending_on_signals
from coach.review import terminal
from coach.review.clean import marked
from coach.transcript.engine import EngineChoice, check_engine
from coach.transcript.live import LiveHearing

Run = Callable[[Desk, Source, TerminalScreen, int], Sequence[Attempt]]


@dataclass(frozen=True)
class Wishes:
    """What the options of a sitting say."""

    engine: EngineChoice
    typed: bool
    files: tuple[Path, ...]
    device: str | None
    auto_stop: bool
    captions: bool
    voice: bool
    plain: bool
    details: bool
    seed: int | None
    as_json: bool

    @property
    def speaks(self) -> bool:
        """Whether the answers are spoken now."""
        return not self.typed and not self.files

    def check(
        self, most: int | None, *, prep: float | None = None, limit: float | None = None
    ) -> None:
        """Refuse options that contradict each other, before anything is logged.

        Args:
            most: questions that can be asked; None where that is not known yet.
            prep, limit: what --prep and --limit say; None where they are not given.

        Raises:
            click.UsageError: one sentence about the first that is found.
        """
        if self.typed and self.files:
            raise click.UsageError("--typed and --from both say where answers come from: give one.")
        spoken = {"--prep": prep, "--limit": limit, "--auto-stop": self.auto_stop,
                  "--captions": self.captions}  # fmt: skip
        for name, given in spoken.items():
            if given and not self.speaks:
                other = "--typed" if self.typed else "--from"
                raise click.UsageError(f"{name} is for answers spoken now, not for {other}.")
        if most is not None and len(self.files) > most:
            asked = "1 question is" if most == 1 else f"{most} questions are"
            raise click.UsageError(
                f"{len(self.files)} files are given and only {asked} asked: give as many of both."
            )


def sitting_options(command: Callable) -> Callable:
    """The options of every sitting, given to the command as one `wishes`."""

    @functools.wraps(command)
    def gathered(
        *args: Any, files: tuple[Path, ...], more: tuple[Path, ...] = (), **options: Any
    ) -> Any:
        names = Wishes.__dataclass_fields__.keys() & options.keys()
        chosen = {name: options.pop(name) for name in names}
        return command(*args, wishes=Wishes(files=(*files, *more), **chosen), **options)

    return together(
        engine_options,
        click.option("--typed", is_flag=True,
                     help="Type the answers. From a pipe, a line with only a dot ends each; "
                     "empty lines belong to it."),
        click.option("--from", "files", type=FILE, multiple=True, metavar="FILE",
                     help="Take an answer from an audio file; may be given several times."),
        click.option("--device", metavar="NAME|NUMBER", default=setting("device"),
                     help="Microphone, see coach setup."),
        click.option("--auto-stop", is_flag=True, help="Let 3.5 s of silence end an answer."),
        click.option("--captions", is_flag=True, help="Show the words while you speak."),
        click.option("--voice/--no-voice", default=setting("voice"),
                     help="Hear the question in the system's voice."),
        click.option("--plain", is_flag=True,
                     help="Print lines and read words, for screen readers and pipes."),
        click.option("--details", is_flag=True, help="Show every sentence with the result."),
        click.option("--seed", type=int, help="Repeat a draw of the same log."),
        json_option,
    )(gathered)  # fmt: skip


# After --from FILE further files may follow, as a shell writes them out for *.wav.
more_files = click.argument("more", nargs=-1, type=FILE, metavar="[FILE]...")


def sit(
    log: Log,
    wishes: Wishes,
    run: Run,
    *,
    prep: float | None = None,
    limit: float | None = None,
    follow_ups: bool = False,
    judged: bool = True,
    listed: bool = True,
    most: int | None = None,
) -> Sequence[Attempt]:
    """Lay the table, hold the sitting, and say what is in the log.

    Args:
        prep: s of thinking time, limit: s of speaking; see `Manner`.
        follow_ups: whether an answer is asked about before it ends.
        judged: whether the answers are heard and judged.
        listed: whether the takes are listed once the one screen of the sitting is gone.
        most: questions that can be asked; None where that is not known yet.

    Raises:
        NoAnswerError, TooManyAnswersError: standard input held none, or more than were asked for.
    """
    wishes.check(most)
    if judged and not wishes.typed:
        check_engine(*wishes.engine)
    out = console()
    out.quiet = wishes.as_json
    desk = Desk.lay(log, wishes.engine)
    stage = open_stage(out, plain=wishes.plain, drawn=wishes.speaks)
    manner = Manner(wishes.auto_stop, wishes.captions, None, prep, limit, follow_ups)
    with ExitStack() as table:
        table.enter_context(sole_sitting())
        source = _source(stage, desk, wishes, manner, judged=judged)
        table.enter_context(ending_on_signals())
        if source.spoken and judged:
            say_engine(out, wishes.engine)
        screen = TerminalScreen(
            stage,
            desk.norms,
            asks=not wishes.files and not wishes.as_json,
            details=wishes.details,
            keep_note=lambda take, words: _keep_note(log, take, words),
            follow_up=source.follow_up if isinstance(source, TypedSource) else None,
        )
        table.enter_context(desk.worker)
        table.enter_context(stage)
        seed = random.SystemRandom().randrange(1 << 31) if wishes.seed is None else wishes.seed
        attempts = run(desk, source, screen, seed)
    if wishes.as_json:
        echo_json([attempt.to_dict() for attempt in attempts])
    elif attempts and judged:
        if listed and stage.draws and all(a.state is State.ASSESSED for a in attempts):
            out.print(terminal.takes(attempts, users_day()), "")
        out.print(marked("[dim]Logged. [/][bold]coach[/][dim] shows what changed.[/]"))
    _say_left(out, log, source, attempts)
    return attempts


def _say_left(out: Console, log: Log, source: Source, attempts: Sequence[Attempt]) -> None:
    """What is not done; where that is all there is to say, that nothing was answered.

    Raises:
        NoAnswerError, TooManyAnswersError: standard input held none, or more than were asked for.
    """
    left, typed = pending(log), drafts(log)
    if left:
        out.print(marked(f"\n{waiting_told(len(left))}: [bold]coach review[/] does it now."))
    if isinstance(source, TypedSource):
        if typed and source.asks:
            in_mock = typed[0].sitting == open_mock(log)
            command = "coach mock --resume --typed" if in_mock else "coach drill --typed"
            out.print(
                marked(
                    "An answer that you did not end is kept as a draft, and not judged.\n"
                    f"[bold]{command}[/] goes on with it."
                )
            )
        source.check_end()
        if source.silent and not attempts:
            raise NoAnswerError(
                "Nothing was answered: the input was over before any answer.",
                "Write your answers to it; a line with only a dot ends each.",
            )
    if not (attempts or left or typed):
        out.print("Nothing was answered.")


def _source(stage: Stage, desk: Desk, wishes: Wishes, manner: Manner, *, judged: bool) -> Source:
    if wishes.typed:
        return TypedSource(stage, desk.norms, desk.log, follow_ups=manner.follow_ups)
    if wishes.files:
        check_files(wishes.files)
        return FileSource(wishes.files)
    if wishes.voice:
        manner = _with_voice(stage.console, manner)
    hearing = LiveHearing(desk.worker) if judged else None
    source = MicrophoneSource(stage, desk.norms, wishes.device, hearing, manner)
    source.check()
    return source


def _with_voice(out: Console, manner: Manner) -> Manner:
    from coach.recording.voice import NO_VOICE, voice_command

    command = voice_command()
    if command is None:
        out.print(Text(NO_VOICE, "yellow"))
    return replace(manner, voice=command)


def _keep_note(log: Log, take: int, words: str) -> None:
    log.shelf(Note).add(Note(take, words), utc_now())
