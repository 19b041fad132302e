import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "audio"))  # for its fakes, sounds and small disks

from disks import disk

__all__ = ["disk"]
