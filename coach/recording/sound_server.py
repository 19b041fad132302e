"""What the sound server, PulseAudio or PipeWire, says of this process; on Linux alone."""

import json
import os
import subprocess
import sys
from typing import Any

PATIENCE = 2.0  # s for the server to answer


def source_number() -> int | None:
    """The number of the source that the sound server records from for this process."""
    for each in _pactl("source-outputs"):
        if each.get("properties", {}).get("application.process.id") == str(os.getpid()):
            return each["source"]
    return None


def source_name(number: int | None) -> str | None:
    """The name of a source; None where there is none of that number."""
    return next((each["name"] for each in _pactl("sources") if each["index"] == number), None)


def _pactl(what: str) -> list[dict[str, Any]]:
    """What `pactl list` says; nothing where there is no pactl, no server, or an old one."""
    if sys.platform != "linux":
        return []
    try:
        answer = subprocess.run(  # noqa: S603  nothing of it comes from outside
            ["pactl", "--format=json", "list", what],  # noqa: S607  wherever it is kept
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        listed = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    return listed if isinstance(listed, list) else []
