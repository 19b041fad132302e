"""The labeller: what it says of whole, broken and hostile answers, and what it stands on."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.assessment.chain import Chain
from coach.assessment.features import see, stem, word_class
from coach.assessment.model import FILE, load_model, save_model
from coach.assessment.reading import read_answer
from coach.assessment.star import UNSURE, StarJudgement, StarPart, judge
from coach.assessment.train import fingerprint
from coach.errors import ModelError
from coach.transcript.transcript import Word

SETUP = "last spring i was the night porter of a small hotel and the boiler broke on a friday"
TASK = "my manager asked me to keep forty guests warm until the engineer came on monday"
ACTION = "first i moved the families to the rooms with fireplaces and i borrowed twelve heaters"
RESULT = "as a result not one guest left and the owner thanked me in front of everybody"
WHOLE = [SETUP, TASK, ACTION, RESULT]


def letters(judgement: StarJudgement) -> str:
    return "".join(label.part.value if label.part else "-" for label in judgement.labels)


def test_a_plain_story_is_told_in_four_parts():
    judgement = judge(WHOLE)
    assert letters(judgement) == "STAR"
    assert judgement.missing == judgement.unclear == ()
    assert judgement.episode == "past"


@pytest.mark.parametrize("gone", StarPart)
def test_a_part_that_is_not_told_is_missing_and_labels_no_sentence(gone: StarPart):
    told = [s for s, part in zip(WHOLE, StarPart, strict=True) if part is not gone]
    judgement = judge(told)
    assert gone in judgement.missing + judgement.unclear
    assert gone.value not in letters(judgement)


def test_every_part_is_told_or_missing_or_unclear():
    for sentences in ([SETUP], [TASK, ACTION], [RESULT, SETUP], WHOLE):
        judgement = judge(sentences)
        told = {label.part for label in judgement.labels if label.part}
        assert told | set(judgement.missing) | set(judgement.unclear) == set(StarPart)
        assert not told & (set(judgement.missing) | set(judgement.unclear))


def test_the_reason_quotes_words_of_the_sentence():
    for sentence, label in zip(WHOLE, judge(WHOLE).labels, strict=True):
        quoted = label.why.split('"')[1::2]
        assert quoted
        assert all(text in sentence for text in quoted), label.why


def test_what_is_not_likely_enough_is_called_unsure():
    for label in judge(["it was", "then he said that", "we all went there and so on"]).labels:
        assert (label.part is None) or label.confidence >= UNSURE
        assert label.nearest == "O" or label.part or label.why.startswith("unsure; nearest to ")


@pytest.mark.parametrize(
    ("sentences", "episode"),
    [
        (["if a customer was angry i would first listen", "then i'd call him"], "hypothetical"),
        (["i am a good listener", "communication is key", "i'm very patient"], "general"),
    ],
)
def test_what_is_no_episode_tells_no_part(sentences: list[str], episode: str):
    judgement = judge(sentences)
    assert judgement.missing == tuple(StarPart)
    assert judgement.episode == episode


def test_a_list_of_keywords_is_no_story():
    keywords = "leadership communication teamwork stakeholder management result driven deadline kpi"
    assert letters(judge([keywords] * 10)) == "-" * 10
    assert judge(keywords.split()).episode == "none"


@pytest.mark.parametrize(
    "text",
    [
        "ich war im letzten jahr in einer firma und wir hatten ein problem mit dem chef",
        "el año pasado trabajé en una tienda y tuve un problema con un cliente enojado",
        "l'année dernière je travaillais dans un magasin et nous avions un client fâché",
        "w zeszłym roku pracowałem w sklepie i mieliśmy problem z klientem",
        "geçen yıl bir mağazada çalışıyordum ve bir müşteriyle sorun yaşadık",
        "去年 我 在 一家 商店 工作 我们 有 一个 问题",
        "في العام الماضي كنت أعمل في متجر وكان لدينا مشكلة مع زبون",
    ],
)
def test_another_language_is_named_and_not_judged(text: str):
    judgement = judge([text])
    assert judgement.episode == "foreign"
    assert judgement.missing == tuple(StarPart)
    assert "not English as far as I can tell" in judgement.labels[0].why


@pytest.mark.parametrize(
    "sentences",
    [
        [],
        [""],
        ["yes"],
        ["um uh um", "er"],
        ["42 17 3", "twenty three hundred"],
        ["\x00\x1b[31m\u202e", "<b></b>", "{}"],
        ["result"] * 50,
    ],
)
def test_what_tells_nothing_has_no_part(sentences: list[str]):
    judgement = judge(sentences)
    assert len(judgement.labels) == len(sentences)
    assert judgement.missing == tuple(StarPart)
    assert not any(label.part for label in judgement.labels)


def test_five_thousand_words_are_judged():
    judgement = judge([*WHOLE[:2], *[ACTION] * 300, RESULT])
    assert len(judgement.labels) == 303
    ranges, _ = read_answer([Word(word) for word in " ".join([ACTION] * 330).split()])
    assert ranges[-1].last + 1 == len(" ".join([ACTION] * 330).split())


@given(st.lists(st.text(max_size=60), max_size=12))
@settings(max_examples=60)
def test_no_text_breaks_it(sentences: list[str]):
    judgement = judge(sentences)
    assert len(judgement.labels) == len(sentences)
    assert all(0 <= label.confidence <= 1 and label.why for label in judgement.labels)


VOCABULARY = sorted(
    {word for sentence in WHOLE for word in sentence.split()} | {"um", "i'd", "would"}
)


@given(st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=15).map(" ".join), max_size=12))
@settings(max_examples=60)
def test_any_order_of_plain_words_gets_a_consistent_judgement(sentences: list[str]):
    judgement = judge(sentences)
    told = {label.part for label in judgement.labels if label.part}
    assert told | set(judgement.missing) | set(judgement.unclear) == set(StarPart)
    assert not told & set(judgement.missing)


def test_features_hold_what_they_are_named_for():
    (seen,) = see(["um my manager asked me to call 42 people"])
    assert seen.words == ("my", "manager", "asked", "me", "to", "call", "42", "people")
    assert seen.spans["b:asked me"] == (2, 4)
    assert len(set(seen.row)) == len(seen.row)
    assert (stem("called"), stem("stopped"), stem("went")) == ("call", "stop", "go")
    assert (word_class("supervisors"), word_class("42"), word_class("rang")) == (
        "BOSS",
        "NUM",
        "SAY",
    )


def test_marginals_are_those_of_every_path_counted_one_by_one():
    chain = Chain("AB", {"x": (500, -200), "y": (-1000, 700)}, ((300, -100), (0, 900)))
    (first, second) = chain.marginals([["x"], ["y", "unknown"]])
    emissions, follows = [(0.5, -0.2), (-1.0, 0.7)], [(0.3, -0.1), (0.0, 0.9)]
    weights = {
        (a, b): 2.718281828459045 ** (emissions[0][a] + follows[a][b] + emissions[1][b])
        for a in (0, 1)
        for b in (0, 1)
    }
    total = sum(weights.values())
    assert first[0] == pytest.approx((weights[0, 0] + weights[0, 1]) / total)
    assert second[1] == pytest.approx((weights[0, 1] + weights[1, 1]) / total)


def test_a_model_survives_the_way_to_disk_and_back(tmp_path: Path):
    model, file = load_model(), tmp_path / "model.json.gz"
    save_model(model, file)
    assert load_model(file) == model
    assert file.read_bytes() == FILE.read_bytes()


def test_the_model_was_trained_from_this_corpus_and_is_small():
    assert load_model().trained_from == fingerprint()
    assert FILE.stat().st_size < 5_000_000


def packed(data: object) -> bytes:
    return gzip.compress(json.dumps(data).encode(), compresslevel=1)  # as small as needs be


def shipped() -> dict:
    return json.loads(gzip.decompress(FILE.read_bytes()))


def odd_weights() -> dict:
    data = shipped()
    data["written"]["weights"] = data["written"]["weights"][:-8]
    return data


def test_a_model_of_another_version_is_refused(tmp_path: Path):
    other = tmp_path / "other.json.gz"
    other.write_bytes(packed({**shipped(), "version": 99}))
    with pytest.raises(ModelError, match=r"of version 99\.\d+, and this coach reads"):
        load_model(other)


DAMAGE = {
    "short": lambda: FILE.read_bytes()[: FILE.stat().st_size // 2],
    "empty": lambda: b"",
    "not gzip": lambda: b"hello",
    "not a model": lambda: packed([1, 2]),
    "odd weights": lambda: packed(odd_weights()),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_model_is_refused(tmp_path: Path, damage: str):
    file = tmp_path / "damaged.json.gz"
    file.write_bytes(DAMAGE[damage]())
    with pytest.raises(ModelError, match="is damaged"):
        load_model(file)


def test_a_missing_model_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match="is not at"):
        load_model(tmp_path / "none.json.gz")


def test_thresholds_decide_what_is_missing():
    labeller = load_model().written
    strict = replace(labeller, told=dict.fromkeys("STAR", 1.1))
    assert judge(WHOLE, strict).missing == tuple(StarPart)
    assert letters(judge(WHOLE, strict)) == "----"
