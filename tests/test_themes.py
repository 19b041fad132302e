"""What recurs, and what is said about what nobody could change: pure judgement."""

from dataclasses import replace
from datetime import UTC, date, datetime

from coach.areas import AREAS
from coach.improvement.aftercare import first_step, is_vague, rest_until
from coach.improvement.entries import (
    Controllable,
    Feedback,
    FeedbackPoint,
    Origin,
    Polarity,
    Rejection,
    Said,
    Source,
)
from coach.improvement.points import flipped, point_by_hand, with_area
from coach.improvement.themes import OUTSIDE, find_themes, kindly, strengths

DAY = date(2026, 11, 20)
WHEN = datetime(2026, 11, 20, tzinfo=UTC)


def point(area: str, polarity=Polarity.CRITICISM, words: str = "words", **more) -> FeedbackPoint:
    return FeedbackPoint(area, polarity, words, **more)


def rejection(number: int, *points: FeedbackPoint, **more) -> Rejection:
    return Rejection(f"Company {number}", "Analyst", DAY, points=points, id=number, **more)


def said_by(rejections=(), feedback=(), notes=()):
    """All that the log would give: every point with where it comes from."""
    said = [
        Said(each, Origin(Source.EMPLOYER, r.id), WHEN.replace(day=r.id))
        for r in rejections
        for each in r.points
    ]
    said += [Said(each, Origin(f.source, f.id), WHEN) for f in feedback for each in f.points]
    said += [Said(each, Origin(Source.OWN), WHEN) for each in notes]
    return rejections, feedback, said


def test_a_theme_counts_rejections_and_not_sentences():
    log = said_by(
        [
            rejection(1, point("star.result"), point("star.result", words="again")),
            rejection(2, point("voice.pace")),
            rejection(3, point("star.result")),
            rejection(4),
            rejection(5, point("star.result"), point("star.numbers")),
        ]
    )
    (theme,) = find_themes(*log).recurring
    assert (theme.area, theme.places) == ("star.result", 3)
    assert theme.text == "3 of 5 rejections name results"
    assert len(theme.evidence) == 4
    assert theme.evidence[0].who == "Company 5, Analyst"


def test_themes_join_appraisals_and_own_notes():
    appraisal = Feedback(Source.APPRAISAL, DAY, "x", "my lead", (point("prep.cv"),), 1)
    log = said_by(
        [rejection(1, point("prep.cv")), rejection(2)],
        [appraisal],
        [point("prep.cv", words="mine"), point("voice.pace", words="once")],
    )
    (theme,) = find_themes(*log).recurring
    assert theme.text == (
        "1 of 2 rejections, 1 of 1 appraisal and 1 note of yours name CV and letter"
    )
    assert {each.who for each in theme.evidence} == {
        "Company 1, Analyst", "my lead", "your own note",
    }  # fmt: skip


def test_two_notes_of_ones_own_are_two_places():
    log = said_by(notes=[point("voice.pace", words="in May"), point("voice.pace", words="in June")])
    (theme,) = find_themes(*log).recurring
    assert theme.text == "2 notes of yours name pace"


def test_praise_is_no_theme_and_what_is_outside_stands_apart():
    outside = point("comp.planning", controllable=Controllable.NO)
    log = said_by(
        [
            rejection(1, point("comp.teamwork", Polarity.PRAISE), point("ext.business"), outside),
            rejection(2, point("comp.teamwork", Polarity.PRAISE), outside),
            rejection(3, point("ext.competition", Polarity.NEUTRAL)),
        ]
    )
    themes = find_themes(*log)
    assert themes.recurring == ()
    assert [theme.area for theme in themes.outside] == [
        "comp.planning", "ext.business", "ext.competition",
    ]  # fmt: skip
    assert themes.outside[1].text == "1 of 3 rejections names their own situation"
    assert [(p.area, e.who) for p, e in strengths(*log)] == [
        ("comp.teamwork", "Company 2, Analyst"),
        ("comp.teamwork", "Company 1, Analyst"),
    ]


def test_every_area_outside_control_has_its_own_kind_words():
    assert {area for area in AREAS if area.startswith("ext.")} == set(OUTSIDE)
    assert kindly("comp.planning")


def test_points_by_hand_know_what_can_be_changed():
    assert point_by_hand("ext.skills", "x").controllable is Controllable.NO
    assert point_by_hand("hr.fit", "x").controllable is Controllable.PARTLY
    moved = with_area(point_by_hand("ext.skills", "x"), "star.result")
    assert (moved.area, moved.controllable) == ("star.result", Controllable.YES)
    assert flipped(moved).polarity is Polarity.PRAISE
    assert flipped(flipped(moved)) == moved


def test_a_rest_begins_with_their_answer_and_ends_by_itself():
    today = date(2026, 11, 20)
    assert rest_until(today, 1, today) == date(2026, 11, 21)
    assert rest_until(today, 2, today) == date(2026, 11, 22)
    assert rest_until(today, 0, today) is None
    assert rest_until(date(2026, 11, 1), 2, today) is None


def test_the_first_step_follows_from_what_they_said():
    plain = rejection(7)
    named = replace(plain, words="x", points=(point("ext.skills"), point("star.result")))
    assert first_step(named) == "coach drill --rejection 7: three questions aimed at results."
    assert first_step(plain).startswith("coach rejection ask 7: ")
    silent = replace(plain, asked=DAY, could_answer=("Why us?",))
    assert first_step(silent).startswith("coach drill: ")
    vague = replace(plain, words="x", points=(point("hr.fit", vague=True),))
    assert first_step(vague).startswith("coach rejection ask 7 --follow-up: ")
    prepared = replace(plain, words="x", points=(point("prep.cv"),))
    assert first_step(prepared).startswith("coach rejection show 7: ")
    outside = replace(plain, words="x", points=(point("ext.business"),))
    assert first_step(outside).startswith("coach mock: ")


def test_words_are_vague_where_no_point_can_be_acted_on():
    plain = rejection(7)
    assert not is_vague(plain)
    assert is_vague(replace(plain, words="Thanks."))
    assert is_vague(replace(plain, words="x", points=(point("comp.teamwork", Polarity.PRAISE),)))
    assert not is_vague(replace(plain, words="x", points=(point("ext.business"),)))


def test_areas_are_counted_as_themes_are(coach):
    words = "We decided to fill the role internally."
    for company in ("A", "B"):
        coach("rejection", "add", "--company", company, "--role", "R", "--feedback", words)
    (theme,) = [t for t in coach("themes", "--json").json["outside"] if t["area"] == "ext.business"]
    listed = {one["area"]: one for one in coach("area", "list", "--json").json}
    assert theme["places"] == len(listed["ext.business"]["mentions"]) == 2
    for _ in range(2):
        coach("area", "add", "star.numbers")
    listed = {one["area"]: one for one in coach("area", "list", "--json").json}
    assert len(listed["star.numbers"]["mentions"]) == 1
