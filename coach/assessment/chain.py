"""A linear-chain conditional random field that is ready to use: weights in, probabilities out.

Training is done elsewhere (train.py, with python-crfsuite); what is used every day is a table of
weights and the forward-backward algorithm over a few labels, which needs no library.
"""

import base64
import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Any

SCALE = 1000  # weights are whole thousandths
LEAST = 20  # thousandths: a feature none of whose weights reaches this changes nothing visible
_MOST = 32_767  # thousandths: what two bytes hold


@dataclass(frozen=True)
class Chain:
    """Weights of a chain over `labels`, all in thousandths.

    Attributes:
        labels: one letter each, such as "STARO".
        weights: for each feature, its weight for each label.
        follows: weight of the label of the column right after the label of the row.
    """

    labels: str
    weights: Mapping[str, tuple[int, ...]]
    follows: tuple[tuple[int, ...], ...]

    def marginals(self, rows: Sequence[Sequence[str]]) -> list[list[float]]:
        """Probability of each label at each place, given the whole sequence.

        Args:
            rows: the features of each place, each once.
        """
        scores = [self._scores(row) for row in rows]
        onward = [[math.exp(weight / SCALE) for weight in row] for row in self.follows]
        forward = _sweep(scores, list(zip(*onward, strict=True)))
        backward = _sweep(scores[::-1], onward)[::-1]
        # Both sweeps count the place's own score.
        return [
            _shares([f * b / s if s else 0.0 for f, b, s in zip(*place, strict=True)])
            for place in zip(forward, backward, scores, strict=True)
        ]

    def _scores(self, row: Sequence[str]) -> list[float]:
        """How much a place's own features speak for each label; the greatest is 1."""
        met = [weights for weights in map(self.weights.get, row) if weights is not None]
        sums = [sum(column) for column in zip(*met, strict=True)] or [0] * len(self.labels)
        top = max(sums)
        return [math.exp((weight - top) / SCALE) for weight in sums]

    def lean(self, least: int) -> "Chain":
        """The same without features none of whose weights reaches this many thousandths."""
        kept = {name: row for name, row in self.weights.items() if max(map(abs, row)) >= least}
        return replace(self, weights=kept)

    def to_dict(self) -> dict[str, Any]:
        """As text, features in order, so that the same weights always give the same text."""
        features = sorted(self.weights)
        flat = array("h", [w for name in features for w in self.weights[name]])
        return {
            "labels": self.labels,
            "features": "\n".join(features),
            "weights": base64.b64encode(_little_endian(flat).tobytes()).decode("ascii"),
            "follows": self.follows,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Chain":
        """Read back what `to_dict` wrote.

        Raises:
            KeyError, TypeError, ValueError: something is missing or of another shape.
        """
        labels, features = data["labels"], data["features"].split("\n")
        flat = array("h")
        flat.frombytes(base64.b64decode(data["weights"], validate=True))
        flat = _little_endian(flat)
        follows = tuple(tuple(map(int, row)) for row in data["follows"])
        size = len(labels)
        if len(flat) != size * len(features) or [len(row) for row in follows] != [size] * size:
            raise ValueError("as many weights as features and labels ask for")
        rows = zip(*[iter(flat)] * size, strict=True)
        return cls(labels, dict(zip(features, rows, strict=True)), follows)


def thousandths(weight: float) -> int:
    """A weight as it is kept."""
    return max(-_MOST, min(_MOST, round(weight * SCALE)))


def _sweep(
    scores: Sequence[Sequence[float]], columns: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Weight of each label at each place, given all places before it; each place adds up to 1."""
    swept: list[list[float]] = []
    for score in scores:
        if not swept:
            swept.append(_shares(score))
            continue
        before = swept[-1]
        sums = [sum(map(mul, before, column)) for column in columns]
        swept.append(_shares([s * total for s, total in zip(score, sums, strict=True)]))
    return swept


def _shares(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


def _little_endian(values: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values
