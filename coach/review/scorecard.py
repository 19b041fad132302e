"""How a whole mock interview looks at its end."""

from datetime import date
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.assessment.advice import quote
from coach.improvement.scorecard import Scorecard
from coach.review.terminal import length, missing
from coach.review.words import clock

AREAS_SHOWN = 6


def scorecard(card: Scorecard, today: date) -> RenderableType:
    """By question, by area, the best moment, the one thing to work on, the log, and what is due."""
    rows: list[RenderableType] = [_questions(card), _areas(card)]
    if card.best is not None:
        question = Text(f"  {card.best.question}", "dim", no_wrap=True, overflow="ellipsis")
        rows.append(Group(Text("The best moment", "bold"), f"  {quote(card.best.words)}", question))
    if card.advice is not None:
        attempt, advice = card.advice
        about = Text(f"(question {card.attempts.index(attempt) + 1})", "dim")
        rows.append(
            Group(
                Text.assemble(("The one thing to work on ", "bold"), about),
                Padding(Text(advice.text), (0, 0, 0, 2)),
            )
        )
    rows.append(_log(card))
    if card.due:
        rows.append(_due(card, today))
    return Group(*(Padding(row, (0, 0, 1, 0)) for row in rows))


def _questions(card: Scorecard) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("question", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("length", justify="right", no_wrap=True)
    table.add_column("missing", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    for number, attempt in enumerate(card.attempts, 1):
        table.add_row(
            str(number),
            Text(attempt.question.text),
            length(attempt),
            missing(attempt),
            str(attempt.assessment.score.overall),
        )
    answered = f"{len(card.attempts)} of {card.asked} questions answered"
    return Group(Text.assemble(("By question", "bold"), (f"   {answered}", "dim")), table)


def _areas(card: Scorecard) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for area in card.areas[:AREAS_SHOWN]:
        full = round(area.level * 10)
        bar = Text.assemble(("━" * full, "green"), ("─" * (10 - full), "dim"))
        answers = "one answer" if area.answers == 1 else f"{area.answers} answers"
        name = AREAS[area.area].name
        grid.add_row(f"  {name}", bar, f"{area.level:4.0%}", Text(f"in {answers}", "dim"))
    return Group(Text("By area, the weakest first", "bold"), grid)


def _log(card: Scorecard) -> Text:
    numbers = [str(attempt.id) for attempt in card.attempts]
    *others, last = numbers
    takes = f"takes {', '.join(others)} and {last}" if others else f"take {last}"
    spoken = f", {clock(card.seconds)} of speaking" if card.seconds else ""
    told = f"{takes}{spoken}; {len(card.areas)} areas have a new level."
    return Text.assemble(("In the log: ", "bold"), told)


def _due(card: Scorecard, today: date) -> RenderableType:
    lines: list[RenderableType] = [Text("When they are due again", "bold")]
    order = {attempt.id: number for number, attempt in enumerate(card.attempts, 1)}
    for day, group in groupby(card.due, key=lambda each: max(each[1], today)):
        numbers = [str(order[attempt.id]) for attempt, _ in group]
        noun = "question" if len(numbers) == 1 else "questions"
        lines.append(f"  {_day(day, today)}: {noun} {', '.join(numbers)}")
    return Group(*lines)


def _day(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"{day:%A, %d %B}")
