"""No sentence about a rejection judges the person."""

import ast
import re
from pathlib import Path

import pytest

import coach as package
from coach.cli import root

JUDGEMENT = re.compile(
    r"\b(fail(ed|ure|ing)?s?|weak(ness(es)?|er)?(?! areas?)|bad(ly)?|poor(ly)?|wrong(ly)?|"
    r"mistakes?|should have|must have|unfortunately|disappoint\w*|sham\w*|lazy|inadequate|"
    r"incompetent|not good enough|your (own )?fault|you are (too|not|un\w+)|you lack\w*|loser|"
    r"hopeless|embarrass\w*|careless\w*|inferior|stupid|pathetic|you never|you always)\b",
    re.IGNORECASE,
)
SHOWN = (
    "improvement/letter.py", "improvement/aftercare.py", "improvement/themes.py",
    "review/said.py", "cli/ask.py", "cli/confirm.py", "cli/rejection_form.py", "cli/rejection.py",
    "cli/letters.py", "cli/feedback.py", "cli/themes.py",
)  # fmt: skip


def texts_of(module: str) -> list[str]:
    """Every text of a module that may be shown: help of commands, but no other docstring."""
    tree = ast.parse((Path(package.__file__).parent / module).read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("module", SHOWN)
def test_no_text_judges_the_person(module: str):
    found = texts_of(module)
    assert found
    assert [text for text in found if JUDGEMENT.search(text)] == []


def test_the_scan_would_notice():
    for text in ("You failed to convince.", "That was a poor answer.", "You are not a fit.",
                 "You should have prepared.", "One of your weaknesses."):  # fmt: skip
        assert JUDGEMENT.search(text), text
    assert not JUDGEMENT.search("The words become weak areas, which you confirm.")


def test_every_command_that_a_first_step_names_exists():
    from coach.improvement import aftercare

    named = re.findall(r"coach ([a-z]+)", " ".join(texts_of("improvement/aftercare.py")))
    assert aftercare.__doc__
    assert {"drill", "rejection", "mock"} <= set(named) <= set(root.coach.list_commands(None))
