"""Wording that hints at a part of an answer that is not a story: clues, no verdicts.

What each clue is worth, for which part and in which kind of answer, is learned from the corpus.
"""

import re
from collections.abc import Sequence

from coach.assessment.features import Seen, see_alone

VERSION = 1  # raised whenever the same sentence may give other clues
ALWAYS = "always"  # a feature that every sentence has: how common a part is

_PATTERNS = {
    # Money and measure.
    "figure": r"\d[\d.,]*k?|hundred|thousand|k|grand|ten|eleven|twelve|\w+teen|(?:twen|thir|for|"
              r"fif|six|seven|eigh|nine)ty(?:-?\w+)?|band \w+|minimum wage|living wage",
    "between": r"between|from \w+ to|range|bracket|(?:not )?(?:under|below|less than)|at least|"
               r"minimum|or thereabouts|around|about|up to|somewhere|in the region of",
    "pay": r"salary|pay|paid|wages?|money|hourly|an hour|a year|per (?:hour|year|annum)|rate|"
           r"basic",
    "survey": r"survey|average|market|going rate|advertis\w+|glassdoor|websites?|looked (?:at|up|"
              r"into)|research\w*|benchmark\w*|published?|checked|other (?:firms|companies|"
              r"places|jobs)|similar|recruiters?|median|union|scale",
    "present_pay": r"(?:i'm|i am|i was|currently|presently|at the moment) (?:\w+ )?(?:on|earning|"
                   r"at|making|paid)|i (?:earn|get|make)|my (?:current|present|last) (?:pay|"
                   r"salary|wage|total|package|rate)|years of|responsib\w+|qualif\w+",
    "package": r"pension|holidays?|leave|bonus|overtime|flexib\w+|hybrid|benefits?|package|"
               r"allowance|training|contract|perks?|hours|days off|(?:health )?insurance|parking|"
               r"van|car|shares|travel|expenses",
    "open": r"open to|talk about|discuss|negotia\w+|flexible|happy to|willing|depend\w*|trade|"
            r"look at the whole|we can|give and take|in the round|meet",
    # The employer and the role.
    "employer": r"you|your|yours|ye|yous|you've|you're|you'd|yer",
    "their_thing": r"(?:your|yer|the) (?:\w+ ){0,2}(?:ward|unit|clinic|school|shop|store|team|"
                   r"site|scheme|project|product|app|depot|yard|factory|plant|kitchen|garden|"
                   r"board|report|website|library|museum|programme|program|branch|office|fleet|"
                   r"model|policy|chair|director|founder|menu|lab|workshop|trust|charity|"
                   r"contract|open day)",
    "learned_of_you": r"you (?:told|said|mentioned|showed|just said|were (?:telling|saying))|i "
                      r"(?:saw|read|noticed|heard|watched|visited|ate|rang|spoke|talked|looked|"
                      r"met|came across|walked|gather|know|understand)|on my (?:way|visit|look)|"
                      r"in your (?:report|advert|ad|accounts|newsletter|brochure)|in the "
                      r"(?:advert|ad|paper|news|job description)",
    "you_do": r"(?:you|ye|yous|you've|you're) (?:\w+ )?(?:have|got|are|run|make|let|publish|took|"
              r"built|opened|opening|started|use|do|put|putting|sell|send|train|training|give|"
              r"were|kept|still|only|just|changed|moved|bought|won|launched)",
    "only_you": r"only (?:one|place|school|firm|company|people|ones|shop)|nobody else|no(?:body| "
                r"one) (?:else )?(?:round|on|in)|first (?:in|to|round)|don't know another|unlike|"
                r"nowhere else",
    "role_here": r"this (?:role|job|post|position|work|place|one)|(?:the|your) (?:role|job|post|"
                 r"position)|here|in (?:your|this) (?:\w+ )?(?:team|company|shop|ward|school|"
                 r"office|place)|with you|for you|that's (?:what|why|your|the)|exactly what|"
                 r"someone who|somebody who",
    "praise": r"great|amazing|lovely|good reputation|reputation|well-known|leading|leader|"
              r"innovative|vibe|values|vision|mission|culture|big company|opportunit\w+|friendly|"
              r"famous|best",
    # The speaker.
    "self_now": r"i'm (?:a|an|the|in|at|on|with|currently|working|doing|studying)|i am (?:a|an|"
                r"the|in|at|working|now|currently)|i (?:work|run|manage|drive|look after|teach|"
                r"cover|cook|lead|study)|currently|at the (?:moment|minute)|these days|right now|"
                r"nowadays|at present|present",
    "self_past": r"before that|i (?:started|trained|studied|worked|was|left|grew|went|came|"
                 r"qualified|served|joined|did|graduated|moved|spent|began)|after that|years? "
                 r"(?:at|in|as|with)|apprentice\w*|degree|(?:in|since) (?:19|20)\d\d|originally|"
                 r"then i|used to",
    "wish": r"i(?:'d| would| should)? (?:really )?(?:want|like|love|hope|aim|plan|see myself|"
            r"intend|imagine|be looking|dream)|looking (?:for|to|forward)|my (?:aim|goal|plan|"
            r"dream|hope)|ambition|end up|become|ready (?:for|to)|after is|next step|eventually",
    "would": r"i(?:'d| would|'ll| will| should| can| could)|i'm going to",
    "adjective": r"i(?:'m| am) (?:\w+ )?(?:hard.?working|reliable|organi[sz]ed|calm|patient|"
                 r"passionate|dedicated|punctual|dynamic|positive|friendly|honest|careful|"
                 r"stubborn|quick|fast|people person|team player|motivated|flexible|creative|"
                 r"loyal)",
    "strong": r"strength|strong (?:point|side|suit)|good (?:at|with)|best at|knack|known for|"
              r"people (?:say|tell|come)|i (?:can|never|always)|what i (?:do|have)|they(?:'d| "
              r"would) say|eye for",
    "buzz": r"love|enjoy\w*|buzz|favourite|energy|energi[sz]\w+|alive|happy|happiest|tired|lunch|"
            r"time (?:flies|goes|disappears)|best (?:part|bit|day)|feel|fun|satisf\w+|proud|"
            r"smil\w+|grin\w*|hours? (?:go|pass|fly)|lost in|lose track|i like|gets me",
    "weak": r"weak\w*|struggle\w*|not (?:very |so |that |the )?(?:good|great|best|confident)|"
            r"hard for me|find it|difficult\w*|bad at|terrible|too (?:\w+)|afraid|nervous|shy|"
            r"avoid\w*|forget|forgot|tend to|i lose|i lost|mistake|slow|worst|put (?:it )?off|"
            r"procrastinat\w+|i can be",
    "boast": r"perfectionist|perfect|too (?:much|hard|dedicated|conscientious|committed|obliging|"
             r"honest|helpful|loyal|passionate|ambitious|nice|invested)|(?:high|higher|own) "
             r"standards?|the bar|can't (?:switch off|stop|let go|say no)|workaholic|hundred "
             r"(?:and ten )?per ?cent|care too|take on too|more than (?:anyone|others|most)|last "
             r"(?:one )?to leave|never (?:take|took|been) (?:my |a )?(?:holidays?|sick|day)|"
             r"sloppi\w+|expect too|others? (?:can't|don't|aren't)|always (?:have to|want to)|so "
             r"committed|that committed",
    "step": r"so (?:now )?i|now i|i(?:'ve| have) (?:\w+ )?(?:started|begun|got|joined|signed|"
            r"booked|enrolled|put|set|asked|made|been|done|passed)|course|class\w*|every "
            r"(?:\w+day|day|week|month|morning|night|evening|time)|once a|rule|timer|alarm|list|"
            r"checklist|diary|calendar|remind\w*|practis\w+|practic\w+|mentor|coach|feedback|"
            r"notebook|write (?:it|down|everything)|wrote|asked (?:my|a|the)|studying|saving|"
            r"certificate|module|volunteer\w*",
    "better": r"since then|last (?:\w+ )?(?:month|week|year|time|audit|review|quarter|term|three|"
              r"two|shift|one)|used to|improv\w+|better|passed|no longer|not (?:one|once|a "
              r"single)|hasn't|haven't|down (?:to|from)|instead of|for the first time|noticed|"
              r"said (?:it|i|that)|this year|in (?:january|february|march|april|may|june|july|"
              r"august|september|october|november|december)",
    "episode": r"last (?:year|month|week|winter|summer|spring|autumn|christmas|\w+day)|there was|"
               r"once|one (?:day|night|time|morning|afternoon)|we had|we'd|i had|i'd (?:a|one)|"
               r"when (?:we|the|i|our|my)|turned out|in the end|two years ago|ago|we (?:got|won|"
               r"finished|opened|sold)",
    # Leaving.
    "ended": r"redundan\w+|laid off|let (?:me |us )?go|clos(?:ed|ing|es|ure)|contract|ended|"
             r"ending|finish\w*|sold|merg\w+|moved|moving|resign\w*|quit|notice|sacked|dismissed|"
             r"fired|gap|gave (?:up|in)|cut|cuts|funding|restructur\w+|reloca\w+|bankrupt|"
             r"administration|time off|looking after|caring for|car(?:e|ed) for|maternity|"
             r"ill(?:ness)?|surgery|operation|failed|left",
    "took_from_it": r"learn\w*|taught|course|used (?:the|that|this) time|volunteer\w*|studied|"
                    r"retrain\w*|kept|helped|grew|gained|showed me|found out|realis\w+|realiz\w+|"
                    r"got (?:my|a|much|a lot)|took from|so i(?:'ve| have)|licen[cs]e|qualif\w+|"
                    r"since then|meantime",
    "blame": r"clown|chancer|useless|clueless|no (?:clue|idea|grasp|respect|backbone|loyalty)|"
             r"bully\w*|incompetent|toxic|cheat\w*|liars?|lied|(?:don't|didn't|never|won't|not) "
             r"(?:listen\w*|care\w*|appreciat\w+|support\w*|respect\w*|pay|paid|know)|"
             r"favourites?|favoriti?\w*|politics|joke|idiot\w*|stupid|lazy|rude|terrible|awful|"
             r"at fault|his fault|their fault|disorgani[sz]ed|shambles|micromanag\w+|shout\w*|"
             r"jealous|stabbed|mess|greedy|fiddl\w+|nasty|horrible|standards slide|treated|"
             r"blamed|ruin\w*|run into the ground|took (?:the )?credit|couldn't manage",
    # Situational.
    "find_out": r"depends?|hinges?|i(?:'d| would|'ll| will)? (?:\w+ )?(?:want to know|need to "
                r"know|find out|check|ask|look at|understand|listen|make sure|be sure|establish)|"
                r"first(?:ly)?(?: thing| of all| off)?|whether|is it|is he|is she|are they|"
                r"assum\w+|why|how (?:many|much|bad|long)|what exactly|what (?:i|you)'d need|"
                r"before i|if it's|might be|must know",
    "ways": r"either|options?|alternativ\w+|another (?:way|option)|(?:two|three|couple of) "
            r"(?:ways|things|options|choices|roads)|(?:i|you|we|one) (?:could|can|may|might)|or "
            r"(?:i|you|we|ask|go|call|send|just|the|else)|on the (?:one|other) hand|half measure|"
            r"there's|instead",
    "choice": r"because|since|so that|'cause|cos|i(?:'d| would|'ll) (?:\w+ )?(?:go|tell|take|"
              r"start|choose|pick|put|call|ring|bring|speak|talk|say|give|send|do|stop|sit|keep|"
              r"stay|report)|that way|rather than|i stop|the reason|on balance|most likely|my "
              r"choice",
    "after": r"next (?:day|morning|week|shift)|(?:day|week|month|hour|minutes?|days|weeks) later|"
             r"after (?:that|a|the)|afterwards?|later|follow(?:ing)? (?:it )?up|check (?:in|back|"
             r"again|that|if)|write (?:it|up)|written|log|record|report|(?:in the|by) (?:morning|"
             r"evening|end|monday|friday|wednesday)|review|make sure it|debrief|look again|see "
             r"(?:if|whether|how)|then i",
    # Questions back.
    "ask_first": r"^(?:(?:and|so|um|uh|okay|yes|well|also|oh|eh|er|yeah|aye|then|first|second|"
                 r"secondly|firstly|another|one|but|because|just|please) )*(?:what|how|who|whose|"
                 r"where|when|why|which|is|are|do|does|did|can|could|would|will|shall|has|have|"
                 r"may|might|was|were|if)",
    "ask_inside": r"(?:what|how|who|where|when|why|which)(?:'s)? (?:is|are|do|does|did|would|"
                  r"will|happens?|can|many|much|long|often|made|decides?|the)|(?:is|are|do|does|"
                  r"did|will|would|has|have|can) (?:it|that|the|there|they|you|your|i|we|he|she|"
                  r"ye|new|anyone|any|somebody)|i(?:'d| would| should)? (?:\w+ )?(?:wonder\w*|"
                  r"ask|know|hear)|tell me|curious",
    "anywhere": r"typical (?:day|week)|normal (?:day|week)|average day|culture|(?:the )?team "
                r"like|progress\w*|promotion|promoted|holidays?|annual leave|days? off|salary|"
                r"wages?|pay|payday|paid|pension|bonus|benefits|parking|canteen|hear back|hear "
                r"from you|next steps?|decision|management style|challenges|success look|first "
                r"(?:ninety|90|thirty|30) days|working here|work here|training|opportunit\w+|"
                r"uniform|discount|lunch|overtime|start date|when (?:would|do|can) i start|"
                r"company (?:in|going)|values|work from home|flexi\S*|probation|social|looking "
                r"for|performance|concerns?|how many (?:people|hours|days|others|applicants)|"
                r"hours|notice",
    # Off limits.
    "private": r"husband|wife|partner|boyfriend|girlfriend|fianc\w+|married|divorc\w+|separat\w+|"
               r"pregnan\w+|kids|children|baby|babies|daughter|son|mother|mum|mam|dad|father|"
               r"parents|family|church|mosque|temple|synagogue|pray\w*|muslim|christian|catholic|"
               r"hindu|jewish|buddhist|god|religio\w+|cancer|depress\w+|anxiety|diabet\w+|"
               r"tablets?|medication|diagnos\w+|epilep\w+|doctor|hospital|operation|surgery|"
               r"knees?|back|heart|born in|(?:i'm|i am|come|came) from|years old|i'm (?:fifty|"
               r"sixty|forty|thirty|twenty)\S*|turn\w* (?:fifty|sixty|forty|thirty)\S*|trying "
               r"for|ivf|miscarr\w+|gay|lesbian|straight|vot\w+|citizen\w*|visa|pension\w*|"
               r"retire\w*",
    "boundary": r"wonder\w*|worr\w+|concern\w*|if (?:it's|you're|what|the|that's) (?:\w+ "
                r")?(?:about|asking|whether|worry|is)|(?:you|you'd|really) (?:\w+ )?(?:want|need|"
                r"like) to know|you mean|(?:keep|leave) (?:\w+ ){0,3}(?:private|home|out|door|"
                r"myself|personal|separate)|(?:rather|prefer) (?:not|to|keep|leave|i)|i don't "
                r"(?:tend|usually)|not sure (?:you|that|how|why)|is that (?:about|because|to do)|"
                r"the question (?:behind|under)|i (?:think|guess|suppose|take it|fancy|imagine) "
                r"(?:you|what|that)|personal|private|relevant|behind that",
    "assure": r"never (?:missed|late|been|had|kept|sent|affect\w*)|not (?:a|one) day|days? "
              r"(?:off|sick)|no problem|isn't a problem|i can (?:do|work|travel|lift|stand|"
              r"cover)|available|attendance|arrangements?|covered|on time|full.?time|shifts?|"
              r"weekends|nights|overtime|travel|any (?:hours|shift)|the job|commit\w*|reliable|"
              r"won't (?:affect|stop|be)|able to|in date|fit",
    "back_to_job": r"(?:go|get|come) back to|back to (?:the|your|what)|shall (?:we|i)|may i ask|"
                   r"can (?:i|we|you)|could (?:i|we|you)|might we|tell me|let's|you (?:mentioned|"
                   r"were telling)|i'd (?:rather|like to|be keen|love to) (?:talk|hear|speak|"
                   r"tell|ask)|would it be|move on|anyway|return to|more useful",
    # What makes a telling good.
    "how_often": r"every|each|once|twice|daily|weekly|before|whenever|always|\w+days?|(?:at|by) "
                 r"\w+ o'clock|(?:morning|evening|night)s?",
    "reason": r"because|since|so that|so (?:nobody|no one|everyone|they|it)|'cause|cos|that way|"
              r"the reason|in order|otherwise|for (?:it's|that)|rather than|which (?:means|is "
              r"why)|and (?:an?|the) \w+ costs",
    # What fills a stretch and says nothing.
    "chat": r"sorry|thank you|thanks|hello|to be honest|i don't know|no idea|i suppose|good "
            r"question|hard (?:question|one)|difficult question|let me think|that's (?:it|me|all|"
            r"about)|you know|who knows|god|lovely to|i hope that|hate this|never thought|as "
            r"they say|whatever|money isn't",
    "buzzword": r"passion\w*|dynamic|driven|team player|hit the ground|outside the box|"
                r"fast-paced|challenges?|opportunit\w+|journey|grow|develop|skills|lifelong|"
                r"adding value|strategic|hundred and ten|people person|communicat\w+|motivated|"
                r"proactive|synerg\w+|excellence|hard.?working",
}  # fmt: skip
CUES = {name: re.compile(rf"(?:{p})(?!\S)" if p[0] == "^" else rf"(?<!\S)(?:{p})(?!\S)")
        for name, p in _PATTERNS.items()}  # fmt: skip


def has_cue(name: str, text: str) -> bool:
    """Whether a text in lower case without punctuation has a clue."""
    return CUES[name].search(text) is not None


def see_kind(sentences: Sequence[str]) -> tuple[Seen, ...]:
    """Features of each sentence of an answer that is not a story, and the clues beside it.

    A sentence's place in the answer is not looked at: with it, a part that was told last was lost
    as soon as somebody added "so that's it".

    Args:
        sentences: in lower case, without punctuation.
    """
    alone = [see_alone(sentence) for sentence in sentences]
    cues = [_spans(seen.words) for seen in alone]
    together = []
    for index, seen in enumerate(alone):
        row = [*seen.row, ALWAYS, *cues[index]]
        for offset in (-1, 1):
            if 0 <= index + offset < len(alone):
                row += [f"{offset}{cue}" for cue in cues[index + offset]]
        together.append(Seen(seen.words, tuple(row), {**seen.spans, **cues[index]}))
    return tuple(together)


def _spans(words: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The clues in a sentence: index of the first word, and of the one after the last."""
    text = " ".join(words)
    spans = {}
    for name, pattern in CUES.items():
        match = pattern.search(text)
        if match:
            first = text.count(" ", 0, match.start())
            spans[f"q:{name}"] = first, first + match.group().count(" ") + 1
    return spans
