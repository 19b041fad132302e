"""What went well, and what to do in the next take: about the answer, in the user's own words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coach.assessment.assessment import Advice, Finding
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
    findings: Sequence[Finding], told: Story | KindTold, fillers: Sequence[Mark]
) -> tuple[Advice, ...]:
    """At most three things for the next take, in order of worth."""
    advice = _of_kind(told) if isinstance(told, KindTold) else []
    by_area = {finding.area: finding for finding in findings}
    for area in _WORTH:
        finding = by_area.get(area)
        if finding is None or finding.met is None or finding.met >= _WANTING:
            continue
        text = _advise_on(finding, told, fillers)
        if text:
            advice.append(Advice(area, text))
    if isinstance(told, KindTold):
        advice += [_better(told, part) for part in told.shape.parts if _could_be_better(told, part)]
    return tuple(advice[:MOST])


def _advise_on(finding: Finding, told: Story | KindTold, fillers: Sequence[Mark]) -> str:
    """One sentence or two; none where other advice says it, or where it is no story."""
    if finding.area in _DELIVERY:
        return _DELIVERY[finding.area](finding, _Said(told, fillers))
    return _STORIES[finding.area](finding, told) if isinstance(told, Story) else ""


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


def praise(findings: Sequence[Finding], told: Story | KindTold) -> tuple[str, ...]:
    """What went well, first of all where it shows in the user's own words."""
    good = {finding.area: finding for finding in findings if finding.met == 1.0}
    well = _good_parts(told) if isinstance(told, KindTold) else _good_story(told, good)
    well += [good[area].text for area in ("star.setup", "voice.pace") if area in good]
    if not well and isinstance(told, Story) and told.of(StarPart.SITUATION):
        well.append(f"It starts from something real: {quote(told.of(StarPart.SITUATION)[0].text)}")
    return tuple(well[:MOST])


def _good_story(story: Story, good: Mapping[str, Finding]) -> list[str]:
    well = []
    if "star.result" in good:
        with_figure = "with a figure" if "star.numbers" in good else "in so many words"
        own = quote(story.of(StarPart.RESULT)[0].text)
        well.append(f"It says what came of it, {with_figure}: {own}")
    return well + [good[area].text for area in ("star.action", "star.structure") if area in good]


def _good_parts(kind: KindTold) -> list[str]:
    surely = [part for part in kind.shape.parts if kind.of(part)]
    best = sorted(surely, key=lambda part: not kind.is_best(part))
    return [f"It tells {part.title}: {quote(kind.told[part.name])}" for part in best]


def _no_example(finding: Finding, story: Story) -> str:
    return (
        f"{finding.text} In place of {quote(story.sentences[0].text)} name one occasion: when it"
        " was, where, and who was there. Which particular occasion comes to mind?"
    )


def _off_question(finding: Finding, story: Story) -> str:
    return f"{finding.text} Say in your first sentence which of it you will tell, and end there."


def _no_result(finding: Finding, story: Story) -> str:
    last = next((s for s in reversed(story.sentences) if s.part), story.sentences[-1])
    ends = f"The story ends with {quote(last.text, end=True)}"
    return f"{finding.text} {ends}. Go on from there: what changed, and how do you know?"


def _few_actions(finding: Finding, story: Story) -> str:
    actions = story.of(StarPart.ACTION)
    if not actions:
        return (
            f"{finding.text} Add three steps in order: what did you yourself do first, and next,"
            " and why that way?"
        )
    return f"{finding.text} After {quote(actions[0].text)} say what you did next, and why that way."


def _structure(finding: Finding, story: Story) -> str:
    if story.tells(StarPart.SITUATION):
        return ""  # the other parts have advice of their own
    return (
        f"The scene is missing. Before {quote(story.sentences[0].text)} say in one sentence where"
        " and when this was. What led up to it?"
    )


def _setup(finding: Finding, story: Story) -> str:
    scene = story.of(StarPart.SITUATION) or story.sentences
    if not story.tells(StarPart.TASK):
        return (
            f"{finding.text} After {quote(scene[-1].text, end=True)} say your task in one"
            " sentence. Who set the goal, and what was yours to do?"
        )
    return f"{finding.text} Keep one sentence of {quote(scene[0].text)} and go on to your task."


def _no_figure(finding: Finding, story: Story) -> str:
    results = story.of(StarPart.RESULT)
    if not results:
        return ""  # said by the advice on the Result
    return (
        f"The Result {quote(results[-1].text)} has no figure. Add one, or a proxy:"
        " how many, how long, or what it was before and after."
    )


def _ownership(finding: Finding, story: Story) -> str:
    told_as_we = next((s for s in story.of(StarPart.ACTION) if " we " in f" {plain(s)} "), None)
    if told_as_we is None:
        return ""
    return f"{finding.text} In {quote(told_as_we.text)} say which part was yours: “I …”."


@dataclass(frozen=True)
class _Said:
    told: Story | KindTold
    fillers: Sequence[Mark]


def _too_long(finding: Finding, said: _Said) -> str:
    longest = max(said.told.sentences, key=lambda s: (s.end or 0) - (s.start or 0))
    return f"It took {finding.text} The longest stretch is {quote(longest.text)}: halve that one."


def _too_short(finding: Finding, said: _Said) -> str:
    if isinstance(said.told, KindTold):
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


_STORIES: dict[str, Callable[[Finding, Story], str]] = {
    "star.example": _no_example,
    "star.relevance": _off_question,
    "star.result": _no_result,
    "star.action": _few_actions,
    "star.structure": _structure,
    "star.setup": _setup,
    "star.numbers": _no_figure,
    "star.ownership": _ownership,
}
_DELIVERY: dict[str, Callable[[Finding, _Said], str]] = {
    "voice.long": _too_long,
    "voice.short": _too_short,
    "voice.fillers": _fillers,
    "voice.pace": _pace,
    "voice.hesitation": _hesitation,
}
