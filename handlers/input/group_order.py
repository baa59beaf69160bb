"""An order about a group of customers: `north + contoso, fabrikam`, `north delete`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from analytics.folded_text import folded_text
from handlers.chat.group_refusals import BadGroupName, GroupOrderUnread
from handlers.chat.groups import LONGEST_NAME
from handlers.input.everyone import means_everyone
from handlers.input.fold import fold
from handlers.input.group_words import take_group
from handlers.input.languages import MIXED
from handlers.input.phrases import meanings


class GroupVerb(Enum):
    """An action on a group."""

    SHOW = "show"
    ADD = "+"
    REMOVE = "-"
    REPLACE = "="
    DELETE = "delete"
    FIND = "find"
    """Show those that have these letters in their names; it names no group."""


_WORDS = MIXED.groups
_VERBS = meanings(
    {
        GroupVerb.ADD: ("+", *_WORDS.add),
        GroupVerb.REMOVE: ("-", *_WORDS.remove),
        GroupVerb.REPLACE: ("=", *_WORDS.replace),
        GroupVerb.DELETE: _WORDS.delete,
    }
)
_SIGNS = "+-="
_FIND = frozenset(_WORDS.find)
_NONE = MIXED.grants.none


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """An order as it was typed; nothing in it was looked up yet."""

    name: str
    """The group's name, or its number behind `#`."""
    verb: GroupVerb
    customers: tuple[str, ...] = ()
    """The customers' names as typed."""

    @property
    def only_shows(self) -> bool:
        """True if the order changes nothing: it names no customer to add or remove."""
        moves = self.verb in (GroupVerb.ADD, GroupVerb.REMOVE)
        return self.verb is GroupVerb.SHOW or (moves and not self.customers)

    @property
    def makes(self) -> bool:
        """True if the order may be about a group that there is not yet."""
        adds = self.verb in (GroupVerb.ADD, GroupVerb.REPLACE)
        return adds and not self.only_shows and not self.name.startswith("#")


def read_group_order(words: Sequence[str], said: str = "") -> GroupOrder:
    """Read `north`, `group:north + contoso, fabrikam` or `north = none`; `said` are further
    customers. Raises GroupOrderUnread for other words.

    >>> read_group_order("north +contoso, fabrikam".split()).customers
    ('contoso', 'fabrikam')
    >>> read_group_order(["Nord", "supprimer"]).verb
    <GroupVerb.DELETE: 'delete'>
    >>> read_group_order("find nor".split())
    GroupOrder(name='nor', verb=<GroupVerb.FIND: 'find'>, customers=())
    """
    name, rest = _name(words)
    if not rest:
        return GroupOrder(name, GroupVerb.SHOW)
    verb, behind = _verb(rest)
    if verb is None and fold(words[0]) in _FIND:
        return GroupOrder(" ".join(rest), GroupVerb.FIND)
    if verb is None or (verb is GroupVerb.DELETE and behind):
        raise GroupOrderUnread("order", words=" ".join(rest))
    listed = ",".join([" ".join(behind), *said.splitlines()])
    named = tuple(part.strip() for part in listed.split(",") if part.strip())
    if verb is GroupVerb.REPLACE and fold(",".join(named)) in _NONE:
        return GroupOrder(name, verb)
    if verb is GroupVerb.REPLACE and not named:  # an empty list is never taken for an order
        raise GroupOrderUnread("customers", name=name)
    return GroupOrder(name, verb, named)


def _verb(rest: Sequence[str]) -> tuple[GroupVerb | None, list[str]]:
    """Return the verb that the words begin with, None for no verb, and the words behind it."""
    first, behind = rest[0], list(rest[1:])
    sign = fold(first[0])
    if len(first) > 1 and sign in _SIGNS:
        first, behind = sign, [first[1:], *behind]
    return _VERBS.get(fold(first)), behind


def _name(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the group's name and the words behind it, its prefix left out."""
    rest, name = take_group(words[:3])
    if name and tuple(words[:3]) != rest:
        used = len(words[:3]) - len(rest)
        return name, words[used:]
    return words[0].rstrip(",:;"), words[1:]


def check_group_name(name: str) -> None:
    """Raise BadGroupName for a name that is too long, begins with none of letters and digits or has
    other signs than these, `-` and `_`, or means all or no customers.
    """
    if len(name) > LONGEST_NAME:
        raise BadGroupName("long", most=LONGEST_NAME)
    signs = name[:1].isalnum() and all(sign.isalnum() or sign in "-_" for sign in name)
    if not signs or not folded_text(name):
        raise BadGroupName("signs", name=name)
    if means_everyone(name) or fold(name) in _NONE:
        raise BadGroupName("word", name=name)
