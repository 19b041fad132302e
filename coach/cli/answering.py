"""Answers that are spoken: the microphone, the keys beside it, and the follow-ups."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from coach.assessment.norms import Norms
from coach.cli.keys import ENTER, NO_MORE
from coach.cli.stage import OPENING, THINKING, Stage, choose
from coach.errors import NoMicrophoneError, NoPortAudioError
from coach.improvement.choose import Choice
from coach.practice import EndOfSitting, SetAside, Skip, followup
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.review import speaking
from coach.review.scene import HELP, Action, Scene
from coach.review.words import clock
from coach.transcript.live import LiveHearing
from coach.transcript.transcript import Transcript

if TYPE_CHECKING:
    from coach.recording.recorder import Recorder
    from coach.recording.take import Status

FRAME = 0.05  # s between looks at the key and the meter: twenty frames a second
FALL = 40.0  # dB a second that the meter falls by: a column a frame
TAIL = 0.7  # s after a pause until all that was said before it is on disk
PATIENCE = 15.0  # s for the words of an answer, before it is left without a follow-up
NEWS = frozenset({"asked", "back", "part"})  # notices that are no news once the answer is over

START = Action(ENTER, "start", "start", "Start to speak; the second before it is kept too.")
STOP = Action(ENTER, "stop", "end", "End the answer.")
PAUSE = Action(" ", "pause", "pause", "Pause; what you say is not kept until you go on.")
ON = Action(" ", "on", "go on", "Go on with the answer.")
ASK = Action("f", "follow-up", "follow-up", "Be asked what an interviewer would ask now.")
RETAKE = Action("r", "again", "retake", "Put this take aside and answer the question again.")
SKIP = Action("s", "skip", "skip", "Leave this question; what was recorded does not count.")
QUIT = Action("q", "quit", "quit", "End the sitting; what was recorded is kept.")
_READ = Action(ENTER, "enough", "stop reading", "Stop the voice.")
_REPLY = Action(ENTER, "start", "answer it", "Go on with the same answer.")
_LEAVE = Action("s", "skip", "leave it", "End the answer without it.")
_ON = Action("s", "skip", "leave it", "Go on with the answer without it.")
_WITHOUT = Action(ENTER, "on", "go on without", "Wait no longer: nothing is asked now.")
_KEEP = Action(ENTER, "keep", "keep what is there", "End the answer with what was recorded.")
_OTHER = Action("g", "go", "another microphone", "Go on with the one plugged in now.")

_ALOUD = "Read aloud …"
_NOTHING_LEFT = "There is nothing left to ask. Go on, or end the answer."
_NOT_HEARD = "Your words are still being worked out, so nothing is asked yet. Go on."

Chooser = Callable[[Question, Transcript, Norms], str | None]


@dataclass(frozen=True)
class Manner:
    """How answers are taken.

    Attributes:
        auto_stop: silence ends an answer.
        captions: the words are shown while they are spoken.
        voice: the command that reads questions aloud; None where they are only shown.
        prep: s of thinking time, after which the recording starts by itself.
        limit: s after which an answer ends by itself.
        follow_ups: what is missing in an answer is asked for before it ends.
    """

    auto_stop: bool = False
    captions: bool = False
    voice: tuple[str, ...] | None = None
    prep: float | None = None
    limit: float | None = None
    follow_ups: bool = False


@dataclass
class _Answer:
    """An answer on its way."""

    choice: Choice
    recorder: "Recorder"
    shown: speaking.Answering
    asked: list[str] = field(default_factory=list)
    level: float = speaking.QUIETEST  # dBFS on the meter


class MicrophoneSource:
    """Records answers at the desk: Enter starts, Enter ends.

    Args:
        hearing: None where nobody wants the words.
    """

    spoken = True

    def __init__(
        self,
        stage: Stage,
        norms: Norms,
        device: str | None,
        hearing: LiveHearing | None,
        manner: Manner,
    ) -> None:
        self.hearing = hearing
        self._stage = stage
        self._norms = norms
        self._device = device
        self._manner = manner

    def check(self) -> None:
        """Find the microphone before a question is asked.

        Raises:
            NoMicrophoneError, NoPortAudioError: there is none.
        """
        from coach.recording.microphone import open_microphone  # PortAudio: 0.1-0.4 s

        open_microphone(self._device)

    def answer(self, choice: Choice, path: Path | None) -> Recording:
        from coach.recording.microphone import open_microphone
        from coach.recording.recorder import Recorder  # numpy and soxr: 0.2 s
        from coach.recording.speech import FAINT

        assert path is not None
        asked = self._ready(choice, Text(f"  {_ALOUD}", "dim"), ())
        self._read_aloud(asked, choice.question.text)
        microphone = open_microphone(self._device)
        with Recorder(microphone, path, auto_stop=self._manner.auto_stop) as recorder:
            self._stage.show(self._ready(choice, Text("  Opening the microphone …", "dim"), ()))
            recorder.open()
            self._prepare(choice, recorder)
            recorder.begin()
            if self.hearing:
                self.hearing.begin(recorder.part)
            band = self._norms.length(choice.question)
            answer = _Answer(choice, recorder, speaking.Answering(band, self._manner.limit, FAINT))
            try:
                key = self._converse(answer)
            except KeyboardInterrupt:
                key = QUIT.key
            recording = recorder.stop()
        self._say_notices(recording)
        if key in (RETAKE.key, SKIP.key):
            raise SetAside(recording, again=key == RETAKE.key)
        if key == QUIT.key:
            raise EndOfSitting(recording)
        if self.hearing:
            self.hearing.end(recording)
        return recording

    # ── Before ──

    def _read_aloud(self, scene: Scene, text: str) -> None:
        """Let the system's voice read, until its end or a key, while this is shown."""
        if self._manner.voice is None:
            return
        from coach.recording.voice import FAILED, Reading

        with Reading(self._manner.voice, text) as reading:
            lines = Text(_ALOUD, "dim")
            shown = replace(scene, name="reading", actions=(_READ, HELP), lines=lines)
            self._stage.show(shown)
            while not reading.over and self._stage.key(FRAME) not in (ENTER, NO_MORE):
                pass
            if reading.failed:
                self._stage.say(FAILED)

    def _prepare(self, choice: Choice, recorder: "Recorder") -> None:
        """Think, until a key or the end of the time given."""
        prep, began = self._manner.prep, time.monotonic()
        while prep is None or time.monotonic() - began < prep:
            self._wake(recorder)
            spent, width = time.monotonic() - began, self._stage.console.width - 2
            foot = speaking.thinking_time(spent, prep, width)
            scene = self._ready(choice, foot, (START, SKIP, HELP, QUIT))
            self._stage.show(replace(scene, name="ready", lines=speaking.time_given(prep)))
            key = self._stage.key(FRAME if prep or self._stage.draws else None)
            if key == ENTER:
                return
            if key == SKIP.key:
                raise Skip
            if key == QUIT.key:
                raise EndOfSitting

    def _ready(self, choice: Choice, foot: Text, actions: tuple[Action, ...]) -> Scene:
        band = self._norms.length(choice.question)
        body = Group("", speaking.asked(choice, band), "", foot)
        title = f"{self._stage.title} · Ready"
        return Scene(OPENING, title, body, actions, Text(foot.plain.strip(), "dim"))

    # ── While somebody speaks ──

    def _converse(self, answer: _Answer) -> str:
        """Listen until the answer is over; returns the key that ended it."""
        while True:
            key = self._listen(answer)
            if key is None:
                key = self._ended_by_itself(answer)
                if key is None:
                    continue
                return key
            by_user = key == ASK.key
            if by_user:
                key = self._ask(answer, partial(followup.wanted, asked=answer.asked), by_user=True)
            elif key == ENTER and self._manner.follow_ups and not answer.asked:
                key = self._ask(answer, followup.missing)
            else:
                return key
            if key == QUIT.key:
                return key
            if not by_user and key != ENTER:
                return ENTER
            answer.recorder.resume()

    def _listen(self, answer: _Answer) -> str | None:
        """Show the answer until a key is pressed or it ends by itself."""
        recorder = answer.recorder
        while True:
            self._wake(recorder)
            status = recorder.status()
            self._look(recorder, status)
            self._stage.show(self._speaking(answer, status))
            if status.ended or self._is_over(status):
                return None
            key = self._stage.key(FRAME)
            if key == PAUSE.key:
                (recorder.resume if status.paused else recorder.pause)()
            elif key in (ENTER, RETAKE.key, SKIP.key, QUIT.key) or (
                key == ASK.key and self.hearing
            ):
                return key

    def _look(self, recorder: "Recorder", status: "Status") -> None:
        if self.hearing:
            self.hearing.look(recorder.speech(), paused=status.paused)

    def _is_over(self, status: "Status") -> bool:
        return self._manner.limit is not None and status.elapsed >= self._manner.limit

    def _speaking(self, answer: _Answer, status: "Status") -> Scene:
        shown = answer.shown
        # It falls evenly: sound servers bring the sound in bursts, ten times a second at most.
        answer.level = max(status.level, answer.level - FALL * FRAME)
        status = replace(status, level=answer.level)
        if self._manner.captions and self.hearing:
            said = [word.text for word in self.hearing.words()]
            if status.speaking or not self.hearing.caught_up:
                said.append("…")  # the words come later than the voice
            shown = replace(shown, captions=" ".join(said))
        actions = [STOP, ON if status.paused else PAUSE, RETAKE, SKIP, HELP, QUIT]
        if self.hearing:
            actions.insert(2, ASK)
        return Scene(
            f"{'paused' if status.paused else 'speaking'} {len(answer.asked)}",
            f"{self._stage.title} · {'Paused' if status.paused else 'Speaking'}",
            speaking.Speaking(answer.choice.question.text, status, shown),
            actions,
            Text("Paused." if status.paused else "Recording."),
            speaking.told(status, shown),
        )

    # ── Follow-ups ──

    def _ask(self, answer: _Answer, chosen: Chooser, *, by_user: bool = False) -> str:
        """Ask a follow-up in the same take, which stands still from here on.

        Args:
            by_user: whether the user wants one, and so is told why there is none.

        Returns:
            The key: Enter where it will be answered, s where it is left or there is none, or q.
        """
        assert self.hearing is not None
        answer.recorder.pause()
        heard = self._heard_all(answer)
        said = self.hearing.so_far()
        text = chosen(answer.choice.question, said, self._norms) if heard else None
        if text is None:
            if by_user:
                self._stage.say(_NOTHING_LEFT if heard else _NOT_HEARD)
            return _LEAVE.key
        answer.asked.append(text)
        answer.recorder.note("asked", text)
        scene = Scene(
            f"follow-up {len(answer.asked)}",
            f"{self._stage.title} · A follow-up",
            Group(
                Padding(Text(answer.choice.question.text), (1, 2)),
                Padding(Text(text, "bold cyan"), (0, 2)),
            ),
            (_REPLY, _ON if by_user else _LEAVE, HELP, QUIT),
            Text(f"A follow-up: {text}"),
        )
        self._read_aloud(scene, text)
        key = choose(self._stage, scene)
        if key == ENTER:
            answer.shown = replace(answer.shown, follow_up=text)
        return key

    def _heard_all(self, answer: _Answer) -> bool:
        """Wait until the words of the answer so far are there; whether they came in time."""
        began = time.monotonic()
        title = self._stage.title
        waiting = replace(answer.shown, step="Thinking of a follow-up …")
        while (waited := time.monotonic() - began) < PATIENCE:
            status = answer.recorder.status()
            self._look(answer.recorder, status)
            if waited > TAIL and self.hearing and self.hearing.caught_up:
                return True
            body = speaking.Speaking(answer.choice.question.text, status, waiting)
            title = f"{self._stage.title} · A moment"
            self._stage.show(Scene(THINKING, title, body, (_WITHOUT,), Text(waiting.step or "")))
            if self._stage.key(FRAME) == ENTER:
                return False
        return False

    # ── When something goes wrong ──

    def _wake(self, recorder: "Recorder") -> None:
        """Open the microphone anew after a sleep: some systems leave a stream that is dead.

        Where that fails, the recorder's status tells it.
        """
        if recorder.status().slept:
            from coach.recording.microphone import open_microphone

            with contextlib.suppress(NoMicrophoneError):
                recorder.switch(lambda: open_microphone(self._device))

    def _ended_by_itself(self, answer: _Answer) -> str | None:
        """Returns the key that this stands for, or None where the answer goes on.

        A microphone that is gone may be followed by another, in the same answer.
        """
        from coach.recording.microphone import open_microphone

        status = answer.recorder.status()
        if self._is_over(status):
            self._stage.say("The time given is over, so the answer has ended.")
        if not status.notices or status.notices[-1].kind != "gone":
            return ENTER
        while True:
            body = Padding(Text(answer.recorder.status().ended or "", "yellow"), (1, 2))
            title = f"{self._stage.title} · The microphone"
            scene = Scene("gone", title, body, (_KEEP, _OTHER, HELP, QUIT))
            if (key := choose(self._stage, scene)) != _OTHER.key:
                return key
            try:
                answer.recorder.switch(open_microphone)
            except (NoMicrophoneError, NoPortAudioError) as error:
                self._stage.say(error.message)
            else:
                self._device = None  # the one that was asked for is gone
                return None

    def _say_notices(self, recording: Recording) -> None:
        """What was noticed in the answer; where lines are printed, it was said at once."""
        if self._stage.draws:
            when: dict[str, list[str]] = {}
            for notice in recording.notices:
                if notice.kind not in NEWS:
                    when.setdefault(notice.text, []).append(clock(notice.at))
            for text, times in when.items():
                self._stage.say(f"{', '.join(times)} {text}")
