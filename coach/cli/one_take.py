"""What `coach review ID` does with one take."""

import sys
from contextlib import suppress
from dataclasses import dataclass

import click
from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from coach import places
from coach.assessment.assessment import Correction
from coach.assessment.star import StarPart
from coach.clean import clean
from coach.cli.ask import prompt, yes
from coach.cli.keys import ENTER, Keys
from coach.cli.options import echo_json
from coach.errors import EntryError, NoSuchFileError, NoTerminalError
from coach.improvement.entries import Attempt, JudgedTake, Note, State
from coach.improvement.log import Log
from coach.improvement.rejudge import correct, edit_words, labelled_take, reassess
from coach.practice import users_norms, utc_now
from coach.review import terminal
from coach.review.clean import marked
from coach.review.playing import Playing, beginning
from coach.review.take import take as whole_take

_BELOW = "# ---- Everything from this line on is left out. ----"
_HELP = (
    "# Mend the words above, and save; the findings follow.\n"
    "# Line breaks mean nothing. The words as they were are kept: coach undo brings them back."
)


@dataclass(frozen=True)
class Todo:
    """What is asked for; with none of it, the take is shown.

    Attributes:
        play: from where, see `beginning`.
        parts: what sentences are, such as 3=R; empty to be asked.
        note: what is noted.
        star: whether it gets the mark or loses it.
        agreed: whether nothing is asked before it is deleted.
    """

    play: str | None = None
    parts: str | None = None
    note: str | None = None
    star: bool | None = None
    reassess: bool = False
    edit: bool = False
    delete: bool = False
    agreed: bool = False


def do(out: Console, log: Log, number: int, todo: Todo, *, as_json: bool) -> None:
    """Do what is asked for, and show the take where nothing else says what was done."""
    if todo.delete:
        _delete(out, log, log.attempt(number), agreed=todo.agreed)
        return
    if todo.star is not None:
        _mark(out, log, log.attempt(number), starred=todo.star)
    if todo.note is not None:
        _note(out, log, log.attempt(number), todo.note)
    if todo.parts is not None:
        _say_parts(out, log, labelled_take(log, number), todo.parts)
    if todo.edit:
        _edit(out, log, log.judged_take(number))
    if todo.reassess:
        _judge_again(out, log, log.judged_take(number))
    if todo.play is not None:
        _play(out, log.attempt(number), todo.play)
    elif as_json or todo in (Todo(), Todo(parts=todo.parts)):
        _show(out, log, number, as_json=as_json)


def _show(out: Console, log: Log, number: int, *, as_json: bool) -> None:
    attempt = log.attempt(number)
    notes = log.notes(number)
    if as_json:
        echo_json({**attempt.to_dict(), "notes": [note.text for note in notes]})
    elif isinstance(attempt, JudgedTake):
        out.print(whole_take(attempt, notes, log.earlier("attempts", number)))
    else:
        out.print(Text(f"Take {number} {_unjudged(attempt)}"))


def _unjudged(attempt: Attempt) -> str:
    if attempt.state is State.DISCARDED:
        kept = " Its recording is kept." if attempt.path and attempt.path.is_file() else ""
        return f"was to warm up, or was put aside: it is not judged and does not count.{kept}"
    state = "a draft" if attempt.is_draft else attempt.state.value
    return f"has not been judged: it is {state}."


def _play(out: Console, attempt: Attempt, named: str) -> None:
    """Play the recording, with a marker on the word that is heard where there is a terminal.

    Args:
        named: see `beginning`.
    """
    if attempt.path is None:
        raise NoSuchFileError(f"Take {attempt.id} was typed.", "There is nothing to play.")
    if not attempt.path.is_file():
        raise NoSuchFileError(
            f"The recording {attempt.path} is gone.", "The words are still in the log."
        )
    from coach.recording import microphone  # PortAudio: 0.1-0.4 s

    start = beginning(attempt, named) if isinstance(attempt, JudgedTake) else 0.0
    with suppress(KeyboardInterrupt):
        if not (out.is_terminal and sys.stdin.isatty() and isinstance(attempt, JudgedTake)):
            out.print(marked("[dim]Playing; Ctrl+C stops.[/]"))
            microphone.play(attempt.path, start)
            return
        view = Playing(attempt)
        hint = "   q ends it"
        with Keys() as keys, Live(view.at(start, hint), console=out, auto_refresh=False) as live:
            microphone.play(
                attempt.path,
                start,
                stop=lambda: keys.get(0) in ("q", ENTER),
                heard=lambda at: live.update(view.at(at, hint), refresh=True),
            )


def _judge_again(out: Console, log: Log, attempt: JudgedTake) -> None:
    """By today's assessor; what changed is shown."""
    after = reassess(log, attempt, users_norms(), utc_now())
    if after == attempt:
        out.print(Text("Today's assessor judges it as it was judged then. Nothing was changed."))
    else:
        _say_change(out, attempt, after)


def _edit(out: Console, log: Log, attempt: JudgedTake) -> None:
    """Open the words in $EDITOR, a sentence a line; what changed is shown."""
    sentences = "\n".join(sentence.text for sentence in attempt.assessment.sentences)
    try:
        written = click.edit(f"{sentences}\n\n{_BELOW}\n{_HELP}\n")
    except click.ClickException as error:
        editor = "notepad" if sys.platform == "win32" else "nano"
        raise EntryError(
            f"The editor does not start ({error.message}).",
            f"Set one, for example: {places.to_set('EDITOR', editor)}",
        ) from error
    text = clean(written or sentences).partition(_BELOW)[0]
    after = edit_words(log, attempt, text, users_norms(), utc_now())
    if after == attempt:
        out.print("The words are as they were.")
    else:
        _say_change(out, attempt, after)


def _say_change(out: Console, before: JudgedTake, after: JudgedTake) -> None:
    scores = [each.assessment.score.overall for each in (before, after)]
    out.print(Text(f"Score: {scores[0]} before, {scores[1]} now. `coach undo` takes it back."))
    changed = terminal.changes(before.assessment, after.assessment)
    out.print(Padding(changed, (1, 0)))


def _mark(out: Console, log: Log, attempt: Attempt, *, starred: bool) -> None:
    log.star(attempt.id, utc_now(), starred=starred)
    out.print(f"Take {attempt.id} is {'starred' if starred else 'no longer starred'}.")


def _note(out: Console, log: Log, attempt: Attempt, text: str) -> None:
    if not text.strip():
        raise EntryError("The note is empty.", 'Such as: --note "Open with the figure"')
    log.shelf(Note).add(Note(attempt.id, text.strip()), utc_now())
    out.print(f"Noted with take {attempt.id}.")


def _delete(out: Console, log: Log, attempt: Attempt, *, agreed: bool) -> None:
    question = f"Delete take {attempt.id}, its recording, words and notes?"
    if not (agreed or yes(question)):
        out.print("Nothing was deleted.")
        return
    log.delete(attempt, utc_now())
    out.print(f"Take {attempt.id} is deleted. For a day, `coach undo` brings it back.")


def _say_parts(out: Console, log: Log, attempt: JudgedTake, answer: str) -> None:
    """Keep what the user says that sentences are; without an answer, ask."""
    if not answer:
        if not sys.stdin.isatty():
            raise NoTerminalError(
                "No correction is given, and there is no terminal to ask on.",
                "Name them, such as: --correct 3=R,5=O",
            )
        out.print(terminal.transcript(attempt, numbered=True))
        out.print("S, T, A, R, or O for none of them; such as: 3=R 5=O")
        answer = prompt("", default="", show_default=False, prompt_suffix="> ")
    changes = [_change(attempt, one) for one in answer.replace(",", " ").split()]
    if changes:
        correct(log, attempt, changes, users_norms(), utc_now())


def _change(attempt: JudgedTake, text: str) -> Correction:
    number, _, part = text.upper().partition("=")
    sentences = attempt.assessment.sentences
    if not (number.isdigit() and 1 <= int(number) <= len(sentences) and part in {*"STARO"}):
        raise click.UsageError(
            f'"{text}" is not the number of a sentence (1 to {len(sentences)}), "=", and one of'
            " S, T, A, R, O."
        )
    sentence = sentences[int(number) - 1]
    return Correction(sentence.first, sentence.last, None if part == "O" else StarPart(part))
