"""Customers to choose from in the form, as somebody types. Pure.

What they may see decides: the question is theirs, and authorized and audited as any other.
"""

from collections import Counter

from bot.slack.forms import CUSTOMERS, GRANT
from bot.slack.inbound import Payload, Reader, UnreadablePayload, asker, inner, own_room, text_of
from bot.slack.outbound import Block, plain
from handlers.chat.asking import Ask
from handlers.chat.reply import Choices, Reply

PATIENCE = 2.0
"""Seconds that looking may take: Slack waits three, its own way to us and back counted."""

_LABEL = 75
_NOBODY_ELSE = Reader()
"""Names are the same in every language, and nobody reads the sentences around them."""


def customer_search(payload: Payload, ask_id: str) -> Ask:
    """What is typed into the form's customers, as a question; UnreadablePayload for any other
    menu.
    """
    ours = inner(payload, "view").get("callback_id") == GRANT
    if not ours or payload.get("block_id") != CUSTOMERS:
        raise UnreadablePayload("no menu of ours")
    text = f"/customers {text_of(payload, 'value')}"
    reader = _NOBODY_ELSE
    who = asker(payload)
    return Ask(ask_id, who, own_room(who), text, reader.locale, reader.zone)


def menu_options(reply: Reply) -> list[Block]:
    """The customers in an answer, as a menu's options; none where it is a refusal. Namesakes have
    their ids below their names.
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
