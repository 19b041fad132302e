"""A sitting: ask, answer, transcribe, assess, log, show.

A take is on disk and in the log before anything else happens to it; every later step is saved as it
ends and can be run again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coach import places
from coach.assessment.assess import load_models
from coach.errors import CoachError, NoSpeechError, TranscriptionError
from coach.improvement.beside import Beside
from coach.improvement.choose import Choice
from coach.improvement.entries import Attempt, JudgedTake
from coach.improvement.interviews import next_interview
from coach.improvement.log import Log
from coach.improvement.schedule import questions_due
from coach.practice.desk import Desk
from coach.practice.finish import catch_up, finish, recording_on_disk, transcribe
from coach.practice.seats import Again, EndOfSitting, FollowedUp, Screen, SetAside, Skip, Source
from coach.questions.question import Question
from coach.recording.recording import Recording, part_of
from coach.transcript.transcript import Transcript


@dataclass
class Sitting:
    """One drill or mock interview on its way."""

    desk: Desk
    source: Source
    screen: Screen
    number: int = 0
    taken: list[Attempt] = field(default_factory=list)


def sit_down(
    desk: Desk, source: Source, screen: Screen, mode: str, number: int | None = None
) -> Sitting:
    """Finish what was left, warm up the engine, and open the sitting.

    Args:
        number: of an earlier sitting that is gone on with; None for a new one.
    """
    catch_up(desk, screen)
    if source.hearing is not None:
        desk.worker.start()  # it loads while the question is read
    if source.spoken:
        load_models()  # and so does what judges
    if number is None:
        number = desk.log.start_sitting(mode, desk.clock())
    return Sitting(desk, source, screen, number)


@contextmanager
def ending(sitting: Sitting) -> Iterator[None]:
    """Ends a sitting in the log, however it ends; an early end by the user is a normal one."""
    try:
        with suppress(EndOfSitting):
            yield
    finally:
        sitting.desk.log.end_sitting(sitting.number, sitting.desk.clock())


def ask(sitting: Sitting, choice: Choice, number: int, total: int, *, results: bool) -> None:
    """Ask one question until its answer stands, or it is passed over.

    Args:
        results: whether the result follows at once.

    Raises:
        EndOfSitting: the user has had enough.
    """
    retake = False
    while True:
        sitting.screen.question(choice, number, total)
        try:
            _answer(sitting, choice, last=number == total, results=results, retake=retake)
        except Again as again:
            choice, retake = replace(choice, why=again.why), True
            continue
        except SetAside as aside:
            if aside.again:
                continue
        except NoSpeechError as error:
            sitting.screen.problem(error)
            continue
        except TranscriptionError as error:  # the take is kept, and heard by a later command
            sitting.screen.problem(error)
        except Skip:
            pass
        return


def _answer(sitting: Sitting, choice: Choice, *, last: bool, results: bool, retake: bool) -> None:
    attempt = take(sitting, choice)
    if not results:
        try:
            sitting.screen.taken(attempt, last=last)
        except (Again, Skip):
            sitting.desk.log.discard(attempt.id)
            raise
        return
    try:
        judged = finish(sitting.desk, attempt, sitting.screen)
    except (NoSpeechError, TranscriptionError) as error:
        sitting.screen.problem(error)
        return
    sitting.taken.append(judged)
    while True:
        try:
            sitting.screen.result(judged, _beside(sitting, judged, choice, retake), last=last)
        except FollowedUp as more:
            said = sitting.desk.log.save_transcript(judged.id, more.answer)
            judged = sitting.taken[-1] = finish(sitting.desk, said, sitting.screen)
        else:
            return


def _beside(sitting: Sitting, judged: JudgedTake, choice: Choice, retake: bool) -> Beside:
    log, now = sitting.desk.log, sitting.desk.clock().astimezone()
    question = judged.question.id
    number = log.take_before(question, judged.id)
    interview = next_interview(log, now)
    until = interview.begins if interview else None
    due = questions_due(log.summaries(question), now, until)
    return Beside(
        None if number is None else log.judged_take(number),
        retake,
        choice.area,
        log.retold().get(judged.id),
        (due[question].on - now.date()).days if question in due else None,
    )


def take(sitting: Sitting, choice: Choice) -> Attempt:
    """Take one answer; its row is in the log before anything is recorded."""
    desk, now = sitting.desk, sitting.desk.clock()
    path = take_path(now, choice.question) if sitting.source.spoken else None
    attempt = desk.log.add_attempt(sitting.number, choice.question, choice.why, now, path)
    try:
        answer = sitting.source.answer(choice, path)
    except SetAside as aside:
        _save(desk.log, attempt, aside.answer)
        desk.log.discard(attempt.id)
        raise
    except EndOfSitting as end:
        if end.answer is None:
            desk.log.discard(attempt.id)
        elif end.draft and isinstance(end.answer, Transcript):
            desk.log.save_draft(attempt.id, end.answer)
        else:
            _save(desk.log, attempt, end.answer)
        if isinstance(end.__cause__, SystemExit):
            raise end.__cause__ from None
        raise
    except (Skip, CoachError):
        desk.log.discard(attempt.id)
        raise
    except KeyboardInterrupt:
        _keep_or_discard(desk.log, attempt)
        raise EndOfSitting from None
    except SystemExit:  # the terminal was closed, or the system is going down
        _keep_or_discard(desk.log, attempt)
        raise
    attempt = _save(desk.log, attempt, answer)
    if sitting.source.hearing is None:
        return attempt
    return transcribe(desk.log, attempt, sitting.screen, sitting.source.hearing.finish, answer)


def _save(log: Log, attempt: Attempt, answer: Recording | Transcript) -> Attempt:
    if isinstance(answer, Transcript):
        return log.save_transcript(attempt.id, answer)
    return log.save_recording(attempt.id, answer)


def _keep_or_discard(log: Log, attempt: Attempt) -> None:
    """After Ctrl+C: what was recorded waits in the log, to be heard by the next command."""
    if attempt.path is not None and attempt.path.is_file():
        log.save_recording(attempt.id, recording_on_disk(attempt.path, attempt.started))
    else:
        log.discard(attempt.id)


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
