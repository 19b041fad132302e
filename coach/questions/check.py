"""Check whole banks: every fault of every file at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import BankError
from coach.questions.bank import entry_name, read_entries
from coach.questions.faults import flaws, weak_points
from coach.questions.question import Question
from coach.questions.similar import MEASURE, near_duplicates


@dataclass(frozen=True)
class Fault:
    """One thing to mend in a bank.

    Attributes:
        file: the bank.
        entry: number of the entry in it, from 1; None where the whole file is meant.
        id: of the entry, where it has one.
        problem: what is wrong.
        mend: what to do about it.
        warning: the question can be drilled all the same.
    """

    file: Path
    entry: int | None
    id: str | None
    problem: str
    mend: str
    warning: bool = False


@dataclass(frozen=True)
class _Entry:
    """Where a readable question stands."""

    file: Path
    number: int
    question: Question
    strict: bool

    def fault(self, problem: str, mend: str, *, warning: bool) -> Fault:
        return Fault(self.file, self.number, self.question.id, problem, mend, warning)


def check_banks(files: Iterable[Path], strict: Sequence[Path] = ()) -> tuple[Fault, ...]:
    """Every fault of some banks, in the order of the files and their entries.

    Args:
        files: the banks.
        strict: folders whose questions must have probes, shows, variants, a fit length and no
            near-duplicate; elsewhere a lack of these is a warning.
    """
    found: list[Fault] = []
    readable: list[_Entry] = []
    for file in files:
        is_strict = file.parent in strict
        try:
            entries = read_entries(file)
        except BankError as error:
            found.append(Fault(file, None, None, error.message, error.next_step))
            continue
        if not entries:
            found.append(
                Fault(file, None, None, "it is empty", "Add a question, or delete it.", True)
            )
        for number, entry in enumerate(entries, 1):
            name = entry.get("id") if isinstance(entry, dict) else None
            named = name if isinstance(name, str) else None
            wrong = [Fault(file, number, named, f.problem, f.mend) for f in flaws(entry)]
            found += wrong
            if not wrong:
                readable.append(_Entry(file, number, Question.from_dict(entry), is_strict))
    found += _weak(readable)
    found += _same_id(readable)
    found += _alike(readable)
    return tuple(sorted(found, key=lambda fault: (fault.file, fault.entry or 0)))


def _weak(entries: Iterable[_Entry]) -> Iterator[Fault]:
    for entry in entries:
        for flaw in weak_points(entry.question):
            yield entry.fault(flaw.problem, flaw.mend, warning=not entry.strict)


def _same_id(entries: Iterable[_Entry]) -> Iterator[Fault]:
    first: dict[str, _Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.question.id, entry)
        if before is not entry:
            where = f"{before.file.name}, entry {before.number}"
            yield entry.fault(
                f"its id is already used in {where}", "Give it another.", warning=False
            )


def _alike(entries: Sequence[_Entry]) -> Iterator[Fault]:
    places = {id(entry.question): entry for entry in entries}
    questions = [entry.question for entry in entries]
    for question, other, share in near_duplicates(questions, ()):
        entry, twin = places[id(question)], places[id(other)]
        yield entry.fault(
            f"it is nearly {entry_name(twin.number, {'id': other.id})} of {twin.file.name}"
            f" ({share:.0%} alike; {MEASURE})",
            "Reword one of the two, or delete it.",
            warning=not entry.strict,
        )
