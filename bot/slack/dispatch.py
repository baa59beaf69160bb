"""Payloads of Slack: for each, the asker, the places for its answer, and the work to answer it."""

import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.delivery import Delivered, Delivery, request_id
from bot.dropped_files import import_question
from bot.log import log_error
from bot.slack.answering import AnswerRoutes, Answers, tell
from bot.slack.api import TROUBLE, SlackApi
from bot.slack.command_names import with_command_names
from bot.slack.customer_menu import customer_search, menu_options
from bot.slack.deduplication import WELCOMES, Once
from bot.slack.events import Changed, Moved, Opened, Spoken, event_of
from bot.slack.forms import GRANT, grant_form, submitted_command
from bot.slack.home import Homes
from bot.slack.inbound import (
    Reader,
    UnreadablePayload,
    asker,
    button_press,
    inner,
    own_room,
    typed_question,
)
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.slack.reply_targets import ways_of_command, ways_of_press, ways_of_words
from bot.slack.rich_text import Block
from bot.slack.sent_files import dropped_file
from handlers.chat.asking import Ask, UserRef
from handlers.chat.reply import PickPerson
from handlers.messages.speaker import speaker

Body = dict[str, Any]

_TRIGGER = 2.5
"""Seconds after which no form is opened any more, because Slack would refuse to."""


@dataclass(frozen=True, slots=True)
class Received:
    """A payload to be answered, once."""

    who: UserRef
    ways: AnswerRoutes | None
    """Routes of the answer; None where the asker waits for none."""
    work: Callable[[Reader], Awaitable[None]]


class Dispatcher:
    """The reader of each kind of payload; UnreadablePayload for payloads that are not ours."""

    def __init__(
        self, keys: Keys, api: SlackApi, people: SlackPeople, deliver: Delivery, kept: Kept
    ) -> None:
        self.once = Once(kept)
        self._keys = keys
        self._api = api
        self._people = people
        self._deliver = deliver
        self._kept = kept
        self._answers = Answers(api, deliver)
        self._homes = Homes(api, deliver, kept, keys.prefix)
        self._ourselves = ""

    async def command(self, body: Body) -> Received:
        """Read a slash command. Where its answer asks for the person to grant a right to, the form
        is opened too.
        """
        who, began = asker(body), time.monotonic()
        ways = ways_of_command(self._api, body, who, typed_question(body, Reader(), "").room)

        async def work(reader: Reader) -> None:
            ask = typed_question(body, reader, request_id(), self._keys.prefix)
            delivered = await self._ask(ask, ways, reader)
            await self._give(delivered, ways, reader, who)
            if _asks_whom(delivered) and time.monotonic() - began < _TRIGGER:
                await self._open_form(body, reader)

        return Received(who, ways, work)

    async def press(self, body: Body) -> Received:
        """Read a pressed button, or a person picked in a menu."""
        who, what = asker(body), _action(body)
        if what.get("action_id") == GRANT:
            return await self.shortcut({**body, "callback_id": GRANT})
        ways = ways_of_press(self._api, body, who, button_press(body, Reader(), "").ask.room)

        async def work(reader: Reader) -> None:
            found = button_press(body, reader, request_id())
            if found.button:
                working = _progress_teller(ways, reader)
                delivered = await self._deliver.press(found.button, found.ask, working)
            else:
                delivered = await self._ask(found.ask, ways, reader)
            await self._give(delivered, ways, reader, who)

        return Received(who, ways, work)

    async def shortcut(self, body: Body) -> Received:
        """Read the shortcut that opens the form."""
        if body.get("callback_id") != GRANT:
            raise UnreadablePayload("no shortcut of ours")
        who = asker(body)
        ways = ways_of_words(self._api, who, own_room(who))

        async def work(reader: Reader) -> None:
            if not await self._open_form(body, reader):
                await tell(ways, speaker(reader.locale)("form-failed"))

        return Received(who, ways, work)

    async def submission(self, body: Body) -> Received:
        """Read a form that was filled in."""
        who = submitted_command(body, Reader(), "").asker
        ways = ways_of_words(self._api, who, own_room(who))

        async def work(reader: Reader) -> None:
            ask = submitted_command(body, reader, request_id())
            delivered = await self._ask(ask, ways, reader)
            await self._give(delivered, ways, reader, who)

        return Received(who, ways, work)

    async def suggestion(self, body: Body) -> list[Block]:
        """Return a menu's options for the text typed into it."""
        delivered = await self._deliver.ask(customer_search(body, request_id()))
        return menu_options(delivered.reply)

    async def event(self, body: Body) -> Received | None:
        """Read a mention, a direct message, or the opening of our own page. None for every other
        event: a change of an account or of a channel's people only updates what is known.
        """
        if not inner(body, "event").get("type"):
            raise UnreadablePayload("no event")
        match event_of(body, await self._own_id(body), self._kept.now()):
            case Spoken() as spoken:
                ways = ways_of_words(self._api, spoken.who, spoken.room, threaded=spoken.threaded)
                return Received(spoken.who, ways, partial(self._answer_message, spoken, ways))
            case Opened() as opened:
                return Received(opened.who, None, partial(self._show_home, opened))
            case Moved(channel):
                self._people.rooms.forget(channel)
            case Changed(who, user):
                self._people.note_change(who, user)
        return None

    async def _answer_message(self, spoken: Spoken, ways: AnswerRoutes, reader: Reader) -> None:
        files = [dropped_file(each, self._api) for each in spoken.files]
        ask = spoken.ask(reader, request_id(), self._keys.prefix)
        ask = import_question(ask, files, self._deliver.drop)
        delivered = await self._ask(ask, ways, reader)
        await self._give(delivered, ways, reader, spoken.who)

    async def _show_home(self, opened: Opened, reader: Reader) -> None:
        if opened.home:
            await self._homes.show(opened, reader)
        if await self.once.first("welcome", str(opened.who), WELCOMES):
            ways = ways_of_words(self._api, opened.who, own_room(opened.who))
            welcome = await self._homes.welcome(opened.who, reader)
            await self._answers.give(welcome, ways, speaker(reader.locale))

    async def _ask(self, ask: Ask, ways: AnswerRoutes, reader: Reader) -> Delivered:
        return await self._deliver.ask(ask, _progress_teller(ways, reader))

    async def _give(
        self, delivered: Delivered, ways: AnswerRoutes, reader: Reader, who: UserRef
    ) -> None:
        shown = with_command_names(delivered, self._keys.prefix)
        await self._answers.give(shown, ways, speaker(reader.locale))
        changed = [notice.to for notice in delivered.reply.notices]
        if changed or delivered.reply.saved:
            await self._homes.renew([*changed, who])

    async def _open_form(self, body: Mapping[str, Any], reader: Reader) -> bool:
        """Open the form; True if it opened while its trigger lasted. Where it did not, the answer
        in words remains.
        """
        trigger = body.get("trigger_id")
        if not isinstance(trigger, str) or not trigger:
            return False
        view = grant_form(speaker(reader.locale), reader.locale)
        try:
            await self._api.post("views.open", trigger_id=trigger, view=view)
        except TROUBLE as error:
            log_error("slack form not opened", error, platform="slack")
            return False
        return True

    async def _own_id(self, body: Body) -> str:
        """The bot's own user id, asked for once, and only where an event does not name it; empty
        while Slack does not say.
        """
        if not self._ourselves and not body.get("authorizations"):
            with suppress(*TROUBLE):
                self._ourselves = str((await self._api.read("auth.test")).get("user_id") or "")
        return self._ourselves


def _progress_teller(ways: AnswerRoutes, reader: Reader) -> Callable[[], Awaitable[None]]:
    async def say_still_working() -> None:
        await ways.aside.say({"text": speaker(reader.locale)("still-working")})

    return say_still_working


def _action(body: Body) -> Mapping[str, Any]:
    found = body.get("actions")
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) else {}


def _asks_whom(delivered: Delivered) -> bool:
    """True if the answer asks for the person to grant a right to, and the command said nothing else
    about the right.
    """
    return any(
        isinstance(part, PickPerson) and (part.before, part.after) == ("/grant-analytics", "")
        for part in delivered.reply.parts
    )
