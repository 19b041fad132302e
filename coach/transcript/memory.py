"""Whether a model fits into this machine, asked before it is loaded."""

import ctypes
import os
import sys
from typing import Any

from coach.errors import ModelError
from coach.transcript.models import SIZES, Weights

SHARE = 0.5  # of the machine's memory, at most: the rest is the user's
BASE = 420 << 20  # bytes: Python, torch and Whisper before any weights
# While it loads, a checkpoint of 16-bit numbers is in memory as a file and as 32-bit numbers, and
# the first piece needs as much again. Measured: tiny.en 715 MB, base.en 1000, small.en 2150.
TIMES = 4  # of the file's size


def require_memory(weights: Weights) -> None:
    """Refuse a model that would need more than half of the memory.

    Raises:
        ModelError: it would; a smaller one is proposed.
    """
    limit = memory_limit()
    needed = needed_for(weights.path.stat().st_size)
    if needed > limit:
        raise ModelError(
            f"The Whisper model {weights.name} needs about {needed / (1 << 30):.1f} GB of memory, "
            f"more than half of what this machine has.",
            _smaller(limit),
        )


def memory_limit() -> float:
    """Bytes of memory that a model may need on this machine."""
    return SHARE * total_memory()


def needed_for(size: int) -> int:
    """Bytes of memory for a checkpoint of so many bytes."""
    return BASE + TIMES * size


def _smaller(limit: float) -> str:
    fitting = [name for name, size in SIZES.items() if needed_for(size) <= limit]
    if not fitting:
        return "Use --engine sphinx, which needs 0.2 GB."
    return f"Use --model {max(fitting, key=SIZES.__getitem__)}, or --engine sphinx."


def total_memory() -> int:
    """Bytes of memory that this machine has."""
    if sys.platform == "win32":
        return _windows_memory()
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _windows_memory() -> int:
    library: Any = ctypes  # only Windows has all of it
    kilobytes = ctypes.c_ulonglong()
    library.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return kilobytes.value << 10
