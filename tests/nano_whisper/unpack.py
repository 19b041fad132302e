"""Give the nano Whisper checkpoint as a file that `whisper.load_model` can read."""

import lzma
import shutil
from pathlib import Path

PACKED = Path(__file__).with_name("nano.pt.xz")


def checkpoint(folder: Path) -> Path:
    """Unpack the checkpoint into `folder` and return its path there."""
    path = folder / "nano.pt"
    with lzma.open(PACKED) as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path
