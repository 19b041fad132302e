"""The real program in a pseudo-terminal, and what stands on its screen.

The screen knows the few sequences that the program may use, those of every terminal; any other is a
fault of the program.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pexpect
from rich.console import Console
from rich.text import Text

PATIENCE = 60.0  # s: the machine may be busy
WIDE = (120, 40)  # columns and rows
SCREENS = Path(__file__).parent.parent / "screens"
KEEP = bool(os.environ.get("COACH_KEEP_SCREENS"))  # write the kept screens afresh, and pictures

_PIECE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|([\r\n\x08\x07])|\x1b(.)|([^\x1b\r\n\x08\x07]+)")
_CUT_OFF = re.compile(r"(\x1b(\[[?\d;]*)?)?\Z")  # a sequence whose end has not been read yet
_BLANK = (" ", "")


class Screen:
    """The characters on a terminal, each with its colours."""

    def __init__(self, columns: int, rows: int) -> None:
        self._cut_off = ""
        self.other = False  # whether the program draws on the terminal's other screen
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._clear()

    def _clear(self) -> None:
        self._cells = [[_BLANK] * self.columns for _ in range(self.rows)]
        self._x = self._y = 0
        self._colours = ""

    def feed(self, written: str) -> None:
        written = self._cut_off + written
        whole = written[: _CUT_OFF.search(written).start()]
        self._cut_off = written[len(whole) :]
        for match in _PIECE.finditer(whole):
            numbers, letter, control, unknown, text = match.groups()
            assert unknown is None, f"a sequence that not every terminal knows: {match[0]!r}"
            if text is not None:
                self._put(text)
            elif control is not None:
                self._control(control)
            else:
                self._do(numbers, letter)

    def _put(self, text: str) -> None:
        for character in text:
            if self._x == self.columns:
                self._x = 0
                self._control("\n")
            self._cells[self._y][self._x] = (character, self._colours)
            self._x += 1

    def _control(self, character: str) -> None:
        if character == "\r":
            self._x = 0
        elif character == "\x08":
            self._x = max(0, self._x - 1)
        elif character == "\n" and self._y < self.rows - 1:
            self._y += 1
        elif character == "\n":
            self._cells = [*self._cells[1:], [_BLANK] * self.columns]

    def _do(self, numbers: str, letter: str) -> None:
        if letter == "m":
            self._colours = "" if numbers in ("", "0") else f"{self._colours}\x1b[{numbers}m"
        elif letter == "H":
            y, x = (int(number) for number in (numbers or "1;1").split(";"))
            self._y, self._x = min(y, self.rows) - 1, min(x, self.columns) - 1
        elif (numbers, letter) == ("2", "J"):
            x, y = self._x, self._y
            self._clear()
            self._x, self._y = x, y
        elif (numbers, letter) == ("2", "K"):
            self._cells[self._y] = [_BLANK] * self.columns
        elif numbers == "?1049":
            self.other = letter == "h"
            self._clear()
        else:
            assert numbers == "?25", f"not every terminal knows CSI {numbers}{letter}"

    @property
    def lines(self) -> list[str]:
        return ["".join(character for character, _ in row).rstrip() for row in self._cells]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def coloured(self) -> Text:
        rows = []
        for row in self._cells:
            runs = groupby(row, key=lambda cell: cell[1])
            coloured = (
                f"{colours}{''.join(character for character, _ in cells)}\x1b[0m"
                for colours, cells in runs
            )
            rows.append(Text.from_ansi("".join(coloured)))
        while not rows[-1].plain.strip():
            rows.pop()
        return Text("\n").join(rows)


class Terminal:
    """A coach command on a terminal of its own."""

    def __init__(
        self, environment: dict[str, str], size: tuple[int, int], words: tuple[str, ...]
    ) -> None:
        self.screen = Screen(*size)
        # What rich and the shell may have been told of another terminal.
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "coach", *words], env=environment,
            dimensions=(size[1], size[0]), encoding="utf-8", timeout=PATIENCE,
        )  # fmt: skip

    def until(self, *phrases: str) -> str:
        """Wait until the screen shows all of these; returns what it shows."""
        return self._wait(lambda shown: all(phrase in shown for phrase in phrases), phrases)

    def gone(self, phrase: str) -> str:
        return self._wait(lambda shown: phrase not in shown, phrase)

    def _wait(self, there: Callable[[str], bool], what: object) -> str:
        deadline = time.monotonic() + PATIENCE
        while not there(" ".join(self.screen.text.split())):
            assert time.monotonic() < deadline, f"{what} did not come:\n{self.screen.text}"
            if not self._read(0.1):
                assert there(" ".join(self.screen.text.split())), f"{what}:\n{self.screen.text}"
        return self.screen.text

    def _read(self, wait: float) -> bool:
        """Take in what was written; False once the program has ended."""
        try:
            self.screen.feed(self.child.read_nonblocking(65536, wait))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def watch(self, seconds: float) -> None:
        """Let the program go on for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.05)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(columns, rows)
        self.child.setwinsize(rows, columns)

    def end(self) -> int:
        """Wait for the program's end; returns its exit code."""
        while self._read(1.0):
            pass
        self.child.wait()
        return self.child.exitstatus

    def compare(self, name: str) -> None:
        """The screen is the kept one, but for what a clock and a recogniser may change.

        What is drawn is compared again on a terminal of another size.
        """
        self._compare(name)
        if self.screen.other:
            size = (self.screen.columns, self.screen.rows)
            self._drawn_at(*WIDE)
            self._compare(f"{name}-{WIDE[0]}")
            self._drawn_at(*size)

    def _compare(self, name: str) -> None:
        kept = SCREENS / f"{name}.txt"
        self.watch(0.3)  # the last of it may still be drawn
        shown = masked(self.screen.text)
        if KEEP:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(shown + "\n", encoding="utf-8")
        assert shown == kept.read_text(encoding="utf-8").removesuffix("\n"), self.screen.text

    def _drawn_at(self, columns: int, rows: int) -> None:
        self.resize(columns, rows)
        self.watch(0.4)  # what was drawn for the other size may still come
        deadline = time.monotonic() + PATIENCE
        while not self.screen.lines[-1].strip():
            assert self._read(0.1), self.screen.text
            assert time.monotonic() < deadline, self.screen.text

    def draw(self, name: str) -> None:
        """Where screens are kept, keep a picture of this one for the README."""
        if KEEP:
            self.watch(0.3)
            drawn = picture(self.screen)
            (SCREENS / f"{name}.svg").write_text(drawn, encoding="utf-8")


def masked(shown: str) -> str:
    """A screen without what a clock, a recogniser and a silent room may change."""
    if "Missing: " in shown:
        shown = "\n".join(_without_words(shown.split("\n")))
    shown = re.sub(r"(?ms)^(By area.*?answers).*?(?=^Due again)", r"\1\n  …\n\n", shown)
    shown = re.sub(r"(?m)^Due again: (.+\n)+", "Due again: …\n", shown)
    shown = re.sub(r"(?m)(\d+:\d\d) +(?:–|[STAR() ]+?) +\d+$", r"\1  …  0", shown)
    shown = re.sub(r"[✓!~·] (Length|Pace|Fillers|Pauses)", r"? \1", shown)
    shown = re.sub(r"(?<=  )[━─│]{3,}", "━", shown)
    shown = re.sub(r"(?m)^ [STAR·]{10,}", " STAR", shown)
    shown = re.sub(r"[▮·]{3,}", "▮", shown)
    shown = re.sub(r"(?m)^ +\d+ s, .*%$", "     0 s, 0%", shown)
    # What stands under a part's name, such as "0 s, 0%", decides how far off the next one is.
    shown = re.sub(r"(?m)^  S  Situation.*", lambda row: re.sub(" {3,}", "   ", row[0]), shown)
    shown = re.sub(r" [+−]\d+", "", shown)
    shown = re.sub(r"take \d+: \d+$", "since take 0", shown, flags=re.MULTILINE)  # where it doubts
    return re.sub(r"\d+", "0", shown).rstrip()


def _without_words(lines: list[str]) -> list[str]:
    """A result without what is praised, advised and mended, which the words that are heard decide.

    Empty rows are given up for them, so they are left out too.
    """
    *lines, keys = lines
    score = next(number for number, line in enumerate(lines) if line.startswith(" Score "))
    after = [" …"] if any(lines[score + 1 :]) else []
    kept = [
        re.sub("Missing: .*", "Missing: …", line)
        for line in lines[: score + 1]
        if line
        and not re.match(
            r" +(✓|·|\d\.) (?!Fillers|Pace|Length|Pauses)| {4}\S| What went well", line
        )
    ]
    return [*kept, *after, keys]


def picture(screen: Screen) -> str:
    """The screen as an SVG that fetches nothing."""
    console = Console(record=True, width=screen.columns, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(screen.coloured(), end="")
    drawn = console.export_svg(title="coach")
    return re.sub(r"\s*@font-face \{[^}]*\}", "", drawn)
