"""Answers that are typed, for a place where one cannot speak; from a pipe, too."""

import os
import re
import select
import sys

import click
from rich.text import Text

from coach.assessment.norms import Norms
from coach.clean import clean
from coach.cli.editor import Editor
from coach.cli.stage import Stage
from coach.errors import TooManyAnswersError
from coach.improvement.choose import Choice
from coach.improvement.entries import JudgedTake, Note
from coach.improvement.log import Log
from coach.improvement.unfinished import draft_of
from coach.practice import EndOfSitting, SetAside, Skip, followup, utc_now
from coach.review.scene import Action, explained
from coach.transcript.transcript import Transcript, from_text

DIVIDER = "."  # alone on a line of a pipe, it ends an answer
SKIP, END, HELP, EDIT = "/skip", "/end", "/help", "/edit"
_SHORT = {"?": HELP, "e": EDIT}  # where nothing else is typed
_HELP = (
    Action("Enter", "Enter", "", "On an empty line: end the answer. Elsewhere: begin a new line."),
    Action("Ctrl+D", "Ctrl+D", "", "End the answer, wherever the cursor is; leave a follow-up."),
    Action("Up", "Up", "", "Where nothing is typed: bring back your last answer to this question."),
    Action(EDIT, EDIT, "", "Write it in your editor ($EDITOR); e alone does the same."),
    Action(SKIP, SKIP, "", "Leave this question; what is typed does not count."),
    Action(END, END, "", "End the sitting; what is typed above it counts as your answer."),
    Action(HELP, HELP, "", "Show this; ? alone does the same."),
    Action("Ctrl+C", "Ctrl+C", "", "End the sitting; what is typed is kept as a draft, unjudged."),
)
_TELL = "Type or paste your answer; an empty line after it or Ctrl+D ends it. ? explains."
_NOTHING = f"Nothing is typed yet. {SKIP} passes the question, {END} ends the sitting."
_GO_ON = "What you typed last time stands here: go on with it."
_BRING_BACK = "Up brings back what you answered last; mend it, or tell it anew."
_NOTHING_LEFT = "There is nothing left to ask."
_WAIT = 0.2  # s for what a program writes after its last answer


class TypedSource:
    """Takes answers from the keyboard, where somebody is there, else from standard input.

    Args:
        log: where drafts lie.
        follow_ups: whether what is missing is asked for, where somebody is there to ask.
    """

    spoken = False
    hearing = None

    def __init__(self, stage: Stage, norms: Norms, log: Log, *, follow_ups: bool = False) -> None:
        self.asks = sys.stdin.isatty()
        self._stage = stage
        self._norms = norms
        self._log = log
        self._follow_ups = follow_ups
        self._editor = Editor(_commands, errors=stage.console.quiet) if self.asks else None
        self._piped = None if self.asks else _Lines(sys.stdin.fileno())

    def answer(self, choice: Choice, path: object) -> Transcript:
        if self._editor is None:
            return self._from_pipe()
        self._say(_TELL, "")
        earlier = self._log.last_said(choice.question.id)
        draft = draft_of(self._log, choice.question)
        if draft is None:
            if earlier:
                self._say(_BRING_BACK, "dim")
            return self._written(self._editor, choice, "", earlier)
        self._say(_GO_ON)
        try:
            before = draft.transcript.text if draft.transcript else ""
            said = self._written(self._editor, choice, before, earlier)
        except (SetAside, Skip, EndOfSitting):
            self._log.discard(draft.id)  # what became of it goes into the new take
            raise
        self._log.discard(draft.id)
        return said

    def _written(self, editor: Editor, choice: Choice, before: str, earlier: str) -> Transcript:
        while not (text := self._typed(editor, before, earlier=earlier)):
            self._say(_NOTHING)
            before = ""
        return self._with_follow_up(choice, text)

    def follow_up(self, take: JudgedTake) -> Transcript | None:
        """Ask what an interviewer would ask now; the answer with what is typed, or None."""
        assert self._editor is not None
        said = take.transcript
        text = followup.wanted(take.question, said, self._norms, said.asked)
        if text is None:
            self._say(_NOTHING_LEFT)
            return None
        try:
            more = self._asked(text, "")
        except (SetAside, Skip):
            return None
        except EndOfSitting as end:
            more = end.answer.text if isinstance(end.answer, Transcript) else ""
            if more and end.draft:  # the take stands as it was
                self._log.shelf(Note).add(Note(take.id, f"Not finished: {more}"), utc_now())
                self._say("What you typed is kept as a note with the take.")
            if end.draft or not more:
                raise EndOfSitting from end.__cause__
        return from_text(f"{said.text}\n{more}", (*said.asked, text)) if more else None

    @property
    def silent(self) -> bool:
        """Whether standard input held nothing at all."""
        return self._piped is not None and not self._piped.any

    def check_end(self) -> None:
        """
        Raises:
            TooManyAnswersError: the pipe holds what was meant for no question.
        """
        rest = self._piped.rest() if self._piped else []
        left = " ".join(line for line in rest if line not in (DIVIDER, SKIP, END)).strip()
        if left:
            shown = left if len(left) <= 60 else f"{left[:60]} …"
            raise TooManyAnswersError(
                f"After the last question more text came, which is in no answer: “{shown}”.",
                "Ask as many questions as there are answers; a line with only a dot ends each.",
            )

    # ── At a terminal ──

    def _with_follow_up(self, choice: Choice, text: str) -> Transcript:
        """The answer, and what is typed when it is asked about; both are one answer."""
        said = from_text(text)
        wanted = followup.missing(choice.question, said, self._norms) if self._follow_ups else None
        if wanted is None:
            return said
        try:
            more = self._asked(wanted, text)
        except (SetAside, Skip):
            more = ""
        return from_text(f"{text}\n{more}", (wanted,))

    def _asked(self, question: str, text: str) -> str:
        """What is typed when it is asked this; empty where it is left.

        Args:
            text: what was typed before it, to be kept with what is typed now.
        """
        assert self._editor is not None
        self._say(question, "bold cyan")
        self._say("An empty line or Ctrl+D leaves it.", "dim")
        return self._typed(self._editor, "", (text, question))

    def _typed(
        self, editor: Editor, text: str, asked: tuple[str, str] = ("", ""), *, earlier: str = ""
    ) -> str:
        """What is typed up to its end; empty where nothing is.

        Args:
            text: what stands there at first.
            asked: what was typed before a follow-up, and the follow-up.
            earlier: what can be brought back.

        Raises:
            SetAside, Skip, EndOfSitting: the user's choice; it carries what was typed.
        """
        while True:
            # Enter is enough behind what stands there; what is to be mended is gone on with.
            begun = text if not text or _commands(text) else f"{text}\n"
            try:
                text, command = _parted(clean(editor.read(begun, earlier=earlier)).strip("\n"))
            except (EOFError, KeyboardInterrupt, SystemExit) as end:
                said = _said(clean(editor.text), asked)
                raise EndOfSitting(said, draft=said is not None) from end
            if command is None:
                return text
            if command == SKIP:
                raise SetAside(from_text(text), again=False) if text else Skip
            if command == END:
                raise EndOfSitting(_said(text, asked))
            text = self._do(command, text)

    def _do(self, command: str, text: str) -> str:
        """Help, the editor, or why not; what stands there after it."""
        if command == EDIT:
            try:
                return (click.edit(text) or text).strip()
            except click.ClickException as error:
                self._say(f"{error.message} Set EDITOR to one that you have, or type it here.")
        elif command == HELP:
            self._stage.console.print(explained(_HELP, words=False))
        else:
            name = command.split(maxsplit=1)[0]
            known = name in (SKIP, END, HELP, EDIT)
            why = "stands alone on its line" if known else "is no command"
            self._say(f"{name} {why}. There are {SKIP}, {END}, {EDIT} and {HELP}.")
            self._say("With a space before it, it is a part of your answer.")
            return f"{text}\n{command}" if text else command
        return text

    def _say(self, text: str, style: str = "yellow") -> None:
        self._stage.console.print(Text(text, style))

    # ── From a pipe ──

    def _from_pipe(self) -> Transcript:
        """The lines up to one with only a dot, or to the end of the input."""
        assert self._piped is not None
        lines: list[str] = []
        while True:
            line = self._piped.next()
            said = _said(" ".join(lines), ("", ""))
            if line == END:
                raise EndOfSitting(said)
            if said and line == SKIP:  # it is meant for the next question
                self._piped.put_back(SKIP)
            if said and line in (None, DIVIDER, SKIP):
                return said
            if line == SKIP:
                raise Skip
            if line is None:
                if self._piped.any:
                    self._say("No answer came: the input is over.")
                raise EndOfSitting
            if line != DIVIDER:
                lines.append(line)


class _Lines:
    """The lines of a pipe or a file, as they come.

    Python's own reader does not say whether it holds more, and would wait for it.
    """

    def __init__(self, stream: int) -> None:
        self._stream = stream
        self._held = b""
        self._over = False
        self.any = False  # line that says anything

    def next(self) -> str | None:
        """The next line, stripped; None where no more will come."""
        while b"\n" not in self._held and not self._over:
            self._fill()
        if not self._held:
            return None
        held, _, self._held = self._held.partition(b"\n")
        line = _line(held)
        self.any = self.any or bool(line)
        return line

    def put_back(self, line: str) -> None:
        """Let this be the next line."""
        self._held = line.encode() + b"\n" + self._held

    def rest(self) -> list[str]:
        """What is there still, without waiting for a writer who has not closed the pipe."""
        while not self._over and (
            sys.platform != "win32" and select.select([self._stream], [], [], _WAIT)[0]
        ):
            self._fill()
        return [_line(line) for line in self._held.split(b"\n")]

    def _fill(self) -> None:
        more = os.read(self._stream, 1 << 16)
        self._held += more
        self._over = not more


def _line(held: bytes) -> str:
    return clean(held.decode("utf-8", "replace")).strip("\ufeff \t\n")


def _commands(text: str) -> bool:
    """Whether its last line is a command, which ends it."""
    return _parted(text)[1] is not None


def _command(line: str) -> bool:
    """Whether a line looks like a command, known or not."""
    return line.strip() in _SHORT or bool(re.match(r"/[a-z-]+(\s|$)", line))


def _parted(text: str) -> tuple[str, str | None]:
    """What is typed, and the command in its last line; None where there is none."""
    above, _, last = text.rstrip().rpartition("\n")
    if not _command(last):
        return text.strip(), None
    short = _SHORT.get(last.strip())
    if short == EDIT and above.strip():  # an "e" on a line may be of the answer
        return text.strip(), None
    return above.strip(), short or last.strip()


def _said(text: str, asked: tuple[str, str]) -> Transcript | None:
    """What was typed, after what was typed before a follow-up; None where it is nothing."""
    before, question = asked
    whole = f"{before}\n{text}".strip()
    return from_text(whole, (question,) if question else ()) if whole else None
