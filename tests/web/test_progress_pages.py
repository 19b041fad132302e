"""Home, progress and rejections in a real Chromium: the same judgement as in the terminal."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from past_takes import NOW, RESULT, STORY, add_take
from playwright.sync_api import Browser, expect
from web_server import Home, Server, Watched, serious, start, stop, watched

from coach.improvement.entries import (
    Controllable,
    Feedback,
    FeedbackPoint,
    Polarity,
    Rejection,
    Source,
)
from coach.improvement.log import Log
from coach.improvement.plan import BY_HAND, Note, PlanItem
from coach.improvement.stories import Story
from coach.practice import utc_now

HOSTILE = "שלום <script>evil=1</script> \"><img/src=x/onerror=evil=1> '&amp;{{7*7}}</title>"
PATHS = ("/", "/progress", "/rejections", "/rejections/1", "/feedback", "/stories")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Six takes, two rejections, a plan and stories, with hostile text in each."""
    home = Home(tmp_path_factory.mktemp("lived") / "home")
    now = utc_now()
    today = now.astimezone().date()
    with pytest.MonkeyPatch.context() as patch, Log(home.path / "coach.db") as log:
        patch.setenv("COACH_HOME", str(home.path))
        for ago in (9, 8, 7, 3, 2, 1):
            add_take(log, home.path, STORY if ago > 6 else STORY + RESULT,
                     days=(NOW - now).total_seconds() / 86_400 + ago)  # fmt: skip
        result = FeedbackPoint("star.result", Polarity.CRITICISM, f"no results {HOSTILE}")
        years = FeedbackPoint("ext.experience", Polarity.NEUTRAL, "five years", Controllable.NO)
        for back, company in ((5, HOSTILE), (4, "Acme")):
            day = today - timedelta(days=back)
            rejection = Rejection(company, "Cook", day, words=HOSTILE, points=(result, years),
                                  note=HOSTILE, contact_again=today)  # fmt: skip
            log.add_rejection(rejection, now)
        calm = FeedbackPoint("comp.resilience", Polarity.PRAISE, f"so calm {HOSTILE}")
        log.add_feedback(
            Feedback(Source.PEER, today, f"One.\n\nTwo {HOSTILE}", HOSTILE, (calm,)), now
        )
        log.shelf(Story).add(Story(HOSTILE, "a", "b", "c", "d", ("comp.conflict",)), now)
        log.shelf(PlanItem).add(
            PlanItem(BY_HAND, HOSTILE, (HOSTILE,), HOSTILE, today, today,
                     notes=(Note(today, HOSTILE),)), now)  # fmt: skip
    return home


@pytest.fixture(scope="module")
def server(lived: Home) -> Iterator[Server]:
    started = start(lived)
    yield started
    assert "Traceback" not in stop(started)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(
    chromium: Browser, server: Server, scheme: str
):
    context = chromium.new_context(color_scheme=scheme)
    found = watched(context, server)
    for path in PATHS:
        page = found.open(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert serious(page) == [], path
    context.close()
    assert (found.complaints, found.foreign) == ([], [])


def test_the_numbers_are_those_of_coach_progress(look: Watched, lived: Home):
    told = json.loads(lived.coach("progress", "--json"))
    page = look.open("/progress")
    page.get_by_text("All areas in one table").click()
    rows = {
        row.get_attribute("data-area"): row.locator("th, td").all_inner_texts()
        for row in page.locator("#numbers tbody tr").all()
    }
    assert list(rows) == [area["area"] for area in told["areas"]]

    for area in told["areas"]:
        name, takes, beginning, _, change = rows[area["area"]]
        assert (name, int(takes)) == (area["name"], area["takes"])
        first = area["beginning"]
        assert beginning == ("–" if first is None else f"{100 * first:.0f}")
        assert area["change"]["word"] in change
        tile = page.locator(f"[id='{area['area']}']")
        assert tile.locator("circle").count() == len(area["course"])
        assert tile.locator("tbody tr").count() == len(area["course"])
    standing = {a["area"]: a for a in json.loads(lived.coach("area", "list", "--json"))}
    level = rows["star.result"][3]
    assert level.startswith(f"{100 * standing['star.result']['level']:.0f} (")
    assert rows["star.result"][4].endswith("rising")
    expect(page.locator("main")).to_contain_text("6 takes of 1 question on 6 days")
    assert page.locator("#axis-told").text_content().endswith("and 2 rejections.")
    numbers = page.locator(".turned text").all_text_contents()
    assert numbers == ["1", "2"]
    counts = page.locator("section", has=page.locator("#time")).locator(".figures")
    assert [re.search(r"(\d+) take", text).group(1) for text in counts.all_inner_texts()] == [
        str(told["since"][0]["takes"]), "0",
    ]  # fmt: skip


def test_home_says_what_coach_says(look: Watched, lived: Home):
    told = lived.coach()
    command = re.search(r"Next: (coach (?:\S+ )*?\S+)(?:  |$)", told, re.MULTILINE).group(1)
    page = look.open("/")
    assert page.locator("code.command").inner_text() == command
    assert page.locator("#dated ~ ul li").count() == told.count("You wanted to get in touch") + 1
    last = page.locator("section", has=page.locator("#last")).get_by_role("link")
    assert [link.get_attribute("href") for link in last.all()] == ["/takes/6"]
    last.first.click()
    expect(page.locator("h1")).to_have_text("What went wrong at the fair?")
    with Log(lived.path / "coach.db") as log:
        assert len(log.shelf(PlanItem).all()) == 1  # looking adds nothing to the plan


def test_a_rejection_shows_what_was_said_and_what_was_done_since(look: Watched):
    page = look.open("/rejections")
    page.get_by_role("link", name="Acme", exact=True).click()
    practise = page.locator(
        "section", has=page.get_by_role("heading", name="To practise", exact=True)
    )
    expect(practise).to_contain_text("Results")
    outside = page.locator("section", has=page.locator("#outside"))
    expect(outside).to_contain_text("Years of experience")
    expect(outside).to_contain_text("years come in their own time")
    expect(outside.locator("q")).to_have_text("five years")
    themes = page.locator("section", has=page.locator("#themes"))
    expect(themes.locator("h3")).to_have_text("2 of 2 rejections name results.")
    since = page.locator("section", has=page.locator("#takes")).get_by_role("link")
    fell_short = [link.get_attribute("href") for link in since.all()]
    assert set(fell_short) <= {"/takes/4", "/takes/5", "/takes/6"}
    expect(page.locator("nav [aria-current]")).to_have_text("Rejections")


def test_no_rejection_and_no_take_is_said_plainly(tmp_path, chromium: Browser):
    home = Home(tmp_path / "empty")
    server = start(home)
    context = chromium.new_context()
    found = watched(context, server)
    expect(found.open("/").locator("h1")).to_have_text("Welcome")
    expect(found.open("/progress").locator("main")).to_contain_text("No takes yet")
    expect(found.open("/rejections").locator("main")).to_contain_text("No rejection is logged")
    assert found.complaints == []
    found.page.goto(f"{server.origin}/rejections/1")
    expect(found.page.locator("h1")).to_contain_text("There is no rejection 1")
    context.close()
    stop(server)


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("/rejections", "h2 a >> nth=1"),
        ("/rejections/1", "h1"),
        ("/rejections/1", "blockquote"),
        ("/rejections/1", "dd"),
        ("/rejections/1", ".points q >> nth=0"),
        ("/progress", ".titles li"),
        ("/progress", ".coverage abbr"),
        ("/progress", ".turned title >> nth=0"),
        ("/", ".plan h3"),
        ("/", ".plan p >> nth=2"),
        ("/", "#dated ~ ul li >> nth=1"),
    ],
)
def test_what_users_write_is_shown_as_text(look: Watched, path: str, selector: str):
    page = look.open(path)
    assert page.locator("main :is(script, img)").count() == 0
    shown = page.locator(selector).first
    assert HOSTILE in (shown.get_attribute("title") or shown.text_content())
    assert page.evaluate("typeof evil") == "undefined"


def test_feedback_and_stories_are_there_to_read(look: Watched):
    page = look.open("/feedback")
    expect(page.get_by_role("region", name="What others saw in you")).to_contain_text("so calm")
    assert "One.\n\nTwo" in page.locator("blockquote").inner_text()  # paragraphs stay
    look.open("/progress").locator(".titles").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/stories#story-1$"))
    assert page.locator(".story dd").all_inner_texts() == ["a", "b", "c", "d"]
    assert page.evaluate("typeof evil") == "undefined"
