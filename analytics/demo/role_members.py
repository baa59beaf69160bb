"""The made-up partner's own people: their roles in Partner Center, and their names in its log."""

from collections.abc import Iterator
from datetime import date, timedelta

from analytics.demo.page import DemoPage, answer
from analytics.demo.planted import planted_in
from analytics.demo.stories import made_up_id
from analytics.tables import ROLE_MEMBERS

_ROLES = {
    "Admin agent": ("Ines Albrecht", "Jonas Verbeek"),
    "Sales agent": ("Jonas Verbeek", "Priya Raman"),
    "Helpdesk agent": ("Priya Raman", "Tomás Ibarra"),
    "Report viewer": ("Ines Albrecht",),
    "Executive report viewer": (),
}
_LEFT = ("Helpdesk agent", "Tomás Ibarra")
"""A member whose role was taken back a week ago."""


def role_member_pages(asked: date, today: date) -> Iterator[DemoPage]:
    """Yield the members of each role as of a day."""
    for role, names in _ROLES.items():
        held = asked <= today - timedelta(days=8)
        members = [_member(name) for name in names if held or (role, name) != _LEFT]
        if role == "Executive report viewer":
            members.append(_planted_member())
        part = made_up_id(role)
        yield answer(ROLE_MEMBERS, asked, members, part, role_id=part, role_name=role)


def sign_in_name(name: str) -> str:
    """Return the sign-in name of one of the partner's people."""
    return f"{name.split()[0].lower().replace('á', 'a')}@made-up-partner.example"


def _member(name: str) -> dict[str, object]:
    return {
        "id": made_up_id(f"user {name}"),
        "displayName": name,
        "userPrincipalName": sign_in_name(name),
        "roleId": "",
        "attributes": {"objectType": "UserMember"},
    }


def _planted_member() -> dict[str, object]:
    words = planted_in(ROLE_MEMBERS.name)
    names = {"displayName": words["member_name"], "userPrincipalName": words["member_upn"]}
    return _member(words["member_name"]) | names
