"""`coach` alone."""

from rich.console import Console
from rich.text import Text

from coach import places
from coach.cli.options import console, open_log
from coach.improvement.entries import State
from coach.practice import all_standings, cut_short, pending, utc_now
from coach.review import terminal

MOST = 5  # rows a section


def show_dashboard() -> None:
    """What is due, how the weak areas stand, the last takes, and one next command."""
    out = console()
    if not places.database().is_file():
        _welcome(out)
        return
    with open_log() as log:
        rejections = log.rejections()
        takes = log.attempts(states=(State.ASSESSED,), limit=MOST)
        weak = terminal.weakest(all_standings(log, utc_now()), MOST)
        waiting, left = pending(log), cut_short(log)
    if not (rejections or takes or weak or waiting):
        _welcome(out)
        return
    for text in left:
        out.print(f"[yellow]{text}[/]")
    if waiting:
        count = "One take waits" if len(waiting) == 1 else f"{len(waiting)} takes wait"
        out.print(f"[yellow]{count} to be judged:[/] [bold]coach review[/] does it now.\n")
    if weak:
        out.print("[bold]Weak areas, the most pressing first[/]")
        out.print(terminal.standing_table(weak), "")
    if takes:
        out.print("[bold]Your last takes[/]")
        out.print(terminal.takes(takes), "")
    _suggest(out, weak, bool(takes))


def _suggest(out: Console, weak: list, practised: bool) -> None:
    if weak:
        area = weak[0]
        why = f"{area.area} asks for it most"
        command = f"coach drill --area {area.area}" if practised else "coach drill"
    else:
        why, command = "a mix of questions shows where you stand", "coach mock"
    out.print(Text.assemble("Next: ", (command, "bold"), (f"   {why}", "dim")))


def _welcome(out: Console) -> None:
    for command, what in (
        ("coach demo", "see the whole thing work, without a microphone, in a minute"),
        ("coach rejection add", "log a job that turned you down, and what they said"),
        ("coach drill", "answer a question aloud, and see what the answer holds"),
    ):
        out.print(Text.assemble((f"{command:20}", "bold"), what))
