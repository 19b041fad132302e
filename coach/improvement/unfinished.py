"""What an earlier sitting did not come to the end of."""

from coach import places
from coach.improvement.agenda import Agenda, Passed
from coach.improvement.entries import Attempt, State
from coach.improvement.log import Log
from coach.questions.question import Question

KEPT = tuple(state for state in State if state is not State.DISCARDED)


def pending(log: Log) -> tuple[Attempt, ...]:
    """Takes that an earlier sitting left unfinished, the oldest first."""
    left = log.attempts(states=(State.RECORDING, State.RECORDED, State.TRANSCRIBED))
    return tuple(attempt for attempt in reversed(left) if not attempt.is_draft)


def drafts(log: Log) -> tuple[Attempt, ...]:
    """Typed answers that were left in the middle, the newest first; they wait for their user."""
    return tuple(each for each in log.attempts(states=(State.RECORDING,)) if each.is_draft)


def draft_of(log: Log, question: Question) -> Attempt | None:
    """The last answer to this question that was left in the middle."""
    return next((each for each in drafts(log) if each.question.id == question.id), None)


def waiting_told(count: int) -> str:
    """In words, how many takes wait; one or more."""
    return f"{'One take waits' if count == 1 else f'{count} takes wait'} to be judged"


def cut_short(log: Log) -> tuple[str, ...]:
    """What crashes left behind, in words; takes that are being recorded now are not among it."""
    if not any(a.state is State.RECORDING and a.path for a in pending(log)):
        return ()
    from coach.recording.leftovers import find_leftovers  # numpy: 0.1 s

    return tuple(left.text for left in find_leftovers(places.recordings()))


def open_mock(log: Log) -> int | None:
    """The number of the last sitting, where it is a mock interview that has questions left."""
    agenda = log.shelf(Agenda).last()
    if agenda is None:
        return None
    latest = log.attempts(states=KEPT, limit=1)
    last = latest[0].sitting if latest else 0
    behind = questions_behind(log, agenda)
    begun = behind > 0 or last == agenda.sitting  # a draft alone is a beginning, too
    is_open = begun and behind < len(agenda.choices) and last <= agenda.sitting
    return agenda.sitting if is_open else None


def questions_behind(log: Log, agenda: Agenda) -> int:
    """How many of its questions lie behind: up to the last that was answered or passed over."""
    takes = [log.attempt(number) for number in log.takes_of(agenda.sitting)]
    put = {take.question.id for take in takes if not take.is_draft}
    put |= {each.question for each in log.shelf(Passed).all() if each.sitting == agenda.sitting}
    behind = [n for n, c in enumerate(agenda.choices, 1) if c.question.id in put]
    return max(behind, default=0)
