"""What `coach` alone and the home page show: what is due, how areas stand, the last takes, a step.

`Dashboard` is what both show; here is how it looks on a terminal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rich.console import Console
from rich.text import Text

from coach.areas import AREAS
from coach.improvement.aftercare import last_rest
from coach.improvement.due import AHEAD, Due, due
from coach.improvement.entries import Attempt, Rejection, State
from coach.improvement.focus_log import sheet_of
from coach.improvement.interviews import Interview, next_interview
from coach.improvement.known import all_known
from coach.improvement.log import Log
from coach.improvement.plan import PlanItem, tick
from coach.improvement.plan_log import what_is_seen
from coach.improvement.standing import HIGH, LOW, Standing, weakest
from coach.improvement.unfinished import (
    cut_short,
    drafts,
    open_mock,
    pending,
    waiting_told,
)
from coach.review import said, terminal
from coach.review.clean import marked
from coach.review.progress import standing_table

MOST = 5  # rows a section
SHOWN_WEAK = 2  # areas that takes show to be weak, and that are always among the rows
JUST_OVER = timedelta(days=3)  # in which the end of a rest is told


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
        in_mock: whether a typed answer to one of them was left in the middle.
        drafts: whether one to another question was.
    """

    left: tuple[str, ...] = ()
    waiting: int = 0
    half_way: bool = False
    in_mock: bool = False
    drafts: bool = False

    @property
    def steps(self) -> Iterator[Step]:
        """What to do about it."""
        if self.waiting:
            yield Step("coach review", "does it now.", f"{waiting_told(self.waiting)}:")
        if self.half_way:
            typed = " --typed" if self.in_mock else ""
            yield Step(
                f"coach mock --resume{typed}", "goes on.", "A mock interview has questions left:"
            )
        if self.drafts:
            lead = "An answer that you typed was left in the middle:"
            yield Step("coach drill --typed", "goes on with it.", lead)


@dataclass(frozen=True)
class Dashboard:
    """All of it.

    Attributes:
        dated: what has its day, the earliest first.
        standings: of every area.
        weak: areas, the most pressing first.
        mended: ids of areas that somebody named and that the takes show to hold now.
        takes: the last ones, the newest first.
        rest: the rejection whose rest ends the latest; it may be over.
        due: how many questions are due again.
        occasion: what an interview asks for today; None where there is nothing.
        any_rejection: whether one is logged.
    """

    today: date
    unfinished: Unfinished
    dated: tuple[Due, ...]
    standings: Mapping[str, Standing]
    weak: tuple[Standing, ...]
    mended: tuple[str, ...]
    takes: tuple[Attempt, ...]
    rest: Rejection | None
    due: int
    occasion: Step | None
    any_rejection: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever logged."""
        known = self.takes or self.weak or any(self.unfinished.steps) or self.dated
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
        if self.occasion:
            return self.occasion
        pressing, until = self._pressing, self._rest_until
        fresh = until and until <= self.today < until + JUST_OVER
        if until and fresh and not any(_day(take) >= until for take in self.takes):
            lead = "Your rest is over, and one answer is a start."
            area = f" --area {pressing.area}" if pressing else ""
            return Step(f"coach drill{area} --questions 1", "", lead)
        if not pressing:
            return Step("coach mock", "a mix of questions shows where you stand")
        due = "what is due, and " if self.due else ""
        return Step("coach drill", f"{due}most pressing: {AREAS[pressing.area].name}")

    @property
    def _pressing(self) -> Standing | None:
        """Of those that the user practises: not of the voice, where all answers are typed."""
        typed = bool(self.takes) and all(take.path is None for take in self.takes)
        aims = (one for one in self.weak if not (typed and AREAS[one.area].of_voice))
        return next(aims, None)


def read_dashboard(log: Log, now: datetime) -> Dashboard:
    """All that the log says of it."""
    here = now.astimezone()
    today = here.date()
    rejected, known = log.rejections(), all_known(log, now)
    interviews = log.shelf(Interview).all()
    return Dashboard(
        today,
        _unfinished(log),
        due(rejected, interviews, _open_items(log, today), here),
        known.standings,
        _weak(known.standings),
        tuple(one.area for one in known.standings.values() if one.holds and one.mentions),
        log.attempts(states=(State.ASSESSED,), limit=MOST),
        last_rest(rejected),
        sum(each.on <= today for each in known.questions_due.values()),
        _occasion(log, interviews, known.standings, here),
        bool(rejected),
    )


def _unfinished(log: Log) -> Unfinished:
    mock = open_mock(log)
    in_mock = [draft.sitting == mock for draft in drafts(log)]
    return Unfinished(
        cut_short(log), len(pending(log)), mock is not None, any(in_mock), not all(in_mock)
    )


def _weak(standings: Mapping[str, Standing]) -> tuple[Standing, ...]:
    """The most pressing, among them what was practised and is weak, be others named more often."""
    ranked = [one for one in weakest(standings, len(standings)) if not _is_well(one)]
    shown = [one for one in ranked if one.level is not None and one.level < LOW][:SHOWN_WEAK]
    others = [one for one in ranked if one not in shown][: MOST - len(shown)]
    return tuple(one for one in ranked if one in shown or one in others)


def _is_well(one: Standing) -> bool:
    """Whether the takes show it so; a single one does not."""
    return one.takes > 1 and one.level is not None and one.level >= HIGH


def _open_items(log: Log, today: date) -> list[PlanItem]:
    """Items of the plan, without those that `coach plan` will tick."""
    items = [item for item in log.shelf(PlanItem).all() if item.is_open]
    ticked = {item.number for item in tick(items, what_is_seen(log, today))} if items else ()
    return [item for item in items if item.number not in ticked]


def _occasion(
    log: Log, interviews: Sequence[Interview], standings: Mapping[str, Standing], now: datetime
) -> Step | None:
    """To look back on an interview that was just held, or today's line of the next one's sheet."""
    today = now.date()
    for one in interviews:
        if one.debrief is None and one.is_over(now) and today - one.day <= timedelta(days=1):
            why = "three questions keep what the interview showed"
            return Step(f"coach interview debrief {one.number}", why)
    ahead = next_interview(log, now)
    if ahead is None or (ahead.day - today).days > AHEAD:
        return None
    sheet = sheet_of(log, ahead, standings, now)
    line = next((day for day in sheet.days if day.day == today), None)
    if line is None:
        return None
    return Step(line.command, f"{line.what} ({line.minutes} min, your interview's plan)")


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


def due_step(due: int) -> Step | None:
    """How many questions are due again; None where none is."""
    if not due:
        return None
    count, them = ("One question is", "it") if due == 1 else (f"{due} questions are", "them")
    return Step("coach drill --due", f"asks {them}.", f"{count} due again:")


def mended_line(areas: Sequence[str]) -> str:
    """What was named and holds now; empty where nothing does."""
    return f"What holds now: {', '.join(AREAS[area].name for area in areas)}." if areas else ""


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
    if found.mended and not found.resting:
        out.print(f"{mended_line(found.mended)}\n")
    if found.takes:
        out.print(marked("[bold]Your last takes[/]"))
        out.print(terminal.takes(found.takes, found.today), "")
    if found.resting:
        for line in resting_lines(found):
            out.print(Text(line))
        return
    due = due_step(found.due)
    if due:
        out.print(Text.assemble(due.lead, " ", (due.command, "bold"), f" {due.why}"))
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
