"""How the parts of an answer look: the strip, what it stands for, what is missing, and the score.

Colour never carries a meaning alone: every part has its letter.
"""

from dataclasses import dataclass

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.assessment.assessment import Assessment
from coach.assessment.kinds import SHAPES
from coach.assessment.rubric import TOP
from coach.assessment.star import StarPart
from coach.assessment.story import extent
from coach.questions.question import Kind

STRIP = 60  # columns
_STYLES = {
    "1": "black on bright_cyan",
    "2": "black on bright_magenta",
    "3": "black on bright_green",
    "4": "black on bright_yellow",
    "fault": "white on red",
    "none": "white on grey37",
}
NO_PART = ("·", "none")
_SIGNS = {
    "told": ("✓", "green"),
    "hinted": ("~", "yellow"),
    "missing": ("–", "red"),
    "fault": ("!", "bold red"),
}


def tones(kind: str) -> dict[str | None, tuple[str, str]]:
    """The letter and the tone of each part and fault of a kind of answer, and of none.

    A tone is "1" to "4" for the parts in their order, "fault", or "none".
    """
    found: dict[str | None, tuple[str, str]]
    if Kind(kind).is_star:
        found = {part: (part.value, str(n)) for n, part in enumerate(StarPart, 1)}
    else:
        shape = SHAPES[Kind(kind)]
        found = {part.name: (part.letter, str(n)) for n, part in enumerate(shape.parts, 1)}
        found |= {fault.name: (fault.letter, "fault") for fault in shape.faults}
    return {**found, None: NO_PART}


def looks(kind: str) -> dict[str | None, tuple[str, str]]:
    """The letter and the style of each part and fault of a kind of answer, and of none."""
    return {part: (letter, _STYLES[tone]) for part, (letter, tone) in tones(kind).items()}


def titles(kind: str) -> dict[str, str]:
    """The title of each part and fault of a kind of answer."""
    if Kind(kind).is_star:
        return {part.value: part.title for part in StarPart}
    return SHAPES[Kind(kind)].titles()


def structure(judged: Assessment) -> RenderableType:
    """The parts of an answer: where they are, how long each is, what is missing, the score."""
    return Group(without_score(judged), _score(judged))


def without_score(judged: Assessment, strips: RenderableType | None = None) -> RenderableType:
    """The same without the score.

    Args:
        strips: shown in place of the strip.
    """
    strips = strips or strip(judged)
    if judged.shares is None:
        return Group(strips, _kind_parts(judged))
    told = Text()
    told.append("Missing: ", "bold")
    names = ", ".join(part.title for part in judged.missing) or "nothing"
    told.append(names, "bold red" if judged.missing else "green")
    if judged.unclear:
        told.append(f"   Only hinted at: {', '.join(p.title for p in judged.unclear)}", "yellow")
    return Group(strips, _legend(judged, judged.shares), told)


def strip(judged: Assessment, width: int = STRIP) -> Text:
    """The answer from left to right, each part with its letter for as long as it took."""
    look = looks(judged.kind)
    sizes = [extent(sentence) for sentence in judged.sentences]
    total = sum(sizes) or 1
    least = 1 if len(sizes) <= width else 0  # of more sentences than columns some have none
    line, done, drawn = Text(), 0.0, 0
    for after, sentence, each in zip(
        reversed(range(len(sizes))), judged.sentences, sizes, strict=True
    ):
        done += each
        end = max(drawn + least, min(round(done / total * width), width - least * after))
        letter, style = look[sentence.part]
        line.append(letter * (end - drawn), style)
        drawn = end
    return line


def size(judged: Assessment, part: str) -> str:
    """How much of an answer a part takes, with its unit."""
    unit = "words" if judged.timing.seconds is None else "s"
    return f"{sum(extent(s) for s in judged.sentences if s.part == part):.0f} {unit}"


def _legend(judged: Assessment, shares: dict[str, float]) -> RenderableType:
    look = looks(judged.kind)
    cells = []
    for part in StarPart:
        name = Text.assemble((f" {part.value} ", look[part][1]), f" {part.title}")
        share = f"{size(judged, part)}, {shares[part.value]:.0%}"
        cells.append(name.append(f"\n    {share}", "dim"))
    return Columns(cells, padding=(0, 2))  # as many beside each other as there is room for


@dataclass(frozen=True)
class KindRow:
    """What is told of one part of an answer that is not a story, or of one fault.

    Attributes:
        state: told, hinted, missing or fault.
        text: the words that tell it, and how long that takes; empty where it is missing.
    """

    letter: str
    tone: str
    title: str
    state: str
    text: str = ""


def kind_rows(judged: Assessment) -> tuple[KindRow, ...]:
    """The parts that such an answer should hold, then its faults, with the words that show them."""
    look, known = tones(judged.kind), SHAPES[Kind(judged.kind)].titles()
    surely = {sentence.part for sentence in judged.sentences}
    rows = []
    for part in judged.parts:
        # The first two versions had other names, and no labels.
        look_of, title = look.get(part.name, NO_PART), known.get(part.name, part.name)
        if part.found is None:
            rows.append(KindRow(*look_of, title, "missing"))
        elif part.name in surely:
            told = f"{size(judged, part.name)}: “{part.found}”"
            rows.append(KindRow(*look_of, title, "told", told))
        else:
            hinted = "only hinted at: " if part.name in look else ""
            rows.append(KindRow(*look_of, title, "hinted", f"{hinted}“{part.found}”"))
    faults = (
        KindRow(*look[fault.name], known[fault.name], "fault", f"“{fault.found}”")
        for fault in judged.faults
    )
    return (*rows, *faults)


def _kind_parts(judged: Assessment) -> RenderableType:
    rows = kind_rows(judged)
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=3)
    grid.add_column(width=1)
    grid.add_column(width=max(len(row.title) for row in rows))
    grid.add_column(ratio=1, overflow="ellipsis", no_wrap=True)
    for row in rows:
        shown = Text("not told", "red") if row.state == "missing" else Text(row.text, "dim")
        letter = Text(f" {row.letter} ", _STYLES[row.tone])
        grid.add_row(letter, Text(*_SIGNS[row.state]), Text(row.title), shown)
    return grid


def _score(judged: Assessment) -> Text:
    levels = "  ".join(f"{part} {level}/{TOP}" for part, level in judged.score.parts.items())
    return Text.assemble(
        ("Score: ", "bold"), f"{judged.score.overall} of 100", (f"   {levels}", "dim")
    )
