"""The fields of a rejection: as options of a command, and as questions in a calm order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console

from coach.cli import ask
from coach.cli.ask import DAY
from coach.cli.confirm import words_options
from coach.cli.options import together
from coach.improvement.days import fault_of_rejection
from coach.improvement.entries import RATED, STAGES, Rejection
from coach.review.clean import marked

SCALE = click.IntRange(1, 5)
_BEFORE_INTERVIEW = ("application",)  # stages at which only the preparation can be rated


@dataclass(frozen=True)
class Field:
    """One question of the form.

    Attributes:
        name: of the Rejection's field, or one of RATED.
        long: whether it may have several lines.
        needed: whether it is asked until it is there.
    """

    name: str
    label: str
    parse: ask.Parse = ask.text
    long: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Part:
    """Questions that belong together.

    Attributes:
        heading: says what they are about, and offers to leave them all for later.
    """

    fields: tuple[Field, ...]
    heading: str = ""


HOW = f"[dim]Enter leaves a question out, {ask.BACK} goes back to the one before.[/]"
HOW_TO_EDIT = f"[dim]{ask.KEEPS} {ask.BACK} goes back to the question before.[/]"
BEGINNING = Part((
    Field("company", "Company", needed=True),
    Field("role", "Role", needed=True),
    Field("words", "What did they say?", long=True),
))  # fmt: skip
_FACTS = (
    Field("stage", f"How far it got ({', '.join(STAGES)})", ask.one_of(STAGES)),
    Field("source", "Where you found the job"),
)
_HOW_IT_WENT = Part(
    (
        *(
            Field(name, f"  {name.replace('_', '-').capitalize()}, 1 to 5", ask.scale)
            for name in RATED
        ),
        Field("went_well", "What went well", long=True),
        Field("differently", "What you would do differently", long=True),
        Field("could_answer", "Questions to answer better, one a line", ask.lines, long=True),
        Field("nerves", "Nerves, 1 calm to 5", ask.scale),
        Field("body_language", "Body language, 1 to 5 open and at ease", ask.scale),
    ),
    "\n[bold]How it went[/]  [dim]your own rating of each stage, what went well[/]",
)
_ROLE = Part(
    (
        Field("felt_right", "Did the role feel right? y/n", ask.truth),
        Field("exciting", "Which parts of it excited you", long=True),
        Field("unexciting", "Which parts did not", long=True),
        Field("misleading", "Keywords of the posting that misled, parted by ;", ask.texts),
        Field("note", "A note that only you will read", long=True),
    ),
    "\n[bold]The role[/]  [dim]did it feel right, what excited you, a note to yourself[/]",
)


# An option for every field; `given` makes values of them.
rejection_options = together(
    click.option("--company", help="Who turned you down."),
    click.option("--role", help="For which job."),
    click.option(
        "--date", type=DAY, help="Day of their answer, YYYY-MM-DD; today if left out."
    ),
    click.option("--stage", type=click.Choice(STAGES), help="How far it got."),
    click.option("--source", help="Where you found the job."),
    click.option("--feedback", help="The employer's words."),
    words_options,
    click.option("--rating", "ratings", multiple=True, metavar="STAGE=1-5",
                 help=f"Your own rating of a stage: {', '.join(RATED)}."),
    click.option("--went-well", help="What went well."),
    click.option("--differently", help="What you would do differently."),
    click.option("--could-answer", multiple=True, metavar="QUESTION",
                 help="A question you could have answered better; it joins your drills."),
    click.option("--nerves", type=SCALE, help="1 calm to 5."),
    click.option("--body-language", type=SCALE, help="1 to 5, open and at ease."),
    click.option("--felt-right/--not-right", default=None, help="Whether the role did."),
    click.option("--exciting", help="Which parts of the role excited you."),
    click.option("--unexciting", help="Which did not."),
    click.option("--misleading", multiple=True, metavar="KEYWORD",
                 help="A keyword of the posting that misled."),
    click.option("--note", help="For yourself alone."),
    click.option("--rest", type=click.IntRange(0, 2),
                 help="Days without suggestions after their answer.  [add: 1]"),
    click.option("--asked", type=DAY, help="Day on which you asked for feedback."),
    click.option("--answered", type=DAY, help="Day on which they answered."),
    click.option("--remind", type=DAY, help="Day on which to ask again."),
    click.option("--door-open/--no-door-open", default=None,
                 help="Whether they would hear from you again."),
    click.option("--contact-again", type=DAY, help="Day on which to get in touch."),
    click.option("--yes", is_flag=True, help="Ask nothing; take the proposed areas."),
)  # fmt: skip


def given(options: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given as options, by the names that a Rejection has for them.

    An empty text stands for an empty field.

    Raises:
        click.UsageError: a rating has a fault, or company or role is empty.
        NoSuchFileError: the file of the words cannot be read.
    """
    left = dict(options)
    for name in ("company", "role"):
        if left[name] is not None and not left[name].strip():
            raise click.UsageError(f"--{name} is empty.")
    feedback, path = left.pop("feedback"), left.pop("feedback_file")
    ratings = _ratings(left.pop("ratings"))
    for other in ("areas", "rest", "yes"):
        left.pop(other)
    words = feedback if path is None else ask.read_text(path) or None
    values = {**left, "words": words, "ratings": ratings}
    told = {name: value for name, value in values.items() if value not in (None, (), {})}
    return {name: _tidy(value) for name, value in told.items()}


def _tidy(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, tuple):
        return tuple(text for text in map(str.strip, value) if text)
    return value.strip() or None if isinstance(value, str) else value


def _ratings(options: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for option in options:
        name, _, value = option.partition("=")
        name = name.strip().replace("-", "_")
        if name not in RATED or value.strip() not in set("12345"):
            raise click.UsageError(
                f'"{option}" is no rating: give one of {", ".join(RATED)} and 1 to 5,'
                " such as interview=4."
            )
        found[name] = int(value)
    return found


def of(found: Rejection) -> dict[str, Any]:
    """What is there, by the names of the questions; `folded` turns it back."""
    parts = (BEGINNING, *rest_of_form(found, found.date))
    names = {field.name for part in parts for field in part.fields} - set(RATED)
    return {name: getattr(found, name) for name in names} | found.ratings


def folded(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Rejection, from what the questions gave."""
    given = [name for name in RATED if values.get(name) is not None]
    fields = {name: value for name, value in values.items() if name not in RATED}
    if given or "ratings" not in fields:
        fields["ratings"] = {name: values[name] for name in given}
    return fields


def rest_of_form(entry: Rejection, today: date) -> tuple[Part, ...]:
    """What is asked once company, role and words are there.

    Args:
        entry: whose other days the day of the answer must allow.
    """
    parse = ask.day_without(lambda day: fault_of_rejection(replace(entry, date=day), today))
    day = Field("date", f"Day of their answer (YYYY-MM-DD; else {entry.date})", parse)
    return Part((day, *_FACTS)), _HOW_IT_WENT, _ROLE


def ask_for(
    out: Console, values: dict[str, Any], parts: Iterable[Part], given: Collection[str] = ()
) -> None:
    """Ask question by question, and put each answer among the values at once.

    Args:
        values: what is there already is shown, and Enter keeps it.
        given: names of questions that the options have answered.
    """
    steps: list[Part | Field] = []
    for part in parts:
        fields = [field for field in part.fields if field.name not in given]
        if part.heading and fields:
            steps.append(replace(part, fields=tuple(fields)))
        steps += fields
    asked: list[int] = []
    place = 0
    while place < len(steps):
        step = steps[place]
        if isinstance(step, Field) and not _fits(step, values):
            place += 1
            continue
        try:
            passed = _pass_over(out, step) if isinstance(step, Part) else _ask(out, values, step)
        except ask.Back:
            place = asked.pop() if asked else place
            continue
        asked.append(place)
        place += 1 + passed


def _fits(field: Field, values: dict[str, Any]) -> bool:
    early = values.get("stage") in _BEFORE_INTERVIEW
    return not (early and field.name in RATED[2:])


def _pass_over(out: Console, part: Part) -> int:
    """How many questions of this part are left for later: all or none."""
    out.print(marked(part.heading))
    keys = f"l{ask.BACK}"
    pressed = ask.key(out, "[bold]Enter[/] go on · [bold]l[/] leave it for later", keys)
    if pressed == ask.BACK:
        raise ask.Back
    return len(part.fields) if pressed == "l" else 0


def _ask(out: Console, values: dict[str, Any], field: Field) -> int:
    current, parse = values.get(field.name), field.parse
    if field.name == "could_answer" and current:  # further ones join those that are there
        parse = _joining(current)
    value = None
    try:
        while not value:
            value = ask.line(out, field.label, parse, current, long=field.long, back=True)
            if not field.needed:
                break
    except ask.Left as left:  # what stands there is kept with the rest
        if left.text:
            values[field.name] = parse(left.text)
        raise
    if value is not None or field.name in values:
        values[field.name] = value
    return 0


def _joining(current: tuple[str, ...]) -> ask.Parse:
    return lambda typed: tuple(dict.fromkeys((*current, *ask.lines(typed))))


def ask_rest(out: Console) -> int:
    out.print("\nThe first day may be for something else than practice. How many days of rest?")
    pressed = ask.key(out, "[bold]Enter[/] one · [bold]0[/] none · [bold]2[/] two", "012")
    return int(pressed) if pressed.isdigit() else 1
