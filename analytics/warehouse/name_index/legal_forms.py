"""Company names without what people leave out or add: the legal form, and words for `&`."""

from analytics.warehouse.name_index.word_list import words_of

CONJUNCTIONS = frozenset(("and", "et", "und", "y", "e", "en", "og", "och", "n"))
"""Words between two names that are as good as `&`, which folding drops."""

_FORMS = words_of(
    """
    ab ag ans aps as asa bhd bv bvba cic co coop corp corporation cv cvba dba doo ead ehf ei
    eirl enk eood eurl ev gbr gesmbh ggmbh gie gmbh gp hf inc incorporated kft kg kgaa ks lc lda
    limitada limited llc llp lp ltd ltda mbh nv oao ohg ood oy oyj partgmbb plc pllc pte pty pvt
    sa saca sal sapi sarl sas sasu sc sca sci scop scs sdn se selarl sia sl slu snc spa spj spk
    sprl spzoo srl srls sro ug unltd vof zrt
    """
)
_LONGEST = 4
"""Most pieces that a form is written in: `S.A.R.L.`."""
_PIECE = 2
"""Most letters of such a piece: `Sp. z o.o.`."""


def bare_name(folded: str) -> str:
    """Return a folded name without conjunctions and the legal forms at its end; the name itself
    where nothing else would remain.

    >>> bare_name("city power and light gmbh co kg"), bare_name("rossi s p a"), bare_name("sa")
    ('city power light', 'rossi', 'sa')
    """
    first, *others = folded.split() or [""]
    words = [first, *(word for word in others if word not in CONJUNCTIONS)]
    while length := _form_at_end(words):
        words = words[:-length]
    return " ".join(words)


def _form_at_end(words: list[str]) -> int:
    """Return how many words at the end are one legal form; 0 for none, or where no name is left."""
    for length in range(1, min(_LONGEST, len(words) - 1) + 1):
        pieces = words[-length:]
        if length > 1 and any(len(piece) > _PIECE for piece in pieces):
            return 0
        if "".join(pieces) in _FORMS:
            return length
    return 0
