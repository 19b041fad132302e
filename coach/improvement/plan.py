"""The personal development plan: what the weak areas ask for, and how far each of it has come.

Pure: what was said, what the takes show, the items so far and the day go in; items come out.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar

from coach.areas import AREAS
from coach.errors import PlanFullError, UnknownEntryError
from coach.improvement.points import with_origin
from coach.improvement.standing import LOW, Standing
from coach.improvement.themes import RECURS, Themes
from coach.questions.area_texts import AreaText

SHIPPED = Path(__file__).with_name("plan.toml")
MOST = 7  # open items
PRESSING = 0.25  # need from which an area that somebody named asks for an item
TAKES = 3  # that show an area before they alone ask for one
DAYS = 3  # different days on which a measure is to be met
MET = 1.0  # level of a take that meets it
QUOTES = 3  # of the evidence
MEASURED = "drill"  # the action whose measure the coach sees in the takes
BY_HAND = "by hand"

Levels = Mapping[str, Sequence[tuple[date, float]]]  # by area: the day of a take and its level


class ItemState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Note:
    """What the user wrote to an item."""

    day: date
    text: str


@dataclass(frozen=True)
class PlanItem:
    """One thing to do.

    Attributes:
        action: its id in plan.toml; BY_HAND where the user named something else.
        title: what to do, in a few words.
        why: the evidence, quoted; empty where the user gave none.
        measure: what shows that it is done.
        review: the day on which to look at it again.
        area: id of the area that it serves; None where it serves none.
        closed: the day on which it was done or dropped.
        ticked: whether the takes closed it, and not the user.
        number: 0 until it is in the log.
    """

    KIND: ClassVar[str] = "plan item"
    LISTED_BY: ClassVar[str] = "coach plan --all"
    action: str
    title: str
    why: tuple[str, ...]
    measure: str
    review: date
    opened: date
    area: str | None = None
    state: ItemState = ItemState.OPEN
    closed: date | None = None
    ticked: bool = False
    notes: tuple[Note, ...] = ()
    number: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN

    @property
    def is_measured(self) -> bool:
        return self.action == MEASURED and self.area is not None


@dataclass(frozen=True)
class Action:
    """A way to work on an area; texts with places for those of the area.

    Attributes:
        days: until it is looked at again.
        steps: three, concrete.
    """

    id: str
    name: str
    days: int
    measure: str
    steps: tuple[str, ...]


@cache
def load_actions() -> tuple[dict[str, Action], dict[str, tuple[str, ...]]]:
    """The actions by id, and the ids that suit each area."""
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    actions = {
        name: Action(name, one["name"], one["days"], one["measure"], tuple(one["steps"]))
        for name, one in data["actions"].items()
    }
    return actions, {area: tuple(names) for area, names in data["areas"].items()}


def pressing(standings: Mapping[str, Standing]) -> dict[str, float]:
    """How much each area asks for an item, 0 to 1; those that do not are left out.

    Areas come up because somebody named them and the takes do not show the contrary, or because
    TAKES takes or more show that they need work. What lies outside the user's control comes up only
    where it recurs and plan.toml knows something to do about it.
    """
    _, suited = load_actions()
    worth = {area: _worth(standings[area]) for area in suited}
    ranked = sorted(worth, key=lambda area: (-worth[area], area))
    return {area: worth[area] for area in ranked if worth[area] > 0}


def _worth(standing: Standing) -> float:
    area = AREAS[standing.area]
    if area.drillable:
        named = bool(standing.mentions) and standing.need >= PRESSING
        shown = standing.takes >= TAKES and standing.level is not None and standing.level < LOW
        return standing.need if named or shown else 0.0
    enough = standing.places >= (1 if area.controllable else RECURS)
    return 1 - 0.5**standing.places if enough else 0.0


def propose(
    standings: Mapping[str, Standing],
    themes: Themes,
    items: Sequence[PlanItem],
    texts: Mapping[str, AreaText],
    today: date,
    until: date | None = None,
) -> tuple[tuple[PlanItem, ...], tuple[str, ...]]:
    """New items, the most pressing first, as many as there is room for.

    An area has one open item at a time, and what is done once for every area, such as a research
    checklist, is not asked for twice while another action suits. What the user dropped, and what is
    done, comes back only after the area was named anew.

    Args:
        themes: how often each area recurs, which is told first where it does.
        items: all that there are, the closed ones too.
        until: the day of a dated interview; new items are reviewed by then.

    Returns:
        The new items, without numbers, and the areas for which there is no room yet.
    """
    room = max(0, MOST - sum(item.is_open for item in items))
    recurring = {theme.area: theme.text for theme in (*themes.recurring, *themes.outside)}
    wanted = []
    taken = {item.action for item in items if item.is_open}
    for area in pressing(standings):
        action = _next_action(standings[area], [item for item in items if item.area == area], taken)
        if action is not None:
            taken.add(action)
            why = _evidence(standings[area], recurring.get(area))
            wanted.append(make_item(area, action, texts, today, why, until))
    return tuple(wanted[:room]), tuple(str(item.area) for item in wanted[room:])


def _next_action(
    standing: Standing, items: Sequence[PlanItem], taken: Collection[str]
) -> str | None:
    """The first that suits and was not tried since; one that another area has not taken is better.

    Args:
        taken: actions that are open, for whichever area.
    """
    actions, suited = load_actions()
    if any(item.is_open for item in items):
        return None
    named = max((mention.when.date() for mention in standing.mentions), default=date.min)
    since = [item for item in items if item.closed is not None and item.closed >= named]
    if any(item.state is ItemState.DROPPED for item in since):
        return None
    tried = {item.action for item in since}
    left = [name for name in suited[standing.area] if name not in tried]
    fresh = [name for name in left if name not in taken or "{" in actions[name].measure]
    return next(iter(fresh or left), None)


def _evidence(standing: Standing, count: str | None) -> tuple[str, ...]:
    if standing.mentions:
        quoted = dict.fromkeys(with_origin(m.words, str(m.origin)) for m in standing.mentions)
        return (*([count] if count else []), *list(quoted)[:QUOTES])
    return (f"{standing.state} in {standing.takes} takes",)


def make_item(
    area: str,
    action: str,
    texts: Mapping[str, AreaText],
    today: date,
    why: tuple[str, ...] = (),
    until: date | None = None,
) -> PlanItem:
    """An item of plan.toml's wording.

    Args:
        until: it is reviewed on that day at the latest, if that day is still to come.
    """
    chosen = load_actions()[0][action]
    review = today + timedelta(days=chosen.days)
    if until is not None and until > today:
        review = min(review, until)
    measure = _fill(chosen.measure, area, texts)
    return PlanItem(action, chosen.name, why, measure, review, today, area)


def steps(item: PlanItem, texts: Mapping[str, AreaText]) -> tuple[str, ...]:
    """What to do, in three steps; none for what the user named."""
    if item.area is None or item.action == BY_HAND:
        return ()
    chosen = load_actions()[0][item.action]
    return tuple(_fill(step, item.area, texts) for step in chosen.steps)


def _fill(text: str, area_id: str, texts: Mapping[str, AreaText]) -> str:
    area, told = AREAS[area_id], texts[area_id]
    filled = text.format_map(
        {
            "area": area.id,
            "name": area.name,
            "improvement": area.improvement,
            "exercise": told.exercise,
            "try": told.try_next,
        }
    )
    return filled[0].upper() + filled[1:]


def days_met(item: PlanItem, levels: Levels) -> tuple[date, ...]:
    """The different days since it was opened on which a take met its measure, the oldest first."""
    if not item.is_measured:
        return ()
    shown = levels.get(item.area or "", ())
    return tuple(sorted({day for day, met in shown if met >= MET and day >= item.opened}))


def tick(items: Iterable[PlanItem], levels: Levels) -> tuple[PlanItem, ...]:
    """The open items whose measure was met on DAYS different days, as done on the last of them."""
    ticked = []
    for item in items:
        days = days_met(item, levels)
        if item.is_open and len(days) >= DAYS:
            closed = days[DAYS - 1]
            ticked.append(replace(item, state=ItemState.DONE, closed=closed, ticked=True))
    return tuple(ticked)


@dataclass(frozen=True)
class Plan:
    """The plan as it stands.

    Attributes:
        open: the most pressing first.
        closed: the latest first.
        waiting: areas that ask for an item as soon as there is room.
        met: the days on which an open item's measure was met, by its number.
        ticked: numbers of those that the takes have just closed.
    """

    open: tuple[PlanItem, ...]
    closed: tuple[PlanItem, ...]
    waiting: tuple[str, ...] = ()
    met: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    ticked: tuple[int, ...] = ()


def arrange(items: Iterable[PlanItem], standings: Mapping[str, Standing], levels: Levels) -> Plan:
    """Put items in order: the open ones by how pressing their area is, then by number."""
    worth = pressing(standings)
    listed = list(items)
    opened = sorted(
        (item for item in listed if item.is_open),
        key=lambda item: (-worth.get(item.area or "", 0.0), item.number),
    )
    closed = sorted(
        (item for item in listed if not item.is_open),
        key=lambda item: (item.closed or item.opened, item.number),
        reverse=True,
    )
    met = {item.number: days_met(item, levels) for item in opened if item.is_measured}
    return Plan(tuple(opened), tuple(closed), met=met)


def close(item: PlanItem, state: ItemState, today: date) -> PlanItem:
    """Mark it as done or dropped by the user.

    Raises:
        UnknownEntryError: it is closed already.
    """
    if not item.is_open:
        raise UnknownEntryError(
            f"Item {item.number} of the plan is {item.state} already.",
            "`coach plan` shows the rest.",
        )
    return replace(item, state=state, closed=today)


def check_room(items: Iterable[PlanItem]) -> None:
    """
    Raises:
        PlanFullError: as many items are open as one can work on.
    """
    if sum(item.is_open for item in items) >= MOST:
        raise PlanFullError(
            f"{MOST} items are open, and more at once help nobody.",
            "Finish or drop one first: coach plan done N, or coach plan drop N",
        )
