"""What is set once reaches every command, and a fault of the file is named."""

from pathlib import Path

import pytest
from file_mode import mode

from coach import errors, settings
from coach.assessment.norms import load_norms, shipped
from coach.recording.microphone import Device

FILE = """# mine
engine = "sphinx"  # no download

[pace]  # words a minute
green = [120, 170]  # I speak slowly
"""


@pytest.fixture
def file(home: Path) -> Path:
    home.mkdir()
    (home / "settings.toml").write_text(FILE, encoding="utf-8")
    return home / "settings.toml"


def test_a_value_is_set_shown_and_taken_out(coach, home: Path):
    assert coach("config", "get", "engine").out == "auto\n"
    assert coach("config", "set", "engine", "sphinx").code == 0
    assert coach("config", "get", "engine").out == "sphinx\n"
    assert coach("config", "path").out.strip() == str(home / "settings.toml")
    assert mode(home / "settings.toml") == 0o600
    assert "taken out" in coach("config", "unset", "engine").out
    assert coach("config", "get", "engine", "--json").json["from"] == "default"
    assert "was not set" in coach("config", "unset", "engine").out


def test_all_settings_are_listed_with_where_they_come_from(coach, file: Path, monkeypatch):
    monkeypatch.setenv("COACH_VOICE", "yes")
    listed = {each["key"]: each for each in coach("config", "list", "--json").json}
    assert listed["voice"]["from"] == "COACH_VOICE"
    assert listed["voice"]["value"] is True
    assert listed["engine"]["from"] == listed["pace.green"]["from"] == str(file)
    assert (listed["rest"]["from"], listed["rest"]["value"]) == ("default", 1)
    assert all(each["meaning"] and each["wants"] for each in listed.values())
    shown = coach("config").out
    assert max(map(len, shown.splitlines())) <= 80
    assert all(name in shown for name in ("length.behavioural.green", "shares.setup_most"))


def test_every_number_of_the_norms_is_a_setting_and_every_variable_is_its_own():
    keys = settings.keys()
    assert {name.partition(".")[0] for name in keys if "." in name} == set(shipped())
    assert len({key.variable for key in keys.values()}) == len(keys)


def test_what_else_stands_in_the_file_survives(coach, file: Path):
    assert coach("config", "set", "pace.green", "118,165").code == 0
    assert coach("config", "set", "engine", "auto").code == 0
    assert coach("config", "set", "questions", "4").code == 0
    assert coach("config", "set", "length.intro.green", "[60, 80.5]").code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# mine\nengine = "auto"  # no download\n')
    assert "[pace]  # words a minute\ngreen = [118, 165]  # I speak slowly\n" in text
    found = settings.load()
    assert found["questions"].value == 4
    assert found["length.intro.green"].value == (60, 80.5)


def test_a_variable_goes_before_the_file_and_an_option_before_both(
    coach, file: Path, monkeypatch, spoken: Path
):
    def engine(*options: str) -> str:
        outcome = coach("assess", spoken, "--json", *options)
        return outcome.json["engine"] if outcome.code == 0 else outcome.err

    assert engine() == "sphinx"
    monkeypatch.setenv("COACH_ENGINE", "whisper")
    assert "No Whisper weights" in engine()
    assert "goes before it: whisper" in coach("config", "set", "engine", "auto").out
    monkeypatch.setenv("COACH_MODEL", "no such model")  # sphinx has one of its own
    assert engine("--engine", "sphinx") == "sphinx"


def test_the_length_of_a_drill_and_the_days_of_rest(coach):
    coach("config", "set", "questions", "1")
    coach("config", "set", "rest", "2")
    outcome = coach("drill", "--typed", "--plain", stdin="I baked.\n")
    assert "Question 1 of 1" in outcome.out, outcome.err
    coach("config", "set", "rest", "0")
    add = ("rejection", "add", "--company", "Acme", "--role", "Cook", "--json")
    assert coach(*add).json["rest_until"] is None
    coach("config", "set", "rest", "2")
    assert coach(*add).json["rest_until"] is not None


def test_the_voice_and_the_device_are_those_that_are_set(coach, monkeypatch):
    asked = []
    other = Device(0, "Headset", 1, 48_000, True)
    monkeypatch.setattr("coach.recording.voice.voice_command", lambda: asked.append(1))
    monkeypatch.setattr("coach.recording.microphone.list_microphones", lambda: (other,))
    coach("config", "set", "device", "Desk")
    assert "“Desk” is not there" in coach("drill").err
    assert not asked
    coach("config", "set", "voice", "true")
    coach("drill")
    assert len(asked) == 1
    coach("drill", "--no-voice")
    assert len(asked) == 1


def test_bands_that_are_set_judge_and_are_said_to_be_the_users(coach, spoken: Path):
    def pace() -> dict:
        judged = coach("assess", spoken, "--engine", "sphinx", "--json").json
        return next(found for found in judged["findings"] if found["area"] == "voice.pace")

    before = pace()
    coach("config", "set", "pace.amber", "10,500")
    coach("config", "set", "pace.green", "20,400")
    after = pace()
    assert before["met"] < 1
    assert (before["source"], after["source"]) == ("P", "U")
    assert after["met"] == 1
    assert "20–400" in after["text"]


def test_norms_that_are_passed_in_leave_the_shipped_ones_alone():
    own = load_norms({"length": {"salary": {"green": (10, 50)}}})
    assert own.lengths["salary"].green == (10, 50)
    assert (own.lengths["salary"].source, own.lengths["intro"].source) == ("U", "C")
    assert load_norms().lengths["salary"].green == (5, 45)


@pytest.mark.parametrize(
    ("text", "error", "named"),
    [
        ("engin = 'auto'", errors.UnknownSettingError, "Did you mean engine?"),
        ("[pace]\ngren = [1, 2]", errors.UnknownSettingError, "Did you mean pace.green?"),
        ("[pacee]", errors.UnknownSettingError, '"pacee"'),
        ("pace = 3", errors.SettingsError, "must be a table"),
        ("questions = '3'", errors.SettingsError, "a whole number from 1 to 50"),
        ("questions = true", errors.SettingsError, "a whole number from 1 to 50"),
        ("voice = 1", errors.SettingsError, "true or false"),
        ("engine = 'sphynx'", errors.SettingsError, "auto, whisper or sphinx"),
        ("[pace]\ngreen = [1]", errors.SettingsError, "two numbers"),
        ("[pace]\ngreen = [1, 2]", errors.SettingsError, "pace.green 1–2 is not inside"),
        ("[pace", errors.SettingsError, "not valid TOML"),
        ("\xff", errors.SettingsError, "cannot be read"),
    ],
)
def test_a_fault_of_the_file_is_named(coach, file: Path, samples: Path, text, error, named):
    file.write_bytes(text.encode("latin-1"))
    outcome = coach("assess", samples / "no-result.txt")
    assert outcome.code == error.exit_code
    assert named in outcome.err
    assert file.read_bytes() == text.encode("latin-1")


def test_a_key_that_does_not_belong_can_be_taken_out(coach, file: Path):
    file.write_text(f"engin = 1\n{FILE}", encoding="utf-8")
    assert coach("config", "set", "rest", "1").code == errors.UnknownSettingError.exit_code
    assert coach("config", "unset", "engin").code == 0
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    ("key", "value"),
    [("rest", "3"), ("rest", "x"), ("voice", "maybe"), ("pace.green", "170,110"),
     ("pace.green", "1"), ("pace.green", "nan,2"), ("pause.long", "-1"), ("name", " ")],
)  # fmt: skip
def test_a_value_that_does_not_fit_changes_nothing(coach, file: Path, key: str, value: str):
    assert coach("config", "set", "--", key, value).code == errors.SettingsError.exit_code
    assert file.read_text(encoding="utf-8") == FILE


def test_a_variable_that_does_not_fit_is_named(coach, monkeypatch):
    monkeypatch.setenv("COACH_REST", "a week")
    outcome = coach("config", "get", "rest")
    assert outcome.code == errors.SettingsError.exit_code
    assert "COACH_REST" in outcome.err


def test_values_that_cannot_be_meant(coach):
    for key, value, phrase in (
        ("pace.green", "200,100", "lowest first"),
        ("rest", "-5", "from 0 to 2"),
        ("language", "xx", "en or de"),
    ):
        outcome = coach("config", "set", key, value)
        assert outcome.code == errors.SettingsError.exit_code
        assert phrase in outcome.err
    assert coach("config", "set", "language", "de").code == 0


def test_the_first_screen_says_that_the_settings_are_broken(coach, home: Path):
    home.mkdir()
    (home / "settings.toml").write_text("engine = [", encoding="utf-8")
    outcome = coach()
    assert outcome.code == 0
    assert "not valid TOML" in outcome.out
    assert "coach drill" in outcome.out
