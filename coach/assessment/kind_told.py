"""What an answer that is not a story shows: its parts and faults, in the user's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.assessment.assessment import Finding, Sentence
from coach.assessment.kinds import SHAPES, FaultCheck, KindFault, KindPart, PartCheck, Shape
from coach.questions.question import Kind

UNFITTING = "This does not sound like an answer to what was asked."
FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 3  # of one's own, at the end of an interview


@dataclass(frozen=True)
class KindTold:
    """An answer that is not a story, with its sentences labelled.

    Attributes:
        kind: not behavioural.
        told: for each part or fault that is told, the user's own words that tell it best.
        fits: whether it sounds like an answer of this kind; else it tells nothing.
    """

    kind: Kind
    sentences: tuple[Sentence, ...]
    told: Mapping[str, str]
    fits: bool

    @property
    def shape(self) -> Shape:
        return SHAPES[self.kind]

    def of(self, one: KindPart | KindFault) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.part == one.name]

    def is_hinted(self, part: KindPart) -> bool:
        """Whether a part is there, but no sentence is surely its own."""
        return part.name in self.told and not self.of(part)

    def is_best(self, part: KindPart) -> bool:
        """Whether a part is told at its best; the same words count once."""
        return part.is_best(list(dict.fromkeys(sentence.plain for sentence in self.of(part))))

    @property
    def lacks_core(self) -> bool:
        return self.shape.core is not None and self.shape.core not in self.told

    @property
    def faults(self) -> list[KindFault]:
        """The faults that do harm."""
        return [
            fault
            for fault in self.shape.faults
            if fault.name in self.told and fault.unless not in self.told
        ]

    def part_checks(self) -> tuple[PartCheck, ...]:
        return tuple(
            PartCheck(part.name, self.told.get(part.name), part.probe) for part in self.shape.parts
        )

    def fault_checks(self) -> tuple[FaultCheck, ...]:
        return tuple(FaultCheck(fault.name, self.told[fault.name]) for fault in self.faults)


def kind_findings(answer: KindTold, areas: Sequence[str]) -> list[Finding]:
    """What an answer shows about the areas that its question is about, and about its faults'.

    Args:
        areas: ids, of the question.
    """
    found = [Finding(fault.area, 0.0, fault.finding, "C") for fault in answer.faults]
    if not answer.fits:
        found.append(Finding("star.relevance", 0.0, UNFITTING, "P"))
    if answer.kind is Kind.MOTIVATION:
        found.append(_research(answer))
    if answer.kind is Kind.CLOSING:
        found.append(_questions(answer))
    parts = _parts(answer)
    found += [Finding(area, *parts) for area in areas if area.startswith(("comp.", "hr."))]
    # The first that is said of an area stands.
    return list({finding.area: finding for finding in reversed(found)}.values())[::-1]


def _parts(answer: KindTold) -> tuple[float, str, str]:
    wanted = answer.shape.parts
    missing = [part.title for part in wanted if part.name not in answer.told]
    hinted = [part.title for part in wanted if answer.is_hinted(part)]
    met = 1 - (len(missing) + len(hinted) / 2) / len(wanted)
    text = f"{len(wanted) - len(missing)} of {len(wanted)} parts of such an answer are there."
    if missing:
        text += f" Not told: {'; '.join(missing)}."
    if hinted:
        text += f" Only hinted at: {'; '.join(hinted)}."
    return round(met, 2), text, "C"


def _research(answer: KindTold) -> Finding:
    if answer.lacks_core:
        return Finding("hr.research", 0.0, answer.shape.without, "C")
    return Finding("hr.research", 1.0, "A fact about this employer is told.", "C")


def _questions(answer: KindTold) -> Finding:
    asked = sum(sentence.part is not None for sentence in answer.sentences)
    specific = sum(len(answer.of(part)) for part in answer.shape.parts)
    questions = "1 question is" if asked == 1 else f"{asked} questions are"
    text = f"{questions} asked, {specific} about this job; two or three are aimed at."
    if not specific:
        return Finding("hr.questions", 0.0, text, "C")
    enough = FEWEST_QUESTIONS <= asked <= MOST_QUESTIONS
    return Finding("hr.questions", 1.0 if enough and specific > 1 else 0.5, text, "C")
