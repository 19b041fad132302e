"""Closed lists of English that the labeller stands on: function words, irregular forms, classes."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text, for a closed list of them."""
    return frozenset(text.split())


DROPPED = words_of("um uh umm uhm er erm em eh ah hmm hm mm uhh")  # fillers

FUNCTION_WORDS = words_of(
    """
    i me my mine myself we us our ours ourselves you your he him his she her they them their it
    its this that these those there here who whom whose which what when where why how a an the
    and or but so because if then than as of in on at for with from by about into onto over up
    down out off to through after before until till while during since under between against not
    no nor never none nobody nothing anyone anything everyone everybody everything somebody
    someone something each every all both some any more most less fewer only just even still
    also too very really quite again now today always usually often sometimes already ever once
    is are was were be been being am has have had having do does did done will would could
    should can can't may might must shall ought isn't aren't wasn't weren't hasn't haven't
    hadn't don't doesn't didn't won't wouldn't couldn't shouldn't i'm i've i'd i'll we're we've
    we'd we'll you're you've you'd you'll he's he'd he'll she's she'd she'll they're they've
    they'd they'll it's it'd it'll that's there's there'd what's who's let's well yeah yes okay
    right like anyway actually basically honestly maybe perhaps please first second third next
    last finally eventually
    """
)

# Verbs with their irregular past forms; those with none keep their form.
_VERBS = """
be was were been; begin began begun; bend bent; bet; bite bit bitten; bleed bled; blow blew
blown; break broke broken; bring brought; build built; burn burnt; buy bought; catch caught;
choose chose chosen; come came; cost; creep crept; cut; deal dealt; dig dug; do did done; draw
drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; fly flew flown; forget forgot forgotten; forgive forgave
forgiven; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown;
hang hung; have had; hear heard; hide hid hidden; hit; hold held; hurt; keep kept; know knew
known; lay laid; lead led; lean leant; learn learnt; leave left; lend lent; let; lie lay lain;
light lit; lose lost; make made; mean meant; meet met; pay paid; put; quit; read; rebuild
rebuilt; redo redid redone; rewrite rewrote rewritten; ride rode ridden; ring rang rung; rise
rose risen; run ran; say said; see saw seen; sell sold; send sent; set; sew sewn; shake shook
shaken; shine shone; shoot shot; show showed shown; shut; sing sang sung; sink sank sunk; sit
sat; sleep slept; slide slid; speak spoke spoken; spell spelt; spend spent; spill spilt; split;
spread; stand stood; steal stole stolen; stick stuck; strike struck; swap swapped; swear swore
sworn; sweep swept; swim swam; swing swung; take took taken; teach taught; tear tore torn; tell
told; think thought; throw threw thrown; understand understood; wake woke woken; wear wore worn;
weep wept; win won; wind wound; withdraw withdrew; write wrote written; overhear overheard; undo
undid undone; oversee oversaw; overcome overcame; upset; sneak snuck
"""
_ROWS = [row.split() for row in _VERBS.split(";")]
IRREGULAR_PASTS = frozenset(
    form for base, *forms in _ROWS for form in (forms or [base]) if form not in FUNCTION_WORDS
)
# Words that only look as if they had an ending; and what a form is a form of.
_WHOLE = words_of(
    """
    always anything as did during evening everything had his its lot morning mum need nothing
    people something this us was yes
    """
)
STEMS = (
    {form: base for base, *forms in _ROWS for form in forms}
    | {word: word for word in _WHOLE}
    | {"is": "be", "are": "be", "am": "be", "were": "was", "has": "have", "does": "do"}
)

_GROUPS = {
    "BOSS": words_of(
        """
        boss manager supervisor director head foreman chef matron sergeant captain lieutenant
        officer commander owner principal leader superior gaffer ceo headteacher dean professor
        tutor inspector coordinator major lead chief superintendent lecturer coach mentor
        consultant partner producer editor warden governor vicar minister
        """
    ),
    "CLIENT": words_of(
        """
        customer client patient guest passenger resident pupil student parent family relative
        tenant buyer shopper caller lady gentleman visitor mum dad mother father daughter son
        child kid member user supplier contractor couple woman man guy bloke lad girl boy
        """
    ),
    "MATE": words_of(
        """
        colleague team coworker mate crew staff apprentice trainee intern assistant nurse driver
        waiter cook cleaner teacher engineer developer designer volunteer partner group nobody
        friend
        """
    ),
    "TIME": words_of(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april
        june july august september october november december christmas easter spring summer
        autumn winter year month week weekend day night morning afternoon evening hour minute
        term semester season shift yesterday ago
        """
    ),
    "NUM": words_of(
        """
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred thousand million dozen half quarter percent zero
        """
    ),
    "SAY": words_of(
        """
        said told asked explained rang called phoned emailed texted showed suggested spoke
        talked replied apologised apologized offered proposed mentioned answered wrote sent
        listened reported presented pitched warned promised admitted announced
        """
    ),
    "DECIDE": words_of(
        """
        decided chose agreed planned figured thought reckoned picked settled prioritised
        prioritized arranged organised organized
        """
    ),
    "THANK": words_of(
        """
        thanked praised promoted congratulated thank thanks award prize bonus compliment
        grateful pleased delighted proud impressed smiled laughed hugged cried clapped relieved
        happy feedback
        """
    ),
    "LEARN": words_of(
        """
        learned learnt realised realized lesson taught mistake looking differently
        """
    ),
    "DUTY": words_of(
        """
        job task role responsibility responsible goal aim target brief duty deadline charge
        accountable supposed meant expected mission objective
        """
    ),
    "TROUBLE": words_of(
        """
        problem issue complaint complaining complained angry furious broke broken crashed sick
        short behind late wrong conflict argument row stuck leak fault upset shouting struggling
        refused missing mess chaos
        """
    ),
    "GAIN": words_of(
        """
        improved increased decreased reduced dropped fell rose doubled halved tripled saved grew
        passed won finished sold worked stopped stayed opened signed approved fixed solved
        launched
        """
    ),
}
CLASSES = {word: name for name, words in _GROUPS.items() for word in words}


def is_content(word: str) -> bool:
    """Whether a word in lower case says more than grammar and hesitation do."""
    return word not in FUNCTION_WORDS and word not in DROPPED
