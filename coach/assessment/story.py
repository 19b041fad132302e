"""What a story shows about each area: structure, proportions, actions, result, ownership."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.assessment import Finding, Sentence
from coach.assessment.figures import has_figure, is_of_any_time
from coach.assessment.lexicon import words_of
from coach.assessment.norms import Norms
from coach.assessment.segment import normalise
from coach.assessment.star import UNSURE, Episode, StarPart
from coach.assessment.wording import Ownership, gives_reason, ownership, tells_now

# Of the story: a set-up this little longer than what is aimed at costs nothing; most good ones are.
SLACK = 0.1
MINE = words_of("i i'm i'd i've i'll me my mine myself")
_DOERS = words_of("i i'd i've i'll we we'd we've we'll")
_FIRST_PERSON = MINE | words_of("we we're we'd we've we'll us our ours ourselves")


@dataclass(frozen=True)
class Story:
    """An answer told as a story, with its sentences labelled.

    Attributes:
        missing: parts that it does not tell.
        unclear: parts that it only hints at.
        episode: whether one past occasion is told, or what is told in its place.
        nearest: for each sentence the likeliest letter of STARO, however unsure.
    """

    sentences: tuple[Sentence, ...]
    missing: tuple[StarPart, ...]
    unclear: tuple[StarPart, ...]
    episode: Episode
    nearest: tuple[str, ...]

    def of(self, part: StarPart) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.part == part]

    def beside(self) -> list[Sentence]:
        """Sentences that surely serve no part."""
        pairs = zip(self.sentences, self.nearest, strict=True)
        return [
            one
            for one, nearest in pairs
            if one.part is None and nearest == "O" and one.confidence >= UNSURE
        ]

    def tells(self, part: StarPart) -> bool:
        return part not in self.missing and part not in self.unclear

    @property
    def told(self) -> float:
        """Share of the four parts that are told; a hint is half of one."""
        return 1 - (len(self.missing) + len(self.unclear) / 2) / len(StarPart)


def time_shares(story: Story) -> dict[str, float]:
    """Share of each part in what has a part: of the time, or of the words of a typed answer."""
    sizes = {part.value: sum(extent(sentence) for sentence in story.of(part)) for part in StarPart}
    total = sum(sizes.values())
    return {part: round(size / total, 3) if total else 0.0 for part, size in sizes.items()}


def extent(sentence: Sentence) -> float:
    """Its seconds, or its words where nothing was spoken."""
    if sentence.start is None or sentence.end is None:
        return sentence.last - sentence.first + 1
    return max(0.0, sentence.end - sentence.start)  # an imported one may end before it starts


def action_ownership(story: Story) -> Ownership:
    return ownership(" . ".join(_with_commas(sentence) for sentence in story.of(StarPart.ACTION)))


def _with_commas(sentence: Sentence) -> str:
    words = ((normalise(word), word.endswith(",")) for word in sentence.text.split())
    return " ".join(f"{word} ," if comma else word for word, comma in words if word)


def with_figure(story: Story) -> Sentence | None:
    """The first sentence of the Result with a figure that tells what came of it."""
    told_now = is_told_now(story)
    return next(
        (
            sentence
            for sentence in story.of(StarPart.RESULT)
            if has_figure(sentence.plain) and (told_now or not is_of_any_time(sentence.plain))
        ),
        None,
    )


def is_told_now(story: Story) -> bool:
    """Whether the steps are told as if they happened now, as many do in a second language."""
    return tells_now(" . ".join(sentence.plain for sentence in story.of(StarPart.ACTION)))


def is_somebody_elses(story: Story) -> bool:
    """Whether nobody in it is "I" or "we" once the scene is set."""
    telling = [s for s in story.sentences if s.part and s.part != StarPart.SITUATION]
    if not telling or _words(telling) & _FIRST_PERSON:
        return False
    # Where no Action was found, it may lie in what was taken for the scene.
    return bool(story.of(StarPart.ACTION)) or not _words(story.of(StarPart.SITUATION)) & _DOERS


def _words(sentences: Sequence[Sentence]) -> set[str]:
    return {word for sentence in sentences for word in sentence.plain.split()}


def findings(story: Story, shares: dict[str, float], norms: Norms) -> list[Finding]:
    """One finding for each star.* area that this story shows something about."""
    owned = action_ownership(story)
    return [
        _structure(story),
        _example(story),
        _setup(story, shares, norms),
        _action(story, norms),
        _result(story, shares, norms),
        _numbers(story),
        _ownership(story, owned),
    ]


def _names(parts: Sequence[StarPart]) -> str:
    *others, last = (part.title for part in parts)
    return f"{', '.join(others)} and {last}" if others else last


def _structure(story: Story) -> Finding:
    told = round(story.told, 2)
    if story.missing:
        are = "is" if len(story.missing) == 1 else "are"
        return Finding("star.structure", told, f"{_names(story.missing)} {are} not told.")
    if story.unclear:
        hinted = f"{_names(story.unclear)}: only hinted at."
        return Finding("star.structure", told, hinted)
    firsts = [min(sentence.first for sentence in story.of(part)) for part in StarPart]
    if firsts != sorted(firsts):
        return Finding("star.structure", 0.8, "All four parts are told, in an order of their own.")
    return Finding("star.structure", 1.0, "All four parts are told, in order.")


_NO_EPISODE = {
    "none": "No particular occasion is told.",
    "general": "It tells what is usual, not one particular occasion.",
    "hypothetical": "It tells what would be done, not what was done.",
    "foreign": "It is not English, as far as the coach can tell; only English is judged.",
}


def _example(story: Story) -> Finding:
    if story.episode != "past":
        return Finding("star.example", 0.0, _NO_EPISODE[story.episode])
    if is_somebody_elses(story):
        return Finding("star.example", 0.0, "It is somebody else's story: no step of it is yours.")
    if len(story.beside()) > len(story.sentences) / 2:
        return Finding("star.example", 0.5, "More than half of the answer is outside the story.")
    return Finding("star.example", 1.0, "One particular occasion is told.")


def _setup(story: Story, shares: dict[str, float], norms: Norms) -> Finding:
    area, source = "star.setup", "P"
    if StarPart.TASK in story.missing:
        return Finding(area, 0.0, "What was yours to do is not stated.", source)
    if StarPart.SITUATION in story.missing:
        return Finding(area, 0.0, "Where and when it was is not told.", source)
    if StarPart.TASK in story.unclear:
        return Finding(area, 0.3, "What was yours to do is only hinted at.", source)
    if not (story.tells(StarPart.ACTION) and story.tells(StarPart.RESULT)):
        # They take much of a story that lacks those for no fault of their own.
        return Finding(area, None, "Its share can be told only of a whole story.", source)
    if not is_own_task(story):
        return Finding(area, 0.5, "The Task is told, but not as something of your own.", source)
    return _setup_share(shares, norms)


def is_own_task(story: Story) -> bool:
    return bool(_words(story.of(StarPart.TASK)) & MINE)


def _setup_share(shares: dict[str, float], norms: Norms) -> Finding:
    most, least = norms.setup_most, norms.action_least
    share, action = round(shares["S"] + shares["T"], 2), round(shares["A"], 2)
    text = f"Situation and Task take {share:.0%} of the story"
    if share <= most:
        return Finding("star.setup", 1.0, f"{text}.", "P")
    met = 0.75 if round(share - most, 2) <= SLACK else 0.5
    aimed = f"at most {most:.0%} is aimed at"
    if action < least:
        text += f" and the Action {action:.0%}"
        aimed = f"at most {most:.0%} and at least {least:.0%} are aimed at"
    return Finding("star.setup", met, f"{text}; {aimed}.", "P")


def action_steps(story: Story) -> tuple[int, int]:
    """How many steps the Action has, and how many of them are the speaker's own."""
    owned = action_ownership(story)
    return max(owned.i + owned.we, len(story.of(StarPart.ACTION))), owned.i


def says_why(story: Story) -> bool:
    """Whether a reason is given for any step."""
    return any(gives_reason(sentence.plain) for sentence in story.of(StarPart.ACTION))


def told_as_we(story: Story) -> bool:
    """Whether the Action is told as something that several did, and nothing of it as one's own."""
    return action_ownership(story).we > 0 and not _words(story.of(StarPart.ACTION)) & MINE


def hinted_action(story: Story) -> Sentence | None:
    """Of a story without an Action, the last sentence that may tell what was done."""
    scene, beside = (StarPart.SITUATION, StarPart.TASK), story.beside()
    telling = [s for s in story.sentences if s.part not in scene and s not in beside]
    # "We closed the month on seventy eight" is a Result, and no step towards one.
    return next((s for s in reversed(telling) if steps_in(s) > (s.part == StarPart.RESULT)), None)


def steps_in(sentence: Sentence) -> int:
    owned = ownership(_with_commas(sentence))
    return owned.i + owned.we


def _action(story: Story, norms: Norms) -> Finding:
    if not story.of(StarPart.ACTION):
        told = "only hinted at" if StarPart.ACTION in story.unclear else "not told"
        return Finding("star.action", 0.0, f"What you did is {told}.", "P")
    steps, _ = action_steps(story)
    if steps < norms.steps_least:
        counted = "One step is told" if steps == 1 else f"{steps} steps are told"
        return Finding("star.action", 0.5, f"{counted}; {norms.steps_least} are aimed at.", "P")
    if not says_why(story):
        return Finding("star.action", 0.75, f"{steps} steps are told, no reason for any.", "P")
    return Finding("star.action", 1.0, f"{steps} steps are told, with a reason.", "P")


def _result(story: Story, shares: dict[str, float], norms: Norms) -> Finding:
    if StarPart.RESULT in story.missing:
        return Finding("star.result", 0.0, "What came of it is not told.")
    if StarPart.RESULT in story.unclear:
        return Finding("star.result", 0.4, "What came of it is only hinted at.")
    share, least = shares["R"], norms.result_least
    if share < least:
        text = f"The Result takes {share:.0%} of the story; at least {least:.0%} is aimed at."
        return Finding("star.result", 0.75, text, "P")
    return Finding("star.result", 1.0, f"The Result takes {share:.0%} of the story.", "P")


def _numbers(story: Story) -> Finding:
    if not story.of(StarPart.RESULT):
        return Finding("star.numbers", 0.0, "There is no Result that could hold a figure.", "C")
    if with_figure(story):
        return Finding("star.numbers", 1.0, "The Result has a figure, or a proxy for one.", "C")
    return Finding("star.numbers", 0.0, "The Result has no figure.", "C")


def _ownership(story: Story, owned: Ownership) -> Finding:
    doers = owned.i + owned.we + owned.passive
    if not doers:
        acting = story.of(StarPart.ACTION)
        text = "No step is told in the past" if acting else "No Action is told"
        return Finding("star.ownership", None, f"{text}, so this cannot be measured.")
    text = f"{owned.i} of {doers} verbs of action have “I” before them."
    return Finding("star.ownership", round(min(1.0, owned.i / doers / 0.6), 2), text, "C")
