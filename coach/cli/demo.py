"""coach demo"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from coach import places
from coach.areas import AREAS
from coach.assessment.norms import Norms
from coach.cli.options import console, example, open_log
from coach.cli.screen import TerminalScreen
from coach.cli.sources import FileSource
from coach.cli.stage import PrintedStage
from coach.improvement.beside import Beside
from coach.improvement.choose import Choice
from coach.improvement.entries import JudgedTake, Rejection
from coach.improvement.feedback import read_feedback
from coach.improvement.standing import Standing
from coach.practice import Again, Desk, all_questions, all_standings, drill, users_day, utc_now
from coach.questions.bank import find_question
from coach.review import said, terminal
from coach.review.clean import marked
from coach.review.progress import sparkline
from coach.transcript.engine import EngineChoice

WORDS = (
    "We liked your experience with guests, but your answers lacked measurable outcomes."
    " In the end another candidate was a closer match."
)
TAKES = ("no-result", "rambling", "good-retake")
ASKED = "resilience-09"  # what the packaged takes answer
SEED = 2  # with it the question comes in the words that they answer (tested)
SHOWN = ("star.result", "star.numbers")


@click.command(epilog=example("coach demo"))
def demo() -> None:
    """See the whole journey with packaged answers. It needs no microphone and keeps nothing.

    A sample rejection is logged in a temporary folder, a question is drawn because of it, and three
    spoken answers go through the same path as your own would.
    """
    out = console()
    with _temporary_home(), open_log() as log:
        now = utc_now()
        _heading(out, "1. A rejection is logged, and names what to work on")
        entry = Rejection(
            "Harbour Hotel", "Shift manager", now.date(), "panel", WORDS,
            read_feedback(WORDS).points,
        )  # fmt: skip
        added = log.add_rejection(entry, now)
        out.print(Text(f"{added.company}, {added.role}: “{added.words}”", "italic"), "")
        out.print(said.points(added.points))

        _heading(out, "2. A question is drawn because of it, and answered aloud three times")
        desk = Desk.lay(log, EngineChoice("sphinx"))
        files = [places.samples() / f"{name}.flac" for name in TAKES]
        with desk.worker:
            takes = drill(
                desk,
                FileSource(files),
                _DemoScreen(out, desk.norms, len(files)),
                questions=(find_question(all_questions(), ASKED),),
                count=1,
                seed=SEED,
            )
        _heading(out, "3. What changed")
        out.print(terminal.takes(reversed(takes), users_day()), "")
        _show_standing(out, all_standings(log, utc_now()))
        out.print(
            "\nThe words were heard on this machine by PocketSphinx, the embedded engine, from"
            "\nsynthetic voices. Nothing was sent anywhere, and this demo's folder is gone now."
        )
        _how_to_start(out)


class _DemoScreen(TerminalScreen):
    """Answers the same question again until the packaged takes are used up."""

    def __init__(self, out: Console, norms: Norms, takes: int) -> None:
        super().__init__(PrintedStage(out), norms)
        self._left = takes
        self._asked = False

    def question(self, choice: Choice, number: int, total: int) -> None:
        if not self._asked:
            super().question(choice, number, total)
        self._asked = True

    def result(self, attempt: JudgedTake, beside: Beside, *, last: bool) -> None:
        super().result(attempt, beside, last=last)
        self._left -= 1
        if self._left:
            raise Again


@contextmanager
def _temporary_home() -> Iterator[None]:
    before = os.environ.get("COACH_HOME")
    with tempfile.TemporaryDirectory(prefix="coach-demo-") as folder:
        os.environ["COACH_HOME"] = str(Path(folder) / "home")
        try:
            yield
        finally:
            if before is None:
                del os.environ["COACH_HOME"]
            else:
                os.environ["COACH_HOME"] = before


def _heading(out: Console, text: str) -> None:
    out.print(Padding(Rule(Text(text, "bold"), align="left"), (1, 0)))


def _show_standing(out: Console, found: Mapping[str, Standing]) -> None:
    for area in SHOWN:
        standing = found[area]
        if standing.levels:
            line = Text.assemble((f"{AREAS[area].name:10}", "bold"), sparkline(standing.levels))
            line.append(f"  {standing.levels[0]:.0%} in the first take, ")
            line.append(f"{standing.levels[-1]:.0%} in the last", "bold green")
            out.print(line.append(f"   ({standing.told})", "dim"))


def _how_to_start(out: Console) -> None:
    out.print(marked("\n[bold]Start for real[/]"))
    for command, what in (
        ("coach setup", "check the microphone; see how to get better words"),
        ("coach rejection add", "log what an employer said to you"),
        ("coach drill", "answer your first question aloud (--typed to type it)"),
    ):
        out.print(Text.assemble("  ", (f"{command:21}", "bold"), what))
