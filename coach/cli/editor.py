"""The lines of an answer at a terminal: they can be edited, and what is pasted is one block."""

import contextlib
import os
import select
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = "> "


class Editor:
    """Several lines in which arrows, Home, End and a paste do what they do in an editor.

    The terminal is read key by key: it keeps at most 4,095 characters of a line that it edits.

    Args:
        ends: whether Enter on the last line of this text ends it; on an empty one it does.
        errors: where it is drawn: on standard error, so that standard output stays data.
    """

    def __init__(self, ends: Callable[[str], bool], *, errors: bool = False) -> None:
        # Its answers to a question where the cursor is would stand among what is typed.
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
        from prompt_toolkit import PromptSession  # asyncio and more: 0.2 s
        from prompt_toolkit.history import DummyHistory
        from prompt_toolkit.output import create_output

        aside = errors or not sys.stdout.isatty()
        self._earlier = ""
        self._session: PromptSession[str] = PromptSession(
            multiline=True,
            enable_suspend=True,
            history=DummyHistory(),
            key_bindings=_bindings(ends, lambda: self._earlier),
            output=create_output(sys.stderr if aside else sys.stdout),
        )

    @property
    def text(self) -> str:
        """What stands there, whatever ended it."""
        return self._session.default_buffer.text

    def read(self, text: str = "", *, earlier: str = "") -> str:
        """Let a text be written; Enter on an empty last line ends it, and Ctrl+D.

        Args:
            text: what stands there at first; the cursor is behind it.
            earlier: what Up brings where nothing is written yet.

        Raises:
            EOFError: the terminal was closed.
            KeyboardInterrupt, SystemExit: `text` is what there is.
        """
        from prompt_toolkit.input.typeahead import clear_typeahead

        self._earlier = earlier
        self._session.default_buffer.reset()  # else an early end would leave the text before it
        try:
            return self._session.prompt(PROMPT, default=text)
        finally:
            with contextlib.suppress(OSError):  # a terminal that was closed
                # What came after the end in the same breath is no part of what is asked next.
                clear_typeahead(self._session.app.input)


def _bindings(ends: Callable[[str], bool], earlier: Callable[[], str]) -> "KeyBindings":
    from prompt_toolkit.application import get_app
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()
    empty = Condition(lambda: not get_app().current_buffer.text)

    @keys.add("enter")
    def enter(event: "KeyPressEvent") -> None:
        buffer = event.current_buffer
        document = buffer.document
        last = document.cursor_position_row == document.line_count - 1
        if (
            last
            and (not document.current_line.strip() or ends(buffer.text))
            and not _pasting(event)
        ):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("c-d")
    def end(event: "KeyPressEvent") -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("up", filter=empty)
    def bring_back(event: "KeyPressEvent") -> None:
        event.current_buffer.insert_text(earlier())

    return keys


def _pasting(event: "KeyPressEvent") -> bool:
    """Whether more has come already: a paste in a terminal that does not say where one begins."""
    return bool(event.key_processor.input_queue) or _waits(sys.stdin)


def _waits(stream: Any) -> bool:
    # Windows' console is read to the end each time.
    return sys.platform != "win32" and bool(select.select([stream], [], [], 0)[0])
