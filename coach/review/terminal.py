"""How takes, findings and rejections look on a terminal, from 80 columns up.

Nothing here decides anything. Colour never carries a meaning alone: parts have their letters, bands
their words.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.assessment.assessment import Assessment, Finding
from coach.assessment.norms import SOURCES
from coach.improvement.beside import ALONE, Beside
from coach.improvement.entries import Attempt, JudgedTake, Rejection
from coach.improvement.points import named_areas
from coach.review import days
from coach.review.remarks import remarks
from coach.review.structure import looks, structure, titles
from coach.review.tables import apart, cut, folded, listing, right, signed, whole
from coach.review.words import clock, counted, duration, line, marks_of, number_of
from coach.transcript.transcript import Transcript

_BAND = {1.0: ("✓", "green"), 0.0: ("!", "red")}
_SHOWN = (
    ("Length", ("voice.long", "voice.short")),
    ("Pace", ("voice.pace",)),
    ("Fillers", ("voice.fillers",)),
    ("Pauses", ("voice.hesitation",)),
    ("Hedges", ("voice.confidence",)),
)


def result(attempt: JudgedTake, beside: Beside = ALONE, *, heading: bool = True) -> RenderableType:
    """One take: what went well, its parts, what to do next, and the numbers.

    Args:
        heading: whether the question is shown again.
    """
    judged = attempt.assessment
    rows: list[RenderableType] = [_heading(attempt, question=heading)]
    if judged.went_well:
        rows.append(_list("What went well", judged.went_well, "✓", "green"))
    rows.append(structure(judged))
    if judged.advice:
        rows.append(
            _list("In the next take", [advice.text for advice in judged.advice], None, "yellow")
        )
    if told := remarks(attempt, beside):
        rows.append(signed(told, "·", "yellow"))
    rows.append(numbers(judged))
    rows.append(Text(engine_line(attempt.transcript, judged), "dim"))
    if beside.before is not None:
        rows.append(changes(beside.before.assessment, judged))
    return apart(rows)


def _heading(attempt: Attempt, *, question: bool) -> Text:
    number = f"Take {attempt.id}" if attempt.id else ""
    if not question:
        return Text(number, "bold")
    return Text.assemble((attempt.question.text, "bold"), (f"  {number}", "dim"))


def _list(title: str, items: Sequence[str], mark: str | None, style: str) -> RenderableType:
    return Group(Text(title, "bold"), signed(items, mark, style))


def numbers(judged: Assessment) -> RenderableType:
    """Each number against its band, with the kind of source that the band has."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(width=9)
    grid.add_column(overflow="fold")
    for name, finding in measured(judged):
        sign, style = mark(finding)
        grid.add_row(Text(sign, style), name, _with_source(finding))
    if judged.filler_words and judged.fillers is None:
        heard = f"Heard all the same: {counted(judged.filler_words)}"
        grid.add_row("", "", Text(heard, "dim"))
    return Group(Text("The numbers", "bold"), grid)


def measured(judged: Assessment) -> Iterator[tuple[str, Finding]]:
    """Each number by its name: of two findings about it the one that is met least."""
    for name, areas in _SHOWN:
        found = [f for area in areas if (f := judged.finding(area))]
        if found:
            yield name, min(found, key=lambda f: 1.0 if f.met is None else f.met)


def mark(finding: Finding) -> tuple[str, str]:
    """A sign and a colour that say whether it is met."""
    if finding.met is None or finding.area == "voice.confidence":
        return "·", "dim"
    return _BAND.get(finding.met, ("~", "yellow"))


def _with_source(finding: Finding) -> Text:
    text = Text(finding.text)
    if finding.source:
        text.append(f" [{SOURCES[finding.source]}]", "dim")
    return text


def engine_line(transcript: Transcript, judged: Assessment) -> str:
    """Who made the words, and by which version they were judged."""
    mended = ", mended by you" if transcript.edited else ""
    here = " on this machine" if transcript.spoken else ""
    return f"{number_of(judged.words, 'word')}, {made_by(transcript)}{here}{mended}."


def made_by(transcript: Transcript) -> str:
    """What its words come from: "typed", or such as "heard by sphinx (en-us)"."""
    if transcript.engine == "text":
        return "typed"
    return f"heard by {transcript.engine} ({transcript.model})"


def changes(before: Assessment, after: Assessment) -> RenderableType:
    """What a retake mended, what it lost, and what is still to do."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, was, now in _scores(before, after):
        if now != was:
            mark, style = ("↑", "green") if now > was else ("↓", "red")
            grid.add_row(Text(mark, style), name, Text(f"{was} before, {now} now", "dim"))
    for finding in after.findings:
        old = before.finding(finding.area)
        if old is None or old.met is None or finding.met is None:
            continue
        if finding.area.startswith(_COMPARED):
            change = _band(finding.met) - _band(old.met)
            if change:
                mark, style = ("↑", "green") if change > 0 else ("↓", "red")
                grid.add_row(Text(mark, style), AREAS[finding.area].name, Text(finding.text, "dim"))
    if not grid.row_count:
        grid.add_row("·", "Nothing changed.", "")
    return Group(Text("Against the take before", "bold"), grid)


def _scores(before: Assessment, after: Assessment) -> Iterator[tuple[str, int, int]]:
    """The score and the level of each part, before and after."""
    yield "Score", before.score.overall, after.score.overall
    for part, level in after.score.parts.items():
        name = titles(after.kind).get(part, part)
        yield f"{name[:1].upper()}{name[1:]}", before.score.parts.get(part, level), level


_COMPARED = ("star.", "voice.long", "voice.short", "voice.pace", "voice.fillers", "hr.")


def _band(met: float) -> int:
    """0 where a finding is wanting, 1 between, 2 where it is met."""
    return 2 if met >= 1 else 1 if met >= 0.5 else 0


def transcript(attempt: JudgedTake, *, numbered: bool = False) -> RenderableType:
    """Every sentence with its time (or its number), its part and why.

    The words are marked as in `words`.
    """
    judged = attempt.assessment
    look = looks(judged.kind)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim")
    grid.add_column(width=3)
    grid.add_column(overflow="fold", ratio=1)
    marks = marks_of(attempt.transcript, judged)
    for number, sentence in enumerate(judged.sentences, 1):
        letter, style = look[sentence.part]
        told = line(attempt.transcript, marks, sentence.first, sentence.last)
        told.append(f"\n{sentence.confidence:.0%} {sentence.why}", "dim")
        start = "" if sentence.start is None else clock(sentence.start)
        grid.add_row(str(number) if numbered else start, Text(f" {letter} ", style), told)
    return grid


def takes(attempts: Iterable[Attempt], today: date) -> Table:
    """Past takes, a row each.

    Args:
        today: takes of another year show it.
    """
    sizes = right("length"), whole("missing")
    table = listing(right("take"), whole("when"), cut("question"), *sizes)
    for attempt in attempts:
        table.add_row(
            str(attempt.id),
            days.listed_moment(attempt.started, today),
            attempt.question.text,
            length(attempt),
            missing(attempt),
        )
    return table


def length(attempt: Attempt) -> str:
    if not isinstance(attempt, JudgedTake):
        return "–"
    seconds = attempt.assessment.timing.seconds
    return "typed" if seconds is None else duration(seconds)


def missing(attempt: Attempt) -> str:
    """Parts that are not told, those that are only hinted at in brackets."""
    if not isinstance(attempt, JudgedTake):
        return "waits to be heard"
    judged = attempt.assessment
    if judged.shares is None:
        lacking = [part.name for part in judged.parts if part.found is None]
        if len(lacking) == len(judged.parts):
            return "all parts" if lacking else "–"
        return f"{len(lacking)} of {len(judged.parts)} parts" if lacking else "–"
    hinted = [f"({part.value})" for part in judged.unclear]
    return " ".join([part.value for part in judged.missing] + hinted) or "–"


def rejections(found: Iterable[Rejection]) -> Table:
    """Rejections, a row each."""
    cuts = cut("company", 2), cut("role", 2)
    table = listing(right("id"), whole("date"), *cuts, whole("stage"), folded("areas", 3))
    for rejection in found:
        table.add_row(
            str(rejection.id),
            days.listed(rejection.date),
            rejection.company,
            rejection.role,
            rejection.stage or "–",
            ", ".join(AREAS[area].name for area in named_areas(rejection.points)) or "–",
        )
    return table
