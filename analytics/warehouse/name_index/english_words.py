"""Everyday English words, folded: one of them alone is never a part of a customer's name."""

from analytics.warehouse.name_index.word_list import words_of

BEFORE_NAMES = words_of(
    """
    for at of in on to with about from by the a an their our my customer customers client
    clients tenant company account please show me us give tell
    """
)
"""Words before a customer's name that say nothing: `for the customer Contoso`."""

COMMON = words_of(
    """
    a able about above accept across act actually add after again against age ago agree air all
    allow almost alone along already also although always am among amount an and another answer
    any anybody anyone anything appear apply are area around art as ask at available avoid away
    back bad base be became because become been before began begin behind being believe below
    best better between big bit black body book both boy break bring build business but buy by
    call came can cannot cant car care carry case cause center certain chance change check child
    children choose city class clear close come coming common community company consider
    continue control cost could country couple course cover create current cut data date
    daughter day days deal death decide describe develop did die different difficult do does
    doesnt doing done dont door down draw drive due during each early easy eat economic
    education effect effort eight either else end enough even ever every everybody everyone
    everything example except exist expect experience explain eye eyes face fact fall family far
    father federal feel feet few field fight figure final find fine first five follow food for
    force forget form found four free friend friends from full game gave general get gets
    getting girl give given go goes going gone good got government great group grow guy guys had
    half hand hands happen happened happy hard has have he head health hear heard heart held
    hello help her here herself hes hey hi high him himself his history hold home hope hour
    hours house how however human hundred husband i id idea ideas if ill im imagine important in
    include including increase indeed information inside instead interest international into is
    isnt issue it its itself ive job join just keep kid kids kill kind knew know known land
    large last late later laugh law lay lead leader learn least leave led left less let lets
    letter level lie life like likely line list listen little live local long look looked
    looking lose loss lost lot lots love low made main major make makes making man many market
    matter may maybe me mean means meet meeting member men might million mind mine minute
    minutes miss moment money month months more morning most mother move much must my myself
    name national near nearly necessary need never new news next nice night no nobody non none
    nor not note nothing now number numbers of off offer office often oh ok okay old on once one
    ones only onto open or order other others our ours out outside over own page paper parent
    part particular party pass past pay people per percent perhaps person personal phone pick
    place plan play please point police policy political poor position possible power present
    president pretty private probably problem process produce program provide public pull put
    question quite raise range rate rather reach read ready real realize really reason receive
    recently red remain remember report require research rest result return right road room run
    said same save saw say saying says school second see seek seem seems seen self sell send
    sense serious serve service set seven several shall she short should show side sign similar
    simply since single sir sit site six size sleep small smile so social society some somebody
    someone something sometimes son soon sorry sort sound speak special spend stand start state
    states stay step still stood stop story street strong student students study stuff such
    suggest support sure system take taken talk teach teacher team tell ten term than thank
    thanks that thats the their them themselves then there theres these they theyre thing things
    think third this those though thought thousand three through throughout throw thus time
    times to today together told tomorrow tonight too took top total toward town tree tried true
    try trying turn two type under understand united until up upon us use used using usually
    value various very view voice wait walk want wants war was wasnt watch water way ways we
    wear week weeks well went were what whatever whats when where whether which while white who
    whole whom whose why wife will win wish with within without woman women won wont word words
    work worked working works world worry worse worst worth would write wrong yeah year years
    yes yesterday yet you young your youre yours yourself
    """
)
"""The commonest words of speech and print. One of them alone is a word of a sentence."""

OWN_NOUNS = words_of(
    """
    active activity adoption alert alerts apr april assigned attention aug august brief chart
    client clients compare consumption customer customers dashboard dec december deployment
    deployments digest digests export feb february figures friday graph growth idle invoice jan
    january jul july jun june licence licences license licenses mar march monday nov november
    oct october overview portfolio previous price prices product products quarter quarters
    renewal renewals reports rights saturday savings seat seats sep sept september subscription
    subscriptions summary sunday tenant tenants thursday trend trial trials tuesday unassigned
    unused usage user users wednesday workload workloads
    """
)
"""The trade's own nouns, and the calendar's."""
