"""The numbers the coach judges by, read from one data file that a user can override."""

import tomllib
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
    "P": "our choice",  # this project's, to be overridden in norms.toml
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
    pause_short: float
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


def load_norms(own: Path | None = None) -> Norms:
    """Read the shipped norms and lay the user's own over them.

    Raises:
        SettingsError: the user's file is not TOML, or has a key that the shipped one lacks.
    """
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    if own is None or not own.is_file():
        return _build(data)
    next_step = f"Mend {own}; {SHIPPED} shows every key with its value."
    try:
        _lay_over(data, tomllib.loads(own.read_text(encoding="utf-8")), "")
        return _build(data)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{own} is not valid TOML: {error}.", next_step) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise SettingsError(f"{own}: {error}.", next_step) from error


def _lay_over(base: dict[str, Any], own: dict[str, Any], path: str) -> None:
    for key, value in own.items():
        if key not in base:
            raise ValueError(f'the key "{path}{key}" is unknown')
        if isinstance(base[key], dict):
            if not isinstance(value, dict):
                raise ValueError(f'"{path}{key}" must be a table')
            _lay_over(base[key], value, f"{path}{key}.")
        else:
            base[key] = value


def _build(data: dict[str, Any]) -> Norms:
    return Norms(
        lengths={kind: _band(band) for kind, band in data["length"].items()},
        pace=_band(data["pace"]),
        fillers=_band(data["fillers"]),
        start_delay=_band(data["start_delay"]),
        pause_short=float(data["pause"]["short"]),
        pause_long=float(data["pause"]["long"]),
        setup_most=float(data["shares"]["setup_most"]),
        action_least=float(data["shares"]["action_least"]),
        result_least=float(data["shares"]["result_least"]),
        steps_least=int(data["action"]["steps_least"]),
    )


def _band(data: dict[str, Any]) -> Band:
    green, amber = ((float(low), float(high)) for low, high in (data["green"], data["amber"]))
    if not amber[0] <= green[0] <= green[1] <= amber[1]:
        raise ValueError(f"the green range {data['green']} is not inside {data['amber']}")
    return Band(green, amber, str(data["source"]))
