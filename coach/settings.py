"""What the user chose once and is remembered: the microphone, and the name under letters."""

import json
import os
import tomllib

from coach import places
from coach.errors import SettingsError

_KEYS = {"device", "name"}


def load() -> dict[str, str]:
    """The remembered settings.

    Raises:
        SettingsError: the file is not TOML, or has a key or value that does not belong.
    """
    path = places.settings()
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", "Mend or delete it.") from error
    for key, value in data.items():
        if key not in _KEYS or not isinstance(value, str):
            raise SettingsError(
                f'{path}: "{key}" is not a setting, or its value is not a text.',
                f"The settings are: {', '.join(sorted(_KEYS))}.",
            )
    return data


def remember(key: str, value: str) -> None:
    """Keep one setting, and the others as they are."""
    data = {**load(), key: value}
    path = places.make_private(places.home()) / places.settings().name
    part = path.with_suffix(".part")
    # A JSON string is a TOML basic string.
    lines = "".join(f"{name} = {json.dumps(text)}\n" for name, text in sorted(data.items()))
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(lines)
    part.replace(path)
