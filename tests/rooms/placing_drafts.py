"""An answer put into its room, as answer() does it."""

from analytics.values import Secrecy
from handlers.backend import Answer, Backend
from handlers.chat.asking import Ask
from handlers.chat.audience import Content
from handlers.chat.reply import Reply
from handlers.draft import Draft
from handlers.sharing import place_reply


async def placed(ask: Ask, reply: Reply, content: Content, backend: Backend) -> Answer:
    """The answer in its room; asked anew, the same comes out."""
    draft = Draft(reply, content)

    async def redraft(_withheld: frozenset[Secrecy]) -> Draft:
        return draft

    return await place_reply(ask, draft, backend, redraft)
