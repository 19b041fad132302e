"""What a sentence of a job posting asks for, as a phrase that fits into a question."""

import re
from dataclasses import dataclass

_LONGEST = 16  # words of the posting that one question can hold


@dataclass(frozen=True)
class Phrase:
    """What a sentence of a posting asks for, and how it fits into a question.

    Attributes:
        words: without what leads up to them.
        form: "do" for what one does ("keep calm"), "be" for what one is ("flexible with shifts"),
            "name" for anything else, to be quoted.
    """

    words: str
    form: str


_LEAD = re.compile(
    r"^(?:(?:ideally|also|above all|essential|desirable|requirements?|key skills|skills)[,:]?\s+)?"
    r"(?:(?:you(?:'ll| will| would| should| must)?|the (?:successful|right|ideal) (?:candidate|person|"
    r"applicant)(?: will| must| should)?|(?:the )?(?:post|job|role)-?holder(?: will| must)?|candidates "
    r"(?:must|should|will)|we (?:are looking for|'re looking for|need|want|expect)|applicants (?:must|should)|"
    r"must|should|we(?:'re| are) after)\s+)?",
    re.IGNORECASE,
)
_DO = re.compile(
    r"^(?:(?:somebody|someone|a person|people) (?:who (?:can|will|is able to)|able to)\s+|(?:be |are )?"
    r"(?:able|willing|ready|prepared|happy|expected|required|confident enough) to\s+|(?:have )?(?:the |a |an )?"
    r"(?:proven |demonstrated |demonstrable |strong |good )?(?:ability|capacity|willingness) to\s+|can\s+|"
    r"need to\s+|to\s+)",
    re.IGNORECASE,
)
_BE = re.compile(
    r"^(?:(?:somebody|someone|a person|people) who (?:is|are)\s+|(?:be|are|is)\s+)", re.IGNORECASE
)
_VERBS = (
    r"(?:act|advise|analy[sz]e|answer|assist|build|check|coach|communicate|coordinate|co-ordinate|"
    r"deal|deliver|design|develop|drive|explain|follow|greet|handle|help|identify|improve|keep|lead|learn|"
    r"liaise|listen|look after|maintain|make|manage|meet|mentor|monitor|motivate|negotiate|organi[sz]e|plan|"
    r"prepare|prioriti[sz]e|provide|report|resolve|respond|run|serve|solve|supervise|support|take|teach|"
    r"train|treat|troubleshoot|update|use|welcome|work|write)\b(?! (?:experience|skills|ethic))"
)
# Duties stand as bare verbs: "Manage the rota for a team of six."
_DUTY = re.compile(rf"^{_VERBS}", re.IGNORECASE)
JOINTS = re.compile(
    rf",?\s+and\s+(?=(?:be|can|are|is|have|you)\b)|,\s+(?={_VERBS})|\s+to join (?:our|us|the|a)\b.*|"
    r",\s+(?:who|which|where|as|so)\b.*",
    re.IGNORECASE,
)
_QUALITIES = re.compile(
    r"^(?:(?:very |always |highly |well[- ])?(?:adaptable|approachable|articulate|calm|caring|"
    r"compassionate|confident|curious|dependable|diplomatic|flexible|friendly|honest|motivated|organi[sz]ed|patient|"
    r"proactive|punctual|reliable|resilient|self-motivated|trustworthy)\b(?! (?:approach|attitude|manner|mindset|nature))|an? (?:\w+[ -]){1,3}?(?:communicator|leader|learner|"
    r"listener|organi[sz]er|player|starter|thinker)\b)",
    re.IGNORECASE,
)
_HAVE = re.compile(r"^(?:have|has|bring|show|demonstrate|possess|with)\s+", re.IGNORECASE)


# Taken in turn, so that not every question begins alike.
_FRAMES = {
    "do": (
        "Tell me about a time when you had to {words}. What did you do?",
        "When did you last have to {words}? Take me through how you went about it.",
        "Describe one occasion when you had to {words}. How did it end?",
    ),
    "be": (
        "Give me an example of when you had to be {words}. What came of it?",
        "When was it hardest to be {words}? What did you do?",
    ),
    "name": (
        "{who} asks for “{words}”. Which one occasion shows that best, and what came of it?",
        "{who} asks for “{words}”. When did you last need that, and what did you do?",
    ),
}


def phrase_of(sentence: str) -> Phrase | None:
    """The phrase of a sentence that a question can be asked around; None where it is too long."""
    bare = _LEAD.sub("", sentence.strip(" .;,:!–-"), count=1)
    form = "name"
    for pattern, named in ((_DO, "do"), (_BE, "be")):
        cut = pattern.sub("", bare, count=1)
        if cut != bare:
            bare, form = cut, named
            break
    else:
        if _DUTY.match(bare):
            form = "do"
        elif _QUALITIES.match(bare):
            form = "be"
        else:
            bare = _HAVE.sub("", bare, count=1)
    words = bare.split()
    if not 1 <= len(words) <= _LONGEST or (len(words) == 1 and form == "name"):
        return None
    if words[0] == "A" or not words[0].isupper():  # an abbreviation stays as it is
        words[0] = words[0][0].lower() + words[0][1:]
    return Phrase(" ".join(words), form)


def ask(phrase: Phrase, company: str, number: int) -> str:
    """A question around it.

    Args:
        company: who asks; "the posting" where it is not known.
        number: of the question, so that not every one begins alike.
    """
    frames = _FRAMES[phrase.form]
    return frames[number % len(frames)].format(words=phrase.words, who=company or "The posting")
