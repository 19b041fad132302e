"""The words of a take as the page shows them: sentence by sentence, every word apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.assessment.assessment import Assessment, Sentence
from coach.improvement.entries import JudgedTake
from coach.review.structure import titles, tones
from coach.review.words import clock, hesitations_before, places
from coach.transcript.transcript import Hesitation, Transcript


@dataclass(frozen=True)
class Token:
    """A word, or what stands between words.

    Attributes:
        kind: word, hesitation or pause.
        text: what is shown.
        index: of the word; for others of the word that they stand at.
        start: seconds; None where nothing was spoken.
        end: likewise.
        marks: any of filler, hedge, doubtful; of a pause inside where it breaks a sentence.
    """

    kind: str
    text: str
    index: int
    start: float | None = None
    end: float | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A sentence.

    Attributes:
        text: its words, to be mended.
        corrected: whether the user said which part it serves.
    """

    number: int
    first: int
    last: int
    start: str
    part: str | None
    letter: str
    tone: str
    title: str
    why: str
    corrected: bool
    text: str
    tokens: tuple[Token, ...]


def lines(attempt: JudgedTake) -> tuple[Line, ...]:
    """Every sentence of a judged take."""
    said, judged = attempt.transcript, attempt.assessment
    look, names = tones(judged.kind), titles(judged.kind)
    corrected = {(correction.first, correction.last) for correction in attempt.corrections}
    return tuple(
        Line(
            number,
            sentence.first,
            sentence.last,
            "" if sentence.start is None else clock(sentence.start),
            sentence.part,
            *look[sentence.part],
            names.get(sentence.part or "", "no part"),
            f"{sentence.confidence:.0%} {sentence.why}",
            (sentence.first, sentence.last) in corrected,
            " ".join(word.text for word in said.words[sentence.first : sentence.last + 1]),
            tuple(_tokens(said, judged, sentence)),
        )
        for number, sentence in enumerate(judged.sentences, 1)
    )


def _tokens(said: Transcript, judged: Assessment, sentence: Sentence) -> Iterator[Token]:
    """As `line` of the terminal: hesitations, the word, the pause after it."""
    fillers, hedges = places(judged.filler_words), places(judged.hedges)
    before = hesitations_before(said)
    pauses = {pause.after: pause for pause in judged.timing.pauses}
    for index in range(sentence.first, sentence.last + 1):
        word = said.words[index]
        yield from _hesitations(before.get(index, []), index)
        marks = (("filler", index in fillers), ("hedge", index in hedges))
        named = [name for name, there in (*marks, ("doubtful", word.doubtful)) if there]
        yield Token("word", word.text, index, word.start, word.end, tuple(named))
        if index in pauses:
            pause = pauses[index]
            marked = ("inside",) if pause.inside else ()
            yield Token("pause", f"{pause.seconds:.1f} s", index, word.end, None, marked)
    if sentence.last + 1 == len(said.words):
        yield from _hesitations(before.get(len(said.words), []), sentence.last)


def _hesitations(found: list[Hesitation], index: int) -> Iterator[Token]:
    for one in found:
        yield Token("hesitation", "um", index, one.start, one.end)
