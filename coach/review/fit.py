"""As much as there is room for: blank rows go first, then texts become shorter."""

from collections.abc import Iterable, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

Parts = Sequence[RenderableType]


def fitted(
    versions: Iterable[Parts],
    gaps: Sequence[int],
    room: int | None,
    console: Console,
    options: ConsoleOptions,
) -> RenderResult:
    """The first version that fits, and blank rows between its parts where there is room for them.

    Args:
        versions: the same parts, ever shorter; at least one. The last is taken where none fits.
        gaps: after which parts a blank row is given up, the first of them first.
        room: in rows; None for as many as it takes.
    """
    for parts in versions:
        rows = sum(len(console.render_lines(part, options)) for part in parts)
        if room is None or rows <= room:
            break
    between = [place for place in gaps if place < len(parts) - 1]
    spare = len(between) if room is None else max(0, room - rows)
    kept = set(between[max(0, len(between) - spare) :])
    for place, part in enumerate(parts):
        yield part
        if place in kept:
            yield ""
