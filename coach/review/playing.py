"""A take while it is played: its words, with a marker on the one that is heard."""

from bisect import bisect_right

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.assessment.assessment import Sentence
from coach.errors import EntryError
from coach.improvement.entries import JudgedTake
from coach.review.structure import looks, titles
from coach.review.words import clock, duration, line, marks_of

BAR = 40  # columns
_ENOUGH = 0.3  # s: a word stays marked in the pause after it for so long


class Playing:
    """What is shown of a judged take at each moment of its recording."""

    def __init__(self, attempt: JudgedTake) -> None:
        self._attempt = attempt
        self._marks = marks_of(attempt.transcript, attempt.assessment)
        self._said = attempt.transcript.timed
        self._starts = [word.start for word in self._said]
        self._sentences = [
            (sentence, sentence.start)
            for sentence in attempt.assessment.sentences
            if sentence.start is not None
        ]

    def word_at(self, seconds: float) -> int | None:
        """The index of the word that is heard then; None in a longer pause."""
        index = bisect_right(self._starts, seconds) - 1
        heard = index >= 0 and seconds <= self._said[index].end + _ENOUGH
        return index if heard else None

    def at(self, seconds: float, hint: str = "") -> RenderableType:
        """The sentence that is heard, with the one before it and the one after it, and a clock.

        Args:
            hint: beside the clock.
        """
        look = looks(self._attempt.assessment.kind)
        now = max(0, bisect_right(self._sentences, seconds, key=lambda each: each[1]) - 1)
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", style="dim")
        grid.add_column(width=3)
        grid.add_column(overflow="fold", ratio=1)
        first = max(0, now - 1)
        for place, (sentence, start) in enumerate(self._sentences[first : now + 2], first):
            letter, style = look[sentence.part]
            told = self._told(sentence, self.word_at(seconds))
            if place != now:
                told.stylize("dim")
            grid.add_row(clock(start), Text(f" {letter} ", style), told)
        return Group(grid, Padding(self._clock(seconds).append(hint, "dim"), (1, 0, 0, 0)))

    def _told(self, sentence: Sentence, spoken: int | None) -> Text:
        return line(self._attempt.transcript, self._marks, sentence.first, sentence.last, spoken)

    def _clock(self, seconds: float) -> Text:
        whole = self._attempt.transcript.seconds or 0.0
        done = min(BAR, round(BAR * seconds / whole)) if whole else BAR
        return Text.assemble(
            clock(seconds) if seconds < whole else duration(whole),
            (" " + "━" * done, "bold"),
            ("─" * (BAR - done) + " ", "dim"),
            duration(whole),
        )


def beginning(attempt: JudgedTake, named: str) -> float:
    """Where a part begins, or the time that is named.

    Args:
        named: a part by its letter or name, minutes and seconds such as 1:05, or seconds; nothing
            for the beginning.

    Returns:
        Seconds from the start of the take.

    Raises:
        EntryError: it is neither, the part is not told, or the take is shorter.
    """
    wanted = named.strip().casefold()
    if not wanted:
        return 0.0
    minutes, _, seconds = wanted.rpartition(":")
    if seconds.isdecimal() and (not minutes or minutes.isdecimal()):
        at = 60.0 * int(minutes or 0) + int(seconds)
        whole = attempt.transcript.seconds or 0.0
        if at >= whole:
            raise EntryError(
                f"Take {attempt.id} is {duration(whole)} long.",
                "Name an earlier time, such as: --play 0:10",
            )
        return at
    judged = attempt.assessment
    look, named_as = looks(judged.kind), titles(judged.kind)
    told = [(s.part, s.start) for s in judged.sentences if s.part and s.start is not None]
    for part, start in told:
        if wanted in (name.casefold() for name in (look[part][0], named_as[part], part)):
            return start
    parts = ", ".join(dict.fromkeys(named_as[part] for part, _ in told))
    raise EntryError(
        f"There is no “{named}” in take {attempt.id}.",
        f"Name a time such as 0:45{f', or one of its parts: {parts}' if parts else ''}.",
    )
