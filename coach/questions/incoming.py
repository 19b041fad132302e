"""Questions from a file of the user's: a table (CSV), or a plain list, one a line."""

import csv
import re
from dataclasses import dataclass

from coach.errors import BankError, EmptyFileError

COLUMNS = ("text", "kind", "areas", "field", "level", "probes")
_LISTS = ("areas", "probes")
# "1. ", "2) ", "(3) ", "Q4: ", "- ", "• ", and several of them.
_MARK = re.compile(
    r"^(?:\s*(?:\(?\d{1,3}[.):]|[Qq](?:uestion)?\s*\d{1,3}[.):]?|[-–—*•·▪●○+>#]+)(?:\s+|$))+"
)
_COUNTED = re.compile(r"^\s*\d{1,3}\s+(?=[A-Z])")
_QUOTES = '"“”«»'


@dataclass(frozen=True)
class Incoming:
    """One question as the file has it; what the file does not say is to be proposed.

    Attributes:
        line: number of the line on which it ends, for messages.
        given: keys of a bank's entry, as a bank would have them.
    """

    line: int
    text: str
    given: dict[str, object]


def read_incoming(written: str) -> tuple[Incoming, ...]:
    """Read the text of a file; a first line with a column called "text" makes it a table.

    Raises:
        EmptyFileError: no question is in it.
        BankError: the table cannot be read, or has a column that a question does not.
    """
    written = written.removeprefix("\ufeff")
    lines = written.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    header = [name.strip().strip('"').lower() for name in first.split(delimiter)]
    if "text" in header:
        found = _table(lines, delimiter, header)
    else:
        found = tuple(
            Incoming(number, text, {})
            for number, line in enumerate(lines, 1)
            if (text := plain_text(line))
        )
    if not found:
        raise EmptyFileError(
            "There is no question in it.", "Write one a line, or a CSV file with a column text."
        )
    return found


def plain_text(line: str) -> str:
    """A question without numbering, bullet and quotation marks."""
    bare = _COUNTED.sub("", _MARK.sub("", line)).strip()
    if len(bare) > 1 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        bare = bare[1:-1]
    return " ".join(bare.split())


def _table(lines: list[str], delimiter: str, header: list[str]) -> tuple[Incoming, ...]:
    unknown = [name for name in header if name not in COLUMNS]
    if unknown:
        raise BankError(
            f'The column "{unknown[0]}" is unknown.', f"The columns are {', '.join(COLUMNS)}."
        )
    start = next(index for index, line in enumerate(lines) if line.strip())
    table = csv.reader((line + "\n" for line in lines[start + 1 :]), delimiter=delimiter)
    found = []
    try:
        for row in table:
            number = start + 1 + table.line_num
            if len(row) > len(header):
                raise BankError(
                    f"Line {number} has more columns than the first line.",
                    'Put a text with a comma between quotation marks: "…, …".',
                )
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
            text = " ".join(cells.pop("text", "").split())
            given = {name: _cell(name, cell) for name, cell in cells.items() if cell}
            if text:
                found.append(Incoming(number, text, given))
            elif given:
                raise BankError(f"Line {number} has no text.", "Fill it in, or delete the line.")
    except csv.Error as error:
        raise BankError(f"The table cannot be read: {error}.", "Save it as CSV again.") from error
    return tuple(found)


def _cell(name: str, cell: str) -> object:
    if name not in _LISTS:
        return cell.lower()
    # A probe may hold a comma; an area cannot.
    parts = re.split(r"[;|]" if name == "probes" else r"[;|,\s]+", cell)
    return [part.strip() for part in parts if part.strip()]
