"""Judge one take: the question and the words go in, an Assessment comes out."""

from collections.abc import Sequence

from coach.assessment import advice, delivery, story, timing, wording
from coach.assessment.assessment import Assessment, Finding, Sentence
from coach.assessment.kinds import PartCheck, check_parts
from coach.assessment.norms import Norms
from coach.assessment.segment import Range, normalise, segment
from coach.assessment.star import Label, judge
from coach.questions.question import Question
from coach.transcript.transcript import Transcript, Word

VERSION = 1  # raised whenever the same words may be judged otherwise


def assess(question: Question, transcript: Transcript, norms: Norms) -> Assessment:
    """Judge a take of at least one word.

    Args:
        question: its kind says which structure is looked for.
        transcript: what was said; without times, shares are of words and no pace is given.
        norms: the bands to judge by.
    """
    words = transcript.words
    ranges = segment(words)
    plain = [normalise(word.text) for word in words]
    texts = [" ".join(filter(None, plain[r.first : r.last + 1])) for r in ranges]
    timed = timing.measure(transcript, ranges, norms)
    worded = wording.measure(plain)
    fillers = len(worded.fillers) if transcript.keeps_fillers else None
    told = _story(words, ranges, texts) if question.kind.is_star else None
    sentences = told.sentences if told else _sentences(words, ranges, _unjudged(question, ranges))
    shares = story.time_shares(told) if told else None
    parts = () if told else check_parts(question.kind, texts)
    findings = [
        *(story.findings(told, shares, norms) if told else ()),
        *delivery.findings(question.kind, timed, worded, fillers, norms),
        *_of_question(question, told, parts),
    ]
    owned = story.action_ownership(told) if told else None
    return Assessment(
        version=VERSION,
        kind=question.kind.value,
        sentences=sentences,
        missing=told.missing if told else (),
        unclear=told.unclear if told else (),
        episode=told.episode if told else None,
        shares=shares,
        parts=parts,
        timing=timed,
        words=len(words),
        fillers=fillers,
        filler_words=worded.fillers,
        hedges=worded.hedges,
        ownership=owned,
        has_numbers=story.result_has_figure(told) if told else None,
        findings=tuple(findings),
        went_well=advice.praise(findings, told, parts),
        advice=advice.advise(findings, sentences, told, worded.fillers, parts),
    )


def _story(words: Sequence[Word], ranges: Sequence[Range], texts: Sequence[str]) -> story.Story:
    judged = judge(texts)
    return story.Story(
        _sentences(words, ranges, judged.labels), judged.missing, judged.unclear, judged.episode
    )


def _unjudged(question: Question, ranges: Sequence[Range]) -> tuple[Label, ...]:
    why = f"not judged as a story: the question is of kind {question.kind}"
    return (Label(None, 1.0, why),) * len(ranges)


def _sentences(
    words: Sequence[Word], ranges: Sequence[Range], labels: Sequence[Label]
) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            text=" ".join(word.text for word in words[r.first : r.last + 1]),
            part=label.part,
            first=r.first,
            last=r.last,
            start=words[r.first].start,
            end=words[r.last].end,
            confidence=label.confidence,
            why=label.why,
        )
        for r, label in zip(ranges, labels, strict=True)
    )


def _of_question(
    question: Question, told: story.Story | None, parts: Sequence[PartCheck]
) -> list[Finding]:
    """What the take shows about the competencies and HR areas that the question is about."""
    if told:
        met = told.told if told.episode == "past" else 0.0
        text = "A complete story is told." if met == 1 else "The story is not complete."
    else:
        found = sum(part.found is not None for part in parts)
        met = found / len(parts)
        text = f"{found} of {len(parts)} parts of such an answer are there."
    return [
        Finding(area, round(met, 2), text, "C")
        for area in question.areas
        if area.startswith(("comp.", "hr."))
    ]
