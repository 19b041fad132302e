"""What a take shows about how it was said: length, pace, fillers, pauses, hedges."""

from coach.assessment.assessment import Finding
from coach.assessment.norms import Band, Norms
from coach.assessment.timing import Timing
from coach.assessment.wording import Wording
from coach.questions.question import Question

_MET = {"green": 1.0, "amber": 0.5, "red": 0.0}


def findings(
    question: Question,
    timing: Timing,
    wording: Wording,
    fillers: int | None,
    hesitations: int | None,
    norms: Norms,
) -> list[Finding]:
    """One finding for each voice.* area that the words and their times show something about.

    Args:
        fillers, hesitations: as in Assessment.
    """
    return [
        *_length(question, timing, wording.words, norms),
        _pace(timing, norms),
        _fillers(timing, wording, fillers, hesitations, norms),
        _hesitation(timing, norms),
        _confidence(timing, wording),
    ]


def _length(question: Question, timing: Timing, words: int, norms: Norms) -> list[Finding]:
    band = norms.length(question)
    seconds, said = timing.seconds, ""
    if seconds is None:
        seconds, said = 60 * words / (sum(norms.pace.green) / 2), " if it were said"
    met = _MET[band.colour(seconds)]
    about = "About " if said else ""
    text = f"{about}{seconds:.0f} s{said}; {_range(band)} s is aimed at."
    too_long = seconds > band.green[1]
    too_short = seconds < band.green[0]
    return [
        Finding("voice.long", met if too_long else 1.0, text, band.source),
        Finding("voice.short", met if too_short else 1.0, text, band.source),
    ]


def _pace(timing: Timing, norms: Norms) -> Finding:
    if timing.words_per_minute is None:
        why = "A typed answer has no pace." if timing.seconds is None else "Too little was spoken."
        return Finding("voice.pace", None, why)
    band = norms.pace
    text = f"{timing.words_per_minute:.0f} words a minute; {_range(band)} is aimed at."
    return Finding("voice.pace", _MET[band.colour(timing.words_per_minute)], text, band.source)


def is_slow(timing: Timing, norms: Norms) -> bool:
    """Whether fewer words a minute were spoken than are aimed at."""
    pace = timing.words_per_minute
    return pace is not None and pace < norms.pace.green[0]


def _fillers(
    timing: Timing, wording: Wording, fillers: int | None, hesitations: int | None, norms: Norms
) -> Finding:
    if timing.seconds is None:
        return Finding("voice.fillers", None, "Nobody types the fillers that they would say.")
    if fillers is None:
        return Finding("voice.fillers", None, "Not measurable with this engine.")
    rate = per_hundred(fillers, wording.words)
    text = f"{rate:.1f} fillers per 100 words; up to {norms.fillers.green[1]:.0f} is fine."
    if hesitations:
        times = "hesitation" if hesitations == 1 else "hesitations"
        text += f" {fillers - hesitations} in words, and about {hesitations} {times} heard."
    return Finding("voice.fillers", _MET[norms.fillers.colour(rate)], text, norms.fillers.source)


def _hesitation(timing: Timing, norms: Norms) -> Finding:
    if timing.start_delay is None or timing.seconds is None:
        return Finding("voice.hesitation", None, "A typed answer has no pauses.")
    # One pause inside a sentence in a minute is nothing; three are.
    broken = timing.broken_clauses / max(1.0, timing.seconds / 60)
    met = min(_MET[norms.start_delay.colour(timing.start_delay)] + 0.5, 1 - min(1.0, broken / 4))
    text = (
        f"{timing.start_delay:.1f} s before the first word; "
        f"{timing.broken_clauses} long pauses inside a sentence."
    )
    return Finding("voice.hesitation", round(max(0.0, min(1.0, met)), 2), text, "P")


def _confidence(timing: Timing, wording: Wording) -> Finding:
    rate = per_hundred(len(wording.hedges), wording.words)
    if timing.seconds is None:
        text = f"{rate:.1f} hedges per 100 words; whether you sound sure, only your voice can show."
        return Finding("voice.confidence", None, text)
    text = f"{rate:.1f} hedges per 100 words; no threshold is known, watch the trend."
    # Shown as a trend only, so it is scaled, not judged: ten in a hundred words is the far end.
    return Finding("voice.confidence", round(max(0.0, 1 - rate / 10), 2), text, "E")


def per_hundred(count: int, words: int) -> float:
    return 100 * count / max(1, words)


def _range(band: Band) -> str:
    return f"{band.green[0]:.0f}–{band.green[1]:.0f}"
