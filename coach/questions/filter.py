"""Which questions of the banks are asked for: by line of work, level, kind and company."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.errors import UnknownQuestionError
from coach.questions.question import Kind, Question

ANY = "any"
OWN = ("mine-", "own-")  # how the ids of the user's own questions begin


@dataclass(frozen=True)
class Filter:
    """What the user asks for; empty where nothing is.

    Attributes:
        field: a line of work.
        level: "first_job", "experienced" or "leading".
        kinds: the structures that answers may want.
        company: whose interview is practised.
    """

    field: str = ""
    level: str = ""
    kinds: tuple[Kind, ...] = ()
    company: str = ""

    def favours(self, question: Question) -> bool:
        """Whether it is made for what is asked for, and not for everyone."""
        return (
            _same(question.field, self.field)
            or _same(question.level, self.level)
            or _same(question.company, self.company)
        )


def is_own(question: Question) -> bool:
    """Whether it is the user's own: typed, from a rejection, or from a posting."""
    return question.id.startswith(OWN)


def matching(questions: Sequence[Question], wanted: Filter) -> tuple[Question, ...]:
    """The questions that may be drawn.

    Questions for every line of work, level and company always may; those for one of them only where
    it is asked for. The user's own need not be asked for.

    Raises:
        UnknownQuestionError: no question at all is for that; says for what there are some.
    """
    _check("field", wanted.field, (question.field for question in questions))
    _check("level", wanted.level, (question.level for question in questions))
    _check("company", wanted.company, (question.company for question in questions))
    found = tuple(question for question in questions if _matches(question, wanted))
    if not found:
        raise UnknownQuestionError(
            f"No question of the kind {' or '.join(wanted.kinds)} is left by what you ask for.",
            "Ask for less, such as the kind alone.",
        )
    return found


def of_company(questions: Sequence[Question], company: str) -> tuple[Question, ...]:
    """Those for this company alone."""
    return tuple(question for question in questions if _same(question.company, company))


def _matches(question: Question, wanted: Filter) -> bool:
    # What an interviewer should not ask is drilled on request only.
    on_request = wanted.kinds or question.kind is Kind.OFF_LIMITS
    if on_request and question.kind not in wanted.kinds:
        return False
    return all(
        asked in ("", ANY) or _same(asked, named) or (not named and is_own(question))
        for asked, named in (
            (question.field, wanted.field),
            (question.level, wanted.level),
            (question.company, wanted.company),
        )
    )


def _same(asked: str, named: str) -> bool:
    return bool(named) and asked.lower() == named.lower()


def _check(what: str, named: str, known: Iterable[str]) -> None:
    there = sorted({each for each in known if each not in ("", ANY)})
    if not named or any(_same(each, named) for each in there):
        return
    near = difflib.get_close_matches(named.lower(), there, n=1)
    if near:
        next_step = f"Did you mean {near[0]}?"
    elif there:
        next_step = f"There are some for: {', '.join(there)}."
    else:
        next_step = f"No question of your banks names a {what}; those for everyone need no option."
    raise UnknownQuestionError(f'No question is for the {what} "{named}".', next_step)
