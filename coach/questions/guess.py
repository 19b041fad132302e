"""Which structure a question wants that is in no bank, from how it is asked."""

import re
from collections.abc import Iterable

from coach.questions.bank import find_question
from coach.questions.question import Kind, Question

_SIGNS: tuple[tuple[Kind, str], ...] = (
    (Kind.OFF_LIMITS, r"\bhow old\b|\byour age\b|(?:have|want|having|expect\w*|plan\w*|hear of) (?:\w+ )?"
                      r"(?:children|kids|a (?:baby|family)|little ones)\b|\bpregnan|\bmarried\b|\bhusband\b|"
                      r"\bwife\b|\b(?:boy|girl)friend\b|\blive (?:on your own|alone|with)\b|\byour (?:religion|"
                      r"faith|nationality|accent|race)\b|\breligious\b|\baccent\b|(?:really|originally|parents) from|"
                      r"were you born|\b(?:in a|trade) union\b|of the election|\bvoted? (?:for|in)\b|off sick|\byour health\b|"
                      r"\bdisab(?:led|ilit)|\b(?:are|been) you (?:often )?ill\b|walk with a|\byou do drink|do you "
                      r"(?:drink|smoke)\b"),
    (Kind.CLOSING, r"questions? (?:do you have )?(?:for|to) (?:us|me)|you(?:'d| would) like to (?:ask|know|"
                   r"hear)|do you have any questions|would you (?:like to |want to )?(?:ask|know about)|"
                   r"hear from us"),
    (Kind.SALARY, r"salary|pay expectation|compensation|pay range|(?:basic|the) pay\b|we pay|our offer|the "
                  r"figure you|which range|how much (?:do|would) you (?:want|expect)|"
                  r"expect to (?:earn|be paid)"),
    (Kind.FUTURE, r"(?:five|three|ten|5|3|10) years|see yourself|(?:your|career|long[- ]term) (?:goal|plan)|good career|"
                  r"learn next|one day\b.*\b(?:step|post|role|help)|expect to stay"),
    (Kind.LEAVING, r"why (?:are|did|do) you (?:leav|left|want(?:ing)? to leave)|\bgap\b|let go\b(?! of)|redundan|"
                   r"leav(?:e|ing) your|leave now|between (?:jobs|two posts)|changed jobs|job search|"
                   r"least about your (?:last|present)|come to an end|your search has|years away"),
    (Kind.STRENGTHS_BASED, r"\benerg(?:y|i[sz]\w+)\b|what motivates you\?|\bdrains?\b|(?:track of|forget the) time|come alive|in your "
                           r"element|lifts? you|pleases? you|enjoy (?:more|most|doing)|love doing|do you prefer|"
                           r"because you like|satisf(?:y|ies) you|wear you out|good day for you|best feeling|"
                           r"look at the clock|to your heart|(?:brings?|bring) out the best|without (?:trying|being "
                           r"asked)\b|nobody (?:has asked|ever noticed)|almost without"),
    (Kind.BEHAVIOURAL, r"tell (?:me|us) about (?:a|one|the last|your (?:biggest|proudest|greatest|worst)"
                       r"|an? \w+ (?:time|situation|occasion))|time when|a time|an occasion|"
                       r"(?:describe|share|give (?:me|us)) (?:a|an|one|me an|us an)|example of|"
                       r"when (?:did|have|was the last time) you|have you ever|a situation (?:where|when|in)"),
    (Kind.WEAKNESS, r"weakness|weak point|area (?:for|of) (?:improvement|development)|not (?:so )?good at|"
                    r"improve about yourself|need to work on|put off|find (?:it )?hard\b|difficult to work with|"
                    r"change about the way you|(?:could|should|need to) (?:improve|get better)"),
    (Kind.STRENGTH, r"strength|strong point|best at|good at|why should we hire|superpower|comes? easily|come to you for|"
                    r"proud of in your|what (?:can|could|would|will|do) you bring|(?:three|few) words|at your best"),
    (Kind.INTRO, r"about yourself|introduce yourself|walk (?:me|us) through your|who are you|"
                 r"your background|your (?:cv|resume|résumé)|come to do the work|"
                 r"(?:everything )?you(?: have|'ve) done so far|career behind you"),
    (Kind.MOTIVATION, r"why (?:do you want|us|this|our|are you interested|did you apply|would you like)|"
                      r"what (?:attracts|attracted|interests|draws|drew|do you know about) "
                      r"|motivat\w+ you (?:to apply|about)|why should we|appl(?:y|ied|ying)\b|about (?:us|our)\b|\bour (?:biggest|"
                      r"business|values|customers)|this (?:job|post|role)\b|want to (?:be part|work)|"
                      r"what makes you want|here by the end"),
    (Kind.SITUATIONAL, r"what (?:would|will) you do|how would you|imagine|suppose|if (?:a|you|your|the)"
                       r" .*would|where would you (?:start|begin)"),
)  # fmt: skip


def guess_kind(text: str) -> Kind:
    """Guess the kind from the wording; a story is assumed where nothing speaks for another."""
    asked = text.lower().replace("’", "'")
    return next((kind for kind, sign in _SIGNS if re.search(sign, asked)), Kind.BEHAVIOURAL)


def question_of(text: str, questions: Iterable[Question]) -> Question:
    """The bank's question with this text or id, or one made up from the text.

    Raises:
        UnknownQuestionError: a single word with a digit can only be an id, and no bank has it.
    """
    wanted = text.strip()
    if re.fullmatch(r"[\w-]*\d[\w-]*", wanted):
        return find_question(questions, wanted)
    for question in questions:
        if wanted == question.id or wanted.lower() in map(str.lower, question.wordings):
            return question
    return Question(id="", text=wanted, kind=guess_kind(wanted))
