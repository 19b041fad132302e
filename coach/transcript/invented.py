"""Words that a recogniser writes although nobody said them.

Over silence and noise Whisper writes what its training films end with, repeats itself, or repeats
its prompt. Such words are dropped only where the voice detector doubts them too: people do say
"Thank you", and people do stutter.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from coach.recording.recording import Span
from coach.transcript.transcript import Word

HEARD = 0.5  # of a word's time lies in speech: the detector hears it too
SHORTEST_WORD = 0.06  # s: "no" in a hurry takes 0.1; invented repetitions are squeezed together
DOUBTFUL = 0.4  # mean probability of a sign-off below which it is not believed
REPEATED = 3  # times: two are an everyday slip
ECHOED = 3  # words of the prompt, in its order
SIGN_OFFS = frozenset(
    {
        "bye",
        "bye bye",
        "please subscribe",
        "see you next time",
        "see you in the next video",
        "thank you",
        "thank you for watching",
        "thank you so much for watching",
        "thank you very much",
        "thanks",
        "thanks for watching",
        "you",
    }
)
_LONGEST_SIGN_OFF = max(len(phrase.split()) for phrase in SIGN_OFFS)


def without_invented(
    words: Sequence[Word], spans: Sequence[Span], prompt: str = ""
) -> tuple[Word, ...]:
    """The words of one piece that were said.

    Args:
        words: with times on the same clock as `spans`.
        spans: where the voice detector hears speech.
        prompt: what the recogniser was told before the piece.
    """
    left = _without_echo(words, _plain_words(prompt))
    left = _without_sign_off(left, spans)
    return tuple(_without_repetitions(left, spans))


def _plain(word: Word) -> str:
    return "".join(c for c in word.text.lower() if c.isalnum() or c == "'")


def _plain_words(text: str) -> list[str]:
    return [_plain(Word(word)) for word in text.split()]


def _without_echo(words: Sequence[Word], prompt: list[str]) -> list[Word]:
    """Drop runs that repeat three words or more of the prompt in its order."""
    follows = set(pairwise(prompt))
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and (_plain(run[-1]), _plain(word)) not in follows:
            kept += _unless_echo(run)
            run = []
        run.append(word)
    return kept + _unless_echo(run)


def _unless_echo(run: list[Word]) -> list[Word]:
    return [] if len(run) >= ECHOED else run


def _without_sign_off(words: list[Word], spans: Sequence[Span]) -> list[Word]:
    """Drop a farewell at the end of the piece that nobody is heard to say."""
    for count in range(min(_LONGEST_SIGN_OFF, len(words)), 0, -1):
        end = words[-count:]
        own_sentence = count == len(words) or words[-count - 1].text[-1:] in ".?!"
        if own_sentence and " ".join(map(_plain, end)) in SIGN_OFFS:
            return words[:-count] if _doubted(end, spans) else words
    return words


def _doubted(words: Sequence[Word], spans: Sequence[Span]) -> bool:
    heard = sum(_is_heard(word, spans) for word in words)
    probabilities = [word.probability for word in words if word.probability is not None]
    unsure = probabilities and sum(probabilities) / len(probabilities) < DOUBTFUL
    return heard < len(words) or bool(unsure)


def _without_repetitions(words: Iterable[Word], spans: Sequence[Span]) -> list[Word]:
    """Keep one of three or more equal words, and those of the others that are really heard."""
    kept: list[Word] = []
    for _, group in groupby(words, key=_plain):
        run = list(group)
        if len(run) < REPEATED:
            kept += run
        else:
            kept += [run[0], *(word for word in run[1:] if _is_heard(word, spans))]
    return kept


def _is_heard(word: Word, spans: Sequence[Span]) -> bool:
    if word.start is None or word.end is None:
        return False
    start, end = word.start, word.end
    inside = sum(max(0.0, min(span.end, end) - max(span.start, start)) for span in spans)
    return end - start >= SHORTEST_WORD and inside >= HEARD * (end - start)
