"""Keys on a screen that is drawn over, and words in their place."""

import ctypes
import io
import sys
from types import SimpleNamespace

import pytest
from rich.console import Console

from coach.cli import answering, screen
from coach.cli import stage as stages
from coach.cli.options import console
from coach.cli.stage import DrawnStage, PrintedStage
from coach.review.scene import HELP, Action, KeysLine, Scene


def test_words_and_their_beginnings_stand_for_keys(monkeypatch):
    out = io.StringIO()
    stage = PrintedStage(Console(file=out), words=True)
    stage.show(Scene("one", "", "The body", (
        Action("enter", "start", "", ""), Action("s", "skip", "", "Leave it."),
        Action("?", "help", "", "")), news=["news 1"]))  # fmt: skip
    typed = iter(["", "start", "skip", "s", "sk", "HELP", "nonsense"])
    monkeypatch.setattr(stages, "read_line", lambda _wait: next(typed))
    assert [stage.key() for _ in range(7)] == ["enter", "enter", "s", "s", "s", None, None]
    assert "Leave it." in out.getvalue()
    stage.show(Scene("one", "", "The body", (), news=["news 1", "news 2"]))
    assert (out.getvalue().count("news 1"), out.getvalue().count("news 2")) == (1, 1)
    assert out.getvalue().count("The body") == 1
    stage.show(Scene("paused", "", "", (), news=["news 1", "news 2"]))
    assert out.getvalue().count("news 2") == 1  # a pause makes nothing news again
    stage.show(Scene(stages.OPENING, "", ""))
    stage.show(Scene("one", "", "", (), news=["news 2"]))
    assert out.getvalue().count("news 2") == 2  # another answer does
    before = out.getvalue()
    monkeypatch.setattr(stages, "read_line", lambda _wait: "anything")
    stage.key()
    assert out.getvalue() == before  # where nothing can be done, nothing is offered


SPEAKING = (
    answering.STOP, answering.PAUSE, answering.ASK, answering.RETAKE, answering.SKIP, HELP,
    answering.QUIT,
)  # fmt: skip
RESULT = (
    screen.FINISH, screen.RETAKE, screen.PLAY, screen.NOTE, screen.DETAILS, HELP, screen.QUIT
)  # fmt: skip


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("actions", [SPEAKING, RESULT])
def test_every_key_is_shown_at_any_width(actions: tuple[Action, ...], width: int):
    console = Console(file=io.StringIO(), width=width)
    console.print(KeysLine(actions))
    shown = console.file.getvalue()
    assert all(f"{action.name} {action.label}" in shown for action in actions)
    rows = shown.rstrip("\n").split("\n")
    assert max(map(len, rows)) <= width
    assert len(rows) == -(-len(" ".join(shown.split())) // width)  # as few as can be


@pytest.fixture
def stage(monkeypatch):
    """A stage of so many columns and rows on which keys are pressed."""

    def opened(columns: int, rows: int, *pressed: str) -> DrawnStage:
        console = Console(file=io.StringIO(), width=columns, height=rows, force_terminal=True)
        found = DrawnStage(console)
        keys = iter(pressed)
        monkeypatch.setattr(found._keys, "get", lambda _wait=None: next(keys, None))
        return found

    return opened


def rows_of(stage: DrawnStage) -> list[str]:
    return ["".join(segment.text for segment in row).rstrip() for row in stage._rows]


def test_what_has_no_room_is_shown_page_by_page_and_the_keys_stay(stage):
    shown = stage(40, 8, " ", " ", "q")
    body = "\n".join(f"row {number}" for number in range(1, 6))
    seen = []
    draw = shown._draw
    shown._draw = lambda: (draw(), seen.append(rows_of(shown)))
    shown.show(Scene("words", "Words", body, RESULT))
    assert shown.key() == "q"
    assert [[row for row in page if "row" in row] for page in seen] == [
        [" row 1", " row 2", " row 3"], [" row 4", " row 5"], [" row 1", " row 2", " row 3"]
    ]  # fmt: skip
    assert all(len(page) == 8 and "Space more" in " ".join(page) for page in seen)
    assert all("q quit" in page[-1] for page in seen)


def test_help_that_has_no_room_has_pages_too(stage):
    shown = stage(40, 8, "?", " ", "x")
    shown.show(Scene("speaking", "Speaking", "Once upon a time", SPEAKING))
    first = []
    draw = shown._draw
    shown._draw = lambda: (draw(), first.append(rows_of(shown)))
    shown.key(0)
    shown.key(0)
    shown.key(0)
    asked, turned, back = first
    assert "any key goes back · Space more" in asked[-1]
    assert asked[2:-1] != turned[2:-1]
    assert back[0] == " Speaking"


def test_a_resize_is_drawn_in_whatever_state_a_key_is_waited_for(stage):
    shown = stage(40, 8)
    shown.show(Scene("reading", "Ready", "Once upon a time", SPEAKING))
    shown.console.size = (60, 10)
    assert shown.key(0) is None
    assert len(rows_of(shown)) == 10


def test_the_keys_come_again_after_a_line_was_typed(monkeypatch):
    out = io.StringIO()
    stage = PrintedStage(Console(file=out), words=True)
    scene = Scene("result", "", "Take 3.", RESULT)
    stage.show(scene)
    monkeypatch.setattr(stages, "read_line", lambda: "Say it first.")
    assert stage.line("Note to yourself:") == "Say it first."
    stage.show(scene)
    assert out.getvalue().count("Type finish, again") == 2


@pytest.mark.parametrize("is_console", [True, False])
def test_the_console_of_windows_is_asked_to_draw(monkeypatch, is_console: bool):
    asked = []

    def get_mode(_handle, mode) -> int:
        mode._obj.value = 3
        return is_console

    kernel = SimpleNamespace(
        GetStdHandle=lambda number: 0x1000 - number,
        GetConsoleMode=get_mode,
        SetConsoleMode=lambda *words: asked.append(words),
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    console()
    assert asked == ([(0x100B, 7)] if is_console else [])
