"""coach bank edit, coach bank remove"""

from typing import Any

import click

from coach import places
from coach.areas import find_area
from coach.cli import ask as asking
from coach.cli.bank_add import checked
from coach.cli.bank_data import KINDS, own_ids, question_data
from coach.cli.options import console, echo_json, example, json_option, open_log
from coach.errors import UnknownQuestionError
from coach.improvement.removed import put_back, remove_question
from coach.practice import all_questions, users_norms, utc_now
from coach.questions.bank import find_question
from coach.questions.own import as_toml, change_question
from coach.questions.question import FIELDS, LEVELS, Question
from coach.review import banks


@click.command(epilog=example('coach bank edit own-001 --text "Tell me about a hard talk."'))
@click.argument("question_id", metavar="ID")
@click.option("--text", help="The question, as an interviewer would ask it.")
@click.option("--kind", metavar="KIND", type=click.Choice(KINDS), help="Which structure it wants.")
@click.option("--area", "areas", multiple=True, help="What it exercises, instead of the areas now.")
@click.option("--field", metavar="FIELD", type=click.Choice(FIELDS), help="Its line of work.")
@click.option("--level", type=click.Choice(LEVELS), help="For whom it is.")
@click.option(
    "--probe",
    "probes",
    multiple=True,
    metavar="[PART: ]TEXT",
    help="A follow-up, instead of those now.",
)
@json_option
def edit(question_id: str, areas: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Change a question of your own.

    On a terminal, without options, it asks for the wording; Enter keeps it.
    """
    before = _own(question_id)
    new = {name: value for name, value in given.items() if value not in (None, ())}
    if areas:
        new["areas"] = list(dict.fromkeys(find_area(area).id for area in areas))
    if not new:
        asks = asking.can_ask(as_json=as_json)
        asking.require_terminal(asks, "What to change", "an option, such as --text")
        new["text"] = asking.line(console(), "The question", asking.text, before.text)
    if new.get("text"):
        new["text"] = " ".join(new["text"].split())
    if "probes" in new:
        new["probes"] = list(new["probes"])
    written = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in before.to_dict().items()
        if value
    }
    changed = checked({**written, **new}, "the question")
    change_question(places.own_banks(), question_id, changed)
    if as_json:
        echo_json(question_data(changed, users_norms(), (question_id,)))
        return
    console().print(banks.question(changed, users_norms(), own=True))
    click.echo(f"\nBefore, the file said:\n\n{as_toml(before)}", nl=False)


@click.command(epilog=example("coach bank remove own-001"))
@click.argument("question_id", metavar="ID")
@click.option("--back", is_flag=True, help="Ask a removed one again.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(question_id: str, back: bool, yes: bool) -> None:
    """Remove a question that does not apply to you; its takes stay.

    One that comes with the coach is never drawn again, until --back. `coach undo` takes back both.
    """
    found = find_question(all_questions(), question_id)
    if question_id not in own_ids():
        _remove_shipped(found, back=back)
        return
    if back:
        raise click.UsageError("--back is for questions that come with the coach.")
    if not asking.agreed_to_remove(f"Remove {question_id} (“{found.text}”)?", agreed=yes):
        return
    with open_log() as log:
        log.remove_question(found, utc_now())
    click.echo(f"{question_id} is removed. `coach undo` takes that back.")


def _remove_shipped(question: Question, *, back: bool) -> None:
    with open_log() as log:
        (put_back if back else remove_question)(log, question.id, utc_now())
    told = "may be asked again" if back else "is asked no more"
    click.echo(f"“{question.text}” {told}.")
    if not back:
        click.echo(f"`coach bank remove {question.id} --back` takes that back.")


def _own(question_id: str) -> Question:
    """
    Raises:
        UnknownQuestionError: there is none of that id, or it comes with the coach.
    """
    found = find_question(all_questions(), question_id)
    if question_id not in own_ids():
        raise UnknownQuestionError(
            f"{question_id} comes with the coach, and only your own questions can be changed.",
            "coach bank list --own shows them.",
        )
    return found
