"""A judged take as a file of its own: Markdown, HTML, JSON, CSV of its words, subtitles."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.text import Text

from coach.assessment.assessment import Assessment, Sentence
from coach.improvement.entries import JudgedTake, Note
from coach.review.days import listed_moment
from coach.review.log_export import cell, plain
from coach.review.structure import titles
from coach.review.subtitles import as_srt, as_vtt
from coach.review.terminal import engine_line
from coach.review.words import clock, duration, marks_of, places

Notes = Sequence[Note]

_MARKDOWN = re.compile(r"([\\`*_\[\]#|~])")
_COLUMNS = (
    "take", "question", "sentence", "part", "word", "start", "end", "probability", "mark",
    "pause_after",
)  # fmt: skip
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; } td { padding: .2rem .6rem; vertical-align: top; }
.time, .why, footer { color: GrayText; } .part { font-weight: bold; }
.filler { text-decoration: underline wavy; } .hedge { font-style: italic; }
.heard { font-size: .85em; }
"""


def as_json(attempt: JudgedTake, notes: Notes) -> str:
    data = {**attempt.to_dict(), "notes": [note.text for note in notes]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def as_csv(attempt: JudgedTake, _notes: Notes) -> str:
    """A row a word; seconds from the start of the take, empty in a typed one."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    judged, words = attempt.assessment, attempt.transcript.words
    said = attempt.transcript.timed
    marks = _marks(judged)
    pauses = [round(after.start - before.end, 3) for before, after in pairwise(said)]
    for number, sentence in enumerate(judged.sentences, 1):
        for index in range(sentence.first, sentence.last + 1):
            word = words[index]
            row = (
                attempt.id, attempt.question.text, number, sentence.part or "", word.text,
                word.start, word.end, word.probability, marks.get(index, ""),
                pauses[index] if index < len(pauses) else None,
            )  # fmt: skip
            rows.writerow([cell(value) for value in row])
    return out.getvalue()


def _marks(judged: Assessment) -> dict[int, str]:
    hedges, fillers = places(judged.hedges), places(judged.filler_words)
    return dict.fromkeys(hedges, "hedge") | dict.fromkeys(fillers, "filler")


def as_markdown(attempt: JudgedTake, notes: Notes) -> str:
    judged = attempt.assessment
    lines = [
        f"# {_escaped(attempt.question.text)}",
        "",
        _facts(attempt),
        "",
        "## What was said",
        "",
    ]
    lines += [
        f"- {_when(sentence)}**{_title(judged, sentence)}** {_escaped(sentence.text)}"
        for sentence in judged.sentences
    ]
    for title, texts in _sections(judged, notes):
        lines += ["", f"## {title}", "", *(f"- {_escaped(text)}" for text in texts)]
    return "\n".join([*lines, "", _escaped(engine_line(attempt.transcript, judged)), ""])


def _escaped(text: str) -> str:
    """On one line, and read neither as Markdown nor as HTML."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def _facts(attempt: JudgedTake) -> str:
    seconds = attempt.assessment.timing.seconds
    length = "typed" if seconds is None else f"{duration(seconds)} min"
    when = listed_moment(attempt.started)
    star = ", starred" if attempt.starred else ""
    return f"Take {attempt.id}, {when}, {length}, score {attempt.assessment.score.overall}{star}"


def _when(sentence: Sentence) -> str:
    return "" if sentence.start is None else f"{clock(sentence.start)} "


def _title(judged: Assessment, sentence: Sentence) -> str:
    return titles(judged.kind)[sentence.part] if sentence.part else "·"


def _sections(judged: Assessment, notes: Notes) -> list[tuple[str, list[str]]]:
    """What is told below the words, each with its lines; nothing that is empty."""
    missing = [part.title for part in judged.missing]
    known = titles(judged.kind)
    missing += [known.get(part.name, part.name) for part in judged.parts if part.found is None]
    sections = [
        ("Missing", missing),
        ("Only hinted at", [part.title for part in judged.unclear]),
        ("Faults", [f"{known[fault.name]}: {fault.found}" for fault in judged.faults]),
        ("What went well", list(judged.went_well)),
        ("In the next take", [advice.text for advice in judged.advice]),
        ("Findings", list(dict.fromkeys(finding.text for finding in judged.findings))),
        ("Notes", [note.text for note in notes]),
    ]
    return [(title, texts) for title, texts in sections if texts]


def as_html(attempt: JudgedTake, notes: Notes) -> str:
    """One page without scripts, and without anything from elsewhere."""
    judged = attempt.assessment
    title = html.escape(attempt.question.text)
    rows = "".join(
        f'<tr><td class="time">{_when(sentence)}</td>'
        f'<td class="part">{html.escape(_title(judged, sentence))}</td>'
        f'<td dir="auto">{_html_words(attempt, sentence)}'
        f'<div class="why">{html.escape(sentence.why)}</div></td></tr>\n'
        for sentence in judged.sentences
    )
    sections = "".join(
        f"<section><h2>{name}</h2><ul>"
        + "".join(f'<li dir="auto">{html.escape(text)}</li>' for text in texts)
        + "</ul></section>\n"
        for name, texts in _sections(judged, notes)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n<body><main>\n"
        f'<h1 dir="auto">{title}</h1>\n<p>{html.escape(_facts(attempt))}</p>\n'
        f"<h2>What was said</h2>\n<table>\n{rows}</table>\n{sections}</main>\n"
        f"<footer>{html.escape(engine_line(attempt.transcript, judged))}</footer></body></html>\n"
    )


def _html_words(attempt: JudgedTake, sentence: Sentence) -> str:
    kinds = _marks(attempt.assessment)
    marks = marks_of(attempt.transcript, attempt.assessment)
    pieces = []
    for index in range(sentence.first, sentence.last + 1):
        text = html.escape(attempt.transcript.words[index].text)
        pieces += [
            _span("heard", marks.before.get(index)),
            f'<span class="{kinds[index]}">{text}</span>' if index in kinds else text,
            _span("heard", marks.after.get(index)),
        ]
    return " ".join(filter(None, pieces))


def _span(kind: str, mark: Text | None) -> str:
    return f'<span class="{kind}">{html.escape(mark.plain.strip())}</span>' if mark else ""


FORMATS: dict[str, Callable[[JudgedTake, Notes], str]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
    "srt": lambda attempt, _notes: as_srt(attempt),
    "vtt": lambda attempt, _notes: as_vtt(attempt),
    "csv": as_csv,
}
