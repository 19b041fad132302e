"""The result of one take on one screen: what matters first, and as much as there is room for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from coach.areas import AREAS
from coach.assessment.assessment import Assessment, Finding
from coach.assessment.norms import SOURCES, Norms
from coach.assessment.rubric import TOP
from coach.assessment.star import StarPart
from coach.improvement.beside import Beside
from coach.improvement.entries import JudgedTake
from coach.review.compare import compared
from coach.review.fit import fitted
from coach.review.remarks import remarks
from coach.review.structure import strip, titles, without_score
from coach.review.terminal import made_by, mark, measured
from coach.review.words import duration

WELL = 3  # rows of what went well, where there is room
ROOMY = 32  # rows from which the parts have headings
NAMED = 10  # columns beside the strip, for the name of a take
# Between which parts a blank row is given up first, where there is no room for all.
_GAPS = (4, 0, 3, 1, 2)


@dataclass(frozen=True)
class OneScreen:
    """A result that fits the terminal where it can: blank rows go first, then the longest texts.

    There are six parts: the question, what went well, the structure, what to do, the numbers, and
    the score.

    Attributes:
        rows: of the terminal that are needed for something else.
        last: whether no question follows.
    """

    attempt: JudgedTake
    beside: Beside
    norms: Norms
    rows: int = 0
    last: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_height - self.rows
        versions = self._ever_shorter(options.max_width - NAMED, headed=room >= ROOMY)
        yield from fitted(versions, _GAPS, room, console, options)

    def _ever_shorter(self, wide: int, *, headed: bool) -> Iterator[list[RenderableType]]:
        if headed:
            yield self._parts(wide, WELL, headed=True)
        for most_well, short in ((WELL, False), (2, False), (1, False), (1, True)):
            yield self._parts(wide, most_well, short=short)

    def _parts(
        self, wide: int, most_well: int, *, short: bool = False, headed: bool = False
    ) -> list[RenderableType]:
        judged = self.attempt.assessment
        well = _marked(judged.went_well[:most_well], "✓", "green", short)
        advice = _marked([advice.text for advice in judged.advice], None, "yellow", short)
        for remark in remarks(self.attempt, self.beside):
            advice.add_row("·", Text(remark))
        numbers = numbers_line(judged, self.norms)
        return [
            Text(self.attempt.question.text, "dim", no_wrap=True, overflow="ellipsis"),
            _headed("What went well", well) if headed else well,
            without_score(judged, self._strips(wide)),
            _headed("In the next take", advice) if headed else advice,
            _headed("The numbers", numbers) if headed else numbers,
            Group(*self._against(wide + NAMED)),
        ]

    def _strips(self, wide: int) -> RenderableType:
        """The strip; that of the take before stands under a retake's."""
        now = strip(self.attempt.assessment, wide)
        before = self.beside.before
        if not self.beside.retake or before is None:
            return now
        grid = Table.grid(padding=(0, 1))
        grid.add_row(now, Text("now", "bold"))
        grid.add_row(strip(before.assessment, wide), Text(f"take {before.id}", "dim"))
        return grid

    def _against(self, width: int) -> Iterator[Text]:
        judged, before = self.attempt.assessment, self.beside.before
        lines = [score_line(self.attempt, before)]
        if self.beside.retake and before is not None:
            changes = mended(before.assessment, judged)
            joined = Text("   ").join(changes)
            lines += [joined] if joined.cell_len <= width else changes
        step = Text.assemble(("Next: ", "bold"), self._next_step())
        beside = Text("   ").join([lines[-1], step])
        yield from [*lines[:-1], beside] if beside.cell_len <= width else [*lines, step]

    def _next_step(self) -> str:
        judged, before = self.attempt.assessment, self.beside.before
        better = (
            self.beside.retake
            and before is not None
            and judged.score.overall >= before.assessment.score.overall
        )
        again = judged.advice and not better
        if again:
            return "press r and mend 1."
        return "press Enter to finish." if self.last else "press Enter to go on."


def spoken(attempt: JudgedTake, beside: Beside, norms: Norms) -> Text:
    """A result in plain lines, for somebody who hears the screen."""
    judged, before = attempt.assessment, beside.before
    lines = [Text(f"Take {attempt.id}, {made_by(attempt.transcript)}.")]
    lines += [Text(f"Good: {text}") for text in judged.went_well]
    if judged.shares is None:
        lines += [Text(f"{p.name}: {'there' if p.found else 'not found'}.") for p in judged.parts]
    else:
        shares = (f"{part.title} {judged.shares[part.value]:.0%}" for part in StarPart)
        lines.append(Text(f"{', '.join(shares)}."))
        lacking = ", ".join(part.title for part in judged.missing) or "nothing"
        lines.append(Text(f"Missing: {lacking}."))
    lines += [Text(f"{number}. {each.text}") for number, each in enumerate(judged.advice, 1)]
    lines += [Text(remark) for remark in remarks(attempt, beside)]
    lines += [_in_words(number) for pair in _numbers(judged, norms) for number in pair]
    lines.append(_score_in_words(judged, before))
    if before is not None:
        lines += mended(before.assessment, judged)
    return Text("\n").join(lines)


def _headed(heading: str, part: Table) -> RenderableType:
    return Group(Text(heading, "bold"), part) if part.row_count else part


def _marked(texts: Sequence[str], sign: str | None, style: str, short: bool) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=2, style=style, justify="right")
    grid.add_column(ratio=1, overflow="ellipsis" if short else "fold", no_wrap=short)
    for number, text in enumerate(texts, 1):
        grid.add_row(sign or f"{number}.", Text(text))
    return grid


def score_line(attempt: JudgedTake, before: JudgedTake | None) -> Text:
    """The score by part, each with its change since the take before.

    Where the words of either are doubted, the change may be one of the hearing, and so the two
    scores stand beside each other.
    """
    judged = attempt.assessment
    doubted = before is not None and (attempt.transcript.doubted or before.transcript.doubted)
    old = before.assessment.score if before and not doubted else None
    line = Text.assemble(("Score ", "bold"), (f"{judged.score.overall}", "bold"), " of 100")
    line.append_text(_change(judged.score.overall, old.overall if old else None))
    for part, level in judged.score.parts.items():
        line.append(f"   {part} {level}/{TOP}")
        line.append_text(_change(level, old.parts.get(part) if old else None))
    if before is not None and doubted:
        line.append(f"   take {before.id}: {before.assessment.score.overall}", "dim")
    elif before is not None:
        line.append(f"   since take {before.id}", "dim")
    return line


def _score_in_words(judged: Assessment, before: JudgedTake | None) -> Text:
    named = titles(judged.kind)
    parts = (f"{named.get(part, part)} {n} of {TOP}" for part, n in judged.score.parts.items())
    text = f"Score: {judged.score.overall} of 100. {', '.join(parts)}."
    if before is None:
        return Text(text)
    change = judged.score.overall - before.assessment.score.overall
    told = f"{abs(change)} {'more' if change > 0 else 'less'} than" if change else "as"
    return Text(f"{text} {told.capitalize()} in take {before.id}.")


def _change(now: int, before: int | None) -> Text:
    if before is None or now == before:
        return Text()
    return Text(f" {now - before:+d}".replace("-", "−"), "green" if now > before else "yellow")


def mended(before: Assessment, after: Assessment) -> list[Text]:
    """What a retake mended, and what it did not, in lines."""
    changes, lines = compared(before, after), []
    for kind, name, style in (
        ("mended", "Mended: ", "green"),
        ("lost", "Worse: ", "red"),
        ("open", "Still open: ", "yellow"),
    ):
        areas = [AREAS[change.after.area].name for change in changes if change.kind == kind]
        if areas:
            lines.append(Text.assemble((name, "bold"), (", ".join(areas), style)))
    return lines or [Text("As in the take before.", "dim")]


def numbers_line(judged: Assessment, norms: Norms) -> Table:
    """Length, pace, fillers and pauses, each against its band, with the kind of its source."""
    grid = Table.grid(padding=(0, 1))
    for pair in _numbers(judged, norms):
        grid.add_row(*pair)
    return grid


def _numbers(judged: Assessment, norms: Norms) -> tuple[tuple[Text, Text], tuple[Text, Text]]:
    return (
        (_length(judged), _pace(judged, norms)),
        (_fillers(judged, norms), _pauses(judged, norms)),
    )


def _in_words(number: Text) -> Text:
    """A number that is heard: what its sign means stands at its end."""
    sign, told = number.plain[0], number.plain[2:]
    meant = {"✓": ": good", "~": ": nearly", "!": ": not yet"}.get(sign, "")
    return Text(f"{told}{meant}.")


def _length(judged: Assessment) -> Text:
    finding = dict(measured(judged)).get("Length")
    told, _, aims = finding.text.partition("; ") if finding else ("", "", "")
    aim = aims.removesuffix(" is aimed at.")
    if not aim:
        return _number(finding, "Length", "typed")
    if judged.timing.seconds is None:
        return _number(finding, "Length", f"{told.lower().partition(' if')[0]} of {aim}")
    return _number(finding, "Length", f"{duration(judged.timing.seconds)} of {aim}")


def _pace(judged: Assessment, norms: Norms) -> Text:
    finding = judged.finding("voice.pace")
    pace = judged.timing.words_per_minute
    if pace is None:
        return _number(finding, "Pace", "not measured")
    low, high = norms.pace.green
    return _number(finding, "Pace", f"{pace:.0f}/min of {low:.0f}–{high:.0f}")


def _fillers(judged: Assessment, norms: Norms) -> Text:
    finding = judged.finding("voice.fillers")
    if judged.fillers is None:
        return _number(finding, "Fillers", "not measurable by this engine")
    rate = 100 * judged.fillers / max(1, judged.words)
    return _number(finding, "Fillers", f"{rate:.1f}/100 of ≤{norms.fillers.green[1]:.0f}")


def _pauses(judged: Assessment, norms: Norms) -> Text:
    finding, timing = judged.finding("voice.hesitation"), judged.timing
    if timing.start_delay is None:
        return _number(finding, "Pauses", "none, it is typed")
    most = norms.start_delay.amber[1]  # up to there a slow start counts for nothing
    told = f"{timing.start_delay:.0f} of ≤{most:.0f} s, {timing.broken_clauses} inside"
    return _number(finding, "Pauses", told)


def _number(finding: Finding | None, name: str, told: str) -> Text:
    """Such as "✓ Pace 140/min of 120–175"; without a sign where nothing was found about it."""
    sign, style = mark(finding) if finding else ("·", "dim")
    text = Text.assemble((f"{sign} ", style), (f"{name} ", "bold"), told)
    if finding and finding.source:
        text.append(f", {SOURCES[finding.source]}", "dim")
    return text
