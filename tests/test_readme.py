"""What the README says is so."""

import re
import shutil
import subprocess
from pathlib import Path

from readme import README, with_commands

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def test_the_command_list_is_the_programs_own():
    assert with_commands(TEXT) == TEXT, "run: python tests/readme.py"


def test_ci_runs_the_commands_that_the_readme_gives():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("try", "test"):
        assert f"readme_command {name}" in ci
        block = re.search(rf"<!-- command: {name} -->\n```bash\n(.+?)\n```", TEXT, re.DOTALL)
        assert "python3 -m venv" in block[1]


def test_every_command_in_the_readme_exists(coach):
    shell = "\n".join(re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL))
    lines = re.findall(r"^coach ([^#\n]+)", shell, re.MULTILINE)
    assert lines
    for line in lines:
        words = line.split()
        group = words[:2] if words[:1] in (["rejection"], ["area"]) else words[:1]
        outcome = coach(*group, "--help")
        assert outcome.code == 0, line
        for option in re.findall(r"--[a-z-]+", line):
            assert option in outcome.out, (line, option)


def test_top_level_is_as_asked():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    top = {Path(name).parts[0] for name in listed}
    assert {name for name in top if not name.startswith(".")} == {
        "CHANGELOG.md", "LICENSE", "README.md", "coach", "pyproject.toml", "question_banks",
        "recordings", "tests",
    }  # fmt: skip


def test_no_recording_or_database_is_committed():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [name for name in listed if name.startswith("recordings/")] == ["recordings/.gitignore"]
    assert not [name for name in listed if name.endswith((".db", ".wav", ".pt"))]


def test_git_sees_nothing_of_what_is_kept_in_a_checkout(coach, home: Path):
    home.mkdir()
    shutil.copy(ROOT / ".gitignore", home)
    shutil.copytree(ROOT / "recordings", home / "recordings")
    subprocess.run(["git", "init", "-q", home], check=True)
    for words in (
        ("rejection", "add", "--company", "Acme", "--role", "Chef", "--area", "star.result"),
        ("config", "set", "engine", "sphinx"),
        ("bank", "add", "--text", "What is a roux?", "--kind", "behavioural", "--yes"),
        ("review", 1, "--delete", "--yes"),
    ):
        if words[0] == "review":
            said = "Last year I baked.\n\n"
            assert coach("drill", "--typed", "--questions", 1, "--plain", stdin=said).code == 0
        told = coach(*words)
        assert told.code == 0, told
    seen = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=home, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert (home / "coach.db").is_file()
    assert set(seen.splitlines()) <= {"?? .gitignore", "?? recordings/.gitignore"}
