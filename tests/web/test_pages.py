"""The pages in a real Chromium, against real takes: looked at, listened to, corrected."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from web_server import Home, Server, Watched, serious, until, watched

NARROW, WIDE = 360, 1280
PAGES = (
    "/takes",
    "/takes?words=the",
    "/takes/1",
    "/takes/2",
    "/takes/3",
    "/compare?first=1&second=2",
)


AT_ONCE = "audio.onplay = () => audio.pause()"  # so that the time is the word's, not the test's


def playing(page: Page) -> dict:
    return page.evaluate("({now: audio.currentTime, paused: audio.paused, length: audio.duration})")


def start_of(page: Page, word: int) -> float:
    return float(page.locator(f"#w{word}").get_attribute("data-start"))


# Listening


def test_a_click_on_a_word_plays_from_there_and_marks_what_is_spoken(look: Watched):
    page = look.open("/takes/1")
    until(page, "audio.readyState >= 2")
    page.evaluate(AT_ONCE)
    for word in (40, 7, 100):
        page.locator(f"#w{word}").click()
        until(page, "!audio.seeking")
        assert playing(page)["now"] == pytest.approx(start_of(page, word), abs=0.1)
        assert page.locator(".spoken").get_attribute("id") == f"w{word}"
    page.evaluate("audio.onplay = null")
    page.locator("#w20").click()
    until(page, "Number(document.querySelector('.spoken')?.id.slice(1)) > 21")  # it goes on
    page.keyboard.press("Space")
    assert playing(page)["paused"]


def test_the_picture_of_the_sound_leads_to_its_time(look: Watched):
    page = look.open("/takes/1")
    until(page, "audio.readyState >= 2")
    page.evaluate(AT_ONCE)
    box = page.locator("#wave").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 20)
    until(page, "!audio.seeking")
    now = playing(page)
    assert now["now"] == pytest.approx(0.75 * now["length"], abs=0.1)
    told = page.locator("#wave").get_attribute("aria-label")
    assert re.search(r"Situation 0:0\d to 0:1\d, Task 0:1\d to 0:\d\d, Action", told)
    assert {p.get_attribute("class") for p in page.locator("#wave path").all()} >= {
        "fill-1", "fill-2", "fill-3"
    }  # fmt: skip


def test_everything_can_be_done_by_keyboard(look: Watched):
    page = look.open("/takes/1")
    until(page, "audio.readyState >= 2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    until(page, "!audio.paused")
    page.keyboard.press("Space")
    until(page, "audio.paused")
    for key in ("0", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        until(page, "!audio.seeking")
    assert playing(page)["now"] == pytest.approx(5, abs=0.1)
    page.locator("#w0").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    until(page, "audio.paused")
    assert page.evaluate("document.activeElement.id") == "w2"
    assert playing(page)["now"] == pytest.approx(start_of(page, 2), abs=1.0)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.locator("#note").fill("")
    page.locator("#note").press("Space")
    assert page.locator("#note").input_value() == " "
    assert playing(page)["paused"]


def test_marks_can_be_switched_off(look: Watched):
    page = look.open("/takes/2")
    filler = page.locator(".lines .filler").first
    line = "e => getComputedStyle(e).textDecorationLine"
    assert filler.evaluate(line) == "underline"
    page.get_by_role("checkbox", name=re.compile("fillers")).uncheck()
    assert filler.evaluate(line) == "none"
    hedge = page.locator(".lines .hedge:not(.filler)").first
    assert hedge.evaluate(line) == "underline"
    page.get_by_role("checkbox", name=re.compile("hedges")).uncheck()
    assert hedge.evaluate(line) == "none"


def test_a_finding_leads_to_the_words_that_it_speaks_of(look: Watched):
    page = look.open("/takes/2")
    page.locator("#findings li", has_text="Filler words").get_by_role("link").click()
    lit, fillers = page.locator(".w.lit"), page.locator(".w.filler")
    assert lit.count() == fillers.count() > 2
    assert page.url.endswith("#" + fillers.first.get_attribute("id"))
    advice = (
        page.locator("#findings ol li", has_text="“").filter(has=page.get_by_role("link")).first
    )
    quote = re.search("“([^”]+)”", advice.inner_text()).group(1)
    advice.get_by_role("link").click()
    assert " ".join(lit.all_inner_texts()) == quote.replace("…", "").strip()


# Correcting


def test_a_label_is_corrected_and_the_findings_follow_at_once(look: Watched, practised: Home):
    page = look.open("/takes/1")
    findings = page.locator("#findings")
    expect(findings).to_contain_text("Missing: Result")
    expect(findings).not_to_contain_text("at least")  # the shares of half a story say little
    before = int(findings.get_attribute("data-score"))
    page.get_by_label("Part of sentence 8").select_option("R")
    expect(findings).to_contain_text("Missing: nothing")
    after = int(findings.get_attribute("data-score"))
    assert after > before
    expect(page.get_by_role("status")).to_contain_text(f"Score {before} before, {after} now.")
    expect(page.locator("#wave path.fill-4")).to_have_count(1)
    expect(page.locator("#s8")).to_contain_text("corrected by you")
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')") == "Part of sentence 8"
    )
    page.locator("#w5").click()  # the words that came anew play too
    until(page, "audio.currentTime > 0")
    assert "Missing: nothing" in practised.coach("review", "1")
    page.locator("#s8").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text(f"Score {after} before, {before} now.")
    expect(findings).to_contain_text("Missing: Result")
    expect(findings).not_to_contain_text("Scores before")


def test_by_keyboard_only_the_part_that_is_meant_is_kept(look: Watched):
    page, sent = look.open("/takes/1"), []
    page.on("request", lambda asked: sent.append(asked) if asked.method == "POST" else None)
    field, keep = page.get_by_label("Part of sentence 4"), page.locator("#s4 .plain-only")
    expect(field).to_have_value("T")
    expect(keep).to_be_hidden()
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_have_value("T")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(keep).to_be_visible()
    assert sent == []
    page.keyboard.press("Enter")
    expect(page.locator("#s4")).to_contain_text("corrected by you")
    expect(field).to_be_focused()
    for _ in range(2):  # past "Mend", and the words that play
        page.keyboard.press("Tab")
    expect(page.locator("#undo")).to_contain_text("sentences of take 1 were corrected")
    page.locator("#undo button").press("Enter")
    expect(field).to_have_value("T")
    expect(field).to_be_focused()
    expect(page.locator("#findings")).not_to_contain_text("Scores before")
    assert len(sent) == 2


def test_a_word_is_corrected_in_its_place(look: Watched, practised: Home):
    page = look.open("/takes/1")
    line = page.locator("#s3")
    assert "them(?) stopped" in line.locator(".words").inner_text()
    stopped = line.locator(".w", has_text="stopped")
    start = stopped.get_attribute("data-start")
    line.locator("summary").click()
    expect(line.locator(".words")).to_be_hidden()
    field = page.get_by_label("Words of sentence 3", exact=True)
    field.fill(field.input_value().replace("main of them", "main oven"))
    line.get_by_role("button", name="Keep these words").click()
    expect(line.locator(".words")).to_contain_text("main oven stopped")
    expect(page.locator("#said")).to_contain_text("mended by you")
    assert stopped.get_attribute("data-start") == start
    assert "main oven stopped" in practised.coach("review", "1")
    practised.coach("undo", "--yes")


def test_what_was_changed_elsewhere_is_not_overwritten(look: Watched, practised: Home):
    page = look.open("/takes/1")
    score = page.locator("#findings").get_attribute("data-score")
    page.locator("#s1 form:has(select) input[name=last]").evaluate("e => e.value = 3")
    page.get_by_label("Part of sentence 1").select_option("R")
    expect(page.get_by_role("status")).to_contain_text("changed elsewhere")
    assert page.locator("#findings").get_attribute("data-score") == score
    look.complaints.clear()  # Chromium notes the status 422


# Looking for


def test_takes_are_found_by_words_and_filters(look: Watched):
    page = look.open("/takes")
    assert page.locator(".takes tbody tr").count() == 3
    page.get_by_role("searchbox").fill("ovens")
    page.keyboard.press("Enter")
    expect(page.locator(".takes mark")).to_have_text(["ovens"])
    page.locator(".takes tbody a").click()
    expect(page).to_have_url(re.compile("/takes/1$"))
    page = look.open("/takes")
    page.get_by_text("Filters").click()
    page.get_by_label("Missing part").select_option("R")
    page.get_by_role("button", name="Apply").click()
    assert page.locator(".takes tbody tr").count() == 1
    assert page.get_by_label("Missing part").input_value() == "R"
    look.open("/takes?rejection=1")
    assert page.locator(".takes tbody tr").count() == 2
    look.open("/takes?words=unheard-of")
    expect(page.locator("main")).to_contain_text("In no take was “unheard-of”")


def test_two_takes_stand_beside_each_other(look: Watched):
    page = look.open("/takes/2")
    page.get_by_role("link", name="compare with take 1").click()
    expect(page.get_by_role("table")).to_contain_text("Words a minute")
    expect(page.locator("main")).to_contain_text("How each tells its Result")
    assert page.locator(".strip").count() == 2
    row = page.get_by_role("row", name=re.compile("^Result"))
    expect(row).to_contain_text("missing")


def test_any_take_of_the_list_can_stand_beside_another(look: Watched):
    page = look.open("/takes/1")
    page.get_by_role("link", name="Compare with a take of another question").click()
    page.get_by_role("searchbox").fill("thousand")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Compare with take 3").click()
    expect(page.locator("main")).to_contain_text("answers of different kinds")
    expect(page.get_by_role("row", name=re.compile("^Length"))).to_contain_text("typed")
    assert page.locator(".strip").count() == 0
    expect(page.locator("main")).not_to_contain_text("How each is worded")


def test_a_take_is_starred_noted_and_deleted(look: Watched, practised: Home):
    page = look.open("/takes/3")
    expect(page.locator("main")).to_contain_text("there is nothing to hear")
    page.get_by_role("button", name="Star it").click()
    expect(page.get_by_role("button", name="Starred")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("A note to yourself").fill("Say the range first")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".note")).to_have_text("Say the range first")
    page.get_by_text("Delete this take").click()
    expect(page.locator("main")).to_contain_text("coach undo")
    page.get_by_role("button", name="Delete take 3").click()
    expect(page.locator("#undo")).to_contain_text("take 3 was deleted")
    assert page.locator(".takes tbody tr").count() == 2
    assert page.goto(look.origin + "/takes/3").status == 404
    look.open("/takes").get_by_role("button", name="Undo").click()
    expect(page.locator(".takes tbody tr")).to_have_count(3)
    expect(look.open("/takes/3").locator(".note")).to_have_text("Say the range first")
    practised.coach("review", "1", "--star")  # in the meantime, in a terminal
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("nothing was taken back")
    assert "★" in practised.coach("review", "1")
    expect(look.open("/takes/3").locator("#undo")).to_contain_text("take 1 was starred")
    look.complaints.clear()  # Chromium notes the status 404, and 422


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(
    chromium: Browser, server: Server, scheme: str
):
    context = chromium.new_context(color_scheme=scheme)
    found = watched(context, server)
    grounds = set()
    for width in (WIDE, NARROW):
        found.page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page = found.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
            assert serious(page) == [], (path, width)
    context.close()
    assert found.foreign == []
    assert grounds == {"rgb(247, 246, 243)" if scheme == "light" else "rgb(20, 22, 26)"}


def test_without_scripts_it_can_be_read_and_corrected(chromium: Browser, server: Server):
    context = chromium.new_context(java_script_enabled=False)
    found = watched(context, server)
    page = found.open("/takes/1")
    expect(page.locator("#s1")).to_contain_text("working the evening shift")
    page.get_by_label("Part of sentence 1").select_option("T")
    page.locator("#s1").get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#s1")).to_contain_text("corrected by you")
    assert page.get_by_label("Part of sentence 1").input_value() == "T"
    expect(found.open("/takes?words=ovens").locator("mark")).to_have_text(["ovens"])
    context.close()
    assert found.foreign == []


def test_it_prints_its_words_without_its_forms(look: Watched):
    page = look.open("/takes/1")
    page.emulate_media(media="print")
    for hidden in ("nav[aria-label=Pages]", "audio", "#s1 select", "#s1 .mend", "#note"):
        expect(page.locator(hidden).first).to_be_hidden()
    for shown in ("#wave", "#s1 .words", "#s1 .print-only", "#findings"):
        expect(page.locator(shown)).to_be_visible()
