"""coach story"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coach import places
from coach.areas import AREAS, find_area
from coach.cli import ask as asking
from coach.cli.ask import can_ask
from coach.cli.options import (
    console,
    echo_json,
    example,
    json_option,
    open_log,
    say,
    show_found,
    together,
)
from coach.errors import NoStoryError, NoTerminalError, UnknownAreaError
from coach.improvement.log import Log
from coach.improvement.retelling import RECENT, Overuse, overused, rarity
from coach.improvement.standing import weakest
from coach.improvement.store import CONVERTER
from coach.improvement.stories import Story, covered_areas, from_take, left_out
from coach.improvement.story_areas import Proposal, propose_areas, vocabulary
from coach.practice import all_questions, all_standings, utc_now
from coach.questions.area_texts import load_area_texts
from coach.review import stories as view
from coach.review.clean import marked

NOTES = ("situation", "task", "action", "result")
_ASKED = {
    "situation": "Situation: when and where was it, and who was there?",
    "task": "Task: what was yours to do?",
    "action": "Action: what did you do, step by step?",
    "result": "Result: what came of it, with a figure if there is one?",
}
TAKES = 50  # read to find the last RECENT that told a story


@click.group(epilog=example("coach story add\n  coach story from 3\n  coach story coverage"))
def story() -> None:
    """Your own episodes, ready to be told for an area."""


_note_options = together(
    *(click.option(f"--{name}", help=f"A line or two on the {name.title()}.") for name in NOTES)
)
_area_option = click.option(
    "--area", "area_ids", multiple=True, metavar="AREA_ID", help="An area that it can serve."
)


@story.command(
    epilog=example(
        'coach story add --title "The rolls" --situation "Out of rolls by ten." \\\n'
        '      --task "Find out why." --action "Counted sales by the hour." \\\n'
        '      --result "200 more rolls a week." --area comp.problem_solving'
    )
)
@click.option("--title", help="What you call it.")
@_note_options
@_area_option
@click.option("--yes", is_flag=True, help="Take the proposed areas as they are.")
@json_option
def add(
    title: str | None, area_ids: tuple[str, ...], yes: bool, as_json: bool, **notes: str | None
) -> None:
    """Write down one episode in notes.

    On a terminal it asks for what is not given; Enter leaves a part for later. Areas that it might
    serve are proposed from your words, which is a rough guess: you say which of them it does.
    """
    asks, out = can_ask(as_json=as_json), console()
    areas = tuple(find_area(area_id).id for area_id in area_ids)
    if title is None and asks:
        title = asking.prompt("What do you call it?")
    if not title or not title.strip():
        raise NoTerminalError(
            "The story has no title.", 'Add --title, such as: --title "The rolls"'
        )
    for name in NOTES:
        if notes[name] is None and asks:
            notes[name] = asking.line(out, _ASKED[name], asking.text, None, long=True)
    written: dict[str, Any] = {name: (text or "").strip() for name, text in notes.items()}
    _keep(Story(title.strip(), **written, areas=areas), asks=asks, yes=yes, as_json=as_json)


@story.command("from", epilog=example('coach story from 3 --title "The rolls"'))
@click.argument("take_id", type=int)
@click.option("--title", help="What you call it; else its first words.")
@_area_option
@click.option("--yes", is_flag=True, help="Take the proposed areas as they are.")
@json_option
def from_(
    take_id: int, title: str | None, area_ids: tuple[str, ...], yes: bool, as_json: bool
) -> None:
    """Make a story from a kept take. Its labelled sentences fill S, T, A and R."""
    areas = tuple(find_area(area_id).id for area_id in area_ids)
    with open_log() as log:
        take = log.attempt(take_id)
        made = from_take(take, title)
        for known in log.shelf(Story).all():
            if known.take == take_id:
                raise NoStoryError(
                    f"Take {take_id} is story {known.number} already.",
                    f"Change it with: coach story edit {known.number}",
                )
    asks = can_ask(as_json=as_json)
    for sentence in left_out(take):
        say(f"Left out, as no part of the story was made out in it: “{sentence}”")
    if areas:
        made = replace(made, areas=areas)
    elif asks and not yes and made.areas:
        made = replace(made, areas=_confirmed_areas(made.areas, console()))
    _keep(made, asks=asks, yes=yes, as_json=as_json)


def _keep(made: Story, *, asks: bool, yes: bool, as_json: bool) -> None:
    """Confirm the areas where none are given, and put the story on its shelf."""
    proposed: tuple[Proposal, ...] = ()
    if not made.areas:
        texts = load_area_texts(places.shipped_banks())
        proposed = propose_areas(made.text, vocabulary(all_questions(), texts))
        if asks and not yes:
            made = replace(made, areas=_chosen(proposed, console()))
        elif yes:
            made = replace(made, areas=tuple(proposal.area for proposal in proposed))
    with open_log() as log:
        added = log.shelf(Story).add(made, utc_now())
    if as_json:
        echo_json({**CONVERTER.unstructure(added), "proposed": CONVERTER.unstructure(proposed)})
        return
    out = console()
    out.print(view.story(added))
    if not added.areas and proposed and not asks:
        out.print("\nIt might serve (nothing is set until you say so):", view.proposals(proposed))
        first = proposed[0].area
        out.print(marked(f"\nNext: [bold]coach story edit {added.number} --area {first}[/]"))
    elif added.missing:
        out.print(
            marked(
                f"\nNext: [bold]coach story edit {added.number}[/] adds what is not written yet."
            )
        )


def _chosen(proposed: Sequence[Proposal], out: Console) -> tuple[str, ...]:
    """Those of the proposals that the user takes, and the areas that they name."""
    if proposed:
        out.print("\nIt might serve these, by a rough guess from your words:")
        out.print(view.proposals(proposed))
    label = "Areas it serves, by number or name, with commas between (Enter: none yet)"
    parse = _areas_by(tuple(proposal.area for proposal in proposed))
    return asking.line(out, label, parse, ())


def _confirmed_areas(areas: tuple[str, ...], out: Console) -> tuple[str, ...]:
    """The areas of the question that the take answered, or what the user says instead."""
    names = ", ".join(AREAS[area].name for area in areas)
    label = f"It serves {names}, by its question (Enter: yes; else other areas)"
    return asking.line(out, label, _areas_by(()), None) or areas


def _areas_by(numbered: Sequence[str]) -> asking.Parse:
    """Reads areas by their number in a list, their name or their id, parted by commas."""

    def parse(typed: str) -> tuple[str, ...]:
        found = []
        for each in filter(None, map(str.strip, typed.split(","))):
            if each.isdecimal() and 0 < int(each) <= len(numbered):
                found.append(numbered[int(each) - 1])
                continue
            try:
                found.append(find_area(each).id)
            except UnknownAreaError as error:
                raise ValueError(f"{error.message} {error.next_step}") from error
        return tuple(dict.fromkeys(found))

    return parse


@story.command("list", epilog=example("coach story list"))
@json_option
def list_(as_json: bool) -> None:
    """List your stories, and say which one is told too often."""
    with open_log() as log:
        found = log.shelf(Story).all()
        often = _overused(log, found)
    if as_json:
        echo_json(
            {
                "stories": CONVERTER.unstructure(found),
                "overused": [
                    {"story": one.story.number, "takes": one.takes, "of": one.of} for one in often
                ],
            }
        )
    elif found:
        out = console()
        out.print(view.stories(found))
        if often:
            out.print("", view.overuse(often))
    else:
        click.echo("No story yet. Write one with: coach story add, or: coach story from TAKE_ID")


def _overused(log: Log, found: Sequence[Story]) -> tuple[Overuse, ...]:
    if not found:
        return ()
    takes = [
        attempt.transcript.text
        for attempt in log.attempts(limit=TAKES)
        if attempt.question.kind.is_star and attempt.transcript is not None
    ][:RECENT]
    asked = (
        " ".join((q.text, *q.variants, *(probe.text for probe in q.probes), *q.shows))
        for q in all_questions()
    )
    words = rarity([*asked, *(one.text for one in found), *takes])
    return overused(takes, found, words)


@story.command(epilog=example("coach story show 1"))
@click.argument("number", type=int)
@json_option
def show(number: int, as_json: bool) -> None:
    """Show one story."""
    with open_log() as log:
        found = log.shelf(Story).get(number)
    show_found(found, view.story, as_json=as_json)


@story.command(epilog=example('coach story edit 1 --result "200 more rolls a week"'))
@click.argument("number", type=int)
@click.option("--title", help="What you call it.")
@_note_options
@_area_option
@json_option
def edit(
    number: int,
    title: str | None,
    area_ids: tuple[str, ...],
    as_json: bool,
    **notes: str | None,
) -> None:
    """Change a story; the earlier version is kept.

    On a terminal, without options, it asks part by part; Enter leaves one as it is. The areas that
    you give stand instead of the earlier ones.
    """
    given: dict[str, Any] = {
        name: text.strip() for name, text in {"title": title, **notes}.items() if text is not None
    }
    if area_ids:
        given["areas"] = tuple(find_area(area_id).id for area_id in area_ids)
    with open_log() as log:
        shelf = log.shelf(Story)
        before = shelf.get(number)
        if not given:
            given = _asked_anew(before)
        if not given.get("title", before.title):
            raise click.UsageError("A story needs a title.")
        changed = shelf.replace(replace(before, **given), utc_now())
    show_found(changed, view.story, as_json=as_json)


def _asked_anew(before: Story) -> dict[str, str]:
    if not can_ask(as_json=False):
        raise NoTerminalError(
            "Nothing to change is given, and there is no terminal to ask on.",
            "Name it, such as: --result TEXT",
        )
    out = console()
    out.print(Text(asking.KEEPS, "dim"))
    return {
        name: asking.line(out, _ASKED[name], asking.text, getattr(before, name), long=True) or ""
        for name in NOTES
    }


@story.command(epilog=example("coach story remove 2"))
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(number: int, yes: bool) -> None:
    """Remove a story; coach undo brings it back."""
    with open_log() as log:
        shelf = log.shelf(Story)
        found = shelf.get(number)
        if not asking.agreed_to_remove(f"Remove “{found.title}”?", agreed=yes):
            return
        shelf.remove(number, utc_now())
    click.echo(f"Removed story {number}: {found.title}.")


@story.command(epilog=example("coach story coverage"))
@json_option
def coverage(as_json: bool) -> None:
    """Show which story can serve which area, and where none can."""
    with open_log() as log:
        found = log.shelf(Story).all()
        weak = weakest(all_standings(log, utc_now()))
    areas = covered_areas(found, (standing.area for standing in weak))
    if as_json:
        echo_json({area: [s.number for s in found if s.serves(area)] for area in areas})
    elif found:
        console().print(view.coverage(areas, found))
    else:
        click.echo("No story yet. Write one with: coach story add, or: coach story from TAKE_ID")
