"""`coach setup` leads to a first drill, and the Tab key completes commands."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from coach import errors
from coach.recording.systems import this_system
from coach.transcript import speed
from coach.transcript.models import SIZES
from coach.transcript.speed import Speed, recommend, speeds

MEASURED = {"sphinx": 9.0, "tiny.en": 2.0, "base.en": 4.0, "small.en": 11.0, "medium.en": 40.0}
PLENTY = 1 << 40  # bytes


@pytest.fixture
def measured(monkeypatch):
    monkeypatch.setattr("coach.transcript.speed.measure_apart", lambda: MEASURED)


def test_setup_says_all_that_a_first_drill_needs(coach, measured, home: Path, monkeypatch):
    monkeypatch.setattr("coach.recording.microphone.list_microphones", lambda: ())
    monkeypatch.setattr("coach.cli.setup.memory_limit", lambda: PLENTY)
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    outcome = coach("setup")
    assert outcome.code == errors.NoMicrophoneError.exit_code
    for words in (str(home), "recordings", "coach.db", "settings.toml",
                  this_system().permission[:30],
                  "coach setup --download small.en", "coach drill --typed",
                  "completions/coach.fish"):  # fmt: skip
        assert words in outcome.out.replace("\n", " "), words
    for name, seconds in MEASURED.items():
        assert f"{seconds:.1f} s" in next(
            line for line in outcome.out.splitlines() if f" {name} " in line
        )
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert not home.exists()


def test_a_quick_setup_measures_nothing(coach, monkeypatch):
    monkeypatch.delattr("coach.transcript.speed.measure_apart")
    outcome = coach("setup", "--quick")
    assert "coach drill" in outcome.out
    assert "small.en" not in outcome.out


def test_a_model_that_is_here_is_not_to_be_fetched(coach, measured, home: Path, monkeypatch):
    monkeypatch.setattr("coach.cli.setup.memory_limit", lambda: 1.5 * (1 << 30))
    (home / "models").mkdir(parents=True)
    (home / "models" / "base.en.pt").write_bytes(b"weights")
    outcome = coach("setup").out
    assert "base.en suits this machine, and is here" in outcome
    assert "too large for the memory" in outcome
    assert "--download" not in outcome


def test_the_model_for_a_machine():
    offered = speeds(MEASURED)
    memory = {each.name: each.memory for each in offered}
    assert [each.name for each in offered] == ["sphinx", *SIZES]
    assert recommend(offered, PLENTY, PLENTY).name == "small.en"  # medium would not keep up
    assert recommend(offered, memory["base.en"], PLENTY).name == "base.en"
    assert recommend(offered, PLENTY, SIZES["base.en"]).name == "tiny.en"  # the disk is full
    assert recommend(offered, memory["sphinx"] - 1, PLENTY).name == "sphinx"
    slow = tuple(Speed(each.name, each.size, each.memory, 60.0) for each in offered)
    assert recommend(slow, PLENTY, PLENTY).name == "sphinx"
    assert recommend(speeds({}), PLENTY, PLENTY).name == "sphinx"  # nothing could be measured


def test_every_model_on_offer_has_dimensions_and_wider_ones_take_longer():
    assert set(speed.DIMENSIONS) == set(SIZES)
    # The shortest of three, in turn: other work on the machine only makes them longer.
    pairs = [(speed._of_window(64, 1, 1), speed._of_window(512, 8, 4)) for _ in range(3)]
    narrow, wide = map(min, zip(*pairs, strict=True))
    assert 0 < narrow < wide


def test_the_seconds_of_a_minute_are_those_of_its_layers_and_tokens(monkeypatch):
    """Known times of one layer, of a token's choice and of the embedded engine, added up by hand.

    A window is 30 s: the encoder once, the decoder for each of 120 tokens and once for the times of
    all words, in each of 6 layers, and the choice of each token.
    """
    asked = []
    times = {"encoding": 0.1, "aligning": 0.05, "choosing": 0.003,
             "decoding": 0.002 * speed.ASIDE}  # fmt: skip

    def known(_run, runs: int = speed.RUNS) -> float:
        asked.append(runs)
        return list(times.values())[(len(asked) - 1) % len(times)]

    monkeypatch.setattr(speed, "_fastest", known)
    window = 6 * (0.1 + 120 * 0.002 + 0.05) + 120 * 0.003
    assert speed._of_window(512, 8, 6) == pytest.approx(window)
    assert window == pytest.approx(2.7)
    monkeypatch.setattr(speed, "_of_sphinx", lambda: 7.5)
    found = speed.measure()
    assert found == {"sphinx": 7.5, "tiny.en": 3.84, "base.en": 5.4, "small.en": 10.08,
                     "medium.en": 19.44}  # fmt: skip
    assert recommend(speeds(found), PLENTY, PLENTY).name == "small.en"


def test_the_embedded_engine_is_measured_by_the_share_of_a_minute(monkeypatch):
    monkeypatch.setattr(speed, "_fastest", lambda _run, _runs: 0.8)  # s for 5 s of speech
    assert speed._of_sphinx() == pytest.approx(9.6)


def test_a_measurement_that_fails_or_hangs_leaves_the_setup_alive(monkeypatch):
    monkeypatch.setattr(speed, "PATIENCE", 0.01)
    assert speed.measure_apart() == {}
    monkeypatch.setattr(speed, "PATIENCE", 30)
    monkeypatch.setattr(speed, "__name__", "coach.no_such_module")
    assert speed.measure_apart() == {}


# ── Completion ──

PROGRAM = f"""#!{sys.executable}
import sys
from coach.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with `coach` in it, as pip installs it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "coach").write_text(PROGRAM, encoding="utf-8")
    (folder / "coach").chmod(0o755)
    return folder


def completed(program: Path, words: str) -> list[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(speed.__file__).parents[2]),
        "_COACH_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = subprocess.run([program / "coach"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_options_and_choices_are_completed(program: Path):
    assert completed(program, "coach dr") == ["drill"]
    assert completed(program, "coach config s") == ["set"]
    assert "--questions" in completed(program, "coach drill --q")
    assert completed(program, "coach drill --kind sal") == ["salary"]
    assert {"rejection", "doctor", "config"} <= set(completed(program, "coach "))


def test_completing_a_command_loads_none():
    code = (
        "import sys; sys.argv = ['coach']\n"
        "from coach.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print([n for n in sys.modules if n.startswith(('coach.', 'rich')) and n not in"
        " ('coach.__main__', 'coach.clean', 'coach.cli', 'coach.cli.root', 'coach.errors')],"
        " file=sys.stderr)"
    )
    environment = {**os.environ, "_COACH_COMPLETE": "bash_complete", "COMP_WORDS": "coach d",
                   "COMP_CWORD": "1"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert "plain,drill" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs the package bash")
def test_the_printed_lines_complete_in_bash(coach, program: Path, tmp_path: Path):
    script = coach("completion", "bash").out
    (tmp_path / "lines").write_text(
        f'{script}\nCOMP_WORDS=(coach config "un"); COMP_CWORD=2\n'
        '_coach_completion coach; echo "${COMPREPLY[@]}"\n',
        encoding="utf-8",
    )
    environment = {
        **os.environ,
        "PATH": f"{program}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(speed.__file__).parents[2]),
    }
    done = subprocess.run(
        ["bash", tmp_path / "lines"], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "unset", done.stderr


@pytest.mark.parametrize(
    ("shell", "rc"), [("zsh", ".zshrc"), ("fish", ".config/fish/completions/coach.fish")]
)
def test_the_printed_lines_complete_in_a_fresh(
    coach, program: Path, tmp_path: Path, shell: str, rc: str
):
    if not shutil.which(shell):
        pytest.skip(f"needs the package {shell}")
    lines = tmp_path / rc
    lines.parent.mkdir(parents=True, exist_ok=True)
    lines.write_text(coach("completion", shell).out, encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{program}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(speed.__file__).parents[2]),
    }
    terminal = pexpect.spawn(shell, ["-i"], env=environment, timeout=30, encoding="utf-8")
    terminal.send("coach config un\t")
    terminal.expect("unset")
    terminal.send("\x15coach drill --kind sal\t")
    terminal.expect("salary")
    terminal.close(force=True)


def test_help_starts_faster_than_its_libraries_load():
    """The fastest of four starts each, in turn, so that other work slows both alike."""

    def start(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        return time.perf_counter() - began

    bare = "import click, rich.console, rich.table"
    ours = "import sys; sys.argv = ['coach', '--help']\nfrom coach.__main__ import main\nmain()"
    times = [(start(bare), start(ours)) for _ in range(4)]
    ratio = min(own for _, own in times) / min(libraries for libraries, _ in times)
    print(f"coach --help takes {ratio:.2f} times as long as importing click and rich")
    assert ratio < 1.2  # 0.7 on an idle machine; 6 where all commands are loaded
