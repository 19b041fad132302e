"""Checks of the machine: Python, its packages, disk and clock."""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from coach import places
from coach.doctor.check import Check, fault, good, skipped, warning
from coach.recording.systems import this_system

OLDEST = (3, 11)
FULL, TIGHT = 100 << 20, 1 << 30  # bytes: 50 minutes of answers, and room for a model
AHEAD = timedelta(minutes=5)  # of a record, before the clock is doubted
GPU = tuple(map(Path, ("/dev/nvidia0", "/dev/nvidiactl", "/dev/dxg")))


def python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return fault("Python", f"{version} is too old.", "Install Python 3.11 or newer.")
    return good("Python", f"{version}, {sys.executable}")


def packages() -> Check:
    """Whether every package that the coach needs is there."""
    missing = [name for name in _required() if not _is_installed(name)]
    if missing:
        return fault(
            "Packages",
            f"Not installed: {', '.join(missing)}.",
            f'"{sys.executable}" -m pip install {" ".join(missing)}',
        )
    return good("Packages", "all are there")


def _required() -> Iterator[str]:
    try:
        needed = metadata.requires("coach") or ()
    except metadata.PackageNotFoundError:  # run from a checkout that was not installed
        return
    for each in needed:
        if "extra ==" not in each:
            length = next((n for n, sign in enumerate(each) if sign in "<>=!~ ;["), len(each))
            yield each[:length]


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def torch() -> Check:
    """Whether torch brings gigabytes for a graphics card that is not there."""
    if not _is_installed("torch"):
        return skipped("torch", "It is not installed, so Whisper cannot hear.")
    return torch_build(
        metadata.version("torch"), _sizes_of_cuda(), has_gpu=any(path.exists() for path in GPU)
    )


def torch_build(version: str, cuda: Mapping[str, int], *, has_gpu: bool) -> Check:
    """What is to be said of a build of torch.

    Args:
        version: of torch, such as "2.13.0+cpu".
        cuda: bytes by name of the installed packages that only a graphics card uses.
    """
    plain = version.partition("+")[0]
    if has_gpu or not (cuda or "+cu" in version):
        return good("torch", version)
    return warning(
        "torch",
        f"{version} is built for a graphics card, and this machine has none:"
        f" {sum(cuda.values()) / 1e9:.1f} GB lie idle.",
        f'"{sys.executable}" -m pip uninstall -y {" ".join(["torch", *sorted(cuda)])}  Then install'
        f" the CPU build of torch=={plain}, as PyTorch's own page describes.",
    )


def _sizes_of_cuda() -> dict[str, int]:
    return {
        name: sum(file.size or 0 for file in found.files or ())
        for found in metadata.distributions()
        if (name := found.metadata["Name"] or "").startswith("nvidia-")
    }


def disk() -> Check:
    """Room for the user's data."""
    free = places.free()
    says = f"{free / (1 << 30):.1f} GB are free"
    mend = "coach forget --before YYYY-MM-DD"
    if free < FULL:
        return fault("Disk", f"Only {says}: an answer may not fit.", mend)
    if free < TIGHT:
        return warning("Disk", f"Only {says}.", mend)
    return good("Disk", says)


def clock(now: datetime, latest: datetime | None) -> Check:
    """Whether a record lies in the future, so that the clock is or was wrong.

    Args:
        latest: when the latest take began; None where there is none.
    """
    if latest is not None and latest > now + AHEAD:
        return warning(
            "Clock",
            f"Your latest take is from {latest.astimezone():%d %b %Y %H:%M}, which is yet to come:"
            " the clock is behind now, or was ahead then.",
            this_system().clock,
        )
    return good("Clock", f"{now.astimezone():%d %b %Y %H:%M}")
