"""The form to grant a right: its fields, the check of its values, and the question it asks. Pure.

The form decides nothing: its question is answered by the same card to review as a typed one.
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
from bot.slack.outbound import plain
from bot.slack.rich_text import Block
from handlers.chat.access import Role
from handlers.chat.asking import Ask, UserRef
from handlers.chat.services import Say
from handlers.messages.speaker import LOCALES, speaker

GRANT = "grant-form"
"""Id of the form, and of the button and the shortcut that open it."""

CUSTOMERS = "customers"
"""Name of the field in which customers are chosen."""

PEOPLE = "people"
"""Name of the field that adds people's names to the right, and the value of its one box."""

REASON, MOST = 200, 20
"""Maximum characters of a reason, and customers of one right: their ids must fit the question."""

_CHOOSER = "multi_external_select"

_TITLE = 24
_ZONES = timedelta(hours=12)
"""Time that the local day of a person may be behind UTC."""


def grant_form(say: Say, locale: str) -> Block:
    """The view of the form: person, role, customers, last day, reason."""
    roles = [
        {"text": plain(say(f"role-choice-{role.value}"), 75), "value": role.value} for role in Role
    ]
    person = {"type": "users_select", "action_id": "value"}
    role = {"type": "static_select", "action_id": "value", "options": roles}
    until = {"type": "datepicker", "action_id": "value"}
    named = {"text": plain(say("form-people"), 75), "value": PEOPLE}
    people = {"type": "checkboxes", "action_id": "value", "options": [named]}
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
            _input(PEOPLE, say("form-people-label"), people, say("form-people-hint")),
            _input(CUSTOMERS, say("form-customers"), _chooser(say), say("form-customers-hint")),
            _input("until", say("form-until"), until, say("form-until-hint")),
            _input("reason", say("form-reason"), _reason(), say("form-reason-hint")),
        ],
    }


def _input(name: str, label: str, element: Block, hint: str = "") -> Block:
    """A field of the form; a field with a hint may be left empty."""
    more = {"optional": True, "hint": plain(hint, 2000)} if hint else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": element,
        **more,
    }


def _chooser(say: Say) -> Block:
    """The customer menu; its options are asked for while a person types: see customer_menu.py."""
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
    """The faults of a filled-in form, by field, in the form's language; no data is looked up."""
    view = inner(payload, "view")
    locale = view.get("private_metadata")
    # The sender could have changed it, but it decides nothing except the language.
    say = speaker(locale if locale in LOCALES else "en")
    found, until = {}, _day(_value(view, "until", "selected_date"))
    if until and until < (now - _ZONES).date():
        found["until"] = say("past-end", day=until)
    if _role(view) is Role.ADMIN and _chosen_customers(view):
        found[CUSTOMERS] = say("scoped-admin")
    return found


def submitted_command(payload: Payload, reader: Reader, ask_id: str) -> Ask:
    """The command that says the same as a filled-in form. Raises UnreadablePayload where the
    payload is not our form.
    """
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
        "with people" if _with_people(view) else "",
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


def _with_people(view: Payload) -> bool:
    """Check whether the box is ticked; a form that an earlier version opened has none."""
    ticked = _value(view, PEOPLE, "selected_options")
    return isinstance(ticked, list) and len(ticked) > 0


def _chosen_customers(view: Payload) -> list[TenantId]:
    """The ids of the chosen customers; none chosen means all of them. Therefore a payload without
    this very field, as in a form that an earlier version opened, raises UnreadablePayload.
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
    """The text of a field, joined into one line; empty where the field has no text."""
    said = _value(view, name, "value")
    return " ".join(said.split()) if isinstance(said, str) else ""


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        raise UnreadablePayload("no day") from None


def _value(view: Payload, block: str, what: str) -> Any:
    return inner(inner(inner(inner(view, "state"), "values"), block), "value").get(what)
