"""A take's words as subtitles: SubRip (srt) and WebVTT, as players and editors read them."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.errors import EntryError
from coach.improvement.entries import JudgedTake
from coach.review.log_export import plain
from coach.transcript.transcript import TimedWord

LINE = 42  # characters, the usual width of a subtitle
LINES = 2
LONGEST = 7.0  # s that one subtitle stands
SHORTEST = 0.001  # s: the formats know no subtitle of no length


@dataclass(frozen=True)
class Cue:
    """What is shown together.

    Attributes:
        lines: the words of each line.
        start: seconds from the start of the take; `end` likewise, and later.
    """

    lines: tuple[tuple[TimedWord, ...], ...]
    start: float
    end: float


def as_srt(attempt: JudgedTake) -> str:
    """
    Raises:
        EntryError: the take has no times.
    """
    cues = [
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n"
        + "".join(f"{' '.join(_plain(word) for word in line)}\n" for line in cue.lines)
        for number, cue in enumerate(cues_of(attempt), 1)
    ]
    return "\n".join(cues)


def as_vtt(attempt: JudgedTake) -> str:
    """With the time of every word, so that a player can mark it.

    Raises:
        EntryError: the take has no times.
    """
    question = plain(attempt.question.text)
    blocks = ["WEBVTT\n", f"NOTE {question}\n"]
    for cue in cues_of(attempt):
        lines = ["".join(_timed(line, cue)) for line in cue.lines]
        shown = "\n".join(line.strip() for line in lines)
        blocks.append(f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{shown}\n")
    return "\n".join(blocks)


def cues_of(attempt: JudgedTake) -> tuple[Cue, ...]:
    """The words of each sentence, cut where they are too many to read or too long to stand.

    Raises:
        EntryError: the take has no times.
    """
    if not attempt.transcript.spoken:
        raise EntryError(
            f"Take {attempt.id} was typed: there are no times for subtitles.",
            "Choose another format: md, html, json or csv.",
        )
    words = attempt.transcript.timed
    return tuple(
        cue
        for sentence in attempt.assessment.sentences
        for cue in _cut(words[sentence.first : sentence.last + 1])
    )


def _cut(words: Sequence[TimedWord]) -> Iterator[Cue]:
    lines: list[list[TimedWord]] = [[]]
    for word in words:
        too_wide = lines[-1] and len(" ".join(w.text for w in (*lines[-1], word))) > LINE
        too_long = lines[0] and word.end - lines[0][0].start > LONGEST
        if too_long or (too_wide and len(lines) == LINES):
            yield _cue(lines)
            lines = [[word]]
        elif too_wide:
            lines.append([word])
        else:
            lines[-1].append(word)
    yield _cue(lines)


def _cue(lines: list[list[TimedWord]]) -> Cue:
    start = lines[0][0].start
    return Cue(tuple(map(tuple, lines)), start, max(lines[-1][-1].end, start + SHORTEST))


def _timed(line: Sequence[TimedWord], cue: Cue) -> Iterator[str]:
    for word in line:
        # A time within a subtitle must lie within it.
        stamp = f"<{_time(word.start, '.')}>" if cue.start < word.start < cue.end else ""
        yield f"{stamp}{html.escape(word.text, quote=False)} "


def _plain(word: TimedWord) -> str:
    """SubRip knows no escapes; players read tags and arrows, so their brackets are others."""
    return word.text.replace("<", "‹").replace(">", "›")


def _time(seconds: float, point: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"
