"""The page of one take: its sound, words and findings, and what is done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coach.areas import AREAS
from coach.assessment.assessment import Assessment, Correction, Finding, Sentence
from coach.assessment.norms import SOURCES, Norms
from coach.assessment.rubric import TOP
from coach.assessment.star import StarPart
from coach.assessment.story import extent
from coach.errors import CoachError, EntryError, NoSuchFileError
from coach.improvement.entries import Attempt, JudgedTake, Note, Summary
from coach.improvement.rejudge import correct, edit_words, labelled_take
from coach.review.spoken_of import Stretch, about, quoted
from coach.review.structure import kind_rows, size, titles, tones
from coach.review.take import facts_of, follow_ups, scores_before
from coach.review.terminal import engine_line, length, mark
from coach.review.web.page import Asked, Moved, Shown, Sound
from coach.review.web.waveform import HEIGHT, PEAKS, Wave, described, wave_of
from coach.review.web.words import lines
from coach.review.words import clock, counted

NO_PART = "O"  # what a form sends for a sentence that serves no part
_SIGNS = {"✓": "good", "~": "wanting", "!": "bad", "·": "quiet"}  # classes of the page


@dataclass(frozen=True)
class Told:
    """A finding, a praise or a piece of advice, and the words that it speaks of.

    Attributes:
        sign: whether it is met, with its tone; empty where it is not a matter of that.
        source: the kind of number that it was held against, if any.
    """

    text: str
    words: tuple[Stretch, ...]
    sign: str = ""
    tone: str = ""
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Share:
    """How much of a story goes to one part, or to two, against its norm.

    Attributes:
        parts: a piece of the whole story for each.
        sizes: how long each is, with its unit.
        norm: the share that is aimed at; None of a story that is not whole.
        aim: the same in words.
    """

    parts: tuple["Piece", ...]
    sizes: tuple[str, ...]
    norm: float | None
    aim: str

    @property
    def told(self) -> str:
        share = sum(piece.width for piece in self.parts)
        return f"{share:.0f}%" if self.norm is None else f"{share:.0f}%, {self.aim} is aimed at"


@dataclass(frozen=True)
class Piece:
    """A stretch of an answer in a strip, in per cent of its width."""

    left: float
    width: float
    letter: str
    tone: str
    title: str


def shown(asked: Asked) -> Shown:
    attempt = asked.log.attempt(asked.numbers["number"])
    values = {
        "take": attempt,
        "facts": facts_of(attempt),
        "notes": asked.log.notes(attempt.id),
        "others": _others(asked, attempt),
    }
    if not isinstance(attempt, JudgedTake):
        return Shown("unjudged.html", values)
    earlier = asked.log.earlier("attempts", attempt.id)
    values |= {"scores_before": list(scores_before(attempt, earlier))}
    return Shown("take.html", {**values, **heard(attempt), **found_in(attempt, asked.norms)})


def sound(asked: Asked) -> Sound:
    """
    Raises:
        NoSuchFileError: it was typed, or its recording is gone.
    """
    attempt = asked.log.attempt(asked.numbers["number"])
    if attempt.path is None or not attempt.path.is_file():
        raise NoSuchFileError(f"Take {attempt.id} has no recording.", "Its words are still there.")
    return Sound(attempt.path)


def _others(asked: Asked, attempt: Attempt) -> list[Summary]:
    """The other judged takes of the question, the newest first."""
    found = asked.log.summaries(attempt.question.id)
    return [take for take in reversed(found) if take.id != attempt.id]


def heard(attempt: JudgedTake) -> dict[str, Any]:
    """The sound as a picture, or why there is none."""
    judged, wave, silence = attempt.assessment, None, ""
    if attempt.path is None:
        silence = "It was typed, so there is nothing to hear."
    elif not attempt.path.is_file():
        silence = "Its recording is gone. The words are still in the log."
    else:
        try:
            wave = wave_of(attempt.path, judged)
        except CoachError as error:
            silence = error.message
    picture = described(judged, titles(judged.kind)) if wave else ""
    return {
        "wave": wave,
        "wave_size": (PEAKS, HEIGHT),
        "picture": picture,
        "silence": silence,
        "strip_pieces": pieces(judged, wave),
        "follow_ups": [("" if at is None else clock(at), text) for at, text in follow_ups(attempt)],
        "device": attempt.recording.device if attempt.recording else "",
        "length": length(attempt),
    }


def found_in(attempt: JudgedTake, norms: Norms) -> dict[str, Any]:
    """The words of a judged take, and all that was found in them."""
    judged, said = attempt.assessment, attempt.transcript
    advice = [
        Told(one.text, quoted(said, one.text) or about(judged, one.area)) for one in judged.advice
    ]
    levels = [(part, level, TOP) for part, level in judged.score.parts.items()]
    return {
        "judged": judged,
        "lines": lines(attempt),
        "parts": [(part.value, part.title) for part in StarPart],
        "went_well": [Told(text, quoted(said, text)) for text in judged.went_well],
        "advice": advice,
        "findings": [_finding(judged, finding) for finding in judged.findings],
        "levels": levels,
        "shares": list(_shares(judged, norms)),
        "kind_rows": kind_rows(judged) if judged.shares is None else (),
        "fillers": counted(judged.filler_words),
        "hedges": counted(judged.hedges),
        "hesitations": len(said.hesitations or ()),
        "pauses": len(judged.timing.pauses),
        "engine": engine_line(said, judged),
    }


def _finding(judged: Assessment, finding: Finding) -> Told:
    sign, _ = mark(finding)
    name, source = AREAS[finding.area].name, SOURCES.get(finding.source, "")
    return Told(finding.text, about(judged, finding.area), sign, _SIGNS[sign], name, source)


def pieces(judged: Assessment, wave: Wave | None = None) -> tuple[Piece, ...]:
    """The answer from left to right: along the sound where there is some, else by its size."""
    look, names = tones(judged.kind), titles(judged.kind)
    total, done, found = sum(map(extent, judged.sentences)) or 1.0, 0.0, []
    for sentence in judged.sentences:
        if wave and sentence.start is not None:
            done, total = sentence.start, wave.seconds
        found.append(
            Piece(
                round(100 * done / total, 2),
                round(100 * extent(sentence) / total, 2),
                *look[sentence.part],
                names.get(sentence.part or "", "no part"),
            )
        )
        done += extent(sentence)
    return tuple(found)


def _shares(judged: Assessment, norms: Norms) -> Iterator[Share]:
    if judged.shares is None:
        return
    look = tones(judged.kind)
    for parts, norm, aim in (
        ((StarPart.SITUATION, StarPart.TASK), norms.setup_most, "at most"),
        ((StarPart.ACTION,), norms.action_least, "at least"),
        ((StarPart.RESULT,), norms.result_least, "at least"),
    ):
        drawn, done = [], 0.0
        for part in parts:
            width = round(100 * judged.shares[part.value], 2)
            drawn.append(Piece(done, width, *look[part], part.title))
            done += width
        sizes = tuple(size(judged, part) for part in parts)
        aimed = None if judged.missing else 100 * norm
        yield Share(tuple(drawn), sizes, aimed, f"{aim} {norm:.0%}")


# What is done with a take


def label(asked: Asked) -> Moved:
    """Keep what the user says that a sentence is."""
    attempt = labelled_take(asked.log, asked.numbers["number"])
    sentence = _sentence(attempt, asked)
    named = asked.form.get("part", "")
    if named not in {*StarPart, NO_PART}:
        raise EntryError("No part is named.", "Choose S, T, A, R or none of them.")
    part = None if named == NO_PART else StarPart(named)
    correction = Correction(sentence.first, sentence.last, part)
    correct(asked.log, attempt, [correction], asked.norms, asked.now)
    return _back(attempt, sentence)


def mend(asked: Asked) -> Moved:
    """Keep other words for one sentence."""
    attempt = asked.log.judged_take(asked.numbers["number"])
    sentence = _sentence(attempt, asked)
    words = [word.text for word in attempt.transcript.words]
    words[sentence.first : sentence.last + 1] = asked.form.get("text", "").split()
    edit_words(asked.log, attempt, " ".join(words), asked.norms, asked.now)
    return _back(attempt, sentence)


def note(asked: Asked) -> Moved:
    attempt = asked.log.attempt(asked.numbers["number"])
    text = asked.form.get("text", "").strip()
    if not text:
        raise EntryError("The note is empty.", "Go back and write something into it.")
    asked.log.shelf(Note).add(Note(attempt.id, text), asked.now)
    return Moved(f"/takes/{attempt.id}#notes")


def star(asked: Asked) -> Moved:
    attempt = asked.log.attempt(asked.numbers["number"])
    asked.log.star(attempt.id, asked.now, starred=asked.form.get("starred") == "yes")
    return Moved(f"/takes/{attempt.id}")


def delete(asked: Asked) -> Moved:
    attempt = asked.log.attempt(asked.numbers["number"])
    asked.log.delete(attempt, asked.now)
    return Moved("/takes")


def _sentence(attempt: JudgedTake, asked: Asked) -> Sentence:
    """The sentence that a form is about.

    Raises:
        EntryError: the take has none there: it was changed elsewhere in the meantime.
    """
    wanted = asked.form.get("first"), asked.form.get("last")
    for sentence in attempt.assessment.sentences:
        if (str(sentence.first), str(sentence.last)) == wanted:
            return sentence
    raise EntryError(
        "The take was changed elsewhere, so nothing was kept.", "Load its page again and look."
    )


def _back(attempt: Attempt, sentence: Sentence) -> Moved:
    return Moved(f"/takes/{attempt.id}#w{sentence.first}")
