"""From an employer's words to weak areas: which, praise or criticism, and from which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.improvement.entries import FeedbackPoint, Polarity

# A clause ends where the employer turns from praise to criticism or to another matter.
_CLAUSES = re.compile(
    r"[.;!?\n]+|,?\s+(?:but|however|although|though|yet|whereas|while|unfortunately|nevertheless|"
    r"that said)\b,?|,?\s+(?:and|also)\s+(?=(?:you|your|we|it|the)\b)",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:impress\w*|strong|strength|excellent|great|good|well|liked|loved|enjoy\w*|appreciat\w*|"
    r"clear(?:ly)?|solid|outstanding|confident(?:ly)?|engaging|positive|convincing|thorough|"
    r"remarkable|best part|stood out|no (?:doubt|concern|problem|issue)s?|not (?:a|any) (?:lack|"
    r"problem|concern|issue|question)|plenty)\b",
    re.IGNORECASE,
)
_CRITICISM = re.compile(
    r"\b(?:lack\w*|miss\w*|without|no|not|n't|never|too|weak\w*|poor\w*|vague\w*|unclear|unsure|"
    r"unconvinc\w*|little|few|fewer|less|limited|short|long|more|better|improve\w*|need\w*|should|"
    r"could have|would have|struggl\w*|difficult\w*|hard to|fail\w*|didn't|did not|couldn't|wasn't|"
    r"weren't|hesita\w*|nervous\w*|rambl\w*|concern\w*|doubt\w*|gaps?|generic|insufficient\w*|"
    r"instead|only|rather than|another candidate|other candidates?|unable|cannot|can't|frozen?|"
    r"on hold|overqualified|underqualified|mumbl\w*|quiet\w*|rush\w*|fast|slow|flat|monoton\w*)\b",
    re.IGNORECASE,
)
# A doubled negative is praise: "it was not a lack of experience".
_DOUBLE_NEGATIVE = re.compile(
    r"\b(?:not|n't|no|never|wasn't|isn't|without)\b(?:\s+\w+){0,3}\s+(?:lack\w*|missing|doubt\w*|"
    r"concern\w*|problem\w*|issue\w*|weak\w*|question)\b",
    re.IGNORECASE,
)
_OUTCOME = r"(?:results?|outcomes?|impact|achievements?|success(?:es)?|effects?|what (?:came|happened)|difference you made)"

_AREAS: tuple[tuple[str, str], ...] = (
    ("star.numbers", r"measur\w*|quantif\w*|metrics?|numbers?|figures?|kpis?|data to back|"
                     r"statistics|percentages?|tangible|concrete (?:results?|outcomes?)|evidence of impact"),
    ("star.result", _OUTCOME),
    ("star.example", r"examples?|specific\w*|concrete|generic|general(?:i[sz]ed|ities)?|theoretical|"
                     r"hypothetical|abstract|anecdotes?|real situations?"),
    ("star.structure", r"structur\w*|organi[sz]ed|star (?:method|format|technique)|all over the place|"
                       r"hard to follow|difficult to follow|coheren\w*|jumped|thread|disjointed|"
                       r"unfocus\w*|focus(?:ed)? answers?"),
    ("star.setup", r"too much (?:context|background)|background|scene|context"),
    ("star.action", r"what you (?:actually |personally |yourself )?did|your (?:own )?actions?|steps you|"
                    r"depth|detail(?:s|ed)?|superficial|surface|how you (?:did|approached|went)"),
    ("star.ownership", r"\bwe\b(?= (?:instead|rather|too|a lot))|said [\"'“]?we|your (?:own|personal|"
                       r"individual) (?:role|part|contribution|share)|ownership|took credit|individual|"
                       r"hid(?:ing)? behind"),
    ("star.relevance", r"(?:answer\w*|address\w*) (?:the|our|my) (?:\w+ )?questions?|off[- ]topic|"
                       r"relevan\w*|to the point|beside the point|went off|side ?track\w*|tangents?"),
    ("voice.long", r"rambl\w*|too long|long[- ]winded|concise\w*|lengthy|talk(?:ed|ing)? too much|"
                   r"went on|verbose|brevity|succinct|waffl\w*|over time|drawn out"),
    ("voice.short", r"too (?:short|brief)|one[- ]word|brief answers?|short answers?|elaborat\w*|"
                    r"expand\w*|draw (?:it|things|answers?) out|said (?:very )?little|monosyllab\w*"),
    ("voice.pace", r"too (?:fast|slow|quick)\w*|spoke (?:\w+ )?(?:fast|quick|slow)\w*|pace|rush\w*|"
                   r"slow(?:ed)? down|talking speed"),
    ("voice.fillers", r"fillers?|\bums?\b|\buhs?\b|\berms?\b|[\"'“]like[\"'”]|you know[\"'”]?"),
    ("voice.hesitation", r"hesita\w*|long pauses?|pauses?|stumbl\w*|froze|blank|slow to (?:answer|"
                         r"respond|start)|stutter\w*|took (?:a while|time) to (?:answer|start)"),
    ("voice.confidence", r"confiden\w*|nerv\w*|unsure|hesitant|timid|shy|assertive\w*|self[- ]doubt\w*|"
                         r"presence|apologetic|conviction|convinced|uncertain"),
    ("voice.energy", r"energy|energetic|enthusias\w*|passion\w*|monoton\w*|flat|lively|animated|"
                     r"excite\w*|spark|bored|disengag\w*|lacklustre"),
    ("voice.clarity", r"mumbl\w*|articula\w*|hard to (?:hear|understand)|pronunciation|"
                      r"audib\w*|speak up|clarity|too (?:quiet|soft)\w*|inaudible|unclear speech"),
    ("voice.nonverbal", r"eye contact|body language|smil\w*|posture|fidget\w*|handshake|non[- ]?verbal"),
    ("comp.communication", r"communicat\w*|explain\w*|express(?:ed|ing)?|get(?:ting)? (?:your|the) "
                           r"(?:point|message) across|listening|presentation skills|stakeholder communication"),
    ("comp.teamwork", r"team ?work\w*|team[- ]player|collaborat\w*|work(?:ing)? (?:with|in) (?:others|a "
                      r"team|teams)|cooperat\w*|cross[- ]functional"),
    ("comp.leadership", r"leader\w*|lead(?:ing)? (?:a |people|others|teams?)|manag(?:e|ing|ement of) "
                        r"(?:people|teams?|others|staff)|delegat\w*|mentor\w*|people management"),
    ("comp.conflict", r"conflicts?|disagree\w*|difficult (?:people|colleagues|conversations?|"
                      r"stakeholders)|confront\w*|argument|pushback|mediat\w*"),
    ("comp.problem_solving", r"problem[- ]solv\w*|analytic\w*|solve\w*|root cause|troubleshoot\w*|"
                             r"critical thinking|logical\w*|diagnos\w*"),
    ("comp.decisions", r"decisions?|decisive\w*|judge?ment|indecisive\w*|trade-?offs?"),
    ("comp.planning", r"planning|plan(?:ned)?|prioriti\w*|time management|organi[sz]ation(?:al)? skills?|"
                      r"deadlines?|schedul\w*|project management|attention to detail"),
    ("comp.initiative", r"initiative|proactiv\w*|self[- ]starter|drive|hungry|waited to be told|"
                        r"took charge|go the extra"),
    ("comp.adaptability", r"adapt\w*|flexib\w* (?:to|in|when|with)|change management|agil(?:e|ity) "
                          r"mindset|ambigu\w*|deal(?:ing)? with change|cope with change"),
    ("comp.resilience", r"resilien\w*|pressure|stress\w*|setbacks?|bounce back|overwhelm\w*|fail(?:ure|ures)"),
    ("comp.learning", r"willing(?:ness)? to learn|learn(?:ing|ed)?|curio\w*|growth mindset|develop "
                      r"yourself|coachab\w*|feedback you (?:got|received)|self[- ]development"),
    ("comp.customer", r"customers?|clients?|patients?|guests?|service[- ]minded|user[- ]focus\w*|empath\w*"),
    ("comp.improvement", r"innovat\w*|creativ\w*|new ideas?|improv(?:e|ing) process\w*|process improvement|"
                         r"outside the box|efficien\w*"),
    ("comp.big_picture", r"big(?:ger)? picture|strateg\w*|business (?:sense|acumen|awareness|"
                         r"understanding)|commercial\w*|vision|long[- ]term"),
    ("comp.integrity", r"integrity|honest\w*|ethic\w*|trust\w*|values alignment|confidential\w*|exaggerat\w*"),
    ("hr.intro", r"introduc\w*|about yourself|your (?:story|pitch)|elevator"),
    ("hr.motivation", r"motivat\w*|why (?:you|us|this|the)|interest(?:ed)? in (?:the|our|this|us)|"
                      r"want(?:ed)? (?:the|this) (?:job|role)|genuine interest|commitment to (?:the|us)"),
    ("hr.research", r"research\w*|knew (?:little|nothing|more)|know(?:ledge)? (?:about|of) (?:us|our|the "
                    r"company)|prepar\w*|homework|familiar with (?:us|our)|about our (?:company|products?|work)"),
    ("hr.self_awareness", r"self[- ]aware\w*|weakness(?:es)?\b.*\b(?:answer|question|own)|reflect\w*|"
                          r"humble|humility|arrogan\w*|own (?:your )?mistakes"),
    ("hr.salary", r"salary|pay|compensation|money|expectations? (?:was|were|is|are)|budget for"),
    ("hr.gaps", r"gaps? in|job[- ]hopp\w*|reasons? for leaving|why you left|changed jobs|short stays?|"
                r"negative about (?:your|a|the)|previous employer"),
    ("hr.questions", r"(?:ask\w*|have|had|prepared?) (?:\w+ ){0,3}questions|questions (?:for|to) us|"
                     r"curious about us"),
    ("hr.fit", r"\bfit\b|culture|chemistry|personality|team dynamic|right match"),
    ("prep.cv", r"\bcv\b|resum[eé]|résumé|cover letter|application (?:form|documents?)|portfolio"),
    ("prep.task", r"presentation|case study|\bcase\b|assignment|take[- ]home|\btest\b|assessment centre|"
                  r"exercise|whiteboard|coding (?:task|challenge|interview)|slides"),
    ("ext.skills", r"technical skills?|skill ?set|qualificat\w*|certificat\w*|degree|licen[cs]e|"
                   r"hands-on (?:skills?|knowledge)|(?:sap|python|excel|java|sql|cad)\b|domain knowledge|"
                   r"required skills|expertise"),
    ("ext.experience", r"(?:years? of |more |less |enough |relevant |industry |prior |sector |right "
                       r"|of |lack(?:ed|ing)? )(?:\w+ )?experience|more years|experienced|\bsenior(?:ity)?\b|"
                       r"junior|over-?qualified|under-?qualified|track record|background in"),
    ("ext.language", r"(?:german|french|english|spanish|dutch|italian|polish) (?:skills?|level|language)|"
                     r"language (?:skills?|level|requirements?)|native speaker|fluen(?:t|cy)"),
    ("ext.logistics", r"relocat\w*|visa|work permit|sponsor\w*|commut\w*|location|start date|notice "
                      r"period|availab\w*|time ?zone|night shifts?|remote"),
    ("ext.competition", r"(?:other|another|stronger|different|internal|many|several|strong) (?:\w+ )?"
                        r"(?:candidates?|applicants?)|high (?:number|volume) of|competit\w*|someone (?:else|"
                        r"with|whose)|internal hire|closer match|large number of"),
    ("ext.business", r"on hold|hiring freeze|budget cuts?|restructur\w*|reorgani[sz]\w*|position (?:was|has "
                     r"been) (?:cancel\w*|closed|withdrawn|filled)|no longer (?:hiring|filling|available)|"
                     r"headcount|business (?:needs|situation|reasons)"),
)  # fmt: skip
_PATTERNS = tuple(
    (area, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for area, pattern in _AREAS
)


@dataclass(frozen=True)
class Reading:
    """What the employer's words seem to say.

    Attributes:
        points: proposals for the user to confirm, in the order of the words.
        vague: whether nothing in them can be acted on.
    """

    points: tuple[FeedbackPoint, ...]
    vague: bool


def read_feedback(words: str) -> Reading:
    """Propose areas from an employer's words.

    Args:
        words: as the employer wrote or said them.
    """
    points: dict[tuple[str, Polarity], FeedbackPoint] = {}
    for clause in _clauses(words):
        polarity = _polarity(clause)
        for area, pattern in _PATTERNS:
            if pattern.search(clause):
                point = FeedbackPoint(area, _of_area(area, polarity), clause)
                points.setdefault((area, point.polarity), point)
    found = tuple(points.values())
    return Reading(found, vague=not any(p.polarity is Polarity.CRITICISM for p in found))


def _clauses(words: str) -> Iterator[str]:
    for clause in _CLAUSES.split(words):
        tidy = " ".join(clause.split()).strip(" ,-–—\"'“”")
        if tidy:
            yield tidy


def _of_area(area: str, polarity: Polarity) -> Polarity:
    # Nobody is praised for the others' strength or for the firm's own troubles.
    outside = area in ("ext.competition", "ext.business")
    return Polarity.CRITICISM if outside else polarity


def _polarity(clause: str) -> Polarity:
    if _DOUBLE_NEGATIVE.search(clause):
        return Polarity.PRAISE
    praised = _PRAISE.search(clause)
    if praised and not _CRITICISM.search(clause):
        return Polarity.PRAISE
    return Polarity.CRITICISM
