"""Where a sitting is played: one screen that is drawn over, or lines that are printed."""

import contextlib
import sys
from typing import Protocol, Self

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.control import Control
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text

from coach.cli.keys import ENTER, NO_MORE, Keys, edited_line, read_line
from coach.cli.suspension import Suspension
from coach.review.scene import HELP, Action, KeysLine, Scene, explained, words_line

LOOK = 0.2  # s between looks at the size of the terminal while a key is waited for
NOTES = 3  # rows of something said in passing
THINKING = "thinking"  # the name of a scene in which the user can only wait
OPENING = "opening"  # of the one with which an answer begins
_BEFORE_NEWS = (THINKING, "speaking")  # beginnings of the names of scenes that end in news
_MORE = Action(" ", "more", "more", "Turn the page.")
_BACK = Action("any key", "back", "goes back", "Go back.")


class Stage(Protocol):
    """Shows scenes, and reads what the user does.

    Use as a context manager; the terminal is given back as it was, whatever ends it.

    Attributes:
        draws: whether a scene may change ten times a second.
        plain: whether it is for somebody who hears the screen, and so without frames and bars.
        title: of the question that is asked now, such as "Question 1 of 3".
    """

    console: Console
    draws: bool
    plain: bool
    title: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def show(self, scene: Scene) -> None: ...

    def key(self, wait: float | None = None) -> str | None:
        """The next key, or None if none came in `wait` seconds; None for `wait` waits for ever."""

    def line(self, prompt: str) -> str:
        """A line that the user types."""

    def say(self, text: str) -> None:
        """Something that the user should see, whatever is shown next."""

    def leave(self) -> None:
        """From here on things are printed on the console."""


def choose(stage: Stage, scene: Scene) -> str:
    """Show a scene until one of its keys is pressed; the end of the input is a q."""
    stage.show(scene)
    keys = {action.key for action in scene.actions} | {NO_MORE}
    while (key := stage.key()) not in keys:
        pass
    return key


def open_stage(console: Console, *, plain: bool, drawn: bool) -> Stage:
    """One screen where the terminal can draw, else lines.

    Args:
        plain: lines, and words in the place of keys.
        drawn: whether the sitting has anything to draw.
    """
    able = console.is_terminal and not console.is_dumb_terminal and sys.stdin.isatty()
    drawn = drawn and not console.legacy_windows  # it has no other screen to draw on
    if able and drawn and not plain and not console.quiet:
        return DrawnStage(console)
    plain = plain or console.is_dumb_terminal
    return PrintedStage(console, words=plain or not able, plain=plain)


class DrawnStage:
    """Draws each scene over the last, on the terminal's other screen.

    Only rows that changed are written, so nothing flickers and a slow line keeps up.
    """

    draws = True
    plain = False

    def __init__(self, console: Console) -> None:
        self.console = console
        self.title = ""
        self._keys = Keys()
        self._suspension = Suspension()
        self._scene = Scene("", "", "")
        self._rows: list[list[Segment]] = []
        self._size = (0, 0)
        self._page = self._pages = 0
        self._said: list[str] = []
        self._helping = False

    def __enter__(self) -> Self:
        self._keys.__enter__()
        self._suspension.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # a terminal that was closed takes nothing any more
            self.leave()
        self._suspension.__exit__()
        self._keys.__exit__()

    def show(self, scene: Scene) -> None:
        if scene.name != self._scene.name:
            self._page = 0
            if self._scene.name.startswith(_BEFORE_NEWS):
                # What was typed meanwhile, as a second Enter, was not meant for what comes now.
                while self._keys.get(0) not in (None, NO_MORE):
                    pass
        self._scene = scene
        self._draw()

    def key(self, wait: float | None = None) -> str | None:
        while True:
            key = self._keys.get(LOOK if wait is None else wait)
            if self._suspension.wanted:
                self._suspend()
            if key is not None and not self._turned(key):
                self._said.clear()
                return key
            if self._size != tuple(self.console.size):
                self._draw()
            if wait is not None:
                return None

    def _turned(self, key: str) -> bool:
        """Whether a key only leads to the help, back from it, or to another page."""
        if key == _MORE.key and self._pages > 1 and _can_turn(self._seen):
            self._page = (self._page + 1) % self._pages
        elif self._helping or key == HELP.key:
            self._helping = not self._helping
            self._page = 0
        else:
            return False
        self._draw()
        return True

    def line(self, prompt: str) -> str:
        foot = self._size[1] - 1
        self.console.control(Control.move_to(0, foot))
        self.console.print(" " * (self._size[0] - 1), end="")
        self.console.control(Control.move_to(0, foot), Control.show_cursor(True))
        typed = self._keys.line(f" {prompt} ")
        self.console.show_cursor(False)
        self._rows = []
        self._draw()
        return typed

    def say(self, text: str) -> None:
        self._said.append(text)

    def _suspend(self) -> None:
        self._give_screen_back()
        self._keys.__exit__()
        self._suspension.stop()
        self._keys.__enter__()
        self._rows = []
        self._draw()

    def _give_screen_back(self) -> None:
        if self.console.is_alt_screen:
            self.console.set_alt_screen(False)
            self.console.show_cursor(True)

    def leave(self) -> None:
        self._give_screen_back()
        for text in self._said:
            self.console.print(Text(text, "yellow"))
        self._said.clear()

    @property
    def _seen(self) -> Scene:
        """What the screen shows: the scene, or the help for it."""
        return _help(self._scene) if self._helping else self._scene

    def _draw(self) -> None:
        if not self.console.is_alt_screen:
            self.console.set_alt_screen(True)
            self.console.show_cursor(False)
        size = (self.console.width, self.console.height)
        if size != self._size or not self._rows:
            self._size = size
            self._rows = []
            self.console.control(Control.clear())
        rows = self._lay_out(self._seen)
        before = self._rows or [[]] * len(rows)
        changed = [(y, row) for y, row in enumerate(rows) if row != before[y]]
        self._rows = rows
        if changed:
            self.console.print(_Placed(changed), end="", crop=False)

    def _lay_out(self, scene: Scene) -> list[list[Segment]]:
        """The scene as exactly as many rows as the terminal has."""
        height = self._size[1]
        head = self._render(
            Group(
                Text(f" {scene.title}", "bold", no_wrap=True, overflow="ellipsis"),
                Rule(style="dim"),
            )
        )
        said = [
            row for text in self._said
            for row in self._render(Padding(Text(text, "yellow"), (0, 1)))[:NOTES]
        ]  # fmt: skip
        above = [*head, *said]
        foot = self._render(KeysLine(scene.actions))
        body, room = self._page_of(scene, height - len(above) - len(foot))
        if self._pages > 1 and _can_turn(scene):
            first, *others = scene.actions
            foot = self._render(KeysLine((first, _MORE, *others)))
            body, room = self._page_of(scene, height - len(above) - len(foot))
        body += self._render(Text("\n" * (room - len(body) - 1))) if len(body) < room else []
        return [*[*above, *body][: max(0, height - len(foot))], *foot][:height]

    def _page_of(self, scene: Scene, room: int) -> tuple[list[list[Segment]], int]:
        """The rows of the body that are shown now, and how many there is room for."""
        room = max(1, room)
        body = self._render(Padding(scene.body, (0, 1)), room)
        self._pages = -(-len(body) // room)
        self._page = min(self._page, self._pages - 1)
        return body[self._page * room : (self._page + 1) * room], room

    def _render(self, renderable: RenderableType, room: int | None = None) -> list[list[Segment]]:
        """The rows of something.

        Args:
            room: rows that there are for it; it may heed that.
        """
        options = self.console.options.update(width=self._size[0], height=None)
        options.max_height = room or self._size[1]
        return self.console.render_lines(renderable, options)


def _can_turn(scene: Scene) -> bool:
    """Whether the key that turns pages means nothing else."""
    return bool(scene.actions) and all(each.key != _MORE.key for each in scene.actions)


def _help(scene: Scene) -> Scene:
    explanation = Padding(explained(scene.actions, words=False), (1, 1))
    return Scene("help", "What the keys do", explanation, (_BACK,))


class _Placed:
    """Rows, each at its own place."""

    def __init__(self, rows: list[tuple[int, list[Segment]]]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for y, row in self._rows:
            yield Control.move_to(0, y).segment
            yield from row


class PrintedStage:
    """Prints each scene as it is entered, and its news as they come.

    Args:
        words: whether words are typed in the place of keys.
    """

    draws = False

    def __init__(self, console: Console, *, words: bool = False, plain: bool = False) -> None:
        self.console = console
        self.plain = plain
        self.title = ""
        self._words = words
        self._scene = Scene("", "", "")
        self._told: set[str] = set()
        self._helped = False  # and nothing came after it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, scene: Scene) -> None:
        if scene.name != self._scene.name:
            if scene.name == OPENING:
                self._told.clear()
            self._print(scene)
        for text in scene.news:
            if text not in self._told:
                self.say(text)
        self._told.update(scene.news)
        self._scene = scene

    def key(self, wait: float | None = None) -> str | None:
        try:
            key = self._next(wait)
        except EOFError:
            key = NO_MORE
        if key == HELP.key:
            if not self._helped:
                self.console.print(explained(self._scene.actions, words=self._words))
            self._helped = True
            return None
        self._helped = self._helped and key is None
        return key

    def _next(self, wait: float | None) -> str | None:
        """Wait for a key or a word; after Ctrl+Z and `fg` the scene is printed anew."""
        with Suspension() as suspension:
            while True:
                slot = LOOK if wait is None and suspension.able else wait
                if self._words:
                    typed = read_line(slot)
                    key, came = self._meant(typed), typed is not None
                else:
                    with Keys() as keys:
                        key = keys.get(slot)
                    came = key is not None
                if suspension.wanted:  # the terminal is as it was, by now
                    suspension.stop()
                    self._helped = False
                    self._print(self._scene)
                if came or wait is not None or not suspension.able:
                    return key

    def _print(self, scene: Scene) -> None:
        self._helped = False
        self.console.print(scene.body if scene.lines is None else scene.lines)
        if scene.actions:
            line = words_line if self._words else KeysLine
            self.console.print(line(scene.actions))

    def line(self, prompt: str) -> str:
        self._scene = Scene("", "", "")  # what it was on is shown anew, with its keys
        if sys.stdin.isatty():
            return edited_line(f"{prompt} ")
        self.console.print(Text(prompt, "bold"))
        try:
            return read_line() or ""
        except EOFError:
            return ""

    def say(self, text: str) -> None:
        self.console.print(Text(text, "yellow"))

    def leave(self) -> None:
        pass

    def _meant(self, typed: str | None) -> str | None:
        """The key that a word stands for; its first letters are enough, and the key itself."""
        if not typed:
            return ENTER if typed == "" else None
        word = typed.lower()
        actions = self._scene.actions
        for action in (
            *(each for each in actions if each.key == word),
            *(each for each in actions if each.word.startswith(word)),
        ):
            return action.key
        if actions:
            self.console.print(words_line(actions))
        return None
