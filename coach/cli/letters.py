"""coach rejection ask, coach rejection answer"""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach import places, settings
from coach.areas import find_area
from coach.cli import ask as asking
from coach.cli.ask import DAY
from coach.cli.confirm import points_of, words_options
from coach.cli.options import FILE, console, echo_json, example, json_option, open_log, say
from coach.errors import ClipboardError, FileTakenError
from coach.improvement.aftercare import is_vague
from coach.improvement.days import fault_of_rejection
from coach.improvement.entries import Rejection
from coach.improvement.letter import NO_NAME, Letter, follow_up, request
from coach.improvement.store import CONVERTER
from coach.practice import users_day, utc_now
from coach.review import said
from coach.review.clean import marked

REMINDER = timedelta(days=7)


@click.command(epilog=example("coach rejection ask 1 --to recruiter --clip"))
@click.argument("number", type=int)
@click.option(
    "--to",
    type=click.Choice(("employer", "recruiter")),
    default="employer",
    show_default=True,
    help="Who gets the letter.",
)
@click.option("--follow-up", "again", is_flag=True, help="Ask about words that were too vague.")
@click.option("--name", help="Your name under it; it is remembered.")
@click.option("--greet", metavar="NAME", help="Whom it greets; else the hiring team.")
@click.option("--talk", is_flag=True, help="They offered to talk: take that up.")
@click.option("--sent", is_flag=True, help="Note that it is sent today.")
@click.option("--remind", type=DAY, help="It is sent; when to ask again.  [in 7 days]")
@click.option("--out", "path", type=FILE, help="Write the letter to a new file.")
@click.option("--clip", is_flag=True, help="Put the letter on the clipboard too.")
@json_option
def ask(
    number: int,
    to: str,
    again: bool,
    name: str | None,
    greet: str | None,
    talk: bool,
    sent: bool,
    remind: datetime | None,
    path: Path | None,
    clip: bool,
    as_json: bool,
) -> None:
    """Write a short thank-you that asks them for feedback.

    Where they gave reasons, it thanks them for what they named and asks about one thing. It goes to
    standard output, a file or the clipboard, and nowhere else. With --sent, or if you say so when
    asked, the log keeps the day and when to ask again.
    """
    today = users_day()
    if again and talk:
        raise click.UsageError("--talk is for the first letter, not for --follow-up.")
    asks = asking.can_ask(as_json=as_json)
    name = _name(name, asks=asks)
    with open_log() as log:
        found = log.rejection(number)
        if asks and greet is None:
            label = "Whom does it greet by name (Enter: nobody)"
            greet = asking.prompt(label, default="", show_default=False, err=True).strip()
        if asks and found.words and not (talk or again):
            talk = asking.confirm("Did they offer to talk?", err=True)
        how: dict[str, Any] = {"recruiter": to == "recruiter", "reader": greet}
        letter = follow_up(found, name, **how) if again else request(found, name, talk=talk, **how)
        if path is not None:
            _write(path, letter)
        elif not as_json:
            _show(letter)
        if clip:
            _copy(letter)
    if not as_json:
        _say_where_it_is(name, path, clip=clip)
    if sent or remind or (asks and asking.confirm("Do you send it today?", err=True)):
        due = remind.date() if remind else today + REMINDER
        with open_log() as log:
            # A follow-up leaves the day of the letter that it follows.
            day = (found.asked if again else None) or today
            found = log.save_rejection(replace(found, asked=day, remind=due), utc_now())
        note = f"Noted as asked on {day:%d %B}; a reminder stands for {due:%A %d %B}."
    else:
        note = f"Nothing is noted. When it is sent: coach rejection ask {number} --sent"
    if as_json:
        echo_json({"letter": letter.text, "rejection": CONVERTER.unstructure(found)})
    else:
        say(f"{note}\nWhen they answer: coach rejection answer {number}")


def _name(given: str | None, *, asks: bool) -> str:
    known = given or settings.value("name")
    if known is None and asks:
        given = known = asking.prompt("Your name, as it stands under the letter", err=True).strip()
    if given:
        settings.keep("name", given)
    return known or NO_NAME


def _show(letter: Letter) -> None:
    # Standard output holds the letter alone, so that it can be piped.
    console().print(Text(letter.text), end="")


def _write(path: Path, letter: Letter) -> None:
    file = path.expanduser()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(letter.text)
    except FileExistsError as error:
        raise FileTakenError(
            f"There is a file {file} already.", "Choose another name; nothing was overwritten."
        ) from error
    except OSError as error:
        raise places.unwritable(file.parent, error) from error


def _copy(letter: Letter) -> None:
    import pyperclip  # looks for a clipboard when it is loaded

    try:
        pyperclip.copy(letter.text)
    except pyperclip.PyperclipException as error:
        raise ClipboardError(
            "There is no clipboard that can be reached from here.",
            "Leave --clip out and copy the text, or write it with --out FILE."
            " On Linux, xclip or wl-clipboard gives one.",
        ) from error


def _say_where_it_is(name: str, path: Path | None, *, clip: bool) -> None:
    where = [f"in {path}"] if path else []
    where += ["on the clipboard"] if clip else []
    notes = [f"The letter is {' and '.join(where)}."] if where else []
    if name == NO_NAME:
        notes.append("Your name is not known yet: --name NAME, once, puts it under the letter.")
    say("\n".join(["", *notes]))


@click.command(epilog=example('coach rejection answer 1 --feedback "…" --door-open'))
@click.argument("number", type=int)
@click.option("--feedback", help="What they answered.")
@words_options
@click.option("--date", "day", type=DAY, help="Day of the answer; today if left out.")
@click.option(
    "--door-open/--no-door-open", default=None, help="Whether they would hear from you again."
)
@click.option("--contact-again", type=DAY, help="Day on which to get in touch.")
@click.option("--yes", is_flag=True, help="Take the proposed areas as they are.")
@json_option
def answer(
    number: int,
    feedback: str | None,
    feedback_file: str | None,
    areas: tuple[str, ...],
    day: datetime | None,
    door_open: bool | None,
    contact_again: datetime | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Log what they answered when you asked. It is added to what they said before."""
    out = console()
    asks = asking.can_ask(as_json=as_json)
    words = feedback if feedback_file is None else asking.read_text(feedback_file)
    with open_log() as log:
        before = log.rejection(number)
    today = users_day()
    answered = day.date() if day else today
    asking.refuse(fault_of_rejection(replace(before, answered=answered), today))
    again = contact_again.date() if contact_again else before.contact_again
    if not words and door_open is None and contact_again is None:
        asking.require_terminal(asks, "Their answer", "--feedback or --door-open")
        words, door_open, again = _ask_answer(out, before)
    named = [find_area(area).id for area in areas]
    points = points_of(words, named, out, asks=asks and not yes).points
    changed = replace(
        before,
        words="\n\n".join(filter(None, (before.words, words))) or None,
        points=(*before.points, *points),
        answered=answered,
        remind=None,
        door_open=before.door_open if door_open is None else door_open,
        contact_again=again,
    )
    with open_log() as log:
        saved = log.save_rejection(changed, utc_now())
    if as_json:
        echo_json(CONVERTER.unstructure(saved))
        return
    out.print(f"Their answer is noted with rejection {number}.")
    if points:
        out.print("", said.points(points))
    if words and is_vague(saved):
        out.print(
            marked(
                "\nThat names nothing that could be practised. One more question may bring it out:"
                f" [bold]coach rejection ask {number} --follow-up[/]"
            )
        )
    if saved.contact_again:
        out.print(f"\nTo get in touch again: {saved.contact_again:%A %d %B %Y}.")


def _ask_answer(out: Console, before: Rejection) -> tuple:
    words = asking.line(out, "What did they answer?", asking.text, None, long=True)
    door_open = asking.line(out, "May you write to them again? y/n", asking.truth, before.door_open)
    again = before.contact_again
    if door_open:
        again = asking.line(out, "On which day (YYYY-MM-DD, Enter: open)", asking.day, again)
    return words, door_open, again
