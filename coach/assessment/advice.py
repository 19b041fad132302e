"""What went well, and what to do in the next take: about the answer, in the user's own words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.assessment.assessment import Advice, Finding, Sentence
from coach.assessment.kind_told import KindTold
from coach.assessment.kinds import KindPart
from coach.assessment.star import StarPart
from coach.assessment.story import Story, plain
from coach.assessment.wording import Mark

MOST = 3  # pieces of advice for one take: more are not taken in
QUOTE = 9  # words

# In order of worth: what a listener misses most comes first.
_WORTH = (
    "star.example", "star.result", "star.action", "star.structure", "star.setup", "star.relevance",
    "star.numbers", "star.ownership", "voice.long", "voice.short", "voice.fillers", "voice.pace",
    "voice.hesitation",
)  # fmt: skip
# Below this an area is worth a word of advice; at 1 it is worth praise.
_WANTING = 0.7


def quote(text: str, *, end: bool = False) -> str:
    """A few of the user's own words in quotation marks, from the start or the end of a text."""
    words = text.split()
    if len(words) <= QUOTE:
        return f"“{text}”"
    return f"“… {' '.join(words[-QUOTE:])}”" if end else f"“{' '.join(words[:QUOTE])} …”"


def advise(
    findings: Sequence[Finding],
    story: Story | None,
    fillers: Sequence[Mark],
    kind: KindTold | None,
) -> tuple[Advice, ...]:
    """At most three things for the next take, in order of worth.

    Args:
        story: None for answers that are not stories.
        kind: what such answers tell; None for stories.
    """
    advice = _of_kind(kind) if kind else []
    by_area = {finding.area: finding for finding in findings}
    said = _Said((story or kind).sentences, story, fillers)
    for area in _WORTH:
        finding = by_area.get(area)
        if finding is None or finding.met is None or finding.met >= _WANTING:
            continue
        text = _ADVISERS[area](finding, said)
        if text:
            advice.append(Advice(area, text))
    if kind:
        advice += [_better(kind, part) for part in kind.shape.parts if _could_be_better(kind, part)]
    return tuple(advice[:MOST])


def _of_kind(kind: KindTold) -> list[Advice]:
    """What spoils an answer that is not a story, then what it lacks, its core first."""
    advice = [
        Advice(
            fault.area,
            f"{fault.finding.removesuffix('.')}: {quote(kind.told[fault.name])} {fault.advice}",
        )
        for fault in kind.faults
    ]
    missing = [part for part in kind.shape.parts if part.name not in kind.told]
    for part in sorted(missing, key=lambda part: part.name != kind.shape.core):
        lead = kind.shape.without if part.name == kind.shape.core else f"Not told: {part.title}."
        advice.append(Advice("hr", f"{lead} {part.probe} Say it in one sentence."))
    return advice


def _could_be_better(kind: KindTold, part: KindPart) -> bool:
    return part.name in kind.told and (kind.is_hinted(part) or not kind.is_best(part))


def _better(kind: KindTold, part: KindPart) -> Advice:
    own = quote(kind.told[part.name])
    if kind.is_hinted(part):
        return Advice(
            "hr", f"{own} only hints at {part.title}. {part.probe} Say it in one sentence."
        )
    return Advice("hr", f"{own} tells {part.title}. The next level: {_lowered(part.best)}")


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def praise(
    findings: Sequence[Finding], story: Story | None, kind: KindTold | None
) -> tuple[str, ...]:
    """What went well, first of all where it shows in the user's own words."""
    good = {finding.area: finding for finding in findings if finding.met == 1.0}
    told = []
    results = story.of(StarPart.RESULT) if story else []
    if "star.result" in good:
        with_figure = "with a figure" if "star.numbers" in good else "in so many words"
        told.append(f"It says what came of it, {with_figure}: {quote(results[0].text)}")
    told += [good[area].text for area in ("star.action", "star.structure") if area in good]
    if kind:
        surely = [part for part in kind.shape.parts if kind.of(part)]
        best = sorted(surely, key=lambda part: not kind.is_best(part))
        told += [f"It tells {part.title}: {quote(kind.told[part.name])}" for part in best]
    told += [good[area].text for area in ("star.setup", "voice.pace") if area in good]
    if not told and story and story.of(StarPart.SITUATION):
        told.append(f"It starts from something real: {quote(story.of(StarPart.SITUATION)[0].text)}")
    return tuple(told[:MOST])


@dataclass(frozen=True)
class _Said:
    sentences: Sequence[Sentence]
    story: Story | None
    fillers: Sequence[Mark]


_Adviser = Callable[[Finding, _Said], str]


def _no_example(finding: Finding, said: _Said) -> str:
    return (
        f"{finding.text} In place of {quote(said.sentences[0].text)} name one occasion: when it"
        " was, where, and who was there. Which particular occasion comes to mind?"
    )


def _off_question(finding: Finding, said: _Said) -> str:
    return f"{finding.text} Say in your first sentence which of it you will tell, and end there."


def _no_result(finding: Finding, said: _Said) -> str:
    last = next((s for s in reversed(said.sentences) if s.part), said.sentences[-1])
    ends = f"The story ends with {quote(last.text, end=True)}"
    return f"{finding.text} {ends}. Go on from there: what changed, and how do you know?"


def _few_actions(finding: Finding, said: _Said) -> str:
    actions = said.story.of(StarPart.ACTION)
    if not actions:
        return (
            f"{finding.text} Add three steps in order: what did you yourself do first, and next,"
            " and why that way?"
        )
    return f"{finding.text} After {quote(actions[0].text)} say what you did next, and why that way."


def _structure(finding: Finding, said: _Said) -> str:
    if said.story.tells(StarPart.SITUATION):
        return ""  # the other parts have advice of their own
    return (
        f"The scene is missing. Before {quote(said.sentences[0].text)} say in one sentence where"
        " and when this was. What led up to it?"
    )


def _setup(finding: Finding, said: _Said) -> str:
    scene = said.story.of(StarPart.SITUATION) or said.sentences
    if not said.story.tells(StarPart.TASK):
        return (
            f"{finding.text} After {quote(scene[-1].text, end=True)} say your task in one"
            " sentence. Who set the goal, and what was yours to do?"
        )
    return f"{finding.text} Keep one sentence of {quote(scene[0].text)} and go on to your task."


def _no_figure(finding: Finding, said: _Said) -> str:
    results = said.story.of(StarPart.RESULT)
    if not results:
        return ""  # said by the advice on the Result
    return (
        f"The Result {quote(results[-1].text)} has no figure. Add one, or a proxy:"
        " how many, how long, or what it was before and after."
    )


def _ownership(finding: Finding, said: _Said) -> str:
    told_as_we = next(
        (s for s in said.story.of(StarPart.ACTION) if " we " in f" {plain(s)} "), None
    )
    if told_as_we is None:
        return ""
    return f"{finding.text} In {quote(told_as_we.text)} say which part was yours: “I …”."


def _too_long(finding: Finding, said: _Said) -> str:
    longest = max(said.sentences, key=lambda s: (s.end or 0) - (s.start or 0))
    return f"It took {finding.text} The longest stretch is {quote(longest.text)}: halve that one."


def _too_short(finding: Finding, said: _Said) -> str:
    if said.story is None:
        return f"It took {finding.text} Add one detail: a place, a figure or a name."
    return f"It took {finding.text} Give the Action one more step: what did you do, and why?"


def _fillers(finding: Finding, said: _Said) -> str:
    heard = [mark.text for mark in said.fillers]
    if not heard:
        return f"{finding.text} Take a silent breath in their place."
    commonest = max(dict.fromkeys(heard), key=heard.count)
    return f"{finding.text} The commonest is “{commonest}”: take a silent breath in its place."


def _pace(finding: Finding, said: _Said) -> str:
    return f"{finding.text} Stop for a breath after each part of the story."


def _hesitation(finding: Finding, said: _Said) -> str:
    return f"{finding.text} Pause at the end of a sentence, and say each one through."


_ADVISERS: dict[str, _Adviser] = {
    "star.example": _no_example,
    "star.relevance": _off_question,
    "star.result": _no_result,
    "star.action": _few_actions,
    "star.structure": _structure,
    "star.setup": _setup,
    "star.numbers": _no_figure,
    "star.ownership": _ownership,
    "voice.long": _too_long,
    "voice.short": _too_short,
    "voice.fillers": _fillers,
    "voice.pace": _pace,
    "voice.hesitation": _hesitation,
}
