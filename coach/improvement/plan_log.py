"""The plan in the log: made again, it gains what is new and never changes what the user did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from coach.improvement.aftercare import resting
from coach.improvement.agenda import Agenda
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.measures import Seen
from coach.improvement.plan import (
    ItemState,
    Note,
    Plan,
    PlanItem,
    arrange,
    check_room,
    close,
    days_met,
    propose,
    tick,
    with_reasons,
    withdrawn,
)
from coach.improvement.standing import Standing
from coach.improvement.store import CONVERTER
from coach.improvement.stories import Story
from coach.improvement.themes import find_themes
from coach.questions.area_texts import AreaText

FEWEST = 5  # questions of a whole interview, as the item's steps ask for
BREAK = timedelta(hours=6)  # from its first answer to its last: what takes longer was left


def make_plan(
    log: Log, standings: Mapping[str, Standing], texts: Mapping[str, AreaText], now: datetime
) -> Plan:
    """Tick what the log shows as done, take back what nothing asks for, add what is new, and put
    all of it in order."""
    today = now.astimezone().date()
    shelf = log.shelf(PlanItem)
    items = {item.number: item for item in shelf.all()}
    seen = what_is_seen(log, today)
    ticked = tick(items.values(), seen)
    items |= {item.number: item for item in ticked}
    interview = next_interview(log, now)
    until = interview.day if interview else None
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    back = withdrawn(items.values(), standings, themes, seen)
    for item in back:
        del items[item.number]
    new, waiting = propose(
        standings, themes, tuple(items.values()), texts, today, until=until, seen=seen
    )
    if ticked or new or back:
        with log.changing("the plan was brought up to date", now):
            for item in ticked:
                shelf.replace(item, now)
            for item in back:
                shelf.remove(item.number, now)
            for item in new:
                added = shelf.add(item, now)
                items[added.number] = added
    plan = arrange(with_reasons(items.values(), standings, themes), standings, seen)
    return replace(plan, waiting=waiting, ticked=ticked, withdrawn=back)


def read_plan(log: Log, standings: Mapping[str, Standing], today: date) -> Plan:
    """The plan as it was made last, with what speaks for it today; changes nothing."""
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    items = with_reasons(log.shelf(PlanItem).all(), standings, themes)
    return arrange(items, standings, what_is_seen(log, today))


def read_item(
    log: Log, number: int, standings: Mapping[str, Standing], today: date
) -> tuple[PlanItem, tuple[date, ...]]:
    """One item with what speaks for it today, and the days on which its measure was met.

    Raises:
        UnknownEntryError: there is none of that number.
    """
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    (item,) = with_reasons([log.shelf(PlanItem).get(number)], standings, themes)
    return item, days_met(item, what_is_seen(log, today))


def what_is_seen(log: Log, today: date) -> Seen:
    """What takes, stories and interviews show, with the day where the user is.

    Interviews are looked through only while an open item counts them.
    """
    levels = {
        area: [(level.when.astimezone().date(), level.met) for level in levels]
        for area, levels in log.levels().items()
    }
    counted = any(each.is_open and each.action == "pressure" for each in log.shelf(PlanItem).all())
    mocks = whole_mocks(log) if counted else ()
    return Seen(levels, log.shelf(Story).all(), mocks, today)


def whole_mocks(log: Log) -> tuple[date, ...]:
    """The days on which interviews began that were answered aloud as a whole, without a break."""
    spoken = log.spoken_by_sitting()
    days: list[date] = []
    for agenda in log.shelf(Agenda).all():
        takes = spoken.get(agenda.sitting, [])
        asked = {choice.question.id for choice in agenda.choices}
        if len(asked) < FEWEST or not asked <= {question for question, _ in takes}:
            continue
        first, last = takes[0][1], takes[-1][1]
        if last - first < BREAK:
            days.append(first.astimezone().date())
    return tuple(days)


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
        "waiting": CONVERTER.unstructure(plan.waiting),
        "ticked": [item.number for item in plan.ticked],
        "withdrawn": [item.number for item in plan.withdrawn],
    }
