"""The settings: their names, what values they take, and what holds where the user says nothing."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.assessment.norms import SOURCES, shipped
from coach.errors import UnknownSettingError
from coach.transcript.engine import AUTO, ENGINES, ENGLISH
from coach.transcript.models import languages

Value = str | bool | int | float | tuple[float, float]

_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True)
class Kind:
    """What values a setting takes.

    Attributes:
        wants: in words, as in "engine wants auto, whisper or sphinx".
        check: makes the value from what TOML holds.
        parse: makes what TOML would hold from words of a command or of the environment.

    Both raise ValueError where it does not fit.
    """

    wants: str
    check: Callable[[Any], Value]
    parse: Callable[[str], Any] = str


@dataclass(frozen=True)
class Key:
    """A setting: its name, what it means, and what holds where the user says nothing."""

    name: str
    meaning: str
    kind: Kind
    default: Value | None = None

    @property
    def variable(self) -> str:
        """Its name in the environment, such as COACH_PACE_GREEN for pace.green."""
        return f"COACH_{self.name.upper().replace('.', '_')}"


# ── The kinds of values ──


def _require(fits: bool) -> None:
    if not fits:
        raise ValueError


def _text() -> Kind:
    def check(value: Any) -> Value:
        _require(isinstance(value, str) and bool(value.strip()))
        return value

    return Kind("a text", check)


def _language() -> Kind:
    def check(value: Any) -> Value:
        _require(value == ENGLISH or value in languages())
        return value

    return Kind("the code of a language that Whisper knows, such as en or de", check)


def _one_of(names: tuple[str, ...]) -> Kind:
    def check(value: Any) -> Value:
        _require(value in names)
        return value

    return Kind(f"{', '.join(names[:-1])} or {names[-1]}", check)


def _flag() -> Kind:
    def check(value: Any) -> Value:
        _require(isinstance(value, bool))
        return value

    def parse(words: str) -> bool:
        _require(words.casefold() in _YES + _NO)
        return words.casefold() in _YES

    return Kind("true or false", check, parse)


def _whole(low: int, high: int) -> Kind:
    def check(value: Any) -> Value:
        _require(type(value) is int and low <= value <= high)
        return value

    return Kind(f"a whole number from {low} to {high}", check, int)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6


def _number() -> Kind:
    def check(value: Any) -> Value:
        _require(_is_number(value))
        return value

    return Kind("a number that is not negative", check, _plain)


def _pair() -> Kind:
    def check(value: Any) -> Value:
        _require(isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)))
        _require(value[0] <= value[1])
        return value[0], value[1]

    def parse(words: str) -> list[int | float]:
        return [_plain(word) for word in re.split(r"[\s,–-]+", words.strip(" []"))]

    return Kind("two numbers, the lowest first, such as 120,175", check, parse)


def _plain(word: str) -> int | float:
    return int(word) if word.isdigit() else float(word)


# ── The settings ──

_OWN = (
    Key("engine", "which engine hears the words", _one_of((AUTO, *ENGINES)), AUTO),
    Key("model", "Whisper's model, by name or path; else the best on disk", _text()),
    Key("language", "what is spoken, as a code such as en or de", _language(), ENGLISH),
    Key("device", "the microphone, by name or number; else the system's own", _text()),
    Key("voice", "whether questions are read aloud", _flag(), False),
    Key("questions", "how many questions a drill asks", _whole(1, 50), 3),
    Key("rest", "days without suggestions after a rejection", _whole(0, 2), 1),
    Key("name", "your name under letters", _text()),
)
_MEANINGS = {
    "length": "seconds of an answer",
    "pace": "words a minute",
    "fillers": "fillers per 100 words",
    "start_delay": "seconds before the first word",
    "pause.long": "seconds above which a pause is long",
    "shares.setup_most": "share of Situation and Task, at most",
    "shares.action_least": "share of the Action, at least",
    "shares.result_least": "share of the Result, at least",
    "action.steps_least": "steps that an Action tells, at least",
}
_EDGES = {"green": "fine", "amber": "red beyond", "source": "what kind of number it is"}


@cache
def keys() -> dict[str, Key]:
    """Every setting by its name."""
    bands = (_of_norms(name, value) for name, value in flat(shipped()))
    return {key.name: key for key in (*_OWN, *bands)}


def _of_norms(name: str, value: Any) -> Key:
    table, _, last = name.rpartition(".")
    of = table.partition(".")[0]
    kinds = {list: _pair(), str: _one_of(tuple(SOURCES)), int: _whole(0, 99), float: _number()}
    kind = kinds[type(value)]
    default = kind.check(value)
    meaning = _MEANINGS.get(name) or f"{_MEANINGS.get(of, of)}: {_EDGES[last]}"
    return Key(name, meaning, kind, default)


def find_key(name: str) -> Key:
    """A setting by its name.

    Raises:
        UnknownSettingError: there is none; the nearest is named.
    """
    if name not in keys():
        raise UnknownSettingError(f'There is no setting "{name}".', nearest(name))
    return keys()[name]


def nearest(name: str) -> str:
    """The next step where a name is no setting."""
    near = difflib.get_close_matches(name, keys(), n=1, cutoff=0.5)
    return f"{f'Did you mean {near[0]}? ' if near else ''}`coach config` lists all settings."


def flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """The values in nested tables, by names such as "pace.green"."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
