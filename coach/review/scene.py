"""What a sitting shows at one moment: one calm screen, and the keys that lead on."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

_NAMES = {"enter": "Enter", " ": "Space"}
_BETWEEN = " · "


@dataclass(frozen=True)
class Action:
    """Something that the user can do now.

    Attributes:
        key: the single key, as `Keys` names it.
        word: what is typed in its place where lines are read.
        label: what it does, in a word or two.
        help: the same in a sentence.
    """

    key: str
    word: str
    label: str
    help: str

    @property
    def name(self) -> str:
        """What is written on the key."""
        return _NAMES.get(self.key, self.key)


HELP = Action("?", "help", "help", "Show what the keys do.")


@dataclass(frozen=True)
class Scene:
    """One state of a sitting.

    Attributes:
        name: of the state; where lines are printed, a scene is printed as it is entered.
        title: one line at the top.
        body: what the screen shows.
        actions: in the order in which they are shown.
        lines: printed in place of the body where nothing is drawn; None for the body itself.
        news: what has happened in it so far; each is printed once where nothing is drawn.
    """

    name: str
    title: str
    body: RenderableType
    actions: Sequence[Action] = ()
    lines: RenderableType | None = None
    news: Sequence[str] = ()


@dataclass(frozen=True)
class KeysLine:
    """The keys and what they do: in one line, or in as few rows as show every one of them."""

    actions: Sequence[Action]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        row = Text()
        for action in self.actions:
            shown = Text.assemble((action.name, "bold"), f" {action.label}")
            if row and len(row) + len(_BETWEEN) + len(shown) > options.max_width:
                yield row
                row = Text()
            row.append(_BETWEEN if row else " ", "dim").append_text(shown)
        yield row


def words_line(actions: Sequence[Action]) -> Text:
    """The words that can be typed, in one sentence."""
    line = Text("Type ", "dim")
    for place, action in enumerate(actions):
        if place:
            line.append(", " if place < len(actions) - 1 else " or ", "dim")
        line.append(action.word, "bold")
    if any(action.key == "enter" for action in actions):
        return line.append("; then Enter, which alone stands for the first.", "dim")
    return line.append("; then Enter.", "dim")


def explained(actions: Sequence[Action], *, words: bool) -> Table:
    """What each key, or word, does."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for action in actions:
        grid.add_row(Text(action.word if words else action.name), Text(action.help))
    return grid
