"""coach bank add, import, from-posting"""

from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach import places
from coach.areas import find_area
from coach.cli.ask import can_ask, confirm, prompt, read_text, require_terminal
from coach.cli.bank_data import KINDS, own_ids, question_data
from coach.cli.options import console, echo_json, example, json_option
from coach.errors import BankError, CoachError, NoTerminalError
from coach.improvement.focus import fitting
from coach.improvement.own_questions import propose, shipped_vocabulary
from coach.improvement.posting import (
    make_questions,
    not_practised,
    questions_that_test,
    read_posting,
    title_of,
)
from coach.practice import all_questions, users_norms
from coach.questions.faults import flaws
from coach.questions.incoming import Incoming, read_incoming
from coach.questions.own import add_question, add_questions
from coach.questions.propose import Vocabulary
from coach.questions.question import FIELDS, LEVELS, Kind, Question
from coach.questions.similar import near_duplicates
from coach.review import banks
from coach.review.clean import marked


@click.command(
    epilog=example(
        'coach bank add --text "Tell me about a time you calmed a parent down." \\\n'
        "      --kind behavioural --area comp.conflict --field teaching"
    )
)
@click.option("--text", help="The question, as an interviewer would ask it.")
@click.option(
    "--kind",
    metavar="KIND",
    type=click.Choice(KINDS),
    help="Which structure it wants, such as situational.",
)
@click.option("--area", "areas", multiple=True, help="What it exercises, the main area first.")
@click.option(
    "--field",
    metavar="FIELD",
    type=click.Choice(FIELDS),
    default="any",
    help="Its line of work, such as nursing; any if left out.",
)
@click.option("--level", type=click.Choice(LEVELS), default="any", show_default=True)
@click.option(
    "--probe",
    "probes",
    multiple=True,
    metavar="[PART: ]TEXT",
    help="A follow-up of the interviewer's, with the letter of the part that it asks for, such"
    ' as "R: How did it end?".',
)
@click.option("--yes", is_flag=True, help="Take what is proposed, and keep near-duplicates.")
@json_option
def add(
    text: str | None,
    kind: str | None,
    areas: tuple[str, ...],
    field: str,
    level: str,
    probes: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Add a question of yours to your own bank.

    Kind and areas are proposed from its wording where you do not give them.
    """
    asks = can_ask(as_json=as_json) and not yes
    out = console()
    named = tuple(dict.fromkeys(find_area(area).id for area in areas))
    if text is None:
        require_terminal(asks, "The question", "--text")
        text = prompt("The question")
    text = " ".join(text.split())
    words = shipped_vocabulary()
    if kind is None:
        kind = propose(text, words)[0].value
        if asks:
            kind = prompt("Kind", default=kind, type=click.Choice(KINDS))
    if not named:
        named = propose(text, words, Kind(kind))[1]
        if asks:
            named = _ask_areas(out, named)
    question = checked(
        {"text": text, "kind": kind, "areas": list(named), "field": field, "level": level,
         "probes": list(probes)},
        "the question",
    )  # fmt: skip
    if not yes:
        _refuse_twins(question, asks=asks)
    kept = add_question(places.own_banks(), question)
    if as_json:
        echo_json(question_data(kept, users_norms(), (kept.id,)))
    else:
        out.print(Text.assemble(f"Added as {kept.id}: ", banks.filed_under(kept), "."))
        out.print(Text.assemble("Next: ", (f"coach drill --question {kept.id}", "bold")))


def _ask_areas(out: Console, proposed: tuple[str, ...]) -> tuple[str, ...]:
    while True:
        answer = prompt("Areas", default=" ".join(proposed))
        try:
            return tuple(find_area(word).id for word in answer.replace(",", " ").split())
        except CoachError as error:
            out.print(Text(f"{error.message} {error.next_step}", "yellow"))


def _refuse_twins(question: Question, *, asks: bool) -> None:
    for _, twin, share in near_duplicates([question], all_questions()):
        message = f"It is much like {twin.id} ({share:.0%}): “{twin.text}”"
        if not asks:
            raise BankError(message, "Add --yes to keep it all the same.")
        if not confirm(f"{message}\nAdd it all the same?"):
            raise click.Abort


@click.command("import", epilog=example("coach bank import questions.csv --yes"))
@click.argument("file")
@click.option("--yes", is_flag=True, help="Take the proposals as they are.")
@json_option
def import_(file: str, yes: bool, as_json: bool) -> None:
    """Take over questions from a file into your own bank.

    FILE is a plain list, one question a line (numbers and bullets are dropped), or CSV whose first
    line names its columns: text and, if you like, kind, areas, field, level, probes (several in a
    cell are parted by a semicolon). What it does not say is proposed. - is standard input.
    """
    incoming, words = read_incoming(read_text(file)), shipped_vocabulary()
    proposed = [_proposed(each, words) for each in incoming]
    known = all_questions()
    twins = {id(new): (new, twin, share) for new, twin, share in near_duplicates(proposed, known)}
    fresh = [question for question in proposed if id(question) not in twins]
    out = console()
    out.quiet = as_json
    for new, twin, share in twins.values():
        name = twin.id or "an earlier one of the file"
        out.print(Text(f"Left out, {share:.0%} like {name}: “{new.text}”", "yellow"))
    kept = _keep(out, fresh, yes=yes, as_json=as_json)
    if as_json:
        norms, own = users_norms(), own_ids()
        echo_json(
            {
                "added": [question_data(question, norms, own) for question in kept],
                "left_out": [
                    {"text": new.text, "like": twin.id or twin.text, "share": share}
                    for new, twin, share in twins.values()
                ],
            }
        )


@click.command("from-posting", epilog=example('coach bank from-posting job.txt --company "Acme"'))
@click.argument("file")
@click.option("--company", default="", help="Who is hiring.")
@click.option("--yes", is_flag=True, help="Keep the questions that are made from it.")
@json_option
def from_posting(file: str, company: str, yes: bool, as_json: bool) -> None:
    """Find what a posting asks for, and questions that test it.

    FILE is the text of the posting, or - for standard input. Questions around its own phrases are
    made as well, and kept in your own bank if you say so.
    """
    posting, known = read_text(file), all_questions()
    named, others = read_posting(posting), not_practised(posting)
    fit = fitting(known, title_of(posting))
    testing = [(each, questions_that_test(each, fit)) for each in named]
    made = make_questions(named, known, company)
    out = console()
    out.quiet = as_json
    if named:
        out.print(banks.posting(testing))
    else:
        out.print("It names no competency that the coach knows. `coach bank list` shows questions.")
    if others:
        out.print(banks.not_practised(others))
    kept: tuple[Question, ...] = ()
    if made:
        out.print(marked("[bold]Made from its own words[/]"))
        if yes or can_ask(as_json=as_json):
            kept = _keep(out, made, yes=yes, as_json=as_json)
        else:
            out.print(banks.proposals(made), "", "Add --yes to keep these in your own bank.")
    if as_json:
        echo_json(
            {
                "competencies": [
                    {
                        "area": each.area,
                        "words": each.words,
                        "questions": [question.id for question in found],
                    }
                    for each, found in testing
                ],
                "not_practised": [{"area": each.area, "words": each.words} for each in others],
                "made": [question.to_dict() for question in kept or made],
                "kept": bool(kept),
            }
        )


def _keep(
    out: Console, proposed: Sequence[Question], *, yes: bool, as_json: bool
) -> tuple[Question, ...]:
    """Show new questions, let the user drop some, and add the rest; all or none."""
    if not proposed:
        out.print("There is nothing new in it.")
        return ()
    out.print(banks.proposals(proposed), "")
    if not yes:
        if not can_ask(as_json=as_json):
            raise NoTerminalError(
                "Nothing was added: there is no terminal to ask on.",
                "Add --yes to take the proposals.",
            )
        proposed = _without_dropped(proposed)
    kept = add_questions(places.own_banks(), proposed) if proposed else ()
    if kept:
        last = f" to {kept[-1].id}" if len(kept) > 1 else ""
        added = f"{len(kept)} added: {kept[0].id}{last}. See: "
        out.print(Text.assemble(added, ("coach bank list --own", "bold")))
    else:
        out.print("Nothing was added.")
    return kept


def _without_dropped(proposed: Sequence[Question]) -> tuple[Question, ...]:
    answer = prompt(
        "Enter to keep all, numbers to drop, or q to keep none", default="", show_default=False
    )
    if answer.strip().lower() == "q":
        return ()
    drop = {int(word) for word in answer.replace(",", " ").split() if word.isdecimal()}
    return tuple(each for number, each in enumerate(proposed, 1) if number not in drop)


def _proposed(incoming: Incoming, words: Vocabulary) -> Question:
    entry: dict[str, Any] = {"text": incoming.text, **incoming.given}
    if "kind" not in entry:
        entry["kind"] = propose(incoming.text, words)[0].value
    if "areas" not in entry and entry["kind"] in set(Kind):
        entry["areas"] = list(propose(incoming.text, words, Kind(entry["kind"]))[1])
    return checked(entry, f"line {incoming.line}")


def checked(entry: dict[str, object], where: str) -> Question:
    """A question, without an id where none is given.

    Raises:
        BankError: something in it does not belong in a bank.
    """
    flaw = next(flaws({"id": "new", **entry}), None)
    if flaw is not None:
        raise BankError(f"Nothing was added: in {where}, {flaw.problem}.", flaw.mend)
    return Question.from_dict({"id": "", **entry})
