"""Fillers, hedges, and who did the work: from the words alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.cues import ACTION_VERB, ADVERBS, IRREGULAR_ACTIONS
from coach.assessment.figures import NUMBER_WORDS
from coach.transcript.transcript import HESITATIONS

_HEDGES = (
    "kind of|sort of|i guess|i suppose|maybe|perhaps|probably|somehow|a little bit|a bit|i think|"
    "more or less|or something|or whatever|i'm not sure|hopefully|just trying|tried to"
)
_HEDGE = re.compile(rf"\b(?:{_HEDGES})\b")
_ACTS = rf"{ADVERBS}{ACTION_VERB}\b"
_OTHERS = "we|they|the team|everyone"
_I_ACTS = re.compile(rf"\bi {_ACTS}")
_WE_ACTS = re.compile(rf"\b(?:{_OTHERS}) {_ACTS}")
# "i called the baker, moved the roast and sent two people": three steps, but only with something
# that each is done to, so that a row of verbs is not one of steps.
_STEPS = re.compile(
    rf"\b(?P<i>i) {_ACTS}|\b(?P<we>{_OTHERS}) {_ACTS}"
    r"|\b(?P<other>i|we|they|he|she|who|there)\b"
    rf"|\b(?P<it>it) (?:was|had|{ACTION_VERB})\b|(?P<end>\.)"
    rf"|(?:\b(?:and|then|but)|,)(?: and)?(?: then)? {ADVERBS}(?P<also>{ACTION_VERB}) "
    r"(?!and\b|then\b|but\b)[a-z0-9]"
)
# Told as if it happened now: "so i call the baker and say". What is no step is left out, and so are
# past forms, which are counted as such.
_NO_STEP = (
    r"(?:am|was|were|have|had|do|don't|did|didn't|will|won't|would|can|can't|could|couldn't|should|"
    r"might|may|must|never|think|thought|know|knew|mean|guess|feel|felt|want|wanted|need|needed|"
    r"like|love|hope|believe|see|saw|hear|heard|remember|understand|suppose|say it|live|"
    r"work|get (?:very|really|so)|realise|realize|notice|am not|cannot|\w+ed|and|but|or|in|on|at|"
    rf"{IRREGULAR_ACTIONS})"
)
_I_ACTS_NOW = re.compile(rf"\bi (?:am \w+ing|{ADVERBS}(?!{_NO_STEP}\b)[a-z]+\b)")
_PASSIVE = re.compile(r"\b(?:was|were|been|got|being) (?:\w+ly )?\w+(?:ed|en|one|ade|uilt|ent)\b")

# The grammar around a word that may fill, in up to four words on either side, without um and uh:
# "<>" stands for the word itself, "." for where the answer starts or ends.
_SEEN = 4
_ALONE = 0.3  # s of silence on both sides: the word stands outside its sentence
_OPENING = 0.5  # s of silence before "well" or "right": a sentence starts with it

_BE = r"(?:am|is|are|was|were|be|been|(?:i'm|it|he|she|that|there|we|they|you|what)(?:'s|'re))"
_SUBJECT = r"(?:i|we|he|she|they|you|it|there|nobody|everyone|everybody|somebody)(?:'\w+)?"
_OBJECT = r"(?:me|mine|him|his|hers?|us|ours|them|theirs|yours|it|this|that|these|those)"
_CONJUNCTION = r"(?:and|but|because|cause|so|then|or)"
_PAST = rf"(?:was|were|had|\w+ed|{IRREGULAR_ACTIONS})"
_PREPOSITION = r"(?:in|on|at|of|by|for|with|from|about|into|within|after|until|than|over)"
_DETERMINER = r"(?:an?|the|my|our|your|their|his|her|its|this|that|these|those|some|any|every)"
_MODAL = r"(?:would|(?:i|we|he|she|they|you)'d|to|do|don't|did|didn't|does|doesn't|not|might|will)"
_DEGREE = (
    r"(?:really|very|so|super|totally|completely|absolutely|pretty|kind of|sort of|just|actually|"
    r"literally|basically|always|never|all|more|most|even|not)"
)
_AMOUNT = (
    rf"(?:an? )?(?:\d\S*|{NUMBER_WORDS}|one|half|hour|minute|day|week|month|year|couple|few|lot|"
    r"bit)\b"
)
_RANK = r"the (?:first|second|third|last|next|only|end|rest|whole|way|\w+est|most)\b"
_SAID = r"(?:no|oh|yeah|wait|what|why|wow|hey|right|okay(?! with))"


def _fills_where(*patterns: str) -> tuple[bool, re.Pattern[str]]:
    return True, _either(patterns)


def _works_where(*patterns: str) -> tuple[bool, re.Pattern[str]]:
    return False, _either(patterns)


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![\w'])(?:{pattern})(?![\w'])" for pattern in patterns))


# The first that is found decides; where none is, the word works.
_GRAMMAR: dict[str, tuple[tuple[bool, re.Pattern[str]], ...]] = {
    "like": (
        _fills_where("<> like", "like <>"),
        # looked like rain; what it was like; nothing like that; came on like being hit
        _works_where(
            r"(?:feel|felt|look|sound|smell|smelt|taste|seem|act|behave|treat)(?:s|ed|ing)?"
            r" (?:\w+ )?<>",
            rf"(?:what|how)(?:'s)? (?:\w+ )?(?:{_BE}|{_SUBJECT}) (?:it |do |don't )?<>",
            rf"(?:(?:some|any|no)thing|things?|stuff|more|much|exactly|people) <>"
            rf" (?!{_PAST}|{_BE}|{_DEGREE})[\w']+",
            rf"<> {_OBJECT}(?! {_PAST}| {_BE})",
            "<> being",
        ),
        # like fifteen people; like really tired; it was like the second week; the thing is like
        _fills_where(
            rf"<> {_AMOUNT}",
            rf"<> {_DEGREE}(?! me)",
            rf"{_BE} <> {_RANK}",
            rf"(?:thing|problem|point) {_BE} <>",
        ),
        # it was like a puzzle; it was like working in a zoo; he was like no we can't
        _works_where(
            rf"{_BE} (?:(?:not|just|more|almost) )?<> (?:{_DETERMINER}|{_SUBJECT}|{_SAID})",
            rf"(?:it|that|this) {_BE} <> \w+ing",
            r"it's <> \w+ing",
        ),
        # i would like to; she seemed to like the idea; i like how you work; just like my father
        _works_where(
            rf"{_MODAL} (?:\w+ )?<> (?:to|it|you|us|how|when|what|\.|{_DETERMINER}|\w+ing)",
            rf"(?:do|don't|did|didn't|doesn't|would) {_SUBJECT} <>",
            rf"(?:i|we|you|they|who) (?:(?:\w+ly|also|do|still|always|never|just) )*<>"
            rf" (?!{_PAST}(?! \w+ing))[\w']+",
            r"just <> (?:in|on|at|when|my|the|an?|any|every|other)",
        ),
        # and like nobody knew; in like two weeks; he like stopped; had to like call
        _fills_where(
            rf"(?:{_CONJUNCTION}|\.|{_BE}|{_PREPOSITION}|{_MODAL}|i|we|he|she|they|you|nobody|just|"
            r"had|have|has|got|made|took|spent|an?|the) <>",
            rf"<> (?:{_PAST}|{_BE}|{_SUBJECT}|{_CONJUNCTION}|{_PREPOSITION})",
        ),
    ),
    "so": (
        _fills_where(r"<> (?:yeah|like|you know|i mean|anyway)", r"(?:okay|yeah) <>"),
        _works_where(
            r"(?:think|hope|guess|suppose|say|said|told|do|did|done|or|and|even|more|why) <>"
        ),
        # that was my proudest moment so
        _fills_where(r"<> \.$"),
    ),
    "right": (
        _works_where(
            r"<> (?:away|now|after|before|there|then|at|up|down|from|across|through|into|to)",
            rf"(?:{_BE}|\w+n't|{_DETERMINER}|no|not|all|quite|turn|turned|to|exactly|absolutely|"
            r"get|got|getting|do|did|done|put|feels?|felt|seem|seemed|looked|sounded) <>",
            r"(?:get|got|getting|do|did|doing|put|have|had) (?:it|them|that|things) <>",
        ),
        # right i was a porter; we had this client right and he complained
        _fills_where(r"\. <> (?!in the)", rf"<> (?:right|{_CONJUNCTION}|{_SUBJECT}|\.)"),
    ),
    "well": (
        _works_where(
            r"<> (?:known|aware|over|under|before|after|into|beyond|above|below|past|done|made|run|"
            r"\w+ed)"
        ),
        _fills_where(
            rf"(?:\.|{_CONJUNCTION}|oh|ooh|ah|okay|yeah|said|goes|thought|like|you know|i mean) <>",
            rf"{_BE} <> {_SUBJECT}",
            r"<> (?:you know|i mean)",
        ),
    ),
    "you know": (
        _works_where(r"<> (?:how to|him|them)", "let <>", "just so <>"),
        # i thought that you know we should
        _fills_where("(?:that|when|where) <> (?:i|we|he|she|they|it)"),
        _works_where(
            r"(?:do|don't|did|didn't|does|if|as|that|when|where|what|who|how|once|unless|until|"
            r"than|everyone) <>"
        ),
        _fills_where("<>"),
    ),
    "i mean": (
        # by early i mean six; that's what i mean by it
        _works_where(
            r"(?:by|(?:when|if) i say) (?:[\w']+ ){1,3}<>",
            r"(?<!know )(?:what|which|that|do|if) <>",
            r"<> (?:by|to|business|well|(?:it|that) (?:\.|when))",
        ),
        _fills_where("<>"),
    ),
    "actually": (_fills_where(r"(?:\.|so|like|you know|i mean|well) <> (?:my|the|an?|i|we|it)"),),
    "basically": (_fills_where(rf"(?:\.|{_CONJUNCTION}|like|you know|i mean|well) <>"),),
}


@dataclass(frozen=True)
class Mark:
    """A stretch of words that is pointed out: indices of its first and last word."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Wording:
    """What the words themselves show.

    Attributes:
        fillers: um, uh and words that fill; only what the engine writes down is here.
        hedges: wording that weakens a claim.
        words: how many there are.
    """

    fillers: tuple[Mark, ...]
    hedges: tuple[Mark, ...]
    words: int


def measure(plain: Sequence[str], pauses: Sequence[float] | None = None) -> Wording:
    """Find fillers and hedges.

    Args:
        plain: normalised words, in order.
        pauses: seconds of silence before each word; None where the words have no times.
    """
    return Wording(_fillers(plain, pauses), _find(_HEDGE, plain), len(plain))


_SUBJECT_OF_REASON = r"(?:i|we|he|she|they|it|there|nobody|no one|everyone|the [\w']+|my [\w']+)"
_WAS_SO = (
    r"(?:was|were|had|knew|know|could|couldn't|would|needed|wanted|didn't|wasn't|weren't|is|are|"
    r"have|has|can|can't)(?! (?:a|little|young|small)\b)(?! \w+ing)"
)
_NOT_ASKED = "".join(
    f"(?<!{before} )"
    for before in (
        *("had", "have", "need", "needed", "wanted", "tried", "job", "task", "was", "me"),
        *(f"{verb} {whom}" for verb in ("asked", "told") for whom in ("him", "her", "them", "us")),
    )
)
_GIVEN = (
    # because the driver had signed, but not: because. And not: the cause of it
    r"(?:because|cos|coz|(?<!the )(?<!a )(?<!root )(?<!main )cause)(?: [\w']+){2}",
    rf"(?:since|as) {_SUBJECT_OF_REASON} (?:\w+ly |already |never |all )?{_WAS_SO}",
    rf"so (?:that )?(?!i would\b){_SUBJECT_OF_REASON} (?:\w+ )?(?:could|can|would|wouldn't|"
    r"couldn't|might|didn't have to)",
    r"so that [\w']+",
    r"(?:in order|so as) (?:not )?to",
    # to see whether it held, but not: she asked me to see whether it held
    rf"{_NOT_ASKED}to (?:make sure|be sure|find out|avoid|"
    r"get (?:the|a) (?:feel|sense|idea)|see (?:if|whether|what|who|how|why|where))",
    r"the reason|that way|(?:i|we) (?:figured|reckoned)",
    r"i thought (?!nothing|so\b|about|of\b)[\w']+ [\w']+",
    r"i knew (?:that )?(?:[\w']+ ){1,3}(?:would|wouldn't|could|couldn't|needed|had to|might)",
    r"i knew (?:they|he|she|it|we|you)'d",
    r"(?:i|we) wanted (?:to|them|him|her|it|everyone|people|the|my|a)",
)
# Of one's own step: "she was cross because of the weather" gives none.
_REASON = re.compile(
    rf"(?:^|\b(?:i|we|my|me)\b.*?)\b(?:{'|'.join(_GIVEN)})\b"
    # they were at the end of their hours, so i called a farmer
    rf"|(?:[\w']+ ){{4}}so (?:i|we) {_ACTS}"
)


def gives_reason(sentence: str) -> bool:
    """Whether a sentence of the Action, in lower case, says why its step was taken."""
    return bool(_REASON.search(sentence))


@dataclass(frozen=True)
class Ownership:
    """Who acts in the Action: counts of action verbs of "I", of those of "we", and of passives."""

    i: int
    we: int
    passive: int


def ownership(text: str) -> Ownership:
    """Count who acts.

    Args:
        text: in lower case, with commas and full stops as words of their own.
    """
    plain = text.replace(" ,", "")
    also = _further_steps(text)
    mine = len(_I_ACTS.findall(plain)) + also["i"]
    return Ownership(
        max(mine, len(_I_ACTS_NOW.findall(plain))),
        len(_WE_ACTS.findall(plain)) + also["we"],
        len(_PASSIVE.findall(plain)),
    )


def tells_now(text: str) -> bool:
    """Whether most of what "I" do in a text, in lower case, is told as if it happened now."""
    return len(_I_ACTS_NOW.findall(text)) > len(_I_ACTS.findall(text))


def _further_steps(text: str) -> Counter[str]:
    """Verbs of action that follow one of the same subject without naming it again; by subject."""
    steps = Counter[str]()
    subject = None
    for match in _STEPS.finditer(text):
        if match["also"] is None:
            subject = match.lastgroup
        elif subject in ("i", "we"):
            steps[subject] += 1
    return steps


def _fillers(plain: Sequence[str], pauses: Sequence[float] | None) -> tuple[Mark, ...]:
    marks = []
    for index, word in enumerate(plain):
        pair = " ".join(plain[index : index + 2])
        if word in HESITATIONS:
            marks.append(Mark(index, index, word))
        elif pair in _GRAMMAR and _fills(pair, plain, index, index + 1, pauses):
            marks.append(Mark(index, index + 1, pair))
        elif word in _GRAMMAR and _fills(word, plain, index, index, pauses):
            marks.append(Mark(index, index, word))
    return tuple(marks)


def _fills(
    text: str, plain: Sequence[str], first: int, last: int, pauses: Sequence[float] | None
) -> bool:
    """Whether the word or pair from `first` to `last` does no grammatical work where it stands."""
    if pauses and _stands_alone(first, last, pauses):
        return True
    # "i um like it": a hesitation before "like" says nothing about it.
    beside = {*plain[last + 1 : last + 2]}
    if text != "like":
        beside.update(plain[max(0, first - 1) : first])
    if HESITATIONS & beside:
        return True
    opens = pauses and text in ("well", "right") and pauses[first] >= _OPENING
    before = [] if opens else plain[:first]
    seen = _around(before, plain[last + 1 :])
    return next((answer for answer, pattern in _GRAMMAR[text] if pattern.search(seen)), False)


def _stands_alone(first: int, last: int, pauses: Sequence[float]) -> bool:
    return first > 0 and last + 1 < len(pauses) and min(pauses[first], pauses[last + 1]) >= _ALONE


def _around(before: Sequence[str], after: Sequence[str]) -> str:
    left = [".", *(word for word in before if word not in HESITATIONS)][-_SEEN:]
    right = [*(word for word in after if word not in HESITATIONS), "."][:_SEEN]
    return " ".join((*left, "<>", *right))


def _find(pattern: re.Pattern[str], plain: Sequence[str]) -> tuple[Mark, ...]:
    text = " ".join(plain)
    marks = []
    for match in pattern.finditer(text):
        first = text.count(" ", 0, match.start())
        marks.append(Mark(first, first + match.group().count(" "), match.group()))
    return tuple(marks)
