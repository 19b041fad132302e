"""coach assess"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule

from coach.assessment.assess import assess as judge
from coach.assessment.assessment import Assessment
from coach.cli.options import (
    FILE,
    console,
    echo_json,
    engine_options,
    example,
    json_option,
    say_engine,
)
from coach.errors import EmptyFileError, NoSuchFileError, NotAudioError
from coach.improvement.entries import Attempt, State
from coach.practice import all_questions, users_norms, utc_now
from coach.questions.guess import question_of
from coach.questions.question import Question
from coach.review import terminal
from coach.transcript.engine import EngineChoice
from coach.transcript.transcript import Transcript, from_text
from coach.transcript.worker import Worker

UNASKED = "Tell me about a time when you solved a problem."


@click.command(
    epilog=example('coach assess answer.wav --question "Tell me about a conflict." --json')
)
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option("--question", help="Text or id of the question that was answered.")
@click.option("--partial", is_flag=True, help="Judge what is there of a truncated file.")
@engine_options
@json_option
def assess(
    paths: tuple[Path, ...],
    question: str | None,
    partial: bool,
    engine: EngineChoice,
    as_json: bool,
) -> None:
    """Judge answers in audio or .txt files; nothing is logged.

    Without --question the answer is judged as a story with Situation, Task, Action and Result.
    """
    asked = question_of(question or UNASKED, all_questions())
    norms = users_norms()
    out = console()
    with Worker(*engine) as worker:
        for path in paths:
            transcript = _hear(path, worker, partial)
            judged = judge(asked, transcript, norms)
            if as_json:
                echo_json(_as_data(path, asked, transcript, judged))
            else:
                _show(out, path, asked, transcript, judged)
    if not as_json and any(path.suffix.lower() != ".txt" for path in paths):
        say_engine(out, engine)


def _hear(path: Path, worker: Worker, partial: bool) -> Transcript:
    return _read_text(path) if path.suffix.lower() == ".txt" else worker.hear(path, partial=partial)


def _read_text(path: Path) -> Transcript:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {path}.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise NotAudioError(
            f"{path} cannot be read as text.", "Save it as plain text (UTF-8)."
        ) from error
    if not text.strip():
        raise EmptyFileError(f"{path} is empty.", "Write the answer into it, as it was said.")
    return from_text(text)


def _as_data(
    path: Path, asked: Question, transcript: Transcript, judged: Assessment
) -> dict[str, Any]:
    """The object that --json prints for one take."""
    sentences = [
        {
            "text": s.text,
            "part": s.part,
            "start": s.start,
            "end": s.end,
            "confidence": s.confidence,
            "why": s.why,
        }
        for s in judged.sentences
    ]
    pauses = [
        {"after": transcript.words[p.after].text, "seconds": p.seconds, "inside": p.inside}
        for p in judged.timing.pauses
    ]
    return {
        "file": str(path),
        "question": asked.text,
        "kind": judged.kind,
        "words": [
            {"text": w.text, "start": w.start, "end": w.end, "probability": w.probability}
            for w in transcript.words
        ],
        "sentences": sentences,
        "missing": [part.value for part in judged.missing],
        "unclear": [part.value for part in judged.unclear],
        "episode": judged.episode,
        "score": asdict(judged.score),
        "shares": judged.shares,
        "parts": [{"name": p.name, "found": p.found is not None} for p in judged.parts],
        "faults": [{"name": f.name, "found": f.found} for f in judged.faults],
        "seconds": judged.timing.seconds,
        "words_per_minute": judged.timing.words_per_minute,
        "start_delay": judged.timing.start_delay,
        "pauses": pauses,
        "fillers": judged.fillers,
        "hesitations": _hesitations(transcript),
        "filler_words": [mark.text for mark in judged.filler_words],
        "hedges": [mark.text for mark in judged.hedges],
        "ownership": asdict(judged.ownership) if judged.ownership else None,
        "numbers": judged.has_numbers,
        "findings": [
            {"area": f.area, "met": f.met, "text": f.text, "source": f.source or None}
            for f in judged.findings
        ],
        "went_well": list(judged.went_well),
        "advice": [advice.text for advice in judged.advice],
        "engine": transcript.engine,
        "model": transcript.model,
        "version": judged.version,
    }


def _hesitations(transcript: Transcript) -> list[dict[str, float]] | None:
    return None if transcript.hesitations is None else [asdict(h) for h in transcript.hesitations]


def _show(
    out: Console, path: Path, asked: Question, transcript: Transcript, judged: Assessment
) -> None:
    attempt = Attempt(0, 0, asked, "", utc_now(), State.ASSESSED, path).judged(transcript, judged)
    out.print(Rule(str(path), align="left", style="dim"))
    out.print(Padding(terminal.transcript(attempt), (0, 0, 1, 0)))
    out.print(terminal.result(attempt))
