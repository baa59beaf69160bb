"""App Home, a person's page: their access, customers and digests, questions to try, and for admins
the grants. Also the welcome message, sent once.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

from cachetools import FIFOCache

from bot.delivery import Delivered, Delivery, request_id
from bot.log import log_error
from bot.slack.api import SlackApi
from bot.slack.command_names import with_command_names
from bot.slack.events import Opened
from bot.slack.forms import GRANT
from bot.slack.inbound import Reader, own_room
from bot.slack.outbound import number_buttons, plain, words
from bot.slack.ports import Kept
from bot.slack.rich_text import Block
from handlers.chat.asking import Ask, UserRef, Via
from handlers.chat.reply import Paragraph, Reply
from handlers.messages.speaker import speaker
from handlers.registry import RANKED

BLOCKS = 100
"""Maximum blocks of a page."""

_PAGES = 2_000


class Homes:
    """The Home pages of people who opened theirs since the program started; another person's page
    is written when they open it.
    """

    def __init__(self, api: SlackApi, deliver: Delivery, kept: Kept, prefix: str) -> None:
        self._api = api
        self._deliver = deliver
        self._kept = kept
        self._prefix = prefix
        self._open: FIFOCache[UserRef, Reader] = FIFOCache(_PAGES)

    async def show(self, opened: Opened, reader: Reader) -> None:
        """Write the page of a person who looks at it."""
        self._open[opened.who] = reader
        await self._publish(opened.who, reader)

    async def renew(self, persons: Sequence[UserRef]) -> None:
        """Write the pages again, after a change of rights or digests, of those among `persons` who
        have one open.
        """
        known = [person for person in persons if person in self._open]
        await asyncio.gather(*(self._publish(who, self._open[who]) for who in known))

    async def welcome(self, who: UserRef, reader: Reader) -> Delivered:
        """The welcome message: a greeting, and questions to try."""
        delivered = await self._ask("/help", who, reader)
        greeting = Paragraph(speaker(reader.locale)("welcome"))
        parts = (greeting, *delivered.reply.parts)
        return with_command_names(replace(delivered, reply=Reply(parts)), self._prefix)

    async def _publish(self, who: UserRef, reader: Reader) -> None:
        try:
            view = json.dumps({"type": "home", "blocks": await self._blocks(who, reader)})
            await self._api.read("views.publish", user_id=who.id, view=view)
        except Exception as error:  # noqa: BLE001 whatever it is, the old page stands
            log_error("slack page not written", error, platform="slack")

    async def _blocks(self, who: UserRef, reader: Reader) -> list[Block]:
        """The blocks of a person's page. Each part is a question of that person's, authorized and
        audited as such.
        """
        say = speaker(reader.locale)
        admin = who in await self._kept.rights.admins(own_room(who).partner, self._kept.now())
        questions = ["/whoami", "/digest list", "/help"]
        questions += ["/who-has-analytics"] if admin else []
        answers = [await self._ask(question, who, reader) for question in questions]
        shown = [words(answer, native_tables=False).get("blocks", []) for answer in answers]
        number_buttons([block for blocks in shown for block in blocks])
        access, digests, tries, *grants = shown
        buttons = [_button(say(c.shown.home), f"home-{c.name}") for c in RANKED if c.shown.home]
        buttons += [_button(say("form-open"), GRANT)] if admin else []
        return [
            *_with_header(say("home-access"), access),
            {"type": "actions", "elements": buttons},
            *_with_header(say("home-digests"), digests),
            *(_with_header(say("home-grants"), grants[0]) if grants else []),
            *_with_header(say("home-try"), tries),
        ][:BLOCKS]

    async def _ask(self, text: str, who: UserRef, reader: Reader) -> Delivered:
        room = own_room(who)
        ask = Ask(request_id(), who, room, text, reader.locale, reader.zone, Via.PAGE)
        return with_command_names(await self._deliver.ask(ask), self._prefix)


def _with_header(heading: str, blocks: list[Block]) -> list[Block]:
    return [{"type": "header", "text": plain(heading, 150)}, *blocks]


def _button(label: str, action: str) -> Block:
    return {"type": "button", "action_id": action, "text": plain(label, 75), "value": "-"}
