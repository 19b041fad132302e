"""The trained labeller as it lies on disk: one compressed JSON file, read whole or refused."""

import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from coach.assessment import features
from coach.assessment.chain import Chain
from coach.errors import ModelError

FILE = Path(__file__).with_name("star_model.json.gz")
VERSION = 1  # raised whenever the file is laid out or used in another way
_AGAIN = "Install the coach again, or run `python -m coach.assessment.train`."
T = TypeVar("T")


@dataclass(frozen=True)
class Labeller:
    """What finds the part of each sentence.

    Attributes:
        chain: labels sentences with a letter for each part, such as S, T, A and R; its last letter
            is for what serves none.
        told: for each part, the probability that its best sentence must reach; below, the part
            is missing.
    """

    chain: Chain
    told: Mapping[str, float]


@dataclass(frozen=True)
class Model:
    """All that was learned from the corpus.

    Attributes:
        written: for sentences that end where somebody or something put a full stop.
        spoken: for clauses that were cut from words without reliable punctuation.
        boundaries: tells where sentences start in such words.
        trained_from: fingerprint of the corpus.
    """

    written: Labeller
    spoken: Labeller
    boundaries: Chain
    trained_from: str


@cache
def load_model(file: Path = FILE) -> Model:
    """Read a trained labeller.

    Raises:
        ModelError: there is none, it is damaged, or it belongs to another version of the coach.
    """
    return read_model(file, (VERSION, features.VERSION), _build)


def _build(data: Mapping[str, Any]) -> Model:
    return Model(
        written=build_labeller(data["written"]),
        spoken=build_labeller(data["spoken"]),
        boundaries=Chain.from_dict(data["boundaries"]),
        trained_from=str(data["trained_from"]),
    )


def save_model(model: Model, file: Path = FILE) -> None:
    """Write a model; the same model always gives the same bytes."""
    data = {
        "trained_from": model.trained_from,
        "written": labeller_data(model.written),
        "spoken": labeller_data(model.spoken),
        "boundaries": model.boundaries.to_dict(),
    }
    write_model(data, (VERSION, features.VERSION), file)


def read_model(file: Path, version: tuple[int, int], build: Callable[[dict[str, Any]], T]) -> T:
    """Read what `write_model` wrote.

    Args:
        version: of the file's layout, and of the features.
        build: raises KeyError, TypeError or ValueError where something is missing or misshapen.

    Raises:
        ModelError: there is none, it is damaged, or it belongs to another version of the coach.
    """
    try:
        data = json.loads(gzip.decompress(file.read_bytes()))
        written = data["version"], data["features"]
    except FileNotFoundError as fault:
        raise ModelError(f"The labeller's model is not at {file}.", _AGAIN) from fault
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The labeller's model at {file} is damaged.", _AGAIN) from fault
    if written != version:
        raise ModelError(
            f"The labeller's model at {file} is of version {_dotted(written)}, "
            f"and this coach reads {_dotted(version)}.",
            _AGAIN,
        )
    try:
        return build(data)
    except (ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The labeller's model at {file} is damaged.", _AGAIN) from fault


def write_model(data: Mapping[str, Any], version: tuple[int, int], file: Path) -> None:
    """Write a model; the same data always give the same bytes."""
    write_packed({"version": version[0], "features": version[1], **data}, file)


def write_packed(data: Mapping[str, Any], file: Path) -> None:
    """Write compressed JSON; the same data always give the same bytes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Written beside and moved, so that a crash leaves the old model whole; no clock in the header.
    beside = file.with_suffix(".new")
    beside.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    beside.replace(file)


def labeller_data(labeller: Labeller) -> dict[str, Any]:
    return {"told": labeller.told, **labeller.chain.to_dict()}


def build_labeller(data: Mapping[str, Any]) -> Labeller:
    """Read back what `labeller_data` gave; raises as Chain.from_dict does."""
    chain = Chain.from_dict(data)
    parts = chain.labels[:-1]  # the last serves no part
    return Labeller(chain, {part: float(data["told"][part]) for part in parts})


def _dotted(version: tuple[object, object]) -> str:
    return ".".join(map(str, version))
