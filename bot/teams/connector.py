"""The calls of Bot Connector that Teams needs: messages, conversations and their members."""

import asyncio
from typing import Any
from urllib.parse import quote

from bot.teams.http_calls import ConnectorCall, ConnectorCalls
from bot.teams.ports import ConnectorError, Conversation, Json

_PAGE = 200
_NO_SUCH_PLACE = "ConversationNotFound"

PLAYGROUND_REST = 0.4
"""Seconds to wait before a message: the Playground takes a message that comes before it has drawn
the question, and never shows it.
"""


class BotConnector(ConnectorCalls):
    """A client for Teams' conversations. Every method raises ConnectorError; all but `send_once`
    first retry after 429 and 412, with `Retry-After` and jitter; all that post nothing also after
    502, 504 and a lost answer.
    """

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        """Post a message; return its id. `targeted` shows it to `activity["recipient"]` alone. Not
        repeated where it may have been posted.
        """
        path = f"{_place(where.id)}/activities" + ("?isTargetedActivity=true" if targeted else "")
        return _id(await self.make_call(ConnectorCall(where, "POST", path, activity)))

    async def send_once(self, where: Conversation, activity: Json) -> str:
        """Post a message after its `turn`, by one call that neither waits nor is tried again;
        return the message's id.
        """
        path = f"{_place(where.id)}/activities"
        return _id(await self.make_call_once(ConnectorCall(where, "POST", path, activity)))

    async def update(self, where: Conversation, message: str, activity: Json) -> None:
        """Replace a message."""
        path = f"{_place(where.id)}/activities/{_quote(message)}"
        await self.make_call(ConnectorCall(where, "PUT", path, activity))

    async def open_with(self, where: Conversation, person: str) -> Conversation:
        """Open the bot's conversation with one person, by their `29:…` id. Not repeated where it
        may have been opened.
        """
        tenant = where.tenant
        wanted = {
            "bot": {"id": where.bot},
            "members": [{"id": person}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        opened = _id(await self.make_call(ConnectorCall(where, "POST", "v3/conversations", wanted)))
        if not opened:
            raise ConnectorError(0, "BadAnswer")
        return Conversation(where.service_url, opened, tenant, where.bot)

    async def member(self, where: Conversation, person: str) -> Json | None:
        """Return a conversation's member, by `29:…` id or Entra object id; None if not in it."""
        try:
            path = f"{_people(where)}/members/{_quote(person)}"
            return _mapping(await self.make_call(ConnectorCall(where, "GET", path)))
        except ConnectorError as error:
            if error.status == 404 and error.code != _NO_SUCH_PLACE:
                return None
            raise

    async def members(self, where: Conversation, most: int) -> list[Json] | None:
        """Return all members of a conversation, page by page; None where there are more than
        `most`. Raises ConnectorError also where the pages have no end.
        """
        found: list[Json] = []
        path = f"{_people(where)}/pagedmembers?pageSize={_PAGE}"
        token = ""
        for _ in range(most + 2):  # every page but the last lists a member
            page = _mapping(await self.make_call(ConnectorCall(where, "GET", path + token)))
            people = page.get("members")
            found += [_mapping(one) for one in people] if isinstance(people, list) else []
            if len(found) > most:
                return None
            if not page.get("continuationToken"):
                return found
            token = f"&continuationToken={_quote(str(page['continuationToken']))}"
        raise ConnectorError(0, "EndlessPages")


def _place(conversation: str) -> str:
    return f"v3/conversations/{_quote(conversation)}"


def _people(where: Conversation) -> str:
    """The path of a conversation's people; a thread's are its channel's."""
    return _place(where.id.partition(";messageid=")[0])


def _quote(text: str) -> str:
    return quote(text, safe="")


def _mapping(found: Any) -> Json:
    if not isinstance(found, dict):
        raise ConnectorError(0, "BadAnswer")
    return found


def _id(found: Any) -> str:
    """The id in an answer; empty where the call was accepted but no id was given."""
    value = found.get("id") if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""


class UnhurriedConnector(BotConnector):
    """A connector that lets the Playground draw the question first."""

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        """Send as BotConnector does, PLAYGROUND_REST seconds later."""
        await asyncio.sleep(PLAYGROUND_REST)
        return await super().send(where, activity, targeted=targeted)
