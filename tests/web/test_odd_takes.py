"""Takes that lack something, many of them, and what a finding speaks of: without a browser."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from past_takes import NOW, QUESTION, RESULT, STORY, add_take, spoken
from web_server import Home, Server, ask, let_in, start, stop

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.errors import NotAudioError
from coach.improvement.log import Log
from coach.recording.audio_file import read_peaks
from coach.review.spoken_of import about, quoted

TYPED = 30


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Take 1 lost its recording, that of take 2 is damaged; thirty are typed; 33 is under way."""
    home = Home(tmp_path_factory.mktemp("odd") / "home")
    with pytest.MonkeyPatch.context() as patch, Log(home.path / "coach.db") as log:
        patch.setenv("COACH_HOME", str(home.path))
        add_take(log, home.path, days=2).path.unlink()
        add_take(log, home.path, days=1).path.write_bytes(b"no sound at all")
        for _ in range(TYPED):
            add_take(log, home.path, typed=True)
        server = start(home)
        log.add_attempt(1, QUESTION, "because", NOW + timedelta(days=1), None)
    yield server
    stop(server)


def test_takes_that_cannot_be_heard_are_shown_all_the_same(odd: Server):
    cookie = let_in(odd)
    for take, said in ((1, "Its recording is gone."), (2, "no sound that can be read"),
                       (3, "there is nothing to hear")):  # fmt: skip
        answer = ask(odd, f"/takes/{take}", cookie=cookie)
        assert answer.status == 200
        page = answer.body.decode()
        assert said in page
        assert "<audio" not in page
        assert "worked" in page
    assert ask(odd, "/takes/1/sound", cookie=cookie).status == 404
    assert ask(odd, "/takes/3/sound", cookie=cookie).status == 404


def test_a_take_under_way_is_not_judged(odd: Server):
    cookie = let_in(odd)
    answer = ask(odd, "/takes/33", cookie=cookie)
    assert answer.status == 200
    assert "has not been judged: it is recording" in answer.body.decode()
    own = {"cookie": cookie, "origin": odd.origin}
    assert ask(odd, "/takes/33/label", "POST", "first=0&last=1&part=R", **own).status == 404
    assert ask(odd, "/takes/33/mend", "POST", "first=0&last=1&text=x", **own).status == 422
    assert ask(odd, "/compare?first=1&second=33", cookie=cookie).status == 422


def test_the_list_has_pages(odd: Server):
    cookie = let_in(odd)
    first = ask(odd, "/takes?question=fair-1", cookie=cookie).body.decode()
    assert "1–25 of 32 takes" in first
    assert 'href="/takes?question=fair-1&amp;page=2"' in first
    second = ask(odd, "/takes?question=fair-1&page=2", cookie=cookie).body.decode()
    assert "26–32 of 32 takes" in second
    assert 'href="/takes/1"' in second
    assert 'rel="next"' not in second
    assert "only 32 takes" in ask(odd, "/takes?page=9", cookie=cookie).body.decode()


def test_the_peaks_of_a_recording_stand_where_it_is_loud(tmp_path: Path):
    path = tmp_path / "take.wav"
    samples = np.concatenate([np.zeros(8_000), np.full(8_000, 0.5), np.full(16_000, -0.25)])
    soundfile.write(path, samples, 16_000, subtype="PCM_16")
    seconds, peaks = read_peaks(path, 100)
    assert seconds == 2.0
    assert len(peaks) == 100
    assert np.allclose(peaks[[0, 24, 25, 49, 50, 99]], [0, 0, 0.5, 0.5, 0.25, 0.25], atol=1e-3)
    path.write_bytes(b"RIFF")
    with pytest.raises(NotAudioError):
        read_peaks(path, 100)


def test_a_finding_speaks_of_the_words_that_it_rests_on():
    said = spoken(f"Well, um, {STORY}{RESULT}")
    judged = assess(QUESTION, said, load_norms())
    words = [word.text for word in said.words]

    def shown(stretches) -> list[str]:
        return [" ".join(words[first : last + 1]) for first, last in stretches]

    assert shown(about(judged, "star.result")) == [RESULT.strip()]
    assert "um," in " ".join(shown(about(judged, "voice.fillers")))
    assert shown(about(judged, "voice.confidence")) == ["maybe"]
    assert about(judged, "voice.pace") == ()
    assert shown(quoted(said, "After “I counted what we sold …” say more, not “never said”.")) == [
        "I counted what we sold"
    ]
    assert quoted(said, "Nothing in quotation marks.") == ()
