"""coach retry, coach warmup"""

from collections.abc import Sequence

import click

from coach.cli.options import console, example, open_log
from coach.cli.screen import TerminalScreen
from coach.cli.sit import Wishes, more_files, sit, sitting_options
from coach.errors import UnknownEntryError
from coach.improvement.entries import Attempt
from coach.improvement.log import Log
from coach.improvement.unfinished import KEPT
from coach.practice import Desk, Source, all_questions
from coach.practice import retry as run_retry
from coach.practice import warmup as run_warmup
from coach.questions.bank import find_question
from coach.questions.question import Question
from coach.review.clean import marked
from coach.review.words import duration

WARM = 120.0  # s


@click.command(epilog=example("coach retry\n  coach retry 12"))
@click.argument("past", metavar="[ID]", required=False)
@sitting_options
def retry(past: str | None, wishes: Wishes) -> None:
    """Answer a past question again, and see what changed since.

    ID is the number of a take (`coach review` lists them) or the id of a question; without it, it
    is the question of the last take.
    """
    with open_log() as log:
        question, why = _past(log, past)
        sit(
            log,
            wishes,
            lambda desk, source, screen, _seed: run_retry(desk, source, screen, question, why),
            most=1,
        )


def _past(log: Log, past: str | None) -> tuple[Question, str]:
    """The question, and why it is asked."""
    if past is not None and not past.isdecimal():
        return find_question(all_questions(), past), "Once more, as you asked."
    take = _last(log) if past is None else log.attempt(int(past))
    return take.question, f"Once more: you answered it in take {take.id}."


def _last(log: Log) -> Attempt:
    takes = log.attempts(states=KEPT, limit=1)  # it may wait to be judged
    if not takes:
        raise UnknownEntryError(
            "No take in the log counts yet.",
            "`coach drill` asks a question; `coach retry ID` asks one again that was put aside.",
        )
    return takes[0]


@click.command(epilog=example("coach warmup"))
@sitting_options
@more_files
def warmup(wishes: Wishes) -> None:
    """Two minutes to warm up: one easy question, and no score.

    The recording is kept in your recordings; it is neither judged nor counted.
    """

    def run(desk: Desk, source: Source, screen: TerminalScreen, _seed: int) -> Sequence[Attempt]:
        answered = run_warmup(desk, source, screen)
        return (answered,) if answered else ()

    with open_log() as log:
        done = sit(log, wishes, run, limit=WARM, judged=False, most=1)
    if done and not wishes.as_json:
        take = done[0].recording
        spoken = f" {duration(take.seconds)} of speaking." if take else ""
        console().print(marked(f"You are warm.{spoken} Next: [bold]coach drill[/]"))
