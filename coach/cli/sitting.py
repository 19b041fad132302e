"""coach drill, coach mock"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import click

from coach import settings
from coach.areas import AREAS, find_area
from coach.cli.ask import can_ask
from coach.cli.options import console, example, open_log, together
from coach.cli.screen import TerminalScreen
from coach.cli.sit import Wishes, more_files, sit, sitting_options
from coach.errors import UnknownAreaError
from coach.improvement.choose import Choice
from coach.improvement.entries import Attempt, Polarity
from coach.improvement.log import Log
from coach.improvement.mock import WHOLE
from coach.improvement.themes import strengths
from coach.practice import Desk, Source, all_questions, drafts, open_mock, resume_mock
from coach.practice import drill as run_drill
from coach.practice import mock as run_mock
from coach.questions.bank import find_question
from coach.questions.filter import Filter
from coach.questions.question import Kind
from coach.review import said
from coach.review.clean import marked


def _filter_options(command: Callable) -> Callable:
    """--field, --level, --kind and --company, given to the command as one `wanted`."""

    @functools.wraps(command)
    def filtered(
        *args: Any, field: str, level: str, kinds: tuple[str, ...], company: str, **options: Any
    ) -> Any:
        wanted = Filter(field, level, tuple(map(Kind, kinds)), company)
        return command(*args, wanted=wanted, **options)

    return together(
        click.option("--field", default="", help="Questions for this line of work too."),
        click.option("--level", default="", metavar="LEVEL",
                     help="Questions for this level too: first_job, experienced, leading."),
        click.option("--kind", "kinds", type=click.Choice([kind.value for kind in Kind]),
                     multiple=True, metavar="KIND",
                     help=f"Only questions of this kind: {', '.join(Kind)}."),
        click.option("--company", default="", help="Questions for this company."),
    )(filtered)  # fmt: skip


@click.command(epilog=example("coach drill --area star.result --questions 2"))
@click.option(
    "--area", "areas", multiple=True, help="Practise this area; may be given several times."
)
@click.option("--rejection", "number", type=int, help="Practise what this rejection named.")
@click.option("--question", "asked", metavar="ID", help="Practise this question of a bank.")
@click.option("--due", is_flag=True, help="Only questions that are due again.")
@click.option(
    "--questions",
    type=click.IntRange(1, 50),
    help="How many; else as many as there are files, or 3 (coach config).",
)
@_filter_options
@sitting_options
@more_files
def drill(
    areas: tuple[str, ...],
    number: int | None,
    asked: str | None,
    due: bool,
    questions: int | None,
    wanted: Filter,
    wishes: Wishes,
) -> None:
    """Answer questions aimed at your weak areas. The result follows each answer.

    Left to itself it mixes what is due again, what serves your weak areas, and your own questions.
    Enter starts and ends an answer. Ctrl+C ends the sitting and keeps what was recorded. After
    --from FILE, further files may follow.
    """
    if due and asked:
        raise click.UsageError("--due chooses the questions that --question names: give one.")
    bank = (find_question(all_questions(), asked),) if asked else all_questions()
    count = questions or len(wishes.files) or settings.value("questions")
    with open_log() as log:
        named = [find_area(area_id).id for area_id in areas] + _named(log, number)
        refused = [area for area in named if not AREAS[area].drillable]
        named = [area for area in named if area not in refused]
        if refused and not named:
            area = AREAS[refused[0]]
            why = "no answer shows it" if area.controllable else "it lies outside your control"
            raise UnknownAreaError(
                f"{area.name} ({area.id}) cannot be practised by questions: {why}.",
                f"`coach area show {refused[0]}` has an exercise; `coach drill` chooses for you.",
            )
        if wishes.typed and named and all(AREAS[area].of_voice for area in named):
            raise UnknownAreaError(
                f"{AREAS[named[0]].name} ({named[0]}) needs your voice: typed answers have none.",
                "Leave out --typed, or name another area.",
            )
        sit(
            log,
            wishes,
            lambda desk, source, screen, seed: run_drill(
                desk,
                source,
                screen,
                questions=bank,
                count=count,
                areas=named,
                wanted=None if asked else wanted,
                first=None if asked or named or due or wanted != Filter() else _draft(log, wishes),
                due=due,
                seed=seed,
            ),
            most=1 if asked else count,
        )


def _draft(log: Log, wishes: Wishes) -> Choice | None:
    """The question whose answer was left in the middle, where it can be gone on with.

    That of a mock interview with questions left waits for the rest of it.
    """
    left = drafts(log) if wishes.typed and can_ask(as_json=wishes.as_json) else ()
    mock = open_mock(log) if left else None
    question = next((each.question for each in left if each.sitting != mock), None)
    if question is None:
        return None
    area = question.areas[0] if question.areas else ""
    return Choice(question, area, "You left your answer to it in the middle.")


@click.command(
    epilog=example("coach mock --length 30 --field software\n  coach mock --prep 30 --limit 150")
)
@click.option(
    "--length",
    "minutes",
    type=click.IntRange(5, 90),
    metavar="MINUTES",
    help="As many questions as a real interview of that length holds.",
)
@click.option(
    "--questions", type=click.IntRange(1, 20), help=f"How many; else {WHOLE}, or as --length says."
)
@click.option(
    "--prep",
    type=click.IntRange(5, 300),
    metavar="SECONDS",
    help="Thinking time; then the recording starts by itself.",
)
@click.option(
    "--limit",
    type=click.IntRange(15, 600),
    metavar="SECONDS",
    help="Each answer ends by itself after so long.",
)
@click.option("--resume", is_flag=True, help="Go on with the last one, where it was left.")
@_filter_options
@sitting_options
@more_files
def mock(
    minutes: int | None,
    questions: int | None,
    prep: int | None,
    limit: int | None,
    resume: bool,
    wanted: Filter,
    wishes: Wishes,
) -> None:
    """Sit a whole interview; the results come at the end.

    An opener, your motivation, a strength, stories of different competencies, what you would do in
    a case, a weakness, an awkward one, and your own questions. What an answer leaves out is asked
    for, and answered in the same take. --field, --level and --company prefer what is made for it.
    """
    if minutes and questions:
        raise click.UsageError("--length and --questions both say how long it is: give one.")
    if resume and (minutes or questions):
        raise click.UsageError("--resume goes on with the questions that were drawn.")
    wishes.check(None, prep=prep, limit=limit)
    count = questions or (None if minutes else len(wishes.files) or None)

    def run(desk: Desk, source: Source, screen: TerminalScreen, seed: int) -> Sequence[Attempt]:
        if resume:
            return resume_mock(desk, source, screen)
        return run_mock(
            desk,
            source,
            screen,
            count=questions or len(wishes.files) or None,
            minutes=minutes,
            wanted=wanted,
            seed=seed,
        )

    with open_log() as log:
        if not wishes.as_json:
            _show_strengths(log)
        sit(
            log,
            wishes,
            run,
            prep=prep,
            limit=limit,
            follow_ups=True,
            listed=False,
            most=None if minutes or resume else count or WHOLE,
        )
        mock = None if wishes.as_json else open_mock(log)
        waits = any(each.sitting == mock for each in drafts(log))  # and that was said
        if mock is not None and not waits:
            typed = " --typed" if wishes.typed else ""
            console().print(
                marked(
                    f"Questions are left: [bold]coach mock --resume{typed}[/] goes on with them."
                )
            )


def _show_strengths(log: Log) -> None:
    found = strengths(log.rejections(), log.feedback(), log.points())
    if found:
        console().print(said.some_strengths(found), "")


def _named(log: Log, number: int | None) -> list[str]:
    if number is None:
        return []
    found = [p.area for p in log.rejection(number).points if p.polarity is Polarity.CRITICISM]
    if not found:
        raise UnknownAreaError(
            f"Rejection {number} names no area.", "`coach drill` chooses questions for you."
        )
    return found
