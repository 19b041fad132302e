"""Figures that tell what came of something, and proxies for one.

They say how many, how long, or how it was before and after. Other numbers are no figures: a clock
time, a year, the name of a class or a room, somebody's age.
"""

import re

from coach.assessment.lexicon import IRREGULAR_PASTS

NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    "thousands?|millions?|dozens?|zero"
)
_NUMBER = rf"(?:\d[\d.,:]*|(?:{NUMBER_WORDS}))"
_HOUR = r"(?:\d{1,2}(?::?\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NEXT = (
    r"(?= (?:and|but|so|when|that|then|on|every|because|with|we|i|he|she|they|it|as|or|now)\b|$)"
)
_NAMED = (
    "year|grade|class|room|number|ward|table|line|floor|route|bus|gate|platform|level|stage|phase|"
    "step|part|unit|bay|aisle|lane|page|chapter|door|junction|terminal|building|block|flat|size"
)
_NO_FIGURE = re.compile(
    r"\b(?:"
    # till six; at about ten; at half past nine; ten to three, but not: from ten to three
    rf"(?:till|until|at) (?:about |around |nearly |just after |half past |quarter (?:to|past) )*"
    rf"{_HOUR}(?: (?:thirty|fifteen|forty five|to {_HOUR}|past {_HOUR}))?{_NEXT}"
    rf"|(?<!from )(?:{_HOUR}|quarter|half|twenty|twenty five)(?: minutes?)? (?:to|past) {_HOUR}"
    rf"|{_HOUR} (?:o'clock|am|pm|in the (?:morning|afternoon|evening)|at night)"
    r"|(?:in|since|of|until|till|before|after)"
    r" (?:(?:19|20)\d\d|twenty (?:ten|\w+teen|twenty)(?: \w+)?)"
    # year three, but not: cut the line two days
    rf"|(?:{_NAMED}) {_NUMBER}(?! (?:percent|per cent|(?!was\b|is\b|has\b|does\b)\w+[^\Ws]s\b))"
    # she was over sixty and; he is nineteen
    rf"|(?:he|she|i|who|mum|dad|man|woman|lady)(?:'s| is| was)? (?:is |was )?"
    rf"(?:over |nearly |about |almost |only |already )?{_NUMBER}{_NEXT}"
    rf"|{_NUMBER} years? old|the {_NUMBER} of (?:us|them)|(?:nine|ninety nine) times out of \w+"
    r")\b"
)
_FIGURE = re.compile(
    rf"\b(?:[£$€]?\d[\d.,]*%?|(?:a |one )?(?:{NUMBER_WORDS})(?:[ -](?:{NUMBER_WORDS}|and))*"
    r"(?: percent| per cent)?)(?:$|(?= ))|\bone (?:percent|hundred|thousand|million)\b"
)
_TIME = r"(?:minutes?|hours?|days?|weeks?|months?|years?|nights?|shifts?)"
_DAY = r"(?:day|night|week|month|year|morning|evening|\w+day)"
_PROXY = re.compile(
    r"\b(?:half(?! past| term| way)|halved|doubled|tripled|double (?:the|what|our|that)|twice|"
    r"(?:a|one|two|by) thirds?|(?:a|one|three|by) quarters?(?! to| past)|percent|per cent|"
    # against before
    r"from \w+ to \w+|(?:more|fewer|less|better|quicker|faster|higher|lower)(?: [\w']+){0,2} than"
    r" (?:before|ever|usual|at the (?:start|beginning)|last|the)|no more|"
    rf"every {_DAY} (?:now|since)|"
    # how many: all, none
    r"every single|not a single|none of|not one|not once|all of (?:them|us)|"
    r"everyone(?! (?:was|were|is|seemed|felt|looked|said|liked|loved|knew|else|thought|wanted))|"
    r"(?:nobody|no one) (?:was|got|else) (?:hurt|injured|late|lost|left|missed)|"
    r"(?:not|never|n't|nobody|no one)(?: [\w']+){0,2} (?:complaint|accident|problem)s? since|"
    r"no (?:complaints|accidents|injuries|mistakes|errors)|(?:has|have)(?:n't| not| never)"
    r" (?:happened|missed|been late|had one)|never happened again|only (?:\w+ )?(?:one|once)|"
    # how long, how exact
    r"on time|ahead of (?:time|schedule)|under budget|(?:the|that) same"
    r" (?:day|afternoon|morning|night|week)|"
    rf"(?:an?|a couple of|a few|several) {_TIME} (?:early|late|earlier|sooner|later|ahead)|"
    rf"(?:in|within|under|inside) (?:an?|a couple of|a few|the) {_TIME}|first time|"
    r"in one (?:go|visit|day|shift|week|night|morning|afternoon)|to the (?:penny|minute|second)|"
    # the first of many
    r"first place|a record|(?:the|our) (?:fastest|best|fewest|lowest|highest|most|busiest) \w+"
    r" (?:ever|since|of|in|we)|(?:the|our) (?:fastest|best|fewest|lowest|highest) (?:ever|in|since)"
    r")\b"
)
# It tells what came of something: the past, or what is so since.
_CAME = re.compile(
    rf"\b(?:was|were|had|did|got|went|came|became|has|have|hasn't|haven't|didn't|wasn't|weren't|"
    rf"hadn't|(?:i|we|they|you)'ve|(?:i|we|they|he|she)'d|now|since|still|today|again|"
    rf"[a-z]+ed|{'|'.join(sorted(IRREGULAR_PASTS))})\b"
)
_IS = re.compile(r"\b(?:is|are|am|isn't|aren't|there's|it's|that's|they're|can|do|does)\b")


def has_figure(text: str) -> bool:
    """Whether a text in lower case names a figure, or a proxy for one."""
    counting = _NO_FIGURE.sub(" … ", text)
    return bool(_FIGURE.search(counting) or _PROXY.search(text))


def tells_of_past(text: str) -> bool:
    """Whether a text in lower case tells what was, or what is so since."""
    return bool(_CAME.search(text))


def is_of_any_time(text: str) -> bool:
    """Whether a text in lower case says what always is, such as how many weeks a year has."""
    return bool(_IS.search(text)) and not tells_of_past(text)
