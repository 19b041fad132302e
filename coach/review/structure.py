"""How the parts of an answer look: the strip, what it stands for, what is missing, and the score.

Colour never carries a meaning alone: every part has its letter.
"""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.assessment.assessment import Assessment, Sentence
from coach.assessment.kinds import SHAPES
from coach.assessment.rubric import TOP
from coach.assessment.star import StarPart
from coach.questions.question import Kind

STRIP = 60  # columns
_STYLES = (
    "black on bright_cyan",
    "black on bright_magenta",
    "black on bright_green",
    "black on bright_yellow",
)
_FAULT = "white on red"
_NO_PART = ("·", "white on grey37")


def looks(kind: str) -> dict[str | None, tuple[str, str]]:
    """The letter and the style of each part and fault of a kind of answer, and of none."""
    if Kind(kind).is_star:
        found = dict(zip(StarPart, zip(StarPart, _STYLES, strict=True), strict=True))
    else:
        shape = SHAPES[Kind(kind)]
        found = {
            part.name: (part.letter, style)
            for part, style in zip(shape.parts, _STYLES, strict=False)
        }
        found |= {fault.name: (fault.letter, _FAULT) for fault in shape.faults}
    return {**found, None: _NO_PART}


def titles(kind: str) -> dict[str, str]:
    """The title of each part and fault of a kind of answer."""
    if Kind(kind).is_star:
        return {part.value: part.title for part in StarPart}
    return SHAPES[Kind(kind)].titles()


def structure(judged: Assessment) -> RenderableType:
    """The parts of an answer: where they are, how long each is, what is missing, the score."""
    return Group(without_score(judged), _score(judged))


def without_score(judged: Assessment) -> RenderableType:
    """The same without the score."""
    if judged.shares is None:
        return Group(strip(judged), _kind_parts(judged))
    told = Text()
    told.append("Missing: ", "bold")
    names = ", ".join(part.title for part in judged.missing) or "nothing"
    told.append(names, "bold red" if judged.missing else "green")
    if judged.unclear:
        told.append(f"   Only hinted at: {', '.join(p.title for p in judged.unclear)}", "yellow")
    return Group(strip(judged), _legend(judged), told)


def strip(judged: Assessment, width: int = STRIP) -> Text:
    """The answer from left to right, each part with its letter for as long as it took."""
    look = looks(judged.kind)
    sizes = [_size(sentence) for sentence in judged.sentences]
    total = sum(sizes) or 1
    line, done, drawn = Text(), 0.0, 0
    for sentence, size in zip(judged.sentences, sizes, strict=True):
        done += size
        columns = max(1, round(done / total * width) - drawn)
        letter, style = look[sentence.part]
        line.append(letter * columns, style)
        drawn += columns
    return line


def _size(sentence: Sentence) -> float:
    if sentence.start is None or sentence.end is None:
        return sentence.last - sentence.first + 1
    return max(0.0, sentence.end - sentence.start)  # an imported one may end before it starts


def _told(judged: Assessment, part: str) -> str:
    """How much of an answer a part takes, with its unit."""
    unit = "words" if judged.timing.seconds is None else "s"
    return f"{sum(_size(s) for s in judged.sentences if s.part == part):.0f} {unit}"


def _legend(judged: Assessment) -> RenderableType:
    look = looks(judged.kind)
    grid = Table.grid(padding=(0, 2))
    cells = []
    for part in StarPart:
        name = Text.assemble((f" {part.value} ", look[part][1]), f" {part.title}")
        size = f"{_told(judged, part)}, {judged.shares[part.value]:.0%}"
        cells.append(name.append(f"\n    {size}", "dim"))
    grid.add_row(*cells)
    return grid


def _kind_parts(judged: Assessment) -> RenderableType:
    """The parts that such an answer should hold, then its faults, with the words that show them."""
    look, titles = looks(judged.kind), SHAPES[Kind(judged.kind)].titles()
    surely = {sentence.part for sentence in judged.sentences}
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=3)
    grid.add_column(width=1)
    named = [titles.get(one.name, one.name) for one in (*judged.parts, *judged.faults)]
    grid.add_column(width=max(map(len, named)))
    grid.add_column(ratio=1, overflow="ellipsis", no_wrap=True)
    for part, title in zip(judged.parts, named, strict=False):
        # The first two versions had other names, and no labels.
        letter, style = look.get(part.name, _NO_PART)
        if part.found is None:
            mark, shown = Text("–", "red"), Text("not told", "red")
        elif part.name in surely:
            mark = Text("✓", "green")
            shown = Text(f"{_told(judged, part.name)}: “{part.found}”", "dim")
        else:
            hinted = "only hinted at: " if part.name in look else ""
            mark, shown = Text("~", "yellow"), Text(f"{hinted}“{part.found}”", "dim")
        grid.add_row(Text(f" {letter} ", style), mark, Text(title), shown)
    for fault in judged.faults:
        letter, style = look[fault.name]
        grid.add_row(
            Text(f" {letter} ", style),
            Text("!", "bold red"),
            Text(titles[fault.name]),
            Text(f"“{fault.found}”", "dim"),
        )
    return grid


def _score(judged: Assessment) -> Text:
    levels = "  ".join(f"{part} {level}/{TOP}" for part, level in judged.score.parts.items())
    return Text.assemble(
        ("Score: ", "bold"), f"{judged.score.overall} of 100", (f"   {levels}", "dim")
    )
