"""A group of customers among typed words: `group:north`, `groupe : nord`."""

from collections.abc import Sequence

from handlers.chat.group_refusals import GroupMisplaced
from handlers.input.fold import fold
from handlers.input.languages import MIXED

_PREFIXES = MIXED.groups.prefix
_END = ",;.!?"


def take_group(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the other words, and the name of the group among them; an empty name for none. Raises
    GroupMisplaced for two groups, or a prefix without a name.

    >>> take_group(("exchange", "group:north", "last", "month"))
    (('exchange', 'last', 'month'), 'north')
    >>> take_group(("groupe", ":", "nord")), take_group(("Groupe", "Dupont"))
    (((), 'nord'), (('Groupe', 'Dupont'), ''))
    """
    rest: list[str] = []
    found: list[str] = []
    at = 0
    while at < len(words):
        name, used = _group_at(words[at:])
        if used:
            found.append(name.rstrip(_END))
        else:
            rest.append(words[at])
        at += used or 1
    if len(found) > 1:
        raise GroupMisplaced("twice")
    if found and not found[0]:
        raise GroupMisplaced("unnamed")
    return tuple(rest), "".join(found)


def _group_at(words: Sequence[str]) -> tuple[str, int]:
    """Return the name of the group that the words begin with, and how many words it takes; none for
    other words.
    """
    prefix, colon, name = words[0].partition(":")
    if fold(prefix.strip()) not in _PREFIXES:
        return "", 0
    if colon:
        return (name.strip(), 1) if name.strip() else ("".join(words[1:2]), 2)
    behind = words[1] if len(words) > 1 else ""
    if not behind.startswith(":"):
        return "", 0
    return (behind[1:], 2) if behind[1:] else ("".join(words[2:3]), 3)
