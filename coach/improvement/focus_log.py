"""The focus sheet of an interview, from the log and the banks."""

from collections.abc import Mapping
from datetime import datetime

from coach import places
from coach.improvement.focus import FocusSheet, focus_sheet
from coach.improvement.interviews import Interview
from coach.improvement.log import Log
from coach.improvement.plan_log import rest_until
from coach.improvement.removed import removed_questions
from coach.improvement.standing import Standing, weakest
from coach.improvement.stories import Story
from coach.improvement.themes import strengths
from coach.questions.area_texts import load_area_texts
from coach.questions.bank import load_banks


def sheet_of(
    log: Log, interview: Interview, standings: Mapping[str, Standing], now: datetime
) -> FocusSheet:
    """Make it.

    Raises:
        BankError: a bank has a fault.
    """
    today = now.astimezone().date()
    removed = removed_questions(log)
    bank = load_banks((places.shipped_banks(), places.own_banks()))
    return focus_sheet(
        interview,
        weakest(standings, len(standings)),
        log.shelf(Story).all(),
        [question for question in bank if question.id not in removed],
        load_area_texts(places.shipped_banks()),
        today,
        praised=strengths(log.rejections(), log.feedback(), log.points()),
        rest=rest_until(log, today),
    )
