"""Who may read a file, where the system keeps that in its mode."""

import os
import stat
from pathlib import Path


def mode(path: Path) -> int:
    """The bits of the user, the group and the others; Windows has none, and nothing to compare."""
    if os.name == "nt":
        return 0o700 if path.is_dir() else 0o600
    return stat.S_IMODE(path.stat().st_mode)
