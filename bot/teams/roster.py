"""A conversation's people as Bot Connector lists them. Pure."""

from bot.teams.ports import Json
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import UserRef


def person(member: Json, tenant: str) -> UserRef | None:
    """The person that rights can be given to: tenant and Entra object id; None for a member without
    that id, such as bots and anonymous guests.
    """
    found = member.get("aadObjectId") or member.get("objectId")
    if not isinstance(found, str) or not found:
        return None
    return UserRef("teams", tenant, found.lower())


def kind(member: Json, tenant: str) -> AccountKind:
    """The member's relation to the organisation `tenant`; the first that applies.

    >>> kind({"id": "29:a", "userRole": "guest", "tenantId": "other"}, "ours").value
    'guest'
    """
    role = str(member.get("userRole") or "").lower()
    if account(member).startswith("28:") or role == "bot":
        return AccountKind.BOT
    if role == "guest":
        return AccountKind.GUEST
    if role == "anonymous" or _is_foreign(member, tenant) or person(member, tenant) is None:
        return AccountKind.STRANGER
    return AccountKind.MEMBER


def is_outside(member: Json, tenant: str) -> bool:
    """Check whether a member is of another organisation, or of none."""
    return _is_foreign(member, tenant) or kind(member, tenant) is AccountKind.STRANGER


def account(member: Json) -> str:
    """The member's id in Teams, `29:…`; empty where there is none."""
    found = member.get("id")
    return found if isinstance(found, str) else ""


def name(member: Json) -> str:
    """The member's name in the directory; empty where it does not say."""
    found = member.get("name")
    return found if isinstance(found, str) else ""


def _is_foreign(member: Json, tenant: str) -> bool:
    """Check whether a member's home is another organisation; False where the roster names none."""
    home = member.get("tenantId")
    return bool(home) and str(home).lower() != tenant
