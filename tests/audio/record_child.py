"""Records until it is killed: `python record_child.py FILE`; says "recording" once it does."""

import contextlib
import sys
import time
from pathlib import Path

from coach.recording.microphone import open_microphone
from coach.recording.recorder import Recorder
from coach.recording.signals import ending_on_signals

with (
    contextlib.suppress(KeyboardInterrupt),
    ending_on_signals(),
    Recorder(open_microphone(), Path(sys.argv[1])) as recorder,
):
    recorder.open()
    recorder.begin()
    print("recording", flush=True)
    while True:
        time.sleep(0.05)
        recorder.status()
