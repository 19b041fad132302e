"""Sentences of a letter, and the clauses in which each of them turns to another matter."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(
    r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<=[.!?…])[\"'”’)]*\s+"
    r"(?=[\"'“‘(]*[^\W\d_a-z]|\d|[\"'“‘(])|\s*\n\s*\n\s*"
    r"|\s*\n\s*(?![\sa-z])|\s*;\s*"  # a line that goes on in small letters was only wrapped
)
# A clause ends where the employer turns from praise to criticism, or to another matter.
_CLAUSE_END = re.compile(
    r"\s*[:–—]\s+"
    r"|,?\s+(?!(?:however|though),\s+(?:is|are|was|were|did|does|do|ha[sd]|have|could|would|can|not)\b)"
    r"(?=(?:but|however|although|though|yet|whereas|while|unfortunately|nevertheless|except|"
    r"still)\b)"
    r"|(?<!however),\s+(?=(?:and|also|so|which|because|as|you|your|we|it|the|they|he|she|i|nobody|there|what)\b)"
    r"|\s+and\s+(?=(?:you|your|we|it|they|he|she|i|could|did|had|were|was)\b)",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"(?:but|however|although|though|yet|whereas|while|unfortunately|and|also|so)\b,?\s+",
    re.IGNORECASE,
)
# What only says when, or on which question: the judgement follows in its main clause.
_LEAD = re.compile(
    r"(?:when|whenever|if|once|after|asked\s+(?:about|why|how|what|whether|for|to))\b[^,]*$",
    re.IGNORECASE,
)
_EDGES = " \t\r\n,;–—-"


def sentences(text: str) -> Iterator[str]:
    """Each sentence as it stands in the text, without the space around it."""
    yield from _parts(text, _SENTENCE_END)


def clauses(sentence: str) -> tuple[str, ...]:
    """Each clause as it stands in the sentence; the whole where it has but one."""
    return tuple(_parts(sentence, _CLAUSE_END, _LEAD))


def bare(clause: str) -> str:
    """A clause by itself: without the word that ties it to the one before."""
    return _TURN.sub("", clause, count=1) if _TURN.match(clause) else clause


def _parts(text: str, end: re.Pattern[str], lead: re.Pattern[str] | None = None) -> Iterator[str]:
    start = 0
    for match in end.finditer(text):
        if lead and lead.match(bare(text[start : match.start()])):
            continue
        yield from _tidy(text[start : match.start()])
        start = match.end()
    yield from _tidy(text[start:])


def _tidy(part: str) -> Iterator[str]:
    part = part.strip(_EDGES)
    if any(letter.isalnum() for letter in part):
        yield part
