"""The taxonomy of weak areas. Names are neutral, so that praise and criticism share an id."""

import difflib
from dataclasses import dataclass
from enum import StrEnum

from coach.errors import UnknownAreaError


class Evidence(StrEnum):
    """How far the coach itself can see an area improve."""

    MEASURED = "measured from the recording"
    PARTLY = "partly measured"
    TRACKED = "tracked only"


@dataclass(frozen=True)
class Area:
    """One thing that an employer may praise or criticise.

    Attributes:
        id: family and name, such as `star.result`.
        name: how it is called on screen: a skill, so that 100 % of it is good and praise reads
            as praise; a noun, so that a sentence can name it.
        improvement: what would count as evidence of improvement.
        evidence: whether the coach can measure it.
    """

    id: str
    name: str
    improvement: str
    evidence: Evidence

    @property
    def controllable(self) -> bool:
        """False for what lies outside the candidate's control within one search."""
        return not self.id.startswith("ext.")

    @property
    def drillable(self) -> bool:
        """Whether the coach can see it change as questions are answered."""
        return self.controllable and self.evidence is not Evidence.TRACKED

    @property
    def of_voice(self) -> bool:
        """Whether it is in how an answer sounds, so that a typed one shows nothing of it."""
        return self.id.startswith("voice.") and self.id not in _IN_WORDS


_IN_WORDS = ("voice.long", "voice.short")  # the length can be told from the words
_M, _P, _T = Evidence.MEASURED, Evidence.PARTLY, Evidence.TRACKED
_STORY = "a complete story that shows it"
_OUTSIDE = "outside your control in one search"

AREAS: dict[str, Area] = {
    area.id: area
    for area in (
        Area("star.structure", "Structure of the story", "all four parts, in order", _M),
        Area("star.example", "A specific example", "one specific past episode", _M),
        Area("star.setup", "Setting the scene", "a short Situation and Task, the task stated", _M),
        Area("star.action", "Your own actions", "three concrete steps or more, and why", _M),
        Area("star.result", "Results", "an outcome, ideally what was learned", _M),
        Area("star.numbers", "Numbers", "a figure or a proxy for one in the Result", _M),
        Area("star.ownership", "Ownership", '"I" with an action verb in the Action', _P),
        Area("star.relevance", "Answering what was asked", "an answer that fits the question", _P),
        Area("voice.long", "Brevity", "a length inside the band", _M),
        Area("voice.short", "Saying enough", "a length inside the band", _M),
        Area("voice.pace", "Pace", "a pace inside the band", _M),
        Area("voice.fillers", "Few filler words", "fewer fillers per 100 words", _M),
        Area("voice.hesitation", "Fluency", "a prompt start, few pauses inside clauses", _M),
        Area("voice.confidence", "Confidence", "fewer hedges", _P),
        Area("voice.energy", "Energy", "rated by yourself or a partner", _T),
        Area("voice.clarity", "Clarity of speech", "rated by yourself or a partner", _T),
        Area("voice.nonverbal", "Body language", "rated by yourself or a partner", _T),
        Area("comp.communication", "Communication", _STORY, _P),
        Area("comp.teamwork", "Teamwork", _STORY, _P),
        Area("comp.leadership", "Leadership", _STORY, _P),
        Area("comp.conflict", "Handling conflict", _STORY, _P),
        Area("comp.problem_solving", "Problem solving", _STORY, _P),
        Area("comp.decisions", "Making decisions", _STORY, _P),
        Area("comp.planning", "Planning", _STORY, _P),
        Area("comp.initiative", "Initiative", _STORY, _P),
        Area("comp.adaptability", "Adaptability", _STORY, _P),
        Area("comp.resilience", "Resilience", _STORY, _P),
        Area("comp.learning", "Learning", _STORY, _P),
        Area("comp.customer", "Customer focus", _STORY, _P),
        Area("comp.improvement", "Improving how work is done", _STORY, _P),
        Area("comp.big_picture", "Seeing the big picture", _STORY, _P),
        Area("comp.integrity", "Integrity", _STORY, _P),
        Area("hr.intro", "Introducing yourself", "present, past, future, 60-90 s", _P),
        Area("hr.motivation", "Reasons for applying", "named facts and your match", _P),
        Area("hr.research", "Knowing the employer", "named facts about them", _P),
        Area("hr.self_awareness", "Strengths and weaknesses", "an example and a remedy", _P),
        Area("hr.salary", "Salary", "a range, named briefly", _P),
        Area("hr.gaps", "Leaving and gaps", "a brief reason that blames nobody", _P),
        Area("hr.questions", "Asking good questions", "two or three specific ones", _P),
        Area("hr.fit", "Fit with the team", "rated by yourself", _T),
        Area("prep.cv", "CV and letter", "rewritten and tailored", _T),
        Area("prep.task", "Presentation, case or test", "prepared and rehearsed", _T),
        Area("ext.skills", "Skills they wanted", _OUTSIDE, _T),
        Area("ext.experience", "Years of experience", _OUTSIDE, _T),
        Area("ext.language", "Language", _OUTSIDE, _T),
        Area("ext.logistics", "Place, permit, dates", _OUTSIDE, _T),
        Area("ext.competition", "Stronger competition", _OUTSIDE, _T),
        Area("ext.business", "Their own situation", _OUTSIDE, _T),
    )
}


_CALLED = AREAS | {area.name.lower(): area for area in AREAS.values()}
_NEAREST = 3  # that a message names


def find_area(name: str) -> Area:
    """Look an area up by its id, or by its name as the screen has it; capitals do not matter.

    Raises:
        UnknownAreaError: there is none; the nearest are named.
    """
    wanted = " ".join(name.lower().split())
    area = _CALLED.get(wanted)
    if area is None:
        # Without a dot it is meant as a name, of which a part may do.
        near = list(areas_like(wanted)) if wanted and "." not in wanted else []
        near += [_CALLED[each] for each in difflib.get_close_matches(wanted, _CALLED, cutoff=0.5)]
        told = [f"{each.id} ({each.name})" for each in dict.fromkeys(near)]
        hint = f"Did you mean {' or '.join(told[:_NEAREST])}? " if told else ""
        raise UnknownAreaError(
            f'There is no area called "{name}".',
            f"{hint}`coach area list --all` shows every area.",
        )
    return area


def areas_like(part: str) -> tuple[Area, ...]:
    """Areas whose name or id holds this text; where none does, those that are spelt alike."""
    wanted = part.strip().lower()
    found = [area for area in AREAS.values() if wanted in f"{area.name.lower()} {area.id}"]
    if not found:
        words = {word: area for area in AREAS.values() for word in _words(area)}
        near = difflib.get_close_matches(wanted, words, n=3, cutoff=0.7)
        found = list(dict.fromkeys(words[word] for word in near))
    return tuple(found)


def _words(area: Area) -> list[str]:
    return [*area.name.lower().split(), area.id.partition(".")[2]]
