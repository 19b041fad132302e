"""Whatever a file holds: it is read, or refused with a sentence; nothing hangs, nothing is lost.

Search strings, entries of banks and other texts are drawn at random in the tests of their rooms.
"""

import copy
import io
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from past_takes import NOW, QUESTION, STORY, add_take
from sounds import noise

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import BankError, CoachError, ExchangeError
from coach.improvement.entries import Attempt, Note, State
from coach.improvement.exchange import import_log
from coach.improvement.log import Log
from coach.questions.bank import read_bank
from coach.questions.check import check_banks
from coach.recording.audio_file import read_audio
from coach.recording.recording import Recording
from coach.review import take as take_view
from coach.review.clean import CleanConsole
from coach.review.export import FORMATS
from coach.transcript.transcript import Transcript, Word

SECONDS = 5.0  # for one file, on a busy machine
MEMORY = 1200 << 20  # bytes more than before: two hours of sound are 1 GB
NORMS = load_norms()
FUZZ = settings(suppress_health_check=list(HealthCheck), max_examples=80, derandomize=True)

texts = st.text(max_size=20)
numbers = st.integers() | st.floats()
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts | st.just("x" * 5000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


# Banks


def as_toml(data: dict[str, Any]) -> bytes:
    try:
        return tomlkit.dumps({"question": [data, data]}).encode(errors="replace")
    except (TypeError, ValueError, tomlkit.exceptions.TOMLKitError):  # TOML knows no null
        return repr(data).encode(errors="replace")


@FUZZ
@given(
    st.binary(max_size=80)
    | st.text('[]questionidtx="=\n\\u0{}, ', max_size=80).map(str.encode)
    | st.dictionaries(texts, json_values, max_size=4).map(as_toml)
)
def test_any_bank_is_read_or_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    try:
        questions = read_bank(path)
    except BankError:
        assert check_banks([path])  # it names the same fault, and more
    else:
        assert all(question.text for question in questions)


# Imports


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A log as JSON, with two takes, a note and a rejection."""
    from coach.improvement.entries import Rejection
    from coach.improvement.exchange import whole

    home = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        with Log(home / "coach.db") as log:
            log.add_rejection(Rejection("Acme", "Chef", NOW.date()), NOW)
            take = add_take(log, home, typed=True)
            add_take(log, home)
            log.shelf(Note).add(Note(take.id, "slower"), NOW)
            return whole(log)


def places_in(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in it, with each of its keys."""
    keys = data.keys() if isinstance(data, dict) else range(len(data))
    for key in keys:
        yield data, key
        if isinstance(data[key], dict | list):
            yield from places_in(data[key])


@settings(FUZZ, max_examples=60)
@given(st.data())
def test_any_json_is_imported_or_refused(tmp_path_factory, exported, data):
    changed = copy.deepcopy(exported)
    for _ in range(data.draw(st.integers(1, 3))):
        spots = list(places_in(changed))
        inside, key = spots[data.draw(st.integers(0, len(spots) - 1))]
        if isinstance(inside, dict) and data.draw(st.booleans()):
            del inside[key]
        else:
            inside[key] = data.draw(json_values)
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        with Log(home / "coach.db") as log:
            add_take(log, home, typed=True)
            before = list(log._db.iterdump())
            try:
                import_log(log, changed, NOW)
            except ExchangeError:
                assert list(log._db.iterdump()) == before
            # Whatever was let in can be read, listed and shown.
            log.rejections(), log.feedback(), log.points(), log.levels(), log.summaries()
            for take in log.attempts(states=tuple(State)):
                shown(take)
            assert log._rows("PRAGMA foreign_key_check") == []


# Sound


def sound_file(form: str, subtype: str | None) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, noise(0.6), 16_000, format=form, subtype=subtype)
    return file.getvalue()


SOUNDS = {
    "wav": sound_file("WAV", "PCM_16"),
    "flac": sound_file("FLAC", None),
    "ogg": sound_file("OGG", "VORBIS"),
    "mp3": sound_file("MP3", None),
    "aiff": sound_file("AIFF", None),
    "au": sound_file("AU", None),
}


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Where more is taken, the test ends with a MemoryError."""
    resource = pytest.importorskip("resource", reason="needs the package resource (POSIX)")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@settings(FUZZ, max_examples=400)
@given(
    name=st.sampled_from(sorted(SOUNDS)),
    partial=st.booleans(),
    changes=st.lists(
        st.tuples(
            st.integers(0, 90),  # headers are at the beginning
            st.binary(min_size=1, max_size=4)
            | st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f", b"\0\0\0\x80"]),
        ),
        max_size=4,
    ),
    cut=st.none() | st.integers(0, 3000),
    tail=st.binary(max_size=8),
)
def read_malformed(folder: Path, counts: Counter[str], name, partial, changes, cut, tail) -> None:
    content = bytearray(SOUNDS[name])
    for at, put in changes:
        content[at : at + len(put)] = put
    path = folder / f"take.{name}"
    path.write_bytes(bytes(content[:cut]) + tail)
    began = time.monotonic()
    try:
        samples = read_audio(path, partial=partial)
    except CoachError as error:
        counts[type(error).__name__] += 1
    else:
        counts["read"] += 1
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()
        assert np.abs(samples).max() <= 1
    assert time.monotonic() - began < SECONDS


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs the package procfs (Linux)")
def test_a_malformed_header_costs_bounded_time_and_memory(tmp_path: Path, little_memory):
    counts: Counter[str] = Counter()
    read_malformed(tmp_path, counts)
    print(f"{counts.total()} malformed files: {dict(counts)}")
    # A fuzz that only ever reads, or only ever refuses, tells little.
    assert counts["read"] > 10
    assert counts["NotAudioError"] > 10


# Transcripts

times = st.none() | st.floats(-1e9, 1e9) | st.sampled_from([0.0, 5e-324, 1e300, -0.0])
awkward = st.sampled_from(
    ["\x1b[2J", "\x1b]0;title\x07", "\u202eevil", "\u0627\u0644\u0639", "\ufeff", "\u200b",
     "\x9b1m", "e" + "\u0301" * 30, "\U0001f600", "[bold]", "[/]", "<script>", "x" * 2000, ".",
     "...", "-->"]
)  # fmt: skip
words = st.builds(
    Word,
    text=awkward | st.text(min_size=1, max_size=8) | st.sampled_from(STORY.split()),
    start=times,
    end=times,
    probability=st.none() | st.floats(0, 1),
)


def shown(take: Attempt) -> str:
    """Everything in which a judged take can be seen."""
    console = CleanConsole(file=io.StringIO(), width=80)
    console.print(take_view.take(take, (), ()))
    if take.assessment is not None:
        for form in FORMATS.values():
            with suppress(CoachError):  # a typed take has no subtitles
                form(take, ())
    return console.file.getvalue()


@FUZZ
@given(st.lists(words, min_size=1, max_size=30), st.none() | st.floats(0, 1e6), st.booleans())
def test_any_transcript_is_judged_and_shown(said: list[Word], seconds: float | None, spoken: bool):
    if not spoken or seconds is None:
        said, seconds = [replace(word, start=None, end=None) for word in said], None
    else:
        said = [replace(word, start=word.start or 0.0, end=word.end or 0.0) for word in said]
    transcript = Transcript(tuple(said), "sphinx" if seconds else "text", None, False, seconds)
    recording = Recording(Path("a.wav"), seconds, NOW, "mic") if seconds else None
    try:
        judged = assess(QUESTION, transcript, NORMS, recording)
    except CoachError:
        return
    assert Transcript.from_dict(transcript.to_dict()) == transcript
    take = Attempt(
        1, 1, QUESTION, "", NOW, State.ASSESSED, None, recording, transcript, judged, (), False
    )
    printed = shown(take)
    # A terminal does what it is told by these.
    assert not {"\x1b", "\x9b", "\x07", "\x08", "\u202e"} & set(printed)


def test_a_terminal_never_obeys_what_was_pasted(coach):
    words = "We liked you.\x1b[2J\x9b31m Your answers \u202elacked outcomes."
    coach(
        "rejection", "add", "--company", "A\x1b]0;x\x07cme", "--role", "Chef", "--feedback", words
    )
    for command in (("rejection", "show", 1), ("rejection", "list"), ("themes",), ("plan",)):
        told = coach(*command)
        assert told.code == 0, told
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(told.out)
    assert "Your answers" in coach("rejection", "show", 1).out
