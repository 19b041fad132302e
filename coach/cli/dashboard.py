"""`coach` alone."""

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from coach import places
from coach.cli.options import console, open_log
from coach.improvement.choose import Known
from coach.improvement.due import due
from coach.improvement.entries import Attempt, State
from coach.improvement.interviews import Interview
from coach.improvement.plan import PlanItem
from coach.improvement.standing import Standing
from coach.practice import all_known, cut_short, pending, questions_left, utc_now
from coach.review import terminal
from coach.review.progress import standing_table

MOST = 5  # rows a section


def show_dashboard() -> None:
    """What is due, how the weak areas stand, the last takes, and one next command."""
    out = console()
    if not places.database().is_file():
        _welcome(out)
        return
    now = utc_now()
    today = now.astimezone().date()
    with open_log() as log:
        rejected, rest = log.rejections(), log.rest_until()
        takes = log.attempts(states=(State.ASSESSED,), limit=MOST)
        known = all_known(log, now)
        dated = due(rejected, log.shelf(Interview).all(), log.shelf(PlanItem).all(), today)
        waiting, left = pending(log), cut_short(log)
        half_way = questions_left(log)
    weak = terminal.weakest(known.standings, MOST)
    if not (rejected or takes or weak or waiting or dated):
        _welcome(out)
        return
    _say_unfinished(out, left, len(waiting), half_way=half_way)
    for one in dated[:MOST]:
        out.print(Text.assemble((one.text, "cyan"), "  ", (one.command, "bold")))
    if dated:
        out.print()
    resting = rest is not None and today < rest
    if weak and not resting:
        out.print("[bold]Weak areas, the most pressing first[/]")
        out.print(standing_table(weak, out.width), "")
    if takes:
        out.print("[bold]Your last takes[/]")
        out.print(terminal.takes(takes), "")
    if resting:
        out.print(f"You rest until {rest:%A, %d %B}. Nothing is to be practised before then.")
        return
    _say_due(out, known, today)
    _suggest(out, weak, takes, rest)


def _say_unfinished(out: Console, left: Sequence[str], waiting: int, *, half_way: bool) -> None:
    """What an earlier sitting did not come to the end of.

    Args:
        left: what crashes left behind, in words.
        waiting: how many takes wait to be judged.
    """
    for text in left:
        out.print(f"[yellow]{text}[/]")
    if waiting:
        count = "One take waits" if waiting == 1 else f"{waiting} takes wait"
        out.print(f"[yellow]{count} to be judged:[/] [bold]coach review[/] does it now.\n")
    if half_way:
        out.print("A mock interview has questions left: [bold]coach mock --resume[/] goes on.\n")


def _say_due(out: Console, known: Known, today: date) -> None:
    due = [due for due in known.questions_due.values() if due.on <= today]
    if due:
        count = "One question is" if len(due) == 1 else f"{len(due)} questions are"
        out.print(f"{count} due again.")


def _suggest(
    out: Console, weak: Sequence[Standing], takes: Sequence[Attempt], rest: date | None
) -> None:
    area = f" --area {weak[0].area}" if weak else ""
    if rest and not any(take.started.astimezone().date() >= rest for take in takes):
        out.print("Your rest is over, and one answer is a start.")
        command, why = f"coach drill{area} --questions 1", ""
    elif not weak:
        command, why = "coach mock", "a mix of questions shows where you stand"
    else:
        command = f"coach drill{area if takes else ''}"
        why = f"{weak[0].area} asks for it most"
    out.print(Text.assemble("Next: ", (command, "bold"), (f"   {why}", "dim")))


def _welcome(out: Console) -> None:
    for command, what in (
        ("coach demo", "see the whole thing work, without a microphone, in a minute"),
        ("coach rejection add", "log a job that turned you down, and what they said"),
        ("coach drill", "answer a question aloud, and see what the answer holds"),
    ):
        out.print(Text.assemble((f"{command:20}", "bold"), what))
