"""The journey, end to end, as a user goes it."""

import json
import re
import subprocess
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path

import pytest
from file_mode import mode
from readme import README

from coach.improvement.entries import State
from coach.improvement.log import Log
from coach.practice import take_path
from coach.questions.question import Kind, Question

WORDS = "Your answers lacked measurable outcomes."
STORY = (
    "Last year I worked at a bakery. Every Saturday we ran out of rolls by ten. My manager asked me"
    " to find out why. I counted what we sold each hour for three weeks. Then I wrote a new plan"
    " for the oven because the second batch came too late. I trained the two early bakers myself."
)
WHOLE = (  # another occasion: the same words told again would not count
    "Last March the till of our garden centre froze with forty people in the queue. "
    "It was my task to keep them calm. "
    "First I handed out numbered tickets. "
    "Then I took cash by hand because the card reader was dead. "
    "I wrote each sale down myself. "
    "In the end nobody left, and forty sales were right to the penny."
)


def log_rejection(coach, feedback: str = WORDS) -> dict:
    outcome = coach("rejection", "add", "--company", "Acme", "--role", "Analyst",
                    "--feedback", feedback, "--json")  # fmt: skip
    assert outcome.code == 0, outcome.err
    return outcome.json


def typed(coach, *words: object, answer: str = STORY) -> list[dict]:
    outcome = coach("drill", "--typed", "--json", "--seed", 1, *words, stdin=answer + "\n\n")
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_fresh_home_welcomes_in_three_lines(coach):
    lines = coach().out.splitlines()
    assert len(lines) == 3
    for line, command in zip(lines, ("demo", "rejection add", "drill"), strict=True):
        assert line.startswith(f"coach {command}")
        assert len(line) <= 80


def assert_readme_shows(printed: str) -> None:
    """Every line of the README's session is one that the demo prints, but for times."""
    block = re.search(r"<!-- session: from coach demo -->\n```text\n(.*?)```",
                      README.read_text(encoding="utf-8"), re.DOTALL)[1]  # fmt: skip

    def lines(text: str) -> list[str]:
        masked = re.sub(r"\d\d \w{3} \d\d:\d\d", "DATE", text)
        # How long a part took may differ by a word between machines.
        masked = re.sub(r"\d+", "0", re.sub(r"([STAR·])\1+", r"\1", masked))
        return [" ".join(line.split()) for line in masked.splitlines()]

    missing = [line for line in lines(block) if line not in {*lines(printed), "…"}]
    assert not missing


def test_demo_runs_the_main_job_and_leaves_nothing(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "coach", "demo"], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    for phrase in (
        "lacked measurable outcomes",  # the employer's words
        "Outside your control",
        "When did several things go wrong at once?",  # the question that the takes answer
        "Missing: Result",
        "Missing: nothing",
        "0% in the first take, 100% in the last",
        "PocketSphinx",
        "coach rejection add",
    ):
        assert phrase in " ".join(done.stdout.split()), phrase
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert_readme_shows(done.stdout)
    assert not (tmp_path / "home").exists()


def test_a_rejection_changes_what_is_drawn_and_why(coach):
    fresh = typed(coach, "--questions", 1)[0]
    log_rejection(coach)
    after = typed(coach, "--questions", 1)[0]
    assert after["question"]["id"] != fresh["question"]["id"]
    assert WORDS.rstrip(".") in after["why"]
    assert "rejection 1" in after["why"]
    assert {"star.numbers", "star.result"} & set(after["question"]["areas"])


def test_an_answer_changes_the_standing_and_the_next_draw(coach):
    log_rejection(coach)
    before = {area["area"]: area for area in coach("area", "list", "--json").json}
    first = typed(coach, "--questions", 1)[0]
    assert first["assessment"]["missing"] == ["R"]
    after = {area["area"]: area for area in coach("area", "list", "--json").json}
    assert before["star.result"]["takes"] == 0
    assert after["star.result"]["takes"] == 1
    assert after["star.result"]["level"] == 0

    second = typed(coach, "--questions", 1, answer=WHOLE)[0]
    assert second["question"]["id"] != first["question"]["id"]
    assert second["assessment"]["missing"] == []
    better = {area["area"]: area for area in coach("area", "list", "--json").json}
    assert better["star.result"]["level"] > after["star.result"]["level"]
    assert better["star.result"]["need"] < after["star.result"]["need"]


def test_what_is_outside_control_is_named_and_never_drilled(coach):
    added = log_rejection(coach, "We chose a candidate with more years of experience.")
    assert [point["area"] for point in added["points"]] == ["ext.experience"]
    shown = coach("rejection", "show", 1).out
    assert "Outside your control" in shown
    refused = coach("drill", "--rejection", 1)
    assert refused.code == 15
    assert "cannot be practised" in refused.err


def test_drill_takes_answers_from_files_through_the_whole_path(coach, samples: Path, home: Path):
    log_rejection(coach)
    outcome = coach("drill", "--questions", 1, "--engine", "sphinx", "--json",
                    "--from", samples / "no-result.flac")  # fmt: skip
    assert outcome.code == 0, outcome.err
    (take,) = outcome.json
    assert take["assessment"]["missing"] == ["R"]
    assert (take["transcript"]["engine"], take["transcript"]["model"]) == ("sphinx", "en-us")
    kept = home / "recordings"
    recording = next(kept.rglob("*.wav"))
    assert recording == Path(take["path"])
    with wave.open(str(recording)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)

    listed = coach("review").out
    assert take["question"]["text"][:20] in listed
    assert " R" in listed
    assert coach("review", "--search", "hotel kitch", "--json").json[0]["id"] == take["id"]
    assert coach("review", "--search", "submarine", "--json").json == []
    one = coach("review", take["id"]).out
    assert "evening shift" in one
    assert "sphinx" in one


def test_mock_shows_results_at_the_end(coach):
    outcome = coach("mock", "--typed", "--questions", 3, "--seed", 2, stdin=f"{STORY}\n.\n" * 3)
    assert outcome.code == 0, outcome.err
    asked = [outcome.out.index(f"Question {number} of 3") for number in (1, 2, 3)]
    assert asked == sorted(asked)
    card = [outcome.out.index(heading) for heading in (
        "Overall: ", "By question", "By area", "The best moment", "The one thing to work on",
        "Due again",
    )]  # fmt: skip
    assert card == sorted(card)
    assert card[0] > asked[-1]
    assert "Missing" not in outcome.out[: card[0]]
    kinds = [take["question"]["kind"] for take in coach("review", "--json").json]
    assert "behavioural" in kinds
    assert len(set(kinds)) == 3


def test_an_answer_can_be_skipped_and_a_sitting_ended(coach):
    outcome = coach(
        "drill", "--typed", "--questions", 3, "--json", stdin=f"/skip\n{STORY}\n.\n/end\n"
    )
    assert len(outcome.json) == 1


def test_a_take_that_a_crash_cut_short_is_judged_by_the_next_command(
    coach, samples: Path, home: Path
):
    """The row and the part file are what `kill -9` leaves in the middle of an answer."""
    import numpy as np
    import soundfile

    now = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    question = Question("q-1", "What happened?", Kind.BEHAVIOURAL, ("star.result",))
    path = take_path(now, question)
    path.parent.mkdir(parents=True)
    sound, rate = soundfile.read(samples / "no-result.flac", dtype="int16")
    part = path.with_name(f"{path.stem}.part.wav")
    soundfile.write(part, sound[: 20 * rate], rate, subtype="PCM_16")
    assert isinstance(sound, np.ndarray)
    with Log(home / "coach.db") as log:
        sitting = log.start_sitting("drill", now)
        lost = log.add_attempt(sitting, question, "because", now, path)
    dashboard = coach().out
    assert "An answer from" in dashboard
    assert "was cut short: 20 s were kept" in dashboard
    assert "One take waits to be judged" in dashboard

    judged = coach("review", "--engine", "sphinx")
    assert judged.code == 0
    assert f"Judging take {lost.id} of an earlier sitting" in judged.out
    with Log(home / "coach.db") as log:
        found = log.attempt(lost.id)
    assert found.state is State.ASSESSED
    assert found.path == path
    assert path.is_file()
    assert "hotel kitchen" in found.transcript.text


def test_areas_can_be_added_by_hand(coach):
    assert coach("area", "add", "star.structure", "--note", "I jump about").code == 0
    (standing,) = coach("area", "list", "--json").json
    assert standing["area"] == "star.structure"
    assert standing["mentions"][0]["words"] == "I jump about"
    outcome = coach("drill", "--typed", "--questions", 1, "--json", stdin=f"{STORY}\n\n")
    assert "I jump about" in outcome.json[0]["why"]


def test_ones_own_questions_are_asked_too(coach, home: Path):
    (home / "my_banks").mkdir(parents=True)
    (home / "my_banks" / "mine.toml").write_text(
        '[[question]]\nid = "mine-1"\ntext = "What went wrong at the fair?"\n'
        'kind = "behavioural"\nareas = ["star.result"]\n',
        encoding="utf-8",
    )
    (take,) = typed(coach, "--question", "mine-1")
    assert take["question"]["text"] == "What went wrong at the fair?"


def test_feedback_comes_from_a_file_or_standard_input(coach, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("You rambled.\n", encoding="utf-8")
    for given, stdin in ((letter, ""), ("-", "You rambled.")):
        outcome = coach("rejection", "add", "--company", "A", "--role", "B", "--json",
                        "--feedback-file", given, stdin=stdin)  # fmt: skip
        assert outcome.json["points"][0]["area"] == "voice.long"
    assert len(coach("rejection", "list", "--json").json) == 2


@pytest.mark.parametrize("name", ["home", "recordings", "database"])
def test_where_names_the_folder_of_the_data(coach, home: Path, name: str):
    assert coach("where").out.strip() == str(home)
    assert coach("where", "--json").json[name].startswith(str(home))


def test_what_is_written_is_the_users_alone(coach, home: Path):
    typed(coach, "--questions", 1)
    for path in [home, *home.rglob("*")]:
        assert mode(path) == (0o700 if path.is_dir() else 0o600), path


def test_a_label_can_be_corrected_and_the_findings_follow(coach, home: Path, tmp_path: Path):
    (take,) = typed(coach, "--questions", 1, answer=f"{STORY} The line at the counter stayed calm.")
    sentences = take["assessment"]["sentences"]
    number = len(sentences)
    corrected = coach("review", take["id"], "--correct", f"{number}=R", "--json").json
    last = corrected["assessment"]["sentences"][-1]
    assert (last["part"], last["why"], last["confidence"]) == ("R", "corrected by you", 1.0)
    assert "R" not in corrected["assessment"]["missing"]
    again = coach("review", take["id"], "--correct", f"{number}=O", "--json").json
    assert "R" in again["assessment"]["missing"]
    assert len(again["corrections"]) == 1

    lines = tmp_path / "lines.jsonl"
    assert coach("review", "--export-corrections", lines).code == 0
    (line,) = map(json.loads, lines.read_text(encoding="utf-8").splitlines())
    assert len(line["sentences"]) == len(line["labels"]) == number
    assert line["labels"][-1] == "O"
    # Windows would write it in the code page of the machine, which lacks most letters.
    strict = (sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning")
    command = [*strict, "-m", "coach", "review", "--export-corrections", lines]
    subprocess.run(command, check=True)
    assert coach("review", take["id"], "--correct", "99=R").code == 2
    assert coach("review", take["id"], "--correct").code == 29


def test_the_rubric_is_printed(coach):
    out = coach("rubric").out
    for phrase in ("Situation", "Task", "Action", "Result", "with a figure"):
        assert phrase in out
