"""The fields of a rejection: as options of a command, and as questions in a calm order."""

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
        name: of the Rejection's field.
        long: whether `e` opens the editor.
    """

    name: str
    label: str
    parse: ask.Parse = ask.text
    long: bool = False


FACTS = (
    Field("stage", f"How far it got ({', '.join(STAGES)})", ask.one_of(STAGES)),
    Field("source", "Where you found the job"),
)
WORDS = Field("words", "What did they say? (Enter: no reason given, e: editor)", long=True)
_LOOKING_BACK = (
    Field("went_well", "What went well (e: editor)", long=True),
    Field("differently", "What you would do differently (e: editor)", long=True),
)
_BODY = (
    Field("nerves", "Nerves, 1 calm to 5", ask.scale),
    Field("body_language", "Body language, 1 to 5 open and at ease", ask.scale),
)
_ROLE = (
    Field("felt_right", "Did the role feel right? y/n", ask.truth),
    Field("exciting", "Which parts of it excited you (e: editor)", long=True),
    Field("unexciting", "Which parts did not (e: editor)", long=True),
    Field("misleading", "Keywords of the posting that misled, parted by ;", ask.texts),
)
_NOTE = Field("note", "A note that only you will read (e: editor)", long=True)


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
    words = feedback if path is None else ask.read_text(path)
    values = {**left, "words": words, "ratings": ratings}
    tidy = {name: _tidy(value) for name, value in values.items()}
    return {name: value for name, value in tidy.items() if value not in (None, "", (), {})}


def _tidy(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return value.strip() if isinstance(value, str) else value


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


def ask_names(values: dict[str, Any]) -> None:
    """Company and role, without which there is nothing to keep."""
    for name in ("company", "role"):
        while not values.get(name):
            values[name] = ask.prompt(name.capitalize()).strip()


def ask_facts(out: Console, values: dict[str, Any], today: date) -> None:
    """Day, stage and source: those that are not among the values yet."""
    if "date" not in values:
        parse = _day_of(Rejection(**{"date": today, **values}), today)
        label = f"Day of their answer (YYYY-MM-DD, Enter: {today})"
        values["date"] = ask.line(out, label, parse, None) or today
    _fill(out, values, FACTS)


def _day_of(entry: Rejection, today: date) -> ask.Parse:
    """Reads the day of an answer, which the other days of the entry must allow."""

    return ask.day_without(lambda day: fault_of_rejection(replace(entry, date=day), today))


def ask_words(out: Console, values: dict[str, Any]) -> None:
    _fill(out, values, (WORDS,))


def ask_more(out: Console, values: dict[str, Any]) -> None:
    """How it went and how the role felt; each part may be left for later."""
    if _wanted(out, "\n[bold]How it went[/]  [dim]a few lines; Enter skips any of them[/]"):
        _ask_ratings(out, values)
        _fill(out, values, _LOOKING_BACK)
        _ask_questions(out, values)
        _fill(out, values, _BODY)
    if _wanted(out, "\n[bold]The role[/]  [dim]did it feel right, what excited you[/]"):
        _fill(out, values, _ROLE)
    _fill(out, values, (_NOTE,))


def ask_rest(out: Console) -> int:
    out.print("\nThe first day may be for something else than practice. How many days of rest?")
    pressed = ask.key(out, "[bold]Enter[/] one · [bold]0[/] none · [bold]2[/] two", "012")
    return int(pressed) if pressed.isdigit() else 1


def go_through(out: Console, found: Rejection, today: date) -> dict[str, Any]:
    """Ask for every field with its present value, which Enter keeps; "-" empties it."""
    out.print(marked("[dim]Enter keeps what is there, - empties it, e opens the editor.[/]"))
    values: dict[str, Any] = {}
    for name in ("company", "role"):
        values[name] = ask.line(out, name.capitalize(), ask.text, getattr(found, name))
        values[name] = values[name] or getattr(found, name)  # neither can be empty
    parse = _day_of(found, today)
    values["date"] = ask.line(out, "Day of their answer", parse, found.date) or found.date
    values["stage"] = found.stage
    _fill(out, values, (*FACTS, WORDS), found)
    _ask_ratings(out, values, found.ratings)
    _fill(out, values, _LOOKING_BACK, found)
    _ask_questions(out, values, found.could_answer)
    _fill(out, values, (*_BODY, *_ROLE, _NOTE), found)
    return values


def _wanted(out: Console, heading: str) -> bool:
    out.print(marked(heading))
    return ask.key(out, "[bold]Enter[/] go on · [bold]l[/] leave it for later", "l") != "l"


def _fill(
    out: Console,
    values: dict[str, Any],
    fields: tuple[Field, ...],
    found: Rejection | None = None,
) -> None:
    for each in fields:
        if found is None and each.name in values:
            continue
        current = getattr(found, each.name) if found else None
        value = ask.line(out, each.label, each.parse, current, long=each.long)
        if value is not None or found is not None:
            values[each.name] = value


def _ask_ratings(
    out: Console, values: dict[str, Any], current: dict[str, int] | None = None
) -> None:
    if "ratings" in values:
        return
    early = values.get("stage") in _BEFORE_INTERVIEW
    ratings = values["ratings"] = {}
    out.print(marked("[dim]Your own rating of each stage that took place, 1 to 5.[/]"))
    for name in RATED[:2] if early else RATED:
        label = f"  {name.replace('_', '-').capitalize()}"
        value = ask.line(out, label, ask.scale, (current or {}).get(name))
        if value is not None:
            ratings[name] = value


def _ask_questions(out: Console, values: dict[str, Any], current: tuple[str, ...] = ()) -> None:
    if "could_answer" in values:
        return
    values["could_answer"] = current
    for question in current:
        out.print(f"  now: {question}", style="dim italic")
    out.print(marked("[dim]Questions you could have answered better, one a line; Enter ends.[/]"))
    while typed := ask.prompt("  Question", default="", show_default=False).strip():
        emptied = typed == ask.EMPTIES
        values["could_answer"] = () if emptied else (*values["could_answer"], typed)
