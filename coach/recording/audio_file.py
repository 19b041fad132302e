"""Reading any audio file, and writing a take so that no crash can lose it."""

import contextlib
import io
import os
import struct
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import (
    EmptyFileError,
    NoSpeechError,
    NoSuchFileError,
    NotAudioError,
    TruncatedAudioError,
)
from coach.places import make_private_folders
from coach.recording.private_file import (
    lock,
    open_new,
    rename_free,
    sync_folder,
)
from coach.recording.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    import soundfile

LONGEST = 2 * 60 * 60  # s: more is no answer, and bounds what a malformed file can cost
RATES = range(1_000, 768_001)  # Hz: what sound is kept at; other numbers are damage
MOST = LONGEST * 96_000 * 2  # samples: as long in stereo at 96 kHz; some 20 s of work
UNCOUNTED = 1 << 62  # frames or more: libsndfile's way to say that a stream tells no length
CHUNKS = 1000  # of a WAV that are looked at: empty ones alone could make billions
READ_AT_ONCE = 4096  # frames: damage costs one such block; 16 MB at 1024 channels
WHOLE = 0.98  # of the promised length: an MP3's header only estimates it
UNKNOWN_LENGTH = 0x7FFF_0000  # bytes: programs that write to a pipe put this or more
OGG_PAGE = 65_307  # bytes at most
OGG_LAST = 4  # flag of a page's header
SAMPLE_BYTES = 2
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")  # a WAV with fmt and data chunks only, as wave writes


def read_audio(path: Path, *, partial: bool = False) -> "np.ndarray":
    """The samples of any file that libsndfile reads, as mono float32 at 16 kHz in [-1, 1].

    Args:
        partial: read what is there of a file that was cut off.

    Raises:
        NoSuchFileError, EmptyFileError, NotAudioError (also for more than 2 h, or more than fits
            into 2 h of stereo at 96 kHz: that bounds memory at 1 GB, and time),
            TruncatedAudioError, NoSpeechError (a file of 0 seconds).
    """
    import soundfile  # 60 ms with its library, and numpy

    _check_file(path)
    if not partial:
        _check_wav_is_whole(path)
        _check_ogg_is_whole(path)
    try:
        with soundfile.SoundFile(path) as sound:
            _check_format(path, sound)
            if not partial:
                _check_amount(path, sound, _promised(sound))
            samples = _read_mono(path, sound, partial=partial)
    except (soundfile.LibsndfileError, TypeError) as error:
        # TypeError: a name ending in .raw, which has no header to read a rate from.
        raise _no_sound(path, error) from error
    if not samples.size:
        raise NoSpeechError(f"{path} holds 0 seconds of sound.", "Record the answer again.")
    return samples


def read_peaks(path: Path, count: int) -> tuple[float, "np.ndarray"]:
    """What a picture of a take needs: its length, and how loud it is from beginning to end.

    It reads each stretch alone, so that an hour costs no memory; a cut-off file is read as far as
    it goes.

    Returns:
        Seconds, and the loudest sample of each of at most `count` stretches, in [0, 1].

    Raises:
        NoSuchFileError, EmptyFileError, NotAudioError.
    """
    import numpy as np
    import soundfile

    _check_file(path)
    try:
        with soundfile.SoundFile(path) as sound:
            size = max(1, -(-sound.frames // count))
            loudest, done = np.zeros(count, dtype=np.float32), 0
            while True:
                # Not past the end of a stretch, and never more than memory has room for.
                block = _read(sound, min(READ_AT_ONCE, size - done % size))
                if not len(block):
                    return done / sound.samplerate, loudest[: -(-done // size)]
                stretch = done // size
                loudest[stretch] = max(loudest[stretch], np.abs(block).max())
                done += len(block)
    except (soundfile.LibsndfileError, TypeError) as error:
        raise _no_sound(path, error) from error


def _no_sound(path: Path, error: Exception) -> NotAudioError:
    return NotAudioError(
        f"{path} holds no sound that can be read ({error}).", "Give a WAV, FLAC, OGG or MP3 file."
    )


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise NotAudioError(f"{path} is a folder.", "Name a file in it.")
    # A device or a pipe would block or never end.
    if not path.is_file():
        raise NoSuchFileError(f"There is no file {path}.", "Check the name and the folder.")
    if not os.access(path, os.R_OK):
        raise NoSuchFileError(f"{path} may not be read.", f"Try: chmod u+r {path}")
    if path.stat().st_size == 0:
        raise EmptyFileError(f"{path} is empty.", "Record the answer again, or give another file.")


def _check_format(path: Path, sound: "soundfile.SoundFile") -> None:
    if sound.samplerate not in RATES:
        raise NotAudioError(
            f"{path} claims {sound.samplerate} samples a second, which no sound has.",
            "Give a WAV, FLAC, OGG or MP3 file.",
        )


def _promised(sound: "soundfile.SoundFile") -> int:
    """Frames that the header tells of; 0 where it tells none, as in what a pipe wrote."""
    return sound.frames if sound.frames < UNCOUNTED else 0


def _check_amount(path: Path, sound: "soundfile.SoundFile", frames: int) -> None:
    """
    Raises:
        NotAudioError: so many frames of this sound are more than is ever read.
    """
    if frames > LONGEST * sound.samplerate:
        raise NotAudioError(
            f"{path} is longer than {LONGEST // 3600} hours.",
            "Cut out the answer first. If it is shorter, its header is damaged: add --partial.",
        )
    if frames * sound.channels > MOST:
        raise NotAudioError(
            f"{path} is too much to read: {sound.channels} channels of {sound.samplerate} samples a"
            f" second, for {frames / sound.samplerate / 60:.0f} minutes or more.",
            "Save it in mono with 48000 samples a second or fewer.",
        )


def _check_wav_is_whole(path: Path) -> None:
    """Libsndfile shortens a cut-off WAV without a word, so its chunks are walked here."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(12)[0:4] != b"RIFF":
            return
        for _ in range(CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                return
            name, length = struct.unpack("<4sI", head)
            if name == b"data":
                if length < UNKNOWN_LENGTH and file.tell() + length > size:
                    raise _truncated(path, f"{(size - file.tell()) / length:.0%}")
                return
            file.seek(length + length % 2, os.SEEK_CUR)


def _check_ogg_is_whole(path: Path) -> None:
    """An OGG does not say how long it is, but its last page says that it is the last."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return
        file.seek(max(0, path.stat().st_size - OGG_PAGE))
        end = file.read()
    page = end.rfind(b"OggS")
    if page < 0 or not end[page + 5 : page + 6] or not end[page + 5] & OGG_LAST:
        raise _truncated(path, "only a part")


def _truncated(path: Path, share: str) -> TruncatedAudioError:
    return TruncatedAudioError(
        f"{path} was cut off: {share} of what its header promises is there.",
        "Give the whole file, or add --partial to use what is there.",
    )


def _read_mono(path: Path, sound: "soundfile.SoundFile", *, partial: bool) -> "np.ndarray":
    import numpy as np

    from coach.recording.converter import Converter

    converter = Converter(sound.samplerate)
    pieces: list[np.ndarray] = []
    frames = 0
    for block in _blocks(sound):
        frames += len(block)
        _check_amount(path, sound, frames)
        pieces.append(converter.convert(np.nan_to_num(block.mean(axis=1))))
    promised = _promised(sound)
    if frames < WHOLE * promised and not partial:
        raise _truncated(path, f"{frames / promised:.0%}")
    pieces.append(converter.finish())
    samples = np.concatenate(pieces)
    return np.clip(samples, -1.0, 1.0, out=samples)


def _blocks(sound: "soundfile.SoundFile") -> "Iterator[np.ndarray]":
    """The sound in pieces of bounded size, up to its end or to where it is damaged."""
    while len(block := _read(sound, READ_AT_ONCE)):
        yield block


def _read(sound: "soundfile.SoundFile", frames: int) -> "np.ndarray":
    """The next frames, of shape (frames, channels); none at the end, or where it is damaged."""
    import numpy as np
    import soundfile

    # It seeks after every read of a file that can, which garbles an MP3 at each seam.
    sound.seekable = lambda: False
    try:
        return sound.read(frames, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return np.empty((0, sound.channels), dtype=np.float32)


class _WholeWrites(io.FileIO):
    """Unbuffered, and a write on a full disk raises instead of writing less in silence."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        left = memoryview(data)
        while left:
            left = left[super().write(left) :]
        return len(data)


class WavWriter:
    """Appends to a new WAV of 16 kHz, mono, 16 bit, with a valid header after every block.

    The file is the user's alone (0600), and locked against other processes while it is written.
    """

    def __init__(self, path: Path, finished: Path) -> None:
        """Create the file and, where missing, its folders.

        Args:
            path: where it lies while it is written.
            finished: where it lies in the end.

        Raises:
            OSError: it exists, or cannot be written.
        """
        make_private_folders(path.parent)
        self.path = path
        self._finished = finished
        self._file = _WholeWrites(open_new(path), "w")
        lock(self._file)
        try:
            # A full disk shows before anything depends on this file.
            self._file.write(bytes(HEADER.size))
            self._file.seek(0)
        except OSError:
            self._file.close()
            path.unlink()
            raise
        self._wave = wave.Wave_write(self._file)
        self._wave.setnchannels(1)
        self._wave.setsampwidth(SAMPLE_BYTES)
        self._wave.setframerate(SAMPLE_RATE)
        self._wave.writeframes(b"")  # writes the header
        sync_folder(path.parent)

    @property
    def samples(self) -> int:
        return self._wave.tell()

    def append(self, pcm: bytes) -> None:
        """Add 16-bit samples.

        Raises:
            OSError: none of them counts as written; the same call may be tried again.
        """
        try:
            self._wave.writeframes(pcm)
        except OSError:
            self._file.seek(HEADER.size + SAMPLE_BYTES * self.samples)
            raise

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def finish(self) -> None:
        """Close the file and give it its final name, or the next free one.

        Raises:
            OSError: it could not be renamed; it is closed, whole, and lies where it lay.
        """
        with contextlib.suppress(OSError):
            # What a write that failed left behind the last good block.
            self._file.truncate(HEADER.size + SAMPLE_BYTES * self.samples)
        try:
            if sys.platform == "win32":
                self._close()  # an open file cannot be renamed there
            # Elsewhere under the lock: nobody may think it a leftover in between.
            self.path = rename_free(self.path, self._finished)
        finally:
            self._close()

    def discard(self) -> None:
        """Close the file and delete it."""
        self._close()
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _close(self) -> None:
        if not self._file.closed:
            self._wave.close()
            self._file.close()


def samples_on_disk(path: Path) -> int:
    """How many samples a take's file holds, also while it is being written.

    Raises:
        OSError: there is no such file.
    """
    return max(0, path.stat().st_size - HEADER.size) // SAMPLE_BYTES


def mend(path: Path) -> int:
    """Make the header of a take agree with the samples that reached the disk.

    Returns:
        How many samples there are.
    """
    samples = samples_on_disk(path)
    data = samples * SAMPLE_BYTES
    byte_rate = SAMPLE_RATE * SAMPLE_BYTES
    header = HEADER.pack(
        *(b"RIFF", HEADER.size - 8 + data, b"WAVE"),
        *(b"fmt ", 16, 1, 1, SAMPLE_RATE, byte_rate, SAMPLE_BYTES, 8 * SAMPLE_BYTES),
        *(b"data", data),
    )
    with path.open("r+b") as file:
        file.write(header)
        file.truncate(HEADER.size + data)
        os.fsync(file.fileno())
    return samples
