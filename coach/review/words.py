"""How the words of a take look: what fills, what weakens, where the speaker paused or hesitated.

No mark is a colour alone: fillers are underlined, hedges slanted, pauses and hesitations stand in
brackets with their length or time, and a word that the recogniser doubts is followed by (?).
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text

from coach.assessment.assessment import Assessment
from coach.assessment.wording import Mark
from coach.transcript.transcript import Hesitation, Transcript

FILLER, HEDGE = "underline yellow", "italic magenta"
SPOKEN = "reverse bold"  # the word that is being played


@dataclass(frozen=True)
class Marks:
    """What is shown at each word, by its index; one past the last stands for the end.

    Attributes:
        styles: of the words themselves.
        before: hesitations before the word.
        after: the pause after the word.
    """

    styles: dict[int, str]
    before: dict[int, Text]
    after: dict[int, Text]


def clock(seconds: float) -> str:
    """A place in a take, in minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def duration(seconds: float) -> str:
    """How long a take is, in minutes and seconds, rounded as in what is said of its length."""
    return clock(round(seconds))


def places(marks: Iterable[Mark]) -> frozenset[int]:
    """The indices of the words that are marked."""
    return frozenset(i for mark in marks for i in range(mark.first, mark.last + 1))


def marks_of(said: Transcript, judged: Assessment) -> Marks:
    hedges, fillers = places(judged.hedges), places(judged.filler_words)
    styles = dict.fromkeys(hedges, HEDGE) | dict.fromkeys(fillers, FILLER)
    pauses = {
        pause.after: Text(f"[{pause.seconds:.1f} s] ", "yellow" if pause.inside else "dim")
        for pause in judged.timing.pauses
    }
    return Marks(styles, _hesitations(said), pauses)


def hesitations_before(said: Transcript) -> dict[int, list[Hesitation]]:
    """Hesitations by the index of the word that they stand before."""
    middles = [(word.start + word.end) / 2 for word in said.timed]
    before: dict[int, list[Hesitation]] = {}
    for hesitation in said.hesitations or ():
        index = bisect(middles, (hesitation.start + hesitation.end) / 2)
        before.setdefault(index, []).append(hesitation)
    return before


def _hesitations(said: Transcript) -> dict[int, Text]:
    return {
        index: Text("".join(f"[um {clock(one.start)}] " for one in found), "yellow")
        for index, found in hesitations_before(said).items()
    }


def line(said: Transcript, marks: Marks, first: int, last: int, spoken: int | None = None) -> Text:
    """The words from one index to another with their marks.

    Args:
        spoken: index of the word that is being played.
    """
    text = Text()
    for index in range(first, last + 1):
        word = said.words[index]
        text.append_text(marks.before.get(index, Text()))
        text.append(word.text, SPOKEN if index == spoken else marks.styles.get(index, ""))
        if word.doubtful and not (index < last and said.words[index + 1].doubtful):
            text.append("(?)", "dim")
        text.append(" ")
        text.append_text(marks.after.get(index, Text()))
    if last + 1 == len(said.words):
        text.append_text(marks.before.get(len(said.words), Text()))
    return text


def legend(said: Transcript, judged: Assessment) -> Text:
    """What the marks stand for, and how often each is there; nothing where none is."""
    found: list[tuple[str, str, str]] = []
    if judged.filler_words:
        found.append(("fillers", FILLER, counted(judged.filler_words)))
    if judged.hedges:
        found.append(("hedges", HEDGE, counted(judged.hedges)))
    if said.hesitations:
        found.append(("[um 0:00]", "yellow", f"hesitations ×{len(said.hesitations)}"))
    if judged.timing.pauses:
        inside = judged.timing.broken_clauses
        told = f"pauses ×{len(judged.timing.pauses)}, {inside} inside a sentence"
        found.append(("[1.0 s]", "yellow", told))
    text = Text(style="not bold")
    for number, (name, style, told) in enumerate(found):
        text.append("   " if number else "").append(name, style).append(f" {told}", "dim")
    return text


def counted(marks: Iterable[Mark]) -> str:
    """Their texts, each with how often it is there, the commonest first."""
    found = Counter(mark.text for mark in marks)
    return ", ".join(f"“{text}”" + (f" ×{n}" if n > 1 else "") for text, n in found.most_common())


def number_of(count: int, name: str, several: str | None = None) -> str:
    """Such as "1 take" or "3 takes"; `several` where more than one is no "s" behind it."""
    return f"{count} {name if count == 1 else several or f'{name}s'}"
