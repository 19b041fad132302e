"""Wording that speaks for a part of a story: patterns with weights (log odds, set by hand)."""

import re
from dataclasses import dataclass

ADVERBS = (
    r"(?:(?:then|also|just|immediately|quickly|actually|personally|first|finally|always|simply|"
    r"even|really|basically|kind of|sort of|um|uh|like|calmly|quietly|straight away) )*"
)
IRREGULAR_ACTIONS = (
    "went|made|took|told|said|gave|put|brought|found|built|wrote|spoke|sent|set|ran|led|kept|met|"
    "drew|broke|cut|chose|held|rang|taught|bought|sold|read|split|began|stood|drove|dug|laid|left|"
    "let|sat|showed|rode|swapped|rebuilt|redid|got|did|came|stuck|threw|fought|paid|caught|hung"
)
# Regular past forms that name a state, not a step.
STATES = (
    r"(?!(?:wanted|needed|liked|loved|hated|believed|hoped|learned|worked|lived|happened|seemed|"
    r"looked forward|used to|realised|realized|noticed|expected|feared|worried|enjoyed|struggled|"
    r"managed|failed|joined|studied|volunteered at|got (?:a|the|an|my|to|very|really|praised)|"
    r"left (?:the|my|school)|did not|didn't)\b)"
)
ACTION_VERB = rf"{STATES}(?:[a-z]+ed|{IRREGULAR_ACTIONS})"


@dataclass(frozen=True)
class Cue:
    """A pattern over a sentence in lower case without punctuation.

    Attributes:
        label: S, T, A, R, or O for other.
        name: short and stable, such as "S2": the label and the cue's number under it.
        weight: how strongly it speaks for the label.
        pattern: what is looked for; the words it matches are shown as the reason.
    """

    label: str
    name: str
    weight: float
    pattern: re.Pattern[str]


def _cues(label: str, *rows: tuple[float, str]) -> list[Cue]:
    return [
        Cue(label, f"{label}{number}", weight, re.compile(rf"\b(?:{pattern})\b"))
        for number, (weight, pattern) in enumerate(rows)
    ]


_WHEN = (
    r"last (?:year|month|week|summer|winter|spring|autumn|fall|christmas|term|season|january|"
    r"february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:a|one|two|three|four|five|some|several|few|couple of) (?:years?|months?|weeks?|days?) ago"
    r"|back in|in (?:my|our) (?:last|previous|first|current|old|second|final) \w+|when i was"
    r"|during (?:my|the|our|a)|at the time|one (?:day|night|evening|morning|afternoon|time)"
    r"|in (?:19|20)\d\d|it was (?:a|the|on|in|at|my|our|around|about|just)|this was"
)
_GAIN = (
    r"improved|increased|decreased|reduced|dropped|fell|rose|doubled|halved|tripled|saved|cut|grew"
    r"|went (?:up|down|from|smoothly|well|live)|came (?:back|down|in)|passed|won|sold out"
)

CUES: tuple[Cue, ...] = (
    *_cues(
        "S",
        (1.6, _WHEN),
        (1.2, r"i (?:was|am|had been|have been) (?:working|a|an|the|in|at|on|studying|"
              r"doing)"),
        (1.2, r"(?:i|we) (?:work|worked|work|was working|were working) (?:at|for|in|as|on|"
              r"with)"),
        (1.0, r"there (?:was|were|is|are|had been)|we had (?:a|an|two|three|this|one|no|"
              r"about|just)"),
        (0.9, r"(?:the|our|a|this|one|my) (?:\w+ )?(?:customer|client|boss|manager|team|"
              r"company|patient|guest|colleague|supplier|system|machine|school|shop|store|"
              r"project|department|owner|family|group|office|kitchen) (?:was|were|had|kept|"
              r"wanted|complained|came|said|called|broke|quit|left|used|got)"),
        (0.9, r"broke|broken|crashed|short(?:-| )staffed|called in sick|off sick|"
              r"complain\w*|quit|was down|went wrong|kept \w+ing|behind schedule|angry|"
              r"furious|upset|conflict"),
        (0.5, r"(?:was|were) \w+ing|used to|usually|every (?:day|week|month|morning|friday)"),
    ),
    *_cues(
        "T",
        (2.6, r"(?:my|our|the) (?:job|task|role|responsibility|goal|aim|target|brief|"
              r"mission|assignment|challenge|duty|objective|part)(?: \w+){0,2} (?:was|were|"
              r"is|had to)"),
        (2.3, r"(?:asked|told|wanted|needed|expected|assigned|tasked|instructed|chose|"
              r"picked|gave) me(?: with| to|\b)|i (?:was|got|had been) (?:asked|told|"
              r"assigned|given|tasked|supposed|expected|put in charge|chosen|picked)|"
              r"i'd been (?:asked|told|given)"),
        (2.0, r"i (?:had|needed|have|was meant) to (?:\w+)|i'd to"),
        (1.8, r"(?:it was|that was|was) (?:up to|on|down to) me|i was (?:responsible|"
              r"in charge|accountable|the one)|responsible for|fell to me|(?:in|"
              r"to take) charge of"),
        (1.4, r"we (?:had|needed|were supposed|were meant|were asked) to|we had (?:until|"
              r"only)|the deadline|had to be (?:done|ready|finished|fixed|sent)|"
              r"needed to (?:be|get|find)"),
        (0.8, r"in order to|by (?:the end of|monday|tuesday|wednesday|thursday|friday|"
              r"saturday|sunday|noon|midnight|christmas|then)|i wanted to (?:make|find|get|"
              r"show|prove)"),
    ),
    *_cues(
        "A",
        (1.9, rf"i {ADVERBS}{ACTION_VERB}"),
        (1.5, rf"(?:and|then|so) {ADVERBS}(?:i )?{ADVERBS}{ACTION_VERB}"),
        (1.5, rf"we {ADVERBS}{ACTION_VERB}"),
        (1.0, r"^(?:so |and |um |uh |well )*(?:first|firstly|then|next|after that|step one|"
              r"second|secondly|afterwards|from there)"),
        (1.0, r"(?:because|since|so that|as) (?:i|we) (?:\w+ )?(?:wanted|thought|knew|felt|"
              r"figured|needed|could)|my (?:idea|plan|thinking|first step|approach) was|"
              r"instead of"),
        (0.8, r"i (?:decided|chose|suggested|proposed|asked|explained|offered|listened|"
              r"called)"),
        (0.8, r"step by step|one by one|every (?:single )?(?:morning|evening|day)"),
    ),
    *_cues(
        "R",
        (2.8, r"as a result|in the end|the (?:result|outcome|upshot|effect) (?:was|is|of)|"
              r"the end result|turned out|ended up|thanks to (?:that|this)|"
              r"because of (?:that|this)|which meant|paid off|worked out|it worked|"
              r"that worked"),
        (2.0, rf"(?:\w+ ){{0,3}}(?:{_GAIN})(?: \w+){{0,6}} (?:\d|percent|per cent|half|"
              rf"third|quarter|twice|one|two|three|four|five|six|seven|eight|nine|ten|"
              rf"twenty|thirty|forty|fifty|hundred|thousand|zero|less|more)"),
        (1.6, rf"(?:\w+ )?(?:complaints|sales|numbers|scores?|results?|errors?|costs?|"
              rf"times?|it|that|everything|they|the \w+) (?:\w+ )?(?:{_GAIN})"),
        (2.0, r"(?:thanked|praised|promoted|congratulated|impressed|appreciated|grateful|"
              r"delighted|pleased|happy with|over the moon)|(?:employee|team|"
              r"player) of the|award|bonus|thank you (?:card|note|letter|email)|"
              r"good feedback|great feedback|positive feedback"),
        (2.2, r"(?:i|we|it|that) (?:also |really )?(?:learned|learnt|taught me|"
              r"realised that|realized that|showed me)|looking back|next time|if i (?:did|"
              r"had) it again|lesson|what i (?:took|take|learned|learnt)|since then|"
              r"from then on|ever since|i (?:would|'d) do (?:it )?(?:differently|again)|"
              r"these days|nowadays"),
        (1.8, r"(?:still (?:use|uses|used|using|do|does|run|runs|work|works|in use|there|"
              r"going))|to this day|became (?:the )?(?:standard|normal)|never (?:happened|"
              r"came) again|(?:no|fewer|less|zero) (?:more )?(?:complaints|mistakes|errors|"
              r"accidents|delays|problems|incidents|returns|one)|not (?:a )?single|"
              r"hasn't happened since"),
        (1.5, r"(?:we|i|they|it|everyone|everybody) (?:all )?(?:finished|delivered|opened|"
              r"launched|passed|won|made it|got (?:the|a|it|everything|paid|promoted|"
              r"through|done)|hit|reached|beat|met the|kept the|signed|stayed|came back|"
              r"renewed|was (?:ready|done|finished|fixed|sold|"
              r"approved))(?: \w+){0,5}(?: on time| early|(?: before| ahead)| in time|"
              r" under budget|$)"),
        (1.0, r"finally|eventually|(?:by|within) (?:the )?(?:end|next|following|"
              r"\w+ (?:days?|weeks?|months?|hours?|minutes?))|from \w+(?: \w+)? to \w+|"
              r"percent|per cent|the following"),
    ),
    *_cues(
        "O",
        (2.6, r"let me think|good question|thank(?:s| you) for|that's (?:my|it|about it|"
              r"all|the)|i'll give you|for example i|hope that answers|does that (?:help|"
              r"answer)|i'll tell you|i can tell you|where do i start|how to (?:put|say)|"
              r"to be honest i (?:can't|don't)|so yeah|good (?:morning|afternoon)|"
              r"my name is"),
        (2.0, r"i (?:would|'d|will|'ll) (?:first |probably |always |then |also |just )?\w+|"
              r"i (?:always|usually|often|generally|normally|tend to|try to|believe|think|"
              r"like to|consider|pride|love|am very|am a)|i'm (?:a|very|always|the kind|"
              r"someone|really|good)"),
        (1.5, r"(?:is|are) (?:key|important|essential|crucial|everything|the most)|"
              r"in general|you (?:have to|need to|should|must|always|can't|just have)|"
              r"people (?:should|need|always)|it depends"),
    ),
)  # fmt: skip

# Wording that the trained model weighs too; the first version (baselines.py) did not know it.
HINTS: tuple[Cue, ...] = (
    *_cues(
        "s",
        (1, r"(?:the thing|what happened|it so happened|the trouble|problem) (?:is|was)"),
        (1, r"(?:nobody|no one|none of (?:us|them)) (?:knew|had|was|wanted|could|would|"
            r"told)"),
        (1, r"(?:had|'d) (?:just|already|been|never|got|gone|left|lost|broken|died|started)"),
        (1, r"(?:kept|was|were|always|started|been) (?:\w+ )?\w+ing"),
        (1, r"at (?:my|our|a|the) (?:last|old|first|previous|current|local)? ?\w+"),
    ),
    *_cues(
        "t",
        (1, r"(?:up|down|fell|falls|left|fall|came) (?:\w+ )?to me|(?:it was|was all|was|"
            r"be) on me"),
        (1, r"(?:i|we)(?: had|'d| have|'ve)(?: got)? to"),
        (1, r"i (?:\w+ )?(?:wanted|needed|aimed|hoped|promised|swore|intended)"),
        (1, r"(?:wanted|needed|asked|told|expected|trusted|let|gave|left|sent|put) (?:me|"
            r"us)"),
        (1, r"(?:by|before|until|till|within) (?:the )?(?:end of|monday|tuesday|wednesday|"
            r"thursday|friday|saturday|sunday|noon|midnight|christmas|easter|summer|"
            r"\w+ o'clock|half|next|january|february|march|april|june|july|august|"
            r"september|october|november|december)"),
        (1, r"(?:was|became|as|'s) my (?:\w+ )?(?:call|decision|job|problem|task|project|"
            r"duty|brief|responsibility|name|patch|shift|turn|headache|file)"),
        (1, r"(?:so|and) (?:that|it) was (?:that|mine|my|me|on|up)|i was (?:after|down|to)"),
        (1, r"i(?: was|'d been| got|'d|) (?:asked|told|given|made|put|left|voted|named|"
            r"volunteered|elected|sent|picked|chosen|designated|assigned|supposed|meant|"
            r"obliged|expected)"),
        (1, r"(?:my|the|our) (?:only |main |first |own |new )?(?:job|task|goal|aim|target|"
            r"brief|duty|responsibility|mandate|remit|instruction|instructions|role|"
            r"assignment|mission|deadline)"),
        (1, r"(?:boss|manager|supervisor|head|lead|director|chef|foreman|he|she|they|"
            r"gaffer|captain|teacher|owner|mum|dad) (?:\w+ )?(?:said|says|say|goes|went|"
            r"told me|asked me|wanted me)"),
        (1, r"needed (?:to be|it|them|him|her|doing|done|sorting)|had to be|has to be|"
            r"must (?:be|not)"),
        (1, r"(?:find out|figure out|work out|sort|fix) (?:it|this|that|them|why|what|how|"
            r"who)"),
    ),
    *_cues(
        "a",
        (1, r"(?:so|and|then|but|first) i"),
        (1, r"(?:what i did|the first thing|first thing|next thing|my (?:first|"
            r"next) (?:move|step))"),
        (1, r"i (?:\w+ )?(?:said|told|asked|rang|called|wrote|sent|showed|explained|spoke|"
            r"went)"),
        (1, r"(?:because|so that|cause|cos) (?:i|he|she|they|it|we|you|the|otherwise)"),
        (1, r"i (?:didn't|did not|never|wouldn't)"),
        (1, r"(?:he|she|they) (?:said|says|told me|asked|goes) \w+.* (?:so )?i (?:said|"
            r"told|asked)"),
    ),
    *_cues(
        "r",
        (1, r"(?:after|within|in|by) (?:a |an |the |about )*(?:few|couple of|end of|second|"
            r"third|fourth|sixth|first|next|following|two|three|four|five|six|eight|"
            r"ten) ?(?:the )?(?:weeks?|months?|days?|hours?|minutes?|year|years|shift|term|"
            r"season|quarter|spring|summer)"),
        (1, r"(?:the )?(?:next|following) (?:day|week|month|morning|year|time|term|season|"
            r"sunday|monday|tuesday|wednesday|thursday|friday|saturday|quarter|report|"
            r"visit)"),
        (1, r"(?:now|today|still|since|ever since|these days|to this day|afterwards|later)"),
        (1, r"(?:never|not|nobody|no one|none|no|hasn't|haven't|didn't) (?:\w+ )?(?:since|"
            r"again|after|any more|anymore|late|one|had|got|complained|noticed|lost|hurt)"),
        (1, r"(?:i|we|they|he|she|it) (?:got|scored|made|won|sold|came|finished|passed|"
            r"ended|hit|went|saved|lost|beat|kept|raised|averaged)"),
        (1, r"(?:he|she|they|it|that|the \w+) (?:\w+ )?(?:worked|passed|laughed|smiled|"
            r"cried|nodded|calmed|thanked|apologised|apologized|stopped|stayed|came back|"
            r"left|went home|agreed|signed|renewed|hugged|shook|said (?:thank|sorry|yes|"
            r"well|it was|i was|that was))"),
        (1, r"thank you|thanks|sorry|well done|by name|a (?:card|cake|letter|bottle|box|"
            r"voucher|bonus|medal|certificate|raise|promotion)|pay rise|five stars?"),
        (1, r"(?:i|we|it|that|he|she) (?:\w+ )?(?:learned|learnt|taught|realised|realized|"
            r"know now|found out|understood|regret)|if i (?:did|ran|had|could)|"
            r"i'd (?:\w+ )?(?:do|start|ask)"),
        (1, r"from (?:\w+ ){1,4}(?:to|down to|up to) (?:\w+ )?\w+|down to|up to|went (?:up|"
            r"down)|instead of \w+"),
        (1, r"(?:adopted|standard|permanent|rolled out|everyone uses|uses it|use it|copied|"
            r"kept it)"),
        (1, r"(?:didn't|did not|wasn't|never) (?:work|go|get|make|win|pass|enough|in time)"),
    ),
    *_cues(
        "o",
        (1, r"(?:let me|i'll|i will|i can|could i|may i|might i) (?:think|tell|give|start|"
            r"say|take|see|explain|do|go|pick|use)"),
        (1, r"(?:one|example|story|question|answer|topic|moment|situation) (?:that|is|"
            r"would|comes|to)"),
        (1, r"(?:if|when|whenever) (?:someone|somebody|people|a|an|there's|you|they|anyone|"
            r"two)"),
        (1, r"i (?:would|'d|wouldn't|could|might|will|'ll) |i(?:'d| would) "),
        (1, r"i(?:'m| am) (?:a|an|very|quite|really|pretty|good|not|the|always|someone|"
            r"fairly)"),
        (1, r"(?:i think|i believe|i feel|for me|in my (?:opinion|view|experience|book)|"
            r"personally)"),
        (1, r"(?:you|people|everyone|everybody|one) (?:just |always |really )?(?:have|has|"
            r"need|should|must|can|can't|know|do|don't|want|will)"),
        (1, r"(?:is|are|it's) (?:\w+ )?(?:key|important|everything|vital|essential|about|"
            r"part of)"),
        (1, r"(?:that's|that was|that is|so that's|anyway|yeah so|so yeah|if that|"
            r"does that|hope that)"),
        (1, r"(?:sorry|pardon|excuse me|what was the question|did i answer|i could go on|"
            r"funny)"),
    ),
)  # fmt: skip
