"""Words of sentences and products, which a question holds beside a customer's name."""

from collections.abc import Sequence

from analytics.warehouse.name_index import english_words, french_words
from analytics.warehouse.name_index.word_list import words_of

LANGUAGES = {"en": english_words, "fr": french_words}
"""The lists of each language; all are read whatever the asker's own is."""

BEFORE_NAMES = frozenset().union(*(each.BEFORE_NAMES for each in LANGUAGES.values()))
"""Words that may stand before a customer's name and are left out where the rest finds one."""

EVERYDAY = BEFORE_NAMES.union(*(each.COMMON | each.OWN_NOUNS for each in LANGUAGES.values()))
"""Words that alone mean a customer only where that is the whole name."""

PRODUCTS = words_of(
    """
    a1 a3 a5 access azure bi bookings business calling copilot crm defender dynamics e1 e3 e5 e7
    engage enterprise entra excel exchange f1 f3 fabric forms frontline intune kaizala lists
    loop m365 microsoft o365 office onedrive onenote outlook planner power powerapps powerbi
    premium project purview security sharepoint skype stream sway teams todo visio viva windows
    word yammer
    """
)
"""Words of products and workloads, which begin a customer's name only as a whole word."""


def is_everyday(words: Sequence[str]) -> bool:
    """Check whether folded words are a single everyday word.

    >>> is_everyday(["this"]), is_everyday(["first", "up"]), is_everyday(["contoso"])
    (True, False, False)
    """
    return len(words) == 1 and words[0] in EVERYDAY


def are_no_name(words: Sequence[str]) -> bool:
    """Check whether each folded word is an everyday word or a product's: then only whole words from
    the beginning of a name can mean a customer.

    >>> are_no_name(["first", "up"]), are_no_name(["teams"]), are_no_name(["up", "contoso"])
    (True, True, False)
    """
    return all(word in EVERYDAY or word in PRODUCTS for word in words)
