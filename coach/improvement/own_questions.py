"""The user's own questions: the kind and areas that their wording proposes, and keeping them."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from coach import places
from coach.improvement.feedback import areas_of
from coach.questions.area_texts import load_area_texts
from coach.questions.bank import load_banks, read_bank
from coach.questions.guess import guess_kind
from coach.questions.own import NAME, add_questions
from coach.questions.propose import Vocabulary, propose_areas, vocabulary
from coach.questions.question import Kind, Question, plain


def shipped_vocabulary() -> Vocabulary:
    """How the shipped banks word their questions; what proposals are made from."""
    folder = places.shipped_banks()
    return vocabulary(load_banks((folder,)), load_area_texts(folder))


def propose(text: str, words: Vocabulary, kind: Kind | None = None) -> tuple[Kind, tuple[str, ...]]:
    """A kind, where none is given, and areas for a question of the user's."""
    kind = kind or guess_kind(text)
    competency = next((area for area in areas_of(text) if area.startswith("comp.")), "")
    return kind, propose_areas(text, kind, words, (competency,))


def question_from(text: str, words: Vocabulary) -> Question:
    """A question with the kind and the areas that its wording speaks of; without an id."""
    asked = " ".join(text.split())
    kind, areas = propose(asked, words)
    return Question(id="", text=asked, kind=kind, areas=areas)


def new_questions(
    texts: Iterable[str], known: Iterable[Question], words: Vocabulary
) -> tuple[Question, ...]:
    """Those texts that no bank asks yet, as questions without an id."""
    asked = {plain(wording) for question in known for wording in question.wordings}
    fresh = {plain(text): text for text in texts if plain(text) not in asked}
    return tuple(question_from(text, words) for text in fresh.values())


def keep_questions(texts: Sequence[str]) -> tuple[Question, ...]:
    """Put those that no bank asks yet into the user's own bank; from then on drills ask them.

    Raises:
        BankError, HomeError: a bank has a fault, or the folder cannot be written.
    """
    if not texts:
        return ()
    known = load_banks((places.shipped_banks(), places.own_banks()))
    return add_questions(places.own_banks(), new_questions(texts, known, shipped_vocabulary()))


def own_bank() -> Path:
    """The file that `keep_questions` adds to."""
    return places.own_banks() / NAME


def own_questions_of(texts: Collection[str]) -> tuple[Question, ...]:
    """Those of the user's own bank that ask one of these.

    They may have been there before a rejection named them, so nothing but the user deletes them.

    Args:
        texts: plain words (see `plain`).
    """
    if not texts or not own_bank().is_file():
        return ()
    return tuple(one for one in read_bank(own_bank()) if plain(one.text) in texts)
