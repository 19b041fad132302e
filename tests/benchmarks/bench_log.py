"""What a full log costs: `python tests/benchmarks/bench_log.py [--json FILE]`.

Makes 10,000 takes in 1,000 mock interviews, 500 rejections and an interview a week ahead in a
temporary home, and times what reads them, beyond
start-up: the commands run in this process, after each has run once in a home with nothing in it.
Exits with 1 where one takes longer than 300 ms, by the median of five runs.
"""

import argparse
import contextlib
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach import places
from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.cli import root
from coach.improvement.agenda import Agenda
from coach.improvement.choose import Choice, choose
from coach.improvement.entries import FeedbackPoint, Polarity, Rejection
from coach.improvement.interviews import Interview
from coach.improvement.log import Log
from coach.improvement.mock import choose_mock
from coach.practice import all_known, all_questions, utc_now
from coach.questions.question import Question
from coach.transcript.transcript import Transcript, Word

TAKES, REJECTIONS = 10_000, 500
MOCK = 10  # takes of a mock interview; every sitting is one
MOST = 300.0  # ms
ROUNDS = 5
NAMED = ("star.result", "star.numbers", "voice.pace", "hr.salary", "ext.experience")
SENTENCES = (
    "Last year our oven broke an hour before a wedding dinner for sixty guests.",
    "My task was to get the food out on time without a working kitchen.",
    "First I called the hotel next door because they had two ovens that stood empty.",
    "Then I sent two cooks over with the meat and changed the order of the courses myself.",
    "After that I told the guests what had happened and offered them something to drink.",
    "As a result all of them were fed within forty minutes and nobody left hungry.",
    "Since then I have kept a list of kitchens that I can call on a bad day.",
    "We also found that the supplier delivers earlier if somebody asks the week before.",
)


def spoken(chance: random.Random) -> Transcript:
    """An answer of about a minute, with times."""
    words, now = [], 0.5
    for text in " ".join(chance.choices(SENTENCES, k=12)).split():
        words.append(Word(text, now, now + 0.3, 0.9))
        now += 0.4
    return Transcript(tuple(words), "bench", "none", keeps_fillers=True)


def fill(path: Path, questions: tuple[Question, ...], now: datetime) -> None:
    """Rows as the log writes them; each answer is one of forty that were truly judged."""
    chance, norms = random.Random(1), load_norms()
    with Log(path) as log:
        for number in range(REJECTIONS):
            day = date(2025, 1, 1) + timedelta(days=number)
            points = tuple(
                FeedbackPoint(area, Polarity.CRITICISM, f"They said something about {area}.")
                for area in chance.sample(NAMED, 3)
            )
            log.add_rejection(Rejection(f"Company {number}", "Cook", day, points=points), now)
        for number in range(1, TAKES // MOCK + 1):
            asked = (Choice(q, q.areas[0], "") for q in chance.sample(questions, MOCK))
            log.shelf(Agenda).put(Agenda(number, tuple(asked)), now)
        day = now.astimezone().date() + timedelta(days=7)
        log.shelf(Interview).add(Interview(day, "Cook", "panel"), now)
    answers = [(q, spoken(chance)) for q in chance.sample(questions, 40)]
    judged = [(said, assess(question, said, norms)) for question, said in answers]
    with contextlib.closing(sqlite3.connect(path)) as rows, rows:
        rows.executemany(
            "INSERT INTO sittings VALUES (?, 'mock', ?, NULL)",
            [(number, now.isoformat()) for number in range(1, TAKES // MOCK + 1)],
        )
        for number in range(1, TAKES + 1):
            question = chance.choice(questions)
            said, assessment = chance.choice(judged)
            score = chance.randint(20, 100)
            rows.execute(
                "INSERT INTO attempts (id, sitting, question_id, question_text, question, why,"
                " started, state, transcript, assessment, assessor, score, seconds)"
                " VALUES (?, ?, ?, ?, ?, '', ?, 'assessed', ?, ?, 1, ?, 60.0)",
                (
                    number,
                    (number - 1) // MOCK + 1,
                    question.id,
                    question.text,
                    json.dumps(question.to_dict()),
                    (now - timedelta(hours=1.5 * (TAKES - number + 1))).isoformat(),
                    json.dumps(said.to_dict()),
                    json.dumps(replace(assessment, score=assessment.score).to_dict()),
                    score,
                ),
            )
            rows.executemany(
                "INSERT OR IGNORE INTO findings VALUES (?, ?, ?)",
                [(area, number, chance.random()) for area in question.areas],
            )


def command(*words: str) -> Callable[[], None]:
    def run() -> None:
        with contextlib.redirect_stdout(Path(os.devnull).open("w")):
            root.coach.main(args=[*words], standalone_mode=False)

    return run


def draw() -> None:
    with Log(places.database()) as log:
        now = utc_now()
        choose(all_questions(), all_known(log, now), now, 1)


def draw_mock() -> None:
    with Log(places.database()) as log:
        now = utc_now()
        choose_mock(all_questions(), all_known(log, now), now, 1, 8)


TIMED: dict[str, Callable[[], None]] = {
    "dashboard": command(),
    "choose": draw,
    "choose a mock": draw_mock,
    "progress": command("progress"),
    "progress --json": command("progress", "--json"),
    "area list": command("area", "list"),
    "search, rare word": command("review", "--search", "supplier"),
    "search, any word": command("review", "--search", "the"),
    "search, a phrase": command("review", "--search", '"hotel next door"'),
    "review": command("review"),
    "review, page 100": command("review", "--page", "100"),
    "review, missing": command("review", "--missing", "R"),
    "review, area": command("review", "--area", "star.result"),
    "review, question": command("review", "--question", "conflict"),
}


def milliseconds(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    options = argparse.ArgumentParser(description="Time what reads a full log.")
    options.add_argument("--json", type=Path, metavar="FILE", help="Write the times there too.")
    file = options.parse_args().json
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        for home in ("empty", "full"):
            os.environ["COACH_HOME"] = str(Path(folder) / home)
            if home == "full":
                fill(places.database(), all_questions(), datetime.now(UTC))
                size = places.database().stat().st_size / 1e6
                print(f"{TAKES} takes, {REJECTIONS} rejections, {size:.0f} MB")
            times = {
                name: [milliseconds(run) for _ in range(ROUNDS)] for name, run in TIMED.items()
            }
    middle = {name: sorted(found)[ROUNDS // 2] for name, found in times.items()}
    for name, found in times.items():
        print(f"{name:18} {middle[name]:6.0f} ms of {MOST:.0f}, the slowest {max(found):6.0f} ms")
    if file:
        file.write_text(json.dumps(times, indent=2) + "\n", encoding="utf-8")
    return int(max(middle.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
