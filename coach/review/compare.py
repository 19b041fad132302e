"""Two takes beside each other, from 80 columns up: parts, numbers, what was mended, each Result."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.assessment.assessment import Assessment, Finding, Sentence
from coach.assessment.star import StarPart
from coach.improvement.entries import JudgedTake
from coach.review import terminal
from coach.review.days import listed
from coach.review.structure import looks, strip, titles
from coach.review.tables import apart
from coach.review.words import clock

DIFFERENT = "They answer different questions, so only some of it compares."
OTHER_KIND = "They are answers of different kinds: only these numbers compare, not the parts."
ITSELF = "Take {} cannot be compared with itself."
WIDE = 120  # columns from which the words of both stand beside each other
WORSE = 0.2  # of the level of an area: the least step between two of a story's
CHANGES = {
    "mended": ("↑", "green", "Mended"),
    "lost": ("↓", "red", "Worse"),
    "open": ("·", "yellow", "Still to do"),
}


@dataclass(frozen=True)
class Change:
    """How an area changed from one take to the other.

    Attributes:
        kind: mended, lost (it is worse, met before or not), or open.
    """

    kind: str
    before: Finding
    after: Finding


def compared(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """Every area that both takes show something of and that is not met in both.

    Hedges are left out: no threshold is known for them.
    """
    found = []
    for finding in after.findings:
        old = before.finding(finding.area)
        if old is None or old.met is None or finding.met is None:
            continue
        if min(old.met, finding.met) >= 1:
            continue
        if finding.area == "voice.confidence":
            continue
        worse = old.met >= 1 or old.met - finding.met >= WORSE
        kind = "mended" if finding.met >= 1 else "lost" if worse else "open"
        found.append(Change(kind, old, finding))
    return tuple(found)


def compare(first: JudgedTake, second: JudgedTake, width: int) -> RenderableType:
    """Two judged takes, the earlier one first.

    Args:
        width: columns of the terminal.
    """
    rows = [_heading(first, second)]
    if of_one_kind(first.assessment, second.assessment):
        rows += [_strips(first, second), _numbers(first, second)]
        rows += _changes(first.assessment, second.assessment)
        rows.append(_wording(first, second, width))
    else:
        rows.append(_numbers(first, second))
    return apart(rows)


def of_one_kind(first: Assessment, second: Assessment) -> bool:
    """Whether both have the same parts: two stories have, whatever was asked."""
    both_stories = first.shares is not None and second.shares is not None
    return both_stories or first.kind == second.kind


def _heading(first: JudgedTake, second: JudgedTake) -> RenderableType:
    if first.question.text == second.question.text:
        return Text(first.question.text, "bold")
    rows = [
        Text.assemble((f"Take {attempt.id}: ", "dim"), (attempt.question.text, "bold"))
        for attempt in (first, second)
    ]
    told = difference(first, second)
    return Group(*rows, *([Text(told, "yellow")] if told else []))


def difference(first: JudgedTake, second: JudgedTake) -> str:
    """Why not all of two takes compares; empty where it does."""
    if not of_one_kind(first.assessment, second.assessment):
        return OTHER_KIND
    # Of one id, it is one question in other words.
    return DIFFERENT if first.question.id != second.question.id else ""


def _strips(first: JudgedTake, second: JudgedTake) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(no_wrap=True)
    for attempt in (first, second):
        day = listed(attempt.started.astimezone())
        grid.add_row(f"take {attempt.id}, {day}", strip(attempt.assessment, 56))
    return grid


def _numbers(first: JudgedTake, second: JudgedTake) -> RenderableType:
    grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2))
    grid.add_column("")
    for attempt in (first, second):
        grid.add_column(f"take {attempt.id}", justify="right", no_wrap=True)
    for row in number_rows(first, second):
        grid.add_row(*row)
    return grid


def number_rows(first: JudgedTake, second: JudgedTake) -> list[tuple[str, str, str]]:
    """What is compared, its name first."""
    a, b = first.assessment, second.assessment
    return [
        ("Score", f"{a.score.overall}", f"{b.score.overall}"),
        *(_parts(a, b) if of_one_kind(a, b) else []),
        ("Length", terminal.length(first), terminal.length(second)),
        ("Words", str(a.words), str(b.words)),
        (
            "Words a minute",
            _rounded(a.timing.words_per_minute),
            _rounded(b.timing.words_per_minute),
        ),
        ("Before the first word", _delay(a), _delay(b)),
        ("Pauses inside a sentence", _pauses(a), _pauses(b)),
        ("Fillers per 100 words", _fillers(a), _fillers(b)),
        ("Hedges", str(len(a.hedges)), str(len(b.hedges))),
    ]


def _parts(first: Assessment, second: Assessment) -> list[tuple[str, str, str]]:
    if first.shares is not None and second.shares is not None:
        shares = first.shares, second.shares
        return [
            (part.title, _share(first, shares[0], part), _share(second, shares[1], part))
            for part in StarPart
        ]
    names = dict.fromkeys(part.name for judged in (first, second) for part in judged.parts)
    known = titles(first.kind) | titles(second.kind)
    return [(_title(known.get(n, n)), _told(first, n), _told(second, n)) for n in names]


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _share(judged: Assessment, shares: dict[str, float], part: StarPart) -> str:
    if part in judged.missing:
        return "missing"
    level = judged.score.parts.get(part.value)
    return f"{shares[part.value]:.0%}  {level}/3" if level is not None else "–"


def _told(judged: Assessment, name: str) -> str:
    if not any(part.name == name and part.found for part in judged.parts):
        return "missing"
    # The first two versions of the assessor had other names, and labelled no sentence.
    surely = name not in looks(judged.kind) or name in {s.part for s in judged.sentences}
    return "told" if surely else "hinted at"


def _rounded(number: float | None) -> str:
    return "–" if number is None else f"{number:.0f}"


def _delay(judged: Assessment) -> str:
    delay = judged.timing.start_delay
    return "–" if delay is None else f"{delay:.1f} s"


def _fillers(judged: Assessment) -> str:
    return "–" if judged.fillers is None else f"{100 * judged.fillers / max(1, judged.words):.1f}"


def _pauses(judged: Assessment) -> str:
    return "–" if judged.timing.seconds is None else str(judged.timing.broken_clauses)


def _changes(first: Assessment, second: Assessment) -> list[RenderableType]:
    found = compared(first, second)
    rows: list[RenderableType] = []
    for kind, (mark, style, title) in CHANGES.items():
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1, style=style)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for change in found:
            if change.kind == kind:
                name = AREAS[change.after.area].name
                grid.add_row(mark, name, Text(change.after.text, "dim"))
        if grid.row_count:
            rows.append(Group(Text(title, "bold"), grid))
    return rows or [Text("Every area that both takes show is met in both.", "green")]


def _wording(first: JudgedTake, second: JudgedTake, width: int) -> RenderableType:
    title, *shown = wordings(first, second)
    beside = width >= WIDE
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=1, overflow="fold")
    if beside:
        grid.add_column(ratio=1, overflow="fold")
    told = [
        _words(attempt, sentences)
        for attempt, sentences in zip((first, second), shown, strict=True)
    ]
    for row in [told] if beside else [[each] for each in told]:
        grid.add_row(*row)
    return Group(Text(title, "bold"), grid)


def wordings(
    first: JudgedTake, second: JudgedTake
) -> tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]]:
    """A title, and of each take the sentences of its Result; all where one is not a story."""
    both = first.assessment, second.assessment
    if both[0].shares is None or both[1].shares is None:
        return "How each is worded", both[0].sentences, both[1].sentences
    return "How each tells its Result", _results(both[0]), _results(both[1])


def _results(judged: Assessment) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in judged.sentences if sentence.part == StarPart.RESULT)


def _words(attempt: JudgedTake, shown: Sequence[Sentence]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(style="dim", justify="right", no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    name = f"take {attempt.id}"
    if not shown:
        grid.add_row(name, "", Text("not told", "red"))
    for number, sentence in enumerate(shown):
        time = "" if sentence.start is None else clock(sentence.start)
        grid.add_row("" if number else name, time, Text(sentence.text))
    return grid
