"""What `coach` alone and the home page show: what is due, how areas stand, the last takes, a step.

`Dashboard` is what both show; here is how it looks on a terminal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Console
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.aftercare import last_rest
from coach.improvement.due import Due, due
from coach.improvement.entries import Attempt, Rejection, State
from coach.improvement.interviews import Interview
from coach.improvement.known import all_known, weakest
from coach.improvement.log import Log
from coach.improvement.plan import PlanItem
from coach.improvement.standing import Standing
from coach.improvement.unfinished import cut_short, pending, questions_left, waiting_told
from coach.review import said, terminal
from coach.review.clean import marked
from coach.review.progress import standing_table

MOST = 5  # rows a section


@dataclass(frozen=True)
class Step:
    """One thing to do next.

    Attributes:
        lead: a sentence before it; empty where there is none.
        why: in a few words; empty where the lead says it.
    """

    command: str
    why: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Unfinished:
    """What an earlier sitting did not come to the end of.

    Attributes:
        left: what crashes left behind, in words.
        waiting: how many takes wait to be judged.
        half_way: whether a mock interview has questions left.
    """

    left: tuple[str, ...] = ()
    waiting: int = 0
    half_way: bool = False

    @property
    def steps(self) -> Iterator[Step]:
        """What to do about it."""
        if self.waiting:
            yield Step("coach review", "does it now.", f"{waiting_told(self.waiting)}:")
        if self.half_way:
            yield Step("coach mock --resume", "goes on.", "A mock interview has questions left:")


@dataclass(frozen=True)
class Dashboard:
    """All of it.

    Attributes:
        dated: what has its day, the earliest first.
        standings: of every area.
        weak: areas, the most pressing first.
        takes: the last ones, the newest first.
        rest: the rejection whose rest ends the latest; it may be over.
        due: how many questions are due again.
        any_rejection: whether one is logged.
    """

    today: date
    unfinished: Unfinished
    dated: tuple[Due, ...]
    standings: Mapping[str, Standing]
    weak: tuple[Standing, ...]
    takes: tuple[Attempt, ...]
    rest: Rejection | None
    due: int
    any_rejection: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever logged."""
        known = self.takes or self.weak or self.unfinished.waiting or self.dated
        return not (self.any_rejection or known)

    @property
    def resting(self) -> Rejection | None:
        """The rejection after which the user rests; None where that is over, or none is noted."""
        until = self._rest_until
        return self.rest if until is not None and self.today < until else None

    @property
    def _rest_until(self) -> date | None:
        return self.rest.rest_until if self.rest else None

    @property
    def step(self) -> Step:
        """What to do next, once the user does not rest."""
        area = f" --area {self.weak[0].area}" if self.weak else ""
        until = self._rest_until
        if until and not any(_day(take) >= until for take in self.takes):
            lead = "Your rest is over, and one answer is a start."
            return Step(f"coach drill{area} --questions 1", "", lead)
        if not self.weak:
            return Step("coach mock", "a mix of questions shows where you stand")
        why = f"most pressing: {AREAS[self.weak[0].area].name}"
        return Step(f"coach drill{area if self.takes else ''}", why)


def read_dashboard(log: Log, now: datetime) -> Dashboard:
    """All that the log says of it."""
    today = now.astimezone().date()
    rejected, known = log.rejections(), all_known(log, now)
    return Dashboard(
        today,
        Unfinished(cut_short(log), len(pending(log)), questions_left(log)),
        due(rejected, log.shelf(Interview).all(), log.shelf(PlanItem).all(), today),
        known.standings,
        tuple(weakest(known.standings)),
        log.attempts(states=(State.ASSESSED,), limit=MOST),
        last_rest(rejected),
        sum(each.on <= today for each in known.questions_due.values()),
        bool(rejected),
    )


def _day(take: Attempt) -> date:
    return take.started.astimezone().date()


WELCOME = (
    Step("coach demo", "see the whole thing work, without a microphone, in a minute"),
    Step("coach rejection add", "log a job that turned you down, and what they said"),
    Step("coach drill", "answer a question aloud, and see what the answer holds"),
)


def resting_lines(found: Dashboard) -> tuple[str, ...]:
    """What the last rejection changed, and the rest after it; empty where there is none."""
    if found.resting is None:
        return ()
    lines = (said.named_by(found.resting), said.resting(found.resting, found.today))
    return tuple(line for line in lines if line)


def due_line(due: int) -> str:
    """How many questions are due again; empty where none is."""
    if not due:
        return ""
    return f"{'One question is' if due == 1 else f'{due} questions are'} due again."


def show(out: Console, found: Dashboard | None) -> None:
    """Print it.

    Args:
        found: None where there is no log yet.
    """
    if found is None or found.is_empty:
        _welcome(out)
        return
    _say_unfinished(out, found.unfinished)
    for one in found.dated[:MOST]:
        out.print(Text.assemble((one.text, "cyan"), "  ", (one.command, "bold")))
    if found.dated:
        out.print()
    if found.weak and not found.resting:
        out.print(marked("[bold]Weak areas, the most pressing first[/]"))
        out.print(standing_table(found.weak, out.width), "")
    if found.takes:
        out.print(marked("[bold]Your last takes[/]"))
        out.print(terminal.takes(found.takes, found.today), "")
    if found.resting:
        for line in resting_lines(found):
            out.print(Text(line))
        return
    if found.due:
        out.print(due_line(found.due))
    _say_step(out, found.step)


def _say_unfinished(out: Console, unfinished: Unfinished) -> None:
    for text in unfinished.left:
        out.print(Text(text, "yellow"))
    for step in unfinished.steps:
        out.print(
            Text.assemble((step.lead, "yellow"), " ", (step.command, "bold"), f" {step.why}\n")
        )


def _say_step(out: Console, step: Step) -> None:
    if step.lead:
        out.print(step.lead)
    out.print(Text.assemble("Next: ", (step.command, "bold"), (f"   {step.why}", "dim")))


def _welcome(out: Console) -> None:
    for step in WELCOME:
        out.print(Text.assemble((f"{step.command:20}", "bold"), step.why))
