"""Answers with the part of every sentence: the training corpus, and anyone's of the same form."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from coach.assessment.segment import plain
from coach.errors import CoachError, EmptyFileError, NoSuchFileError

CORPUS = Path(__file__).with_name("corpus")
LABELS = "STARO"
PARTS = "STAR"
T = TypeVar("T")


class LabelledDataError(CoachError):
    """A line of labelled answers that is not of the form that is asked for."""

    exit_code = 31


@dataclass(frozen=True)
class Labelled:
    """One answer, with the part of every sentence where somebody has said so.

    Attributes:
        id: as given, any JSON value; None where the line has none.
        author: who wrote it; empty where it is not told.
        sentences: as given, with their punctuation.
        labels: a letter of STARO for each sentence; None where nobody has labelled it.
        missing: letters of the parts that are absent; None where nobody has said.
    """

    id: Any
    author: str
    sentences: tuple[str, ...]
    labels: tuple[str, ...] | None
    missing: frozenset[str] | None

    @property
    def plain(self) -> tuple[str, ...]:
        """Sentences in lower case without punctuation, as the labeller wants them."""
        return tuple(plain(sentence) for sentence in self.sentences)


def corpus_files(folder: Path) -> list[Path]:
    """The files of a training corpus, by name.

    Raises:
        NoSuchFileError: the folder holds none.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise NoSuchFileError(f"No corpus lies in {folder}.", "Install the coach again.")
    return files


def read_corpus() -> tuple[Labelled, ...]:
    """The training corpus, file by file in the order of their names.

    Raises:
        NoSuchFileError: there is none.
        LabelledDataError: a line is not of the form, or has no labels.
    """
    answers = [answer for file in corpus_files(CORPUS) for answer in read_labelled(file)]
    for answer in answers:
        if answer.labels is None or answer.missing is None:
            raise LabelledDataError(
                f"The answer {answer.id} of the corpus has no labels.", "Label it, or take it out."
            )
    return tuple(answers)


def read_labelled(file: Path) -> Iterator[Labelled]:
    """Each line of a file; see `parse_line`.

    Raises:
        NoSuchFileError, EmptyFileError: there is nothing to read.
        LabelledDataError: at the first line that is not of the form.
    """
    return parsed(file, parse_line)


def parsed(
    file: Path, parse: Callable[[str], T], warn: Callable[[str], None] | None = None
) -> Iterator[T]:
    """What `parse` makes of each line of a file.

    Args:
        parse: raises a ValueError that says in a few words what is wrong with a line.
        warn: is given one sentence for every line that is left out for that; None where none is.

    Raises:
        NoSuchFileError, EmptyFileError: there is nothing to read.
        LabelledDataError: at the first line that is not of the form, where none is left out.
    """
    for number, line in lines_of(file):
        try:
            found = parse(line)
        except ValueError as fault:
            if warn:
                warn(f"Line {number} of {file} is left out: {fault}.")
                continue
            raise LabelledDataError(
                f"Line {number} of {file} cannot be used: {fault}.", "Mend the line and try again."
            ) from fault
        yield found


def lines_of(file: Path) -> list[tuple[int, str]]:
    """Lines of a text file that are not blank, with their numbers from 1."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as fault:
        raise NoSuchFileError(
            f"{file} cannot be read: {fault.strerror}.", "Check the path."
        ) from fault
    # Not splitlines(): a JSON string may hold other line separators of Unicode.
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise EmptyFileError(f"{file} holds no answers.", "Give one JSON object a line.")
    return lines


def write_lines(objects: Iterable[dict[str, Any]], file: Path) -> None:
    """Write one line of JSON for each object.

    Raises:
        NoSuchFileError: the file cannot be written.
    """
    lines = [json.dumps(one, ensure_ascii=False) for one in objects]
    try:
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as fault:
        raise NoSuchFileError(
            f"{file} cannot be written: {fault.strerror}.", "Choose another place."
        ) from fault


def json_object(line: str) -> dict[str, Any]:
    """The JSON object that a line holds.

    Raises:
        ValueError: says in a few words what it is instead.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise ValueError("it is not JSON") from fault
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    return data


def parse_line(line: str) -> Labelled:
    """One answer from a line of JSON.

    Raises:
        ValueError: says in a few words what is wrong with it.
    """
    data = json_object(line)
    sentences = data.get("sentences")
    if not is_texts(sentences):
        raise ValueError("“sentences” is not a list of texts")
    labels, missing = data.get("labels"), data.get("missing")
    if labels is not None:
        if not is_texts(labels) or set(labels) - set(LABELS):
            raise ValueError("“labels” is not a list of S, T, A, R and O")
        if len(labels) != len(sentences):
            raise ValueError(f"it has {len(sentences)} sentences and {len(labels)} labels")
    if missing is not None and (not is_texts(missing) or set(missing) - set(PARTS)):
        raise ValueError("“missing” is not a list of S, T, A and R")
    return Labelled(
        id=data.get("id"),
        author=str(data.get("author", "")),
        sentences=tuple(sentences),
        labels=None if labels is None else tuple(labels),
        missing=None if missing is None else frozenset(missing),
    )


def is_texts(value: object) -> TypeGuard[Sequence[str]]:
    """Whether a value of JSON is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
