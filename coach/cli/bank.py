"""coach bank"""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from coach import places
from coach.areas import find_area
from coach.cli.bank_add import add, from_posting, import_
from coach.cli.bank_data import KINDS, own_ids, question_data
from coach.cli.bank_edit import edit, remove
from coach.cli.options import FILE, console, echo_json, example, json_option
from coach.errors import NoSuchFileError
from coach.practice import all_questions, users_norms
from coach.questions.bank import bank_files, find_question
from coach.questions.check import check_banks
from coach.questions.question import FIELDS, LEVELS
from coach.questions.search import search as find
from coach.questions.select import count, select
from coach.review import banks
from coach.review.words import number_of

_FAULTY = 1  # exit code of a check that found something


@click.group(epilog=example("coach bank list --area comp.conflict"))
def bank() -> None:
    """Questions: the banks that come with the coach, and your own."""


for command in (add, import_, from_posting, edit, remove):
    bank.add_command(command)


@bank.command("list", epilog=example("coach bank list --kind situational --field nursing"))
@click.option("--area", "area_id", metavar="AREA_ID", help="Only those that exercise this area.")
@click.option(
    "--kind", metavar="KIND", type=click.Choice(KINDS), help="Only this kind, such as situational."
)
@click.option(
    "--field", metavar="FIELD", type=click.Choice(FIELDS), help="Only this field, such as retail."
)
@click.option("--level", type=click.Choice(LEVELS), help="Only this level.")
@click.option("--own", is_flag=True, help="Only your own.")
@json_option
def list_(
    area_id: str | None,
    kind: str | None,
    field: str | None,
    level: str | None,
    own: bool,
    as_json: bool,
) -> None:
    """List questions; a star marks your own."""
    area = find_area(area_id).id if area_id else None
    mine = own_ids()
    found = select(all_questions(), area=area, kind=kind, field=field, level=level)
    if own:
        found = tuple(question for question in found if question.id in mine)
    if as_json:
        norms = users_norms()
        echo_json([question_data(question, norms, mine) for question in found])
    elif found:
        console().print(banks.questions(found, mine))
    elif own and not mine:
        click.echo("You have no question of your own. `coach bank add` adds one.")
    else:
        click.echo("No question is filed under that. `coach bank stats` shows what there is.")


@bank.command(epilog=example("coach bank show teamwork-01"))
@click.argument("question_id", metavar="ID")
@json_option
def show(question_id: str, as_json: bool) -> None:
    """Show one question. What a strong answer shows, and what may be asked next."""
    found = find_question(all_questions(), question_id)
    norms, mine = users_norms(), own_ids()
    if as_json:
        echo_json(question_data(found, norms, mine))
    else:
        out = console()
        out.print(banks.question(found, norms, own=found.id in mine))
        out.print(Text.assemble("Next: ", (f"coach drill --question {found.id}", "bold")))


@bank.command(epilog=example("coach bank search deadline customer"))
@click.argument("words", nargs=-1, required=True)
@json_option
def search(words: tuple[str, ...], as_json: bool) -> None:
    """Find questions by words or their beginnings, the best first."""
    wanted = " ".join(words)
    found = find(all_questions(), wanted)
    if as_json:
        norms, mine = users_norms(), own_ids()
        echo_json([question_data(hit.question, norms, mine) for hit in found])
    elif found:
        console().print(banks.hits(found, wanted))
    else:
        click.echo(f"No question holds “{wanted}”. Try fewer letters of a word.")


@bank.command(epilog=example("coach bank stats"))
@json_option
def stats(as_json: bool) -> None:
    """Count questions by kind, area, field and level."""
    counted = count(all_questions())
    if as_json:
        echo_json(asdict(counted))
    else:
        console().print(banks.counts(counted))


@bank.command(epilog=example("coach bank check ~/my_questions.toml"))
@click.argument("path", type=FILE, required=False)
@json_option
def check(path: Path | None, as_json: bool) -> None:
    """Name every fault of every bank, and what to mend.

    Without PATH, the banks that come with the coach and your own. In your own, what could be better
    but can be drilled is a warning (~); only an error (!) makes the command fail.
    """
    files = _files(path)
    found = check_banks(files, strict=(places.shipped_banks(),))
    errors = sum(not fault.warning for fault in found)
    if as_json:
        echo_json([{**asdict(fault), "file": str(fault.file)} for fault in found])
    else:
        out = console()
        if found:
            out.print(banks.faults(found), "")
        names = number_of(len(files), "file")
        out.print(f"{names}: {errors} to mend, {len(found) - errors} that could be better.")
    if errors:
        sys.exit(_FAULTY)


def _files(path: Path | None) -> list[Path]:
    if path is None:
        return [*bank_files(places.shipped_banks()), *bank_files(places.own_banks())]
    path = path.expanduser().resolve()
    files = bank_files(path) if path.is_dir() else [path]
    if not files:
        raise NoSuchFileError(
            f"The folder {path} holds no bank.", "A bank is a .toml file; name one, or its folder."
        )
    if not files[0].is_file():
        raise NoSuchFileError(
            f"There is no bank at {path}.", "A bank is a .toml file; `coach bank check` takes all."
        )
    return files
