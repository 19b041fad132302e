"""The trained labeller as it lies on disk: one compressed JSON file, read whole or refused."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.assessment import features
from coach.assessment.chain import Chain
from coach.errors import ModelError

FILE = Path(__file__).with_name("star_model.json.gz")
VERSION = 1  # raised whenever the file is laid out or used in another way
_AGAIN = "Install the coach again, or run `python -m coach.assessment.train`."


@dataclass(frozen=True)
class Labeller:
    """What finds the part of each sentence.

    Attributes:
        chain: labels sentences S, T, A, R or O.
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
    try:
        data = json.loads(gzip.decompress(file.read_bytes()))
        written = data["version"], data["features"]
    except FileNotFoundError as fault:
        raise ModelError(f"The labeller's model is not at {file}.", _AGAIN) from fault
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The labeller's model at {file} is damaged.", _AGAIN) from fault
    if written != (VERSION, features.VERSION):
        raise ModelError(
            f"The labeller's model at {file} is of version {_dotted(written)}, "
            f"and this coach reads {_dotted((VERSION, features.VERSION))}.",
            _AGAIN,
        )
    try:
        return Model(
            written=_labeller(data["written"]),
            spoken=_labeller(data["spoken"]),
            boundaries=Chain.from_dict(data["boundaries"]),
            trained_from=str(data["trained_from"]),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise ModelError(f"The labeller's model at {file} is damaged.", _AGAIN) from fault


def save_model(model: Model, file: Path = FILE) -> None:
    """Write a model; the same model always gives the same bytes."""
    data = {
        "version": VERSION,
        "features": features.VERSION,
        "trained_from": model.trained_from,
        "written": {"told": model.written.told, **model.written.chain.to_dict()},
        "spoken": {"told": model.spoken.told, **model.spoken.chain.to_dict()},
        "boundaries": model.boundaries.to_dict(),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Written beside and moved, so that a crash leaves the old model whole; no clock in the header.
    beside = file.with_suffix(".new")
    beside.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    beside.replace(file)


def _labeller(data: Mapping[str, Any]) -> Labeller:
    return Labeller(
        Chain.from_dict(data), {part: float(data["told"][part]) for part in ("S", "T", "A", "R")}
    )


def _dotted(version: tuple[object, object]) -> str:
    return ".".join(map(str, version))
