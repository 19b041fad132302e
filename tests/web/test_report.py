"""The file for a mentor: whole in itself, and with the network off it plays what it shows."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import soundfile
from file_mode import mode
from past_takes import QUESTION, RESULT, STORY, add_take
from playwright.sync_api import Browser, Page
from web_server import Home, serious, until

from coach.improvement.entries import Attempt, Note, Rejection
from coach.improvement.log import Log
from coach.practice import utc_now
from coach.recording.recording import SAMPLE_RATE

EVIL = "<script>evil=1</script> \"><img/src=x/onerror=evil=1> '&amp;{{7*7}}</title> שלום"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Attempt]:
    """The report of a sitting with one take, in which every word is a tone of its length."""
    home = Home(tmp_path_factory.mktemp("report") / "home")
    with pytest.MonkeyPatch.context() as patch, Log(home.path / "coach.db") as log:
        patch.setenv("COACH_HOME", str(home.path))
        add_take(log, home.path)
        take = add_take(log, home.path, f"Um, you know, {STORY} You know, I guess. Um. {RESULT}")
        log.shelf(Note).add(Note(take.id, "my own secret"), utc_now())
        log.add_rejection(Rejection("Acme", "Cook", date(2026, 1, 5)), utc_now())
    _speak(take)
    file = home.path / "out.html"
    told = home.coach("report", 2, "--out", file)
    size = file.stat().st_size / 1e6
    assert f"Sitting 2 is in {file}: 1 take, {size:.1f} MB." in told
    assert "your voice and your words" in told
    return file, take


def _speak(take: Attempt) -> None:
    sound = np.zeros(round(take.recording.seconds * SAMPLE_RATE), dtype=np.float32)
    for word in take.transcript.words:
        first, end = round(word.start * SAMPLE_RATE), round(word.end * SAMPLE_RATE)
        sound[first:end] = 0.5 * np.sin(2 * np.pi * 440 / SAMPLE_RATE * np.arange(end - first))
    soundfile.write(take.path, sound, SAMPLE_RATE, subtype="PCM_16")


@pytest.fixture
def report(made: tuple[Path, Attempt]) -> Path:
    return made[0]


def opened(browser: Browser, file: Path, **options: object) -> tuple[Page, list[str]]:
    """A report in a browser without network, and whatever it asks for or complains of."""
    page, seen = browser.new_context(offline=True, **options).new_page(), []
    page.on("console", lambda said: seen.append(said.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda asked: seen.append(asked.url))
    page.goto(file.as_uri())
    assert seen.pop(0) == file.as_uri()
    return page, seen


def test_it_plays_offline_from_the_word_that_is_clicked(chromium: Browser, report: Path):
    page, seen = opened(chromium, report)
    audio = "document.querySelector('audio')"
    until(page, f"{audio}.readyState >= 3")
    page.evaluate(f"{audio}.onplay = () => {audio}.pause()")
    for place in (40, 7, 25):
        word = page.locator(".w").nth(place)
        word.click()
        until(page, f"!{audio}.seeking")
        start = float(word.get_attribute("data-start"))
        assert page.evaluate(f"{audio}.currentTime") == pytest.approx(start, abs=0.1)
        assert page.locator(".spoken").text_content() == word.text_content()
    page.evaluate(f"{audio}.onplay = null")
    before = page.evaluate(f"{audio}.currentTime")
    page.locator(".w").nth(20).press("Enter")
    page.locator(".w").nth(20).press("Enter")
    until(page, f"!{audio}.paused && {audio}.currentTime !== {before}")
    page.locator("li", has_text="Filler words").get_by_role("link").click()
    assert page.locator(".w.lit").count() == page.locator(".w.filler").count() > 2
    assert seen == []
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_serious_in_it(chromium: Browser, report: Path, scheme: str, width: int):
    size = {"width": width, "height": 800}
    # Axe is put in by the test, which the report's own policy rightly forbids.
    page, seen = opened(chromium, report, color_scheme=scheme, viewport=size, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []
    assert seen == []
    page.context.close()


def test_it_holds_everything_and_only_what_is_meant_for_others(report: Path):
    text = report.read_text(encoding="utf-8")
    assert mode(report) == 0o600
    assert not re.search(r"https?://|(?:src|href)=\"(?!data:audio|#)", text)
    assert "my own secret" not in text
    assert "Acme" not in text
    assert "unsafe-inline" not in text


ONSET = """async () => {
    const bytes = Uint8Array.from(atob(document.querySelector("audio").src.split(",")[1]),
        letter => letter.charCodeAt(0));
    const sound = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes.buffer);
    const loud = sound.getChannelData(0).findIndex(sample => Math.abs(sample) > 0.1);
    return [sound.duration, loud / sound.sampleRate];
}"""


def test_the_sound_is_where_the_words_have_it(chromium: Browser, made: tuple[Path, Attempt]):
    """Encoders put a silence of their own before it, which a player has to know of."""
    file, take = made
    page, _ = opened(chromium, file)
    seconds, loud = page.evaluate(ONSET)
    assert seconds == pytest.approx(take.recording.seconds, abs=0.03)
    assert loud == pytest.approx(take.transcript.words[0].start, abs=0.03)
    page.context.close()


def test_a_typed_take_and_hostile_text_are_shown_as_text(
    chromium: Browser, coach, home: Path, tmp_path: Path
):
    with Log(home / "coach.db") as log:
        question = replace(QUESTION, text=EVIL)
        take = add_take(log, home, f"{STORY} {EVIL}", question=question, typed=True)
        log.save_transcript(take.id, replace(take.transcript, asked=("How did it end?",)))
        log.save_assessment(take.id, take.assessment)
    file = tmp_path / "out.html"
    told = coach("report", "--out", file)
    assert told.code == 0
    assert "It holds your words." in told.out  # and no voice
    page, seen = opened(chromium, file)
    assert "sound" not in page.locator("main > p").first.inner_text()
    assert page.locator("article h2").text_content() == EVIL
    assert EVIL in " ".join(page.locator(".w").all_text_contents())
    assert page.locator("main :is(script, img, audio, b)").count() == 0
    assert page.locator(".player").get_by_text("typed").count() == 1
    assert page.get_by_text("How did it end?").count() == 1
    assert page.evaluate("typeof evil") == "undefined"
    assert seen == []
    page.context.close()


def test_it_overwrites_nothing_and_says_what_is_not_there(coach, home: Path, tmp_path: Path):
    file = tmp_path / "out.html"
    assert coach("report", "--out", file).code == 24
    with Log(home / "coach.db") as log:
        for _ in range(2):
            add_take(log, home, typed=True)
    file.write_text("mine")
    assert coach("report", "--out", file).code == 43
    assert file.read_text() == "mine"
    assert coach("report", 7, "--out", file, "--force").code == 24
    assert "Sitting 2" in coach("report", "--out", file, "--force").out
    assert coach("report").code == 2
