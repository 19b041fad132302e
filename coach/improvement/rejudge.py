"""A past take judged again: by today's assessor, or after the user mended words or labels."""

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment, Correction
from coach.assessment.norms import Norms
from coach.assessment.segment import normalise
from coach.errors import EntryError, UnknownEntryError
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.log import Log
from coach.transcript.transcript import HESITATIONS, Hesitation, Transcript, Word, timed

PER_LETTER = 0.07  # s: about 15 letters a second, which is 170 words a minute without pauses


@dataclass(frozen=True)
class Mended:
    """A transcript after its words were edited.

    Attributes:
        kept: the new index of each old word that is still there.
    """

    transcript: Transcript
    kept: dict[int, int]


def judge(attempt: Attempt, said: Transcript, norms: Norms) -> Assessment:
    """What today's assessor says of a take with these words, with the user's corrections."""
    return assess(attempt.question, said, norms, attempt.recording, attempt.corrections)


def reassess(log: Log, attempt: JudgedTake, norms: Norms, now: datetime) -> JudgedTake:
    """Judge a take by today's assessor; the former assessment is kept as an earlier version."""
    judged = judge(attempt, attempt.transcript, norms)
    if judged == attempt.assessment:
        return attempt
    return log.save_reassessment(attempt.id, judged, now)


def labelled_take(log: Log, number: int) -> JudgedTake:
    """A take whose sentences may be corrected.

    Raises:
        UnknownEntryError: it is no judged story, so that its sentences serve none of the parts; or
            there is none of that number.
    """
    attempt = log.attempt(number)
    if not isinstance(attempt, JudgedTake) or attempt.assessment.shares is None:
        raise UnknownEntryError(
            f"Take {attempt.id} has no Situation, Task, Action and Result to correct.",
            "`coach review` lists your takes.",
        )
    return attempt


def correct(
    log: Log, attempt: JudgedTake, changes: Sequence[Correction], norms: Norms, now: datetime
) -> JudgedTake:
    """Keep what the user says of some sentences, and judge the take again by it."""
    changed = {(change.first, change.last) for change in changes}
    kept = [c for c in attempt.corrections if (c.first, c.last) not in changed]
    corrections = (*kept, *changes)
    judged = judge(replace(attempt, corrections=corrections), attempt.transcript, norms)
    return log.save_corrections(attempt.id, corrections, judged, now)


def edit_words(log: Log, attempt: JudgedTake, text: str, norms: Norms, now: datetime) -> JudgedTake:
    """Keep other words as what was said, and judge the take by them.

    Raises:
        EntryError: no word is left.
    """
    if not any(map(normalise, text.split())):
        raise EntryError(
            "No word is left, so nothing was changed.",
            "Delete a take with: coach review ID --delete",
        )
    mended = mend(attempt.transcript, text)
    if mended.transcript == attempt.transcript:
        return attempt
    transcript = replace(mended.transcript, edited=True)
    corrections = moved(attempt.corrections, mended.kept)
    judged = judge(replace(attempt, corrections=corrections), transcript, norms)
    return log.save_words(attempt.id, transcript, corrections, judged, now)


def mend(transcript: Transcript, text: str) -> Mended:
    """Lay new words over the old ones, so that words that stay keep their times.

    Words in the place of others share the time of those, by their letters. Words that were put in
    take what they need of the silence there: they begin where the word before them ends.

    Args:
        text: all words of the answer as they ought to be.
    """
    old, new = transcript.words, text.split()
    words: list[Word] = []
    kept: dict[int, int] = {}
    steps = _steps(_keys(word.text for word in old), _keys(new))
    for same, first, last, new_first, new_last in steps:
        if same:
            for index, token in zip(range(first, last), new[new_first:new_last], strict=True):
                kept[index] = len(words)
                words.append(replace(old[index], text=token))
        else:
            tokens = new[new_first:new_last]
            words += _spread(tokens, _span(transcript, first, last, tokens))
    hesitations = _unwritten(transcript.hesitations, words, set(kept.values()))
    return Mended(replace(transcript, words=tuple(words), hesitations=hesitations), kept)


def _unwritten(
    hesitations: Sequence[Hesitation] | None, words: Sequence[Word], kept: Collection[int]
) -> tuple[Hesitation, ...] | None:
    """Those that no "um" was written down for: the others would count twice."""
    if hesitations is None:
        return None
    left = list(hesitations)
    said = timed(words)
    for index, word in enumerate(said):
        if index in kept or normalise(word.text) not in HESITATIONS:
            continue
        start = said[index - 1].end if index else 0.0
        after = next((said[i].start for i in range(index, len(said)) if i in kept), math.inf)
        here = (one for one in left if start <= (one.start + one.end) / 2 <= after)
        written = next(here, None)
        if written:
            left.remove(written)
    return tuple(left)


def _keys(words: Iterable[str]) -> list[str]:
    """What makes words the same: a full stop that was put in keeps the word's time."""
    return [normalise(word) or word for word in words]


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of both, in order: whether they are the same, and first and past-last of each.

    What both begin and end with is set aside before anything is matched, so that around one change
    no word is taken for a like one elsewhere.
    """
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    rest = most - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    ends = len(old) - tail, len(new) - tail
    yield True, 0, head, 0, head
    middle = difflib.SequenceMatcher(None, old[head : ends[0]], new[head : ends[1]], autojunk=False)
    for kind, first, last, new_first, new_last in middle.get_opcodes():
        yield kind == "equal", head + first, head + last, head + new_first, head + new_last
    yield True, ends[0], len(old), ends[1], len(new)


def _span(
    transcript: Transcript, first: int, last: int, tokens: Sequence[str]
) -> tuple[float, float] | None:
    """The stretch of time for words in the place of the old ones from `first` up to `last`.

    Returns:
        Seconds from the start of the take; None where nothing was spoken.
    """
    if transcript.seconds is None:
        return None
    old = transcript.timed
    if first < last:
        return old[first].start, old[last - 1].end
    needed = PER_LETTER * sum(map(len, tokens))
    if first == 0:
        end = old[0].start if old else transcript.seconds
        return max(0.0, end - needed), end
    start = old[first - 1].end
    end = old[first].start if first < len(old) else transcript.seconds
    return start, max(start, min(end, start + needed))


def _spread(tokens: Sequence[str], span: tuple[float, float] | None) -> list[Word]:
    if span is None:
        return [Word(token) for token in tokens]
    start, end = span
    letters = sum(map(len, tokens))
    words, done = [], 0
    for token in tokens:
        begins = start + (end - start) * done / letters
        done += len(token)
        ends = start + (end - start) * done / letters if done < letters else end
        words.append(Word(token, round(begins, 3), round(ends, 3)))
    return words


def moved(corrections: Sequence[Correction], kept: dict[int, int]) -> tuple[Correction, ...]:
    """Corrections of sentences, where their words are now; those without any left are dropped."""
    found = []
    for correction in corrections:
        places = [kept[i] for i in range(correction.first, correction.last + 1) if i in kept]
        if places:
            found.append(replace(correction, first=places[0], last=places[-1]))
    return tuple(found)
