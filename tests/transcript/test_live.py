"""A take is heard while it grows, whatever happens to the process that hears it."""

import os
import signal
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import stream, wait_until_loaded
from test_pieces import heard_so_far, takes

from coach.errors import ModelError, NoSpeechError, NoSuchFileError, TranscriptionError
from coach.recording.audio_file import HEADER, read_audio
from coach.recording.recording import SAMPLE_RATE, Recording, Span
from coach.transcript import worker as worker_module
from coach.transcript.live import LiveHearing
from coach.transcript.pieces import Cutter, Piece, cut
from coach.transcript.transcript import Transcript, Word
from coach.transcript.worker import Answer, Loaded, Worker


@dataclass
class Script:
    """A worker that does what the test says, in this process.

    Each look at it takes an entry of `events`: "answer", "lose", or "" for nothing yet.
    """

    events: list[str]
    fixed_cost: float = 0.0
    loaded: Loaded = field(default_factory=lambda: Loaded("script", "none", False, "", False))
    heard: list[Piece] = field(default_factory=list)
    jobs: list[tuple[Path, Piece]] = field(default_factory=list)
    started: int = 0

    def start(self) -> None:
        self.started += 1

    def send(self, path: Path, piece: Piece) -> int:
        assert len(self.jobs) == len(self.heard), "one at a time"
        self.jobs.append((path, piece))
        return len(self.jobs)

    def receive(self, _timeout: float = 0.0) -> Answer | None:
        event = self.events.pop() if self.events else "answer"
        if event == "lose":
            self.jobs = self.jobs[: len(self.heard)]
            raise TranscriptionError("It died.", "Try again.")
        if event != "answer" or len(self.jobs) == len(self.heard):
            return None
        path, piece = self.jobs[-1]
        self.heard.append(piece)
        if not path.exists():
            return Answer(len(self.jobs), NoSuchFileError("Gone.", "Look."))
        word = Word(f"{piece.first}-{piece.last}", 0.0, 0.1, 1.0)
        return Answer(len(self.jobs), (word,), 0.0, self.fixed_cost)

    def hear(self, path: Path, *, partial: bool, waiting) -> Transcript:
        raise NoSpeechError("Nobody speaks.", "Speak.")


def recorded(path: Path, seconds: float, spans: tuple[Span, ...]) -> Recording:
    return Recording(path, seconds, datetime.now(UTC), "test", speech=spans)


def grow(path: Path, seconds: float) -> None:
    path.touch()
    os.truncate(path, HEADER.size + 2 * round(seconds * SAMPLE_RATE))


def follow(script: Script, take, steps) -> tuple[Transcript, tuple[Piece, ...]]:
    """Stream a silent file through `script`; returns what came of it, and the cuts to expect."""
    spans, seconds = take
    with tempfile.TemporaryDirectory() as folder:
        part, path = Path(folder, "take.part.wav"), Path(folder, "take.wav")
        grow(part, 0.0)
        live, now = LiveHearing(script), 0.0
        live.begin(part)
        for step in steps:
            now = min(now + step, seconds)
            grow(part, now)
            live.look(heard_so_far(spans, now))
        grow(part, seconds)
        part.rename(path)
        cutter = Cutter(lambda first, _last: first + 800)  # where `quietest` looks in silence
        pieces = cutter.cut_off(spans, seconds, over=True)
        return live.finish(recorded(path, seconds, spans)), pieces


@given(
    takes(),
    st.lists(st.floats(0.01, 2.0), max_size=100),
    st.lists(st.sampled_from(["", "answer", "answer"]), max_size=100),
    st.lists(st.integers(0, 99), max_size=2),
)
def test_every_piece_is_heard_once_and_in_order(take, steps, events, losses):
    for place in losses:
        events.insert(place, "lose")
    script = Script(events)
    transcript, pieces = follow(script, take, steps)
    assert [word.text for word in transcript.words] == [f"{p.first}-{p.last}" for p in pieces]
    starts = [word.start for word in transcript.words]
    assert starts == [round(piece.first / SAMPLE_RATE, 3) for piece in pieces]


def test_a_third_loss_leaves_the_take_for_later():
    script = Script(["lose"] * 3)
    with pytest.raises(TranscriptionError):
        follow(script, ((Span(1.0, 3.0),), 4.0), [1.0] * 4)


def test_pieces_grow_with_what_each_costs():
    spans = tuple(Span(3.62 * n, 3.62 * n + 3.2) for n in range(8))
    cheap, dear = Script([]), Script([], fixed_cost=2.0)
    for script in (cheap, dear):
        follow(script, (spans, 33.0), [0.1] * 350)
    assert (len(cheap.heard), len(dear.heard)) == (8, 5)


def test_a_trial_is_the_last_piece_if_nothing_more_is_said(tmp_path: Path):
    script, path = Script([]), tmp_path / "take.wav"
    live = LiveHearing(script)
    live.begin(path)
    spans = (Span(1.0, 2.5),)
    for now in (2.0, 3.2, 3.3):
        grow(path, now)
        live.look(heard_so_far(spans, now))
    assert [word.text for word in live.words()] == ["12800-42400"]
    live.finish(recorded(path, 3.4, spans))
    assert len(script.heard) == 1


def test_no_caption_vanishes_while_a_slow_machine_hears_what_follows(tmp_path: Path):
    script, path = Script([]), tmp_path / "take.wav"
    live = LiveHearing(script)
    live.begin(path)
    spans = (Span(1.0, 2.5), Span(3.2, 9.0))
    for now in (2.0, 3.22, 3.25, 3.6):
        grow(path, now)
        live.look(heard_so_far(spans, now))
    shown = live.words()
    assert shown
    script.events += [""] * 99  # from here on nothing is answered
    for now in (6.0, 9.4, 9.6, 11.0):  # speech, a pause in which all is tried, and its cut
        grow(path, now)
        live.look(heard_so_far(spans, now))
        assert live.words() == shown
    assert live.pieces


def test_a_trial_is_replaced_if_speech_goes_on(tmp_path: Path):
    script, path = Script([]), tmp_path / "take.wav"
    live = LiveHearing(script)
    live.begin(path)
    spans = (Span(1.0, 2.5), Span(3.2, 4.5))
    for now in (2.0, 3.22, 3.25, 3.6):
        grow(path, now)
        live.look(heard_so_far(spans, now))
    assert [word.text for word in live.words()] == ["12800-42400"]  # no caption vanishes
    grow(path, 5.0)
    transcript = live.finish(recorded(path, 5.0, spans))
    assert [word.text for word in transcript.words] == [f"12800-{round(4.65 * SAMPLE_RATE)}"]
    assert len(script.heard) == 2


def test_what_is_being_said_is_heard_as_it_grows_where_that_costs_little(tmp_path: Path):
    spans = (Span(1.0, 8.0),)
    heard = {}
    for drafts in (False, True):
        script = Script([], loaded=Loaded("script", "none", False, "", drafts))
        path = tmp_path / f"{drafts}.wav"
        live = LiveHearing(script)
        live.begin(path)
        words = []
        for now in np.arange(0.1, 9.0, 0.1):
            grow(path, now)
            live.look(heard_so_far(spans, now))
            words.append(live.words())
        transcript = live.finish(recorded(path, 9.0, spans))
        heard[drafts] = [piece.last - piece.first for piece in script.heard]
        assert [word.text for word in transcript.words] == [f"12800-{round(8.15 * SAMPLE_RATE)}"]
        assert any(words[:70]) == drafts  # captions while somebody speaks
    assert len(heard[False]) == 1
    assert len(heard[True]) == 4
    growth = np.diff([0, *heard[True][:-1]])
    assert (growth >= 2 * SAMPLE_RATE).all()


def test_a_take_that_is_over_is_heard_while_the_user_is_asked(tmp_path: Path):
    script, part, path = Script([]), tmp_path / "take.part.wav", tmp_path / "take.wav"
    live, spans = LiveHearing(script), (Span(1.0, 2.5),)
    live.begin(part)
    grow(part, 2.6)
    live.look(spans)
    part.rename(path)
    take = recorded(path, 2.6, spans)
    live.end(take)
    live.look()
    heard = live.words()
    assert len(script.heard) == 1
    assert live.finish(take).words == heard
    assert len(script.heard) == 1


def test_a_take_without_speech_says_so(tmp_path: Path):
    live = LiveHearing(Script([]))
    live.begin(tmp_path / "take.wav")
    with pytest.raises(NoSpeechError):
        live.finish(recorded(tmp_path / "take.wav", 3.0, ()))


def test_a_file_that_is_gone_is_said(tmp_path: Path):
    live = LiveHearing(Script([]))
    live.begin(tmp_path / "take.wav")
    with pytest.raises(NoSuchFileError):
        live.finish(recorded(tmp_path / "take.wav", 3.0, (Span(1.0, 2.0),)))


# ── With a real process ──


@pytest.fixture
def answer(samples: Path) -> np.ndarray:
    """10 s of spoken answer."""
    return read_audio(samples / "no-result.flac")[: 10 * SAMPLE_RATE]


def test_words_are_those_of_the_file_heard_afterwards(answer, tmp_path: Path):
    with Worker("sphinx", None) as worker:
        live = LiveHearing(worker)
        recording = stream(answer, tmp_path, live, speed=3.0)
        transcript = live.finish(recording)
        assert transcript == worker.hear(recording.path)
    assert "hotel kitchen" in transcript.text
    assert transcript.seconds == 10.0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_process_that_is_killed_is_replaced_at_once(answer, tmp_path: Path):
    seen: list[tuple[float, int]] = []  # monotonic, pid

    def each(now: float) -> None:
        if now == 7.0:
            os.kill(worker.pid, signal.SIGKILL)
        if now >= 7.0:
            seen.append((time.monotonic(), worker.pid))

    with Worker("sphinx", None) as worker:
        wait_until_loaded(worker)
        live = LiveHearing(worker)
        recording = stream(answer, tmp_path, live, speed=3.0, each=each)
        transcript = live.finish(recording)
        killed, victim = seen[0]
        assert next(at for at, pid in seen if pid != victim) - killed < 2.0
        assert transcript == worker.hear(recording.path)


def answers_at_once(pipe, *_asked) -> None:
    """What a process does whose engine takes no time."""
    pipe.send(Answer(0, Loaded("instant", "none", False, "", False)))
    while True:
        job = pipe.recv()
        pipe.send(Answer(job.number, (Word(str(job.piece.first), 0.0, 0.1, 1.0),)))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs the package kill (POSIX)")
def test_a_process_that_hangs_is_replaced(answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker_module, "serve", answers_at_once)
    monkeypatch.setattr(worker_module, "SLOWER", 0)
    with Worker("instant", None) as worker:
        worker.patience = 5.0
        wait_until_loaded(worker)
        live = LiveHearing(worker)
        stopped = worker.pid

        def each(now: float) -> None:
            if now == 4.0:
                os.kill(stopped, signal.SIGSTOP)

        recording = stream(answer, tmp_path, live, speed=3.0, each=each)
        pieces = cut(recording.speech, answer)
        transcript = live.finish(recording)
        assert worker.pid != stopped
    assert [word.text for word in transcript.words] == [str(piece.first) for piece in pieces]


def test_what_cannot_be_loaded_is_said_at_the_end(answer, tmp_path: Path):
    with Worker("whisper", None) as worker:
        live = LiveHearing(worker)
        recording = stream(answer[: 4 * SAMPLE_RATE], tmp_path, live, speed=10.0)
        with pytest.raises(ModelError, match="No Whisper weights"):
            live.finish(recording)
    assert recording.path.is_file()
