"""The kinds of sitting: a drill, a mock interview, a past question again, a warm-up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coach.errors import (
    NoSpeechError,
    TranscriptionError,
    UnknownEntryError,
    UnknownQuestionError,
)
from coach.improvement.agenda import Agenda, Passed
from coach.improvement.choose import Choice, Known, choose, choose_next, explain
from coach.improvement.entries import Attempt, JudgedTake, State
from coach.improvement.known import all_known
from coach.improvement.mock import WHOLE, choose_mock, fitting
from coach.improvement.removed import removed_questions
from coach.improvement.schedule import questions_due
from coach.improvement.scorecard import score
from coach.improvement.unfinished import questions_behind
from coach.practice.desk import Desk, all_questions
from coach.practice.finish import finish
from coach.practice.seats import Screen, SetAside, Skip, Source
from coach.practice.sitting import Sitting, ask, ending, sit_down, take
from coach.questions.filter import Filter, is_own, matching, of_company
from coach.questions.question import Kind, Question, worded

_EASY = (Kind.INTRO,)  # about oneself: nothing has to be remembered or weighed for it


def drill(  # noqa: PLR0913  each is a wish of the user's
    desk: Desk,
    source: Source,
    screen: Screen,
    *,
    questions: Sequence[Question],
    count: int,
    areas: Sequence[str] = (),
    wanted: Filter | None = None,
    first: Choice | None = None,
    due: bool = False,
    seed: int = 0,
) -> tuple[Attempt, ...]:
    """Ask questions aimed at weak areas, one after the other, with the result after each answer.

    Args:
        wanted: None where the questions were named one by one.
        first: what is asked before all others; None where nothing is.
        due: whether only questions that are due again are asked.
    """
    typed = not source.spoken
    pool = questions if wanted is None else _pool(desk, questions, wanted)
    if due:
        pool = _due(desk, pool)
    count = min(count, len(pool))
    sitting = sit_down(desk, source, screen, "drill")
    asked: list[Choice] = []

    def next_choice() -> Choice:
        if first and not asked:
            asked.append(first)
            return first
        now = desk.clock()
        known, here, turn = all_known(desk.log, now), now.astimezone(), seed + len(asked)
        if areas or due or wanted is None:
            skip, covered = [c.question.id for c in asked], [c.area for c in asked]
            try:
                choice = choose(
                    pool,
                    known,
                    here,
                    turn,
                    areas=areas,
                    skip=skip,
                    covered=covered,
                    wanted=wanted,
                    typed=typed,
                )
            except UnknownQuestionError:
                if areas or wanted is not None:
                    raise
                choice = _named(pool[0], known, here.date())
        else:
            choice = choose_next(pool, known, here, turn, asked, wanted=wanted, typed=typed)
        asked.append(choice)
        return _worded(choice, known, seed)

    with ending(sitting):
        for number in range(1, count + 1):
            ask(sitting, next_choice(), number, count, results=True)
    return tuple(sitting.taken)


def _named(question: Question, known: Known, today: date) -> Choice:
    """A question that the user named, though nothing asks for it."""
    area = question.areas[0]
    return Choice(question, area, explain(question, area, known, today))


def _pool(desk: Desk, questions: Sequence[Question], wanted: Filter) -> Sequence[Question]:
    found = matching(_kept(desk, questions), wanted)
    return of_company(found, wanted.company) if wanted.company else found


def _kept(desk: Desk, questions: Sequence[Question]) -> Sequence[Question]:
    removed = removed_questions(desk.log)
    return [question for question in questions if question.id not in removed]


def _due(desk: Desk, questions: Sequence[Question]) -> Sequence[Question]:
    """
    Raises:
        UnknownQuestionError: none of them is due today.
    """
    now = desk.clock()
    known, today = all_known(desk.log, now), now.astimezone().date()
    found = [question for question in questions if known.is_due(question, today)]
    if not found:
        raise UnknownQuestionError(
            "No question is due today.", "`coach drill` chooses what helps you most."
        )
    return found


def _worded(choice: Choice, known: Known, seed: int) -> Choice:
    """In its main wording the first time, in any of them from then on."""
    if choice.question.id not in known.questions_due:
        return choice
    return replace(choice, question=worded(choice.question, seed))


def retry(
    desk: Desk, source: Source, screen: Screen, question: Question, why: str
) -> tuple[Attempt, ...]:
    """Ask a past question again, in the words in which it was asked."""
    sitting = sit_down(desk, source, screen, "drill")
    with ending(sitting):
        ask(sitting, Choice(question, "", why), 1, 1, results=True)
    return tuple(sitting.taken)


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
    known = all_known(desk.log, now)
    drawn = choose_mock(
        matching(_kept(desk, all_questions()), wanted),
        known,
        now.astimezone(),
        seed,
        count,
        wanted,
        typed=not source.spoken,
    )
    sitting = sit_down(desk, source, screen, "mock")
    agenda = Agenda(sitting.number, tuple(_worded(choice, known, seed) for choice in drawn))
    desk.log.shelf(Agenda).put(agenda, now)
    return _interview(sitting, agenda)


def resume_mock(desk: Desk, source: Source, screen: Screen) -> tuple[Attempt, ...]:
    """Go on with the last mock interview, after the last of its questions that was put.

    Where none is left, only its results come.

    Raises:
        UnknownEntryError: there was no mock interview.
    """
    agenda = desk.log.shelf(Agenda).last()
    if agenda is None:
        raise UnknownEntryError(
            "There is no mock interview to go on with.", "`coach mock` begins one."
        )
    sitting = sit_down(desk, source, screen, "mock", agenda.sitting)
    return _interview(sitting, agenda)


def _interview(sitting: Sitting, agenda: Agenda) -> tuple[Attempt, ...]:
    """Ask what is left of it; then come the results of all of it."""
    desk, choices = sitting.desk, agenda.choices
    behind = questions_behind(desk.log, agenda)
    with ending(sitting):
        for number, choice in enumerate(choices[behind:], behind + 1):
            ask(sitting, choice, number, len(choices), results=False)
            if questions_behind(desk.log, agenda) < number:
                passed = Passed(agenda.sitting, choice.question.id)
                desk.log.shelf(Passed).put(passed, desk.clock())
    found = (_finished(sitting, number) for number in desk.log.takes_of(sitting.number))
    taken = tuple(attempt for attempt in found if not attempt.is_draft)
    if any(isinstance(attempt, JudgedTake) for attempt in taken):
        due = questions_due(desk.log.summaries(), desk.clock().astimezone())
        put = [choice.question for choice in choices[: questions_behind(desk.log, agenda)]]
        sitting.screen.scorecard(score(taken, put, len(choices), due, desk.log.retold()))
    return taken


def _finished(sitting: Sitting, number: int) -> Attempt:
    """A take, judged where that can be done now; it waits where not."""
    attempt = sitting.desk.log.attempt(number)
    if attempt.state is State.RECORDING:  # by another process
        return attempt
    try:
        return finish(sitting.desk, attempt, sitting.screen)
    except (NoSpeechError, TranscriptionError) as error:
        sitting.screen.problem(error)
        return sitting.desk.log.attempt(number)


def warmup(desk: Desk, source: Source, screen: Screen) -> Attempt | None:
    """One easy question, to hear one's own voice; the take is kept on disk and counts for nothing.

    Returns:
        None where it was not answered.
    """
    easy = matching(_kept(desk, all_questions()), Filter(kinds=_EASY))
    # Another one each day; the user's own are for where they are judged.
    shipped = [question for question in easy if not is_own(question)]
    today = desk.clock().astimezone().date()
    question = shipped[today.toordinal() % len(shipped)]
    choice = Choice(question, question.areas[0], "To warm up: nothing of it is judged or counted.")
    sitting = sit_down(desk, source, screen, "warmup")
    with ending(sitting):
        try:
            return _warm_answer(sitting, choice)
        finally:
            for number in desk.log.takes_of(sitting.number):
                desk.log.discard(number)
    return None


def _warm_answer(sitting: Sitting, choice: Choice) -> Attempt | None:
    while True:
        sitting.screen.question(choice, 1, 1)
        try:
            return take(sitting, choice)
        except Skip:
            return None
        except SetAside as aside:
            if not aside.again:
                return None
