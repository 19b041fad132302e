"""Judge one take: the question and the words go in, an Assessment comes out."""

from collections.abc import Sequence

from coach.assessment import advice, delivery, kind_told, rubric, story, timing, wording
from coach.assessment.assessment import Assessment, Correction, Finding, Sentence
from coach.assessment.model import load_model
from coach.assessment.norms import Norms
from coach.assessment.reading import read_answer, read_kind
from coach.assessment.relevance import load_relevance, relevance
from coach.assessment.segment import Range, normalise, plain, texts
from coach.assessment.star import Label, StarJudgement, StarPart
from coach.questions.question import Question
from coach.recording.recording import Recording
from coach.transcript.transcript import Transcript, Word

VERSION = 6  # raised whenever the same words may be judged otherwise


def load_models() -> None:
    """Read what most answers are judged with: 0.2 s that the first need not wait for."""
    load_model()
    load_relevance()


def assess(
    question: Question,
    transcript: Transcript,
    norms: Norms,
    recording: Recording | None = None,
    corrections: Sequence[Correction] = (),
) -> Assessment:
    """Judge a take of at least one word.

    Args:
        question: its kind says which structure is looked for.
        transcript: what was said; without times, shares are of words and no pace is given.
        norms: the bands to judge by.
        recording: of the take, if there is one: its pre-roll is no hesitation of the speaker's.
        corrections: what the user says of some sentences; they win over the labeller.
    """
    words = transcript.words
    told: story.Story | kind_told.KindTold
    plot = kind = shares = None
    if question.kind.is_star:
        ranges, judged = read_answer(words, asked=plain(question.text))
        told = plot = _story(words, ranges, judged, corrections)
        shares = story.time_shares(plot)
        scored = rubric.score_story(plot, shares, norms)
        of_content = [
            *story.findings(plot, shares, norms),
            _relevance(question, texts(words, ranges)),
        ]
        of_question = _of_question(question, plot)
    else:
        read = read_kind(question.kind, words)
        ranges = read.ranges
        told = kind = kind_told.KindTold(
            question.kind,
            _sentences(words, ranges, read.judged.labels),
            {name: _text(words, r) for name, r in read.told.items()},
            read.fits,
        )
        scored = rubric.score_kind(kind)
        of_content, of_question = [], kind_told.kind_findings(kind, question.areas)
    timed = timing.measure(transcript, ranges, norms, recording.pre_roll if recording else 0.0)
    worded = wording.measure([normalise(word.text) for word in words], timing.gaps(words))
    hesitations = None if transcript.hesitations is None else len(transcript.hesitations)
    measurable = transcript.keeps_fillers or hesitations is not None
    fillers = len(worded.fillers) + (hesitations or 0) if measurable else None
    findings = [
        *of_content,
        *delivery.findings(question, timed, worded, fillers, hesitations, norms),
        *of_question,
    ]
    return Assessment(
        version=VERSION,
        kind=question.kind.value,
        sentences=told.sentences,
        missing=plot.missing if plot else (),
        unclear=plot.unclear if plot else (),
        episode=plot.episode if plot else None,
        shares=shares,
        parts=kind.part_checks() if kind else (),
        faults=kind.fault_checks() if kind else (),
        score=scored,
        timing=timed,
        words=len(words),
        fillers=fillers,
        hesitations=hesitations,
        filler_words=worded.fillers,
        hedges=worded.hedges,
        ownership=story.action_ownership(plot) if plot else None,
        has_numbers=story.with_figure(plot) is not None if plot else None,
        findings=tuple(findings),
        went_well=advice.praise(findings, told),
        advice=advice.advise(
            findings, told, worded.fillers, norms, slow=delivery.is_slow(timed, norms)
        ),
    )


def _relevance(question: Question, sentences: Sequence[str]) -> Finding:
    area, found = "star.relevance", relevance(question.text, sentences)
    if found is None or found.met is None:
        return Finding(area, None, "Whether the answer fits the question is yours to judge.")
    if not found.met:
        text = f"Little in it goes with “{found.asked}”, which the question asks about."
        return Finding(area, 0.0, text, "P")
    words = ", ".join(found.words)
    return Finding(area, 1.0, f"It goes with “{found.asked}” ({words}).", "P")


def _story(
    words: Sequence[Word],
    ranges: Sequence[Range],
    judged: StarJudgement,
    corrections: Sequence[Correction],
) -> story.Story:
    labels = tuple(
        _corrected(r, label, corrections) for r, label in zip(ranges, judged.labels, strict=True)
    )
    before, after = ({label.part for label in each} for each in (judged.labels, labels))
    # A part that was only there by a label that the user took away is not told.
    missing = tuple(
        part
        for part in StarPart
        if part not in after and (part in judged.missing or part in before)
    )
    unclear = tuple(part for part in judged.unclear if part not in after)
    episode = "past" if labels != judged.labels and StarPart.ACTION in after else judged.episode
    nearest = tuple(label.nearest for label in labels)
    return story.Story(_sentences(words, ranges, labels), missing, unclear, episode, nearest)


def _corrected(r: Range, label: Label, corrections: Sequence[Correction]) -> Label:
    for correction in corrections:
        shared = min(r.last, correction.last) - max(r.first, correction.first) + 1
        if 2 * shared > r.last - r.first + 1:  # sentences may be cut otherwise than they were
            return Label(correction.part, 1.0, "corrected by you")
    return label


def _sentences(
    words: Sequence[Word], ranges: Sequence[Range], labels: Sequence[Label]
) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            text=_text(words, r),
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


def _text(words: Sequence[Word], r: Range) -> str:
    return " ".join(word.text for word in words[r.first : r.last + 1])


def _of_question(question: Question, told: story.Story) -> list[Finding]:
    """What a story shows about the competencies and HR areas that the question is about."""
    met = told.told if told.episode == "past" else 0.0
    text = "A complete story is told." if met == 1 else "The story is not complete."
    return [
        Finding(area, round(met, 2), text, "C")
        for area in question.areas
        if area.startswith(("comp.", "hr."))
    ]
