"""Learn which answers fit which kind: `python -m coach.assessment.train_kind_fit`.

Prints how many answers of authors that were held out are doubted: fitting ones, answers of other
kinds, stories, and nonsense.
"""

import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from coach.assessment.kind_fit import Fit, Fits, save_fits, traits
from coach.assessment.kinds import SHAPES
from coach.assessment.labelled import read_corpus
from coach.assessment.labelled_kinds import KINDS_CORPUS, OTHER, KindAnswer, read_kinds
from coach.assessment.lexicon import FUNCTION_WORDS
from coach.assessment.model import load_model
from coach.assessment.train import SEED, cut_stream, fingerprint, folds, others
from coach.questions.question import Kind

FEWEST = 3  # answers in which a trait must occur
INVERSE_STRENGTH = 0.02  # of the penalty on weights; more than that accused more fitting answers
FALSE_ALARMS = 3  # of 100 fitting answers that are doubted
STORIES = 500  # of the other corpus: enough, and more would only make it slow
JUMBLED = 400
_OWN, _OTHER, _STORY, _NONSENSE = "fitting", "of other kinds", "stories", "nonsense"


@dataclass(frozen=True)
class _Told:
    """An answer of any sort: its traits, and the kinds that it fits."""

    author: str
    sort: str  # the kind it is of, or _STORY or _NONSENSE
    traits: tuple[str, ...]


def train_kind_fit() -> tuple[Fits, dict[Kind, dict[str, float]]]:
    """What is learned from the corpora, and for each kind the share of each sort doubted."""
    told = _told()
    dealt = folds(told, lambda one: one.author)
    held: dict[Kind, list[tuple[str, float]]] = {kind: [] for kind in SHAPES}
    for fold, rest in zip(dealt, others(dealt), strict=True):
        for kind, scored in held.items():
            weights = _weights(kind, rest)
            scored += [(one.sort, Fit(weights, 0.0).score(one.traits)) for one in fold]
    least = {
        kind: statistics.quantiles([s for sort, s in scored if sort == kind], n=100)[
            FALSE_ALARMS - 1
        ]
        for kind, scored in held.items()
    }
    fits = {kind: Fit(_weights(kind, told), round(least[kind], 2)) for kind in SHAPES}
    shares = {kind: _doubted(kind, held[kind], least[kind]) for kind in SHAPES}
    return Fits(fits, fingerprint(KINDS_CORPUS)), shares


def _told() -> list[_Told]:
    """Answers of all sorts, whole, in part and in one stream; but none that tells nothing."""
    draw = random.Random(SEED)  # noqa: S311  nothing is secret here
    answers = [answer for answer in read_kinds() if set(answer.labels) - {OTHER}]
    stories = draw.sample(read_corpus(), STORIES)
    cut = load_model().boundaries
    content = [
        w for s in stories for one in s.plain for w in one.split() if w not in FUNCTION_WORDS
    ]
    all_told = [(one.author, one.plain) for one in stories]
    all_told += [(one.author, one.plain) for one in answers]
    jumbled = draw.sample(all_told, JUMBLED)
    return [
        *(_Told(a.author, a.kind, tuple(traits(a.plain))) for a in answers),
        *(_Told(a.author, a.kind, tuple(traits(_short(a, draw)))) for a in answers),
        *(_Told(a.author, a.kind, tuple(traits(cut_stream(a.plain, cut)[0]))) for a in answers),
        *(_Told(s.author, _STORY, tuple(traits(s.plain))) for s in stories),
        *(
            _Told(author, _NONSENSE, tuple(traits(_jumbled(plain[:4], content, draw))))
            for author, plain in jumbled
        ),
    ]


def _short(answer: KindAnswer, draw: random.Random) -> list[str]:
    """A sentence or two of an answer that tell something."""
    telling = [s for s, label in zip(answer.plain, answer.labels, strict=True) if label != OTHER]
    return telling[: draw.randint(1, 2)]


def _jumbled(sentences: Sequence[str], content: Sequence[str], draw: random.Random) -> list[str]:
    """English sentences without sense: other words of content in every place of one."""
    return [
        " ".join(w if w in FUNCTION_WORDS else draw.choice(content) for w in sentence.split())
        for sentence in sentences
    ]


def _weights(kind: Kind, told: Sequence[_Told]) -> dict[str, float]:
    # Only training needs the library.
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    columns = CountVectorizer(analyzer=list, min_df=FEWEST, dtype=float)
    seen = columns.fit_transform(one.traits for one in told)
    learner = LogisticRegression(
        C=INVERSE_STRENGTH, class_weight="balanced", solver="liblinear", random_state=SEED
    )
    learner.fit(seen, [one.sort == kind for one in told])
    learned = zip(columns.get_feature_names_out(), learner.coef_[0], strict=True)
    weights = {str(trait): round(float(weight), 3) for trait, weight in learned}
    return {trait: weight for trait, weight in weights.items() if weight}


def _doubted(kind: Kind, scored: Sequence[tuple[str, float]], least: float) -> dict[str, float]:
    sorts: dict[str, list[bool]] = {}
    for sort, score in scored:
        own = sort if sort in (_STORY, _NONSENSE) else _OWN if sort == kind else _OTHER
        sorts.setdefault(own, []).append(score < least)
    return {sort: sum(doubted) / len(doubted) for sort, doubted in sorts.items()}


def main() -> None:
    """Train, write the model, and say how good it is."""
    model, shares = train_kind_fit()
    save_fits(model)
    sorts = (_OWN, _OTHER, _STORY, _NONSENSE)
    lines = [f"{'doubted':<16}" + "".join(f"{sort:>16}" for sort in sorts)]
    for kind, each in shares.items():
        lines.append(f"{kind:<16}" + "".join(f"{each[sort]:>16.0%}" for sort in sorts))
    means = [statistics.mean(each[sort] for each in shares.values()) for sort in sorts]
    lines.append(f"{'mean':<16}" + "".join(f"{mean:>16.0%}" for mean in means))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
