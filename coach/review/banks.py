"""How questions, what is wrong with them, and areas' texts look on a terminal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from coach.areas import AREAS, Area
from coach.assessment.norms import SOURCES, Norms
from coach.improvement.posting import Named
from coach.questions.area_texts import AreaText
from coach.questions.check import Fault
from coach.questions.question import Question
from coach.questions.search import Hit, marks
from coach.questions.select import ENOUGH, Counts
from coach.review.tables import apart, folded, labelled, listing, right, signed

_FOUND = "bold yellow"


def questions(shown: Iterable[Question], own: Collection[str]) -> Table:
    """Questions, each with its id, kind and main area; the user's own have a star."""
    table = _by_id("bold")
    for question in shown:
        name = question.id + ("*" if question.id in own else "")
        table.add_row(name, Text.assemble(question.text, "\n", (filed_under(question), "dim")))
    return table


def _by_id(style: str) -> Table:
    """A grid of ids, in this style, and texts."""
    return Table.grid(Column(no_wrap=True, style=style), folded("", 1), padding=(0, 2))


def filed_under(question: Question) -> str:
    """Kind, areas, and field and level where it belongs to one."""
    special = dict.fromkeys(n for n in (question.field, question.level) if n != "any")
    areas = ", ".join(AREAS[area].name for area in question.areas)
    return " · ".join([question.kind.value, areas, *special])


def question(shown: Question, norms: Norms, *, own: bool) -> RenderableType:
    """One question with all that its bank says of it."""
    band = norms.length(shown)
    grid = labelled()
    grid.add_row("kind", shown.kind.value)
    grid.add_row("areas", "\n".join(f"{AREAS[area].name} ({area})" for area in shown.areas))
    grid.add_row("field, level", f"{shown.field}, {shown.level}")
    aim = f"{band.green[0]:.0f}–{band.green[1]:.0f} s [{SOURCES[band.source]}]"
    grid.add_row("aim at", Text(aim))
    title = Text.assemble((shown.text, "bold"), (f"  {shown.id}{', your own' * own}", "dim"))
    rows: list[RenderableType] = [title, grid]
    for name, texts in (
        ("A strong answer shows", shown.shows),
        ("An interviewer may go on with", tuple(map(str, shown.probes))),
        ("Also asked as", shown.variants),
    ):
        if texts:
            rows.append(Group(Text(name, "bold"), signed(texts, "·")))
    return apart(rows)


def hits(found: Iterable[Hit], words: str) -> Table:
    """What a search found, the words marked; where they stand elsewhere, that line as well."""
    table = _by_id("bold")
    for hit in found:
        shown = _marked(hit.question.text, words)
        for text in (*hit.question.variants, *hit.question.shows):
            if marks(text, words) and not marks(hit.question.text, words):
                shown.append("\n  … ", "dim").append_text(_marked(text, words))
        table.add_row(hit.question.id, shown.append(f"\n{filed_under(hit.question)}", "dim"))
    return table


def _marked(text: str, words: str) -> Text:
    marked = Text(text)
    for first, end in marks(text, words):
        marked.stylize(_FOUND, first, end)
    return marked


def counts(counted: Counts) -> RenderableType:
    """How many questions there are by kind, field, level and area."""
    upper = Table.grid(padding=(0, 4))
    upper.add_row(
        _counted("kind", counted.kinds),
        _counted("field", counted.fields),
        _counted("level", counted.levels),
    )
    names = list(counted.areas)
    half = (len(names) + 1) // 2
    lower = Table.grid(padding=(0, 4))
    lower.add_row(
        *(
            _counted("area", {AREAS[area].name: counted.areas[area] for area in part})
            for part in (names[:half], names[half:])
        )
    )
    short = ", ".join(f"{AREAS[area].name} ({counted.areas[area]})" for area in counted.short)
    last = Text(
        f"Fewer than {ENOUGH}: {short}" if short else f"Every area has at least {ENOUGH}.",
        "yellow" if short else "green",
    )
    return Group(f"{counted.total} questions", "", upper, "", lower, "", last)


def _counted(title: str, numbers: Mapping[str, int]) -> Table:
    table = listing(folded(title), right(""))
    for name, number in numbers.items():
        table.add_row(name, str(number))
    return table


def faults(found: Sequence[Fault]) -> RenderableType:
    """What is wrong, file by file."""
    rows: list[RenderableType] = []
    for file, of_file in groupby(found, key=lambda fault: fault.file):
        rows.append(Text(str(file), "bold", overflow="fold"))
        for fault in of_file:
            where = "the whole file" if fault.entry is None else f"entry {fault.entry}"
            named = f" ({fault.id})" if fault.id else ""
            mark, style = ("~ ", "yellow") if fault.warning else ("! ", "red")
            text = Text.assemble(
                (mark, style), f"{where}{named}: {fault.problem}. ", (fault.mend, "dim")
            )
            rows.append(Padding(text, (0, 0, 0, 2)))
    return Group(*rows)


def proposals(proposed: Sequence[Question]) -> Table:
    """New questions with their numbers, for the user to accept or drop."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for number, each in enumerate(proposed, 1):
        table.add_row(str(number), Text.assemble(each.text, "\n", (filed_under(each), "dim")))
    return table


def posting(named: Sequence[tuple[Named, Sequence[Question]]]) -> RenderableType:
    """The competencies that a posting names, its own words, and questions that test them."""
    rows: list[RenderableType] = []
    for competency, testing in named:
        name = AREAS[competency.area].name
        rows.append(Text.assemble((name, "bold"), (f"  {competency.area}", "dim")))
        said = "\n".join(f"“{words}”" for words in competency.words)
        rows.append(Padding(Text(said, "italic"), (0, 0, 0, 2)))
        grid = _by_id("dim")
        for each in testing:
            grid.add_row(each.id, Text(each.text))
        rows.append(Padding(grid, (0, 0, 1, 2)))
    return Group(*rows)


def not_practised(named: Sequence[Named]) -> RenderableType:
    """What a posting asks for besides, which no answer can show."""
    rows: list[RenderableType] = [
        Text("Asked for as well, and not practised aloud: your CV is the place for it", "bold")
    ]
    for each in named:
        said = "; ".join(f"“{words}”" for words in each.words)
        rows.append(Padding(Text(f"{AREAS[each.area].name}: {said}"), (0, 0, 0, 2)))
    return Group(*rows, "")


def area_heading(shown: Area) -> Text:
    return Text.assemble((shown.name, "bold"), (f"  {shown.id}", "dim"))


def area(shown: Area, text: AreaText, drilled_by: int) -> RenderableType:
    """What an area means, and what to do about it.

    Args:
        drilled_by: how many questions of the banks exercise it.
    """
    grid = labelled()
    grid.add_row("what it means", Text(text.meaning))
    grid.add_row("why they care", Text(text.why))
    grid.add_row("try next", Text(text.try_next))
    grid.add_row("an exercise", Text(text.exercise))
    grid.add_row("improves when", Text(f"{shown.improvement} ({shown.evidence})"))
    if shown.drillable:
        grid.add_row("questions", f"{drilled_by}; coach bank list --area {shown.id}")
    return grid
