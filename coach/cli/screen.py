"""What a sitting shows on the terminal."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.spinner import Spinner
from rich.text import Text

from coach.assessment.norms import Norms
from coach.clean import clean
from coach.cli.answering import ASK
from coach.cli.keys import ENTER
from coach.cli.stage import THINKING, Stage, choose
from coach.errors import CoachError
from coach.improvement.beside import Beside
from coach.improvement.choose import Choice
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.scorecard import Scorecard
from coach.practice import Again, EndOfSitting, FollowedUp, Skip, users_day
from coach.review import scorecard, speaking, terminal
from coach.review.playing import Playing
from coach.review.result import OneScreen, spoken
from coach.review.scene import HELP, Action, Scene
from coach.review.terminal import made_by
from coach.review.words import clock, duration
from coach.transcript.transcript import Transcript

BESIDE = 3  # rows that are printed with a result: an empty one, its number, the keys
AFTER = 4  # rows below a scorecard: an empty one, two that say what was logged, the shell's
SEEN = 0.3  # s that a step takes before it is shown at all
NEXT = Action(ENTER, "next", "next", "Go on to the next question.")
FINISH = Action(ENTER, "finish", "finish", "End the sitting.")
RESULTS = Action(ENTER, "results", "results", "See the results of the whole interview.")
RETAKE = Action("r", "again", "retake", "Answer the question once more, at once.")
PLAY = Action("p", "play", "play", "Hear the recording; any key stops it.")
NOTE = Action("n", "note", "note", "Write yourself a line; it is kept with the take.")
DETAILS = Action("d", "details", "words", "Show every sentence, with its part and why.")
LEAVE = Action("s", "skip", "skip", "Leave the question; this take does not count.")
QUIT = Action("q", "quit", "quit", "End the sitting; every take is kept.")
_STAYS = (PLAY.key, NOTE.key, DETAILS.key, ASK.key)
_STOP = Action(ENTER, "stop", "stop", "Stop playing.")


class TerminalScreen:
    """Shows a sitting on a stage.

    Args:
        asks: whether somebody is there to say what comes after a result.
        details: whether every sentence is shown with a result.
        keep_note: is told the take's number and the words.
        follow_up: asks about a take, and returns the whole answer, or None where nothing was
            added; None where an answer cannot be added to.
    """

    def __init__(
        self,
        stage: Stage,
        norms: Norms,
        *,
        asks: bool = False,
        details: bool = False,
        keep_note: Callable[[int, str], None] = lambda _take, _words: None,
        follow_up: Callable[[JudgedTake], Transcript | None] | None = None,
    ) -> None:
        self._stage = stage
        self._console = stage.console
        self._norms = norms
        self._asks = asks and sys.stdin.isatty()
        self._details = details
        self._keep_note = keep_note
        self._follow_up = follow_up

    def question(self, choice: Choice, number: int, total: int) -> None:
        title = self._stage.title = f"Question {number} of {total}"
        band = self._norms.length(choice.question)
        if self._stage.plain:
            self._console.print(speaking.asked_plainly(choice, band, title))
        elif not self._stage.draws:
            self._console.print(speaking.asked(choice, band, title))

    def waiting(self, step: str) -> Callable[[], None]:
        """Name the step where it lasts; what is returned is called until it is over."""
        if not self._stage.draws:
            self._console.print(Text(f"{step} …", "dim"))
            return lambda: None
        began, spinner = time.monotonic(), Spinner("dots", Text(f"{step} …"), style="bold")

        def still() -> None:
            if time.monotonic() - began >= SEEN:
                body = Padding(spinner, (2, 2))
                self._stage.show(Scene(THINKING, f"{self._stage.title} · A moment", body))

        return still

    def taken(self, attempt: Attempt, *, last: bool) -> None:
        if not self._asks:
            return
        sound = attempt.recording  # counted as while it was spoken: from the start key on
        spoken_for = duration(sound.seconds - sound.pre_roll) if sound else ""
        kept = f"Recorded {spoken_for}." if sound else "The answer is kept."
        after = "It was the last one." if last else "The results come at the end."
        body = Padding(Text.assemble((kept, "bold"), f"\n\n{after}"), (2, 2))
        actions = [RESULTS if last else NEXT, RETAKE, *self._of_take(attempt), LEAVE, HELP, QUIT]
        key = self._lead(Scene("taken", f"{self._stage.title} · Kept", body, actions), attempt)
        if key == LEAVE.key:
            raise Skip

    def result(self, attempt: JudgedTake, beside: Beside, *, last: bool) -> None:
        shown: RenderableType = Padding(
            terminal.result(attempt, beside, heading=False), (1, 0, 0, 0)
        )
        if self._stage.plain:
            shown = spoken(attempt, beside, self._norms)
        elif self._asks:
            rows = 0 if self._stage.draws else BESIDE
            shown = OneScreen(attempt, beside, self._norms, rows, last)
        if self._details:
            shown = Group(shown, Padding(terminal.transcript(attempt), (1, 0)))
        if not self._asks:
            self._console.print(shown)
            return
        actions = [FINISH if last else NEXT, RETAKE, *self._of_take(attempt), HELP, QUIT]
        if self._follow_up:
            actions.insert(1, ASK)
        if self._stage.draws and not self._details:
            actions.insert(-2, DETAILS)
        title = f"{self._stage.title} · Take {attempt.id} · {made_by(attempt.transcript)}"
        heading = () if self._stage.plain else ("", Text(f"Take {attempt.id}", "bold"))
        lines = Group(*heading, shown)
        self._lead(Scene(f"result {attempt.id}", title, shown, actions, lines), attempt)

    def _of_take(self, attempt: Attempt) -> tuple[Action, ...]:
        return (PLAY, NOTE) if attempt.path else (NOTE,)

    def _lead(self, scene: Scene, attempt: Attempt) -> str:
        """Wait for the key that leads on from a take."""
        try:
            while (key := choose(self._stage, scene)) in _STAYS:
                scene = replace(scene, lines=Text(f"Take {attempt.id}."))  # the rest was printed
                if key == PLAY.key and attempt.path:
                    self._play(attempt, attempt.path)
                elif key == NOTE.key:
                    self._note(attempt)
                elif key == ASK.key:
                    self._ask(attempt)
                elif isinstance(attempt, JudgedTake):  # else the key is not offered
                    choose(self._stage, self._words_of(attempt))
        except KeyboardInterrupt:
            raise EndOfSitting from None
        if key == RETAKE.key:
            advice = attempt.assessment.advice if isinstance(attempt, JudgedTake) else ()
            raise Again(advice[0].text if advice else None)
        if key == QUIT.key:
            raise EndOfSitting
        return key

    def _ask(self, attempt: Attempt) -> None:
        if self._follow_up and isinstance(attempt, JudgedTake):  # else the key is not offered
            self._stage.show(Scene("", "", ""))  # the keys come again after it
            if whole := self._follow_up(attempt):
                raise FollowedUp(whole)

    def _words_of(self, attempt: JudgedTake) -> Scene:
        back = Action(ENTER, "back", "back", "Go back to the result.")
        title = f"{self._stage.title} · Every sentence"
        same = replace(DETAILS, label="back", help=back.help)  # what opened it closes it
        return Scene("words", title, terminal.transcript(attempt), (back, same, HELP))

    def _note(self, attempt: Attempt) -> None:
        words = clean(self._stage.line("Note to yourself:"))
        if words:
            self._keep_note(attempt.id, words)
            self._stage.say("Noted.")

    def _play(self, attempt: Attempt, recording: Path) -> None:
        from coach.recording.microphone import play  # PortAudio: 0.1-0.4 s

        view = Playing(attempt) if isinstance(attempt, JudgedTake) else None

        def show(at: float) -> None:
            body = view.at(at) if view and self._stage.draws else Text(f"Playing {clock(at)} …")
            title = f"{self._stage.title} · Take {attempt.id}"
            lines = None if self._stage.draws else Text("Playing …")
            self._stage.show(Scene("playing", title, Padding(body, (1, 1)), (_STOP,), lines))

        show(0.0)
        try:
            play(recording, stop=lambda: self._stage.key(0) is not None, heard=show)
        except CoachError as error:
            self.problem(error)

    def scorecard(self, card: Scorecard) -> None:
        self._stage.leave()
        if self._details:
            for attempt in card.attempts:
                self._console.print(Padding(terminal.result(attempt), (1, 0, 0, 0)))
        today = users_day()
        if self._stage.plain:
            self._console.print(scorecard.spoken(card, today))
            return
        whole = self._details or not self._console.is_terminal
        rows = None if whole else self._console.height - AFTER
        self._console.print(scorecard.WholeScorecard(card, today, rows), "")

    def note(self, text: str) -> None:
        self._stage.say(text)

    def problem(self, error: CoachError) -> None:
        self._stage.say(f"{error.message} {error.next_step}")
