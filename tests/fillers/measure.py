"""Measure how well hesitations are found: `python tests/fillers/measure.py`.

Prints precision and recall over the held-out answers (other texts and voices than those the numbers
in coach/transcript/hesitations.py were chosen on), for the words of four recognisers:

- exact: drops um and uh, and its times are right;
- off: the same, with every time wrong by 0.08 s (standard deviation);
- gapless: the same, but a word lasts until the next one starts, as Whisper's do; off by 0.04 s;
- sphinx: PocketSphinx itself, mistakes and all. Takes some minutes; `--fast` leaves it out.

The voices are synthetic. Needs flite.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from make_answers import Answer, Filler, make_answers

from coach.recording.recording import SAMPLE_RATE, Span
from coach.recording.speech import find_speech
from coach.transcript.hesitations import Hesitation, find_hesitations
from coach.transcript.pieces import cut
from coach.transcript.transcript import Word

PRECISION, RECALL = 0.85, 0.75  # what is asked for
COLLAR = 0.1  # s by which the middle of a hit may lie outside the filler
LONGEST_GAP = 3.0  # s: a longer one is at the end of a piece, and no word reaches over it

Recogniser = Callable[[Answer, Sequence[Span]], Sequence[Word]]


def exact(answer: Answer, _: Sequence[Span]) -> Sequence[Word]:
    return answer.words


def off(answer: Answer, _: Sequence[Span]) -> Sequence[Word]:
    return _shaken(answer.words, 0.08, answer.name)


def gapless(answer: Answer, _: Sequence[Span]) -> Sequence[Word]:
    """Each gap goes to the word before or after it, by lot."""
    draw = random.Random(answer.name)
    times = [[word.start, word.end] for word in answer.words]
    for this, following in pairwise(times):
        if 0 < following[0] - this[1] < LONGEST_GAP:
            if draw.random() < 0.5:
                this[1] = following[0]
            else:
                following[0] = this[1]
    filled = [Word(word.text, *at) for word, at in zip(answer.words, times, strict=True)]
    return _shaken(filled, 0.04, answer.name)


def sphinx(answer: Answer, speech: Sequence[Span]) -> Sequence[Word]:
    words: list[Word] = []
    for piece in cut(speech, answer.samples):
        offset = piece.first / SAMPLE_RATE
        for word in _decoder().recognise(answer.samples[piece.first : piece.last]):
            times = (word.start + offset, word.end + offset)
            words.append(Word(word.text, *times, word.probability))
    return words


@cache
def _decoder():
    from coach.transcript.sphinx_engine import SphinxTranscriber  # with it pocketsphinx

    return SphinxTranscriber()


def _shaken(words: Sequence[Word], deviation: float, seed: str) -> list[Word]:
    draw = random.Random(f"{seed} {deviation}")
    shaken: list[Word] = []
    for word in words:
        earliest = shaken[-1].end if shaken else 0.0
        start = max(earliest, word.start + draw.gauss(0, deviation))
        end = max(start + 0.05, word.end + draw.gauss(0, deviation))
        shaken.append(Word(word.text, start, end))
    return shaken


def score(fillers: Sequence[Filler], hits: Sequence[Hesitation]) -> Counter[str]:
    """Counts of "found", "wrong" and "missed"; a filler is found by one hit at most."""
    left = list(fillers)
    counts: Counter[str] = Counter()
    for hit in hits:
        middle = (hit.start + hit.end) / 2
        met = next((f for f in left if f.start - COLLAR <= middle <= f.end + COLLAR), None)
        if met:
            left.remove(met)
        counts["found" if met else "wrong"] += 1
    counts["missed"] = len(left)
    return counts


def precision(counts: Counter[str]) -> float:
    return counts["found"] / max(1, counts["found"] + counts["wrong"])


def recall(counts: Counter[str]) -> float:
    return counts["found"] / max(1, counts["found"] + counts["missed"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--half", choices=("develop", "held_out"), default="held_out")
    parser.add_argument("--fast", action="store_true", help="without PocketSphinx")
    options = parser.parse_args()
    recognisers: list[Recogniser] = [exact, off, gapless, *([] if options.fast else [sphinx])]
    totals: dict[tuple[str, str], Counter[str]] = {}
    answers, seconds, spent = 0, 0.0, 0.0
    for answer in make_answers(options.half):
        speech = find_speech(answer.samples)
        for recogniser in recognisers:
            words = recogniser(answer, speech)
            start = time.process_time()
            counts = score(answer.fillers, find_hesitations(answer.samples, words, speech))
            spent += time.process_time() - start
            for group in ("all", f"{answer.snr:.0f} dB", answer.voice):
                totals.setdefault((recogniser.__name__, group), Counter()).update(counts)
        answers, seconds = answers + 1, seconds + answer.seconds
    _print(totals)
    print(f"\n{answers} answers, {seconds:.0f} s; asked for: {PRECISION:.2f} and {RECALL:.2f}")
    print(f"{1000 * spent / seconds / len(recognisers):.1f} ms of processor a second of sound")


def _print(totals: dict[tuple[str, str], Counter[str]]) -> None:
    print("| words of | answers | precision | recall | found | wrong | missed |")
    print("|---|---|---|---|---|---|---|")
    for (name, group), counts in sorted(totals.items()):
        told = " | ".join(str(counts[what]) for what in ("found", "wrong", "missed"))
        print(f"| {name} | {group} | {precision(counts):.2f} | {recall(counts):.2f} | {told} |")


if __name__ == "__main__":
    main()
