"""A console on which words are only words, whatever was typed, pasted or imported."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# Terminals obey the control characters, and turn what follows a sign of direction around.
_OBEYED = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_CLEAN = dict.fromkeys(_OBEYED - {ord("\n"), ord("\t")})


class CleanConsole(Console):
    """Prints what it is given without the characters that a terminal obeys.

    What the console itself writes, such as colours and the place of the cursor, is not touched.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(segment.text.translate(_CLEAN), segment.style)
