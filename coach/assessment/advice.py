"""What went well, and what to do in the next take: about the answer, in the user's own words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coach.assessment.assessment import Advice, Finding
from coach.assessment.figures import has_figure
from coach.assessment.kind_told import UNFITTING, KindTold
from coach.assessment.kinds import KindPart
from coach.assessment.norms import Norms
from coach.assessment.segment import plain
from coach.assessment.star import StarPart
from coach.assessment.story import (
    Story,
    extent,
    hinted_action,
    is_own_task,
    is_somebody_elses,
    steps_in,
    time_shares,
    with_figure,
)
from coach.assessment.wording import Mark

MOST = 3  # pieces of advice for one take: more are not taken in
QUOTE = 9  # words
LONG_SCENE = 25  # words of a sentence that can be shortened

# In order of worth: what a listener misses most comes first.
_WORTH = (
    "star.example", "star.result", "star.action", "star.setup", "star.relevance", "star.numbers",
    "star.ownership", "voice.long", "voice.fillers", "voice.pace", "voice.hesitation",
    "voice.short",
)  # fmt: skip
# Below this an area is worth a word of advice; at 1 it is worth praise.
_WANTING = 0.7
# Where these are nearly met, the little that is lacking costs points: it is said, after the rest.
_TO_THE_FULL = ("star.result", "star.action", "star.ownership")
# What costs no points outside its band is said last of all.
_AT_LAST = ("star.setup", "voice.short")


def quote(text: str, *, end: bool = False) -> str:
    """A few of the user's own words in quotation marks, from the start or the end of a text."""
    words = text.rstrip(".,;: ").split()
    if len(words) <= QUOTE:
        return f"“{' '.join(words)}”"
    return f"“… {' '.join(words[-QUOTE:])}”" if end else f"“{' '.join(words[:QUOTE])} …”"


def advise(
    findings: Sequence[Finding],
    told: Story | KindTold,
    fillers: Sequence[Mark],
    norms: Norms,
    *,
    slow: bool = False,
) -> tuple[Advice, ...]:
    """At most three things for the next take, in order of worth.

    Args:
        slow: whether fewer words a minute were spoken than are aimed at.
    """
    advice = _of_kind(told) if isinstance(told, KindTold) else []
    said = _Said(told, fillers, norms, slow)
    for finding in _wanting(findings):
        text = _advise_on(finding, said)
        if text:
            advice.append(Advice(finding.area, text))
    if isinstance(told, KindTold):
        advice += [_better(told, part) for part in told.shape.parts if _could_be_better(told, part)]
    return tuple(advice[:MOST])


def _wanting(findings: Sequence[Finding]) -> list[Finding]:
    """What is worth advice, in order of worth; of a story that is none, only that."""
    by_area = {finding.area: finding for finding in findings if finding.met is not None}
    worth = [by_area[area] for area in _WORTH if area in by_area]
    if _is_no_story(worth):
        worth = [f for f in worth if f.area == "star.example" or f.area in _DELIVERY]
    wanting = [f for f in worth if (f.met or 0.0) < _WANTING and f.area != "voice.short"]
    nearly = [f for f in worth if f.area in _TO_THE_FULL and _WANTING <= (f.met or 0.0) < 1]
    last = [f for f in worth if f.area in _AT_LAST and (f.met or 0.0) < 1 and f not in wanting]
    if {"star.action", "star.result"} & {f.area for f in wanting + nearly}:
        last = [f for f in last if f.area != "voice.short"]  # what is lacking there will fill it
    # A scene that is a little long in a short answer is mended by saying more of the rest.
    return wanting + nearly + last[-1:]


def _is_no_story(findings: Sequence[Finding]) -> bool:
    """Whether no occasion of one's own is told where a story is wanted."""
    return any(finding.area == "star.example" and finding.met == 0 for finding in findings)


def _advise_on(finding: Finding, said: "_Said") -> str:
    """One sentence or two; none where other advice says it, or where it is no story."""
    if finding.area in _DELIVERY:
        return _DELIVERY[finding.area](finding, said)
    return _STORIES[finding.area](finding, said.told) if isinstance(said.told, Story) else ""


def _of_kind(kind: KindTold) -> list[Advice]:
    """What spoils an answer that is not a story, then what it lacks, its core first."""
    if not kind.fits:
        first = kind.shape.parts[0]
        return [Advice("star.relevance", f"{UNFITTING} Begin with this: {first.probe}")]
    advice = [
        Advice(
            fault.area,
            f"{fault.finding.removesuffix('.')}: {quote(kind.told[fault.name])} {fault.advice}",
        )
        for fault in kind.faults
    ]
    missing = [part for part in kind.shape.parts if part.name not in kind.told]
    if kind.faults:  # their advice asks for the core in its place
        missing = [part for part in missing if part.name != kind.shape.core]
    return advice + [
        Advice("hr", f"{_lead(kind, part)}Say it in one sentence: {part.probe}")
        for part in sorted(missing, key=lambda part: part.name != kind.shape.core)
    ]


def _lead(kind: KindTold, part: KindPart) -> str:
    if part.name == kind.shape.core:
        return f"{kind.shape.without} "
    return f"Not told: {part.title}. "


def _could_be_better(kind: KindTold, part: KindPart) -> bool:
    return part.name in kind.told and (kind.is_hinted(part) or not kind.is_best(part))


def _better(kind: KindTold, part: KindPart) -> Advice:
    own = quote(kind.told[part.name])
    if kind.is_hinted(part):
        return Advice(
            "hr", f"{own} only hints at {part.title}. {part.probe} Say it in one sentence."
        )
    return Advice("hr", f"{own} tells {part.title}. The next level is: “{part.best}”")


def praise(findings: Sequence[Finding], told: Story | KindTold) -> tuple[str, ...]:
    """What went well, first of all where it shows in the user's own words."""
    good = {finding.area: finding for finding in findings if finding.met == 1.0}
    if _is_no_story(findings):
        good = {area: good[area] for area in good if area in _DELIVERY}
    well = _good_parts(told) if isinstance(told, KindTold) else _good_story(told, good)
    well += [good[area].text for area in ("star.setup", "voice.pace") if area in good]
    if not well and isinstance(told, Story) and told.of(StarPart.SITUATION):
        well.append(f"It starts from something real: {quote(told.of(StarPart.SITUATION)[0].text)}")
    return tuple(well[:MOST])


def _good_story(story: Story, good: Mapping[str, Finding]) -> list[str]:
    well = []
    results = story.of(StarPart.RESULT)
    if "star.result" in good and results:
        how = "with a figure" if with_figure(story) else "in so many words"
        well.append(f"It says what came of it, {how}: {_own_result(story)}")
    return well + [good[area].text for area in ("star.action", "star.structure") if area in good]


def _own_result(story: Story) -> str:
    """What came of it, quoted where it is said: with its figure, or after what was done."""
    figure = with_figure(story)
    if figure:
        early = has_figure(plain(" ".join(figure.text.split()[:QUOTE])))
        return quote(figure.text, end=not early)
    first = story.of(StarPart.RESULT)[0]
    return quote(first.text, end=not story.of(StarPart.ACTION) and first == hinted_action(story))


def _good_parts(kind: KindTold) -> list[str]:
    surely = [part for part in kind.shape.parts if kind.of(part)]
    best = sorted(surely, key=lambda part: not kind.is_best(part))
    return [f"It tells {part.title}: {quote(kind.told[part.name])}" for part in best]


def _no_example(finding: Finding, story: Story) -> str:
    if finding.met:  # there is one, and much beside it
        beside = quote(story.beside()[0].text)
        return f"{finding.text} Leave out {beside}, and what else leads away from it."
    if story.episode == "foreign":
        return f"{finding.text} Tell it in English, as you will in the interview."
    asks = "where you were the one who acted" if is_somebody_elses(story) else "when it was, where"
    return (
        f"{finding.text} In place of {quote(story.sentences[0].text)} name one occasion: {asks},"
        " and who was there. Which particular occasion comes to mind?"
    )


def _off_question(finding: Finding, story: Story) -> str:
    return (
        f"{finding.text} Say in your first sentence what your story has to do with it, and come"
        " back to that at the end."
    )


def _no_result(finding: Finding, story: Story) -> str:
    if story.tells(StarPart.RESULT):  # in very few words
        own = quote(story.of(StarPart.RESULT)[-1].text, end=True)
        return f"{finding.text} Go on after {own}: what changed by it, and how do you know?"
    beside = story.beside()
    last = next((s for s in reversed(story.sentences) if s not in beside), story.sentences[-1])
    ends = f"The story ends with {quote(last.text, end=True)}"
    return f"{finding.text} {ends}. Go on from there: what changed, and how do you know?"


def _few_actions(finding: Finding, story: Story) -> str:
    actions = story.of(StarPart.ACTION)
    hint = None if actions else hinted_action(story)
    if hint:
        who = "who is “we”, and what" if " we " in f" {hint.plain} " else "what"
        asks = f"{who} did you yourself do first, and next, and why?"
        return f"{finding.text} After {quote(hint.text)} an interviewer asks: {asks}"
    if not actions:
        scene = [s for s in story.sentences if s.part in (StarPart.SITUATION, StarPart.TASK)]
        where = f"After {quote(scene[-1].text, end=True)} add" if scene else "Add"
        return (
            f"{finding.text} {where} three steps in order: what did you yourself do first, and"
            " next, and why that way?"
        )
    first = quote(next(filter(steps_in, actions), actions[0]).text)
    if finding.met and finding.met >= _WANTING:  # enough steps, and no reason for any
        return f"{finding.text} Take the one that mattered most, such as {first}: why that way?"
    return f"{finding.text} After {first} say what you did next, and why that way."


def _setup(finding: Finding, story: Story) -> str:
    scene, actions = story.of(StarPart.SITUATION), story.of(StarPart.ACTION)
    if StarPart.SITUATION in story.missing:
        lacks_task = StarPart.TASK in story.missing
        say = "in one sentence where and when this was"
        if lacks_task:
            say = "where and when this was, and what was yours to do"
        lead = "The Situation and Task are" if lacks_task else "The Situation is"
        return (
            f"{lead} missing. Before {quote(story.sentences[0].text)} say {say}. What led up to it?"
        )
    if not story.tells(StarPart.TASK):
        where = f"Before {quote(actions[0].text)}" if actions else "After the scene"
        return (
            f"{finding.text} {where} say your task in one sentence. Who set the goal, and what"
            " was yours to do?"
        )
    if not is_own_task(story):
        own = quote(story.of(StarPart.TASK)[-1].text, end=True)
        return f"{finding.text} After {own} say in one sentence what of it was yours."
    if len(scene) > 1:
        own = quote(scene[0].text)
        return f"{finding.text} Keep one sentence of the scene, such as {own}, and go on."
    if scene and len(scene[0].text.split()) > LONG_SCENE:
        own = quote(scene[0].text)
        return f"{finding.text} Shorten {own}: where, when and what was wrong is enough."
    own = quote(actions[-1].text, end=True)
    return f"{finding.text} The scene is short: after {own} say more of what you did, and why."


def _no_figure(finding: Finding, story: Story) -> str:
    if not story.of(StarPart.RESULT):
        return ""  # said by the advice on the Result
    return (
        f"The Result {_own_result(story)} has no figure. Add one, or a proxy:"
        " how many, how long, or what it was before and after."
    )


def _ownership(finding: Finding, story: Story) -> str:
    told_as_we = next((s for s in story.of(StarPart.ACTION) if " we " in f" {s.plain} "), None)
    if told_as_we is None:
        return ""
    return f"{finding.text} In {quote(told_as_we.text)} say which part was yours: “I …”."


@dataclass(frozen=True)
class _Said:
    told: Story | KindTold
    fillers: Sequence[Mark]
    norms: Norms
    slow: bool

    def took(self, finding: Finding) -> str:
        """How long it took; the length of a typed answer is an estimate, and says so."""
        spoken = self.told.sentences[0].start is not None
        return f"It took {finding.text}" if spoken else finding.text


def _too_long(finding: Finding, said: _Said) -> str:
    longest = max(said.told.sentences, key=extent)
    return f"{said.took(finding)} The longest stretch is {quote(longest.text)}: halve that one."


def _too_short(finding: Finding, said: _Said) -> str:
    if isinstance(said.told, KindTold):
        if any(part.name not in said.told.told for part in said.told.shape.parts):
            return ""  # what is missing will fill it
        return f"{said.took(finding)} Add one detail: a place, a figure or a name."
    if not all(map(said.told.tells, StarPart)):
        return ""
    return (
        f"{said.took(finding)} An interviewer would want more of {_thinnest(said.told, said.norms)}"
    )


def _thinnest(story: Story, norms: Norms) -> str:
    """Of Action and Result the one that takes least of what is aimed at, and what to add to it."""
    shares = time_shares(story)
    if shares["R"] * norms.action_least < shares["A"] * norms.result_least:
        own = quote(story.of(StarPart.RESULT)[-1].text, end=True)
        return f"the Result: after {own} say what else changed, and for whom."
    own = quote(story.of(StarPart.ACTION)[-1].text, end=True)
    share, least = round(shares["A"], 2), norms.action_least
    now = f", now {share:.0%} where at least {least:.0%} is aimed at" if share < least else ""
    return f"the Action{now}: after {own} say what you did next, and why that way."


def _fillers(finding: Finding, said: _Said) -> str:
    heard = [mark.text for mark in said.fillers]
    if not heard:
        return f"{finding.text} Take a silent breath in their place."
    commonest = max(dict.fromkeys(heard), key=heard.count)
    return f"{finding.text} The commonest is “{commonest}”: take a silent breath in its place."


def _pace(finding: Finding, said: _Said) -> str:
    if said.slow:
        return f"{finding.text} Pause between sentences only, and say each one through as in talk."
    return f"{finding.text} Stop for a breath after each part of the answer."


def _hesitation(finding: Finding, said: _Said) -> str:
    return f"{finding.text} Pause at the end of a sentence, and say each one through."


_STORIES: dict[str, Callable[[Finding, Story], str]] = {
    "star.example": _no_example,
    "star.relevance": _off_question,
    "star.result": _no_result,
    "star.action": _few_actions,
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
