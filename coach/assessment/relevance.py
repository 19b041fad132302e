"""Whether a story is about what was asked: do its words go with those of stories that were told in
answer to such questions?

A question is about one or more themes (conflict, a mistake, a deadline …). For each theme weights
of words are learned from the corpus (train_relevance.py). That tells a story about something quite
different from one about the matter; it cannot tell whether a story fits well.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.assessment import features
from coach.assessment.features import stem, weigh
from coach.assessment.lexicon import is_content
from coach.assessment.model import read_model, write_model

FILE = Path(__file__).with_name("relevance_model.json.gz")
VERSION = 1  # raised whenever the file is laid out or used in another way
SHOWN = 3  # words of the answer that are quoted, at most

# What a question about each theme says. A question may have several, or none of them.
_SIGNS: dict[str, str] = {
    "conflict": "conflict|disagree|argu|difficult (?:colleague|person|co-?worker)|tension|"
                "st(?:ood|and) up",
    "mistake": "mistake|fail|went wrong|went badly|error|regret|missed",
    "customer": "customer|client|guest|patient\\b|passenger|complain|angry|unhappy|parent",
    "pressure": "pressure|deadline|tight|calm|emergency|stress|busy|juggl|priorit|several things",
    "learning": "learn|new skill|unfamiliar|taught yourself|did not know",
    "improvement": "improv|process|better way|efficien|saved|idea|creativ|innovat|method",
    "leading": "lead|led\\b|motivat|responsib|took charge|in charge|delegat",
    "team": "team|helped|help (?:a|some)|together|work(?:ed)? with others|cooperat|collaborat",
    "persuading": "persua|convinc|chang\\w+ (?:some|their|an)\\w* ?\\w* mind|influenc|negotiat|"
                  "explain|present",
    "feedback": "feedback|critici",
    "initiative": "initiative|without being asked|beyond|own accord|proactiv",
    "problem": "problem|solv|detail|noticed|spotted|data\\b|analys",
    "decision": "decision|decid|choose|choice|option",
    "honesty": "honest|ethic|\\brules?\\b|integrity|right thing|uncomfortable|safety",
    "change": "change|adapt|flexib|last minute",
    "teaching": "taught|teach|train(?:ed|ing)? (?:a|some)|mentor|new starter|coach",
    "success": "proud|achiev|accomplish|success|goal",
    "planning": "plan|organi[sz]|project|event",
    "setback": "patience|be (?:very )?patient|setback|persist|g[ai]ve up|kept going|obstacle|"
               "resilien|challeng",
    "bad news": "bad news|say no|said no|refus|disappoint",
}  # fmt: skip
THEMES = {name: re.compile(rf"\b(?:{signs})", re.IGNORECASE) for name, signs in _SIGNS.items()}


@dataclass(frozen=True)
class Theme:
    """What an answer about one theme sounds like.

    Attributes:
        weights: of the stem of a word.
        mean: of the sum over the answers of the corpus, whatever their question.
        deviation: standard deviation of that sum.
    """

    weights: Mapping[str, float]
    mean: float
    deviation: float


@dataclass(frozen=True)
class RelevanceModel:
    """All themes, how rare each stem is, and the two scores that are told apart.

    Attributes:
        rarity: inverse document frequency of each stem that was met.
        low: a score that 3 of 100 fitting answers stay below: there the answer may not fit.
        high: the middle score of fitting answers: from there on it does.
        trained_from: fingerprint of the corpus.
    """

    themes: Mapping[str, Theme]
    rarity: Mapping[str, float]
    low: float
    high: float
    trained_from: str


@dataclass(frozen=True)
class Relevance:
    """How well an answer goes with its question.

    Attributes:
        score: in standard deviations of all answers; higher is better.
        met: 1 where it fits, 0 where it may not, None where that cannot be told.
        asked: what the question asks about, in its own words.
        words: words of the answer that speak for it, the strongest first.
    """

    score: float
    met: float | None
    asked: str
    words: tuple[str, ...]


def relevance(
    question: str, sentences: Sequence[str], model: RelevanceModel | None = None
) -> Relevance | None:
    """How well a story goes with its question; None where the question has no known theme.

    Args:
        sentences: in lower case, without punctuation.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    asked = themes_of(question)
    if not asked:
        return None
    model = model or load_relevance()
    shares = weigh(content(sentences), model.rarity)
    scores = {name: _score(shares, model.themes[name]) for name in asked}
    best = max(asked, key=lambda name: scores[name])
    score = scores[best]
    met = 0.0 if score < model.low else 1.0 if score >= model.high else None
    return Relevance(
        score=round(score, 2),
        met=met,
        asked=_whole_words(question, THEMES[best]),
        words=_speaking(sentences, shares, model.themes[best]),
    )


def themes_of(question: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in THEMES.items() if pattern.search(question))


def content(sentences: Sequence[str]) -> Counter[str]:
    """How often the stem of each word that carries content occurs."""
    words = (word for sentence in sentences for word in sentence.split())
    return Counter(stem(word) for word in words if is_content(word))


def _score(shares: Mapping[str, float], theme: Theme) -> float:
    total = sum(share * theme.weights.get(s, 0.0) for s, share in shares.items())
    return (total - theme.mean) / theme.deviation


def _whole_words(question: str, pattern: re.Pattern[str]) -> str:
    """What the pattern finds, to the end of its last word."""
    found = re.search(rf"(?:{pattern.pattern})\w*", question, pattern.flags)
    assert found is not None  # a question has the themes that it was found to have
    return found[0]


def _speaking(
    sentences: Sequence[str], shares: Mapping[str, float], theme: Theme
) -> tuple[str, ...]:
    votes: dict[str, float] = {}
    for word in dict.fromkeys(word for sentence in sentences for word in sentence.split()):
        vote = shares.get(stem(word), 0.0) * theme.weights.get(stem(word), 0.0)
        if vote > 0 and is_content(word):
            votes[word] = vote
    return tuple(sorted(votes, key=lambda word: -votes[word])[:SHOWN])


def save_relevance(model: RelevanceModel, file: Path = FILE) -> None:
    """Write a model; the same model always gives the same bytes."""
    write_model(asdict(model), (VERSION, features.VERSION), file)


@cache
def load_relevance(file: Path = FILE) -> RelevanceModel:
    """Read a model.

    Raises:
        ModelError: there is none, it is damaged, or it belongs to another version of the coach.
    """
    return read_model(file, (VERSION, features.VERSION), _build)


def _build(data: Mapping[str, Any]) -> RelevanceModel:
    themes = {name: Theme(**theme) for name, theme in data["themes"].items()}
    if themes.keys() != THEMES.keys():
        raise ValueError("the themes of today")
    rest = ("rarity", "low", "high", "trained_from")
    return RelevanceModel(themes, **{name: data[name] for name in rest})
