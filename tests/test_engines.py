"""Both engines on real audio: what is heard is what was said."""

import hashlib
import http.server
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from file_mode import mode

from coach.assessment.segment import normalise
from coach.transcript.engine import open_transcriber, transcribe

NANO = Path(__file__).parent / "nano_whisper"


def word_error_rate(said: list[str], heard: list[str]) -> float:
    """Edits for each word that was said."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        above, row[0] = row[:], i
        for j, other in enumerate(heard, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (word != other))
    return row[-1] / len(said)


@pytest.fixture(scope="module")
def sphinx():
    return open_transcriber("sphinx")


@pytest.mark.parametrize("name", ["no-result", "rambling", "good-retake"])
def test_sphinx_hears_the_packaged_answers(sphinx, samples: Path, name: str):
    heard = transcribe(sphinx, samples / f"{name}.flac")
    script = (samples / f"{name}.txt").read_text(encoding="utf-8")
    said = [normalise(word) for word in script.split()]
    assert word_error_rate(said, [word.text for word in heard.words]) <= 0.15
    assert all(word.start < word.end <= heard.seconds for word in heard.words)
    starts = [word.start for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[0].start == pytest.approx(1.25, abs=0.35)  # 1.2 s of silence lead in


def test_assess_misses_the_result_and_nothing_in_the_retake(coach, samples: Path):
    outcome = coach("assess", samples / "no-result.flac", "--engine", "sphinx", "--json")
    assert outcome.code == 0, outcome.err
    found = outcome.json
    assert found["missing"] == ["R"]
    assert found["engine"] == "sphinx"
    # Read fluently: no filler in the words, and no hesitation in the sound.
    assert (found["fillers"], found["hesitations"]) == (0, [])
    assert any("what changed" in text for text in found["advice"])
    assert set(found["shares"]) == {"S", "T", "A", "R"}
    for sentence in found["sentences"]:
        assert {"text", "part", "start", "end", "confidence", "why"} <= set(sentence)
    again = coach("assess", samples / "good-retake.flac", "--engine", "sphinx", "--json").json
    assert again["missing"] == []
    assert again["seconds"] > 60
    assert 120 <= again["words_per_minute"] <= 190


def test_auto_says_which_engine_it_takes_and_how_to_get_better_words(coach, samples: Path):
    outcome = coach("drill", "--questions", 1, "--from", samples / "no-result.flac")
    assert "sphinx" in outcome.out
    assert "coach setup --download base.en" in " ".join(outcome.out.split())


@pytest.fixture(scope="module")
def nano(tmp_path_factory) -> Path:
    from nano_whisper.unpack import checkpoint

    return checkpoint(tmp_path_factory.mktemp("nano"))


def test_whisper_hears_a_take_from_a_checkpoint_on_disk(coach, nano: Path):
    """The path a user with downloaded weights takes: worker, load_model, transcribe, word times."""
    take = NANO / "rms.flac"
    outcome = coach("assess", take, "--engine", "whisper", "--model", nano, "--json")
    assert outcome.code == 0, outcome.err
    found = outcome.json
    assert (found["engine"], found["model"]) == ("whisper", "nano")
    text = " ".join(word["text"] for word in found["words"]).lower()
    import json

    known = json.loads((NANO / "words.json").read_text(encoding="utf-8"))["rms"]
    assert [normalise(word) for word in text.split()] == [normalise(word[0]) for word in known]
    assert all(word["start"] < word["end"] for word in found["words"])
    errors = sorted(
        abs(word["start"] - time[1]) for word, time in zip(found["words"], known, strict=True)
    )
    assert errors[len(errors) // 2] < 0.25
    assert text.count(".") >= 2  # Whisper punctuates


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch):
    """A server on loopback that offers weights as Whisper's does, the SHA-256 in the address."""
    content = b"weights" * 1000
    digest = hashlib.sha256(content).hexdigest()
    folder = tmp_path / "served" / digest
    folder.mkdir(parents=True)
    (folder / "tiny.en.pt").write_bytes(content)
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/{digest}/tiny.en.pt"
    monkeypatch.setattr("coach.transcript.models.published", lambda: {"tiny.en": address})
    yield folder / "tiny.en.pt"
    server.shutdown()


def test_whispers_table_is_read_without_loading_whisper():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from coach.transcript.models import published\n"
         "found = published(); assert 'torch' not in sys.modules\n"
         "import whisper; assert found == whisper._MODELS"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_setup_fetches_weights_and_checks_them(coach, publisher: Path, home: Path):
    outcome = coach("setup", "--download", "tiny.en", "--yes")
    assert outcome.code == 0, outcome.err
    assert "0 MB" in outcome.out
    assert (home / "models" / "tiny.en.pt").read_bytes() == publisher.read_bytes()
    assert mode(home / "models" / "tiny.en.pt") == 0o600


def test_weights_that_arrive_damaged_are_not_kept(coach, publisher: Path, home: Path):
    publisher.write_bytes(b"something else")
    outcome = coach("setup", "--download", "tiny.en", "--yes")
    assert outcome.code == 28
    assert "SHA-256" in outcome.err
    assert not list((home / "models").iterdir())


def test_a_model_that_nobody_publishes_and_a_server_that_is_gone(coach, publisher: Path):
    assert coach("setup", "--download", "giant", "--yes").code == 18
    publisher.unlink()
    outcome = coach("setup", "--download", "tiny.en", "--yes")
    assert outcome.code == 28
    assert "try again" in outcome.err
