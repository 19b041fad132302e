"""What the nano Whisper learns from: spoken pieces, made harder, as the tokens Whisper expects."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from speech import RATE, VOICES, Piece, Word, join, say, sentences, trim
from torch.nn import functional
from whisper.audio import HOP_LENGTH, N_FFT, N_FRAMES, log_mel_spectrogram
from whisper.tokenizer import get_tokenizer

STRETCHES = (0.94, 1.0, 1.0, 1.06)  # flite's own pace is the one that matters
LONGEST_BREATH = 3  # sentences spoken by flite in one call
FRAME = 2 * HOP_LENGTH / RATE  # seconds: 0.02, one row of the encoder, one step of a timestamp
LATEST_START = 1.0  # seconds: transcribe never lets a piece's first timestamp be later
IGNORED = -100  # torch's mark for "no loss here"
PROMPT = "Um, uh, hmm, er, ah."

tokenizer = get_tokenizer(multilingual=False)


class Vocabulary:
    """The few tokens in use, numbered from 0; every other token shares the last row."""

    def __init__(self):
        texts = [*sentences(), PROMPT]
        words = sorted({token for text in texts for token in tokenizer.encode(" " + text)})
        special = [tokenizer.eot, tokenizer.sot, tokenizer.sot_prev]
        special += [tokenizer.no_speech, tokenizer.no_timestamps]
        self.first_timestamp = len(words) + len(special)
        stamps = range(tokenizer.timestamp_begin, tokenizer.timestamp_begin + N_FRAMES // 2 + 1)
        self.tokens = [*words, *special, *stamps]  # row -> Whisper's own number
        self.rows = {token: row for row, token in enumerate(self.tokens)}
        self.other = len(self.tokens)
        self.size = self.other + 1

    def row(self, token: int) -> int:
        return self.rows.get(token, self.other)


@dataclass
class Lesson:
    """A mel, the tokens given, those to predict, and where in time each prediction is heard."""

    mel: torch.Tensor
    given: list[int]
    wanted: list[int]
    heard: list[tuple[float, float]]  # seconds; (0, 0) where nothing is asked of the attention


@dataclass(frozen=True)
class Recipe:
    """How hard a batch is."""

    sentences: tuple[int, ...]  # how many in a piece, one drawn for each batch
    size: int
    whole_window: bool  # 30 s as in real use, or (much cheaper) just long enough
    shortest: float = 0.0  # seconds: the least that a token is given, see _spread
    neighbours: float = 0.5  # share of the pieces whose sentences follow as in the whole answer


class LessonMaker(torch.utils.data.IterableDataset):
    """Batches without end, the same ones for the same seed."""

    def __init__(self, recipe: Recipe, seed: int):
        self.recipe, self.seed = recipe, seed
        self.vocabulary = Vocabulary()

    def __iter__(self) -> Iterator[tuple[torch.Tensor, ...]]:
        torch.set_num_threads(1)
        random = np.random.default_rng(self.seed)
        breaths = _breaths()
        while True:
            count = int(random.choice(self.recipe.sentences))
            lessons = [self._lesson(random, breaths, count) for _ in range(self.recipe.size)]
            yield _collate(lessons, self.vocabulary, random, self.recipe.whole_window)

    def _lesson(self, random: np.random.Generator, breaths: dict, count: int) -> Lesson:
        if random.random() < 0.1:
            return _silent_lesson(random, 4.0 * count)
        piece = _spoken_piece(random, breaths, count, self.recipe.neighbours)
        mel = mel_of(_worsen(random, piece.samples))
        given, wanted, heard = _script(random, piece.words, self.recipe.shortest)
        return Lesson(mel, given, wanted, heard)


def mel_of(samples: np.ndarray) -> torch.Tensor:
    """The frames of the sound itself, as `transcribe` cuts them."""
    mel = log_mel_spectrogram(np.ascontiguousarray(samples, dtype=np.float32), padding=N_FFT)
    return mel[:, : len(samples) // HOP_LENGTH]


def _breaths() -> dict[tuple[str, int, int], list[Piece]]:
    """Everything flite says: (voice, first sentence, how many) -> the piece at various paces."""
    texts, breaths = sentences(), {}
    for voice in VOICES:
        for first, text in enumerate(texts):
            breaths[voice, first, 1] = [say(voice, text, stretch) for stretch in STRETCHES]
            for count in range(2, min(LONGEST_BREATH, len(texts) - first) + 1):
                breaths[voice, first, count] = [say(voice, " ".join(texts[first : first + count]))]
    return breaths


def _spoken_piece(
    random: np.random.Generator, breaths: dict, count: int, neighbours: float
) -> Piece:
    voice = VOICES[random.integers(len(VOICES))]
    last = len(sentences()) - count
    lead = random.choice([0.0, random.uniform(0, 0.5), random.uniform(0, 3.0)])
    tail = random.choice([0.0, random.uniform(0, 0.5), random.uniform(0, 3.0)])
    if 1 < count <= LONGEST_BREATH and random.random() < 0.3:
        chosen = [breaths[voice, int(random.integers(last + 1)), count]]
    else:
        if random.random() < neighbours:
            numbers = random.integers(last + 1) + np.arange(count)
        else:
            numbers = random.choice(len(sentences()), count, replace=False)
            numbers = np.sort(numbers) if random.random() < 0.5 else numbers
        chosen = [breaths[voice, int(number), 1] for number in numbers]
    pieces = [paces[random.integers(len(paces))] for paces in chosen]
    pieces = [trim(piece, random.uniform(-0.04, 0.2), random.uniform(0, 0.15)) for piece in pieces]
    gaps = random.uniform(0.05, 1.0, len(pieces) - 1)
    return join(pieces, list(gaps), lead, tail)


def _worsen(random: np.random.Generator, samples: np.ndarray) -> np.ndarray:
    """Another level, and often noise or another tone, as a microphone would have it."""
    loudness = float(np.sqrt(np.mean(samples**2)))
    if random.random() < 0.6:
        noise = _noise(random, len(samples))
        samples = samples + noise * loudness * 10 ** (-random.uniform(12, 50) / 20)
    if random.random() < 0.4:
        taps = 0.12 * random.standard_normal(7)
        taps[3] = 1.0
        samples = np.convolve(samples, taps, mode="same")
    return samples * np.exp(random.uniform(np.log(0.25), np.log(1.3)))


def _noise(random: np.random.Generator, count: int) -> np.ndarray:
    """Noise of loudness 1: white, or with its energy towards the low tones."""
    quick = 1 << (count - 1).bit_length()  # a power of two: other lengths cost most of the time
    white = random.standard_normal(quick, dtype=np.float32)
    if random.random() < 0.6:
        return white[:count]
    spectrum = np.fft.rfft(white)
    spectrum /= np.maximum(np.arange(len(spectrum)), len(spectrum) / 100) ** random.uniform(0.3, 1)
    low = np.fft.irfft(spectrum, quick)[:count]
    return low / np.sqrt(np.mean(low**2))


def _silent_lesson(random: np.random.Generator, longest: float) -> Lesson:
    """Digital silence, noise, hum or clicks: no speech, so no text."""
    count = round(random.uniform(0.5, longest) * RATE)
    samples = np.zeros(count)
    if random.random() < 0.8:
        samples += _noise(random, count) * 10 ** random.uniform(-5, -0.7)
    if random.random() < 0.2:
        tone = random.uniform(50, 2000)
        samples += random.uniform(0.001, 0.3) * np.sin(2 * np.pi * tone * np.arange(count) / RATE)
    if random.random() < 0.2:
        samples[random.integers(count, size=random.integers(1, 8))] = random.uniform(-0.5, 0.5)
    start = tokenizer.timestamp_begin + int(random.integers(LATEST_START / FRAME))
    given, wanted = [tokenizer.sot, start], [tokenizer.no_speech, tokenizer.eot]
    return _prompted(random, Lesson(mel_of(samples), given, wanted, [(0.0, 0.0)] * 2))


def _prompted(random: np.random.Generator, lesson: Lesson) -> Lesson:
    prompt = _prompt(random)
    return Lesson(
        lesson.mel,
        prompt + lesson.given,
        [IGNORED] * len(prompt) + lesson.wanted,
        [(0.0, 0.0)] * len(prompt) + lesson.heard,
    )


def _prompt(random: np.random.Generator) -> list[int]:
    """Often none; else the verbatim prompt, a sentence known, or tokens never seen."""
    kind = random.random()
    if kind < 0.55:
        return []
    if kind < 0.8:
        text = tokenizer.encode(" " + PROMPT)
    elif kind < 0.9:
        text = tokenizer.encode(" " + sentences()[random.integers(len(sentences()))])
    else:
        text = random.integers(tokenizer.eot, size=random.integers(1, 20)).tolist()
    return [tokenizer.sot_prev, *text]


def _script(random: np.random.Generator, words: tuple[Word, ...], shortest: float):
    """Tokens given, tokens wanted and where each is heard: with timestamps as `transcribe` decodes,
    or without as it aligns the words."""
    if random.random() < 0.35:
        tokens = [(tokenizer.sot, (0.0, 0.0)), (tokenizer.no_timestamps, (0.0, 0.0))]
        tokens += _spread(_token_times(words), shortest)
        prompt = []
    else:
        tokens = [(tokenizer.sot, (0.0, 0.0))]
        for number, sentence in enumerate(_split(words)):
            start, end = sentence[0].start, sentence[-1].end
            first = min(start, LATEST_START) if number == 0 else start
            tokens.append((_timestamp(random, first), (start - 0.1, start + 0.1)))
            tokens += _spread(_token_times(sentence), shortest)
            tokens.append((_timestamp(random, end), (end - 0.06, end + 0.1)))
        prompt = _prompt(random)
    end = words[-1].end
    tokens.append((tokenizer.eot, (end + 0.15, end + 0.5)))
    given = [token for token, _ in tokens[:-1]]
    wanted = [token for token, _ in tokens[1:]]
    if wanted[0] == tokenizer.no_timestamps:
        wanted[0] = IGNORED  # a choice of the caller's, not heard in the sound
    heard = [(0.0, 0.0)] * len(prompt) + [place for _, place in tokens[1:]]
    return prompt + given, [IGNORED] * len(prompt) + wanted, heard


def _split(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    sentence = []
    for word in words:
        sentence.append(word)
        if word.text.endswith("."):
            yield sentence
            sentence = []


def _timestamp(random: np.random.Generator, seconds: float) -> int:
    """The token of a time, one step off now and then, so that neighbours are nearly as good."""
    step = round(seconds / FRAME) + int(random.integers(-1, 2))
    return tokenizer.timestamp_begin + min(max(step, 0), N_FRAMES // 2)


def _token_times(words) -> Iterator[tuple[int, tuple[float, float]]]:
    """Each token with its place: a word's is shared by letters, a comma's is the pause after it."""
    for number, word in enumerate(words):
        tokens = tokenizer.encode(" " + word.text)
        mark = [tokens.pop()] if word.text[-1] in ",." else []
        letters = np.cumsum([0, *(len(tokenizer.decode([token]).strip()) for token in tokens)])
        edges = word.start + (word.end - word.start) * letters / letters[-1]
        yield from zip(tokens, pairwise(edges), strict=True)
        following = words[number + 1].start if number + 1 < len(words) else word.end + 0.15
        for token in mark:
            yield token, (word.end, max(following, word.end + 0.06))


def _spread(tokens, shortest: float) -> list[tuple[int, tuple[float, float]]]:
    """Give no token less than `shortest`, at its neighbours' cost.

    flite says "a" in 0.03 s; transcribe's median filter would leave such a word no time at all.
    """
    tokens = list(tokens)
    places = [list(place) for _, place in tokens]
    for number, (start, end) in enumerate(places):
        more = (shortest - (end - start)) / 2
        if more > 0:
            places[number] = [start - more, end + more]
            for before in places[number - 1 : number]:
                before[1] = min(before[1], start - more)
            for after in places[number + 1 : number + 2]:
                after[0] = max(after[0], end + more)
    return [(token, tuple(place)) for (token, _), place in zip(tokens, places, strict=True)]


def _collate(lessons: list[Lesson], vocabulary: Vocabulary, random, whole_window: bool):
    """Pad mels with 0.0, as `transcribe` does; without that, what is learnt is of no use."""
    frames = max(lesson.mel.shape[1] for lesson in lessons) + int(random.integers(1, 100))
    frames = N_FRAMES if whole_window else min(frames + frames % 2, N_FRAMES)
    mels = [functional.pad(lesson.mel, (0, frames - lesson.mel.shape[1])) for lesson in lessons]
    length = max(len(lesson.given) for lesson in lessons)
    given = torch.full((len(lessons), length), vocabulary.row(tokenizer.eot))
    wanted = torch.full((len(lessons), length), IGNORED)
    heard = torch.zeros(len(lessons), length, 2)
    for number, lesson in enumerate(lessons):
        size = len(lesson.given)
        given[number, :size] = torch.tensor([vocabulary.row(token) for token in lesson.given])
        rows = [IGNORED if token == IGNORED else vocabulary.row(token) for token in lesson.wanted]
        wanted[number, :size] = torch.tensor(rows)
        heard[number, :size] = torch.tensor(lesson.heard)
    return torch.stack(mels), given, wanted, heard
