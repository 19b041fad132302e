"""The trained labellers of answers that are not stories: a file a kind, read when it is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.assessment import features, kind_cues
from coach.assessment.kinds import NONE, SHAPES
from coach.assessment.model import (
    Labeller,
    build_labeller,
    labeller_data,
    read_model,
    write_model,
)
from coach.questions.question import Kind

FOLDER = Path(__file__).with_name("kind_models")
VERSION = 1  # raised whenever a file is laid out or used in another way
_FEATURES = 100 * features.VERSION + kind_cues.VERSION


@dataclass(frozen=True)
class KindModel:
    """All that was learned of one kind of answer.

    Attributes:
        written: for sentences that end where somebody or something put a full stop.
        spoken: for clauses that were cut from words without reliable punctuation.
        trained_from: fingerprint of the corpus.
    """

    written: Labeller
    spoken: Labeller
    trained_from: str


def letters_of(kind: Kind) -> str:
    """What the chain of a kind labels with: its parts, its faults, and none of them."""
    return "".join(one.letter for one in SHAPES[kind].served) + NONE


@cache
def load_kind_model(kind: Kind, folder: Path = FOLDER) -> KindModel:
    """Read the labeller of one kind.

    Raises:
        ModelError: there is none, it is damaged, or it belongs to another version of the coach.
    """

    def build(data: Mapping[str, Any]) -> KindModel:
        written, spoken = build_labeller(data["written"]), build_labeller(data["spoken"])
        if {written.chain.labels, spoken.chain.labels} != {letters_of(kind)}:
            raise ValueError("the letters of this kind")
        return KindModel(written, spoken, str(data["trained_from"]))

    return read_model(_file(kind, folder), (VERSION, _FEATURES), build)


def save_kind_model(kind: Kind, model: KindModel, folder: Path = FOLDER) -> None:
    """Write a model; the same model always gives the same bytes."""
    folder.mkdir(exist_ok=True)
    data = {
        "trained_from": model.trained_from,
        "written": labeller_data(model.written),
        "spoken": labeller_data(model.spoken),
    }
    write_model(data, (VERSION, _FEATURES), _file(kind, folder))


def _file(kind: Kind, folder: Path) -> Path:
    return folder / f"{kind}.json.gz"
