"""The numbers the coach judges by, read from one data file that a user can override."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import SettingsError
from coach.questions.question import Kind, Question

SHIPPED = Path(__file__).with_name("norms.toml")
SOURCES = {
    "E": "evidence",  # peer-reviewed
    "V": "industry",  # vendor or industry data
    "C": "convention",  # among coaches
    "P": "our choice",  # this project's
    "U": "your choice",  # set by the user
}


@dataclass(frozen=True)
class Band:
    """A range that is fine, a wider one that is borderline, and what kind of number it is."""

    green: tuple[float, float]
    amber: tuple[float, float]
    source: str

    def colour(self, value: float) -> str:
        """ "green", "amber" or "red"."""
        for name in ("green", "amber"):
            low, high = getattr(self, name)
            if low <= value <= high:
                return name
        return "red"


@dataclass(frozen=True)
class Norms:
    """All bands; lengths by kind of question, in seconds."""

    lengths: dict[str, Band]
    pace: Band
    fillers: Band
    start_delay: Band
    pause_long: float
    setup_most: float
    action_least: float
    result_least: float
    steps_least: int

    def usual_length(self, kind: Kind) -> Band:
        """Seconds that are aimed at in answers of a kind."""
        return self.lengths.get(kind.value, self.lengths["other"])

    def length(self, question: Question) -> Band:
        """Seconds to aim at: those of its kind, unless the question's bank sets others."""
        usual = self.usual_length(question.kind)
        if question.target_seconds is None:
            return usual
        low, high = question.target_seconds
        amber = (min(low, usual.amber[0]), max(high, usual.amber[1]))
        return Band(question.target_seconds, amber, "P")


def shipped() -> dict[str, Any]:
    """The numbers of norms.toml, as tables by name."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def load_norms(own: Mapping[str, Any] | None = None) -> Norms:
    """Read the shipped norms and lay the user's own over them.

    Args:
        own: tables like those of norms.toml, with any of its keys; a band that is changed is the
            user's choice from then on, and no longer what its source says.

    Raises:
        SettingsError: the ranges of a band do not lie in each other.
    """
    data = shipped()
    _lay_over(data, own or {})
    try:
        return _build(data)
    except ValueError as error:
        raise SettingsError(
            f"The norms do not fit together: {error}.",
            "`coach config` shows every number; set the wider range first.",
        ) from error


def _lay_over(base: dict[str, Any], own: Mapping[str, Any]) -> None:
    for key, value in own.items():
        if isinstance(value, Mapping):
            _lay_over(base[key], value)
        else:
            base[key] = value
            if "source" in base:
                base["source"] = own.get("source", "U")


def _build(data: dict[str, Any]) -> Norms:
    return Norms(
        lengths={kind: _band(f"length.{kind}", band) for kind, band in data["length"].items()},
        pace=_band("pace", data["pace"]),
        fillers=_band("fillers", data["fillers"]),
        start_delay=_band("start_delay", data["start_delay"]),
        pause_long=float(data["pause"]["long"]),
        setup_most=float(data["shares"]["setup_most"]),
        action_least=float(data["shares"]["action_least"]),
        result_least=float(data["shares"]["result_least"]),
        steps_least=int(data["action"]["steps_least"]),
    )


def _band(name: str, data: dict[str, Any]) -> Band:
    green, amber = ((float(low), float(high)) for low, high in (data["green"], data["amber"]))
    if not amber[0] <= green[0] <= green[1] <= amber[1]:
        raise ValueError(
            f"{name}.green {green[0]:g}–{green[1]:g} is not inside"
            f" {name}.amber {amber[0]:g}–{amber[1]:g}"
        )
    return Band(green, amber, str(data["source"]))
