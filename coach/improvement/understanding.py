"""What was learned of employers' words: which areas a text speaks of, praise or criticism.

A table of weights over traits; using it needs no library. Training is in train.py.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.areas import AREAS
from coach.assessment.features import weigh
from coach.assessment.model import write_packed
from coach.errors import ModelError
from coach.improvement import traits
from coach.improvement.entries import Controllable, Polarity

FILE = Path(__file__).with_name("feedback_model.json.gz")
VERSION = 2  # raised whenever the file is laid out or used in another way
RARITY = 16  # steps of a trait's rarity to one
JUDGEMENTS = (*Polarity, *Controllable)
NAMES = "names"  # whether a text names any area at all: a greeting or a heading names none
COLUMNS = (*AREAS, *JUDGEMENTS, NAMES)
_AGAIN = "Install the coach again, or run `python -m coach.improvement.train`."


@dataclass(frozen=True)
class Limits:
    """From which score on an area counts as named.

    Attributes:
        any: from which score on a text names areas at all.
        first: for the strongest area of a text.
        other: for every further one.
        clause: for one that only a clause of the text names.
    """

    any: float
    first: float
    other: float
    clause: float


@dataclass(frozen=True)
class Scores:
    """How much a text speaks for each area, polarity and controllability; about 0 to 1.

    Attributes:
        names: how much for its naming any area.
    """

    areas: Mapping[str, float]
    polarities: Mapping[Polarity, float]
    controllables: Mapping[Controllable, float]
    names: float

    @property
    def polarity(self) -> Polarity:
        return max(self.polarities, key=self.polarities.__getitem__)

    @property
    def controllable(self) -> Controllable:
        return max(self.controllables, key=self.controllables.__getitem__)


@dataclass(frozen=True)
class Model:
    """All that was learned from the corpus.

    Attributes:
        rarities: of each known trait.
        weights: of each known trait, a signed byte for each of COLUMNS.
        steps: for each column, what one unit of weight is worth.
        bases: for each column, the score of a text without any known trait.
        trained_from: fingerprint of corpus and cues.
    """

    rarities: Mapping[str, float]
    weights: Mapping[str, Sequence[int]]
    steps: tuple[float, ...]
    bases: tuple[float, ...]
    limits: Limits
    trained_from: str

    def scores(self, text: str) -> Scores:
        sums = [0.0] * len(COLUMNS)
        for counts in traits.traits(text).values():
            for trait, value in weigh(counts, self.rarities).items():
                row = self.weights[trait]
                sums = [total + value * weight for total, weight in zip(sums, row, strict=True)]
        found = [
            base + total * step
            for base, total, step in zip(self.bases, sums, self.steps, strict=True)
        ]
        named = dict(zip(COLUMNS, found, strict=True))
        return Scores(
            {area: named[area] for area in AREAS},
            {polarity: named[polarity] for polarity in Polarity},
            {controllable: named[controllable] for controllable in Controllable},
            named[NAMES],
        )


def named(whole: Scores, parts: Iterable[Scores], limits: Limits) -> tuple[str, ...]:
    """The areas that a sentence names, the strongest first.

    Args:
        whole: scores of the sentence, and `parts` of each of its clauses.
    """
    if whole.names < limits.any:
        return ()
    scores = whole.areas
    found = {area for area, score in scores.items() if score >= limits.other}
    found |= {area for p in parts for area, score in p.areas.items() if score >= limits.clause}
    first = max(scores, key=scores.__getitem__)
    if scores[first] >= limits.first:
        found.add(first)
    return tuple(sorted(found, key=lambda area: (-scores[area], area)))


@cache
def load_model(file: Path = FILE) -> Model:
    """Read what was learned.

    Raises:
        ModelError: there is no such file, it is damaged, or it belongs to another version.
    """
    try:
        data = json.loads(gzip.decompress(file.read_bytes()))
        written = data["version"], data["traits"]
    except FileNotFoundError as fault:
        raise ModelError(f"The model that reads feedback is not at {file}.", _AGAIN) from fault
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The model that reads feedback, {file}, is damaged.", _AGAIN) from fault
    if written != (VERSION, traits.VERSION) or data.get("columns") != list(COLUMNS):
        raise ModelError(
            f"The model that reads feedback, {file}, is of version {written[0]}.{written[1]}, and "
            f"this coach reads {VERSION}.{traits.VERSION} with the areas of today.",
            _AGAIN,
        )
    try:
        return _from_dict(data)
    except (ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The model that reads feedback, {file}, is damaged.", _AGAIN) from fault


def save_model(model: Model, file: Path = FILE) -> None:
    """Write a model; the same model always gives the same bytes."""
    names = sorted(model.weights)
    table = b"".join(bytes(weight & 255 for weight in model.weights[name]) for name in names)
    data = {
        "version": VERSION,
        "traits": traits.VERSION,
        "columns": COLUMNS,
        "trained_from": model.trained_from,
        "limits": astuple(model.limits),
        "steps": model.steps,
        "bases": model.bases,
        "names": "\n".join(names),
        "rarities": [round(model.rarities[name] * RARITY) for name in names],
        "weights": base64.b64encode(table).decode("ascii"),
    }
    write_packed(data, file)


def _from_dict(data: Mapping[str, Any]) -> Model:
    names = data["names"].split("\n")
    table = memoryview(base64.b64decode(data["weights"], validate=True)).cast("b")
    width = len(COLUMNS)
    if len(table) != width * len(names) or len(data["steps"]) != width:
        raise ValueError("as many weights as traits and columns ask for")
    rows = (table[start : start + width] for start in range(0, len(table), width))
    rarities = (rarity / RARITY for rarity in data["rarities"])
    return Model(
        rarities=dict(zip(names, rarities, strict=True)),
        weights=dict(zip(names, rows, strict=True)),
        steps=tuple(map(float, data["steps"])),
        bases=tuple(map(float, data["bases"])),
        limits=Limits(*map(float, data["limits"])),
        trained_from=str(data["trained_from"]),
    )
