"""Build the wheel, install it into a clean environment, and go through the journey from it.

`python tests/wheel.py` in an environment that has what the coach needs: the clean one borrows its
packages, so that it takes seconds. Everything runs in a folder outside of the checkout.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOUND = {"PortAudio", "Microphone"}  # what a machine of a test may lack


def build(folder: Path) -> Path:
    """The wheel of this checkout as it is committed and changed."""
    run("-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def run(*words: object, program: Path | str = sys.executable, **options) -> str:
    """What a program prints; ends the script where it fails."""
    done = subprocess.run(
        [program, *map(str, words)], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        sys.exit(
            f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def look_into(wheel: Path) -> int:
    """How many files are in it: all that are in the checkout, no other, and the licences."""
    listed = run("ls-files", "--cached", "--others", "--exclude-standard", "coach",
                 "question_banks", program="git", cwd=ROOT).split()  # fmt: skip
    wanted = {name if name.startswith("coach/") else f"coach/{name}" for name in listed}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(n for n in names if n.endswith("METADATA"))).decode()
    held = {name for name in names if name.startswith("coach/")}
    assert held == wanted, held ^ wanted
    for name in ("py.typed", "NOTICE", "samples/good-retake.flac", "question_banks/areas.toml",
                 "assessment/star_model.json.gz"):  # fmt: skip
        assert f"coach/{name}" in held, name
    for line in ("License-Expression: MIT", "License-File: LICENSE", "Requires-Python: >=3.11",
                 "License-File: coach/NOTICE", "Classifier: Typing :: Typed"):  # fmt: skip
        assert f"\n{line}\n" in metadata, line
    return len(held)


def install(wheel: Path, folder: Path) -> Path:
    """The folder of the programs of a clean environment in which the wheel is installed."""
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    run("-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    # A path in a .pth file brings packages, and leaves out the checkout that is installed there.
    here = run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", program=python)
    borrowed = Path(here.strip()) / "borrowed.pth"
    borrowed.write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return programs


def travel(programs: Path, folder: Path) -> None:
    """From a rejection to what is due, by the installed program."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "PYTHON"))}
    environment["COACH_HOME"] = str(folder / "home")

    def go(*words: object, program: str = "coach") -> str:
        return run(*words, program=programs / program, cwd=folder, env=environment)

    where = go("-c", "import coach; print(coach.__file__)", program="python").strip()
    assert not Path(where).is_relative_to(ROOT), where
    assert Path(where).is_relative_to(programs.parent), where
    assert go("--version") == go("-m", "coach", "--version", program="python")
    assert " 0 to mend" in go("bank", "check")
    words = "Your answers lacked measurable outcomes."
    go("rejection", "add", "--company", "Acme", "--role", "Cook", "--feedback", words, "--yes")
    take = Path(where).parent / "samples" / "good-retake.flac"
    (judged,) = json.loads(
        go("drill", "--questions", 1, "--engine", "sphinx", "--from", take, "--json")
    )
    assert judged["assessment"], judged
    assert "star.result" in go("area", "list")
    assert "1" in go("review")
    doctor = subprocess.run([programs / "coach", "doctor", "--json"], capture_output=True,
                            text=True, cwd=folder, env=environment, check=False)  # fmt: skip
    faults = {c["name"]: c for c in json.loads(doctor.stdout) if c["state"] == "fault"}
    assert faults.keys() <= SOUND, faults


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="coach-wheel-") as temporary:
        folder = Path(temporary)
        wheel = build(folder)
        size = wheel.stat().st_size / 1e6
        print(f"{wheel.name}: {look_into(wheel)} files, {size:.1f} MB")
        travel(install(wheel, folder / "environment"), folder)
        print("Installed into a clean environment, it goes from a rejection to a judged answer.")


if __name__ == "__main__":
    main()
