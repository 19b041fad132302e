"""Which sentences of an answer are Situation, Task, Action and Result, how sure that is, and why.

A linear-chain conditional random field (chain.py) weighs a sentence by its words, their classes,
tense, person and neighbours (features.py), with weights learned from the corpus (train.py). A part
counts as told only if some sentence is likely enough to tell it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from coach.assessment.chain import Chain
from coach.assessment.features import Seen, see, stem, word_class
from coach.assessment.figures import tells_of_past
from coach.assessment.lexicon import DROPPED, FUNCTION_WORDS, words_of
from coach.assessment.model import Labeller, Model, load_model
from coach.assessment.views import Marginals, marginals_of, mean_marginals

UNSURE = 0.5  # probability below which the coach says "unsure" rather than guess
REASONS = 3  # stretches of words that are quoted as a reason, at most
FAINT = 300  # thousandths: words that weigh less are no reason
FEWEST_WORDS = 3  # fewer words than this tell nothing
# Words that are no reason by themselves.
_SAYS_LITTLE = words_of(
    "a an and as be but for he i in it my of on she so that the they to was we which"
)

Episode = Literal["past", "general", "hypothetical", "foreign", "none"]


class StarPart(StrEnum):
    """A part of a story told in an interview."""

    SITUATION = "S"
    TASK = "T"
    ACTION = "A"
    RESULT = "R"

    @property
    def title(self) -> str:  # type: ignore[override]  # a name, where str has a method
        return {"S": "Situation", "T": "Task", "A": "Action", "R": "Result"}[self.value]


@dataclass(frozen=True)
class Label:
    """The part that one sentence serves.

    Attributes:
        part: a StarPart, or the name of a part or fault of another kind of answer; None for what
            serves no part (greetings, thinking aloud, general remarks), and where the coach is
            unsure.
        confidence: 0 to 1: the probability of what is nearest.
        why: the words that decided it.
        nearest: the likeliest letter of the labeller's, however unsure.
    """

    part: str | None
    confidence: float
    why: str
    nearest: str = "O"


@dataclass(frozen=True)
class StarJudgement:
    """What an answer tells.

    Attributes:
        labels: one for each sentence.
        missing: parts that the answer does not tell.
        unclear: parts that are hinted at, and have no sentence of their own.
        episode: whether one past occasion is told, or what is told in its place; "foreign" where
            the words are not English, as far as the coach can tell, and no part is looked for.
    """

    labels: tuple[Label, ...]
    missing: tuple[StarPart, ...]
    unclear: tuple[StarPart, ...]
    episode: Episode


def judge(sentences: Sequence[str], labeller: Labeller | None = None) -> StarJudgement:
    """Find the part of each sentence, and the parts that are missing.

    Args:
        sentences: in lower case, without punctuation.
        labeller: the one for written sentences that comes with the coach, unless another is given.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    labeller = labeller or load_model().written
    chain = labeller.chain
    return _judged(sentences, labeller, lambda seen: marginals_of(chain, seen))


def judge_clauses(clauses: Sequence[str], starts: Sequence[float], model: Model) -> StarJudgement:
    """Find the part of each clause of words without reliable punctuation.

    Args:
        clauses: in lower case, without punctuation.
        starts: for each, the probability that a sentence starts with it.
    """
    return _judged(
        clauses, model.spoken, lambda seen: clause_marginals(seen, clauses, starts, model)
    )


def clause_marginals(
    seen: Sequence[Seen], clauses: Sequence[str], starts: Sequence[float], model: Model
) -> Marginals:
    """For each clause, the probability of each label; see `judge_clauses`."""
    return mean_marginals(seen, clauses, starts, model.spoken.chain, model.written.chain, see)


def _judged(
    sentences: Sequence[str], labeller: Labeller, weigh: Callable[[Sequence[Seen]], Marginals]
) -> StarJudgement:
    chain = labeller.chain
    if not tells_something(sentences):
        return _nothing(sentences, "no words that tell anything")
    if not is_english(sentences, chain):
        return not_english(sentences)
    seen = see(sentences)
    marginals = [
        _no_result(row, chain.labels) if is_usual(sentence) else row
        for sentence, row in zip(sentences, weigh(seen), strict=True)
    ]
    best = best_of_parts(marginals, chain.labels)
    missing = tuple(part for part in StarPart if best[part] < labeller.told[part])
    labels = tuple(
        _label(chain, one, marginal, missing) for one, marginal in zip(seen, marginals, strict=True)
    )
    told = {label.part for label in labels}
    unclear = tuple(part for part in StarPart if part not in told and part not in missing)
    return StarJudgement(labels, missing, unclear, _episode(sentences, told))


def best_of_parts(marginals: Marginals, labels: str) -> dict[str, float]:
    """For each part's letter, the probability of the sentence that tells it best; 0 without any."""
    return {
        part.value: max((m[labels.index(part.value)] for m in marginals), default=0.0)
        for part in StarPart
    }


def is_english(sentences: Sequence[str], chain: Chain) -> bool:
    """Whether the words look English: small words of grammar, or words that the model has met."""
    words = [word for sentence in sentences for word in sentence.split() if word.isalpha()]
    if len(words) < 5:
        return True
    grammar = sum(word in FUNCTION_WORDS for word in words) / len(words)
    met = sum(f"s:{stem(word)}" in chain.weights for word in words) / len(words)
    return grammar >= 0.2 or met >= 0.4


def tells_something(sentences: Sequence[str]) -> bool:
    words = {word for one in sentences for word in one.split() if any(map(str.isalpha, word))}
    telling = {word for word in words if word not in DROPPED and word_class(word) != "NUM"}
    return len(telling) >= FEWEST_WORDS


def not_english(sentences: Sequence[str]) -> StarJudgement:
    """What is said of an answer in another language: no part of it is looked for."""
    return _nothing(sentences, "not English as far as I can tell", "foreign")


def _nothing(sentences: Sequence[str], why: str, episode: Episode = "none") -> StarJudgement:
    labels = (Label(None, 1.0, f"no part of the story: {why}"),) * len(sentences)
    return StarJudgement(labels, tuple(StarPart), (), episode)


def _label(
    chain: Chain, seen: Seen, marginal: Sequence[float], missing: Sequence[StarPart]
) -> Label:
    nearest, confidence, reason = likeliest(chain, seen, marginal)
    letter = chain.labels[nearest]
    if letter == "O":
        return Label(None, confidence, f"no part of the story: {reason}", letter)
    part = StarPart(letter)
    # A part that the answer as a whole does not tell must not show up in one of its sentences.
    if marginal[nearest] < UNSURE or part in missing:
        return Label(None, confidence, f"unsure; nearest to {part.title}: {reason}", letter)
    return Label(part, confidence, reason, letter)


def likeliest(chain: Chain, seen: Seen, marginal: Sequence[float]) -> tuple[int, float, str]:
    """The index of a sentence's likeliest label, its probability, and the words that decided it."""
    nearest = max(range(len(chain.labels)), key=lambda k: marginal[k])
    quoted = ", ".join(f'"{text}"' for text in _reasons(chain, seen, nearest))
    return nearest, round(marginal[nearest], 2), quoted or "its place in the answer"


def _reasons(chain: Chain, seen: Seen, label: int) -> list[str]:
    """The stretches of words that spoke most for a label, against the mean of the others."""
    votes = _votes(chain, seen, label)
    strong = max(FAINT, max(votes, default=0.0) / 4)
    stretches: list[tuple[float, int, int]] = []
    for place, vote in enumerate(votes):
        if vote < strong:
            continue
        if stretches and stretches[-1][2] >= place - 1:
            total, first, _ = stretches.pop()
            stretches.append((total + vote, first, place + 1))
        else:
            stretches.append((vote, place, place + 1))
    telling = [s for s in stretches if not _SAYS_LITTLE.issuperset(seen.words[s[1] : s[2]])]
    chosen = sorted(sorted(telling, reverse=True)[:REASONS], key=lambda s: s[1])
    return [" ".join(seen.words[first:end]) for _, first, end in chosen]


def _votes(chain: Chain, seen: Seen, label: int) -> list[float]:
    """How much each word spoke for a label; a feature's weight is shared among its words."""
    votes = [0.0] * len(seen.words)
    for feature, (first, end) in seen.spans.items():
        weights = chain.weights.get(feature)
        if weights is None or first == end:
            continue
        others = (sum(weights) - weights[label]) / (len(weights) - 1)
        vote = (weights[label] - others) / (end - first)
        for place in range(first, end):
            votes[place] += vote
    return votes


_WOULD = re.compile(r"\b(?:would|wouldn't|i'd|i'll|will|if (?:i|a|an|the|someone|they)) \w+")


_USUAL = re.compile(
    r"\b(?:generally|usually|normally|typically|as a rule|tends? to|in general|"
    r"(?:nine|ninety nine) times out of \w+|most of the time)\b"
)


_HABIT = re.compile(
    rf"{_USUAL.pattern}|\b(?:always|often|sometimes|never|whenever|every \w+|each \w+|"
    r"when (?:i|we|you|people|someone)|people|should|(?:i|we|you) (?:am|are|have|like|love|enjoy|"
    r"believe|think|feel|try|make|keep|take|plan|work|do|don't|know|want|listen|treat|help|get|"
    r"give|put|use|find)|i'm|we're)\b"
)


def is_usual(sentence: str) -> bool:
    """Whether it tells what usually is, and nothing that was."""
    return bool(_USUAL.search(sentence)) and not tells_of_past(sentence)


def _no_result(row: Sequence[float], labels: str) -> list[float]:
    """The same probabilities, but what was one of a Result is one of no part."""
    changed = list(row)
    changed[labels.index("O")] += changed[labels.index("R")]
    changed[labels.index("R")] = 0.0
    return changed


def _episode(sentences: Sequence[str], told: set[str | None]) -> Episode:
    if told & {StarPart.SITUATION, StarPart.ACTION, StarPart.RESULT}:
        return "past"
    would = sum(bool(_WOULD.search(sentence)) for sentence in sentences)
    if 3 * would >= len(sentences):
        return "hypothetical"
    habits = sum(bool(_HABIT.search(sentence)) for sentence in sentences)
    return "general" if 3 * habits >= len(sentences) else "none"
