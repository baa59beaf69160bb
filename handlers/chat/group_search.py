"""Search for a group of customers by its name, among those that a reader may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from analytics.folded_text import folded_text
from analytics.values import TenantId
from handlers.chat.access import Access
from handlers.chat.group_refusals import EmptyGroup, GroupMisplaced, SeveralGroups, UnknownGroup
from handlers.chat.groups import CustomerGroup, CustomerGroups

_NEAR = 2
"""Most edits between a name and one that is offered instead; one for short names."""
_SHORT = 5
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A group, and those of its customers whom the reader may see: one at least."""

    group: CustomerGroup
    customers: frozenset[TenantId]


def knows(access: Access, scope: CustomerGroup) -> bool:
    """Check whether a reader may know that there is this scope: they see all customers or one of
    its own, or a right of theirs names it. Customers beyond their sight make no difference.
    """
    named = any(each.number == scope.number for grant in access.grants for each in grant.scopes)
    return access.customers is None or named or any(map(access.sees, scope.customers))


def visible_in(access: Access, group: CustomerGroup) -> frozenset[TenantId]:
    """Return those of a group's customers whom the reader may see."""
    return frozenset(filter(access.sees, group.customers))


async def known_scopes(access: Access, groups: CustomerGroups) -> tuple[CustomerGroup, ...]:
    """Return the scopes that a reader may know, by name."""
    scopes = await groups.scopes(access.partner)
    return tuple(each for each in scopes if knows(access, each))


async def find_group(said: str, access: Access, groups: CustomerGroups) -> FoundGroup:
    """Find the scope or own list of this name or number. Raises UnknownGroup, also for a scope that
    the reader may not know; SeveralGroups where a scope and a list are called so; EmptyGroup where
    the reader may see none of its customers.
    """
    scopes = await known_scopes(access, groups)
    lists = await groups.lists(access.asker, access.partner)
    # Two names that fit are a scope and a list: among its own kind each name is alone.
    fits = _fits(said, (*scopes, *lists))
    if len(fits) > 1:
        labels = ("group-own-list" if each.owner else "group-scope" for each in fits)
        words = (each.word for each in fits)
        raise SeveralGroups(said, tuple(zip(labels, words, strict=True)))
    if not fits:
        raise UnknownGroup(said, _near(said, (*scopes, *lists)))
    customers = visible_in(access, fits[0])
    if not customers:
        raise EmptyGroup(name=fits[0].name)
    return FoundGroup(fits[0], customers)


async def find_grantable(said: str, access: Access, groups: CustomerGroups) -> CustomerGroup:
    """Find the scope of this name or number, empty or not, for a right. Raises UnknownGroup, and
    GroupMisplaced for a list of the asker's own.
    """
    try:
        return scope_called(said, await known_scopes(access, groups))
    except UnknownGroup:
        if _fits(said, await groups.lists(access.asker, access.partner)):
            raise GroupMisplaced("is-list", name=said) from None
        raise


def scope_called(said: str, scopes: Sequence[CustomerGroup]) -> CustomerGroup:
    """Return the one of these groups that has this name or number. Raises UnknownGroup."""
    fits = _fits(said, scopes)
    if not fits:
        raise UnknownGroup(said, _near(said, scopes))
    return fits[0]


def _fits(said: str, groups: Iterable[CustomerGroup]) -> list[CustomerGroup]:
    """Return the groups of this name, whatever its case and accents, or of the number behind `#`:
    no name begins so.
    """
    if said.startswith("#"):
        return [each for each in groups if said == f"#{each.number}"]
    return [each for each in groups if folded_text(each.name) == folded_text(said)]


def _near(said: str, groups: Iterable[CustomerGroup]) -> tuple[str, ...]:
    """Return names of groups nearly so, the nearest first."""
    if said.startswith("#"):
        return ()
    names = dict.fromkeys(each.name for each in groups)
    plain = folded_text(said)
    near = [(OSA.distance(plain, folded_text(name)), name) for name in names]
    fits = [
        (distance, name)
        for distance, name in near
        if distance <= (_NEAR if len(plain) >= _SHORT else 1) or folded_text(name).startswith(plain)
    ]
    return tuple(name for _, name in sorted(fits))[:_OFFERED]
