"""Bad input gets one clear sentence, the next step, an exit code of its own, and loses nothing."""

import io
import os
import struct
import sys
import wave
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach import errors
from coach.cli import root


def failed(outcome, error: type[errors.CoachError], *phrases: str) -> None:
    """Two lines on stderr, the error's own code, nothing on stdout."""
    assert outcome.code == error.exit_code, outcome
    assert outcome.err.startswith("Error: ")
    assert len(outcome.err.strip().splitlines()) == 2
    assert "Traceback" not in outcome.err
    assert outcome.out == ""
    for phrase in phrases:
        assert phrase in outcome.err


def test_every_error_has_an_exit_code_of_its_own():
    def family(kind: type) -> list[type]:
        return [kind, *(each for sub in kind.__subclasses__() for each in family(sub))]

    codes = [kind.exit_code for kind in family(errors.CoachError)]
    assert len(codes) == len(set(codes))
    assert not set(codes) & {0, 2, 130}


def wav(path: Path, samples: bytes) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples)
    return path


def test_no_such_file(coach, tmp_path: Path):
    failed(coach("assess", tmp_path / "gone.wav"), errors.NoSuchFileError, "gone.wav")
    failed(coach("assess", tmp_path / "gone.txt"), errors.NoSuchFileError, "gone.txt")
    failed(coach("drill", "--from", tmp_path / "gone.wav"), errors.NoSuchFileError)


def test_an_empty_file(coach, tmp_path: Path):
    for name in ("empty.wav", "empty.txt"):
        (tmp_path / name).touch()
        failed(coach("assess", tmp_path / name), errors.EmptyFileError, name)


def test_a_text_file_named_wav(coach, tmp_path: Path):
    path = tmp_path / "text.wav"
    path.write_text("Dear diary, this is no sound at all." * 9, encoding="utf-8")
    failed(coach("assess", path), errors.NotAudioError, "text.wav")


def test_a_binary_file_named_txt(coach, tmp_path: Path):
    path = tmp_path / "noise.txt"
    path.write_bytes(bytes(range(128, 256)))
    failed(coach("assess", path), errors.NotAudioError, "noise.txt")


def test_a_truncated_wav(coach, tmp_path: Path, samples: Path):
    import soundfile

    sound, rate = soundfile.read(samples / "no-result.flac", dtype="int16")
    whole = wav(tmp_path / "whole.wav", sound[: 12 * rate].tobytes())
    cut = tmp_path / "cut.wav"
    cut.write_bytes(whole.read_bytes()[: 8 * rate * 2])
    failed(coach("assess", cut, "--engine", "sphinx"), errors.TruncatedAudioError, "--partial")
    rest = coach("assess", cut, "--partial", "--engine", "sphinx", "--json")
    assert rest.code == 0
    assert "hotel kitchen" in " ".join(word["text"] for word in rest.json["words"])


@pytest.mark.parametrize("seconds", [0, 0.5, 5])
def test_no_sound_too_short_or_silent(coach, tmp_path: Path, seconds: float):
    path = wav(tmp_path / "take.wav", b"\0\0" * int(16_000 * seconds))
    failed(coach("assess", path, "--engine", "sphinx"), errors.NoSpeechError)


def test_unknown_area_names_the_nearest(coach):
    failed(coach("area", "add", "star.results"), errors.UnknownAreaError, "star.result")
    failed(coach("drill", "--area", "nonsense"), errors.UnknownAreaError, "coach area list")


def test_unknown_engine_and_model(coach, samples: Path):
    take = samples / "no-result.flac"
    failed(coach("assess", take, "--engine", "hal"), errors.UnknownEngineError, "sphinx")
    failed(coach("assess", take, "--model", "base.fr"), errors.ModelError, "base")
    failed(coach("assess", take, "--engine", "whisper"), errors.ModelError, "--download base.en")
    failed(coach("assess", take, "--model", "tiny.en"), errors.ModelError, "--download tiny.en")
    failed(coach("assess", take, "--engine", "sphinx", "--model", "base.en"), errors.ModelError)


def test_a_checkpoint_that_is_none(coach, samples: Path, tmp_path: Path):
    path = tmp_path / "model.pt"
    path.write_bytes(b"not a checkpoint")
    outcome = coach("assess", samples / "no-result.flac", "--model", path)
    failed(outcome, errors.ModelError, "model.pt", "cannot be loaded")


@pytest.mark.parametrize(
    "words",
    [("review", "--missing", "X"), ("compare", "3", "3"), ("bank", "edit", "none-of-these")],
)
def test_on_a_terminal_errors_break_between_words(monkeypatch, words: tuple[str, ...]):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stderr", shown := Terminal())
    monkeypatch.setattr("sys.argv", ["coach", *words])
    with pytest.raises(SystemExit):
        root.run()
    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    if words[0] == "review":
        assert "S, T, A, R" in " ".join(lines)


def test_an_unknown_question_names_the_nearest(coach, samples: Path):
    failed(coach("drill", "--question", "salary-99"), errors.UnknownQuestionError, "salary-0")
    outcome = coach("assess", samples / "no-result.txt", "--question", "salary-99")
    failed(outcome, errors.UnknownQuestionError, "salary-0")


def test_an_unknown_take_or_rejection(coach):
    failed(coach("review", 99), errors.UnknownEntryError, "99")
    failed(coach("rejection", "show", 99), errors.UnknownEntryError, "99")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('id = "a"\ntext = "Why?"\nkind = "behavioural"\nareas = []', '"areas"'),
        ('id = "a"\ntext = "Why?"\nkind = "behavioral"\nareas = ["star.result"]', "behavioral"),
        ('id = "a"\ntext = "Why?"\nkind = "intro"\nareas = ["star.resutl"]', "star.result"),
        ('id = "a"\ntext = "Why?"\nkind = "intro"\nareas = ["ext.skills"]', "ext.skills"),
        ('id = "a"\ntxt = "Why?"\nkind = "intro"\nareas = ["hr.intro"]', 'did you mean "text"'),
        ('id = "a"\ntext = 3\nkind = "intro"\nareas = ["hr.intro"]', '"text" must be a text'),
        ('id = "intro-01"\ntext = "Why?"\nkind = "intro"\nareas = ["hr.intro"]', "already used"),
    ],
)
def test_a_bank_with_a_fault(coach, home: Path, entry: str, fault: str):
    own = home / "my_banks"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(f"[[question]]\n{entry}\n", encoding="utf-8")
    failed(coach("drill", "--typed"), errors.BankError, "mine.toml", fault)


def test_a_bank_that_is_no_toml(coach, home: Path):
    own = home / "my_banks"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text("[[question\n", encoding="utf-8")
    failed(coach("drill", "--typed"), errors.BankError, "mine.toml")
    (own / "mine.toml").write_text('[[questions]]\nid = "a"\n', encoding="utf-8")
    failed(coach("drill", "--typed"), errors.BankError, '"questions"')


def test_own_norms_with_a_fault(coach, home: Path, samples: Path):
    home.mkdir()
    for text, fault in (
        ("[pace]\ngreen = [1, 2]", "not inside"),
        ("pace = 3", "must be a table"),
        ("[pace", "not valid TOML"),
    ):
        (home / "norms.toml").write_text(text, encoding="utf-8")
        failed(coach("assess", samples / "no-result.txt"), errors.SettingsError, fault)


def test_a_home_that_cannot_be_written(coach, tmp_path: Path, monkeypatch):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("COACH_HOME", str(in_the_way / "home"))
    failed(coach("area", "add", "star.result"), errors.HomeError, "COACH_HOME")
    assert in_the_way.read_text(encoding="utf-8").startswith("a file")


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="needs the package procfs (Linux)")
def test_a_home_on_a_read_only_file_system(coach, monkeypatch):
    monkeypatch.setenv("COACH_HOME", "/proc/sys/coach")  # read-only for root, too
    failed(coach("area", "add", "star.result"), errors.HomeError, "COACH_HOME")


def test_no_microphone(coach, monkeypatch):
    monkeypatch.setattr("coach.recording.microphone.list_microphones", lambda: ())
    failed(coach("drill"), errors.NoMicrophoneError, "--typed")


def test_a_microphone_of_another_name(coach):
    outcome = coach("drill", "--device", "no such microphone")
    assert outcome.code in (errors.NoMicrophoneError.exit_code, errors.NoPortAudioError.exit_code)
    assert "--typed" in outcome.err


def test_no_portaudio(coach, monkeypatch):
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr("sys.meta_path", [Missing(), *sys.meta_path])
    checked = coach("setup", "--quick")
    assert checked.code == errors.NoPortAudioError.exit_code
    assert "PortAudio" in checked.err
    failed(coach("drill"), errors.NoPortAudioError, "--typed")


def test_nobody_to_ask(coach):
    failed(coach("rejection", "add"), errors.NoTerminalError, "--company")


def test_debug_shows_the_traceback(coach):
    with pytest.raises(errors.UnknownEntryError):
        coach("--debug", "review", 99)


def test_a_sitting_that_fails_keeps_what_was_answered(coach, tmp_path: Path, samples: Path):
    """The second file is silent: it is put aside, and the first answer stays in the log."""
    silent = wav(tmp_path / "silent.wav", b"\0\0" * 32_000)
    outcome = coach("drill", "--questions", 2, "--engine", "sphinx", "--json",
                    "--from", samples / "no-result.flac", "--from", silent)  # fmt: skip
    assert outcome.code == 0
    assert len(outcome.json) == 1
    assert len(coach("review", "--json").json) == 1


def test_a_wav_that_promises_more_than_memory_is_refused(coach, tmp_path: Path):
    path = wav(tmp_path / "huge.wav", b"\0\0" * 16_000)
    data = bytearray(path.read_bytes())
    data[40:44] = struct.pack("<I", 0xFFFF_FF00)
    path.write_bytes(data)
    outcome = coach("assess", path, "--engine", "sphinx")
    # Programs that stream a WAV promise the most there can be, so it is read as far as it goes.
    assert outcome.code == errors.NoSpeechError.exit_code
    assert os.path.getsize(path) == len(data)


@pytest.mark.parametrize(
    "words",
    [
        ("rejection", "show"),
        ("review",),
        ("retry",),
        ("interview", "show"),
        ("plan", "done"),
        ("export",),
        ("history", "rejection"),
        ("drill", "--rejection"),
    ],
)
def test_a_number_too_large_for_the_log_names_nothing(coach, words: tuple[str, ...]):
    failed(coach(*words, 10**23), errors.UnknownEntryError, "There is no ", str(10**23))


def test_a_day_that_is_none_or_too_far_away(coach):
    for day, phrase in (
        ("2026-02-30", "YYYY-MM-DD"),
        ("soon", "yesterday"),
        ("9999-12-31", "too far away"),
        ("0001-01-01", "too far away"),
    ):
        facts = ("--company", "Acme", "--role", "Chef")
        outcome = coach("rejection", "add", *facts, "--date", day)
        assert outcome.code == 2
        assert phrase in outcome.err
        assert "%" not in outcome.err
        assert coach("interview", "add", "--role", "x", "--stage", "panel", "--date", day).code == 2
    assert coach("rejection", "list", "--json").json == []


def test_days_have_names_too(coach):
    today = datetime.now().astimezone().date()
    coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", "Yesterday")
    assert coach("rejection", "show", 1, "--json").json["date"] == str(today - timedelta(days=1))
    facts = ("--role", "Chef", "--stage", "panel")
    made = coach("interview", "add", *facts, "--date", "today", "--json").json
    assert (made["day"], made["clock"]) == (str(today), None)
    made = coach("interview", "add", *facts, "--date", "2026-12-03T10:30", "--json").json
    assert (made["day"], made["clock"]) == ("2026-12-03", "10:30")
    assert coach("interview", "add", *facts, "--date", "2026-12-03T25:30").code == 2
    assert "DATE" in coach("rejection", "add", "--help").out


def test_a_folder_is_no_missing_file(coach, tmp_path: Path):
    failed(coach("assess", tmp_path), errors.NotAudioError, "is a folder")
    failed(coach("drill", "--from", tmp_path), errors.NotAudioError, "is a folder")
    failed(coach("bank", "check", tmp_path), errors.NoSuchFileError, "folder")


def test_a_kind_that_no_entry_has(coach):
    failed(coach("history", "banana", 1), errors.UnknownEntryError, "no kind", "rejection", "story")
    failed(coach("history", "plan-item", 1), errors.UnknownEntryError, "There is no plan item 1")


def test_an_empty_name_is_said_to_be_empty(coach):
    outcome = coach("rejection", "add", "--company", " ", "--role", "Chef")
    assert outcome.code == 2
    assert "--company is empty" in outcome.err
