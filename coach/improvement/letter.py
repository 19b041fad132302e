"""Letters to an employer or a recruiter: a thank-you that asks for feedback, and a follow-up.

Short, warm and in the user's own name. The stage, the role and what was said already decide what
stands in it: who gave reasons is thanked for them, and asked about one of them. Which of several
phrasings is taken depends on the employer and the role alone.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coach.improvement.entries import FeedbackPoint, Polarity, Rejection
from coach.improvement.points import is_outside
from coach.improvement.themes import in_a_sentence, uncapitalised

NO_NAME = "[your name]"
_LONGEST_QUOTE = 30  # words

_THANKS = {
    "application": (
        "thank you for considering my application for the {role} role at {company}.",
        "thank you for letting me know about the {role} role, and for the time {company} gave my"
        " application.",
    ),
    "screening": (
        "thank you for the first conversation about the {role} role, and for letting me know.",
        "thank you for taking me through to the first conversation about the {role} role.",
    ),
    "phone": (
        "thank you for the call about the {role} role, and for letting me know how it went on.",
        "thank you for your time on the phone; I enjoyed hearing more about the {role} role.",
    ),
    "first": (
        "thank you for the interview for the {role} role, and for letting me know.",
        "thank you for meeting me about the {role} role. I enjoyed the conversation.",
    ),
    "panel": (
        "thank you, and please thank the panel, for the interview for the {role} role.",
        "thank you for letting me know about the {role} role. Please pass my thanks to everyone"
        " on the panel for their time.",
    ),
    "task": (
        "thank you for the chance to work on the task for the {role} role, and for reading it.",
        "thank you for letting me know about the {role} role. I enjoyed the task and the look it"
        " gave me at your work.",
    ),
    "final": (
        "thank you for letting me know, and for the time that everyone at {company} gave me on the"
        " way to the final round for the {role} role.",
        "thank you for the conversations about the {role} role, up to the last one. I learned a"
        " good deal about {company} on the way.",
    ),
}
_ANY_THANKS = (
    "thank you for letting me know about the {role} role, and for the time you gave me.",
    "thank you for considering me for the {role} role at {company}.",
)
_TURN = (
    "I respect the decision. To prepare better for the next one, I would be glad of a few words"
    " from you:",
    "I understand the decision, and would like to learn from it. If you have a few minutes, I would"
    " be grateful for your view on this:",
    "I am sorry that it did not work out this time. Your honest view would help me, even in two or"
    " three lines:",
)
_SKILLS = {
    "application": "Which skills did you look for and not find in my application?",
    "task": "Which skills did you look for in the task and not find in my work?",
}
_ANY_SKILLS = (
    "Which skills did you miss, for the {role} role in particular?",
    "Were there skills for the {role} role that you would have liked to see more of?",
)
_EXPERIENCE = (
    "Was my experience a concern, its length or its kind?",
    "Did my experience play a part, and if so, which kind did you look for?",
)
_STRONGER = {
    "application": "What would make my next application stronger?",
    "task": "What would make my work on such a task, or my next application, stronger?",
}
_ANY_STRONGER = (
    "What one change would make my next application or interview stronger?",
    "If I applied to {company} again, what would make that application stronger?",
)
_TOUCH = (
    "May I stay in touch, and write to you again when a role comes up that fits better?",
    "I would like to stay in touch, if that is all right with you, and hear of roles in which I"
    " could be of use.",
)
_RECRUITER_TURN = (
    "If {company} told you more than the decision itself, I would be glad if you passed it on."
    " These are the points that would help me most:",
    "You know {company} and you know what they compared. I would be grateful for your view, or"
    " theirs, on this:",
)
_RECRUITER_TOUCH = (
    "May I stay in touch? I am still looking for work as {a_role}, and would be glad to hear of"
    " anything that you think fits.",
    "I hope that we can stay in touch, and that you will keep me in mind for similar roles.",
)

# Where they gave reasons
_REASONS = {
    (True, True): "Thank you as well for telling me why. I was glad of what you said about"
    " {praised}, and have taken in what you said about {named}.",
    (True, False): "Thank you as well for what you said about {praised}; I was glad of it.",
    (False, True): "Thank you as well for telling me why; I have taken in what you said about"
    " {named}.",
    (False, False): "Thank you as well for telling me what lay behind it.",
}
_ONE_MORE = "If you have two more minutes, this would help me most:"
_TALK = (
    "You offered to talk, and I would gladly take that up: a quarter of an hour on a day that suits"
    " you would help me a good deal. This is what I would most like to ask:"
)
_FIRST = "Of all this, what would you work on first?"
_AREAS = 3  # that a sentence names

# What is asked about vague words, by area or by its family.
_ABOUT = {
    "star.numbers": "Which answer would have gained most from a figure, and what would you have"
    " wanted it to show?",
    "star": "Which answer do you have in mind, and what would you have wanted to hear in it?",
    "voice": "Was that so all the way through, or at one question in particular?",
    "comp": "At which question did you expect to hear more about {area}, and what would have shown"
    " it to you?",
    "hr.fit": "What does somebody who fits well bring to the team that you did not hear from me?",
    "hr": "What would a fuller answer about that have held?",
    "prep": "Which part of it would you have done differently?",
    "ext.skills": "Which skill mattered most, and at which level?",
    "ext.experience": "Which kind of experience counted most, and roughly how much of it?",
    "ext.competition": "What was the one thing that the person you chose brought and that you did"
    " not hear from me?",
    "ext": "If that had been otherwise, is there one thing in my answers that you would still have"
    " wanted stronger?",
}
_ABOUT_NOTHING = (
    "If I could change one thing in my answers before the next interview, what should it be?"
)


@dataclass(frozen=True)
class Letter:
    """A letter that is ready to be sent.

    Attributes:
        body: paragraphs, parted by empty lines; no line is broken inside one.
    """

    subject: str
    body: str

    @property
    def text(self) -> str:
        return f"Subject: {self.subject}\n\n{self.body}\n"


def request(
    rejection: Rejection,
    name: str,
    *,
    recruiter: bool = False,
    reader: str | None = None,
    talk: bool = False,
) -> Letter:
    """A thank-you with a request for feedback; where they gave reasons, for one thing more.

    Args:
        name: of the user, who signs it.
        recruiter: it goes to the recruiter who placed the application, not to the employer.
        reader: whom it greets by name.
        talk: they offered to talk, which is taken up.
    """
    say = _Phrases(rejection)
    thanks = _sentence(say.one(_THANKS.get(rejection.stage or "", _ANY_THANKS)))
    if rejection.words is None:
        asked = [say.one(_RECRUITER_TURN if recruiter else _TURN), _bullets(_wide(rejection, say))]
    else:
        asked = [_reasons(rejection), _TALK if talk else _ONE_MORE, _bullets(_narrow(rejection))]
    paragraphs = [
        _greeting(rejection, recruiter, reader),
        thanks,
        *asked,
        say.one(_RECRUITER_TOUCH if recruiter else _TOUCH),
        _close(name),
    ]
    subject = f"{rejection.role} at {rejection.company}: thank you, and a question"
    return Letter(subject, "\n\n".join(paragraphs))


def _wide(rejection: Rejection, say: "_Phrases") -> list[str]:
    """What is asked of those who gave no reason."""
    stage = rejection.stage or ""
    return [
        say.one(_SKILLS.get(stage, _ANY_SKILLS)),
        say.one(_EXPERIENCE),
        say.one(_STRONGER.get(stage, _ANY_STRONGER)),
    ]


def _reasons(rejection: Rejection) -> str:
    praised = _areas(p for p in rejection.points if p.polarity is Polarity.PRAISE)
    named = _areas(_to_change(rejection))
    return _REASONS[bool(praised), bool(named)].format(praised=praised, named=named)


def _narrow(rejection: Rejection) -> list[str]:
    """What is asked of those who gave reasons: about one of them, the vague first."""
    named = _to_change(rejection)
    if not named:
        return [_ABOUT_NOTHING]
    first = min(named, key=lambda point: not point.vague)
    question = uncapitalised(_question(first))
    about = [f"On {in_a_sentence(first.area)}: {question}"]
    return about + [_FIRST] * (len({point.area for point in named}) > 1)


def _to_change(rejection: Rejection) -> list[FeedbackPoint]:
    return [
        point
        for point in rejection.points
        if point.polarity is Polarity.CRITICISM and not is_outside(point)
    ]


def _areas(points: Iterable[FeedbackPoint]) -> str:
    names = [in_a_sentence(area) for area in dict.fromkeys(point.area for point in points)]
    *most, last = names[:_AREAS] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _bullets(questions: Iterable[str]) -> str:
    return "\n".join(f"- {question}" for question in questions)


def follow_up(
    rejection: Rejection, name: str, *, recruiter: bool = False, reader: str | None = None
) -> Letter:
    """One more question: about the words that were too vague, or after no answer at all.

    Args:
        name: of the user, who signs it.
        recruiter: it goes to the recruiter.
        reader: whom it greets by name.
    """
    say = _Phrases(rejection)
    vague = _vague_words(rejection)
    if vague is None:
        ask = f"One line would already help me. {_ABOUT_NOTHING}"
    else:
        quoted, point = vague
        source = f"{rejection.company} wrote" if recruiter else "You wrote"
        ask = f"{source}: “{quoted}”. I would like to understand that well. {_question(point)}"
    paragraphs = [
        _greeting(rejection, recruiter, reader),
        _opening(rejection),
        ask,
        say.one(("A line or two is plenty, and thank you once more.",
                 "A short reply is more than enough. Thank you for your time.")),
        _close(name),
    ]  # fmt: skip
    return Letter(
        f"{rejection.role} at {rejection.company}: one short question", "\n\n".join(paragraphs)
    )


def _opening(rejection: Rejection) -> str:
    """What came before a follow-up: the letter if there was one, and their words."""
    role, asked = rejection.role, rejection.asked
    if asked and rejection.answered:
        return f"Thank you for your answer to my letter of {_day(asked)} about the {role} role."
    if asked:
        return (
            f"I wrote to you on {_day(asked)} about the {role} role, and know how full such weeks"
            " are."
        )
    if rejection.words:
        return f"Thank you for what you told me about the {role} role."
    return f"Thank you for letting me know about the {role} role."


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


class _Phrases:
    """Takes one of several phrasings: the same for the same employer and role."""

    def __init__(self, rejection: Rejection) -> None:
        self._draw = zlib.crc32(f"{rejection.company}\n{rejection.role}".encode())
        article = "an" if rejection.role[:1].lower() in "aeiou" else "a"
        self._words = {
            "company": rejection.company,
            "role": rejection.role,
            "a_role": f"{article} {rejection.role}",
        }

    def one(self, of: str | Sequence[str]) -> str:
        phrases = (of,) if isinstance(of, str) else of
        self._draw, place = divmod(self._draw, len(phrases))
        return phrases[place].format(**self._words)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _greeting(rejection: Rejection, recruiter: bool, reader: str | None) -> str:
    if reader:
        return f"Dear {reader},"
    return "Hello," if recruiter else f"Dear hiring team at {rejection.company},"


def _close(name: str) -> str:
    return f"With kind regards,\n{name}"


def _vague_words(rejection: Rejection) -> tuple[str, FeedbackPoint] | None:
    """The words that ask for a question, and what they speak of: the vague first."""
    if rejection.words is None:
        return None
    told = [point for point in rejection.points if point.polarity is not Polarity.PRAISE]
    told.sort(key=lambda point: (not point.vague, point.polarity is not Polarity.CRITICISM))
    if not told:  # praise, or words that name nothing, leave nothing to be understood better
        return None
    words = told[0].words
    # Words of the user's own hand are not the employer's to be quoted.
    return _quote(words if words in rejection.words else rejection.words), told[0]


def _quote(words: str) -> str:
    parts = words.split()
    quoted = " ".join(parts[:_LONGEST_QUOTE])
    if len(parts) > _LONGEST_QUOTE:
        return f"{quoted} …"
    return quoted.rstrip(".")  # the full stop of the sentence that quotes it


def _question(point: FeedbackPoint) -> str:
    asked = _ABOUT.get(point.area) or _ABOUT[point.area.partition(".")[0]]
    return asked.format(area=in_a_sentence(point.area))
