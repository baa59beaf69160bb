"""Options of the form's customer menu, searched for while a person types. Pure.

The person's rights decide: the search is a question of theirs, authorized and audited as any other.
"""

from collections import Counter

from bot.slack.forms import CUSTOMERS, GRANT
from bot.slack.inbound import Payload, Reader, UnreadablePayload, asker, inner, own_room, text_of
from bot.slack.outbound import plain
from bot.slack.rich_text import Block
from handlers.chat.asking import Ask
from handlers.chat.reply import Choices, Reply

PATIENCE = 2.0
"""Seconds that the search may take: Slack waits three, including the way to us and back."""

_LABEL = 75
_NOBODY_ELSE = Reader()
"""The default reader: names are the same in every language, and no sentences are shown."""


def customer_search(payload: Payload, ask_id: str) -> Ask:
    """The text typed into the form's customer menu, as a question; else UnreadablePayload."""
    ours = inner(payload, "view").get("callback_id") == GRANT
    if not ours or payload.get("block_id") != CUSTOMERS:
        raise UnreadablePayload("no menu of ours")
    text = f"/customers {text_of(payload, 'value')}"
    reader = _NOBODY_ELSE
    who = asker(payload)
    return Ask(ask_id, who, own_room(who), text, reader.locale, reader.zone)


def menu_options(reply: Reply) -> list[Block]:
    """The customers in an answer as a menu's options; none where the answer is a refusal. Customers
    of the same name have their ids below their names.
    """
    lists = [part.items for part in reply.parts if isinstance(part, Choices)]
    found = [(choice.label, choice.customer) for items in lists for choice in items]
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
