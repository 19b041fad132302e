"""Text as it may be kept: characters that are shown, never ones that a terminal obeys."""

import re
from typing import Any

# What an arrow key, a colour or a title of a window sends, and then any other control character.
_SEQUENCE = re.compile(
    "\x1b(?:" r"\[[0-?]*[ -/]*[@-~]" "|O[A-Za-z]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)" ")"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x85]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")  # a byte that is no UTF-8, or half a character


def clean(text: str) -> str:
    """What was typed, pasted or passed, without control characters but for tab and newline.

    A byte that is no UTF-8 becomes U+FFFD.
    """
    if text.isprintable():
        return text
    text = _SEQUENCE.sub("", _LINE_END.sub("\n", text))
    return _HALF.sub("\ufffd", _CONTROL.sub("", text))


def clean_data(data: Any) -> Any:
    """The same for every text in what was read from JSON."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [clean_data(each) for each in data]
    if isinstance(data, dict):
        return {clean(name): clean_data(each) for name, each in data.items()}
    return data
