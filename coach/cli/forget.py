"""coach forget"""

from datetime import datetime

import click

from coach.cli.ask import DAY, agreed_to_remove
from coach.cli.options import console, example, open_log
from coach.improvement.copies import moved_aside
from coach.improvement.local_time import aware
from coach.review.days import listed

_FINAL = (
    "{what} will be removed for good: recordings, words, results and notes, what was deleted within"
    " the last day, every way to undo it, and the daily copies of the log. Rejections, plans,"
    " stories and your own questions stay, as do backups and exports that you made."
)


@click.command(epilog=example("coach forget --before 2026-01-01\n  coach forget --all"))
@click.option("--before", type=DAY, metavar="YYYY-MM-DD", help="Takes from before this day.")
@click.option("--all", "every", is_flag=True, help="All takes.")
@click.option("--yes", "agreed", is_flag=True, help="Do not ask.")
def forget(before: datetime | None, every: bool, agreed: bool) -> None:
    """Remove takes for good; this cannot be undone.

    Nothing of their words is left in the database file or its daily copies. To remove one take, and
    to have a day to change your mind: coach review ID --delete
    """
    if (before is None) is not every:
        raise click.UsageError("Say which: --before YYYY-MM-DD, or --all")
    moment = aware(before) if before else None
    out = console()
    what = f"Takes from before {listed(before)}" if before else "All takes"
    out.print(_FINAL.format(what=what))
    if not agreed_to_remove("This is final. Remove them?", agreed=agreed):
        return
    with open_log() as log:
        gone = log.forget(moment)
    out.print(f"{gone} take{' is' if gone == 1 else 's are'} gone for good.")
    aside = moved_aside()
    if aside:
        out.print(
            "What a restore or damage once moved aside was not touched, and may hold takes:"
            f" {', '.join(map(str, aside))}. Delete it when you need it no longer.",
            soft_wrap=True,
        )
