"""A take block by block, without threads and devices."""

import wave

import numpy as np
import pytest
from sounds import RATE, find, losses, noise

from coach.recording import take as take_module
from coach.recording.audio_file import WavWriter, read_audio
from coach.recording.converter import to_pcm
from coach.recording.gaps import Block
from coach.recording.speech import Detector, SpeechStream
from coach.recording.take import Take
from coach.recording.watch import where_to_unmute

LOUD = Detector(lambda chunk: float(np.abs(chunk).max()), on=0.05, off=0.02)
"""A detector for tests: speech is what is loud."""


class Feeder:
    """Delivers sound to a take in blocks of 50 ms, on a clock of its own."""

    def __init__(self, take: Take, rate: int = RATE, channels: int = 1, name: str = "fake") -> None:
        self.take = take
        self.rate, self.channels = rate, channels
        self.now = 100.0
        self.jitter = np.random.default_rng(5)
        take.part(rate, channels, name)

    def __call__(self, samples: np.ndarray, *, overflowed: bool = False, dropped: int = 0) -> None:
        step = self.rate // 20
        for first in range(0, len(samples), step):
            piece = samples[first : first + step]
            self.now += len(piece) / self.rate
            pcm = np.repeat(np.frombuffer(to_pcm(piece), dtype="<i2"), self.channels)
            late = self.now + float(self.jitter.uniform(0, 0.04))
            self.take.hear(Block(pcm.tobytes(), overflowed, dropped, late))
            overflowed, dropped = False, 0
            self.take.tick(self.now)

    def lose(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def make(tmp_path):
    def build(*, auto_stop: bool = False, detector: Detector = LOUD) -> Take:
        writer = WavWriter(tmp_path / "a.part.wav", tmp_path / "a.wav")
        return Take(writer, SpeechStream(detector), auto_stop=auto_stop)

    return build


def finish(take: Take, feeder: Feeder) -> np.ndarray:
    take.stop(feeder.now)
    take.nothing_more(feeder.now + 1)
    assert take.over
    return read_audio(take.file.path)


def kinds(take: Take) -> list[str]:
    return [notice.kind for notice in take.notices]


def silence(seconds: float, rate: int = RATE) -> np.ndarray:
    return np.full(round(seconds * rate), 0.001, dtype=np.float32)


def test_pre_roll_and_length(make):
    take = make()
    feed = Feeder(take)
    sound = noise(5)
    feed(sound[: 3 * RATE])
    take.begin(0.2)
    feed(sound[3 * RATE :])
    recorded = finish(take, feed)
    assert len(recorded) == 3 * RATE
    assert np.abs(recorded - sound[2 * RATE :]).max() < 0.001
    assert take.pre_roll == 1.2
    assert take.noise_floor is None  # what was heard before the key was a voice


def test_noise_floor(make):
    take = make()
    feed = Feeder(take)
    feed(noise(2, 0.001))
    take.begin(0.0)
    assert take.noise_floor == pytest.approx(-60, abs=1)


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (48_000, 1), (8_000, 4), (96_000, 2)])
def test_own_rate_and_channels(make, rate, channels):
    """What comes out is as long and as loud as what went in, and the same."""
    import soxr

    take = make()
    feed = Feeder(take, rate, channels)
    sound = noise(6)
    feed(np.zeros(rate // 20, dtype=np.float32))
    take.begin(0.0)
    feed(soxr.resample(sound, RATE, rate))
    recorded = finish(take, feed)
    assert len(recorded) == pytest.approx(6.05 * RATE, abs=2)
    assert max(map(abs, losses(recorded, sound[: 5 * RATE]))) <= 1
    assert recorded[RATE:-RATE].std() == pytest.approx(sound[RATE:-RATE].std(), rel=0.03)


@pytest.mark.parametrize("gap", [0.05, 0.3, 1.234, 8.0])
@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_overflow_is_kept_as_silence_of_its_length(make, gap, rate):
    import soxr

    take = make()
    feed = Feeder(take, rate, 2)
    sound = noise(8)
    played = soxr.resample(sound, RATE, rate)
    feed(played[:rate])
    take.begin(0.0)
    feed(played[rate : 4 * rate])
    feed.lose(gap)
    feed(played[4 * rate :], overflowed=True)
    recorded = finish(take, feed)
    before, _ = find(sound[2 * RATE : 3 * RATE], recorded)
    after, _ = find(sound[5 * RATE : 6 * RATE], recorded)
    assert after - before == pytest.approx((3 + gap) * RATE, abs=0.02 * RATE)
    assert take.lost_samples == pytest.approx(gap * RATE, abs=0.02 * RATE)
    assert (
        np.abs(recorded[4 * RATE + 800 : 4 * RATE + round(gap * RATE) - 800]).max(initial=0) < 0.01
    )
    [lost] = [notice for notice in take.notices if notice.kind == "lost"]
    assert lost.at == pytest.approx(4, abs=0.1)


def test_overflow_flag_without_loss_adds_nothing(make):
    take = make()
    feed = Feeder(take)
    sound = noise(8)
    feed(sound[:RATE])
    take.begin(0.0)
    feed(sound[RATE : 4 * RATE])
    feed(sound[4 * RATE :], overflowed=True)
    recorded = finish(take, feed)
    assert len(recorded) == pytest.approx(len(sound), abs=0.02 * RATE)


def test_late_blocks_that_come_at_once_are_no_loss(make):
    """A sound server that hung delivers afterwards what it kept."""
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    sound = noise(9)
    feed(sound[: 3 * RATE])
    take.gone("“fake” has given nothing for 1 s.")
    for first in range(3 * RATE, 6 * RATE, 800):
        pcm = to_pcm(sound[first : first + 800])
        take.hear(Block(pcm, False, 0, feed.now + 3))
    feed.lose(3)
    feed(sound[6 * RATE :])
    recorded = finish(take, feed)
    assert len(recorded) == pytest.approx(9 * RATE, abs=0.05 * RATE)
    assert max(map(abs, losses(recorded, sound))) <= 0.05 * RATE


def test_full_queue_is_counted_exactly(make):
    take = make()
    feed = Feeder(take, 48_000, 2)
    feed(silence(1, 48_000))
    take.begin(0.0)
    feed.lose(1)
    feed(silence(2, 48_000), dropped=48_000)
    assert len(finish(take, feed)) == pytest.approx(4 * RATE, abs=2)
    assert take.lost_samples == RATE


def test_pause_leaves_out_what_was_said_in_it(make):
    take = make()
    feed = Feeder(take)
    sound = noise(9)
    feed(sound[:RATE])
    take.begin(0.0)
    feed(sound[RATE : 3 * RATE])
    take.pause(feed.now + 0.1)
    feed(sound[3 * RATE : 6 * RATE])
    assert take.status().paused
    take.resume()
    feed(sound[6 * RATE :])
    recorded = finish(take, feed)
    assert 6 * RATE <= len(recorded) <= 6.2 * RATE
    assert find(sound[4 * RATE : 5 * RATE], recorded)[1] < 0.2
    assert find(sound[7 * RATE : 8 * RATE], recorded)[1] > 0.99


# ── What is noticed ──


def test_digital_silence_is_said_once(make):
    take = make()
    feed = Feeder(take)
    feed(np.zeros(3 * RATE, dtype=np.float32))
    take.begin(0.0)
    feed(np.zeros(3 * RATE, dtype=np.float32))
    assert kinds(take) == ["silence"]
    assert "fake" in take.notices[0].text


def test_muted_in_mid_take(make):
    take = make()
    feed = Feeder(take)
    feed(noise(1))
    take.begin(0.0)
    feed(noise(2))
    feed(np.zeros(RATE, dtype=np.float32))
    assert kinds(take) == []  # a headset that gates noise does that in every pause
    feed(np.zeros(2 * RATE, dtype=np.float32))
    assert kinds(take) == ["silence"]


@pytest.mark.parametrize("system", ["darwin", "win32", "linux"])
def test_silence_says_where_to_allow(monkeypatch, system):
    monkeypatch.setattr("sys.platform", system)
    place = {"darwin": "Privacy & Security", "win32": "Privacy", "linux": "switch"}[system]
    assert place in where_to_unmute()


def test_clipping(make):
    take = make()
    feed = Feeder(take, 44_100, 2)
    feed(silence(1, 44_100))
    take.begin(0.0)
    feed(np.clip(noise(4, 0.3), -0.9, 0.9))
    assert kinds(take) == []
    feed(np.clip(noise(4, 0.9), -1, 1))
    assert kinds(take) == ["clipping"]


@pytest.mark.parametrize(("voice", "room", "kind"), [(0.004, 1e-4, "quiet"), (0.06, 0.03, "noisy")])
def test_level_of_the_voice(make, voice, room, kind):
    detector = Detector(lambda chunk: float(chunk.std() > 1.5 * room), on=0.5, off=0.5)
    take = make(detector=detector)
    feed = Feeder(take)
    feed(noise(2, room))
    take.begin(0.0)
    feed(noise(2, voice))
    assert kinds(take) == []
    feed(noise(3, voice))
    assert kinds(take) == [kind]


def test_good_level_says_nothing(make):
    take = make()
    feed = Feeder(take)
    feed(noise(2, 0.001))
    take.begin(0.0)
    feed(noise(30, 0.1))
    assert kinds(take) == []


def test_no_voice(make):
    take = make()
    feed = Feeder(take)
    feed(silence(2))
    take.begin(0.0)
    feed(silence(12))
    assert kinds(take) == []
    feed(silence(5))
    assert kinds(take) == ["unheard"]


def test_moved_to_another_microphone_goes_on(make):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    feed(noise(1))
    take.records_from("alsa_input.built-in", moved=False)
    assert kinds(take) == []
    take.records_from("alsa_input.usb-Blue_Yeti", moved=True)
    assert kinds(take) == ["moved"]
    assert take.ended is None
    take.records_from("alsa_output.pci.monitor", moved=True)
    assert "gone" in kinds(take)
    assert take.ended


def test_no_microphone_but_the_loudspeakers(make):
    take = make()
    take.records_from("alsa_output.pci.monitor", moved=False)
    assert kinds(take) == ["moved"]
    assert take.ended is None


def test_a_late_device_goes_on_by_itself(make):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    feed(noise(1))
    take.gone("“fake” is gone.")
    assert take.status().ended
    feed(noise(1))
    assert take.status().ended is None
    assert kinds(take) == ["gone", "back"]


@pytest.mark.parametrize("lost", [0, 3])
def test_what_a_stalled_device_lost_is_kept_as_silence(make, lost):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    sound = noise(6)
    feed(sound[: 3 * RATE])
    take.gone("“fake” has given nothing for 1 s.")
    feed.lose(lost)
    feed(sound[3 * RATE :])
    assert len(finish(take, feed)) == pytest.approx((6 + lost) * RATE, abs=0.02 * RATE)


def test_notices_do_not_grow_for_ever(make):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    for _ in range(40):
        feed(noise(0.1))
        feed(np.zeros(3 * RATE, dtype=np.float32))
    assert kinds(take) == ["silence"] * 5


# ── Auto-stop ──


def test_auto_stop_after_speech_and_silence(make):
    take = make(auto_stop=True)
    feed = Feeder(take)
    take.begin(0.0)
    feed(silence(20))  # thinking, before the first word
    feed(noise(9))
    feed(silence(6))  # thinking, before there were 10 s of speech
    assert take.ended is None
    assert take.status().countdown is None
    feed(noise(2))
    feed(silence(2))
    assert 1 < take.status().countdown < 2
    feed(noise(1))  # any speech cancels
    assert take.status().countdown is None
    feed(silence(3))
    assert take.ended is None
    feed(silence(1))
    assert "silence" in take.ended
    assert take.status().countdown == 0


def test_no_auto_stop_unless_asked(make):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    feed(noise(12))
    feed(silence(20))
    assert take.ended is None


# ── The disk ──


def test_nearly_full_disk_warns_and_then_ends_in_time(make, monkeypatch):
    free = [1 << 40]
    monkeypatch.setattr(take_module, "free_bytes", lambda folder: free[0])
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    feed(noise(2))
    assert kinds(take) == []
    free[0] = 20 << 20
    feed(noise(3))
    assert kinds(take) == ["disk"]
    assert "8 min" in take.notices[0].text
    free[0] = 1 << 20
    feed(noise(2))
    assert "full" in take.ended
    recorded = finish(take, feed)
    assert len(recorded) == 7 * RATE  # also what was said before the screen told


def test_full_disk_keeps_the_rest_in_memory_and_writes_it_later(make, monkeypatch):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    sound = noise(6)
    feed(sound[: 2 * RATE])
    append = take.file.append

    def full(_pcm: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(take.file, "append", full)
    feed(sound[2 * RATE : 4 * RATE])
    assert "No space" in take.ended
    monkeypatch.setattr(take.file, "append", append)
    feed(sound[4 * RATE :])
    assert np.abs(finish(take, feed) - sound).max() < 0.001


def test_full_disk_to_the_end_says_what_is_missing(make, monkeypatch):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)
    feed(noise(2))

    def full(_pcm: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(take.file, "append", full)
    feed(noise(90))
    assert len(finish(take, feed)) == 2 * RATE
    assert "90.0 s" in take.notices[-1].text
    with wave.open(str(take.file.path)) as file:
        assert file.getnframes() == 2 * RATE


def test_pulled_out_disk(make, monkeypatch):
    take = make()
    feed = Feeder(take)
    take.begin(0.0)

    def gone(_folder):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(take_module, "free_bytes", gone)
    feed(noise(2))
    assert "Input/output" in take.ended
