"""Sets of words, written as a text."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text.

    >>> sorted(words_of("for at"))
    ['at', 'for']
    """
    return frozenset(text.split())
