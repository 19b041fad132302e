"""From a job posting to the competencies it names, and the questions that test them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.improvement.feedback import read_feedback
from coach.questions.question import Kind, Question
from coach.questions.similar import likeness, near_duplicates

MOST_MADE = 8  # questions made from one posting
_LONGEST = 16  # words of the posting that one question can hold
_TESTS = 3  # questions of the banks that are shown for a competency

# What postings say and employers' feedback does not.
_SAID: tuple[tuple[str, str], ...] = (
    ("comp.planning", r"prioriti[sz]\w+|own (?:time|diary|caseload|workload)|meet(?:ing)? (?:tight )?"
                      r"deadlines|multi-?task\w*|juggl\w+|organi[sz]ed|well[- ]organi[sz]ed|rotas?|"
                      r"several (?:tasks|projects|things) at once|eye for detail"),
    ("comp.teamwork", r"(?:as )?part of (?:a|the|our) (?:\w+ )?team|team[- ]player|close-knit team|works? well "
                      r"with (?:others|people)|alongside|side by side|hand in hand"),
    ("comp.adaptability", r"flexib(?:le|ility)|fast[- ]paced|changing (?:needs|priorities|environment)|"
                          r"at short notice|no two days|hands-on|wherever (?:needed|required)|turn your hand"),
    ("comp.initiative", r"self[- ](?:starter|motivated|directed)|work(?:ing)? (?:independently|alone|"
                        r"on your own|unsupervised)|own initiative|can[- ]do|without (?:close |constant )?"
                        r"supervision|take ownership"),
    ("comp.resilience", r"calm|under pressure|thick skin|demanding environment|keep (?:going|your head)|"
                        r"physically demanding|busy (?:periods|times|shifts)"),
    ("comp.customer", r"customer[- ]facing|front of house|welcoming|first point of contact|friendly|"
                      r"(?:great|good|excellent|outstanding) (?:service|care)|dignity|compassion\w*|caring"),
    ("comp.communication", r"(?:written|verbal|spoken|interpersonal|people) (?:and \w+ )?skills|liais\w+|"
                           r"articulate|report[- ]writing|telephone manner|explain\w*|clear(?:ly)? (?:and|in) "
                           r"(?:writing|speech)|good listener"),
    ("comp.leadership", r"(?:lead|run|manage|supervise|coach|train|mentor|line[- ]manage|motivate)(?:s|ing)? "
                        r"(?:a |the |our |and \w+ |other |new |junior )?(?:\w+ )?(?:team|staff|people|colleagues|"
                        r"starters|apprentices|shift)|role model|supervisory"),
    ("comp.learning", r"(?:keen|eager|willing|happy|hungry) to (?:learn|train|develop)|quick learner|learn quickly|"
                      r"up to date|train(?:ing)? (?:as|towards)|(?:open|respond\w*) to feedback"),
    ("comp.integrity", r"trustworth\w+|reliab\w+|punctual\w*|discret\w+|confidential\w*|safeguarding|cash[- ]handling|"
                       r"health and safety|complian\w+|dbs|background check"),
    ("comp.improvement", r"continuous(?:ly)? improv\w+|better ways|new ideas|streamlin\w+|automat\w+"),
    ("comp.problem_solving", r"fault[- ]find\w*|trouble-?shoot\w*|debug\w*|resolve (?:issues|problems|queries)|"
                             r"enquiring mind|analy[sz]\w+"),
    ("comp.decisions", r"sound (?:judge?ment|decisions)|use your judge?ment|think on your feet"),
    ("comp.conflict", r"challenging behaviou?r|difficult (?:situations|customers|callers)|negotiat\w+|"
                      r"handl\w+ complaints|de-?escalat\w+|diploma(?:cy|tic)|tact\w*"),
    ("comp.big_picture", r"(?:company|business|organi[sz]ation(?:al)?) (?:goals|aims|strategy|objectives)|"
                         r"commercially (?:aware|minded)|budget responsib\w+|roadmap"),
)  # fmt: skip
_RULES = tuple((area, re.compile(rf"\b(?:{said})\b", re.IGNORECASE)) for area, said in _SAID)

# A part of a posting that tells what the employer gives, not what it asks for.
_GIVES = re.compile(
    r"^\W*(?:what (?:we|you(?:'ll| will)? (?:get|receive))\b.*|(?:we|our) offer\b.*|(?:our |your )?"
    r"benefits\b.*|perks\b.*|about (?:us|the company|our company)|who we are|our story|why (?:join|work "
    r"(?:for|with|at))\b.*|how to apply\b.*|equal opportunit\w+\b.*|salary|pay|in return\b.*)\W*$",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:equal opportunit\w+|without regard to|we (?:offer|provide|give you|believe|celebrate|welcome)|"
    r"pension|annual leave|holiday|discount|salary|per (?:hour|annum)|apply (?:now|by|today)|"
    r"closing date|your cv)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:about (?:you|the (?:role|job|post))|the (?:role|job|post)|your (?:role|profile|tasks|duties|skills)|"
    r"who you are|what you(?:'ll| will)? (?:do|bring|need|have)|(?:key |main )?(?:responsibilities|duties|"
    r"requirements|skills|tasks)|essential\b.*|desirable\b.*|person specification|you will|you have)\W*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪●○+>✓]|\(?\d{1,2}[.)])\s+")
_ENDS = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class Named:
    """A competency that a posting names.

    Attributes:
        area: such as "comp.planning".
        words: the posting's own, each a sentence or a bullet, in their order.
    """

    area: str
    words: tuple[str, ...]


def read_posting(posting: str) -> tuple[Named, ...]:
    """The competencies that a posting asks for, the most often named first.

    Each sentence or bullet is read as feedback is, whether it would praise or criticise, and by
    rules for what only postings say. What the employer offers is left out.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for sentence in _asked_for(posting):
        by_feedback = {point.area for point in read_feedback(sentence).points}
        by_rule = {area for area, said in _RULES if said.search(sentence)}
        for area in sorted(by_feedback | by_rule):
            if area.startswith("comp.") and sentence not in found[area]:
                found[area].append(sentence)
    ranked = sorted(found, key=lambda area: -len(found[area]))  # stable: else in their order
    return tuple(Named(area, tuple(found[area])) for area in ranked if found[area])


def questions_that_test(named: Named, bank: Iterable[Question]) -> tuple[Question, ...]:
    """Stories and situations of the bank for a competency, the nearest to the posting first."""
    testing = [
        question
        for question in bank
        if question.areas[:1] == (named.area,)
        and question.kind in (Kind.BEHAVIOURAL, Kind.SITUATIONAL)
    ]
    said = " ".join(named.words)
    testing.sort(key=lambda question: -likeness(question.text, said))
    return tuple(testing[:_TESTS])


def make_questions(
    found: Sequence[Named], bank: Sequence[Question], company: str = ""
) -> tuple[Question, ...]:
    """Questions around the posting's own phrases: one for each competency, then further ones.

    Args:
        found: by `read_posting`.
        bank: what is near to a question of it is not made again.
        company: who asks; "the posting" where it is not known.
    """
    made: list[Question] = []
    used: set[str] = set()
    deepest = max((len(named.words) for named in found), default=0)
    for place in range(deepest):
        for named in found:
            if place >= len(named.words) or len(made) == MOST_MADE:
                continue
            phrase = phrase_of(named.words[place])
            if phrase is None or phrase.words.lower() in used:
                continue
            question = Question(
                "", _ask(phrase, company, len(made)), Kind.BEHAVIOURAL, (named.area, "star.example")
            )
            if next(near_duplicates([question], (*bank, *made)), None) is None:
                used.add(phrase.words.lower())
                made.append(question)
    return tuple(made)


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
_JOINTS = re.compile(
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


def _ask(phrase: Phrase, company: str, number: int) -> str:
    frames = _FRAMES[phrase.form]
    return frames[number % len(frames)].format(words=phrase.words, who=company or "The posting")


def _asked_for(posting: str) -> Iterator[str]:
    """Sentences and bullets of what the employer asks for."""
    giving = False
    for block in _blocks(posting):
        if _GIVES.match(block):
            giving = True
        elif _is_heading(block):
            giving = False
        elif not giving:
            for sentence in _ENDS.split(block):
                if not _NOT_ASKED.search(sentence):
                    yield from _clauses(sentence)


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence that asks for several things, cut into them."""
    for clause in _JOINTS.split(sentence):
        bare = clause.strip(" ,;")
        if bare:
            yield bare


def _blocks(posting: str) -> Iterator[str]:
    """Bullets, headings and paragraphs, each on one line."""
    block: list[str] = []
    for line in (*posting.removeprefix("\ufeff").splitlines(), ""):
        starts = _BULLET.match(line)
        goes_on = block and not starts and line.strip()[:1].islower()
        if block and not goes_on:
            yield " ".join(block)
            block = []
        text = " ".join(_BULLET.sub("", line).split())
        if text:
            block.append(text)


def _is_heading(block: str) -> bool:
    if len(block.split()) > 6:
        return False
    shaped = block.endswith(":") or block.istitle() or block.isupper()
    return shaped or _ASKS.match(block) is not None
