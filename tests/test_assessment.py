"""What is said about an answer follows from the answer."""

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from coach.assessment.advice import MOST
from coach.assessment.assess import assess
from coach.assessment.assessment import Assessment
from coach.assessment.norms import load_norms
from coach.assessment.star import StarPart
from coach.improvement.entries import Attempt, State
from coach.questions.question import Kind, Question
from coach.recording.recording import Recording
from coach.review import terminal
from coach.transcript.transcript import Hesitation, Transcript, Word, from_text

NORMS = load_norms()
STORY = Question("q", "Tell me about a time.", Kind.BEHAVIOURAL, ("comp.planning", "star.result"))
SETUP = "Last spring I was the night porter of a small hotel, and the boiler broke on a Friday."
TASK = "It was my job to keep forty guests warm until the engineer came on Monday."
ACTION = (
    "First I moved the families to the three rooms that have fireplaces. Then I called the school"
    " next door and borrowed twelve heaters because I knew the caretaker. I checked every room"
    " twice a night."
)
RESULT = "As a result not one guest left, and the owner thanked me. Since then we keep six heaters."
WHOLE = " ".join((SETUP, TASK, ACTION, RESULT))


def spoken(text: str, *, pace: float = 150, start: float = 1.0, keeps_fillers: bool = False):
    """A transcript with evenly timed words."""
    step = 60 / pace
    words = tuple(
        Word(word, round(start + i * step, 3), round(start + (i + 0.8) * step, 3), 0.9)
        for i, word in enumerate(text.split())
    )
    return Transcript(words, "sphinx", "en-us", keeps_fillers, words[-1].end + 1)


def judged(text: str, question: Question = STORY) -> Assessment:
    return assess(question, from_text(text), NORMS)


def test_a_whole_story_has_all_parts_in_its_own_words():
    found = judged(WHOLE)
    assert found.missing == ()
    assert {s.part for s in found.sentences if s.part} == set(StarPart)
    assert " ".join(s.text for s in found.sentences) == WHOLE
    assert sum(found.shares.values()) == pytest.approx(1, abs=0.01)
    assert all(0 <= s.confidence <= 1 and s.why for s in found.sentences)


@pytest.mark.parametrize(
    ("parts", "part"),
    [
        ((SETUP, TASK, ACTION), StarPart.RESULT),
        ((SETUP, TASK, RESULT), StarPart.ACTION),
        ((SETUP, ACTION, RESULT), StarPart.TASK),
    ],
)
def test_a_part_that_is_left_out_is_missed_and_advised_on(parts: tuple, part: StarPart):
    found = judged(" ".join(parts))
    assert part in found.missing + found.unclear
    assert set(found.missing + found.unclear) == {part}
    assert found.advice
    assert any("“" in advice.text for advice in found.advice)  # the user's own words


def test_advice_is_at_most_three_and_never_about_the_person():
    for text in (
        SETUP,
        "I am a good planner and I always plan.",
        ACTION,
        "We did it. It was fine.",
    ):
        found = judged(text)
        assert 1 <= len(found.advice) <= MOST
        for advice in found.advice:
            assert "you are" not in advice.text.lower()


def test_a_general_answer_is_no_episode():
    found = judged(
        "I always plan my week on Sundays. I believe planning is key. I usually write lists and I"
        " try to keep calm. People should always be prepared."
    )
    assert found.episode != "past"
    assert found.finding("star.example").met == 0


def test_times_shares_and_pace_come_from_the_words():
    found = assess(STORY, spoken(WHOLE, pace=150, start=2.5), NORMS)
    assert found.timing.words_per_minute == pytest.approx(150, abs=3)
    assert found.timing.start_delay == 2.5
    starts = [s.start for s in found.sentences]
    assert starts == sorted(starts)
    assert found.finding("voice.pace").met == 1
    assert assess(STORY, spoken(WHOLE, pace=230), NORMS).finding("voice.pace").met == 0
    assert assess(STORY, spoken(WHOLE, pace=90), NORMS).finding("voice.pace").met == 0


def test_a_pause_counts_only_inside_a_sentence():
    words = list(spoken(WHOLE).words)

    def with_pause_after(index: int) -> Assessment:
        later = [
            Word(w.text, w.start + (i > index) * 2, w.end + (i > index) * 2)
            for i, w in enumerate(words)
        ]
        said = Transcript(tuple(later), "sphinx", "en-us", False, later[-1].end)
        return assess(STORY, said, NORMS)

    inside = with_pause_after(4)
    between = with_pause_after(len(SETUP.split()) - 1)
    assert [p.inside for p in inside.timing.pauses] == [True]
    assert [p.inside for p in between.timing.pauses] == [False]
    assert inside.finding("voice.hesitation").met < between.finding("voice.hesitation").met


def test_what_cannot_be_measured_is_none_and_says_so():
    typed, heard = judged(WHOLE), assess(STORY, spoken(WHOLE), NORMS)
    assert typed.timing.seconds is None
    assert typed.finding("voice.pace").met is None
    assert typed.fillers == 0
    assert heard.fillers is None
    assert heard.finding("voice.fillers").text == "Not measurable with this engine."


def test_fillers_are_counted_where_the_engine_keeps_them():
    found = judged("Um, so, uh, last year I, um, planned a party, you know. I like parties.")
    assert [mark.text for mark in found.filler_words] == ["um", "so", "uh", "um", "you know"]
    assert found.fillers == 5


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_star])
def test_an_answer_that_is_no_story_is_not_judged_as_one(kind: Kind):
    found = judged(WHOLE, Question("q", "Another one.", kind, ("hr.intro",)))
    assert found.missing == ()
    assert found.shares is None
    assert not {s.part for s in found.sentences} & set(StarPart)
    of_a_story = [f.area for f in found.findings if f.area.startswith("star.")]
    assert set(of_a_story) <= {"star.relevance"}
    assert found.parts


def test_the_same_take_gives_the_same_and_survives_the_log():
    said = spoken(WHOLE)
    first = assess(STORY, said, NORMS)
    assert assess(STORY, said, NORMS) == first
    assert Assessment.from_dict(json.loads(json.dumps(first.to_dict()))) == first


def test_length_is_never_rewarded():
    padded = f"{WHOLE} {' '.join([ACTION] * 3)}"
    for area in ("star.structure", "star.result", "star.example", "comp.planning"):
        assert judged(padded).finding(area).met <= judged(WHOLE).finding(area).met


def test_own_norms_replace_the_shipped_ones():
    own = {"pace": {"green": (200, 260), "amber": (190, 280)}}
    found = assess(STORY, spoken(WHOLE, pace=230), load_norms(own))
    assert found.finding("voice.pace").met == 1
    assert "200–260" in found.finding("voice.pace").text


@pytest.mark.parametrize(
    "text",
    ["a", "um um um um", "1 2 3 4 5", "<b>bold</b> [red]x[/red] \x00\x07", "word " * 5000, "…", "I",
     "?!", "ja das ist kein Englisch sondern etwas ganz anderes und ich sage es trotzdem"],
)  # fmt: skip
def test_odd_input_gives_a_finding_and_no_invented_part(text: str):
    found = judged(text)
    assert not {s.part for s in found.sentences} & {StarPart.ACTION, StarPart.RESULT, StarPart.TASK}
    assert StarPart.RESULT in found.missing


def test_the_pre_roll_is_no_hesitation():
    said = spoken(WHOLE, start=2.5)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    recording = Recording(Path("a.wav"), 60.0, now, "mic", pre_roll=1.0)
    assert assess(STORY, said, NORMS, recording).timing.start_delay == 1.5


SAID = re.findall(r"\S+", "um so the boiler broke and i like fixed it")


def test_hesitations_in_the_sound_are_counted_apart_and_shown_where_they_were():
    words = tuple(
        Word(word, n * 0.4, n * 0.4 + 0.35, 0.3 if word == "boiler" else 0.9)
        for n, word in enumerate(SAID)
    )
    said = Transcript(words, "whisper", "base.en", False, 5.0, (Hesitation(0.8, 1.1),))
    found = assess(STORY, said, NORMS)
    in_words = len(found.filler_words)
    assert (found.hesitations, found.fillers) == (1, in_words + 1)
    assert "about 1 hesitation heard" in found.finding("voice.fillers").text
    assert Transcript.from_dict(json.loads(json.dumps(said.to_dict()))) == said
    take = Attempt(1, 1, STORY, "", datetime.now(UTC), State.ASSESSED, None, None, said, found)
    out = Console(width=80, file=io.StringIO())
    out.print(terminal.transcript(take))
    shown = out.file.getvalue()
    assert "um so [um 0:00] the boiler(?) broke" in shown


def test_where_nobody_looked_for_hesitations_fillers_are_not_measurable():
    found = assess(STORY, spoken(WHOLE), NORMS)
    assert found.fillers is None
    assert found.finding("voice.fillers").text == "Not measurable with this engine."


def test_an_assessment_of_the_first_version_can_still_be_read():
    data = judged(WHOLE).to_dict()
    del data["hesitations"], data["faults"]
    read = Assessment.from_dict(json.loads(json.dumps(data)))
    assert read.hesitations is None
    assert read.faults == ()
    assert [s.part for s in read.sentences] == [s.part for s in judged(WHOLE).sentences]


def advice_on(text: str, area: str) -> str:
    return next((each.text for each in judged(text).advice if each.area == area), "")


def test_a_slow_speaker_and_a_fast_one_are_not_told_the_same():
    said = {
        pace: next(a.text for a in assess(STORY, spoken(WHOLE, pace=pace), NORMS).advice
                   if a.area == "voice.pace")
        for pace in (70, 230)
    }  # fmt: skip
    assert "Stop for a breath" in said[230]
    assert "Stop" not in said[70]


def test_a_missing_scene_is_asked_for_and_not_praised():
    found = judged(" ".join((TASK, ACTION, RESULT)))
    assert found.missing == (StarPart.SITUATION,)
    assert "where and when" in advice_on(" ".join((TASK, ACTION, RESULT)), "star.setup")
    assert not any("Situation" in well for well in found.went_well)


def test_the_task_is_asked_for_before_the_steps():
    told = advice_on(" ".join((SETUP, ACTION, RESULT)), "star.setup")
    assert "Before “First I moved" in told


def test_a_set_up_is_judged_in_whole_stories_and_with_some_slack():
    assert judged(" ".join((SETUP, TASK))).finding("star.setup").met is None
    whole = judged(WHOLE)
    share = whole.shares["S"] + whole.shares["T"]
    assert 0.35 < share < 0.45
    assert whole.score.overall == 100
    assert "at least 45%" in whole.advice[-1].text  # the Action is short for such a scene
    long = f"{SETUP} It had been cold for days, and the hotel was full to the last bed that week."
    told = advice_on(" ".join((long, TASK, ACTION, RESULT)), "star.setup")
    assert "Keep one sentence of the scene" in told


def test_the_lack_of_a_reason_is_said():
    bare = ACTION.replace(" because I knew the caretaker", "")
    assert "why that way" in advice_on(" ".join((SETUP, TASK, bare, RESULT)), "star.action")


def test_the_result_that_is_praised_for_its_figure_has_one():
    words = "It went well in the end. The complaints fell from nine a week to two."
    (well, *_) = judged(" ".join((SETUP, TASK, ACTION, words))).went_well
    assert "with a figure: “The complaints fell" in well


def test_somebody_elses_story_is_not_ones_own():
    found = judged(
        "My uncle ran a garage in a small town, and one winter the lift broke. He had to keep the"
        " garage open until the spring. He borrowed a pit from a friend and moved the cars there"
        " because the friend was away. In the end he lost only two customers."
    )
    assert found.finding("star.example").met == 0
    assert max(found.score.parts.values()) <= 1
    assert not any("came of it" in well for well in found.went_well)


def test_a_story_told_as_if_it_happened_now_has_steps_of_ones_own():
    told = (
        "Last year I worked in a kitchen in Porto, and the oven broke at lunch. My boss asked me to"
        " get the lunch out. First I call the bakery and ask for their oven, because they are near."
        " Then I carry the trays over. After that I tell the guests how long it takes."
        " In the end we served sixty lunches in two hours."
    )
    found = judged(told)
    assert found.ownership.i >= 3
    assert found.score.parts["A"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "Ich war im letzten Jahr in einer Firma. Wir hatten dort ein Problem mit dem Chef.",
        "في العام الماضي كنت أعمل في متجر وكان لدينا مشكلة مع زبون",
    ],
)
def test_another_language_is_said_once(text: str):
    found = judged(text)
    assert found.episode == "foreign"
    assert [each.area for each in found.advice] == ["star.example"]
    assert "English" in found.advice[0].text


def test_where_no_story_is_told_only_that_is_advised():
    for text in ("Yes.", "I like walking. I go every weekend.", STORY.text):
        assert [each.area for each in judged(text).advice] == ["star.example"]


def test_a_typed_answer_has_a_length_as_if_it_were_said():
    text = judged("I baked. " * 50).finding("voice.long").text
    assert "About 41 s" in text
    short = judged(WHOLE)
    assert short.finding("voice.short").met == 0
    assert short.score.overall == 100
    (told,) = short.advice
    assert "more of the Action" in told.text
    assert "It took" not in told.text  # nobody took that time
    assert judged(" ".join((SETUP, TASK, ACTION))).advice[-1].area == "star.result"


def test_a_task_that_is_shared_costs_a_level_and_is_said():
    shared = TASK.replace("my job", "our job")
    text = " ".join((SETUP, shared, ACTION, RESULT))
    assert judged(text).score.parts["T"] == 2
    assert "what of it was yours" in advice_on(text, "star.setup")
    assert judged(WHOLE).score.parts["T"] == 3


def test_a_short_answer_is_said_to_be_short_only_where_nothing_fills_it():
    bare = ACTION.replace(" because I knew the caretaker", "")
    found = judged(" ".join((SETUP, TASK, bare, RESULT)))
    assert found.finding("voice.short").met == 0
    assert "star.action" in {each.area for each in found.advice}
    assert "voice.short" not in {each.area for each in found.advice}


def test_adding_a_part_never_lowers_another():
    long = f"{SETUP} It had been cold for days, and the hotel was full to the last bed that week."
    levels = [
        judged(" ".join(parts)).score.parts["S"]
        for parts in ((long,), (long, TASK), (long, TASK, ACTION), (long, TASK, ACTION, RESULT))
    ]
    assert levels[0] == 2
    assert levels == sorted(levels)


def test_what_is_told_only_as_we_is_asked_back():
    found = judged("We had a lot of problem in the team. We worked together and we solved it.")
    (told,) = (each.text for each in found.advice if each.area == "star.action")
    assert "We worked together and we solved it" in told
    assert "who is “we”" in told
    assert not any("Leave out" in each.text for each in found.advice)
    (result,) = (each.text for each in found.advice if each.area == "star.result")
    assert "ends with “We worked together and we solved it”" in result


def test_a_result_of_we_is_no_hint_of_an_action():
    told = advice_on(
        " ".join((SETUP, TASK, "We closed the week on forty happy guests.")), "star.action"
    )
    assert "who is “we”" not in told


def test_a_story_of_we_without_steps_is_not_called_somebody_elses():
    found = judged(
        "so we have a wedding in the hotel with eighty guest and the kitchen flood and the chef he"
        " say no dinner so we call the other hotel and we sort of carry all the food with taxi and"
        " in the end the guest they were happy and nobody complain"
    )
    assert found.finding("star.example").met == 1
    assert "Nobody" not in found.finding("star.ownership").text


def test_an_action_without_any_i_is_none_of_ones_own():
    ours = ACTION.replace(" I ", " we ")
    levels = {
        told: judged(" ".join((SETUP, TASK, told, RESULT))).score.parts["A"]
        for told in (ACTION, ours, ours.replace("we checked", "I checked"))
    }
    assert list(levels.values()) == [3, 1, 2]


def test_the_words_that_hold_the_figure_are_quoted():
    words = "By the end of that winter the complaints of our guests had fallen from nine to two."
    (well, *_) = judged(" ".join((SETUP, TASK, ACTION, words))).went_well
    assert "from nine to two”" in well
