"""Labelled sentences of employers: the training corpus, and anyone's of the same form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from coach.areas import AREAS
from coach.assessment.labelled import corpus_files, is_texts, json_object, parsed
from coach.improvement.entries import Controllable, Polarity

CORPUS = Path(__file__).with_name("corpus")
Label = TypeVar("Label", Controllable, Polarity)


@dataclass(frozen=True)
class Labelled:
    """A sentence, and what it says where somebody has said so.

    Attributes:
        voice: who speaks, such as "headteacher, British"; empty where it is not told.
        areas, controllable, polarity: None where nobody has labelled it.
    """

    text: str
    voice: str
    areas: frozenset[str] | None
    controllable: Controllable | None
    polarity: Polarity | None


def read_corpus() -> tuple[Labelled, ...]:
    """The training corpus, file by file in the order of their names.

    Raises:
        NoSuchFileError: there is none.
        LabelledDataError: a line is not of the form, or lacks a label.
    """
    return tuple(line for file in corpus_files(CORPUS) for line in parsed(file, parse_line))


def parse_line(line: str) -> Labelled:
    """One sentence from a line of JSON.

    Raises:
        ValueError: says in a few words what is wrong with it.
    """
    data = json_object(line)
    text, areas = data.get("text"), data.get("areas")
    if not isinstance(text, str):
        raise ValueError("“text” is not a text")
    if areas is not None:
        if not is_texts(areas):
            raise ValueError("“areas” is not a list of ids")
        unknown = [area for area in areas if area not in AREAS]
        if unknown:
            raise ValueError(f"there is no area “{unknown[0]}”")
    return Labelled(
        text,
        str(data.get("voice", "")),
        None if areas is None else frozenset(areas),
        _label(data, "controllable", Controllable),
        _label(data, "polarity", Polarity),
    )


def _label(data: Mapping[str, Any], name: str, kind: type[Label]) -> Label | None:
    value = data.get(name)
    if value is None:
        return None
    if value not in list(kind):
        raise ValueError(f"“{name}” is not one of {', '.join(kind)}")
    return kind(value)
