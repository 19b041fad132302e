"""All that the coach costs, beside what else one could run: the table of the README.

    python tests/benchmarks/side_by_side.py [--seconds 30 120 300] [--json FILE]

Each part is a benchmark of its own, run in turn on the same machine; see their docstrings. With
the defaults it takes a quarter of an hour, and wants the machine for itself.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach import places
from coach.assessment.assess import assess, load_models
from coach.assessment.norms import load_norms
from coach.practice import all_questions
from coach.questions.guess import question_of
from coach.transcript.transcript import from_text

HERE = Path(__file__).parent
ROUNDS = 9
# What any program with these two libraries costs, before it does something.
BARE = "import click, rich.console, rich.table; click.echo('x')"
WHISPER = "base.en"
Row = tuple[str, str, str, str]  # what, the coach, the other, their ratio


def start_up(home: Path) -> Iterator[Row]:
    """The three in turn, so that other work on the machine slows all alike."""
    programs = {
        "bare click and rich": ("-c", BARE),
        "`coach --help`": ("-m", "coach", "--help"),
        "`coach`": ("-m", "coach"),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    environment = os.environ | {"COACH_HOME": str(home), "PYTHONPATH": str(HERE.parents[1])}
    for _ in range(ROUNDS):
        for name, arguments in programs.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], env=environment, check=True, capture_output=True
            )
            times[name].append(time.perf_counter() - began)
    bare, *ours = (statistics.median(found) for found in times.values())
    for name, found in zip(list(programs)[1:], ours, strict=True):
        yield (
            f"{name}, against bare click and rich",
            f"{found:.2f} s",
            f"{bare:.2f} s",
            f"{found / bare:.1f}",
        )


def judging() -> Iterator[Row]:
    """From words to findings, once the models are there."""
    load_models()
    norms = load_norms()
    asked = question_of("Tell me about a time when you solved a problem.", all_questions())
    times = []
    for path in sorted(places.samples().glob("*.txt")) * ROUNDS:
        said = from_text(path.read_text("utf-8"))
        began = time.perf_counter()
        assess(asked, said, norms)
        times.append(time.perf_counter() - began)
    yield "to judge an answer", f"{1000 * statistics.median(times):.0f} ms", "", ""


def benchmark(name: str, *arguments: str) -> object:
    """Run another file of this folder that writes what it finds to a file of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.json")
        subprocess.run(
            [sys.executable, str(HERE / name), *arguments, "--json", str(found)],
            stdout=subprocess.DEVNULL,
            check=False,  # it ends with 1 where it finds something slow, which the table shows
        )
        return json.loads(found.read_text("utf-8"))


def feedback(seconds: Sequence[str]) -> Iterator[Row]:
    others = {WHISPER: "the `whisper` command", "sphinx": "decoding the file"}
    takes = []
    for engine in others:
        lengths = seconds if engine == WHISPER else [one for one in seconds if float(one) <= 120]
        found = benchmark("bench_feedback.py", "--engines", engine, "--seconds", *lengths)
        takes += found["takes"]
    for take in takes:
        engine = take["engine"]
        yield (
            f"last word of {take['seconds']:.0f} s to feedback, {engine}, against {others[engine]}",
            f"{take['feedback']:.1f} s ({take['after_key']:.1f} s after the key)",
            f"{take['other']:.1f} s",
            f"{take['ratio']:.3f}",
        )
    for engine, other in others.items():
        longest = max((t for t in takes if t["engine"] == engine), key=_length)
        yield (
            f"CPU for {longest['seconds']:.0f} s, {engine}, against {other}",
            f"{longest['cpu']:.0f} s",
            f"{longest['other_cpu']:.0f} s",
            f"{longest['cpu'] / longest['other_cpu']:.2f}",
        )
        yield f"memory of the recogniser, {engine}", f"{longest['memory']} MB", "", ""
    lost = sum(take["samples_lost"] for take in takes)
    yield "samples lost while transcribing", f"{lost}", "", ""


def _length(take: dict) -> float:
    return take["seconds"]


def sitting() -> Iterator[Row]:
    found = benchmark("bench_sitting.py")
    yield "key to what it does, 95th percentile", f"{found['key_p95_ms']:.0f} ms", "", ""
    yield "level meter", f"{found['level_per_second']:.0f} a second", "", ""
    for state in ("ready", "recording"):
        yield f"memory of `coach drill`, {state}", f"{found[f'{state}_mb']} MB", "", ""


def full_log() -> Iterator[Row]:
    found = benchmark("bench_log.py")
    for name in ("dashboard", "choose", "progress", "search, rare word"):
        middle = statistics.median(found[name])
        yield f"{name}, with 10,000 takes", f"{middle:.0f} ms", "", ""


def machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    return (
        f"{os.cpu_count()} cores of {names[0]}, {platform.system()}, {datetime.now(UTC):%Y-%m-%d}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="What the coach costs, as a table.")
    parser.add_argument("--seconds", nargs="+", default=["30", "120", "300"])
    parser.add_argument("--json", type=Path, help="Write the table there too.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        rows = [
            *start_up(Path(home)),
            *judging(),
            *sitting(),
            *full_log(),
            *feedback(options.seconds),
        ]
    print(f"{machine()}; load {os.getloadavg()[2]:.1f}\n")
    print("| | coach | other | ratio |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    if options.json:
        table = {"machine": machine(), "rows": rows}
        options.json.write_text(json.dumps(table, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
