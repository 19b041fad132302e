"""What commands take from the user besides options."""

import sys
from pathlib import Path

from coach.errors import NoSuchFileError


def read_text(path: str) -> str:
    """The text of a file, or of standard input where the path is "-".

    Raises:
        NoSuchFileError: it is not there or no text.
    """
    if path == "-":
        return sys.stdin.read().strip()
    file = Path(path).expanduser()
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {file}.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchFileError(
            f"{file} cannot be read as text.", "Save it as plain text (UTF-8)."
        ) from error
