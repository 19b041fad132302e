"""A story about something else is told from one about the matter, as far as words can tell."""

import gzip
import json
from pathlib import Path

import pytest

from coach.assessment.assess import assess
from coach.assessment.norms import load_norms
from coach.assessment.relevance import FILE, load_relevance, relevance, save_relevance
from coach.assessment.train import fingerprint
from coach.errors import ModelError
from coach.questions.question import Kind, Question
from coach.transcript.transcript import from_text

QUARREL = (
    "last summer the two chefs were shouting at each other over the pass",
    "i was the junior manager so it was mine to calm things",
    "i took each of them aside and listened and asked them to agree on who calls the orders",
    "they apologised and the service ran twenty minutes faster",
)


def judged(question: str, sentences: tuple[str, ...] = QUARREL):
    asked = Question("q", question, Kind.BEHAVIOURAL)
    return assess(asked, from_text(". ".join(sentences).capitalize() + "."), load_norms())


def test_a_story_about_the_matter_fits_and_its_words_say_why():
    found = relevance("Tell me about a conflict at work.", QUARREL)
    assert (found.met, found.asked) == (1.0, "conflict")
    assert "shouting" in found.words


def test_a_story_about_something_else_is_doubted_and_advised_upon():
    answer = judged("Tell me about a time you used data to decide.")
    finding = answer.finding("star.relevance")
    assert (finding.met, finding.source) == (0.0, "P")
    assert "“data”" in finding.text


def test_a_question_without_a_known_theme_is_left_to_the_user():
    assert relevance("Tell me about your Tuesday.", QUARREL) is None
    assert judged("Tell me about your Tuesday.").finding("star.relevance").met is None


def test_words_of_the_question_buy_no_score():
    plain = judged("Tell me about a time you learned a new skill.")
    stuffed = judged(
        "Tell me about a time you learned a new skill.",
        (*QUARREL, "learning learned skill course training manual new"),
    )
    assert stuffed.score.overall <= plain.score.overall


def test_the_model_was_trained_from_this_corpus():
    assert load_relevance().trained_from == fingerprint()


def test_a_model_is_read_whole_or_refused(tmp_path: Path):
    copy = tmp_path / "relevance.json.gz"
    save_relevance(load_relevance(), copy)
    assert load_relevance(copy) == load_relevance()
    data = json.loads(gzip.decompress(FILE.read_bytes()))
    for number, (name, content) in enumerate(
        [("version", json.dumps({**data, "version": 99})),
         ("damaged", json.dumps({**data, "themes": {}})),
         ("damaged", "no JSON")]
    ):  # fmt: skip
        other = tmp_path / f"{number}.json.gz"
        other.write_bytes(gzip.compress(content.encode()))
        with pytest.raises(ModelError, match=name):
            load_relevance(other)
