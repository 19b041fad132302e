"""The rubric: what each level of each part looks like, and the score that follows from it.

Levels are tied to what can be seen in an answer, never to its length or its vocabulary: a sentence
that is said again and a row of keywords count for nothing (see `assess`).
"""

from coach.assessment.assessment import Score
from coach.assessment.kind_told import KindTold
from coach.assessment.kinds import KindPart
from coach.assessment.norms import Norms
from coach.assessment.star import StarPart
from coach.assessment.story import (
    SLACK,
    Story,
    action_steps,
    is_own_task,
    is_somebody_elses,
    says_why,
    told_as_we,
    with_figure,
)

TOP = 3  # the highest level of a part
SPOILT = 50  # the most that an answer can have that has a fault, or lacks the core of its kind
ANCHORS: dict[StarPart, tuple[str, str, str, str]] = {
    StarPart.SITUATION: (
        "Where and when it was, and what was going on, is not told.",
        "It is only hinted at, or no particular occasion of yours is told.",
        "It is told, but alone it takes far more of the story than is aimed at with the Task.",
        "It is told, and leaves room for the rest.",
    ),
    StarPart.TASK: (
        "What was to be done, and by whom, is not told.",
        "It is only hinted at, or no particular occasion of yours is told.",
        "It is told, but not as something of your own.",
        "It is told as yours: what you had to do, or what was asked of you.",
    ),
    StarPart.ACTION: (
        "What was done is not told.",
        "One step is told, or none as your own, or it is only hinted at, or no particular occasion"
        " of yours is told.",
        "Two steps or more are told.",
        "Three steps or more are told, with a reason for one, and mostly as your own.",
    ),
    StarPart.RESULT: (
        "What came of it is not told.",
        "It is only hinted at, or no particular occasion of yours is told.",
        "It is told in words.",
        "It is told with a figure, or a proxy for one: how many, how long, before and after.",
    ),
}
# The first levels of any part of an answer that is not a story; the highest is KindPart.best.
KIND_ANCHORS = ("It is not told.", "It is only hinted at.", "It is told.")
# What a listener decides by counts twice.
WEIGHTS = {StarPart.SITUATION: 1, StarPart.TASK: 1, StarPart.ACTION: 2, StarPart.RESULT: 2}


def score_story(story: Story, shares: dict[str, float], norms: Norms) -> Score:
    """The score of a story."""
    levels = {
        StarPart.SITUATION: _situation(shares, norms),
        StarPart.TASK: _task(story),
        StarPart.ACTION: _action(story, norms),
        StarPart.RESULT: 3 if with_figure(story) else 2,
    }
    is_own = story.episode == "past" and not is_somebody_elses(story)
    for part in StarPart:
        if part in story.missing:
            levels[part] = 0
        elif part in story.unclear or not is_own:
            levels[part] = min(levels[part], 1)
    reached = sum(WEIGHTS[part] * level for part, level in levels.items())
    overall = round(100 * reached / (TOP * sum(WEIGHTS.values())))
    return Score({part.value: level for part, level in levels.items()}, overall)


def score_kind(answer: KindTold) -> Score:
    """The score of an answer that is not a story: every part counts alike."""
    levels = {part.name: _level(answer, part) for part in answer.shape.parts}
    overall = round(100 * sum(levels.values()) / (TOP * len(levels)))
    fails = answer.faults or answer.lacks_core
    return Score(levels, min(overall, SPOILT) if fails else overall)


def _level(answer: KindTold, part: KindPart) -> int:
    if part.name not in answer.told:
        return 0
    if answer.is_hinted(part):
        return 1
    return 3 if answer.is_best(part) else 2


def _situation(shares: dict[str, float], norms: Norms) -> int:
    # Its share alone: telling a part that was missing, the Task too, can then only raise its level.
    return 3 if round(shares["S"], 2) <= norms.setup_most + SLACK else 2


def _task(story: Story) -> int:
    return 3 if is_own_task(story) else 2


def _action(story: Story, norms: Norms) -> int:
    steps, mine = action_steps(story)
    if steps >= norms.steps_least and says_why(story) and mine >= steps / 2:
        return 3
    return 2 if steps >= 2 and not told_as_we(story) else 1
