"""The form for a right: its fields, what is wrong in them, and the question it asks. Pure.

A form decides nothing: what it asks is answered by the same card to review as what is typed.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from analytics.values import TenantId, tenant_id
from bot.slack.inbound import (
    USER,
    Payload,
    Reader,
    UnreadablePayload,
    asker,
    fitting_id,
    inner,
    own_room,
    text_of,
)
from bot.slack.outbound import Block, plain
from handlers.chat.access import Role
from handlers.chat.asking import Ask, UserRef
from handlers.chat.services import Say
from handlers.messages.speaker import LOCALES, speaker

GRANT = "grant-form"
"""Of the form, and of the button and the shortcut that open it."""

CUSTOMERS = "customers"
"""The field that customers are chosen in."""

REASON, MOST = 200, 20
"""Characters of a reason, and customers that one right can be for: their ids must fit the question.
"""

_CHOOSER = "multi_external_select"

_TITLE = 24
_ZONES = timedelta(hours=12)
"""How far the day may be behind UTC where somebody is."""


def grant_form(say: Say, locale: str) -> Block:
    """The view to open: person, role, customers, last day, reason."""
    roles = [
        {"text": plain(say(f"role-choice-{role.value}"), 75), "value": role.value} for role in Role
    ]
    person = {"type": "users_select", "action_id": "value"}
    role = {"type": "static_select", "action_id": "value", "options": roles}
    until = {"type": "datepicker", "action_id": "value"}
    return {
        "type": "modal",
        "callback_id": GRANT,
        "private_metadata": locale,
        "title": plain(say("form-title"), _TITLE),
        "submit": plain(say("form-submit"), _TITLE),
        "close": plain(say("button-cancel"), _TITLE),
        "blocks": [
            _input("person", say("form-person"), person),
            _input("role", say("form-role"), role),
            _input(CUSTOMERS, say("form-customers"), _chooser(say), say("form-customers-hint")),
            _input("until", say("form-until"), until, say("form-until-hint")),
            _input("reason", say("form-reason"), _reason(), say("form-reason-hint")),
        ],
    }


def _input(name: str, label: str, element: Block, hint: str = "") -> Block:
    """A field; one with a hint may be left empty."""
    more = {"optional": True, "hint": plain(hint, 2000)} if hint else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": element,
        **more,
    }


def _chooser(say: Say) -> Block:
    """Customers, asked for as somebody types: see customer_menu.py."""
    return {
        "type": _CHOOSER,
        "action_id": "value",
        "placeholder": plain(say("form-customers-choose"), 150),
        "min_query_length": 1,
        "max_selected_items": MOST,
    }


def _reason() -> Block:
    return {"type": "plain_text_input", "action_id": "value", "max_length": REASON}


def faults(payload: Payload, now: datetime) -> dict[str, str]:
    """What is wrong, by field, in the form's language; nothing is looked up for it."""
    view = inner(payload, "view")
    locale = view.get("private_metadata")
    say = speaker(locale if locale in LOCALES else "en")  # its sender's word, and of language alone
    found, until = {}, _day(_value(view, "until", "selected_date"))
    if until and until < (now - _ZONES).date():
        found["until"] = say("past-end", day=until)
    if _role(view) is Role.ADMIN and _chosen_customers(view):
        found[CUSTOMERS] = say("scoped-admin")
    return found


def submitted_command(payload: Payload, reader: Reader, ask_id: str) -> Ask:
    """The command that says the same. UnreadablePayload where it is no form of ours."""
    view, who = inner(payload, "view"), asker(payload)
    if view.get("callback_id") != GRANT:
        raise UnreadablePayload("no form of ours")
    person = UserRef("slack", who.tenant, fitting_id(USER, _value(view, "person", "selected_user")))
    word = f"<@{person.id}>"
    customers, until = (
        ", ".join(_chosen_customers(view)),
        _day(_value(view, "until", "selected_date")),
    )
    clauses = (
        f"/grant-analytics {word} as {_role(view).value}",
        f"for {customers}" if customers else "",
        f"until {until}" if until else "",
        f"because {reason}" if (reason := _words(view, "reason")[:REASON]) else "",
    )
    text = " ".join(filter(None, clauses))
    return Ask(
        id=ask_id,
        asker=who,
        room=own_room(who),
        text=text,
        locale=reader.locale,
        zone=reader.zone,
        mentions={word: person},
    )


def _role(view: Payload) -> Role:
    option = _value(view, "role", "selected_option")
    try:
        return Role(option.get("value") if isinstance(option, Mapping) else None)
    except ValueError:
        raise UnreadablePayload("no role") from None


def _chosen_customers(view: Payload) -> list[TenantId]:
    """The customers' ids. Nobody chosen means all of them, so that whatever is no such field, as in
    a form that an earlier version opened, is UnreadablePayload.
    """
    options = _value(view, CUSTOMERS, "selected_options") or []
    known = _value(view, CUSTOMERS, "type") == _CHOOSER and isinstance(options, list)
    if not known or len(options) > MOST:
        raise UnreadablePayload("no customers")
    try:
        return [tenant_id(text_of(option, "value")) for option in options]
    except (AttributeError, ValueError):
        raise UnreadablePayload("no customer") from None


def _words(view: Payload, name: str) -> str:
    """A text on one line."""
    said = _value(view, name, "value")
    return " ".join(said.split()) if isinstance(said, str) else ""


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        raise UnreadablePayload("no day") from None


def _value(view: Payload, block: str, what: str) -> Any:
    return inner(inner(inner(inner(view, "state"), "values"), block), "value").get(what)
