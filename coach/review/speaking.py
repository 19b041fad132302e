"""How a question looks while the user thinks about it, and while they answer it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from coach.assessment.norms import SOURCES, Band
from coach.improvement.choose import Choice
from coach.review.words import clock

if TYPE_CHECKING:
    from coach.recording.take import Status  # numpy: 0.1 s

NOTICE = 6.0  # s for which something noticed stays on the screen
CAPTIONS = 230  # characters: three lines of a narrow terminal
LAST = 10.0  # s before the hard limit, from which they are counted down
HOT = -0.3  # dBFS of the loudest sample: it is being clipped
QUIETEST = -60.0  # dBFS at the left end of the meter
BAR = 40  # columns of a terminal of 80, for a quarter more than the longest answer that is fine
BESIDE = 40  # columns beside a bar
LEAST = 22  # columns that a bar leaves to what stands beside it, where there are few
_COLOURS = {"green": "green", "amber": "yellow", "red": "red"}


@dataclass(frozen=True)
class Answering:
    """What is shown of an answer beside the sound.

    Attributes:
        band: the length that is aimed at, in seconds.
        limit: s after which the answer ends by itself; None where it does not.
        faint: dBFS below which a voice is too quiet.
        follow_up: the one that is being answered.
        captions: the words heard so far; None where they are not shown.
        step: what the machine is doing, where the user waits for it.
    """

    band: Band
    limit: float | None
    faint: float
    follow_up: str | None = None
    captions: str | None = None
    step: str | None = None


def asked(choice: Choice, band: Band, title: str | None = None) -> Panel:
    """The question, why it was drawn, its kind and the length that is aimed at."""
    text = Text(choice.question.text, "bold")
    text.append(f"\n\n{choice.why}", "not bold italic")
    text.append(f"\n{_of_kind(choice, band)}", "not bold dim")
    return Panel(text, title=title and Text(title), title_align="left", padding=(1, 2))


def asked_plainly(choice: Choice, band: Band, title: str) -> Text:
    """The same without a frame."""
    return Text(f"\n{title}: {choice.question.text}\n{choice.why}\n{_of_kind(choice, band)}")


def _of_kind(choice: Choice, band: Band) -> str:
    return (
        f"{choice.question.kind.value} · aim at {band.green[0]:.0f}–{band.green[1]:.0f} s"
        f" [{SOURCES[band.source]}]"
    )


def bar_columns(width: int) -> int:
    """Columns of a bar on so many: half of the usual 80, fewer only where nothing else has room."""
    return min(2 * BAR, max(width - BESIDE, min(BAR // 2, width - LEAST), 1))


def thinking_time(spent: float, prep: float | None, width: int) -> Text:
    """How long the user has thought, or how much is left of the time given.

    Args:
        spent: s since the question was shown.
        prep: s given; None where there is no end to it.
        width: columns that there are.
    """
    if prep is None:
        return Text.assemble(("  Thinking time  ", "dim"), clock(spent))
    left = max(0.0, prep - spent)
    line = Text.assemble(("  Recording starts in  ", "dim"), (f"{clock(left + 0.99)}  ", "bold"))
    columns = min(bar_columns(width), width - len(line))
    return line.append_text(_bar(min(1.0, spent / prep), "cyan", columns))


def time_given(prep: float | None) -> Text:
    """The same where nothing is drawn."""
    if prep is None:
        return Text("Take the time you need.", "dim")
    return Text(f"Recording starts by itself in {prep:.0f} s.", "dim")


def _bar(share: float, colour: str, columns: int, marks: tuple[int, ...] = ()) -> Text:
    full, bar = round(share * columns), Text()
    for column in range(columns):
        mark = "━" if column < full else "│" if column in marks else "─"
        bar.append(mark, colour if column < full else "dim")
    return bar


@dataclass(frozen=True)
class Speaking:
    """The question, the time against the target, the level, and what was noticed last."""

    question: str
    status: "Status"
    shown: Answering

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        status, shown = self.status, self.shown
        columns = bar_columns(options.max_width)
        yield Padding(Text(self.question, "bold"), (1, 2))
        if shown.follow_up:
            yield Padding(Text(shown.follow_up, "bold cyan"), (0, 2, 1, 2))
        yield _time(status, shown, columns)
        yield _level(status, shown.faint, columns * 3 // 4, options.max_width)
        yield Padding(_warning(status, shown), (1, 2, 0, 2))
        if shown.captions:
            yield Padding(Text(_tail(shown.captions), "italic"), (1, 2, 0, 2))


def _tail(words: str) -> str:
    """The last of these words."""
    if len(words) <= CAPTIONS:
        return words
    return f"… {words[-CAPTIONS:].partition(' ')[2]}"


def _time(status: "Status", shown: Answering, columns: int) -> Text:
    band = shown.band
    whole = band.green[1] * 1.25
    colour = _COLOURS[band.colour(max(status.elapsed, band.green[0]))]
    mark = ("‖ ", "yellow") if status.paused else ("● ", "bold red" if status.speaking else "red")
    line = Text.assemble("  ", mark, (f"{clock(status.elapsed):>5}  ", f"bold {colour}"))
    marks = tuple(round(edge / whole * columns) for edge in band.green)
    line.append_text(_bar(min(1.0, status.elapsed / whole), colour, columns, marks))
    return line.append(f"  {clock(band.green[0])}–{clock(band.green[1])}", "dim")


def _level(status: "Status", faint: float, columns: int, width: int) -> Text:
    share = (max(QUIETEST, status.level) - QUIETEST) / -QUIETEST
    if status.paused:
        word, style = "", "dim"
    elif status.peak >= HOT:
        word, style = "clipped: farther, or lower the input", "red"
    elif status.speaking and status.level < faint:
        word, style = "too quiet: closer, or raise the input", "yellow"
    else:
        word, style = "", "green"
    level = "▮" * round(share * columns)
    line = Text.assemble(("    level  ", "dim"), (level.ljust(columns, "·"), style))
    if len(line) + len(word) + 2 > width:
        word = word.partition(":")[0]
    return line.append(f"  {word}", style)


def _warning(status: "Status", shown: Answering) -> Text:
    text, style = "", "yellow"
    recent = [
        n.text for n in status.notices if status.elapsed - n.at < NOTICE and n.kind != "asked"
    ]
    if shown.step:
        text, style = shown.step, "dim"
    elif status.paused:
        text = " ".join([*recent[-1:], "Paused; Space goes on."])
    elif status.countdown is not None:
        text = f"Ends in {status.countdown:.0f} s of silence; go on speaking to go on."
    elif shown.limit is not None and shown.limit - status.elapsed <= LAST:
        text = f"{max(0.0, shown.limit - status.elapsed):.0f} s left, then the answer ends."
        style = "bold red"
    elif recent:
        text = recent[-1]
    elif shown.limit is not None:
        text, style = f"It ends by itself at {clock(shown.limit)}.", "dim"
    return Text(text, style)


def told(status: "Status", shown: Answering) -> list[str]:
    """What there is to say of an answer where nothing is drawn, in the order in which it came."""
    band, marks = shown.band, []
    if status.elapsed >= band.green[0]:
        marks.append((band.green[0], f"{clock(band.green[0])}: long enough."))
    if status.elapsed >= band.green[1]:
        marks.append((band.green[1], f"{clock(band.green[1])}: come to an end."))
    if shown.limit is not None and status.elapsed >= shown.limit - LAST:
        marks.append((shown.limit - LAST, f"{LAST:.0f} s left, then the answer ends."))
    marks += [(notice.at, notice.text) for notice in status.notices if notice.kind != "asked"]
    return [text for _, text in marks]
