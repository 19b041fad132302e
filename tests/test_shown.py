"""What is shown: names that read as skills, sentences that are English."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import click
import pytest
from rich.console import Console, RenderableType
from taken import RESULT, STORY, taken

from coach.areas import AREAS
from coach.cli import root
from coach.improvement.entries import Rejection
from coach.improvement.points import BY_HAND, NOTED, in_quotes, with_origin
from coach.improvement.standing import Change, Standing
from coach.improvement.themes import in_a_sentence, uncapitalised
from coach.questions.question import Kind, Question
from coach.review import days, terminal
from coach.review.banks import filed_under
from coach.review.compare import compare
from coach.review.progress import level_told, standing_table
from coach.review.structure import strip, structure
from coach.review.words import clock, duration


def test_an_area_is_named_as_a_skill_so_that_much_of_it_is_good():
    faults = re.compile("too |^(hesitat|hedg|filler|lack|un)", re.IGNORECASE)
    assert [area.name for area in AREAS.values() if faults.search(area.name)] == []


def test_an_area_stands_in_a_sentence_as_a_sentence_wants_it():
    assert in_a_sentence("star.example") == "a specific example"
    assert in_a_sentence("prep.cv") == "CV and letter"
    assert uncapitalised("A range") == "a range"


def test_what_nobody_said_is_not_quoted():
    assert in_quotes("too vague") == "“too vague”"
    assert with_origin("too vague", "rejection 3") == "“too vague” (rejection 3)"
    for words in (BY_HAND, NOTED):
        assert in_quotes(words) == words
        assert with_origin(words, "your own note") == "your own note"


def test_a_question_is_filed_under_each_thing_once_and_by_name():
    question = Question("q", "Why?", Kind.BEHAVIOURAL, ("star.numbers", "voice.long"),
                        field="first_job", level="first_job")  # fmt: skip
    assert filed_under(question) == "behavioural · Numbers, Brevity · first_job"


def test_an_area_without_a_reason_is_no_quotation(coach: Callable):
    coach("area", "add", "star.numbers")
    assert "“" not in coach("area", "list").out + coach("themes").out
    assert "“noted" not in coach("plan").out


def drawn(shown: RenderableType, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    console.print(shown)
    return [row.rstrip() for row in console.file.getvalue().splitlines()]


def test_a_day_has_its_year_where_it_is_not_this_one():
    today = date(2026, 11, 30)
    assert days.told(date(2026, 12, 1), today) == "Tuesday 1 December"
    assert days.told(date(2027, 1, 1), today) == "Friday 1 January 2027"
    assert days.listed(today) == "30 Nov 2026"
    moment = datetime(2025, 6, 1, 12, tzinfo=UTC)
    assert days.listed_moment(moment, today) == "01 Jun 2025"
    assert days.listed_moment(moment.replace(year=2026), today).startswith("01 Jun ")


def test_a_take_is_as_long_wherever_its_length_stands():
    assert (duration(44.6), f"{44.6:.0f} s") == ("0:45", "45 s")
    assert duration(59.6) == "1:00"
    assert clock(44.6) == "0:44"  # a place in it is where that second began


@pytest.mark.parametrize(
    ("level", "error", "told"),
    [
        (None, None, "–"),
        (0.57, None, "–"),
        (0.57, 0.29, "not clear yet"),
        (1.0, 0.115, "100 (77–100)"),
        (0.0, 0.115, "0 (0–23)"),
        (0.5, 0.1, "50 (30–70)"),
    ],
)
def test_a_level_lies_inside_its_scale_or_says_nothing(level, error, told: str):
    assert level_told(level, error) == told


def test_numbers_and_ids_stand_whole_on_a_narrow_terminal():
    standing = Standing(
        "comp.problem_solving", 0.5, 1.0, 0.1, (1.0,) * 6, (), 0, 1.0, Change(0.0, 0.1, 6)
    )
    (head, *rows) = drawn(standing_table([standing], 60, ids=True), 60)
    assert head.split() == ["area", "named", "takes", "level", "standing"]
    assert "6  100 (80–100)" in rows[0]
    assert any(row.startswith("comp.problem_solving") for row in rows)
    assert "holds, no clear trend" in " ".join(row[50:].strip() for row in rows)
    assert not any("comp." in row for row in drawn(standing_table([standing], 80), 80))


@pytest.mark.parametrize("width", [60, 80])
def test_a_long_company_takes_no_room_from_the_rest_of_a_rejection(width: int):
    long = Rejection("Company " * 12, "Role " * 12, date(2026, 11, 2), "application", None, id=1234)
    (head, row) = drawn(terminal.rejections([long]), width)
    assert head.split() == ["id", "date", "company", "role", "stage", "areas"]
    assert row.startswith("1234  02 Nov 2026  Comp")
    assert "application" in row
    assert "Ro" in row


def test_the_legend_of_the_strip_stays_below_its_names_at_60_columns():
    rows = drawn(structure(taken(STORY + RESULT).assessment), 60)
    names = [row for row in rows if row.startswith((" S  ", " T  ", " A  ", " R  "))]
    sizes = [row for row in rows if row.endswith("%")]
    assert len(names) == len(sizes) > 1
    assert all(size.startswith("    ") for size in sizes)


@pytest.mark.parametrize("times", [1, 3, 60])
def test_a_strip_is_as_wide_as_it_is_to_be(times: int):
    judged = taken(STORY * times + RESULT).assessment
    assert len(strip(judged).plain) == 60


def test_takes_of_different_kinds_are_compared_by_their_numbers_alone():
    about = Question("intro-01", "Tell me about yourself.", Kind.INTRO, ("hr.intro",))
    first, second = taken(STORY, 1), taken("I am a baker, and trained in Leeds.", 2, about)
    shown = "\n".join(drawn(compare(first, second, 80), 80))
    assert "missing" not in shown
    assert "Leeds" not in shown
    assert all(name in shown for name in ("Score", "Length", "Words a minute", "Fillers"))


def test_a_take_is_not_compared_with_itself(coach: Callable):
    assert "itself" in coach("compare", 1, 1).err


def groups(command: click.Command) -> list[click.Group]:
    if not isinstance(command, click.Group):
        return []
    below = [command.get_command(click.Context(command), name)
             for name in command.list_commands(click.Context(command))]  # fmt: skip
    return [command, *(group for each in below for group in groups(each))]


@pytest.mark.parametrize("group", groups(root.coach), ids=lambda group: group.name)
def test_no_help_of_a_command_is_cut(group: click.Group):
    told = group.get_help(click.Context(group, info_name="coach", terminal_width=80))
    assert not [row for row in told.splitlines()[1:] if row.endswith("...")]


def test_every_command_stands_under_one_heading(coach: Callable):
    told = coach("--help").out
    names = root.coach.list_commands(None)
    listed = re.findall(r"^  ([a-z]+) ", told[told.index("Start:") :], re.MULTILINE)
    assert [name for name in listed if name != "coach"] == names
    assert told.index("\nStart:") < told.index("\nPractise:") < told.index("\nYour data:")
