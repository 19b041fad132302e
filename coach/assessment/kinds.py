"""What an answer that is not a story should hold, by kind of question (norms.md of the project).

Each part has wording that speaks for it. A part is found or not; none is guessed from its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.questions.question import Kind

_NUMBER = (
    r"\d|hundred|thousand|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|fifteen|"
    r"eighteen|twelve|eleven|\bten\b"
)
_PARTS: dict[Kind, tuple[tuple[str, str, str], ...]] = {
    Kind.INTRO: (
        ("present", r"i am|i'm|i work|currently|at the moment|right now|my (?:current )?role",
         "What do you do now?"),
        ("past", r"before that|i (?:\w+ )?(?:was|worked|studied|started|began|trained|spent|led|ran|"
                 r"joined|moved|grew|did)|previously|years? (?:at|in|as)",
         "What brought you to where you are?"),
        ("future", r"looking (?:for|to|forward)|i(?:'d| would) (?:like|love)|i want|next step|"
                   r"this role|this job|here|my goal|hope to",
         "Why does this role come next?"),
    ),
    Kind.MOTIVATION: (
        ("a fact about them", r"your (?:\w+ )?(?:team|company|hospital|school|product|work|values|"
                              r"customers|store|programme|program|reviews|news|report|website|plan\w*)|"
                              r"i (?:read|saw|heard|noticed|visited|spoke|used)|you (?:have|just|are|"
                              r"recently|offer|opened|make|run|do)",
         "What do you know about us that another employer could not say?"),
        ("your match", r"my (?:experience|background|skills?|work|degree|training|strength)|"
                       r"i(?:'ve| have) (?:\w+ )?(?:worked|done|used|led|been|spent)|i am good|i'm good|"
                       r"fits?|match",
         "What in your own work fits that?"),
        ("what you bring", r"i (?:can|could|will|would|'ll) |bring|contribute|help you|add",
         "What would you do here in the first months?"),
    ),
    Kind.STRENGTH: (
        ("a claim", r"strength|i am|i'm|good at|best at|i can|known for|people (?:say|tell)",
         "Which one strength do you name?"),
        ("an example", r"for example|for instance|last (?:year|month|week|summer|winter)|when i|"
                       r"once|one time|at my|i (?:\w+ )?(?:fixed|built|led|made|wrote|helped|found|"
                       r"organi[sz]ed|took|kept|solved|planned|ran)",
         "Which occasion showed it?"),
        ("why it matters here", r"this (?:role|job|team|position)|here|for you|your (?:team|company|"
                                r"customers)|in this",
         "Where would that be of use in this role?"),
    ),
    Kind.WEAKNESS: (
        ("a real weakness", r"weakness|i (?:used to|tend to|struggle|find it|am not|can be|get|have "
                            r"trouble|sometimes)|i'm (?:not|sometimes|too|bad)|not (?:very |so )?good at|"
                            r"difficult for me|hard for me|harder",
         "Which difficulty is it, in your own work?"),
        ("steps taken", r"so i|i (?:\w+ )?(?:started|began|now|took|joined|asked|set|write|use|practi[sc]e"
                        r"|make|keep|signed|learned|plan)|to (?:fix|deal with|work on|improve) (?:it|this|"
                        r"that)|i've (?:been|started|learned)",
         "What have you done about it?"),
        ("progress", r"better|improved|since then|now i|less|these days|last (?:month|week|time)|"
                     r"no longer|already|progress",
         "How can you tell that it is getting better?"),
    ),
    Kind.SALARY: (
        ("a figure or a range", _NUMBER, "Which range do you have in mind?"),
        ("what it rests on", r"based on|market|research|experience|similar|current(?:ly)?|role|level|"
                             r"responsib\w+|looked (?:at|up)|average|typical",
         "What does that figure rest on?"),
        ("the whole package", r"package|benefits|holiday|pension|bonus|flexib\w+|training|overall|"
                              r"hours|discuss|open to|negotia\w+",
         "What besides the figure matters to you?"),
    ),
    Kind.LEAVING: (
        ("the fact", r"left|leaving|redundan\w+|contract|closed|moved|ended|laid off|gap|break|let go|"
                     r"took (?:time|a)|finished|resigned|quit",
         "What happened, in one sentence?"),
        ("what you made of it", r"learned|course|used (?:the|that) time|volunteer\w*|studied|trained|"
                                r"kept|helped|cared|worked on|grew|gained|proud|grateful|enjoyed",
         "What did you do with that time, or take from it?"),
        ("looking forward", r"now i|looking (?:for|to|forward)|next|ready|i want|i(?:'d| would) like|"
                            r"this (?:role|job)|opportunity|back (?:to|in)",
         "What do you want next?"),
    ),
    Kind.SITUATIONAL: (
        ("assumptions", r"assum\w+|depends?|if (?:it|the|they|he|she|there)|first (?:i(?:'d| would) )?"
                        r"(?:find out|ask|check|understand)|i(?:'d| would) (?:\w+ )?(?:ask|find out|check|"
                        r"listen|want to know|make sure)",
         "What would you want to know first?"),
        ("options", r"options?|either|or i|alternativ\w+|another (?:way|option)|two (?:ways|things)|"
                    r"could (?:also|either)|on the (?:one|other) hand|\bor\b",
         "Which other ways would there be?"),
        ("a choice and why", r"because|so that|the reason|that way|i(?:'d| would) (?:choose|go|decide|"
                             r"start|pick|tell|take|speak|talk|call)|since",
         "Which would you choose, and why?"),
        ("follow-up", r"follow up|afterwards|after that|check (?:back|in|again)|make sure|later|then i"
                      r"(?:'d| would)|next day|learn",
         "How would you know that it worked?"),
    ),
    Kind.STRENGTHS_BASED: (
        ("what it is like for you", r"i (?:\w+ )?(?:enjoy|love|like|prefer|find|feel|look forward)|energ\w+|"
                                    r"comes? (?:easily|naturally)|time flies|absorbed|drain\w*",
         "What is that like for you while you do it?"),
        ("an example", r"for example|for instance|last (?:year|month|week|summer|winter)|when i|once|"
                       r"recently|one time|at my",
         "When did you last do it?"),
        ("why it matters here", r"this (?:role|job|team|position)|here|for you|your (?:team|company|"
                                r"customers)|in this",
         "Where would that be of use in this role?"),
    ),
    Kind.OFF_LIMITS: (
        ("a courteous limit or the worry behind it", r"rather not|prefer not|private|personal|may i ask|"
                                                     r"(?:do|are) you asking|if you(?:'re| are)|concern\w*",
         "What might they be worried about, as far as the work goes?"),
        ("back to the job", r"i can|this (?:role|job|position)|the (?:role|job|work|hours|shifts)|available|"
                            r"my (?:work|experience|record)|reliab\w+|commit\w*",
         "What can you say about doing this job?"),
    ),
    Kind.FUTURE: (
        ("a direction", r"i (?:want|hope|would|see|plan|aim)|i'd|my goal|become|lead\w*|grow|learn|"
                        r"develop|speciali[sz]\w+",
         "Which direction do you want to grow in?"),
        ("a link to the role", r"this (?:role|job|position|company|team)|here|with you|your (?:team|"
                               r"company)|the role",
         "How does this role lead there?"),
    ),
}  # fmt: skip
_ASKS = re.compile(
    r"\b(?:what|how|who|where|when|why|which|is there|are there|do you|does the|could you|can you|"
    r"would you|will (?:i|the|there))\b"
)


@dataclass(frozen=True)
class PartCheck:
    """One part that this kind of answer wants.

    Attributes:
        name: such as "future".
        found: the user's own words that tell it, or None.
        probe: what an interviewer would ask where it is missing.
    """

    name: str
    found: str | None
    probe: str


def check_parts(kind: Kind, sentences: Sequence[str]) -> tuple[PartCheck, ...]:
    """Look for each part of this kind of answer.

    Args:
        kind: not behavioural.
        sentences: in lower case, without punctuation.
    """
    if kind is Kind.CLOSING:
        return _check_questions(sentences)
    return tuple(
        PartCheck(name, _first_match(pattern, sentences), probe)
        for name, pattern, probe in _PARTS[kind]
    )


def _first_match(pattern: str, sentences: Sequence[str]) -> str | None:
    looked_for = re.compile(rf"\b(?:{pattern})")
    return next((sentence for sentence in sentences if looked_for.search(sentence)), None)


def _check_questions(sentences: Sequence[str]) -> tuple[PartCheck, ...]:
    asked = [sentence for sentence in sentences if _ASKS.search(sentence)]
    return (
        PartCheck("a first question", asked[0] if asked else None, "What would you like to know?"),
        PartCheck("a second one", asked[1] if len(asked) > 1 else None, "And what else?"),
    )
