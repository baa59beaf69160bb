"""Options of the form's customer menu, searched for while a person types: groups that a right may
name, then customers. Pure.

The person's rights decide: the search is a question of theirs, authorized and audited as any other.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bot.slack.forms import CUSTOMERS, GRANT
from bot.slack.inbound import Payload, Reader, UnreadablePayload, asker, inner, own_room, text_of
from bot.slack.outbound import plain
from bot.slack.rich_text import Block
from handlers.chat.asking import Ask
from handlers.chat.groups import GROUP
from handlers.chat.reply import Choice, Choices, Reply

PATIENCE = 2.0
"""Seconds that the search may take: Slack waits three, including the way to us and back."""

_LABEL = 75
_GROUP = re.compile(rf"/scope ({GROUP}#\d+)")
_NOBODY_ELSE = Reader()
"""The default reader: names are the same in every language, and no sentences are shown."""


def customer_search(payload: Payload, ask_id: str) -> Ask:
    """The text typed into the form's customer menu, as a question; else UnreadablePayload."""
    ours = inner(payload, "view").get("callback_id") == GRANT
    if not ours or payload.get("block_id") != CUSTOMERS:
        raise UnreadablePayload("no menu of ours")
    return _search("/customers", payload, ask_id)


def group_search(payload: Payload, ask_id: str) -> Ask:
    """The same text as a question for the groups that have it in their names."""
    return _search("/scope find", payload, ask_id)


def _search(command: str, payload: Payload, ask_id: str) -> Ask:
    reader, who = _NOBODY_ELSE, asker(payload)
    text = f"{command} {text_of(payload, 'value')}"
    return Ask(ask_id, who, own_room(who), text, reader.locale, reader.zone)


def menu_options(customers: Reply, groups: Reply) -> list[Block]:
    """The groups in an answer, then the customers in another, as a menu's options; none of an
    answer that is a refusal. Customers of the same name have their ids below their names.
    """
    return [*_group_options(groups), *_customer_options(customers)]


def _group_options(reply: Reply) -> list[Block]:
    named = [(choice.label, _GROUP.fullmatch(choice.text)) for choice in _choices(reply)]
    return [
        {"text": plain(f"{GROUP}{name}", _LABEL), "value": found[1]}
        for name, found in named
        if found
    ]


def _choices(reply: Reply) -> Iterator[Choice]:
    return (each for part in reply.parts if isinstance(part, Choices) for each in part.items)


def _customer_options(reply: Reply) -> list[Block]:
    found = [(choice.label, choice.customer) for choice in _choices(reply)]
    times = Counter(name for name, _ in found)
    return [
        {
            "text": plain(name, _LABEL),
            "value": str(customer),
            **({"description": plain(customer, _LABEL)} if times[name] > 1 else {}),
        }
        for name, customer in found
        if customer
    ]
