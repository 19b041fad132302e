"""How a whole mock interview looks at its end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from coach.areas import AREAS
from coach.assessment.advice import quote
from coach.assessment.assessment import Advice
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.scorecard import AreaLevel, Scorecard
from coach.review.days import told
from coach.review.fit import Parts, fitted
from coach.review.tables import listing, right, whole
from coach.review.terminal import length, missing
from coach.review.words import duration, number_of

WIDE = 110  # columns from which areas and words stand beside each other
TWO_AREAS = 76  # columns from which two areas stand in a row
AREA_ROWS = 3
BESIDE_WORDS = 4  # rows of areas more, where they stand beside the words
WEEK = 7  # days: from there on a day has its date
# Blank rows are given up in this order: below the first line, the best moment, the areas, the one
# thing to work on, and the questions.
_GAPS = (0, 3, 2, 4, 1)


@dataclass(frozen=True)
class WholeScorecard:
    """By question, by area, the best moment, the one thing to work on, the log, and what is due.

    Attributes:
        today: the user's own day.
        rows: that there are for it. Blank ones are given up first, then areas, then questions, and
            where those are is said. None for all of it.
    """

    card: Scorecard
    today: date
    rows: int | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from fitted(self._ever_shorter(options.max_width), _GAPS, self.rows, console, options)

    def _ever_shorter(self, width: int) -> Iterator[Parts]:
        every = len(self.card.put)
        for areas in range(AREA_ROWS, 0, -1):
            yield self._parts(width, every, areas)
        for questions in range(every - 1, 0, -1):
            yield self._parts(width, questions, 1)

    def _parts(self, width: int, questions: int, areas: int) -> Parts:
        words = [part for part in (_best(self.card), _one_thing(self.card)) if part is not None]
        beside = 2 if width >= TWO_AREAS else 1
        listed = _areas(self.card.areas[: areas * beside], beside)
        middle: list[RenderableType] = [listed, *words]
        if width >= WIDE:
            grid = Table.grid(padding=(0, 4), expand=True)
            grid.add_column()
            grid.add_column(ratio=1)
            listed = _areas(self.card.areas[: areas + BESIDE_WORDS], 1)
            grid.add_row(listed, Group(*_apart(words)))
            middle = [grid]
        ending = Group(*_ending(self.card, self.today))
        return [
            _overall(self.card),
            _questions(self.card, questions, roomy=beside > 1),
            *middle,
            ending,
        ]


def spoken(card: Scorecard, today: date) -> Text:
    """A scorecard in plain lines, for somebody who hears the screen."""
    lines = [Text(f"{_answered(card)}."), _overall(card)]
    lines += [Text(f"{one.number}. {one.question.text} {_told(one.attempt)}") for one in card.put]
    lines.append(Text("By area, the weakest first:"))
    for area in card.areas[: 2 * AREA_ROWS]:
        shown = number_of(area.answers, "answer")
        lines.append(Text(f"{AREAS[area.area].name}: {area.level:.0%} in {shown}."))
    if card.best is not None:
        number = card.number(card.best.attempt)
        lines.append(Text(f"The best moment, question {number}: {quote(card.best.words)}"))
    if card.advice is not None:
        number, text = _advised(card, card.advice)
        lines.append(Text(f"The one thing to work on, question {number}: {text}"))
        lines.append(Text.assemble(f"Question {number}", _way_on(card.advice[0]), "."))
    return Text("\n").join([*lines, *_ending(card, today)])


def _told(attempt: Attempt | None) -> str:
    if not isinstance(attempt, JudgedTake):
        return "Skipped." if attempt is None else "It waits to be heard."
    judged = attempt.assessment
    lacking = ", ".join(part.title for part in judged.missing)
    if judged.shares is None:
        lacking = missing(attempt).replace("–", "")
    score = f"Score: {judged.score.overall} of 100."
    return f"Length: {length(attempt)}. Missing: {lacking or 'nothing'}. {score}"


def _answered(card: Scorecard) -> str:
    return f"{len(card.attempts)} of {number_of(card.asked, 'question')} answered"


def _overall(card: Scorecard) -> Text:
    told = [f"{card.mean} of 100 on average"]
    stories = [a.assessment for a in card.attempts if a.assessment.shares is not None]
    if stories:
        whole_ones = sum(not (judged.missing or judged.unclear) for judged in stories)
        told.append(f"{whole_ones} of {number_of(len(stories), 'story', 'stories')} whole")
    if card.seconds:
        told.append(f"{duration(card.seconds)} of speaking")
    takes = _listed("take", [attempt.id for attempt in card.attempts])
    return Text.assemble(("Overall: ", "bold"), f"{', '.join(told)}; {takes} in the log.")


def _questions(card: Scorecard, most: int, *, roomy: bool) -> RenderableType:
    heading = _one_row(
        Text.assemble(("By question", "bold"), (f"   {_answered(card)}", "not bold dim"))
    )
    asked = Column(heading)  # it alone gives way where there is little room
    takes = [right("take")] if roomy else []
    table = listing(asked, *takes, right("length"), whole("missing"), right("score"))
    for one in card.put[:most]:
        judged = one.attempt.assessment if one.attempt else None
        table.add_row(
            _one_row(Text.assemble((f"{one.number:>3}  ", "dim"), one.question.text)),
            *([str(one.attempt.id) if one.attempt else "–"] if roomy else []),
            length(one.attempt) if one.attempt else "–",
            missing(one.attempt) if one.attempt else "skipped",
            str(judged.score.overall) if judged else "–",
        )
    if not (left := len(card.put) - most):
        return table
    rest = Text.assemble((f"     and {left} more; ", "dim"), "coach review", (" lists them", "dim"))
    return Group(table, rest)


def _one_row(text: Text) -> Text:
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _areas(areas: Sequence[AreaLevel], beside: int) -> RenderableType:
    """Areas, so many of them in a row."""
    grid = Table.grid(padding=(0, 1))
    for _ in range(beside):
        grid.add_column()  # names alone give way
        grid.add_column(no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True, style="dim")
    columns = 10 if beside == 1 else 6
    for first in range(0, len(areas), beside):
        cells: list[RenderableType] = []
        for area in areas[first : first + beside]:
            full = round(area.level * columns)
            bar = Text.assemble(("━" * full, "green"), ("─" * (columns - full), "dim"))
            name = _one_row(Text(f"  {AREAS[area.area].name}"))
            cells += [name, bar, f"{area.level:.0%}", f"×{area.answers}"]
        grid.add_row(*cells)
    heading = Text.assemble(("By area, the weakest first", "bold"), ("   × answers", "dim"))
    return Group(heading, grid)


def _best(card: Scorecard) -> RenderableType | None:
    if card.best is None:
        return None
    return Group(
        _heading("The best moment", card.number(card.best.attempt)),
        _indented(quote(card.best.words)),
    )


def _one_thing(card: Scorecard) -> RenderableType | None:
    if card.advice is None:
        return None
    number, text = _advised(card, card.advice)
    heading = _heading("The one thing to work on", number)
    return Group(_one_row(heading.append_text(_way_on(card.advice[0]))), _indented(text))


def _way_on(attempt: JudgedTake) -> Text:
    """The commands that show the take, and that ask its question again."""
    return Text(f": coach review {attempt.id}, or coach retry {attempt.id}", "not bold")


def _advised(card: Scorecard, about: tuple[JudgedTake, Advice]) -> tuple[int, str]:
    attempt, advice = about
    return card.number(attempt), advice.text


def _heading(name: str, question: int) -> Text:
    return Text.assemble((name, "bold"), (f"   question {question}", "dim"))


def _indented(text: str) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, 2))


def _apart(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, part in enumerate(parts):
        if number:
            yield ""
        yield part


def _ending(card: Scorecard, today: date) -> Iterator[Text]:
    if card.retold:
        told = _listed("question", [card.number(attempt) for attempt, _ in card.retold])
        takes = sorted({take for _, take in card.retold})
        has = "has" if len(card.retold) == 1 else "have"
        text = f"{told.capitalize()} {has} nearly the words of {_listed('take', takes)}"
        yield Text(f"{text}, told to another question: no area gains by that.", "yellow")
    yield from _due(card, today)


def _due(card: Scorecard, today: date) -> Iterator[Text]:
    """One line where anything is due, else none."""
    days = []
    for day, group in groupby(card.due, key=lambda each: max(each[1], today)):
        numbers = [card.number(attempt) for attempt, _ in group]
        days.append(f"{_listed('question', numbers)} {_day(day, today)}")
    if days:
        yield Text.assemble(("Due again: ", "bold"), f"{'; '.join(days)}.")


def _listed(noun: str, numbers: Sequence[int]) -> str:
    *others, last = numbers
    if not others:
        return f"{noun} {last}"
    if last - others[0] == len(others) > 1:
        return f"{noun}s {others[0]} to {last}"
    return f"{noun}s {', '.join(map(str, others))} and {last}"


def _day(day: date, today: date) -> str:
    days = (day - today).days
    later = f"{day:%A}" if days < WEEK else told(day, today)
    return {0: "today", 1: "tomorrow"}.get(days, f"on {later}")
