"""What is left to do for a take: recover it, hear it, judge it.

Each step is saved as it ends, and can be run again by a later command.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from coach.errors import CoachError, NoSpeechError
from coach.improvement.entries import Attempt, JudgedTake, State
from coach.improvement.log import Log
from coach.improvement.rejudge import judge
from coach.improvement.same_words import note_retold
from coach.improvement.unfinished import pending
from coach.practice.desk import Desk
from coach.practice.seats import Screen
from coach.recording.audio_file import samples_on_disk
from coach.recording.recording import SAMPLE_RATE, Recording, part_of
from coach.transcript.transcript import Transcript

LISTENING = "Listening to your answer"


def recording_on_disk(path: Path, started: datetime) -> Recording:
    """A recording whose end was not seen, from its file."""
    from coach.recording.audio_file import read_audio  # numpy and soundfile: 0.2 s

    samples = read_audio(path, partial=True)
    return Recording(path, len(samples) / SAMPLE_RATE, started, "unknown")


def finish(
    desk: Desk,
    attempt: Attempt,
    screen: Screen,
    progress: Callable[[float, float], None] = lambda _done, _of: None,
    step: str = LISTENING,
) -> JudgedTake:
    """Do what is left to do for a take that is on disk: transcribe it, assess it.

    Args:
        progress: is told how many seconds of the take are heard, of how many.
        step: what the user is told meanwhile.

    Raises:
        NoSpeechError: nobody speaks in it; the take is put aside.
    """
    if attempt.state is State.RECORDED:
        hear = partial(desk.worker.hear, partial=True, progress=progress)
        attempt = transcribe(desk.log, attempt, screen, hear, attempt.path, step)
    if attempt.state is State.TRANSCRIBED and attempt.transcript:
        judged = judge(attempt, attempt.transcript, desk.norms)
        take = desk.log.save_assessment(attempt.id, judged)
        note_retold(desk.log, take, desk.clock())
        return take
    return desk.log.judged_take(attempt.id)


def transcribe(
    log: Log,
    attempt: Attempt,
    screen: Screen,
    hear: Callable[..., Transcript],
    take: object,
    step: str = LISTENING,
) -> Attempt:
    """Hear a take, and keep its words.

    Raises:
        NoSpeechError: nobody speaks in it; the take is put aside.
    """
    try:
        heard = hear(take, waiting=screen.waiting(step))
    except NoSpeechError:
        log.discard(attempt.id)
        raise
    return log.save_transcript(attempt.id, heard)


def training_line(attempt: JudgedTake) -> dict[str, object]:
    """A corrected take as a line that `coach.assessment.evaluate` and `train` read."""
    judged = attempt.assessment
    return {
        "id": f"take-{attempt.id}",
        "question": attempt.question.text,
        "sentences": [sentence.text for sentence in judged.sentences],
        "labels": [sentence.part or "O" for sentence in judged.sentences],
        "missing": [part.value for part in judged.missing],
    }


def seconds_left(attempt: Attempt) -> float:
    """How much of a pending take is still to be heard."""
    if attempt.state is State.TRANSCRIBED or attempt.path is None:
        return 0.0
    if attempt.recording is not None:
        return attempt.recording.seconds
    part = part_of(attempt.path)
    with suppress(OSError):
        return samples_on_disk(part if part.exists() else attempt.path) / SAMPLE_RATE
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
                step = f"Judging take {attempt.id} of an earlier sitting"
                told = partial(_tell, heard, before, seconds)
                done.append(finish(desk, recovered, screen, told, step))
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
        return log.save_recording(attempt.id, recording_on_disk(attempt.path, attempt.started))
    if not part.exists():  # if it does, another sitting is recording it now
        log.discard(attempt.id)
    return None
