"""Which words of a take a finding, a piece of advice or a praise speaks of."""

import re
from collections.abc import Iterable, Sequence

from coach.assessment.assessment import Assessment
from coach.assessment.star import StarPart
from coach.assessment.story import extent
from coach.assessment.wording import Mark
from coach.transcript.transcript import Transcript

Stretch = tuple[int, int]  # indices of its first and its last word
_QUOTED = re.compile("“([^”]+)”")
_CUT = "…"
# What an area is about, where it is about parts of a story.
_PARTS = {
    "star.structure": tuple(StarPart),
    "star.setup": (StarPart.SITUATION, StarPart.TASK),
    "star.action": (StarPart.ACTION,),
    "star.ownership": (StarPart.ACTION,),
    "star.result": (StarPart.RESULT,),
    "star.numbers": (StarPart.RESULT,),
}


def quoted(said: Transcript, text: str) -> tuple[Stretch, ...]:
    """Where the words stand that a text holds in quotation marks; each quote once."""
    words = [word.text for word in said.words]
    found = (_place(words, quote) for quote in _QUOTED.findall(text))
    return tuple(stretch for stretch in found if stretch)


def _place(words: Sequence[str], quote: str) -> Stretch | None:
    wanted = [word for word in quote.split() if word != _CUT]
    starts = range(len(words) - len(wanted) + 1) if wanted else ()
    first = next((i for i in starts if words[i : i + len(wanted)] == wanted), None)
    return None if first is None else (first, first + len(wanted) - 1)


def about(judged: Assessment, area: str) -> tuple[Stretch, ...]:
    """Where the words stand that the finding on an area rests on; none where it rests on all."""
    if area == "voice.fillers":
        return _stretches(judged.filler_words)
    if area == "voice.confidence":
        return _stretches(judged.hedges)
    if area == "voice.hesitation":
        return tuple((p.after, p.after + 1) for p in judged.timing.pauses if p.inside)
    if area == "voice.long":
        longest = max(judged.sentences, key=extent)
        return ((longest.first, longest.last),)
    if judged.shares is None:
        # Findings of other kinds of answers rest on whatever serves a part or spoils it.
        sentences = [s for s in judged.sentences if s.part] if area.startswith("hr.") else []
    else:
        sentences = [s for s in judged.sentences if s.part in _PARTS.get(area, ())]
    return tuple((sentence.first, sentence.last) for sentence in sentences)


def _stretches(marks: Iterable[Mark]) -> tuple[Stretch, ...]:
    return tuple((mark.first, mark.last) for mark in marks)
