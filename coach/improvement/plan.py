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
from coach.improvement.measures import MEASURED, Seen
from coach.improvement.points import with_origin
from coach.improvement.standing import HIGH, LOW, Standing
from coach.improvement.themes import Themes
from coach.questions.area_texts import AreaText

SHIPPED = Path(__file__).with_name("plan.toml")
MOST = 7  # open items
PRESSING = 0.25  # need from which an area that somebody named asks for an item
TAKES = 3  # that show an area before they alone ask for one
QUOTES = 3  # of the evidence
BY_HAND = "by hand"


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
        why: the evidence when it was made, quoted; of what the user added the reason, if given.
        measure: what shows that it is done.
        review: the day on which to look at it again.
        area: id of the area that it serves; None where it serves none.
        closed: the day on which it was done or dropped.
        ticked: whether the log closed it, and not the user.
        own: whether the user added it.
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
    own: bool | None = None
    number: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN

    @property
    def is_measured(self) -> bool:
        return self.action in MEASURED and self.area is not None

    @property
    def is_proposed(self) -> bool:
        """Whether the coach is known to have made it, and so the log says why."""
        return (
            self.own is False
            and self.action != BY_HAND
            and self.area is not None
            and bool(self.why)
        )


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
    TAKES takes or more show that they need work. What lies outside the user's control never does.
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
    return 1 - 0.5**standing.places if area.controllable else 0.0


def propose(
    standings: Mapping[str, Standing],
    themes: Themes,
    items: Sequence[PlanItem],
    texts: Mapping[str, AreaText],
    today: date,
    *,
    until: date | None = None,
    seen: Seen | None = None,
) -> tuple[tuple[PlanItem, ...], tuple[PlanItem, ...]]:
    """New items, the most pressing first, as many as there is room for.

    An area has one open item at a time, and what is done once for every area, such as a research
    checklist, is not asked for twice while another action suits. What the user dropped, and what is
    done, comes back only after the area was named anew.

    Args:
        themes: how often each area recurs, which is told first where it does.
        items: all that there are, the closed ones too.
        until: the day of a dated interview; new items are reviewed by then.
        seen: what the log shows; no story is asked for that is there already.

    Returns:
        The new items, without numbers, and those for which there is no room yet.
    """
    room = max(0, MOST - sum(item.is_open for item in items))
    wanted = []
    taken = {item.action for item in items if item.is_open}
    for area in pressing(standings):
        done = {"story"} if seen and seen.has_story(area) else set()
        of_area = [item for item in items if item.area == area]
        action = _next_action(standings[area], of_area, taken, done)
        if action is not None:
            taken.add(action)
            why = _evidence(standings[area], themes)
            made = make_item(area, action, texts, today, why, until)
            wanted.append(replace(made, own=False))
    return tuple(wanted[:room]), tuple(wanted[room:])


def _next_action(
    standing: Standing, items: Sequence[PlanItem], taken: Collection[str], done: Collection[str]
) -> str | None:
    """The first that suits and was not tried since; one that another area has not taken is better.

    Args:
        taken: actions that are open, for whichever area.
        done: actions whose measure the log meets for this area.
    """
    actions, suited = load_actions()
    if any(item.is_open for item in items):
        return None
    named = max((mention.when.date() for mention in standing.mentions), default=date.min)
    since = [item for item in items if item.closed is not None and item.closed >= named]
    if any(item.state is ItemState.DROPPED for item in since):
        return None
    tried = {item.action for item in since} | {*done}
    left = [name for name in suited[standing.area] if name not in tried]
    fresh = [name for name in left if name not in taken or "{" in actions[name].measure]
    return next(iter(fresh or left), None)


def _evidence(standing: Standing, themes: Themes) -> tuple[str, ...]:
    """Why an area asks for an item; empty where nothing does any more."""
    if standing.mentions:
        quoted = dict.fromkeys(with_origin(m.words, str(m.origin)) for m in standing.mentions)
        return (*(theme.text for theme in themes.of([standing.area])), *list(quoted)[:QUOTES])
    shown = standing.takes >= TAKES and standing.level is not None and standing.level < HIGH
    return (f"{standing.state} in {standing.takes} takes",) if shown else ()


def with_reasons(
    items: Iterable[PlanItem], standings: Mapping[str, Standing], themes: Themes
) -> tuple[PlanItem, ...]:
    """The items with what speaks for the open ones today, such as "3 of 5 rejections name results".

    What the user added keeps the user's reason, and what is closed the one that it had.
    """
    return tuple(
        replace(item, why=_evidence(standings[str(item.area)], themes))
        if item.is_open and item.is_proposed
        else item
        for item in items
    )


def withdrawn(
    items: Iterable[PlanItem], standings: Mapping[str, Standing], themes: Themes, seen: Seen
) -> tuple[PlanItem, ...]:
    """Open items of the coach's that nothing asks for any more, and that the user left untouched.

    So it is where a rejection was removed, or where the area lies outside the user's control.
    """

    def asked_for(item: PlanItem) -> bool:
        area = str(item.area)
        return AREAS[area].controllable and bool(_evidence(standings[area], themes))

    return tuple(
        item
        for item in items
        if item.is_open and item.is_proposed and not item.notes
        if not asked_for(item) and not days_met(item, seen)
    )


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


def days_met(item: PlanItem, seen: Seen) -> tuple[date, ...]:
    """The different days since it was opened on which its measure was met, the oldest first."""
    if not item.is_measured:
        return ()
    return seen.days(item.action, str(item.area), item.opened)


def tick(items: Iterable[PlanItem], seen: Seen) -> tuple[PlanItem, ...]:
    """The open items whose measure was met on as many days as it asks for, as done on the last."""
    ticked = []
    for item in items:
        days = days_met(item, seen)
        if item.is_open and item.is_measured and len(days) >= MEASURED[item.action]:
            closed = days[MEASURED[item.action] - 1]
            ticked.append(replace(item, state=ItemState.DONE, closed=closed, ticked=True))
    return tuple(ticked)


@dataclass(frozen=True)
class Plan:
    """The plan as it stands.

    Attributes:
        open: the most pressing first.
        closed: the latest first.
        waiting: what is added as soon as there is room, without numbers.
        met: the days on which an open item's measure was met, by its number.
        ticked: those that the log has just closed.
        withdrawn: those that were just taken back, as nothing asks for them any more.
    """

    open: tuple[PlanItem, ...]
    closed: tuple[PlanItem, ...]
    waiting: tuple[PlanItem, ...] = ()
    met: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    ticked: tuple[PlanItem, ...] = ()
    withdrawn: tuple[PlanItem, ...] = ()


def arrange(items: Iterable[PlanItem], standings: Mapping[str, Standing], seen: Seen) -> Plan:
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
    met = {item.number: days_met(item, seen) for item in opened if item.is_measured}
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
