"""A recording as a small file that every browser plays."""

import io
from pathlib import Path

from coach.errors import OutputError
from coach.recording.audio_file import read_audio
from coach.recording.recording import SAMPLE_RATE

# 40 kbit/s, 0.3 MB a minute. Constant, so that a browser finds a moment exactly; with fewer there
# is no room for the frame that names the encoder's delay, and all sound would come 0.07 s late.
_LEVEL = 0.8


def as_mp3(path: Path) -> bytes:
    """The whole sound of a recording.

    Raises:
        OutputError: this machine's libsndfile cannot write MP3.
        CoachError: the recording cannot be read.
    """
    import soundfile  # 60 ms with its library, and numpy

    if "MP3" not in soundfile.available_formats():
        raise OutputError(
            "The sound library of this machine (libsndfile) cannot write MP3.",
            "Install libsndfile 1.1 or newer.",
        )
    written = io.BytesIO()
    soundfile.write(
        written,
        read_audio(path, partial=True),
        SAMPLE_RATE,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",
        compression_level=_LEVEL,
    )
    return written.getvalue()
