"""Who sits at the table: where the answers come from, and what shows the sitting."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coach.errors import CoachError
from coach.improvement.beside import Beside
from coach.improvement.choose import Choice
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.scorecard import Scorecard
from coach.recording.recording import Recording
from coach.transcript.live import LiveHearing
from coach.transcript.transcript import Transcript


class Skip(Exception):  # noqa: N818  a choice of the user, not an error
    """The user passes this question over."""


class EndOfSitting(Exception):  # noqa: N818
    """The user ends the sitting, or no answer is left.

    Attributes:
        answer: what there is of the one that was under way; it is kept, to be judged later.
        draft: whether it is a typed one that the user did not end: it is never judged so.
    """

    def __init__(
        self, answer: Recording | Transcript | None = None, *, draft: bool = False
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.draft = draft


class SetAside(Exception):  # noqa: N818
    """The user does not want this take to count; it stays on disk and in the log all the same."""

    def __init__(self, answer: Recording | Transcript, *, again: bool) -> None:
        super().__init__(answer, again)
        self.answer = answer
        self.again = again


class FollowedUp(Exception):  # noqa: N818
    """The user has added to an answer whose result was shown.

    Attributes:
        answer: the whole of it.
    """

    def __init__(self, answer: Transcript) -> None:
        super().__init__(answer)
        self.answer = answer


class Again(Exception):  # noqa: N818
    """The user wants to answer the same question once more.

    Attributes:
        why: what is to be better; it stands with the question.
    """

    def __init__(self, advice: str | None = None) -> None:
        super().__init__(advice)
        self.why = f"Once more. To mend: {advice}" if advice else "Once more, as you asked."


class Source(Protocol):
    """Where answers come from: a microphone, files, or a keyboard.

    Attributes:
        spoken: whether an answer is sound.
        hearing: hears it while it is spoken; None where it is there at once.
    """

    @property
    def spoken(self) -> bool: ...

    @property
    def hearing(self) -> LiveHearing | None: ...

    def answer(self, choice: Choice, path: Path | None) -> Recording | Transcript:
        """Take one answer, with the follow-ups that were asked in it.

        Args:
            choice: the question, shown while the user prepares.
            path: where a recording is to lie; None for typed answers.

        Raises:
            Skip, SetAside, EndOfSitting: the user's choice; an EndOfSitting that a SystemExit
                caused ends the program.
            KeyboardInterrupt, SystemExit: the sitting ends; what was recorded is at `path`.
        """


class Screen(Protocol):
    """What a sitting shows."""

    def question(self, choice: Choice, number: int, total: int) -> None: ...

    def waiting(self, step: str) -> Callable[[], None]: ...

    def taken(self, attempt: Attempt, *, last: bool) -> None:
        """Show that an answer is kept, where its result comes later.

        Raises:
            Again, Skip: it is not to count; the question is asked again, or left.
            EndOfSitting: the user has had enough.
        """

    def result(self, attempt: JudgedTake, beside: Beside, *, last: bool) -> None:
        """Show one result.

        Args:
            last: whether no question follows.

        Raises:
            Again: the user wants a retake.
            FollowedUp: more is in the answer now, which is judged anew.
            EndOfSitting: the user has had enough.
        """

    def scorecard(self, card: Scorecard) -> None: ...

    def note(self, text: str) -> None: ...

    def problem(self, error: CoachError) -> None: ...
