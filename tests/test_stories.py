"""Stories are kept, their areas are confirmed, and a take is known by the words that it shares."""

import json
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telling import QUESTION, tell

from coach import places
from coach.assessment.labelled import CORPUS, read_corpus
from coach.improvement.log import Log
from coach.improvement.retelling import ALIKE, OFTEN, likeness, overused, rarity, told_story
from coach.improvement.stories import Story, covered_areas
from coach.improvement.story_areas import propose_areas, vocabulary
from coach.practice import all_questions
from coach.questions.area_texts import load_area_texts
from coach.questions.question import Kind, Question

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DATA = tomllib.loads(
    Path(__file__).with_name("retellings.toml").read_text(encoding="utf-8")
)["story"]  # fmt: skip
BANK = all_questions()
STORIES = tuple(
    Story(**{key: text for key, text in one.items() if key != "told"}, number=number)
    for number, one in enumerate(DATA, 1)
)
TOLD = [(number, text) for number, one in enumerate(DATA, 1) for text in one["told"]]
WORDS = rarity(
    [
        *(" ".join((q.text, *q.variants, *(p.text for p in q.probes), *q.shows)) for q in BANK),
        *(story.text for story in STORIES),
    ]
)
BAKERY = (
    "Last year I worked at a bakery. Every Saturday we ran out of rolls by ten. My task was to find"
    " out why. I counted what we sold each hour. Then I wrote a new plan because the second batch"
    " came too late. As a result we sold two hundred more rolls a week."
)


def test_every_retelling_is_known_by_its_story():
    found = [told_story(text, STORIES, WORDS) for _, text in TOLD]
    assert [story.number if story else None for story in found] == [number for number, _ in TOLD]


def test_answers_of_others_are_none_of_them():
    answers = [" ".join(answer.sentences) for answer in read_corpus()]
    assert len(answers) >= 800
    wrong = [text for text in answers if told_story(text, STORIES, WORDS) is not None]
    assert wrong == []


def test_the_threshold_lies_between_the_two_with_room_on_both_sides():
    right = [likeness(STORIES[number - 1].text, text, WORDS) for number, text in TOLD]
    others = [
        max(likeness(story.text, text, WORDS) for story in STORIES if story.number != number)
        for number, text in TOLD
    ]
    assert max(others) + 0.1 < ALIKE < min(right) - 0.05


def test_likeness_needs_words_that_tell():
    assert likeness("", "", WORDS) == 0
    assert likeness("I did it and then we had it", "I did it and then we had it", WORDS) == 0
    assert likeness(BAKERY, BAKERY, WORDS) == pytest.approx(1)
    assert told_story("", STORIES, WORDS) is None
    assert told_story(BAKERY, (), WORDS) is None


def test_a_story_that_carried_more_than_five_of_the_last_ten_is_named():
    rolls, cake = DATA[0]["told"], DATA[1]["told"]
    six = [rolls[n % 2] for n in range(OFTEN + 1)]
    (one,) = overused([*six, *cake, *cake], STORIES, WORDS)
    assert (one.story.title, one.takes, one.of) == ("The rolls", 6, 10)
    assert overused([*six[:OFTEN], *cake, *cake], STORIES, WORDS) == ()
    # Older takes than the last ten do not count.
    assert overused([*cake * 5, *six], STORIES, WORDS)[0].story.title == "The wedding cake"


def test_what_a_story_serves_is_what_the_user_says_and_how_it_can_be_told():
    story = STORIES[0]
    assert not story.serves("comp.planning")
    assert replace(story, areas=("comp.planning",)).serves("comp.planning")
    assert story.serves("star.result")
    assert story.serves("star.numbers")  # two hundred
    assert not replace(story, result="It went better.").serves("star.numbers")
    assert not replace(story, result="").serves("star.result")
    assert not story.serves("voice.pace")


def test_coverage_has_every_competency_and_what_asks_for_practice():
    areas = covered_areas(STORIES, ["star.numbers", "voice.pace", "comp.planning"])
    assert "star.numbers" in areas
    assert "voice.pace" not in areas
    assert sum(area.startswith("comp.") for area in areas) == 15


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A customer complained about the brakes and I called the client back twice", "customer"),
        ("Two colleagues had a conflict and disagreed about the rota, I mediated", "conflict"),
        ("I had to prioritise three deadlines, made a schedule and planned the week", "planning"),
        ("A colleague asked me to sign what was not true; I refused and reported it", "integrity"),
    ],
)
def test_areas_are_proposed_with_words_of_the_text(text, area):
    words = vocabulary(BANK, load_area_texts(places.shipped_banks()))
    found = {one.area: one.words for one in propose_areas(text, words)}
    assert f"comp.{area}" in found
    assert len(found) <= 3
    assert all(word in text.lower() for words in found.values() for word in words[:1])
    assert propose_areas("", words) == ()


def test_proposals_are_better_than_chance_on_answers_of_the_corpus():
    """The figure that story_areas.py names; a question names its competency by one of these."""
    signs = {
        "comp.customer": ("customer", "client"), "comp.conflict": ("disagree", "conflict"),
        "comp.planning": ("deadline", "priorit"), "comp.learning": ("learn", "feedback"),
        "comp.resilience": ("pressure", "failed", "setback"), "comp.teamwork": ("in a team",),
        "comp.problem_solving": ("problem",), "comp.decisions": ("decision",),
    }  # fmt: skip
    words = vocabulary(BANK, load_area_texts(places.shipped_banks()))
    questions = _questions()
    hits: Counter[bool] = Counter()
    for answer in read_corpus()[::6]:
        asked = questions[answer.id]
        named = [area for area, found in signs.items() if any(sign in asked for sign in found)]
        if len(named) == 1:
            proposed = propose_areas(" ".join(answer.sentences), words)
            hits[named[0] in {one.area for one in proposed}] += 1
    assert hits.total() >= 80
    assert hits[True] / hits.total() >= 0.3  # 0.2 would be chance


def _questions() -> dict[str, str]:
    """What each answer of the corpus was asked, by its id."""
    lines = (line for file in CORPUS.glob("*.jsonl") for line in file.open(encoding="utf-8"))
    return {data["id"]: data["question"].lower() for data in map(json.loads, lines)}


def add(coach, *more: object) -> dict:
    outcome = coach("story", "add", "--title", "The rolls", "--situation", "Out of rolls by ten",
                    "--task", "Find out why", "--action", "Counted what we sold",
                    "--result", "Two hundred more a week", "--json", *more)  # fmt: skip
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_story_is_written_shown_changed_and_removed(coach):
    added = add(coach, "--area", "comp.planning")
    assert (added["number"], added["areas"]) == (1, ["comp.planning"])
    assert "Counted what we sold" in coach("story", "show", 1).out
    changed = coach("story", "edit", 1, "--result", "More", "--area", "comp.learning", "--json")
    assert (changed.json["result"], changed.json["areas"]) == ("More", ["comp.learning"])
    assert changed.json["task"] == "Find out why"
    assert "STAR" in coach("story", "list").out
    assert coach("story", "remove", 1).code == 29  # nobody to ask
    assert coach("story", "remove", 1, "--yes").code == 0
    assert "No story yet" in coach("story", "list").out


def test_proposed_areas_are_set_only_where_the_user_says_so(coach):
    told = "A customer complained and I called the client back"
    first = coach("story", "add", "--title", "Brakes", "--action", told)
    assert "nothing is set until you say so" in first.out
    assert coach("story", "show", 1, "--json").json["areas"] == []
    second = coach("story", "add", "--title", "Brakes", "--action", told, "--yes", "--json").json
    assert second["areas"] == [one["area"] for one in second["proposed"]]
    assert "comp.customer" in second["areas"]


def test_a_kept_take_becomes_a_story_by_its_labelled_sentences(coach, home):
    take = tell(home, BAKERY, NOW)
    made = coach("story", "from", take.id, "--title", "The rolls", "--json").json
    assert made["take"] == take.id
    assert "bakery" in made["situation"]
    assert "find out why" in made["task"]
    assert "counted" in made["action"]
    assert "two hundred" in made["result"]
    assert made["areas"] == ["comp.planning"]
    twice = coach("story", "from", take.id)
    assert twice.code == 52
    assert "coach story edit 1" in twice.err


def test_what_is_no_part_of_a_take_is_said_to_be_left_out(coach, home):
    greeting = "Hello, can you hear me?"
    take = tell(home, f"{greeting} {BAKERY}", NOW)
    made = coach("story", "from", take.id)
    assert "can you hear me" in made.err
    kept = coach("story", "show", 1, "--json").json
    assert not any("hear me" in kept[part] for part in ("situation", "task", "action", "result"))


def test_a_take_that_is_no_story_cannot_become_one(coach, home):
    other = Question("intro-01", "Tell me about yourself.", Kind.INTRO, ("hr.intro",))
    take = tell(home, "I am a baker and I like bread.", NOW, other)
    refused = coach("story", "from", take.id)
    assert (refused.code, "coach story add" in refused.err) == (52, True)
    discarded = tell(home, BAKERY, NOW)
    with Log(home / "coach.db") as log:
        log.discard(discarded.id)
    refused = coach("story", "from", discarded.id)
    assert (refused.code, "discarded" in refused.err) == (52, True)
    assert coach("story", "from", 99).code == 24
    assert coach("story", "list", "--json").json["stories"] == []


def test_overuse_is_pointed_out_kindly(coach, home):
    add(coach)
    for number in range(OFTEN + 1):
        tell(home, BAKERY, NOW + timedelta(days=number))
    other = Question("intro-01", "Tell me about yourself.", Kind.INTRO, ("hr.intro",))
    tell(home, BAKERY, NOW, other)  # no story was asked for
    listed = coach("story", "list")
    assert "“The rolls” carried 6 of your last 6" in " ".join(listed.out.split())
    assert coach("story", "list", "--json").json["overused"] == [{"story": 1, "takes": 6, "of": 6}]
    tell(home, DATA[4]["told"][0], NOW + timedelta(days=9), QUESTION)
    assert coach("story", "list", "--json").json["overused"][0]["of"] == 7


def test_coverage_shows_what_has_no_story(coach):
    assert "No story yet" in coach("story", "coverage").out
    add(coach, "--area", "comp.planning")
    for number in range(14):
        coach("story", "add", "--title", f"Story {number}", "--area", "comp.conflict")
    shown = coach("story", "coverage").out
    assert max(map(len, shown.splitlines())) <= 80
    assert "No story yet: Communication" in shown
    table = coach("story", "coverage", "--json").json
    assert (table["comp.planning"], len(table["comp.conflict"])) == ([1], 14)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["add"], 29, "--title"),
        (["add", "--title", "x", "--area", "comp.plannin"], 15, "comp.planning"),
        (["edit", "1"], 29, "--result"),
        (["edit", "1", "--title", " "], 2, "title"),
        (["edit", "9", "--title", "x"], 24, "coach story list"),
        (["show", "9"], 24, "no story 9"),
        (["remove", "9", "--yes"], 24, "no story 9"),
    ],
)
def test_bad_input_changes_nothing(coach, words, code, told):
    before = add(coach)
    del before["proposed"]
    outcome = coach("story", *words)
    assert outcome.code == code
    assert told in outcome.err
    assert coach("story", "list", "--json").json["stories"] == [before]
