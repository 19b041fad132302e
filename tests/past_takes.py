"""Takes for tests of what is done with past ones: with times, and with a recording."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.improvement.entries import Attempt
from coach.improvement.log import Log
from coach.questions.question import Kind, Question
from coach.recording.recording import SAMPLE_RATE, Recording
from coach.transcript.transcript import Hesitation, Transcript, Word, from_text

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
QUESTION = Question("fair-1", "What went wrong at the fair?", Kind.BEHAVIOURAL, ("comp.conflict",))
STORY = (
    "Last year I worked at a bakery. My manager asked me to find out why we ran out of rolls."
    " I counted what we sold each hour. Then I maybe wrote a new plan for the oven."
)
RESULT = " As a result we sold two hundred more rolls a week."


def spoken(text: str, pause: float = 0.0) -> Transcript:
    """Each word takes 0.4 s and 0.1 s of silence; sentences are apart by `pause` more."""
    words, now = [], 1.0
    for token in text.split():
        words.append(Word(token, round(now, 3), round(now + 0.4, 3), 0.9))
        now += 0.5 + (pause if token[-1] in ".?!" else 0.0)
    return Transcript(tuple(words), "sphinx", "en-us", False, round(now, 3),
                      (Hesitation(1.4, 1.5),))  # fmt: skip


def add_take(
    log: Log,
    home: Path,
    text: str = STORY,
    *,
    days: float = 0,
    question: Question = QUESTION,
    typed: bool = False,
) -> Attempt:
    """A judged take of so many days ago, in a sitting of its own."""
    started = NOW - timedelta(days=days)
    sitting = log.start_sitting("drill", started)
    said = from_text(text) if typed else spoken(text, 1.2)
    path = None if typed else home / "recordings" / f"{started:%Y-%m-%d}" / f"{sitting}.wav"
    number = log.add_attempt(sitting, question, "because", started, path).id
    recording = None
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        sound = np.zeros(round(said.seconds * SAMPLE_RATE), dtype=np.int16)
        soundfile.write(path, sound, SAMPLE_RATE, subtype="PCM_16")
        recording = Recording(path, said.seconds, started, "mic")
        log.save_recording(number, recording)
    log.save_transcript(number, said)
    log.end_sitting(sitting, started)
    return log.save_assessment(number, assess(question, said, load_norms(), recording))
