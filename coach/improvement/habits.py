"""Habits: targets that the user sets, and what was done; nothing is on unless it is used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from coach.improvement.applications import Application

WEEK = 7  # days
_TARGET = re.compile(r"([1-9]\d?)\s*(?:/|\bper\b|\ban?\b)\s*(day|week)")


class Habit(StrEnum):
    APPLICATIONS = "applications"
    SKILLS = "skills"
    CONTACTS = "contacts"


@dataclass(frozen=True)
class Target:
    """How often the user wants to do something.

    Attributes:
        times: in each `per`.
        per: "day" or "week".
    """

    KIND: ClassVar[str] = "habit"
    LISTED_BY: ClassVar[str] = "coach habits"
    habit: Habit
    times: int
    per: str
    number: int = 0


@dataclass(frozen=True)
class Done:
    """Something that was done towards a habit."""

    KIND: ClassVar[str] = "habit done"
    LISTED_BY: ClassVar[str] = "coach habits"
    habit: Habit
    day: date
    note: str | None = None
    number: int = 0


@dataclass(frozen=True)
class HabitWeek:
    """One habit in one week.

    Attributes:
        target: None where the user set none.
        days: how often it was done on each day, Monday first.
    """

    habit: Habit
    target: Target | None
    days: tuple[int, ...]


def parse_target(text: str) -> tuple[int, str]:
    """How often, from a text such as "1/day" or "3 per week".

    Raises:
        ValueError: it is not of that form.
    """
    match = _TARGET.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f'"{text}" is no target; write it as 1/day or 3/week, or off')
    return int(match[1]), match[2]


def week_of(
    targets: Iterable[Target],
    done: Iterable[Done],
    applications: Iterable[Application],
    today: date,
) -> tuple[HabitWeek, ...]:
    """The habits that are in use, in the week of a day; applications count by themselves.

    A habit is in use where it has a target, or something was noted for it in this week.
    """
    monday = today - timedelta(days=today.weekday())
    by_habit = {target.habit: target for target in targets}
    days = [(one.habit, one.day) for one in done]
    used = {*by_habit, *(habit for habit, day in days if 0 <= (day - monday).days < WEEK)}
    days += [(Habit.APPLICATIONS, one.sent) for one in applications]
    return tuple(
        HabitWeek(
            habit,
            by_habit.get(habit),
            tuple(days.count((habit, monday + timedelta(days=n))) for n in range(WEEK)),
        )
        for habit in Habit
        if habit in used
    )
