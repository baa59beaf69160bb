"""Folding of typed words, so that case, accents and typography make no difference to a grammar."""

import unicodedata

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("`\u2018\u2019\u02bc", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


def straight(text: str) -> str:
    """Return the text with the apostrophe and the hyphen of a keyboard for those of typography."""
    return text.translate(_STRAIGHT)


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with straight apostrophes and hyphens.

    Blanks and all other punctuation stay: a grammar reads them. `folded_text` of analytics compares
    customers' names instead, where apostrophes are dropped and punctuation only parts words.

    >>> fold("Jusqu’à DÉCEMBRE"), fold("mon–fri")
    ("jusqu'a decembre", 'mon-fri')
    """
    if text.isascii():
        return straight(text.lower())  # the same, sooner
    letters = unicodedata.normalize("NFKD", text).casefold()
    return straight("".join(letter for letter in letters if not unicodedata.combining(letter)))
