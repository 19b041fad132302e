"""Whether an answer that is not a story is one of the kind that was asked for.

For each kind, weights of words and clues are learned from answers of that kind against stories,
answers of other kinds and nonsense (train_kind_fit.py). They are added up and not averaged: little
is known from five words, and much from fifty, so a short answer is seldom doubted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.assessment import features, kind_cues
from coach.assessment.kind_cues import see_kind
from coach.assessment.kinds import SHAPES
from coach.assessment.model import read_model, write_model
from coach.questions.question import Kind

FILE = Path(__file__).with_name("kind_fit.json.gz")
VERSION = 1  # raised whenever the file is laid out or used in another way
_VERSIONS = (VERSION, 100 * features.VERSION + kind_cues.VERSION)
# Stems, clues, verbs with their subject, first words, and words around a number.
_LOOKED_AT = ("s:", "q:", "v:", "f:", "z:")


@dataclass(frozen=True)
class Fit:
    """What answers of one kind sound like.

    Attributes:
        weights: of each trait; the sum over an answer's is higher the better it fits.
        least: a sum that few fitting answers stay below: there the answer is doubted.
    """

    weights: Mapping[str, float]
    least: float

    def score(self, traits: Iterable[str]) -> float:
        return sum(self.weights.get(trait, 0.0) for trait in traits)


@dataclass(frozen=True)
class Fits:
    """All that was learned of which answers fit which kind.

    Attributes:
        kinds: of each kind but stories.
        trained_from: fingerprint of the corpus of kinds.
    """

    kinds: Mapping[Kind, Fit]
    trained_from: str


def fits(kind: Kind, sentences: Sequence[str], model: Fits | None = None) -> bool:
    """Whether an answer is not doubted to be of this kind.

    Args:
        kind: not behavioural.
        sentences: in lower case, without punctuation.

    Raises:
        ModelError: the model that comes with the coach is absent, damaged or of another version.
    """
    fit = (model or load_fits()).kinds[kind]
    return fit.score(traits(sentences)) >= fit.least


def traits(sentences: Sequence[str]) -> list[str]:
    """What is looked at in an answer, each once and in order."""
    rows = (seen.row for seen in see_kind(sentences))
    return sorted({name for row in rows for name in row if name.startswith(_LOOKED_AT)})


def save_fits(model: Fits, file: Path = FILE) -> None:
    """Write a model; the same model always gives the same bytes."""
    write_model(asdict(model), _VERSIONS, file)


@cache
def load_fits(file: Path = FILE) -> Fits:
    """Read a model.

    Raises:
        ModelError: there is none, it is damaged, or it belongs to another version of the coach.
    """
    return read_model(file, _VERSIONS, _build)


def _build(data: Mapping[str, Any]) -> Fits:
    kinds = {Kind(kind): Fit(**fit) for kind, fit in data["kinds"].items()}
    if kinds.keys() != SHAPES.keys():
        raise ValueError("the kinds of today")
    return Fits(kinds, str(data["trained_from"]))
