"""What is set, where it comes from, and how it is changed."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach import places
from coach.assessment.norms import load_norms
from coach.errors import SettingsError, UnknownSettingError
from coach.recording.private_file import write_whole
from coach.settings.keys import Key, Value, find_key, flat, keys, nearest

DEFAULT = "default"


@dataclass(frozen=True)
class Setting:
    """A value, and where it comes from: "default", the variable's name, or the file."""

    key: Key
    value: Value | None
    origin: str = DEFAULT

    @property
    def is_own(self) -> bool:
        """Whether the user has set it."""
        return self.origin != DEFAULT


def load() -> dict[str, Setting]:
    """Every setting by its name, with its value and where that comes from.

    Raises:
        UnknownSettingError: a file has a key that is no setting.
        SettingsError: a file is not TOML, or a value is not of its kind.
    """
    found = {name: Setting(key, key.default) for name, key in keys().items()}
    for path in _files():
        found |= _read(path, _text_of(path))
    return found | _environment()


def value(name: str) -> Any:
    """The value of one setting."""
    return load()[name].value


def own_norms() -> dict[str, Any]:
    """The numbers of `norms.toml` that the user has set, as tables for `load_norms`."""
    return _tables(load())


def _tables(found: Mapping[str, Setting]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name, setting in found.items():
        if setting.is_own and "." in name:
            *path, last = name.split(".")
            table = tables
            for part in path:
                table = table.setdefault(part, {})
            table[last] = setting.value
    return tables


def unknown_variables() -> dict[str, str]:
    """Variables that look like a setting's and are none, with the nearest that is one."""
    known = ["COACH_HOME", *(key.variable for key in keys().values())]
    near = {
        name: difflib.get_close_matches(name, known, n=1, cutoff=0.8)
        for name in os.environ
        if name.startswith("COACH_") and name not in known
    }
    return {name: found[0] for name, found in near.items() if found}


def _files() -> tuple[Path, ...]:
    # The second goes before the first, which earlier versions had for the norms alone.
    return places.own_norms(), places.settings()


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.", "Mend or delete it.") from error


def _read(path: Path, text: str) -> dict[str, Setting]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", "Mend or delete it.") from error
    found = {}
    for name, held in flat(data):
        if any(key.startswith(f"{name}.") for key in keys()):
            if held != {}:
                raise SettingsError(
                    f'{path}: "{name}" must be a table.', "`coach config` shows what stands in it."
                )
        elif name not in keys():
            raise UnknownSettingError(
                f'{path}: "{name}" is not a setting.',
                f"{nearest(name)} `coach config unset {name}` takes it out.",
            )
        else:
            found[name] = _setting(keys()[name], held, str(path))
    return found


def _environment() -> dict[str, Setting]:
    return {
        key.name: _parsed(key, os.environ[key.variable], key.variable)
        for key in keys().values()
        if os.environ.get(key.variable)
    }


def _parsed(key: Key, words: str, origin: str) -> Setting:
    try:
        return Setting(key, key.kind.check(key.kind.parse(words)), origin)
    except ValueError as error:
        raise _unfit(key, words, origin, "Give it another value.") from error


def _setting(key: Key, held: Any, origin: str) -> Setting:
    try:
        return Setting(key, key.kind.check(held), origin)
    except ValueError as error:
        mend = (
            f"`coach config set {key.name}` gives it another, `coach config unset {key.name}` none."
        )
        raise _unfit(key, held, origin, mend) from error


def _unfit(key: Key, held: Any, origin: str, next_step: str) -> SettingsError:
    return SettingsError(f'{origin}: "{key.name}" wants {key.kind.wants}, not {held!r}.', next_step)


# ── How it is changed ──


def keep(name: str, words: str) -> Setting:
    """Keep one setting in the user's file; its other lines and comments stay as they are.

    Args:
        words: the value, as in "whisper", "yes" or "120,175".

    Returns:
        What holds from now on, which is another value where a variable goes before it.

    Raises:
        UnknownSettingError: there is no such setting, here or in the file.
        SettingsError: the value is not of its kind, or does not go with the others.
    """
    import tomlkit  # 40 ms, and seldom needed

    key = find_key(name)
    _parsed(key, words, "Nothing was changed")
    path = places.settings()
    document = _document(path)
    table: Any = document
    *tables, last = name.split(".")
    for depth, part in enumerate(tables, 1):
        if part not in table:
            table[part] = tomlkit.table(is_super_table=depth < len(tables))
        table = table[part]
    table[last] = key.kind.parse(words)
    text = tomlkit.dumps(document)
    earlier = _read(places.own_norms(), _text_of(places.own_norms()))
    load_norms(_tables(earlier | _read(path, text)))
    _write(path, text)
    return load()[name]


def drop(name: str) -> bool:
    """Take one key out of the user's files, whether it is a setting or not.

    Returns:
        Whether it was in one.
    """
    import tomlkit  # 40 ms, and seldom needed

    found = False
    for path in _files():
        document = _document(path)
        table: Any = document
        *tables, last = name.split(".")
        for part in tables:
            table = table.get(part, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict) and last in table:
            del table[last]
            _write(path, tomlkit.dumps(document))
            found = True
    return found


def _document(path: Path) -> Any:
    import tomlkit

    try:
        return tomlkit.parse(_text_of(path))
    except tomlkit.exceptions.ParseError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", "Mend or delete it.") from error


def _write(path: Path, text: str) -> None:
    places.make_private(places.home())
    with write_whole(path, replace=True) as file:
        file.write(text.encode())
