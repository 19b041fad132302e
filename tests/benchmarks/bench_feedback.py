"""From the last word to the feedback: `python tests/benchmarks/bench_feedback.py`.

Spoken answers (flite, with pauses) grow on disk at true speed, as the recorder writes them; the
stop key is pressed 1.0 s after the last word. The time until the feedback is ready is set against
what people do otherwise, with the same weights in the same run:
- Whisper: the `whisper` command on the finished file, with its own defaults (beam search of 5);
- PocketSphinx: decoding the finished file in a process that is loaded already.
Both start at the key and run with the niceness of the coach's own process, so that other work on
the machine slows all alike.

Whisper's weights are untrained, of the true dimensions: times are real, words are not. Its decoder
is forced to TOKENS tokens for every second of speech, here and in the `whisper` command alike; and
as the times of such words mean nothing, no second look is taken at what follows the last of them.
The command reads the file without ffmpeg, which spares it 0.1 s or so, and with
OMP_WAIT_POLICY=PASSIVE, which spares it much where the machine is busy.
"""

import argparse
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from make_samples import RATE, SAMPLES, silence, speak
from rich.console import Console

from coach.assessment.assess import assess, load_models
from coach.assessment.norms import load_norms
from coach.improvement.entries import Attempt, State
from coach.practice import all_questions
from coach.questions.guess import question_of
from coach.recording.audio_file import WavWriter, read_audio
from coach.recording.recording import Recording, Span
from coach.recording.speech import SpeechStream, best_detector, find_speech
from coach.review import terminal
from coach.transcript import worker as worker_module
from coach.transcript.live import LiveHearing
from coach.transcript.pieces import Piece
from coach.transcript.speed import DIMENSIONS
from coach.transcript.transcript import Transcript
from coach.transcript.worker import NICENESS, Answer, Worker

KEY = 1.0  # s from the last word to the stop key
TAIL = 0.3  # s that the recorder goes on after it
BLOCK = 0.1  # s: what a microphone delivers at once
LOOK = 0.05  # s between looks of the screen
TOKENS = 4  # tokens a second of speech: 2.7 words and their punctuation
FAINT = 1.0  # of a scaled mel: 40 dB below the loudest frame there is no speech
PAUSES = (0.5, 0.8, 0.45, 1.2)  # s between sentences, in turn


# ── What is measured with ──


def answer(seconds: float) -> np.ndarray:
    """A spoken answer of about that length, float32 at 16 kHz, that ends with its last word."""
    text = " ".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    parts, pauses = [silence(1.0)], cycle(PAUSES)
    for sentence in cycle(re.split(r"(?<=[.?!])\s+", text.strip())):
        parts.append(speak(sentence, "rms", 1.12))
        if sum(map(len, parts)) >= seconds * RATE:
            break
        parts.append(silence(next(pauses)))
    whole = np.concatenate(parts)
    whole = (whole + np.random.default_rng(7).normal(0, 2, len(whole))) / 32_768
    end = find_speech(whole.astype(np.float32))[-1].end
    return whole[: round(end * RATE)].astype(np.float32)


def untrained(name: str, folder: Path) -> Path:
    """A checkpoint with the true dimensions of a model and random numbers in it."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    state, heads, layers = DIMENSIONS[name]
    dims = ModelDimensions(
        80, 1500, state, heads, layers, n_vocab=51_864, n_text_ctx=448, n_text_state=state,
        n_text_head=heads, n_text_layer=layers,
    )  # fmt: skip
    torch.manual_seed(0)
    model = Whisper(dims)
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.02)
    torch.nn.init.normal_(model.decoder.token_embedding.weight, std=0.02)
    path = folder / f"{name}.pt"
    weights = {key: value.half() for key, value in model.state_dict().items()}
    torch.save({"dims": asdict(dims), "model_state_dict": weights}, path)
    return path


def force_decoding() -> None:
    """Make every Whisper decoder of this process write TOKENS tokens a second of speech."""
    import torch
    from whisper import decoding

    text = " ".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")))

    class Forced(decoding.LogitFilter):
        def __init__(self, task: decoding.DecodingTask, mel: torch.Tensor) -> None:
            own = task.tokenizer
            content = int(mel[0].any(dim=0).sum())  # frames that are not padding
            loud = mel[0, :, :content].amax(dim=0) > mel.max() - FAINT
            words = own.encode(" " + text)[: round(TOKENS * int(loud.sum()) / 100)]
            end = own.timestamp_begin + min(1500, content // 2)
            self.tokens = [own.timestamp_begin, *words, end, own.eot]
            self.begin = task.sample_begin

        def apply(self, logits: torch.Tensor, tokens: torch.Tensor) -> None:
            place = min(tokens.shape[1] - self.begin, len(self.tokens) - 1)
            logits.fill_(-torch.inf)
            logits[:, self.tokens[place]] = 0.0

    run = decoding.DecodingTask.run

    def forced(task: decoding.DecodingTask, mel: torch.Tensor):
        task.logit_filters.append(Forced(task, mel))
        return run(task, mel)

    decoding.DecodingTask.run = forced


def serve_forced(pipe, engine: str, model: str | None, language: str) -> None:
    """The coach's own worker process, with the decoder forced."""
    if engine == "whisper":
        from coach.transcript import whisper_engine

        whisper_engine.UNHEARD = 1e9
        force_decoding()
    serve(pipe, engine, model, language)


serve = worker_module.serve


class TracedWorker(Worker):
    """Notes when each piece is given and answered."""

    def __init__(self, engine: str, model: str | None) -> None:
        super().__init__(engine, model)
        self.trace: list[dict] = []
        self.began = 0.0  # monotonic, of the take

    def send(self, path: Path, piece: Piece | None = None, *, partial: bool = False) -> int:
        number = super().send(path, piece, partial=partial)
        if piece:
            self.trace.append(
                {"job": number, "piece": asdict(piece), "sent": time.monotonic() - self.began}
            )
        return number

    def receive(self, timeout: float = 0.0) -> Answer | None:
        got = super().receive(timeout)
        for entry in self.trace:
            if got and entry["job"] == got.job:
                entry["answered"] = time.monotonic() - self.began
                entry["worked"] = got.seconds
        return got


# ── What is measured ──


@dataclass
class Take:
    """How one answer was heard; seconds from its last word unless said otherwise."""

    seconds: float  # of the answer
    whole: float  # the recording is complete on disk
    words: float
    feedback: float
    other: float | None  # the same by the other way; None where that was left out
    ratio: float | None
    after_key: float
    cpu: float  # s of the worker, without loading
    cpu_loading: float
    other_cpu: float | None
    load: float  # s, hidden behind the reading of the question
    memory: int  # MB at most
    busy: float  # share of the answer in which the worker was busy
    pieces: int
    trials: int  # pieces heard for nothing
    late: float  # s that the writer was late at most
    samples_lost: int
    differ: float | None  # share of words that differ from decoding the file as one piece
    trace: list[dict]


class Writer(threading.Thread):
    """Appends an answer to a file at true speed, and listens for speech in it."""

    def __init__(self, samples: np.ndarray, file: WavWriter) -> None:
        super().__init__()
        self.spans: tuple[Span, ...] = ()
        self.late = 0.0
        self.began = time.monotonic()
        self._samples = samples
        self._file = file

    def run(self) -> None:
        speech, size = SpeechStream(best_detector()), round(BLOCK * RATE)
        for first in range(0, len(self._samples), size):
            block = self._samples[first : first + size]
            due = self.began + (first + len(block)) / RATE
            time.sleep(max(0.0, due - time.monotonic()))
            self.late = max(self.late, time.monotonic() - due)
            self._file.append((block * 32_768).clip(-32_768, 32_767).astype("<i2").tobytes())
            speech.hear(block)
            self.spans = speech.spans()
        self._file.finish()


def measure(
    engine: str, model: Path | None, seconds: float, folder: Path, *, alone: bool = False
) -> Take:
    said = answer(seconds)
    last_word = len(said) / RATE
    rest = np.random.default_rng(8).normal(0, 2 / 32_768, round((KEY + TAIL) * RATE))
    samples = np.concatenate((said, rest.astype(np.float32)))
    with TracedWorker(engine, str(model) if model else None) as worker:
        load = loaded(worker)
        loading = cpu(worker.pid)
        file = WavWriter(folder / f"{seconds:.0f}.part.wav", folder / f"{seconds:.0f}.wav")
        transcript, writer, times = live_take(worker, samples, last_word, file)
        used = cpu(worker.pid) - loading
        memory = peak_memory(worker.pid)
        differ = other = other_cpu = None
        if not alone and engine == "sphinx":
            began, before = time.monotonic(), cpu(worker.pid)
            worker.hear(file.path)
            other, other_cpu = time.monotonic() - began, cpu(worker.pid) - before
            differ = difference(transcript, file.path)
        elif not alone:
            other, other_cpu = whisper_command(file.path, model)
    heard = [entry for entry in worker.trace if entry["sent"] < last_word]
    pieces = len(final_pieces(worker.trace))
    return Take(
        seconds=last_word,
        **times,
        other=None if other is None else KEY + other,
        ratio=None if other is None else times["feedback"] / (KEY + other),
        after_key=times["feedback"] - KEY,
        cpu=used,
        cpu_loading=loading,
        other_cpu=other_cpu,
        load=load,
        memory=memory,
        busy=sum(entry.get("worked", 0.0) for entry in heard) / last_word,
        pieces=pieces,
        trials=len(worker.trace) - pieces,
        late=writer.late,
        samples_lost=len(samples) - len(read_audio(file.path)),
        differ=differ,
        trace=worker.trace,
    )


def loaded(worker: Worker) -> float:
    began = time.monotonic()
    worker.start()
    while worker.loaded is None:
        worker.receive(0.1)
    return time.monotonic() - began


def live_take(
    worker: TracedWorker, samples: np.ndarray, last_word: float, file: WavWriter
) -> tuple[Transcript, Writer, dict[str, float]]:
    load_models()  # as a sitting does, while the question is read
    live = LiveHearing(worker)
    live.begin(file.path)
    writer = Writer(samples, file)
    worker.began = writer.began
    writer.start()
    ends = writer.began + last_word
    while time.monotonic() < ends + KEY:
        live.look(writer.spans)
        time.sleep(LOOK)
    writer.join()  # the recorder's stop() blocks in the same way
    whole = time.monotonic() - ends
    seconds = len(samples) / RATE
    recording = Recording(file.path, seconds, datetime.now(UTC), "bench", speech=writer.spans)
    transcript = live.finish(recording)
    words = time.monotonic() - ends
    show(transcript)
    times = {"whole": whole, "words": words, "feedback": time.monotonic() - ends}
    return transcript, writer, times


def show(transcript: Transcript) -> None:
    """What follows the words: judge them and draw the feedback."""
    asked = question_of("Tell me about a time when you solved a problem.", all_questions())
    judged = assess(asked, transcript, load_norms())
    take = Attempt(
        0, 0, asked, "", datetime.now(UTC), State.ASSESSED, None, None, transcript, judged
    )
    Console(file=io.StringIO(), width=80).print(terminal.result(take))


def final_pieces(trace: list[dict]) -> list[dict]:
    """Those that became part of the transcript: of several with one beginning, the last."""
    return list({entry["piece"]["first"]: entry["piece"] for entry in trace}.values())


def whisper_command(path: Path, model: Path) -> tuple[float, float]:
    """Seconds and CPU seconds that the `whisper` command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(
        [
            *("nice", "-n", str(NICENESS), sys.executable, __file__, "--as-whisper", str(path)),
            *("--model", str(model), "--language", "en", "--fp16", "False", "--verbose", "False"),
            *("--output_dir", str(path.parent), "--output_format", "txt"),
        ],
        check=True,
        capture_output=True,
    )
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def as_whisper(arguments: list[str]) -> None:
    """Be the `whisper` command, with the decoder forced."""
    import whisper.audio
    from whisper.transcribe import cli

    force_decoding()
    whisper.audio.load_audio = lambda file, **_: read_audio(Path(file))
    sys.argv = ["whisper", *arguments]
    cli()


def difference(transcript: Transcript, path: Path) -> float:
    """Share of words that differ from decoding all of the file as one utterance."""
    from coach.transcript.sphinx_engine import SphinxTranscriber

    whole = [word.text for word in SphinxTranscriber().recognise(read_audio(path))]
    ours = [word.text for word in transcript.words]
    row = list(range(len(whole) + 1))
    for number, word in enumerate(ours, 1):
        above, row = row, [number]
        for place, other in enumerate(whole, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (word != other)))
    return row[-1] / len(whole)


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) >> 10


# ── What is told ──

COLUMNS = (
    *("engine", "answer", "feedback", "after key", "other", "ratio", "CPU", "other CPU", "load"),
    *("memory", "busy", "pieces", "trials", "differ"),
)


def cell(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def tell(engine: str, take: Take) -> None:
    row = (
        *(engine, f"{take.seconds:.0f} s", f"{take.feedback:.2f}", f"{take.after_key:.2f}"),
        *(cell(take.other, ".1f"), cell(take.ratio, ".3f")),
        *(f"{take.cpu:.1f}", cell(take.other_cpu, ".1f")),
        *(f"{take.load:.1f}", f"{take.memory} MB", f"{take.busy:.0%}", take.pieces, take.trials),
        cell(take.differ, ".1%"),
    )
    print("".join(f"{each:>11}" for each in row), flush=True)


def tell_trace(take: Take) -> None:
    """Where the tenths of a second go, from 3 s before the last word."""
    events = [(0.0, "the last word ends"), (KEY, "stop key")]
    events += [(take.whole, "the recording is whole"), (take.words, "all words are there")]
    events.append((take.feedback, "feedback is on the screen"))
    for entry in take.trace:
        first, last = (entry["piece"][key] / RATE for key in ("first", "last"))
        name = f"piece {first:.2f}–{last:.2f} s"
        events.append((entry["sent"] - take.seconds, f"{name} is given to the recogniser"))
        if "answered" in entry:
            text = f"{name} is heard ({entry['worked']:.2f} s of work)"
            events.append((entry["answered"] - take.seconds, text))
    for at, text in sorted(events):
        if at >= -3.0:
            print(f"    {at:+6.2f}  {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description="From the last word to the feedback.")
    engines = ("sphinx", *DIMENSIONS)
    parser.add_argument("--engines", nargs="+", choices=engines, default=["sphinx", "base.en"])
    parser.add_argument("--seconds", nargs="+", type=float, default=[30.0, 60.0, 120.0])
    parser.add_argument("--json", type=Path, help="Write the figures there, with the traces.")
    parser.add_argument("--alone", action="store_true", help="Leave the other way out.")
    options = parser.parse_args()
    worker_module.serve = serve_forced
    report = {"processors": os.cpu_count(), "load before": os.getloadavg(), "takes": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"COACH_HOME": name, "OMP_WAIT_POLICY": "PASSIVE"}
        print("".join(f"{column:>11}" for column in COLUMNS))
        for engine, number in zip(options.engines, count()):
            model = None if engine == "sphinx" else untrained(engine, folder)
            for seconds in options.seconds:
                place = folder / f"{number}-{seconds:.0f}"
                kind = "sphinx" if model is None else "whisper"
                take = measure(kind, model, seconds, place, alone=options.alone)
                tell(engine, take)
                tell_trace(take)
                report["takes"].append({"engine": engine, **asdict(take)})
    report["load after"] = os.getloadavg()
    if options.json:
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as-whisper"]:
        as_whisper(sys.argv[2:])
    else:
        main()
