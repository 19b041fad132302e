"""Learn the weights of every kind of answer: `python -m coach.assessment.train --kinds`.

All kinds are learned together, because what they ask for is alike: the occasion that shows a
strength and the one that gave energy, the link to the role in five of them, and idle talk in all.
Every feature has a weight that all kinds share and one of each kind's own, and both are held small;
what is kept for a kind is their sum. Learned apart, each kind found fewer parts in strangers'
answers.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coach.assessment.chain import LEAST, Chain
from coach.assessment.kind_cues import see_kind
from coach.assessment.kind_judge import best_of, kind_clause_marginals, kind_marginals
from coach.assessment.kind_model import KindModel, letters_of, save_kind_model
from coach.assessment.kinds import SHAPES
from coach.assessment.labelled_kinds import KINDS_CORPUS, KindAnswer, read_kinds
from coach.assessment.mishearing import Mishearing
from coach.assessment.model import Labeller, load_model
from coach.assessment.train import (
    SEED,
    clauses,
    cut_stream,
    fingerprint,
    folds,
    others,
    train_chain,
    with_thresholds,
)
from coach.assessment.variants import Example, misheard
from coach.assessment.views import Marginals
from coach.questions.question import Kind

L2 = 1.0
_TRIED = [step / 50 for step in range(5, 31)]  # thresholds
# Parts that are much alike share a letter, in which what is common to them is learned.
ROLES: dict[Kind, str] = {  # for each part and fault in the order of its kind
    Kind.INTRO: "npl",
    Kind.MOTIVATION: "kml",
    Kind.STRENGTH: "cel",
    Kind.WEAKNESS: "wsgb",
    Kind.SALARY: "123",
    Kind.LEAVING: "pefx",
    Kind.SITUATIONAL: "4567",
    Kind.STRENGTHS_BASED: "cel",
    Kind.FUTURE: "fsl",
    Kind.CLOSING: "qa",
    Kind.OFF_LIMITS: "omqn",
}
_NO_ROLE = "O"
_ALL = "".join(sorted({role for roles in ROLES.values() for role in roles})) + _NO_ROLE


def train_kinds(answers: Sequence[KindAnswer]) -> dict[Kind, KindModel]:
    """The labellers of each kind, but for the thresholds of their parts."""
    rng = random.Random(SEED)  # noqa: S311  nothing is secret here
    mishearing = Mishearing(w for a in answers for s in a.plain for w in s.split())
    examples = [(answer.kind, _by_role(answer)) for answer in answers]
    # Each sentence is also learned by itself, as the answer of somebody who says no more. Other
    # forms (parts removed, reordered) found fewer parts in strangers' answers.
    written = _train([*examples, *_by_themselves(examples)])
    spoken = _train(_spoken(examples, mishearing, rng))
    trained_from = fingerprint(KINDS_CORPUS)
    return {
        kind: KindModel(_labeller(written, kind), _labeller(spoken, kind), trained_from)
        for kind in SHAPES
    }


def _by_role(answer: KindAnswer) -> Example:
    roles = dict(zip(letters_of(answer.kind), ROLES[answer.kind] + _NO_ROLE, strict=True))
    return Example(answer.plain, tuple(roles[letter] for letter in answer.letters))


def _by_themselves(examples: Iterable[tuple[Kind, Example]]) -> Iterator[tuple[Kind, Example]]:
    for kind, example in examples:
        for sentence, label in zip(example.sentences, example.labels, strict=True):
            yield kind, Example((sentence,), (label,))


def _spoken(
    examples: Iterable[tuple[Kind, Example]], mishearing: Mishearing, rng: random.Random
) -> Iterator[tuple[Kind, Example]]:
    """Clauses as they are cut from a stream of words, well heard and misheard."""
    boundaries = load_model().boundaries
    for kind, example in examples:
        yield kind, clauses(example, boundaries)
        heard = misheard(example, mishearing, rng.uniform(0.05, 0.25), rng)
        yield kind, clauses(heard, boundaries)


def _train(examples: Iterable[tuple[Kind, Example]]) -> Chain:
    return train_chain((_shared(kind, example) for kind, example in examples), _ALL, L2)


def _labeller(chain: Chain, kind: Kind) -> Labeller:
    return Labeller(_of_kind(chain, kind), dict.fromkeys(letters_of(kind)[:-1], 0.0))


def _shared(kind: Kind, example: Example) -> tuple[list[list[str]], Sequence[str]]:
    """Features of an example: each as all kinds share it, and as this kind's own."""
    rows = [
        [*seen.row, *(f"{kind}|{name}" for name in seen.row)]
        for seen in see_kind(example.sentences)
    ]
    return rows, example.labels


def _of_kind(chain: Chain, kind: Kind) -> Chain:
    """What the chain of all kinds says of one, with this kind's letters."""
    places = [_ALL.index(role) for role in ROLES[kind] + _NO_ROLE]
    own = f"{kind}|"
    summed: dict[str, list[int]] = {}
    for name, weights in chain.weights.items():
        if "|" in name and not name.startswith(own):
            continue
        row = summed.setdefault(name.removeprefix(own), [0] * len(places))
        for k, place in enumerate(places):
            row[k] += weights[place]
    return Chain(
        letters_of(kind),
        {name: tuple(row) for name, row in summed.items() if max(row) - min(row) >= LEAST},
        tuple(tuple(chain.follows[a][b] for b in places) for a in places),
    )


def held_out_kinds(
    answers: Sequence[KindAnswer],
) -> list[tuple[dict[Kind, KindModel], list[KindAnswer]]]:
    """For each fold of the authors, models of all the others, and the fold's answers."""
    dealt = folds(answers, lambda answer: answer.author)
    return [(train_kinds(rest), fold) for rest, fold in zip(others(dealt), dealt, strict=True)]


def tuned_kinds(
    models: Mapping[Kind, KindModel],
    held: Sequence[tuple[Mapping[Kind, KindModel], Sequence[KindAnswer]]],
) -> dict[Kind, KindModel]:
    """Models with thresholds that suit answers which other models had not seen.

    All parts have the same threshold: of some, too few answers are there to tune one of their own.

    Args:
        held: models of each kind, each with answers that they were not trained on.
    """
    pairs = [(apart[answer.kind], answer) for apart, answers in held for answer in answers]
    boundaries = load_model().boundaries
    written = _threshold((answer, _sentences(model, answer)) for model, answer in pairs)
    spoken = _threshold((answer, _clauses(model, answer, boundaries)) for model, answer in pairs)
    return {
        kind: with_thresholds(
            model,
            dict.fromkeys(model.written.told, written),
            dict.fromkeys(model.spoken.told, spoken),
        )
        for kind, model in models.items()
    }


def _sentences(model: KindModel, answer: KindAnswer) -> Marginals:
    return kind_marginals(answer.kind, model.written.chain, see_kind(answer.plain))


def _clauses(model: KindModel, answer: KindAnswer, boundaries: Chain) -> Marginals:
    """Of an answer as one stream of words."""
    cut, starts = cut_stream(answer.plain, boundaries)
    return kind_clause_marginals(see_kind(cut), cut, starts, model)


def _threshold(judged: Iterable[tuple[KindAnswer, Marginals]]) -> float:
    """The probability from which a part counts as told: the best mean F1 of all parts.

    Args:
        judged: answers, each with the probability of each letter in its sentences or clauses.
    """
    scored: dict[tuple[Kind, str], list[tuple[float, bool]]] = {}
    for answer, marginals in judged:
        for place, letter in enumerate(letters_of(answer.kind)[:-1]):
            best, _ = best_of(marginals, place)
            scored.setdefault((answer.kind, letter), []).append((best, letter in answer.letters))
    return max(_TRIED, key=lambda tried: sum(_f1(each, tried) for each in scored.values()))


def _f1(scored: Sequence[tuple[float, bool]], threshold: float) -> float:
    right = sum(chance >= threshold and told for chance, told in scored)
    either = sum((chance >= threshold) + told for chance, told in scored)
    return 2 * right / max(1, either)


def write_kinds() -> int:
    """Train, tune, and write the models that come with the coach; how many answers were used."""
    answers = read_kinds()
    for kind, model in tuned_kinds(train_kinds(answers), held_out_kinds(answers)).items():
        save_kind_model(kind, model)
    return len(answers)
