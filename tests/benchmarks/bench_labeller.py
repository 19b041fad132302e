"""What the labeller costs: `python tests/benchmarks/bench_labeller.py [ROUNDS]`.

Prints answers a second on one core, with and without punctuation, the slowest answer, the time to
load and the memory that the model takes.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach.assessment.evaluate import predict, predict_unpunctuated
from coach.assessment.labelled import Labelled, read_corpus
from coach.assessment.model import FILE, load_model


def memory() -> float:
    """Megabytes that this process has used at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, guess: Callable[..., object], answers: list[Labelled]) -> None:
    times = []
    for answer in answers:
        began = time.process_time()
        guess(answer.sentences)
        times.append(time.process_time() - began)
    mean, slowest = sum(times) / len(times), max(times)
    print(
        f"{name:13} {1 / mean:5.0f} answers a second, {1000 * mean:.1f} ms an answer, "
        f"slowest {1000 * slowest:.1f} ms"
    )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    before, began = memory(), time.process_time()
    load_model()
    print(f"load          {1000 * (time.process_time() - began):.0f} ms")
    print(f"memory        {memory() - before:.0f} MB; {FILE.stat().st_size / 1e6:.1f} MB on disk")
    answers = list(read_corpus()) * rounds
    measure("sentences", predict, answers)
    measure("unpunctuated", predict_unpunctuated, answers)


if __name__ == "__main__":
    main()
