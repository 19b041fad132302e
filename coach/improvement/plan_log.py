"""The plan in the log: made again, it gains what is new and never changes what the user did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from coach.improvement.aftercare import resting
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.plan import (
    ItemState,
    Levels,
    Note,
    Plan,
    PlanItem,
    arrange,
    check_room,
    close,
    propose,
    tick,
)
from coach.improvement.standing import Standing
from coach.improvement.store import CONVERTER
from coach.improvement.themes import find_themes
from coach.questions.area_texts import AreaText


def make_plan(
    log: Log, standings: Mapping[str, Standing], texts: Mapping[str, AreaText], now: datetime
) -> Plan:
    """Tick what the takes show as done, add what is new, and put all of it in order."""
    today = now.astimezone().date()
    shelf = log.shelf(PlanItem)
    items = {item.number: item for item in shelf.all()}
    levels = dated_levels(log)
    ticked = tick(items.values(), levels)
    items |= {item.number: item for item in ticked}
    interview = next_interview(log, now)
    until = interview.day if interview else None
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    new, waiting = propose(standings, themes, tuple(items.values()), texts, today, until)
    if ticked or new:
        with log.changing("the plan was brought up to date", now):
            for item in ticked:
                shelf.replace(item, now)
            for item in new:
                added = shelf.add(item, now)
                items[added.number] = added
    plan = arrange(items.values(), standings, levels)
    return replace(plan, waiting=waiting, ticked=tuple(item.number for item in ticked))


def dated_levels(log: Log) -> Levels:
    """What takes showed of each area, with the day where the user is."""
    return {
        area: [(level.when.astimezone().date(), level.met) for level in levels]
        for area, levels in log.levels().items()
    }


def rest_until(log: Log, today: date) -> date | None:
    """The day on which the rest after a rejection ends; None where there is none."""
    found = resting(log.rejections(), today)
    return found.rest_until if found else None


def add_item(log: Log, item: PlanItem, now: datetime) -> PlanItem:
    """Add what the user wants to do.

    Raises:
        PlanFullError: as many items are open as one can work on.
    """
    shelf = log.shelf(PlanItem)
    check_room(shelf.all())
    return shelf.add(item, now)


def close_item(log: Log, number: int, state: ItemState, now: datetime) -> PlanItem:
    """Mark an item as done or dropped.

    Raises:
        UnknownEntryError: there is none of that number, or it is closed already.
    """
    shelf = log.shelf(PlanItem)
    return shelf.replace(close(shelf.get(number), state, now.astimezone().date()), now)


def add_note(log: Log, number: int, text: str, now: datetime) -> PlanItem:
    """Write something to an item.

    Raises:
        UnknownEntryError: there is none of that number.
    """
    shelf = log.shelf(PlanItem)
    item = shelf.get(number)
    note = Note(now.astimezone().date(), text)
    return shelf.replace(replace(item, notes=(*item.notes, note)), now)


def as_dict(plan: Plan) -> dict[str, Any]:
    """For programs; each open item with the days on which its measure was met."""
    days = CONVERTER.unstructure(dict(plan.met))
    return {
        "open": [
            {**CONVERTER.unstructure(item), "days_met": days.get(item.number, [])}
            for item in plan.open
        ],
        "closed": CONVERTER.unstructure(plan.closed),
        "waiting": list(plan.waiting),
        "ticked": list(plan.ticked),
    }
