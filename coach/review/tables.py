"""What lists share on a terminal: columns, signs before texts, and rows that stand apart."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text


def listing(*columns: Column) -> Table:
    """A table without a frame; it takes the whole width where a column takes what is left."""
    expand = any(column.ratio for column in columns)
    return Table(*columns, box=None, pad_edge=False, header_style="bold", expand=expand)


def right(name: str) -> Column:
    """To the right, and never cut."""
    return Column(name, justify="right", no_wrap=True)


def whole(name: str) -> Column:
    """Never cut."""
    return Column(name, no_wrap=True)


def cut(name: str, ratio: int = 1) -> Column:
    """Takes a share of the width that is left, and is cut where that is too little."""
    return Column(name, ratio=ratio, no_wrap=True, overflow="ellipsis")


def folded(name: str, ratio: int | None = None) -> Column:
    """Goes on in the next line where it is too long."""
    return Column(name, ratio=ratio, overflow="fold")


def labelled(gap: int = 2) -> Table:
    """A grid of labels and what stands beside them, so many columns apart."""
    return Table.grid(Column(style="dim", no_wrap=True), Column(overflow="fold"), padding=(0, gap))


def signed(texts: Iterable[str], sign: str | None, style: str = "") -> Table:
    """Texts below each other, each behind a sign.

    Args:
        sign: None for their numbers.
    """
    mark = Column(width=2, style=style, justify="right")
    grid = Table.grid(mark, Column(overflow="fold"), padding=(0, 1))
    for place, text in enumerate(texts, 1):
        grid.add_row(sign or f"{place}.", Text(text))
    return grid


def apart(rows: Iterable[RenderableType]) -> Group:
    """Each with an empty line below it."""
    return Group(*(Padding(row, (0, 0, 1, 0)) for row in rows))
