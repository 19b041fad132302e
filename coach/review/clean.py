"""A console on which words are only words, whatever was typed, pasted or imported."""

import shutil
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

# Terminals obey the control characters, and turn what follows a sign of direction around.
_OBEYED = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys(_OBEYED - {ord("\n"), ord("\t")}),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # of a name that is no UTF-8
}


def marked(text: str) -> Text:
    """A text of the coach's own with its styles in square brackets; never one of the user's."""
    return Text.from_markup(text, emoji=False)


class CleanConsole(Console):
    """Prints what it is given as it stands, but for the characters that a terminal obeys.

    Square brackets and :smile: are words like any others. What the console itself writes, such as
    colours and the place of the cursor, is not touched. Where it is no terminal, no line ends in
    blanks.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, emoji=False, highlight=False, **options)

    @property
    def size(self) -> ConsoleDimensions:
        """Of the terminal, also of a dumb one, which Rich takes to be 80 columns wide."""
        if self.is_dumb_terminal:
            return ConsoleDimensions(*shutil.get_terminal_size())
        return super().size

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self._width, self._height = new_size

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        segments = map(_cleaned, super().render(renderable, options))
        return segments if self.is_terminal else _without_padding(segments)


def _cleaned(segment: Segment) -> Segment:
    if segment.control or segment.text.isprintable():
        return segment
    return Segment(segment.text.translate(_CLEAN), segment.style)


def _without_padding(segments: Iterable[Segment]) -> Iterable[Segment]:
    held = ""  # blanks that nothing followed yet
    for segment in segments:
        *ended, last = (held + segment.text).split("\n")
        text = "\n".join([*(line.rstrip(" ") for line in ended), last])
        shown = text.rstrip(" ")
        held = text[len(shown) :]
        if shown or segment.control:
            yield Segment(shown, segment.style, segment.control)
    if held:
        yield Segment(held)
