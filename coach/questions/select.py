"""Choose questions by what they are filed under, and count them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.areas import AREAS
from coach.questions.question import FIELDS, LEVELS, Kind, Question

ENOUGH = 6  # questions that an area needs to be drilled without coming round too soon


def select(
    questions: Iterable[Question],
    *,
    area: str | None = None,
    kind: str | None = None,
    field: str | None = None,
    level: str | None = None,
) -> tuple[Question, ...]:
    """Those that are filed under all that is given."""
    return tuple(
        question
        for question in questions
        if (area is None or area in question.areas)
        and (kind is None or question.kind == kind)
        and (field is None or question.field == field)
        and (level is None or question.level == level)
    )


@dataclass(frozen=True)
class Counts:
    """How many questions there are of each sort.

    Attributes:
        total: of all.
        kinds, areas, fields, levels: by name, every name of the list included.
        short: areas that can be drilled and have fewer than ENOUGH.
    """

    total: int
    kinds: dict[str, int]
    areas: dict[str, int]
    fields: dict[str, int]
    levels: dict[str, int]
    short: tuple[str, ...]


def count(questions: Sequence[Question]) -> Counts:
    """Count questions; one with three areas counts for each of the three."""
    areas = Counter(area for question in questions for area in question.areas)
    drilled = {area.id: areas[area.id] for area in AREAS.values() if area.drillable}
    return Counts(
        len(questions),
        _by(Kind, (question.kind for question in questions)),
        drilled,
        _by(FIELDS, (question.field for question in questions)),
        _by(LEVELS, (question.level for question in questions)),
        tuple(area for area, number in drilled.items() if number < ENOUGH),
    )


def _by(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counted = Counter(str(name) for name in found)
    return {str(name): counted[str(name)] for name in names}
