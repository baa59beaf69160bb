"""Members of Partner Center's roles: rights there, which give none here."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from analytics.tables import ROLE_MEMBERS
from analytics.values import plain
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark

SHOWN = 50
"""Members listed at once."""

_MEMBERS = """
    SELECT role_name, member_name, member_upn FROM {newest_role_members}
    WHERE member_name IS NOT NULL
    ORDER BY role_name, member_name, member_upn"""


@dataclass(frozen=True, slots=True)
class RoleMember:
    """One person in one role of Partner Center. `usermembers`: displayName, userPrincipalName."""

    role: str
    name: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class PartnerRoles:
    """Members by role and name, at most 50, and how many more; as of the last complete sync."""

    members: tuple[RoleMember, ...]
    more: int
    as_of: date | None
    mark: Mark | None
    """The dataset's mark if the list is not complete now."""


def partner_roles(facts: Facts) -> PartnerRoles:
    """Return all role members to a reader who sees all customers and people's names; none to
    others, and none before a sync.
    """
    rows = cast("list[tuple[str, str, str]]", facts.rows(_MEMBERS))
    members = tuple(RoleMember(plain(role), plain(name), plain(upn)) for role, name, upn in rows)
    mark = facts.generation.marks.get(ROLE_MEMBERS.name)
    told = mark if mark and mark.reasons and facts.sees_all else None
    as_of = mark.as_of if mark else None
    return PartnerRoles(members[:SHOWN], len(members[SHOWN:]), as_of, told)
