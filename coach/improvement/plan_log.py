"""The plan in the log: made again, it gains what is new and never changes what the user did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
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


def make_plan(
    log: Log, standings: Mapping[str, Standing], texts: Mapping[str, AreaText], now: datetime
) -> Plan:
    """Tick what the log shows as done, take back what nothing asks for, add what is new, and put
    all of it in order."""
    today = now.astimezone().date()
    shelf = log.shelf(PlanItem)
    items = {item.number: item for item in shelf.all()}
    seen = what_is_seen(log)
    ticked = tick(items.values(), seen, today)
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


def read_plan(log: Log, standings: Mapping[str, Standing]) -> Plan:
    """The plan as it was made last, with what speaks for it today; changes nothing."""
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    items = with_reasons(log.shelf(PlanItem).all(), standings, themes)
    return arrange(items, standings, what_is_seen(log))


def read_item(
    log: Log, number: int, standings: Mapping[str, Standing]
) -> tuple[PlanItem, tuple[date, ...]]:
    """One item with what speaks for it today, and the days on which its measure was met.

    Raises:
        UnknownEntryError: there is none of that number.
    """
    themes = find_themes(log.rejections(), log.feedback(), log.points())
    (item,) = with_reasons([log.shelf(PlanItem).get(number)], standings, themes)
    return item, days_met(item, what_is_seen(log))


def what_is_seen(log: Log) -> Seen:
    """What takes, stories and interviews show, with the day where the user is."""
    levels = {
        area: [(level.when.astimezone().date(), level.met) for level in levels]
        for area, levels in log.levels().items()
    }
    return Seen(levels, log.shelf(Story).all(), _whole_mocks(log))


def _whole_mocks(log: Log) -> tuple[date, ...]:
    """The days of interviews that were answered aloud as a whole on one day."""
    agendas = log.shelf(Agenda).all()
    takes = {take.id: take for take in log.summaries() if take.seconds is not None}
    days: list[date] = []
    for agenda in agendas:
        spoken = [takes[number] for number in log.takes_of(agenda.sitting) if number in takes]
        on = {take.started.astimezone().date() for take in spoken}
        asked = {choice.question.id for choice in agenda.choices}
        if len(on) == 1 and asked <= {take.question for take in spoken}:
            days += on
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
