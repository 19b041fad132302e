"""Words are cut into sentences, with punctuation and without, and none is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.assessment.model import load_model
from coach.assessment.reading import read_answer
from coach.assessment.segment import Range, clauses, normalise, texts, whole_sentences
from coach.transcript.transcript import Word

STORY = (
    "So last spring I was a porter in a hotel and the boiler broke. My manager asked me to keep the"
    " guests warm. First I moved the families, then I borrowed twelve heaters. As a result nobody"
    " left and the owner thanked me."
)
PLAIN = [word.lower().strip(".,") for word in STORY.split()]
BOUNDARIES = load_model().boundaries


def segment(said: list[Word]) -> tuple[Range, ...]:
    return whole_sentences(clauses(said, BOUNDARIES))


def words(text: str) -> list[Word]:
    return [Word(word) for word in text.split()]


def test_full_stops_end_sentences():
    cut = segment(words(STORY))
    assert [r.size for r in cut] == [14, 9, 10, 10]
    assert not any(r.guessed for r in cut)


def test_abbreviations_and_initials_end_none():
    assert len(segment(words("Dr. Amis and J. Webb met Mr. Okafor at St. Ives."))) == 1


def test_a_plain_no_ends_a_sentence_and_a_number_does_not():
    assert len(segment(words("I asked the head of fraud and he said no. Sales fell at once."))) == 2
    assert len(segment(words("I moved the guests to room No. 12 on the same floor."))) == 1
    assert len(segment(words("I had trays, cups, etc. on the trolley. It held."))) == 2


def test_without_punctuation_every_part_still_has_its_own_words():
    given_words = [Word(word) for word in PLAIN]
    ranges, judgement = read_answer(given_words)
    found = {label.part.value for label in judgement.labels if label.part}
    assert found == set("STAR")
    assert all(r.guessed for r in ranges)
    (result,) = [
        text
        for text, label in zip(texts(given_words, ranges), judgement.labels, strict=True)
        if "owner thanked me" in text and label.part
    ]
    assert "borrowed" not in result


def test_a_pause_cuts_where_words_alone_would_not():
    plain = ["we", "had", "the", "old", "machine", "in", "the", "back", "room", "there"] * 5
    even = [Word(word, i * 0.4, i * 0.4 + 0.3) for i, word in enumerate(plain)]
    paused = [
        Word(word, i * 0.4 + (i >= 20) * 1.5, i * 0.4 + 0.3 + (i >= 20) * 1.5)
        for i, word in enumerate(plain)
    ]
    chance = {r.first: r.start for r in clauses(paused, BOUNDARIES)}
    before = {r.first: r.start for r in clauses(even, BOUNDARIES)}
    assert chance[20] > before.get(20, 0.0)


def test_clauses_of_one_sentence_are_joined():
    parts = [Range(0, 3, True), Range(4, 6, True, 0.1), Range(7, 9, True, 0.8)]
    assert whole_sentences(parts) == (Range(0, 6, True), Range(7, 9, True, 0.8))


def test_normalise_keeps_fillers_and_drops_marks():
    assert [normalise(w) for w in ("Um,", "“Don’t”", "(I)", "—")] == ["um", "“don't”", "i", ""]


@given(st.lists(st.text(min_size=1, max_size=8), max_size=120))
@settings(max_examples=60)
def test_every_word_is_in_exactly_one_sentence(given_words: list[str]):
    some = [Word(word) for word in given_words]
    for ranges in (segment(some), clauses(some, BOUNDARIES), read_answer(some)[0]):
        covered = [i for r in ranges for i in range(r.first, r.last + 1)]
        assert covered == list(range(len(some)))
