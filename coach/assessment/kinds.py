"""What an answer that is not a story should hold, by kind of question (norms.md of the project).

Each kind has parts that are wanted and faults that spoil it. Which sentence serves which is found
by a trained labeller (kind_judge.py); what each part looks like at its best is written here.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.assessment.figures import has_figure
from coach.assessment.kind_cues import has_cue
from coach.questions.question import Kind

NONE = "-"  # letter of what serves no part
# "thirty to thirty four", "between", "not under": two ends, or the lower one.
_RANGE = re.compile(
    r"\b(?:between|bracket|range|(?:under|below|less than|at least|minimum) \S+|"
    r"(?:\w+ty|\w+teen|[\d.,]+k?|ten|eleven|twelve|hundred|thousand|half|one|two|three|four|five|six|"
    r"seven|eight|nine)(?:\s(?:to|or|till|and a half to)\s)(?:\w+ty|\w+teen|[\d.,£$€]+k?|ten|eleven|"
    r"twelve|\w+ty-\w+))\b"
)
Sign = Callable[[Sequence[str]], bool]  # of a part's sentences, in lower case without punctuation


@dataclass(frozen=True)
class KindPart:
    """One part that this kind of answer wants.

    Attributes:
        name: as in the corpus, such as "future".
        letter: stands for it in the strip and in the labeller; the kind has it once.
        title: what it is, in a few words.
        probe: what an interviewer would ask where it is missing; never feeds the answer.
        best: what its highest level looks like, in one sentence.
        is_best: whether it does.
    """

    name: str
    letter: str
    title: str
    probe: str
    best: str
    is_best: Sign


@dataclass(frozen=True)
class KindFault:
    """What spoils this kind of answer.

    Attributes:
        name: as in the corpus, such as "blame".
        letter: as of a part.
        title: what it is, in a few words.
        area: the area that it says something about.
        finding: one sentence about the answer.
        advice: what to do in the next take.
        unless: the part beside which it does no harm, if there is one.
    """

    name: str
    letter: str
    title: str
    area: str
    finding: str
    advice: str
    unless: str | None = None


@dataclass(frozen=True)
class Shape:
    """The parts of one kind of answer in their usual order, and its faults.

    Attributes:
        core: the part without which such an answer fails, if there is one.
        without: one sentence about an answer that lacks it.
    """

    parts: tuple[KindPart, ...]
    faults: tuple[KindFault, ...] = ()
    core: str | None = None
    without: str = ""

    @property
    def served(self) -> tuple[KindPart | KindFault, ...]:
        """All that a sentence may serve."""
        return (*self.parts, *self.faults)

    def titles(self) -> dict[str, str]:
        return {one.name: one.title for one in self.served}

    def letters(self) -> dict[str, str]:
        return {one.name: one.letter for one in self.served}


@dataclass(frozen=True)
class PartCheck:
    """What an answer has of one part.

    Attributes:
        name: such as "future".
        found: the user's own words that tell it, or None.
        probe: what an interviewer would ask where it is missing.
    """

    name: str
    found: str | None
    probe: str


@dataclass(frozen=True)
class FaultCheck:
    """A fault that an answer has.

    Attributes:
        name: such as "blame".
        found: the user's own words that show it.
    """

    name: str
    found: str


def _any(*cues: str) -> Sign:
    return lambda told: any(has_cue(cue, text) for text in told for cue in cues)


def _plain(*cues: str) -> Sign:
    return lambda told: not any(has_cue(cue, text) for text in told for cue in cues)


def _figure(*cues: str) -> Sign:
    hinted = _any(*cues)
    return lambda told: any(map(has_figure, told)) or hinted(told)


def _several(told: Sequence[str]) -> bool:
    return len(told) > 1


def _few(told: Sequence[str]) -> bool:
    return len(told) <= 2


def _range(told: Sequence[str]) -> bool:
    return any(map(_RANGE.search, told))


_OF_THEIRS = "It is told, and names something of this employer's."
_MEASURED = "It is told with something to measure it by: how many, how long, or when."
_BEST_OCCASION = "It is told with a figure, or with what came of it."

SHAPES: dict[Kind, Shape] = {
    Kind.INTRO: Shape((
        KindPart("present", "N", "what you do now", "What do you do now?",
                 _MEASURED, _figure("episode")),
        KindPart("past", "P", "what led here", "What brought you to where you are?",
                 _MEASURED, _figure("episode")),
        KindPart("future", "F", "why this role is next", "Why does this role come next?",
                 _OF_THEIRS, _any("employer")),
    )),
    Kind.MOTIVATION: Shape((
        KindPart("fact", "F", "a fact about them",
                 "What do you know about us that another employer could not say?",
                 "It is told with where you saw or heard it, or with what sets it apart.",
                 _figure("learned_of_you", "only_you")),
        KindPart("match", "M", "what in your work fits it", "What in your own work fits that?",
                 "It is told by something that you did.", _figure("self_past", "episode")),
        KindPart("bring", "B", "what you would do here",
                 "What would you do here in the first months?",
                 "It is told as a step of your own.", _any("would")),
    ), core="fact", without="Nothing here could not be said to any other employer."),
    Kind.STRENGTH: Shape((
        KindPart("claim", "C", "which strength it is", "Which one strength do you name?",
                 "It is told in your own terms, without a stock phrase.", _plain("buzzword")),
        KindPart("example", "E", "an occasion that showed it", "Which occasion showed it?",
                 _BEST_OCCASION, _figure("better")),
        KindPart("relevance", "R", "its use in this role",
                 "Where would that be of use in this role?", _OF_THEIRS, _any("employer")),
    )),
    Kind.WEAKNESS: Shape((
        KindPart("weakness", "W", "a real weakness", "Which difficulty is it, in your own work?",
                 "It is told with an occasion, or with what it cost.", _figure("episode")),
        KindPart("steps", "S", "what you do about it", "What have you done about it?",
                 "It is told with when or how often you do it.", _figure("how_often")),
        KindPart("progress", "P", "how it is getting better",
                 "How can you tell that it is getting better?",
                 "It is told with a figure, or with an occasion that shows it.",
                 _figure("better", "episode")),
    ), (
        KindFault("boast", "B", "a strength in disguise", "hr.self_awareness",
                  "What is named is a strength in disguise.",
                  "Which difficulty in your own work has cost you something?"),
    ), core="weakness", without="No difficulty of your own is told."),
    Kind.SALARY: Shape((
        KindPart("range", "R", "a figure or a range", "Which range do you have in mind?",
                 "It is a range, or a figure with its lower bound.", _range),
        KindPart("basis", "B", "what it rests on", "What would your figure rest on?",
                 "It names where the figure comes from.", _figure("survey", "present_pay")),
        KindPart("package", "P", "the whole package", "What besides the figure matters to you?",
                 "It is told, and leaves room to talk.", _any("open")),
    )),
    Kind.LEAVING: Shape((
        KindPart("fact", "F", "what happened", "What happened?",
                 "It is told, in two sentences at most.", _few),
        KindPart("use", "U", "what you made of it",
                 "What did you do with that time, or take from it?",
                 "It names what it was.", _figure("took_from_it")),
        KindPart("forward", "N", "what you want next", "What do you want next?",
                 "It is told, and leads to this role.", _any("employer", "role_here")),
    ), (
        KindFault("blame", "B", "blame for somebody", "hr.gaps",
                  "Somebody is blamed.",
                  "Leave it out: what happened, told without anybody's fault, is enough."),
    )),
    Kind.SITUATIONAL: Shape((
        KindPart("assumptions", "A", "what you would find out first",
                 "What would you want to know first?",
                 "It is told as something to ask or to check.", _any("find_out")),
        KindPart("options", "O", "which ways there are", "Which other ways would there be?",
                 "Two ways or more are set side by side.", _any("ways")),
        KindPart("choice", "C", "what you would do",
                 "Which would you choose, and why?", "It is told with its reason.", _any("reason")),
        KindPart("followup", "F", "how you would check it worked",
                 "How would you know that it worked?",
                 "It is told with when that would be.", _figure("after")),
    )),
    Kind.STRENGTHS_BASED: Shape((
        KindPart("energy", "E", "what you enjoy", "What is it about it that you enjoy?",
                 "It is told with how it feels.", _any("buzz")),
        KindPart("example", "X", "an occasion", "When was the last time?",
                 _BEST_OCCASION, _figure("better")),
        KindPart("use", "U", "its use in this role", "Where in this role would that show?",
                 _OF_THEIRS, _any("employer")),
    )),
    Kind.FUTURE: Shape((
        KindPart("direction", "D", "where you want to go",
                 "Which direction do you want to grow in?",
                 "It is told in your own terms, without a stock phrase.", _plain("buzzword")),
        KindPart("step", "S", "how you get there", "What have you begun, or will begin with?",
                 "It is something begun, or with a date.", _figure("step")),
        KindPart("link", "L", "how this role is on the way", "How does this role lead there?",
                 _OF_THEIRS, _any("employer")),
    )),
    Kind.CLOSING: Shape((
        KindPart("specific", "S", "a question about this job",
                 "What would you like to know that only we could tell you?",
                 "There are two such questions or more.", _several),
    ), (
        KindFault("generic", "G", "a question for any employer", "hr.questions",
                  "Every question could be asked of any employer.",
                  "What have you seen, read or heard here that made you wonder?",
                  unless="specific"),
    ), core="specific", without="No question is asked that only this employer could answer."),
    Kind.OFF_LIMITS: Shape((
        KindPart("concern", "C", "the concern behind it, or your boundary",
                 "What about the job might that question be after?",
                 "It names what the question may be after.", _any("boundary")),
        KindPart("assurance", "A", "what matters for the job",
                 "What about the job can you assure us of?",
                 "It is told with a figure, or with what you did.", _figure("assure", "self_past")),
        KindPart("redirect", "R", "the way back to the job",
                 "Where would you lead the conversation from there?",
                 "It is a question, or a subject of the job's.",
                 _any("ask_first", "ask_inside", "back_to_job", "employer")),
    ), (
        KindFault("disclose", "D", "a private matter", "hr.self_awareness",
                  "A private matter is told.",
                  "None of it is owed. What about the job did the question leave open?"),
    )),
}  # fmt: skip
