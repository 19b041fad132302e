"""A sitting: choose, ask, answer, transcribe, assess, log, show.

A take is on disk and in the log before anything else happens to it; every later step is saved as it
ends and can be run again.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from coach import places
from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment, Correction
from coach.assessment.model import load_model
from coach.assessment.norms import Norms, load_norms
from coach.errors import CoachError, NoSpeechError, TranscriptionError
from coach.improvement.choose import Choice, Known, choose
from coach.improvement.entries import Attempt, State
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.mock import WHOLE, choose_mock, fitting
from coach.improvement.schedule import areas_due, questions_due
from coach.improvement.standing import Standing, standings
from coach.questions.bank import load_banks
from coach.questions.filter import Filter, matching, of_company
from coach.questions.question import Question, worded
from coach.recording.recording import Recording, part_of
from coach.transcript.engine import EngineChoice
from coach.transcript.live import LiveHearing
from coach.transcript.pieces import seconds_on_disk
from coach.transcript.transcript import Transcript
from coach.transcript.worker import Worker

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def all_questions() -> tuple[Question, ...]:
    """The shipped banks and the user's own."""
    return load_banks((places.shipped_banks(), places.own_banks()))


def all_standings(log: Log, now: datetime) -> dict[str, Standing]:
    return standings(log.points(), log.levels(), now)


def all_known(log: Log, now: datetime) -> Known:
    """What the log says that bears on the next choice.

    Where an interview is noted, what is weak comes due before it.

    Args:
        now: what is due counts in days of the place where the coach runs.
    """
    here = now.astimezone()
    interview = next_interview(log, now)
    until = interview.begins if interview else None
    levels = log.levels()
    return Known(
        standings(log.points(), levels, now),
        questions_due(log.summaries(), here, until),
        areas_due(levels, here, until),
        log.could_answer(),
    )


class Skip(Exception):  # noqa: N818  a choice of the user, not an error
    """The user passes this question over."""


class EndOfSitting(Exception):  # noqa: N818
    """The user ends the sitting, or no answer is left."""


class SetAside(Exception):  # noqa: N818
    """The user does not want this take to count; it stays on disk and in the log all the same."""

    def __init__(self, recording: Recording, *, again: bool) -> None:
        super().__init__(recording, again)
        self.recording = recording
        self.again = again


class Source(Protocol):
    """Where answers come from: a microphone, files, or a keyboard.

    Attributes:
        spoken: whether an answer is sound.
        hearing: hears it while it is spoken; None where it is there at once.
    """

    spoken: bool
    hearing: LiveHearing | None

    def answer(self, choice: Choice, path: Path | None) -> Recording | Transcript:
        """Take one answer.

        Args:
            choice: the question, shown while the user prepares.
            path: where a recording is to lie; None for typed answers.

        Raises:
            Skip, SetAside, EndOfSitting: the user's choice.
            KeyboardInterrupt, SystemExit: the sitting ends; what was recorded is at `path`.
        """


class Again(Exception):  # noqa: N818
    """The user wants to answer the same question once more."""


class Screen(Protocol):
    """What a sitting shows."""

    def question(self, choice: Choice, number: int, total: int) -> None: ...

    def waiting(self, step: str) -> Callable[[], None]: ...

    def result(self, attempt: Attempt, before: Attempt | None, *, last: bool) -> None:
        """Show one result.

        Raises:
            Again: the user wants a retake.
            EndOfSitting: the user has had enough.
        """

    def scorecard(self, attempts: Sequence[Attempt]) -> None: ...

    def note(self, text: str) -> None: ...

    def problem(self, error: CoachError) -> None: ...


@dataclass
class Desk:
    """What a sitting needs: the log, the norms, the recogniser's process and a clock."""

    log: Log
    worker: Worker
    norms: Norms
    clock: Clock = utc_now

    @classmethod
    def lay(cls, log: Log, engine: EngineChoice, clock: Clock = utc_now) -> "Desk":
        return cls(log, Worker(*engine), load_norms(places.own_norms()), clock)


@dataclass
class Sitting:
    """One drill or mock interview on its way."""

    desk: Desk
    source: Source
    screen: Screen
    number: int = 0
    taken: list[Attempt] = field(default_factory=list)


def drill(
    desk: Desk,
    source: Source,
    screen: Screen,
    *,
    questions: Sequence[Question],
    count: int,
    areas: Sequence[str] = (),
    wanted: Filter | None = None,
    seed: int = 0,
) -> tuple[Attempt, ...]:
    """Ask questions aimed at weak areas, one after the other, with the result after each answer."""
    pool = _pool(questions, wanted)
    count = min(count, len(pool))
    sitting = _sit_down(desk, source, screen, "drill")
    asked: list[Choice] = []

    def next_choice() -> Choice:
        now = desk.clock()
        choice = choose(
            pool,
            all_known(desk.log, now),
            now.astimezone(),
            seed + len(asked),
            areas=areas,
            skip=[c.question.id for c in asked],
            covered=[c.area for c in asked],
            wanted=wanted,
        )
        asked.append(choice)
        return _worded(choice, seed)

    with _ending(sitting):
        for number in range(1, count + 1):
            _ask(sitting, next_choice(), number, count, results=True)
    return tuple(sitting.taken)


def _pool(questions: Sequence[Question], wanted: Filter | None) -> Sequence[Question]:
    if wanted is None:
        return questions
    found = matching(questions, wanted)
    return of_company(found, wanted.company) if wanted.company else found


def mock(
    desk: Desk,
    source: Source,
    screen: Screen,
    *,
    count: int | None = None,
    minutes: float | None = None,
    wanted: Filter | None = None,
    seed: int = 0,
) -> tuple[Attempt, ...]:
    """A whole interview; the results come at the end.

    Args:
        count: of its questions; without one it is as long as `minutes`, or else a short whole one.
    """
    wanted = wanted or Filter()
    if count is None:
        count = fitting(minutes, desk.norms, wanted.kinds) if minutes else WHOLE
    now = desk.clock()
    choices = choose_mock(
        matching(all_questions(), wanted),
        all_known(desk.log, now),
        now.astimezone(),
        seed,
        count,
        wanted,
    )
    sitting = _sit_down(desk, source, screen, "mock")
    with _ending(sitting):
        for number, choice in enumerate(choices, 1):
            _ask(sitting, _worded(choice, seed), number, len(choices), results=False)
    if sitting.taken:
        sitting.taken = [_finish(sitting, attempt) for attempt in sitting.taken]
        screen.scorecard([a for a in sitting.taken if a.state is State.ASSESSED])
    return tuple(sitting.taken)


def _worded(choice: Choice, seed: int) -> Choice:
    return replace(choice, question=worded(choice.question, seed))


def _sit_down(desk: Desk, source: Source, screen: Screen, mode: str) -> Sitting:
    catch_up(desk, screen)
    if source.spoken:
        desk.worker.start()  # it loads while the question is read
        load_model()  # and so does the labeller: 0.2 s that the first result need not wait for
    return Sitting(desk, source, screen, desk.log.start_sitting(mode, desk.clock()))


class _ending:  # noqa: N801  reads as a statement
    """Ends a sitting in the log, however it ends; an early end by the user is a normal one."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        desk = self._sitting.desk
        desk.log.end_sitting(self._sitting.number, desk.clock())
        return kind is EndOfSitting


def _ask(sitting: Sitting, choice: Choice, number: int, total: int, *, results: bool) -> None:
    before: Attempt | None = None
    while True:
        sitting.screen.question(choice, number, total)
        try:
            attempt = _take(sitting, choice)
        except Skip:
            return
        except SetAside as aside:
            if aside.again:
                continue
            return
        except NoSpeechError as error:
            sitting.screen.problem(error)
            continue
        except TranscriptionError as error:  # the take is kept, and heard by a later command
            sitting.screen.problem(error)
            return
        sitting.taken.append(attempt)
        if not results:
            return
        try:
            sitting.taken[-1] = attempt = _finish(sitting, attempt)
        except (NoSpeechError, TranscriptionError) as error:
            sitting.taken.pop()
            sitting.screen.problem(error)
            return
        try:
            sitting.screen.result(attempt, before, last=number == total)
        except Again:
            before = attempt
            continue
        return


def _take(sitting: Sitting, choice: Choice) -> Attempt:
    """Take one answer; its row is in the log before anything is recorded."""
    desk, now = sitting.desk, sitting.desk.clock()
    path = take_path(now, choice.question) if sitting.source.spoken else None
    attempt = desk.log.add_attempt(sitting.number, choice.question, choice.why, now, path)
    try:
        answer = sitting.source.answer(choice, path)
    except SetAside as aside:
        desk.log.save_recording(attempt.id, aside.recording)
        desk.log.discard(attempt.id)
        raise
    except (Skip, EndOfSitting, CoachError):
        desk.log.discard(attempt.id)
        raise
    except KeyboardInterrupt:
        _keep_or_discard(desk.log, attempt)
        raise EndOfSitting from None
    except SystemExit:  # the terminal was closed, or the system is going down
        _keep_or_discard(desk.log, attempt)
        raise
    if isinstance(answer, Transcript):
        return desk.log.save_transcript(attempt.id, answer)
    attempt = desk.log.save_recording(attempt.id, answer)
    if sitting.source.hearing is None:
        return attempt
    return _transcribe(desk.log, attempt, sitting.screen, sitting.source.hearing.finish, answer)


def _keep_or_discard(log: Log, attempt: Attempt) -> None:
    """After Ctrl+C: what was recorded waits in the log, to be heard by the next command."""
    if attempt.path is not None and attempt.path.is_file():
        log.save_recording(attempt.id, recording_on_disk(attempt))
    else:
        log.discard(attempt.id)


def recording_on_disk(attempt: Attempt) -> Recording:
    """A recording whose end was not seen, from its file."""
    from coach.recording.audio_file import read_audio  # numpy and soundfile: 0.2 s
    from coach.recording.recording import SAMPLE_RATE

    samples = read_audio(attempt.path, partial=True)
    return Recording(attempt.path, len(samples) / SAMPLE_RATE, attempt.started, "unknown")


def _finish(sitting: Sitting, attempt: Attempt) -> Attempt:
    return finish(sitting.desk, attempt, sitting.screen)


def finish(
    desk: Desk,
    attempt: Attempt,
    screen: Screen,
    progress: Callable[[float, float], None] = lambda _done, _of: None,
) -> Attempt:
    """Do what is left to do for a take: transcribe it, assess it.

    Args:
        progress: is told how many seconds of the take are heard, of how many.

    Raises:
        NoSpeechError: nobody speaks in it; the take is put aside.
    """
    if attempt.state is State.RECORDED:
        hear = partial(desk.worker.hear, partial=True, progress=progress)
        attempt = _transcribe(desk.log, attempt, screen, hear, attempt.path)
    if attempt.state is State.TRANSCRIBED:
        judged = judge(attempt, desk.norms, attempt.corrections)
        attempt = desk.log.save_assessment(attempt.id, judged)
    return attempt


def _transcribe(
    log: Log, attempt: Attempt, screen: Screen, hear: Callable[..., Transcript], take: object
) -> Attempt:
    try:
        heard = hear(take, waiting=screen.waiting("Listening to your answer"))
    except NoSpeechError:
        log.discard(attempt.id)
        raise
    return log.save_transcript(attempt.id, heard)


def judge(attempt: Attempt, norms: Norms, corrections: Sequence[Correction]) -> Assessment:
    return assess(attempt.question, attempt.transcript, norms, attempt.recording, corrections)


def correct(
    log: Log, attempt: Attempt, changes: Sequence[Correction], norms: Norms, now: datetime
) -> Attempt:
    """Keep what the user says of some sentences, and judge the take again by it."""
    changed = {(change.first, change.last) for change in changes}
    kept = [c for c in attempt.corrections if (c.first, c.last) not in changed]
    corrections = (*kept, *changes)
    return log.save_corrections(attempt.id, corrections, judge(attempt, norms, corrections), now)


def training_line(attempt: Attempt) -> dict[str, object]:
    """A corrected take as a line that `coach.assessment.evaluate` and `train` read."""
    judged = attempt.assessment
    return {
        "id": f"take-{attempt.id}",
        "question": attempt.question.text,
        "sentences": [sentence.text for sentence in judged.sentences],
        "labels": [sentence.part or "O" for sentence in judged.sentences],
        "missing": [part.value for part in judged.missing],
    }


def pending(log: Log) -> tuple[Attempt, ...]:
    """Takes that an earlier sitting left unfinished, the oldest first."""
    left = log.attempts(states=(State.RECORDING, State.RECORDED, State.TRANSCRIBED))
    return tuple(reversed(left))


def seconds_left(attempt: Attempt) -> float:
    """How much of a pending take is still to be heard."""
    if attempt.state is State.TRANSCRIBED or attempt.path is None:
        return 0.0
    if attempt.recording is not None:
        return attempt.recording.seconds
    part = part_of(attempt.path)
    with suppress(OSError):
        return seconds_on_disk(part if part.exists() else attempt.path)
    return 0.0


def catch_up(
    desk: Desk, screen: Screen, heard: Callable[[float], None] = lambda _seconds: None
) -> tuple[Attempt, ...]:
    """Finish what an earlier sitting left: recover, transcribe, assess.

    Args:
        heard: is told how many seconds of all takes are done, of those that `seconds_left` gives.
    """
    done, before = [], 0.0
    for attempt in pending(desk.log):
        seconds = seconds_left(attempt)
        try:
            recovered = _recover(desk.log, attempt)
            if recovered is not None:
                for notice in recovered.recording.notices if recovered.recording else ():
                    screen.note(notice.text)
                done.append(finish(desk, recovered, screen, partial(_tell, heard, before, seconds)))
        except CoachError as error:
            screen.problem(error)
        before += seconds
        heard(before)
    return tuple(done)


def _tell(
    heard: Callable[[float], None], before: float, seconds: float, now: float, of: float
) -> None:
    """So much of a take is heard, that much of all takes."""
    heard(before + seconds * now / of)


def cut_short(log: Log) -> tuple[str, ...]:
    """What crashes left behind, in words; takes that are being recorded now are not among it."""
    if not any(a.state is State.RECORDING and a.path for a in pending(log)):
        return ()
    from coach.recording.leftovers import find_leftovers  # numpy: 0.1 s

    return tuple(left.text for left in find_leftovers(places.recordings()))


def _recover(log: Log, attempt: Attempt) -> Attempt | None:
    """A take that is on disk; None where there is nothing to go on with."""
    if attempt.state is not State.RECORDING:
        return attempt
    if attempt.path is None:  # a typed answer that was never finished
        log.discard(attempt.id)
        return None
    from coach.recording.leftovers import find_leftovers, recover  # numpy: 0.1 s

    part = part_of(attempt.path)
    left = [each for each in find_leftovers(part.parent) if each.path == part]
    if left:
        return log.save_recording(attempt.id, recover(left[0]))
    if attempt.path.is_file():
        return log.save_recording(attempt.id, recording_on_disk(attempt))
    if not part.exists():  # if it does, another sitting is recording it now
        log.discard(attempt.id)
    return None


def take_path(now: datetime, question: Question) -> Path:
    """Where a take lies: a folder a day, named by the local time and the question."""
    local = now.astimezone()
    name = re.sub(r"[^a-z0-9]+", "-", (question.id or "question").lower()).strip("-")
    folder = places.recordings() / f"{local:%Y-%m-%d}"
    path = folder / f"{local:%H%M%S}-{name}.wav"
    number = 2
    while path.exists() or part_of(path).exists():
        path = folder / f"{local:%H%M%S}-{name}-{number}.wav"
        number += 1
    return path
