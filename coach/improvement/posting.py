"""From a job posting to the competencies it names, and the questions that test them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.improvement.feedback import read_feedback
from coach.improvement.phrases import JOINTS, ask, phrase_of
from coach.questions.question import Kind, Question
from coach.questions.similar import likeness, near_duplicates

MOST_MADE = 8  # questions made from one posting
_TESTS = 3  # questions of the banks that are shown for a competency

# What postings say and employers' feedback does not.
_SAID: tuple[tuple[str, str], ...] = (
    ("comp.planning",
        r"prioriti[sz]\w+|own (?:time|diary|caseload|workload)|"
        r"meet(?:ing)? (?:tight )?deadlines|multi-?task\w*|juggl\w+|organi[sz]ed|"
        r"well[- ]organi[sz]ed|rotas?|several (?:tasks|projects|things) at once|eye for detail|"
        r"(?:accurate|careful|neat|up-to-date) (?:\w+ )?(?:records|notes|files|work)|"
        r"records accurate\w*|methodical\w*|keep track|"
        r"manage (?:a|your|several) (?:\w+ )?(?:caseload|diary|projects?)|on time|"
        r"organis(?:e|ing)|organiz(?:e|ing)|diar(?:y|ies)|timetables?|tight \w+|timescales|"
        r"targets|coordinat\w+|co-ordinat\w+|schedul\w+|forward planning|accura\w+|thorough\w*|"
        r"tidy"),
    ("comp.teamwork",
        r"(?:as )?part of (?:a|the|our) (?:\w+ )?team|team[- ]player|close-knit team|"
        r"works? well with (?:others|people)|alongside|hand in hand|"
        r"(?:build|develop|maintain)(?:ing)? (?:and \w+ )?(?:good |strong |positive |effective |close )*(?:working )?relationships?|"
        r"support(?:ing)? (?:your |our |other |the )?(?:colleagues|team)|get on with people|"
        r"help(?:ing)? each other|in (?:a|our) (?:\w+ ){0,2}team|partnership\w*|together|"
        r"share (?:what you know|knowledge|ideas|information|best practice)|collective\w*|"
        r"co-?operat\w+|team spirit|multi-?disciplinary|each other|crew"),
    ("comp.adaptability",
        r"flexib(?:le|ility)|fast[- ]paced|changing (?:needs|priorities|environment)|"
        r"at short notice|no two days|hands-on|wherever (?:needed|required)|turn your hand|"
        r"cover for|varied (?:role|work|days)|change of plan|adjust\w*|switch between|"
        r"open to change|step in|swap|switch|different (?:sites|tasks|departments|shifts)|"
        r"versatil\w+|variety|as (?:things|needs|priorities|the day) changes?|evolving|"
        r"uncertain\w*|rotating"),
    ("comp.initiative",
        r"self[- ](?:starter|motivated|directed)|"
        r"work(?:ing)? (?:independently|alone|on your own|unsupervised)|own initiative|"
        r"can[- ]do|without (?:close |constant )?supervision|take ownership|see what needs|"
        r"get on with it|makes? things happen|self-motivated|go-getter|"
        r"drive and (?:energy|ambition|enthusiasm)|without being (?:told|asked)|unprompted|"
        r"take (?:charge|the lead)|self-reliant|enterprising|ambitio\w+|resourceful\w*|"
        r"get things done|use your own"),
    ("comp.resilience",
        r"calm|under pressure|thick skin|demanding environment|keep (?:going|your head)|"
        r"physically demanding|busy (?:periods|times|shifts)|"
        r"stays? (?:positive|cheerful|cool|focused)|keep (?:cool|your cool|calm)|"
        r"losing your cool|when things go wrong|cope|coping|stamina|tough|cheerful\w*|"
        r"positive (?:attitude|outlook)|heated|patien(?:t|ce) (?:with|under|when)|level-headed|"
        r"composed|long hours|persever\w+|persisten\w+|determin\w+|high[- ](?:volume|pressure)"),
    ("comp.customer",
        r"customer[- ]facing|front of house|welcoming|first point of contact|friendly|"
        r"(?:great|good|excellent|outstanding) (?:service|care)|dignity|compassion\w*|caring|"
        r"serv(?:e|ing) (?:our |the )?(?:public|people)|visitors|residents|passengers|"
        r"needs of (?:others|people|each|every)|go out of your way|kind(?:ness)?\b|clients?|"
        r"patients?|pupils?'? needs|service users?|hospitality|shoppers|tenants|at the heart of|"
        r"empath\w+|care for|vulnerable"),
    ("comp.communication",
        r"(?:written|verbal|spoken|interpersonal|people) (?:and \w+ )?skills|liais\w+|"
        r"articulate|report[- ]writing|telephone manner|explain\w*|"
        r"clear(?:ly)? (?:and|in) (?:writing|speech)|good listener|"
        r"writ(?:e|ing) (?:\w+ ){0,2}(?:reports?|emails?|letters?|documentation|copy)|"
        r"speak(?:ing)? (?:\w+ ){0,2}to|talk(?:ing)? (?:\w+ ){0,2}to|"
        r"present(?:ing)? (?:\w+ )?(?:to|your|findings|results|ideas)|listen\w*|"
        r"keep \w+ informed|persua\w+|influenc\w+|convinc\w+|put \w+ at ease|telephone|"
        r"plain (?:english|language)|tell(?:ing)? (?:a |the )?stor\w+|"
        r"brief(?:ing)? (?:\w+ )?(?:staff|team|clients|managers)|presentations?|read and write"),
    ("comp.leadership",
        r"(?:lead|run|manage|supervise|coach|train|mentor|line[- ]manage|motivate)(?:s|ing)? (?:a |the |our |and \w+ |other |new |junior )?(?:\w+ ){0,2}(?:team|staff|people|colleagues|starters|apprentices|shift)|"
        r"role model|supervisory|"
        r"(?:inspire|develop|build|guide|grow|head)(?:s|ing)? (?:and \w+ )?(?:a |the |our |your )?(?:\w+ )?(?:team|staff|people|department)\b|"
        r"team leader|in charge of|responsible for (?:a|the) team|set(?:ting)? an example|"
        r"delegat\w+|get the best out of|"
        r"motivat(?:e|ing) (?:\w+ ){0,2}(?:team|staff|people|others|crew)|apprentices|"
        r"appraisals|line manag\w+|people manag\w+|bring (?:people|others) along|head of|"
        r"chair\w*"),
    ("comp.learning",
        r"(?:keen|eager|willing|happy|hungry) to (?:learn|train|develop)|quick learner|"
        r"learn quickly|up to date|train(?:ing)? (?:as|towards)|(?:open|respond\w*) to feedback|"
        r"(?:gain|work towards?|study for) (?:a |new |further )?(?:\w+ )?(?:qualification|certificate|skills)\w*|"
        r"develop your(?:self| skills)|curious|new (?:skills|tools|technolog\w+)|thirst for|"
        r"re-?train\w*|learn(?:s|ing)? (?:on the job|new|from|fast)|teachable|studying|"
        r"coursework|professional development|pick up \w+|self-development"),
    ("comp.integrity",
        r"trustworth\w+|reliab\w+|punctual\w*|discret\w+|confidential\w*|safeguarding|"
        r"cash[- ]handling|health and safety|complian\w+|dbs|background check|privacy|"
        r"professional standards|data protection|do the right thing|safely|"
        r"safety (?:rules|standards)|own up|respect for|responsibility for your|cut corners|"
        r"trust(?:ed)?|honest\w*|ethic\w*|fair(?:ly|ness)?|sensitive (?:data|information)|"
        r"law(?:ful|s)?|regulat\w+|accountab\w+"),
    ("comp.improvement",
        r"continuous(?:ly)? improv\w+|better ways|new ideas|streamlin\w+|automat\w+|"
        r"(?:make|making) (?:\w+ ){1,3}(?:quicker|faster|easier|better|simpler|safer)|"
        r"find(?:ing)? (?:new |better |smarter )?ways|suggest\w* (?:changes|improvements|ideas)|"
        r"challenge the way|creativ\w+|propos(?:e|ing)|redesign\w*|rethink\w*|"
        r"reduc(?:e|ing) (?:waste|costs?|errors)|optimi[sz]\w+|moderni[sz]\w+|"
        r"save (?:time|money)|digitali[sz]\w+|experiment\w*|fresh ideas"),
    ("comp.problem_solving",
        r"fault[- ]find\w*|trouble-?shoot\w*|debug\w*|resolve (?:issues|problems|queries)|"
        r"enquiring mind|analy[sz]\w+|spot (?:errors|mistakes|problems|faults)|"
        r"find(?:ing)? (?:\w+ )?solutions?|work out (?:what|why|how)|logical|get to the bottom|"
        r"investigat\w+|trace|faults?|root causes?|source of|diagnos\w+|repair\w*|"
        r"complex (?:problems|issues|data)|interpret\w*|resolv\w+|evidence"),
    ("comp.decisions",
        r"sound (?:judge?ment|decisions)|use your judge?ment|think on your feet|weigh\w* up|"
        r"make (?:the )?(?:right |tough |quick )?(?:calls?|choices)|"
        r"assess (?:risks?|priorities)|know when to|judg(?:e|ing) (?:when|what|whether|which)|"
        r"decid\w+|decisive\w*|escalate (?:when|if)|sound mind|risk assessments?|"
        r"prioriti[sz]ing risks?"),
    ("comp.conflict",
        r"challenging behaviou?r|difficult (?:situations|customers|callers)|negotiat\w+|"
        r"handl\w+ complaints|de-?escalat\w+|diploma(?:cy|tic)|tact\w*|disputes?|complaints?|"
        r"angry|upset|aggressive|set boundaries|hold your ground|"
        r"challenge (?:colleagues|others)|heated|calm (?:a|people|others|down)|object(?:ions?)|"
        r"bargain\w*|mediat\w+|disagree\w*|assertive\w*|refus\w+|stand your ground|"
        r"challenging (?:customers|people|clients|situations|conversations)"),
    ("comp.big_picture",
        r"(?:company|business|organi[sz]ation(?:al)?) (?:goals|aims|strategy|objectives)|"
        r"commercially (?:aware|minded)|budget responsib\w+|roadmap|"
        r"wider (?:business|company|team|organi[sz]ation)|"
        r"how (?:your|the) work (?:affects|fits)|long[- ]term|priorities of the|market trends|"
        r"profitab\w+|think ahead|where the market|sector|industry (?:news|trends)|vision|"
        r"strateg\w+|competitors?|our mission|bottom line|"
        r"understand(?:ing)? of (?:the|our) (?:business|market|sector)"),
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
        area: such as "comp.planning", or "ext.language" of what is not practised.
        words: the posting's own, each a sentence or a bullet, in their order.
    """

    area: str
    words: tuple[str, ...]


def read_posting(posting: str) -> tuple[Named, ...]:
    """The competencies that a posting asks for, the most often named first.

    Each sentence or bullet is read as feedback is, whether it would praise or criticise, and by
    rules for what only postings say. What the employer offers is left out.
    """
    return _named(posting, "comp.")


def not_practised(posting: str) -> tuple[Named, ...]:
    """What a posting asks for that no answer can show, such as a language or a licence."""
    return _named(posting, "ext.")


def title_of(posting: str) -> str:
    """Its first line, which names the job."""
    return next((text for text, _ in _blocks(posting)), "")


def _named(posting: str, family: str) -> tuple[Named, ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for sentence in _asked_for(posting):
        by_feedback = {point.area for point in read_feedback(sentence).points}
        by_rule = {area for area, said in _RULES if said.search(sentence)}
        named = by_feedback | by_rule
        if any(area.startswith("comp.") for area in named):
            named -= {"ext.skills"}  # "communication skills" are no other skill
        for area in sorted(named):
            if area.startswith(family) and sentence not in found[area]:
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
            also = [
                other.area
                for other in found
                if other is not named and named.words[place] in other.words
            ]
            areas = (named.area, *also, "star.example")
            question = Question(
                "", ask(phrase, company, len(made)), Kind.BEHAVIOURAL, areas, company=company
            )
            if next(near_duplicates([question], (*bank, *made)), None) is None:
                used.add(phrase.words.lower())
                made.append(question)
    return tuple(made)


def _asked_for(posting: str) -> Iterator[str]:
    """Sentences and bullets of what the employer asks for."""
    blocks = [part for text, bullet in _blocks(posting) for part in _parted(text, bullet=bullet)]
    title = blocks.pop(0)[0] if blocks[1:] and _is_title(*blocks[0]) else None
    giving = False
    for block, bullet in blocks:
        if _GIVES.match(block):
            giving = True
        elif not bullet and _is_heading(block):
            giving = False
        elif not giving:
            for sentence in _ENDS.split(block):
                if not _NOT_ASKED.search(sentence) and not _names_job(sentence, title):
                    yield from _clauses(sentence)


def _parted(block: str, *, bullet: bool) -> tuple[tuple[str, bool], ...]:
    """A heading and what stands behind it on the same line: "Essential: a calm manner"."""
    heading, _, rest = block.partition(":")
    if rest.strip() and _ASKS.match(heading):
        return ((heading, False), (rest.strip(), True))
    return ((block, bullet),)


def _is_title(block: str, bullet: bool) -> bool:
    """Whether a first line names the job and not what it asks for: most words are capitalised."""
    words = [word for word in block.split() if word.isalpha() and len(word) > 2]
    capitals = sum(word[0].isupper() for word in words)
    return not bullet and block[-1] not in ".!?;:" and capitals * 3 >= len(words) * 2


def _names_job(sentence: str, title: str | None) -> bool:
    """Whether it only says again which job it is: "We are looking for a shift manager"."""
    if title is None or not sentence.lower().startswith("we"):
        return False
    job = re.split(r"\s*[(,|]|\s+[–-]\s", title)[0].strip()
    return job != "" and re.search(rf"\b{re.escape(job)}\b", sentence, re.IGNORECASE) is not None


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence that asks for several things, cut into them."""
    for clause in JOINTS.split(sentence):
        bare = clause.strip(" ,;")
        if bare:
            yield bare


def _blocks(posting: str) -> Iterator[tuple[str, bool]]:
    """Bullets, headings and paragraphs, each on one line, and whether it is a bullet."""
    block: list[str] = []
    bullet = False
    for line in (*posting.removeprefix("\ufeff").splitlines(), ""):
        starts = _BULLET.match(line)
        goes_on = block and not starts and line.strip()[:1].islower()
        if block and not goes_on:
            yield " ".join(block), bullet
            block = []
        text = " ".join(_BULLET.sub("", line).split())
        if text:
            bullet = bullet if block else bool(starts)
            block.append(text)


def _is_heading(block: str) -> bool:
    if len(block.split()) > 6:
        return False
    shaped = block.endswith(":") or block.istitle() or block.isupper()
    return shaped or _ASKS.match(block) is not None
