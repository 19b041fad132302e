"""What a sitting shows on the terminal."""

import sys
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from coach.assessment.norms import SOURCES, Norms
from coach.cli.keys import ENTER, Keys
from coach.errors import CoachError
from coach.improvement.choose import Choice
from coach.improvement.entries import Attempt
from coach.practice import Again, EndOfSitting
from coach.review import terminal


class TerminalScreen:
    """Prints a sitting from top to bottom.

    Args:
        asks: whether somebody is there to say what comes after a result.
    """

    def __init__(self, console: Console, norms: Norms, *, asks: bool) -> None:
        self._console = console
        self._norms = norms
        self._asks = asks and sys.stdin.isatty()

    def question(self, choice: Choice, number: int, total: int) -> None:
        question = choice.question
        band = self._norms.length(question)
        text = Text(question.text, "bold")
        text.append(f"\n\n{choice.why}", "not bold italic")
        text.append(
            f"\n{question.kind.value} · aim at {band.green[0]:.0f}–{band.green[1]:.0f} s"
            f" [{SOURCES[band.source]}]",
            "not bold dim",
        )
        title = f"Question {number} of {total}"
        self._console.print(Panel(text, title=title, title_align="left", padding=(1, 2)))

    def waiting(self, step: str) -> Callable[[], None]:
        """A line that names the step; what it returns is called until the step is over."""
        self._console.print(Text(f"{step} …", "dim"))
        return lambda: None

    def result(self, attempt: Attempt, before: Attempt | None, *, last: bool) -> None:
        self._console.print(Padding(terminal.result(attempt, before, heading=False), (1, 0, 0, 0)))
        if not self._asks:
            return
        self._console.print(
            f"[bold]Enter[/] {'finish' if last else 'next question'} · "
            "[bold]r[/] answer it again · [bold]q[/] end",
            highlight=False,
        )
        with Keys() as keys:
            while (key := keys.get()) not in (ENTER, "r", "q"):
                pass
        if key == "r":
            raise Again
        if key == "q":
            raise EndOfSitting

    def scorecard(self, attempts: Sequence[Attempt]) -> None:
        for attempt in attempts:
            self._console.print(Rule(style="dim"))
            self._console.print(terminal.result(attempt))
        self._console.print(Rule("The whole interview", style="dim"))
        self._console.print(terminal.takes(attempts))

    def note(self, text: str) -> None:
        self._console.print(Text(text, "yellow"))

    def problem(self, error: CoachError) -> None:
        self._console.print(Text(f"{error.message} {error.next_step}", "yellow"))
