"""Hears a take while the person still speaks, so that at the stop key only the last piece is left.

The recogniser is given the take's pieces as soon as they are cut off. At every pause it is also
given, on trial, what has been said since the last cut: if the pause turns out to be the end, the
words are there already; if speech goes on, they are only shown until others take their place. An
engine that hears more of the same piece at little cost is also given it while it grows, so that
little is left at the pause.
"""

from collections.abc import Callable, Iterator, Sequence
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import CoachError, NoSuchFileError, TranscriptionError
from coach.recording.audio_file import samples_on_disk
from coach.recording.recording import SAMPLE_RATE, Recording, Span
from coach.transcript.engine import placed, require_words
from coach.transcript.pieces import (
    ENOUGH,
    Cutter,
    Piece,
    quietest,
    read_piece,
)
from coach.transcript.transcript import Hesitation, Transcript, Word
from coach.transcript.worker import Answer, Loaded, Worker

if TYPE_CHECKING:
    from coach.transcript.hesitations import Listener

LOOK = 0.02  # s between looks once the take is over
LOSSES = 3  # processes lost in one take before it is left for later
AT_LEAST = 3.0  # times the fixed cost of a piece: the recogniser then rests half of the time
MOST = 20.0  # s that a piece is lengthened to
GROWTH = 2.0  # s that a piece has grown before it is heard once more
SELDOM = 4.0  # times the work that this costs: a pause then rarely finds the recogniser busy
AT_ONCE = 5 * SAMPLE_RATE  # samples: what one look listens to, 20 ms of work at most


class LiveHearing:
    """Hears one take at a time. None of its methods blocks, but `finish`."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._take: _Take | None = None

    def begin(self, path: Path) -> None:
        """A new take begins; the recogniser's process is started where it is not there.

        Args:
            path: the file that the recorder writes, of 16 kHz, mono, 16 bit.
        """
        from coach.transcript.hesitations import Listener  # numpy: 0.1 s

        self._take = _Take(self._worker, path, Listener())
        self._worker.start()

    def look(self, spans: Sequence[Span] = (), *, paused: bool = False) -> None:
        """Follow the take; to be called ten times a second or more.

        Args:
            spans: the speech found so far; the last may still grow. After `end` nobody asks.
            paused: nothing is added to the take for now, so all of it can be heard on trial.
        """
        if self._take:
            self._take.look(spans, paused=paused)

    def words(self) -> tuple[Word, ...]:
        """What has been heard so far, with times from the start of the take."""
        return self._take.words() if self._take else ()

    @property
    def caught_up(self) -> bool:
        """Whether `words` holds all that was said, as of the last look in a pause."""
        return self._take is None or self._take.caught_up

    def so_far(self) -> Transcript:
        """The words heard so far, without what only the whole take tells."""
        return Transcript(self.words(), "", None, keeps_fillers=False)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Where the take has been cut so far."""
        return self._take.pieces if self._take else ()

    def end(self, recording: Recording) -> None:
        """The take is whole: what is left of it is heard by `look`, until `finish` waits for it.

        It may be left out; it lets the recogniser go on while the user is asked about the take.
        """
        if self._take:
            self._take.end(recording)

    def finish(
        self, recording: Recording, waiting: Callable[[], None] = lambda: None
    ) -> Transcript:
        """Wait for what is left of the take.

        Args:
            recording: the take that was begun, now whole.
            waiting: is called until the words are there, 50 times a second.

        Raises:
            NoSpeechError: the take is too short, nobody speaks in it, or no word was heard.
            TranscriptionError: the recogniser was lost three times; the take is to be heard later.
            CoachError: the engine cannot be loaded.
        """
        if self._take is None:
            return self._worker.hear(recording.path, partial=True, waiting=waiting)
        try:
            return self._take.finish(recording, waiting)
        finally:
            self._take = None


class _Take:
    """What is known of the take that is being heard."""

    def __init__(self, worker: Worker, path: Path, listener: "Listener") -> None:
        self._worker = worker
        self._path = path
        self._ended = False
        self._cutter = Cutter(self._quietest, ENOUGH)
        self._spans: tuple[Span, ...] = ()
        self._pieces: list[Piece] = []
        self._trial: Piece | None = None  # what would be the last piece if nothing more were said
        self._growing: Piece | None = None  # what is just being said
        self._draft: Piece | None = None  # the last of it that was heard
        self._growth = GROWTH
        self._words: dict[Piece, tuple[Word, ...]] = {}
        self._running: tuple[int, Piece, Path] | None = None  # job, and what it was given
        self._loaded: Loaded | None = None  # the engine that heard the last piece
        self._listener = listener
        self._listened = 0  # samples that it has heard
        self._losses = 0
        self._error: CoachError | None = None

    def look(self, spans: Sequence[Span], *, paused: bool) -> None:
        """As `LiveHearing.look`."""
        if not self._ended:
            self._cut(spans, paused)
        self._collect()
        self._hand_out()
        self._listen()

    def words(self) -> tuple[Word, ...]:
        """As `LiveHearing.words`."""
        words: list[Word] = []
        for piece in self._pieces:
            if piece not in self._words:
                return (*words, *self._tried(piece.first, piece.last))
            words += self._words[piece]
        if self._ended:
            return tuple(words)
        return (*words, *self._tried(self._pieces[-1].last if self._pieces else 0))

    def _tried(self, first: int, last: float = inf) -> Iterator[Word]:
        """The words between two samples as they were heard on trial: what was shown stays."""
        heard = [piece for piece in self._words if piece.first < last and piece.last > first]
        longest = max(heard, key=lambda piece: piece.last, default=None)
        for word in self._words[longest] if longest else ():
            if word.start is not None and first <= word.start * SAMPLE_RATE < last:
                yield word

    @property
    def caught_up(self) -> bool:
        """As `LiveHearing.caught_up`."""
        return not self._left() and (self._trial is None or self._trial in self._words)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """As `LiveHearing.pieces`."""
        return tuple(self._pieces)

    def end(self, recording: Recording) -> None:
        """As `LiveHearing.end`."""
        if self._ended:
            return
        self._ended = True
        self._path = recording.path
        if recording.speech is not None:
            self._spans = recording.speech
        self._pieces += self._cutter.cut_off(self._spans, recording.seconds, over=True)
        self._trial = self._draft = self._growing = None
        self._hand_out()

    def finish(self, recording: Recording, waiting: Callable[[], None]) -> Transcript:
        """As `LiveHearing.finish`."""
        self.end(recording)
        while self._left():
            if self._error:
                raise self._error
            self._hand_out()
            self._collect(LOOK)
            waiting()
        if self._loaded is None:  # there was no piece: this says why there is nothing to hear
            return self._worker.hear(recording.path, partial=True, waiting=waiting)
        words = [word for piece in self._pieces for word in self._words[piece]]
        return Transcript(
            words=require_words(words, recording.path),
            engine=self._loaded.engine,
            model=self._loaded.model,
            keeps_fillers=self._loaded.keeps_fillers,
            seconds=round(recording.seconds, 3),
            hesitations=self._hesitations(words),
        )

    def _hesitations(self, words: Sequence[Word]) -> tuple[Hesitation, ...]:
        while self._listen():
            pass  # a look or two may be left
        return self._listener.find(words, self._spans)

    def _listen(self) -> bool:
        """Listen to a little more of what is on disk; whether there was anything."""
        try:
            now = samples_on_disk(self._path)
            piece = Piece(self._listened, min(now, self._listened + AT_ONCE))
            if piece.first >= piece.last:
                return False
            self._listener.hear(read_piece(self._path, piece))
        except OSError:
            return False  # it is being renamed
        self._listened = piece.last
        return True

    def _cut(self, spans: Sequence[Span], paused: bool) -> None:
        try:
            heard = samples_on_disk(self._path) / SAMPLE_RATE
            self._pieces += self._cutter.cut_off(spans, heard)
        except OSError:
            return  # it is being renamed: `end` tells the new name
        self._spans = tuple(spans)
        self._trial = self._cutter.on_trial(spans, heard, paused=paused)
        self._growing = self._cutter.growing(spans, heard)
        if self._draft and self._pieces and self._draft.first < self._pieces[-1].last:
            self._draft = None

    def _quietest(self, first: int, last: int) -> int:
        return first + quietest(read_piece(self._path, Piece(first, last)))

    def _left(self) -> list[Piece]:
        return [piece for piece in self._pieces if piece not in self._words]

    def _hand_out(self) -> None:
        """Give the recogniser one piece at a time, so that no trial stands before a certain one."""
        if self._running or self._error:
            return
        left = self._left()
        if not left and self._trial and self._trial not in self._words:
            left = [self._trial]
        if not left and self._growing and self._has_grown(self._growing):
            left = [self._growing]
        if left:
            job = self._worker.send(self._path, left[0])
            self._running = (job, left[0], self._path)

    def _has_grown(self, growing: Piece) -> bool:
        if not (self._worker.loaded and self._worker.loaded.drafts):
            return False
        drafted = self._draft.last if self._draft else growing.first
        return growing.last - drafted >= self._growth * SAMPLE_RATE

    def _collect(self, timeout: float = 0.0) -> None:
        try:
            answer = self._worker.receive(timeout)
        except TranscriptionError as error:
            self._lose(error)
            return
        if answer and self._running and answer.job == self._running[0]:
            _, piece, path = self._running
            self._running = None
            self._take(answer, piece, path)

    def _take(self, answer: Answer, piece: Piece, path: Path) -> None:
        if isinstance(answer.result, NoSuchFileError) and path != self._path:
            return  # it was renamed meanwhile: the piece is handed out again
        if isinstance(answer.result, CoachError):
            self._error = answer.result
            return
        assert isinstance(answer.result, tuple)  # of words: a piece was asked for
        self._loaded = self._worker.loaded or self._loaded
        prompt = self._loaded.prompt if self._loaded else ""
        self._words[piece] = placed(answer.result, piece, self._spans, prompt)
        if piece not in self._pieces and not self._ended:
            self._draft = piece
            self._growth = max(GROWTH, SELDOM * answer.seconds)
        self._cutter.enough = min(MOST, max(ENOUGH, AT_LEAST * answer.fixed_cost))

    def _lose(self, error: TranscriptionError) -> None:
        """The process is gone; a fresh one gets what it had not heard."""
        self._running = None
        self._losses += 1
        if self._losses >= LOSSES:
            self._error = error
        else:
            self._worker.start()
