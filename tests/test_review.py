"""What is done with one past take: looked at, played, mended, judged again, compared, removed."""

import os
import shlex
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_takes import NOW, RESULT, STORY, add_take, spoken
from rich.console import Console

from coach.assessment.assessment import Assessment, Correction, Finding
from coach.assessment.segment import normalise
from coach.assessment.star import StarPart
from coach.errors import EntryError, HomeError
from coach.improvement.entries import Note
from coach.improvement.log import Log
from coach.improvement.rejudge import mend, moved
from coach.improvement.searching import Wanted
from coach.questions.question import Kind, Question
from coach.recording import microphone
from coach.recording.recording import Notice
from coach.review.compare import compare, compared
from coach.review.playing import Playing, beginning
from coach.review.take import take as take_view
from coach.review.words import SPOKEN
from coach.transcript.transcript import Hesitation, from_text


@pytest.fixture
def log(home: Path):
    with Log(home / "coach.db") as log:
        yield log


def plain(shown, width: int = 80) -> str:
    out = Console(width=width)
    with out.capture() as caught:
        out.print(shown)
    assert max(map(len, caught.get().splitlines())) <= width
    return caught.get()


# Looking


def test_a_take_shows_when_each_follow_up_was_asked(log: Log, home: Path):
    attempt = add_take(log, home)
    asked = Notice("asked", 12.4, "What changed?")
    attempt = replace(
        attempt,
        recording=replace(attempt.recording, notices=(Notice("noisy", 3.0, "Loud."), asked)),
        transcript=replace(attempt.transcript, asked=("And how do you know?",)),
    )
    shown = plain(take_view(attempt, (), ()))
    rows = shown.partition("Asked in the answer")[2].splitlines()
    assert [row.strip().split(None, 1) for row in rows[1:3]] == [
        ["0:12", "What changed?"],
        ["·", "And how do you know?"],
    ]


def test_a_take_shows_its_words_with_marks_findings_and_notes(coach, log: Log, home: Path):
    take = add_take(log, home, f"Well, um, {STORY}")
    assert coach("review", take.id, "--star", "--note", "Open with the <rolls>").code == 0
    shown = coach("review", take.id).out
    assert max(map(len, shown.splitlines())) <= 80
    for phrase in (
        "★ What went wrong at the fair?",
        "because",
        "[1.3 s]",  # the pause between sentences
        "[um 0:01]",  # heard in the sound
        "fillers “",
        "“um”",
        "hedges “maybe”",
        "pauses ×",
        "Missing: Result",
        "In the next take",
        "Open with the <rolls>",
    ):
        assert phrase in shown, phrase
    data = coach("review", take.id, "--json").json
    assert (data["starred"], data["notes"]) == (True, ["Open with the <rolls>"])
    coach("review", take.id, "--unstar")
    assert not log.attempt(take.id).starred
    assert coach("review", take.id, "--note", " ").code == EntryError.exit_code
    assert coach("review", "--star").code == 2


def test_a_long_list_goes_through_the_pager(log: Log, home: Path):
    for days in range(15):
        add_take(log, home, days=days, typed=True)
    child = pexpect.spawn(
        sys.executable, ["-m", "coach", "review"], dimensions=(24, 80), timeout=30,
        env={**os.environ, "PAGER": "cat -n", "COACH_HOME": str(home)},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    assert b"     1\t" in child.before
    short = pexpect.run(
        f"{sys.executable} -m coach review --since {NOW:%Y-%m-%d}",
        env={**os.environ, "PAGER": "cat -n", "COACH_HOME": str(home)},
    )
    assert b"     1\t" not in short


# Playing


class FakeStream:
    """Takes blocks as a loudspeaker does that is half a second late."""

    latency = 0.5

    def __init__(self, **format_: object) -> None:
        self.written, self.aborted = 0, False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def write(self, block):
        self.written += len(block)

    def abort(self):
        self.aborted = True


@pytest.fixture
def speaker(monkeypatch):
    """A sound library that plays into nothing at 16 kHz."""
    stream = FakeStream()
    library = SimpleNamespace(
        PortAudioError=OSError,
        OutputStream=lambda **_: stream,
        query_devices=lambda **_: {"default_samplerate": 16_000},
        _terminate=lambda: None,
        _initialize=lambda: None,
    )
    monkeypatch.setattr(microphone, "_sounddevice", lambda: library)
    return stream


def test_the_player_says_what_is_heard_and_not_what_is_written(log: Log, home: Path, speaker):
    take = add_take(log, home)
    heard: list[float] = []
    microphone.play(take.path, 2.0, heard=heard.append)
    assert heard[0] == 2.0
    assert heard[10] == pytest.approx(2.0 + 1.1 - 0.5)
    seconds = take.transcript.seconds
    assert speaker.written / 16_000 == pytest.approx(seconds - 2 + microphone.PLAYED_OUT, abs=0.01)
    before = speaker.written
    microphone.play(
        take.path, stop=lambda: len(heard) > 250, heard=lambda at: heard.extend([at] * 50)
    )
    assert speaker.aborted
    assert speaker.written - before < 16_000


def marked(playing: Playing, seconds: float) -> list[str]:
    """The words that carry the marker."""
    out = Console(width=80)
    segments = [piece for line in out.render_lines(playing.at(seconds)) for piece in line]
    style = out.get_style(SPOKEN)
    return [s.text for s in segments if s.style and s.style.reverse == style.reverse is True]


def test_the_marker_moves_over_the_words(log: Log, home: Path):
    take = add_take(log, home)
    playing = Playing(take)
    words = take.transcript.words
    for index in (0, 1, 9, len(words) - 1):
        middle = (words[index].start + words[index].end) / 2
        assert playing.word_at(middle) == index
        assert marked(playing, middle) == [words[index].text]
    assert playing.word_at(0.5) is None
    assert marked(playing, words[-1].end + 1) == []
    shown = plain(playing.at(words[9].start))
    assert "My manager" in shown
    assert "0:06" in shown
    assert "I counted" in shown  # what comes next
    assert "new plan" not in shown


def test_it_plays_from_a_part_or_a_time(coach, log: Log, home: Path, speaker, monkeypatch):
    take = add_take(log, home, STORY + RESULT)
    result = next(s for s in take.assessment.sentences if s.part == StarPart.RESULT)
    assert beginning(take, "r") == beginning(take, "Result") == result.start
    assert (beginning(take, ""), beginning(take, "0:07"), beginning(take, "12")) == (0.0, 7.0, 12.0)
    for wrong in ("9:00", "Z", "0:0:1", "-3", "²"):
        with pytest.raises(EntryError):
            beginning(take, wrong)
    starts = []
    monkeypatch.setattr(microphone, "play", lambda _path, start, **_: starts.append(start))
    assert coach("review", take.id, "--play", "R").code == 0
    assert coach("review", take.id, "--play").code == 0
    assert starts == [result.start, 0.0]
    typed = add_take(log, home, typed=True)
    assert coach("review", typed.id, "--play").code == 10
    take.path.unlink()
    assert coach("review", take.id, "--play").code == 10


# Mending the words

WORD = st.text("abci", min_size=1, max_size=4).map(lambda w: w + ("." if w.endswith("c") else ""))
WORDS = st.lists(WORD, min_size=1, max_size=25)


@given(WORDS, WORDS)
def test_times_stay_in_order_and_inside_the_take(old: list[str], new: list[str]):
    said = spoken(" ".join(old), 0.8)
    mended = mend(said, " ".join(new))
    words = mended.transcript.words
    assert [word.text for word in words] == new
    moments = [moment for word in words for moment in (word.start, word.end)]
    assert moments == sorted(moments)
    assert all(0 <= moment <= said.seconds for moment in moments)
    for before, after in mended.kept.items():
        assert normalise(words[after].text) == normalise(said.words[before].text)
        assert (words[after].start, words[after].end) == (
            said.words[before].start, said.words[before].end)  # fmt: skip
    assert list(mended.kept) == sorted(mended.kept)
    assert list(mended.kept.values()) == sorted(mended.kept.values())


@given(WORDS, st.data())
def test_words_around_one_change_keep_their_times(old: list[str], data):
    place = data.draw(st.integers(0, len(old) - 1))
    new = [*old[:place], "zzz", *old[place + 1 :]]
    said = spoken(" ".join(old))
    words = mend(said, " ".join(new)).transcript.words
    expected = [(word.start, word.end) for word in said.words]
    assert [(word.start, word.end) for word in words] == expected


def test_new_words_share_the_time_of_the_old_or_take_some_of_the_silence():
    said = spoken("we sold rolls. Then left", 2.0)
    two = mend(said, "we actually sold rolls. Then left").transcript.words[1]
    assert (two.start, two.end) == (said.words[0].end, said.words[1].start)
    late = mend(said, "we sold rolls. And Then left").transcript.words[3]
    assert late.start == said.words[2].end
    assert late.end < late.start + 0.3  # what the word needs, not the whole pause
    split = mend(said, "we sold bread sticks. Then left").transcript.words[2:4]
    assert (split[0].start, split[1].end) == (said.words[2].start, said.words[2].end)
    assert split[0].end == split[1].start
    first = mend(said, "So we sold rolls. Then left").transcript.words[0]
    assert 0 < first.start < first.end == said.words[0].start
    typed = mend(from_text("one two"), "one three four")
    assert [word.start for word in typed.transcript.words] == [None, None, None]


def test_an_um_that_is_written_down_is_not_heard_a_second_time():
    said = replace(
        spoken("we sold rolls"), hesitations=(Hesitation(1.42, 1.48), Hesitation(2, 2.4))
    )
    assert mend(said, "we um sold rolls").transcript.hesitations == said.hesitations[1:]
    assert mend(said, "we um um sold rolls").transcript.hesitations == said.hesitations[1:]
    assert mend(said, "we just sold rolls").transcript.hesitations == said.hesitations


def test_corrections_of_sentences_follow_their_words():
    corrections = (Correction(0, 1, None), Correction(2, 3, StarPart.RESULT))
    mended = mend(from_text("a b c d"), "x c y d")
    assert moved(corrections, mended.kept) == (Correction(1, 3, StarPart.RESULT),)


def editor(tmp_path: Path, monkeypatch, *replaced: tuple[str, str]) -> None:
    """An editor that replaces texts, as a person would."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\ntext = file.read_text()\n"
        f"for old, new in {replaced!r}:\n"
        "    assert old in text, text\n    text = text.replace(old, new)\n"
        "file.write_text(text)\n"
    )
    monkeypatch.setenv("EDITOR", shlex.join((sys.executable, str(script))))


def test_edited_words_are_judged_and_the_former_ones_kept(
    coach, log: Log, home: Path, tmp_path, monkeypatch
):
    take = add_take(log, home)
    assert "R" in take.assessment.missing
    end = "new plan for the oven."
    editor(tmp_path, monkeypatch, (end, end + RESULT))
    told = coach("review", take.id, "--edit")
    assert told.code == 0, told.err
    assert f"Score: {take.assessment.score.overall} before" in told.out
    after = log.attempt(take.id)
    assert "R" not in after.assessment.missing
    assert after.transcript.edited
    assert after.transcript.words[: len(take.transcript.words)] == take.transcript.words
    assert log.find(Wanted("hundred"), 5).total == 1
    shown = " ".join(coach("review", take.id).out.split())
    assert "mended by you" in shown
    assert f"{take.assessment.score.overall} of 100, until the words of take" in shown
    assert coach("undo", "--yes").code == 0
    assert log.attempt(take.id) == take
    assert log.find(Wanted("hundred"), 5).total == 0


def test_an_editor_that_changes_nothing_empties_all_or_does_not_start(
    coach, log: Log, home: Path, tmp_path, monkeypatch
):
    take = add_take(log, home, "I rang the bell.", typed=True)
    editor(tmp_path, monkeypatch)
    assert "as they were" in coach("review", take.id, "--edit").out
    editor(tmp_path, monkeypatch, ("I rang the bell.", ""))
    assert coach("review", take.id, "--edit").code == EntryError.exit_code
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    assert "EDITOR" in coach("review", take.id, "--edit").err
    assert log.attempt(take.id) == take


def test_a_take_is_judged_by_todays_assessor_and_the_former_result_kept(
    coach, log: Log, home: Path
):
    take = add_take(log, home, STORY + RESULT)
    now = take.assessment
    assert "as it was judged then" in coach("review", take.id, "--reassess").out
    then = replace(now, version=1, score=replace(now.score, overall=12), missing=(StarPart.TASK,))
    log.save_assessment(take.id, then)
    assert "12 before" in coach("review", take.id, "--reassess").out
    assert log.attempt(take.id).assessment == now
    assert "12 of 100, until take 1 was judged again" in coach("review", take.id).out
    log.undo()
    assert log.attempt(take.id).assessment == then
    assert log.find(Wanted(missing=StarPart.TASK), 5).total == 1


# Comparing


def test_two_takes_are_compared(coach, log: Log, home: Path):
    second = add_take(log, home, STORY + RESULT)
    first = add_take(log, home, days=2)
    shown = coach("compare", second.id, first.id)
    assert shown.code == 0, shown.err
    lines = shown.out.splitlines()
    assert max(map(len, lines)) <= 80
    (head,) = [line for line in lines if line.split() == ["take", "2", "take", "1"]]  # by time
    assert "missing" in next(line for line in lines[lines.index(head) :] if "Result" in line)
    mended = shown.out[shown.out.index("Mended") :]
    assert "Results" in mended
    wording = mended[mended.index("How each tells its Result") :]
    assert "take 2  not told" in wording
    assert "sold two hundred more rolls" in wording
    data = coach("compare", first.id, second.id, "--json").json
    kinds = {change["after"]["area"]: change["kind"] for change in data["changes"]}
    assert kinds["star.result"] == "mended"
    back = {c.after.area: c.kind for c in compared(second.assessment, first.assessment)}
    assert back["star.result"] == "lost"
    wide = plain(compare(first, second, 120), 120)
    assert any("not told" in line and "sold two" in line for line in wide.splitlines())
    assert coach("compare", 1, 99).code == 24


def test_an_area_that_fell_is_worse_though_it_was_never_met(log: Log, home: Path):
    judged = add_take(log, home).assessment

    def setup(met: float) -> Assessment:
        return replace(judged, findings=(Finding("star.setup", met, "Its share."),))

    assert [change.kind for change in compared(setup(0.75), setup(0.0))] == ["lost"]
    assert [change.kind for change in compared(setup(0.5), setup(0.75))] == ["open"]


def test_a_take_that_was_put_aside_is_said_to_be(coach, log: Log, home: Path):
    question = add_take(log, home).question
    path = home / "recordings" / "warm.wav"
    path.touch()
    warm = log.add_attempt(log.start_sitting("warmup", NOW), question, "To warm up", NOW, path)
    log.discard(warm.id)
    shown = " ".join(coach("review", warm.id).out.split())
    assert "does not count" in shown
    assert "recording is kept" in shown


def test_answers_that_are_no_stories_are_compared_by_their_parts(log: Log, home: Path):
    why = Question("why-1", "Why us?", Kind.MOTIVATION, ("hr.motivation",))
    bare = "You are a great company. I would like to work for you."
    full = (
        "Your bakery mills its own flour on Mill Lane, which no other in town does. I have baked"
        " sourdough for six years, and that is just what you sell. I would take over your night"
        " shift and train the two apprentices."
    )
    first = add_take(log, home, bare, question=why, days=1)
    second = add_take(log, home, full, question=replace(why, text="Why here?"))
    shown = plain(compare(first, second, 80))
    assert "different questions" not in shown  # one question in other words
    assert second.assessment.score.overall > first.assessment.score.overall
    row = next(line for line in shown.splitlines() if line.startswith("A fact about them"))
    assert row.count("missing") == 1  # in the first
    assert "mills its own flour" in shown


# Removing


def test_a_deleted_take_comes_back_within_a_day(coach, log: Log, home: Path):
    take = add_take(log, home)
    log.shelf(Note).add(Note(take.id, "breathe"), NOW)
    assert coach("review", take.id, "--delete").code == 29  # nobody can be asked
    told = coach("review", take.id, "--delete", "--yes")
    assert "coach undo" in told.out
    assert coach("review", take.id).code == 24
    assert coach("review", "--search", "bakery", "--json").json == []
    assert not take.path.exists()
    assert [p.name for p in home.rglob("*.wav")] == [take.path.name]  # in the trash
    assert coach("undo", "--yes").code == 0
    assert log.attempt(take.id) == take
    assert log.notes(take.id)[0].text == "breathe"
    assert take.path.is_file()
    assert log.find(Wanted("bakery"), 5).total == log.find(Wanted("breathe"), 5).total == 1


def in_database(home: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in home.glob("coach.db*"))


def test_after_a_day_a_deleted_take_is_gone_for_good(log: Log, home: Path):
    take = add_take(log, home, "The zeppelin landed. " + STORY)
    kept = add_take(log, home, "The lighthouse stood. " + STORY)
    log.shelf(Note).add(Note(take.id, "quagmire"), NOW)
    log.star(take.id, NOW, starred=True)
    log.star(kept.id, NOW, starred=True)
    log.delete(take, NOW)
    log.tidy(NOW + timedelta(hours=23))
    assert in_database(home, "zeppelin")
    log.tidy(NOW + timedelta(hours=25))
    for word in ("zeppelin", "quagmire"):
        assert not in_database(home, word), word
    assert in_database(home, "lighthouse")
    assert [path.name for path in home.rglob("*.wav")] == [kept.path.name]
    assert log.undo() == f"take {kept.id} was starred"
    assert log.undo() is None


def test_the_number_of_a_deleted_take_is_not_given_away(log: Log, home: Path):
    first = add_take(log, home)
    log.delete(first, NOW)
    second = add_take(log, home, STORY + RESULT)
    assert second.id == first.id + 1
    assert log.undo()
    assert (log.attempt(first.id), log.attempt(second.id)) == (first, second)


def test_a_recording_that_cannot_be_moved_keeps_its_take(log: Log, home: Path, monkeypatch):
    take = add_take(log, home)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(HomeError):
            log.delete(take, NOW)
    assert log.attempt(take.id) == take
    assert log.undo() is None


def test_a_crash_between_moving_and_deleting_loses_nothing(log: Log, home: Path):
    take = add_take(log, home)
    moved_to = home / "trash" / take.path.relative_to(home)
    moved_to.parent.mkdir(parents=True)
    take.path.rename(moved_to)
    log.tidy(NOW)
    assert take.path.is_file()


def test_forgetting_before_a_day_is_final(coach, log: Log, home: Path):
    old = add_take(log, home, "The zeppelin landed. " + STORY, days=9)
    young = add_take(log, home, "The lighthouse stood. " + STORY)
    log.shelf(Note).add(Note(old.id, "quagmire"), NOW)
    log.star(old.id, NOW, starred=True)
    assert coach("forget", "--before", "2026-11-20").code == 29
    told = coach("forget", "--before", "2026-11-20", "--yes")
    assert "for good" in told.out
    assert "1 take is gone" in told.out
    for word in ("zeppelin", "quagmire"):
        assert not in_database(home, word), word
    assert in_database(home, "lighthouse")
    assert [path.name for path in home.rglob("*.wav")] == [young.path.name]
    assert log.attempt(young.id) == young
    assert coach("undo", "--yes").out == "There is no change to take back.\n"


def test_forgetting_all_leaves_no_word_and_no_sound(coach, log: Log, home: Path):
    takes = [add_take(log, home, f"The zeppelin landed. {STORY}{RESULT}", days=d) for d in (5, 1)]
    log.delete(takes[0], NOW)
    log.save_reassessment(takes[1].id, replace(takes[1].assessment, version=1), NOW)
    assert coach("forget").code == 2
    assert coach("forget", "--all", "--before", "2026-01-01").code == 2
    assert coach("forget", "--all", "--yes").code == 0
    for word in ("zeppelin", "bakery", "rolls", "oven", "manager"):
        assert not in_database(home, word), word
    assert list(home.rglob("*.wav")) == []
    assert not (home / "trash").exists()
    assert log.find(Wanted(), 5).total == 0
    assert add_take(log, home).id == 1
