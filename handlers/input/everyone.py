"""Words for all customers together."""

from collections.abc import Sequence

from analytics.warehouse.name_index.everyday_words import BEFORE_NAMES
from handlers.input.fold import fold
from handlers.input.languages import MIXED


def means_everyone(said: str) -> bool:
    """Check whether words in a customer's place mean all customers together. A blank behind them
    marks a customer's whole name, which means that customer.

    >>> means_everyone("for all customers"), means_everyone("tous les clients"), means_everyone("")
    (True, True, False)
    >>> means_everyone("all customers except contoso"), means_everyone("All ")
    (False, False)
    """
    words = fold(said).split(" ")
    while len(words) > 1 and words[0] in BEFORE_NAMES:
        words = words[1:]
    return {fold(said), " ".join(words)} & {*MIXED.commands.everyone} != set()


def beside_everyone(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words beside a phrase that means all customers together, at either end; empty
    where there is no such phrase, or nothing beside it.

    >>> beside_everyone(("all", "copilot")), beside_everyone(("e3", "for", "all", "customers"))
    (('copilot',), ('e3',))
    """
    for upto in range(len(words) - 1, 0, -1):
        if means_everyone(" ".join(words[:upto])):
            return tuple(words[upto:])
    for start in range(1, len(words)):
        if means_everyone(" ".join(words[start:])):
            return tuple(words[:start])
    return ()


def everyone_at_front(words: Sequence[str]) -> str:
    """Return the longest beginning of words that means all customers together; empty for none.

    >>> everyone_at_front(("all", "customers", "last", "month"))
    'all customers'
    """
    begins = (" ".join(words[:upto]) for upto in range(len(words), 0, -1))
    return next(filter(means_everyone, begins), "")
