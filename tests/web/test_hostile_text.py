"""Markup, scripts, quotes and right-to-left text of a user's are shown as text, wherever."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from past_takes import NOW, QUESTION, add_take
from playwright.sync_api import Browser, Locator
from web_server import Home, Server, Watched, start, stop, watched

from coach.improvement.entries import Note, Rejection
from coach.improvement.log import Log

HOSTILE = (
    "שלום <script>evil=1</script> \"><img/src=x/onerror=evil=1> '&amp;{{7*7}}&lt;b&gt; </textarea>"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two takes, a rejection and notes, whose every text is hostile."""
    home = Home(tmp_path_factory.mktemp("hostile") / "home")
    question = replace(QUESTION, text=f"{HOSTILE} What went wrong?")
    with pytest.MonkeyPatch.context() as patch, Log(home.path / "coach.db") as log:
        patch.setenv("COACH_HOME", str(home.path))
        for days in (1, 0):
            take = add_take(log, home.path, f"{HOSTILE} As a result we sold {HOSTILE}", days=days,
                            question=question)  # fmt: skip
            log.save_recording(take.id, replace(take.recording, device=f"file {HOSTILE}.wav"))
            log.save_assessment(take.id, take.assessment)
        log.shelf(Note).add(Note(1, HOSTILE), NOW)
        log.add_rejection(Rejection(HOSTILE, HOSTILE, date(2026, 1, 5)), NOW)
    server = start(home)
    yield server
    stop(server)


@pytest.fixture
def page(chromium: Browser, hostile: Server) -> Iterator[Watched]:
    context = chromium.new_context()
    found = watched(context, hostile)
    yield found
    assert found.page.evaluate("typeof evil") == "undefined"
    assert found.page.locator("main :is(script, img, b)").count() == 0
    assert found.complaints == []
    assert found.foreign == []
    context.close()


def is_right_to_left(shown: Locator) -> bool:
    return shown.evaluate("e => getComputedStyle(e).direction") == "rtl"


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("/takes", ".takes td.question a >> nth=0"),
        ("/takes?words=script", ".takes td.question a >> nth=0"),
        ("/takes/1", "h1"),
        ("/compare?first=1&second=2", "h1"),
    ],
)
def test_a_question_is_shown_as_it_is(page: Watched, path: str, selector: str):
    shown = page.open(path).locator(selector)
    assert shown.text_content() == f"{HOSTILE} What went wrong?"
    assert is_right_to_left(shown)


def test_a_transcript_is_shown_as_it_is(page: Watched):
    looked = page.open("/takes/1")
    assert " ".join(looked.locator(".w").all_text_contents()).startswith(HOSTILE)
    assert is_right_to_left(looked.locator(".words").first)
    fields = [field.input_value() for field in looked.locator(".mend textarea").all()]
    assert " ".join(fields).startswith(HOSTILE)


def test_mended_words_are_shown_as_they_are(page: Watched):
    looked = page.open("/takes/2")
    looked.locator("#s1 summary").click()
    looked.get_by_label("Words of sentence 1", exact=True).fill(f"Yes {HOSTILE} indeed.")
    looked.locator("#s1").get_by_role("button", name="Keep these words").click()
    looked.locator("#said", has_text="mended by you").wait_for()
    assert "Yes " + HOSTILE in " ".join(looked.locator(".w").all_text_contents())


def test_the_wording_of_two_takes_is_shown_as_it_is(page: Watched):
    looked = page.open("/compare?first=1&second=2")
    told = looked.locator("section", has_text="How each tells its Result").locator("p")
    assert HOSTILE in " ".join(told.all_text_contents())


def test_findings_quote_words_as_they_are(page: Watched):
    looked = page.open("/takes/1")
    assert "<script>evil=1</script>" in looked.locator("#findings").text_content()


def test_a_note_is_shown_as_it_is(page: Watched):
    looked = page.open("/takes/1")
    assert looked.locator(".note").text_content() == HOSTILE
    assert is_right_to_left(looked.locator(".note"))
    looked.get_by_label("A note to yourself").fill(HOSTILE + "\nA second line")
    looked.get_by_role("button", name="Note it").click()
    looked.locator(".note >> nth=1").wait_for()
    assert looked.locator(".note >> nth=1").text_content().split("\n")[0].strip() == HOSTILE


def test_a_file_name_is_shown_as_it_is(page: Watched):
    assert f"from file {HOSTILE}.wav" in page.open("/takes/1").locator(".head").text_content()


def test_a_company_and_a_role_are_shown_as_they_are(page: Watched):
    option = page.open("/takes").locator("select[name=rejection] option >> nth=1")
    assert option.text_content() == f"{HOSTILE}, {HOSTILE}, 05 Jan 2026"


def test_what_is_looked_for_is_shown_as_it_is(page: Watched):
    looked = page.open("/takes")
    looked.get_by_role("searchbox").fill(HOSTILE + " nowhere")
    looked.keyboard.press("Enter")
    looked.get_by_text("In no take was").wait_for()
    assert looked.get_by_role("searchbox").input_value() == HOSTILE + " nowhere"
    assert f"“{HOSTILE} nowhere”" in looked.locator("main").text_content()


def test_what_is_found_is_shown_as_it_is(page: Watched):
    looked = page.open("/takes?words=evil")
    found = looked.locator(".found").first
    assert "<script>evil=1</script>" in found.text_content()
    assert found.locator("mark").first.text_content() == "evil"


def test_no_template_passes_text_on_unescaped():
    templates = Path(__file__).parents[2] / "coach" / "review" / "web" / "templates"
    for template in templates.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|<script>|\son\w+=|\sstyle=", text), template
