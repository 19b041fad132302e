"""Takes as files: subtitles that players read, CSV, JSON, and text that stays text."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from file_mode import mode
from hypothesis import given, settings
from hypothesis import strategies as st
from past_takes import NOW, QUESTION, RESULT, STORY, add_take, spoken

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import Attempt, Note, State
from coach.improvement.log import Log
from coach.questions.question import Kind, Question
from coach.review.export import FORMATS
from coach.review.subtitles import LINE, LONGEST
from coach.transcript.transcript import Transcript, Word

EVIL = "<script>alert(1)</script> \"quoted\" & 'single' --> \u202e =SUM(A1) | [x](y) `z` #"


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as log:
        yield log


def take_of(transcript: Transcript, question: Question = QUESTION) -> Attempt:
    judged = assess(question, transcript, load_norms())
    return Attempt(
        3, 1, question, "", NOW, State.ASSESSED, transcript=transcript, assessment=judged
    )


def seconds(stamp: str) -> float:
    hours, minutes, rest = stamp.replace(",", ".").split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def parse_srt(text: str) -> list[tuple[float, float, list[str]]]:
    """As SubRip's own description has it; anything else fails."""
    cues = []
    for number, block in enumerate(text.strip("\n").split("\n\n"), 1):
        index, times, *lines = block.split("\n")
        assert index == str(number)
        match = re.fullmatch(r"(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})", times)
        assert match, times
        assert lines
        assert all(lines)
        cues.append((seconds(match[1]), seconds(match[2]), lines))
    return cues


def parse_vtt(text: str) -> list[tuple[float, float, list[str], list[float]]]:
    head, note, *blocks = text.strip("\n").split("\n\n")
    assert head == "WEBVTT"
    assert note.startswith("NOTE ")
    assert "-->" not in note
    cues = []
    for block in blocks:
        times, *lines = block.split("\n")
        match = re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", times)
        assert match, times
        assert lines
        assert all(lines)
        assert not any("-->" in line for line in lines)
        stamps = [seconds(s) for line in lines for s in re.findall(r"<([\d:.]+)>", line)]
        cues.append((seconds(match[1]), seconds(match[2]), lines, stamps))
    return cues


def in_order(cues: list[tuple], words: list[str], plain) -> None:
    assert all(start < end for start, end, *_ in cues)
    starts = [start for start, *_ in cues]
    assert starts == sorted(starts)
    shown = [word for _, _, lines, *_ in cues for line in lines for word in plain(line).split()]
    assert shown == words


def test_subtitles_hold_every_word_at_its_time():
    take = take_of(spoken(STORY + RESULT, 1.0))
    words = [word.text for word in take.transcript.words]
    srt = parse_srt(FORMATS["srt"](take, ()))
    in_order(srt, words, str)
    assert all(len(lines) <= 2 for *_, lines in srt)
    assert all(len(line) <= LINE for *_, lines in srt for line in lines)
    assert all(end - start <= LONGEST for start, end, _ in srt)
    assert srt[0][0] == take.transcript.words[0].start
    vtt = parse_vtt(FORMATS["vtt"](take, ()))
    in_order(vtt, words, lambda line: re.sub(r"<[^>]*>", "", line))
    starts = {word.start for word in take.transcript.words}
    for start, end, _, stamps in vtt:
        assert stamps == sorted(stamps)
        assert all(start < stamp < end and stamp in starts for stamp in stamps)
    assert sum(len(stamps) for *_, stamps in vtt) + len(vtt) == len(words)


MOMENTS = st.lists(st.floats(0, 9000).map(lambda s: round(s, 3)), min_size=2, max_size=30)
TOKENS = st.text(st.characters(blacklist_categories=("Z", "C")), min_size=1, max_size=60)


@settings(max_examples=50)
@given(MOMENTS, st.data())
def test_any_words_and_times_are_valid_subtitles(moments: list[float], data):
    """Words of no length, and longer than a line, come up after an edit."""
    moments.sort()
    words = tuple(
        Word(data.draw(TOKENS), moments[i], moments[i + 1]) for i in range(0, len(moments) - 1, 2)
    )
    take = take_of(Transcript(words, "sphinx", "en-us", False, 9001.0))
    shown = [word.text.replace("<", "‹").replace(">", "›") for word in words]
    in_order(parse_srt(FORMATS["srt"](take, ())), shown, str)
    parse_vtt(FORMATS["vtt"](take, ()))


class Reader(HTMLParser):
    """Gathers elements and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("place", ["question", "words", "note"])
def test_html_shows_user_text_as_text(place: str):
    question = Question("q", EVIL if place == "question" else "Why?", Kind.BEHAVIOURAL, ())
    take = take_of(spoken(f"{STORY} {EVIL}" if place == "words" else STORY), question)
    page = FORMATS["html"](take, (Note(3, EVIL),) if place == "note" else ())
    reader = Reader()
    reader.feed(page)
    assert " ".join(EVIL.split()) in " ".join("".join(reader.text).split())
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "table",
               "tr", "td", "div", "span", "section", "ul", "li", "footer"}  # fmt: skip
    assert {tag for tag, _ in reader.tags} <= allowed
    names = {name for _, attributes in reader.tags for name in attributes}
    assert names <= {"lang", "charset", "name", "content", "class", "dir"}  # no link, no script


def test_html_marks_fillers_hedges_pauses_and_hesitations():
    page = FORMATS["html"](take_of(spoken(f"Um, {STORY}", 1.2)), ())
    for phrase in (
        'class="filler">Um,',
        'class="hedge">maybe',
        "[1.3 s]",
        "[um 0:01]",
        "Situation",
    ):
        assert phrase in page, phrase


def test_csv_has_a_row_a_word_and_no_formula():
    take = take_of(spoken(f'{STORY} He said "so, well" =1+1 maybe.', 1.2))
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](take, ()))))
    words = take.transcript.words
    assert len(rows) == len(words)
    texts = [row["word"] for row in rows]
    assert texts == [f"'{w.text}" if w.text.startswith("=") else w.text for w in words]
    assert [float(row["start"]) for row in rows] == [word.start for word in words]
    assert {row["part"] for row in rows} <= {"S", "T", "A", "R", ""}
    assert [row["mark"] for row in rows if row["word"] == "maybe."] == ["hedge"]
    assert float(rows[6]["pause_after"]) == pytest.approx(1.3)  # behind the first sentence
    assert rows[-1]["pause_after"] == ""


def test_markdown_and_json_tell_all(log: Log, home: Path):
    take = add_take(log, home, STORY.replace("bakery", "*bakery* <b>"))
    notes = (Note(take.id, "use | a [figure]"),)
    text = FORMATS["md"](take, notes)
    assert text.startswith("# What went wrong at the fair?\n")
    for phrase in ("0:01 **Situation** Last year", r"\*bakery\* &lt;b&gt;", "## Missing",
                   "\n- Result\n", "## In the next take", r"use \| a \[figure\]"):  # fmt: skip
        assert phrase in text, phrase
    data = json.loads(FORMATS["json"](take, notes))
    assert data == {**json.loads(json.dumps(take.to_dict())), "notes": ["use | a [figure]"]}


def test_the_command_writes_private_files(coach, log: Log, home: Path, tmp_path: Path):
    spoken_take = add_take(log, home)
    typed = add_take(log, home, typed=True)
    assert coach("export", spoken_take.id).out.startswith("# What went wrong")
    assert parse_srt(coach("export", spoken_take.id, "--format", "srt").out)
    refused = coach("export", typed.id, "--format", "srt")
    assert (refused.code, "typed" in refused.err) == (41, True)
    folder = tmp_path / "out"
    told = coach("export", "--all", "--format", "vtt", "--out", folder)
    assert [path.name for path in folder.iterdir()] == [f"take-{spoken_take.id}.vtt"]
    assert "Take 2 was typed" in told.out
    assert mode(folder / "take-1.vtt") == 0o600
    again = ("export", 1, "--format", "vtt", "--out", folder / "take-1.vtt")
    assert coach(*again).code == 43
    assert coach(*again, "--force").code == 0
    for wrong in (
        ("--all",), (1, "--all", "--out", folder), ("--format", "srt"), (1, "--table", "takes"),
    ):  # fmt: skip
        assert coach("export", *wrong).code == 2
    assert coach("export", 99).code == 24
