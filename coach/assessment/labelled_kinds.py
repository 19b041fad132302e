"""Labelled answers that are not stories: the training corpus, and anyone's of the same form."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.assessment.kinds import NONE, SHAPES
from coach.assessment.labelled import CORPUS, corpus_files, is_texts, json_object, parsed
from coach.assessment.segment import plain
from coach.questions.question import Kind

KINDS_CORPUS = CORPUS / "kinds"
OTHER = "other"  # label of what serves no part


@dataclass(frozen=True)
class KindAnswer:
    """One answer, with the part that every sentence serves.

    Attributes:
        author: who wrote it; empty where it is not told.
        sentences: as given, with their punctuation.
        labels: for each sentence the name of a part or a fault of the kind, or "other".
    """

    kind: Kind
    author: str
    sentences: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """Sentences in lower case without punctuation, as the labeller wants them."""
        return tuple(plain(sentence) for sentence in self.sentences)

    @property
    def letters(self) -> str:
        """The label of each sentence as the labeller gives it."""
        letters = SHAPES[self.kind].letters()
        return "".join(letters.get(label, NONE) for label in self.labels)


def read_kinds() -> tuple[KindAnswer, ...]:
    """The training corpus, file by file in the order of their names.

    Raises:
        NoSuchFileError: there is none.
        LabelledDataError: a line is not of the form.
    """
    return tuple(answer for file in corpus_files(KINDS_CORPUS) for answer in read_kinds_of(file))


def read_kinds_of(file: Path) -> Iterator[KindAnswer]:
    """Each line of a file.

    Raises:
        NoSuchFileError, EmptyFileError: there is nothing to read.
        LabelledDataError: at the first line that is not of the form.
    """
    return parsed(file, _parse)


def _parse(line: str) -> KindAnswer:
    """One answer from a line of JSON; a ValueError says in a few words what is wrong with it."""
    data = json_object(line)
    kind = data.get("kind")
    if kind not in list(SHAPES):
        raise ValueError(f"“kind” is none of {', '.join(SHAPES)}")
    sentences, labels = data.get("sentences"), data.get("labels")
    if not is_texts(sentences) or not is_texts(labels):
        raise ValueError("“sentences” and “labels” are not lists of texts")
    if len(labels) != len(sentences):
        raise ValueError(f"it has {len(sentences)} sentences and {len(labels)} labels")
    known = [*SHAPES[Kind(kind)].letters(), OTHER]
    if set(labels) - set(known):
        raise ValueError(f"a label of {kind} is none of {', '.join(known)}")
    return KindAnswer(Kind(kind), str(data.get("author", "")), tuple(sentences), tuple(labels))
