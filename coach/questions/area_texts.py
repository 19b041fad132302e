"""What is told about each area: what it means, why interviewers care, what to try, one exercise."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

NAME = "areas.toml"


@dataclass(frozen=True)
class AreaText:
    """The texts of one area, each a sentence or two.

    Attributes:
        meaning: what the area is.
        why: why interviewers care.
        try_next: what to try in the next take; `try` in the file.
        exercise: something to do without an interview.
    """

    meaning: str
    why: str
    try_next: str
    exercise: str

    def to_dict(self) -> dict[str, str]:
        return {
            "meaning": self.meaning,
            "why": self.why,
            "try": self.try_next,
            "exercise": self.exercise,
        }


def load_area_texts(folder: Path) -> dict[str, AreaText]:
    """The texts by area id.

    Args:
        folder: of the shipped banks.
    """
    data = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    return {
        area: AreaText(texts["meaning"], texts["why"], texts["try"], texts["exercise"])
        for area, texts in data["areas"].items()
    }
