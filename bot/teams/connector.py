"""Bot Connector, as Teams needs it: paced, tried again where that is right, never told twice."""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession
from msrest.universal_http import ClientRequest

from bot.teams.login import Login
from bot.teams.pace import Pace
from bot.teams.ports import ConnectorError, Conversation, Json
from bot.teams.transport import Answer, Client, Sender

TRIES = 3
IN_ALL = 30.0
"""Seconds that a call may take with all its tries."""

SENDS = 7
"""In a second and a conversation."""

REQUESTS = 30
"""In a second and a tenant."""

_AGAIN = frozenset({412, 429, 502, 504})
_FIRST_WAIT = 0.5
_PAGE = 200
_SECONDS = re.compile(r"[0-9]{1,5}(\.[0-9]{1,6})?")
_CODE = re.compile(r"[A-Za-z0-9_.]{1,64}")
_NO_SUCH_PLACE = "ConversationNotFound"


class BotConnector:
    """The way to Teams' conversations. Without a login requests are not signed: for the
    demonstration, with `local`.
    """

    def __init__(self, login: Login | None, *, local: bool = False) -> None:
        self._sender = Sender(login, local=local)
        self._sends = Pace(SENDS)
        self._requests = Pace(REQUESTS)
        self.client = lru_cache(64)(self._client)

    @asynccontextmanager
    async def opened(self, session: ClientSession) -> AsyncIterator[None]:
        """Calls go over this session until it ends; before and after they are refused."""
        self._sender.session = session
        try:
            yield
        finally:
            self._sender.session = None

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        """As in ports.Connector; not repeated where the answer was lost."""
        path = f"{_place(where.id)}/activities" + ("?isTargetedActivity=true" if targeted else "")
        return _text(await self._call(where, "POST", path, activity), "id")

    async def update(self, where: Conversation, message: str, activity: Json) -> None:
        """As in ports.Connector."""
        await self._call(
            where, "PUT", f"{_place(where.id)}/activities/{_quoted(message)}", activity
        )

    async def open_with(self, where: Conversation, person: str) -> Conversation:
        """As in ports.Connector; not repeated where the answer was lost."""
        tenant = where.tenant
        wanted = {
            "bot": {"id": where.bot},
            "members": [{"id": person}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        opened = _text(await self._call(where, "POST", "v3/conversations", wanted), "id")
        return Conversation(where.service_url, opened, tenant, where.bot)

    async def member(self, where: Conversation, person: str) -> Json | None:
        """As in ports.Connector."""
        try:
            found = await self._call(where, "GET", f"{_people(where)}/members/{_quoted(person)}")
        except ConnectorError as error:
            if error.status == 404 and error.code != _NO_SUCH_PLACE:
                return None
            raise
        return _mapping(found)

    async def members(self, where: Conversation, most: int) -> list[Json] | None:
        """As in ports.Connector; ConnectorError where the pages have no end."""
        found: list[Json] = []
        path = f"{_people(where)}/pagedmembers?pageSize={_PAGE}"
        token = ""
        for _ in range(most + 2):  # a page has somebody on it, but for the last
            page = _mapping(await self._call(where, "GET", path + token))
            found += [_mapping(one) for one in page.get("members") or ()]
            if len(found) > most:
                return None
            if not page.get("continuationToken"):
                return found
            token = f"&continuationToken={_quoted(str(page['continuationToken']))}"
        raise ConnectorError(0, "EndlessPages")

    async def _call(self, where: Conversation, method: str, path: str, body: Any = None) -> Any:
        try:
            async with asyncio.timeout(IN_ALL):
                return await self._tried(where, method, path, body)
        except TimeoutError:
            raise ConnectorError(0, "TooLate") from None

    async def _tried(self, where: Conversation, method: str, path: str, body: Any) -> Any:
        for tried in range(1, TRIES + 1):
            try:
                answer = await self._once(where, method, path, body)
            except ConnectorError as error:
                if tried == TRIES or method == "POST" or error.code != "NoAnswer":
                    raise
                headers: Mapping[str, str] = {}
            else:
                if answer.status < 300:
                    return _read(answer)
                if tried == TRIES or answer.status not in _AGAIN:
                    raise ConnectorError(answer.status, _code(answer))
                headers = answer.headers
            await asyncio.sleep(_wait(headers, tried))
        raise AssertionError("the last try returns or raises")

    async def _once(self, where: Conversation, method: str, path: str, body: Any) -> Answer:
        await self._requests.turn(where.tenant)
        if method != "GET":
            await self._sends.turn(where.id)
        request = ClientRequest(method, f"{where.service_url.rstrip('/')}/{path}")
        request.headers["Accept"] = "application/json"
        if body is not None:
            request.headers["Content-Type"] = "application/json; charset=utf-8"
            request.add_content(body)
        client: Client = self.client(where.service_url)
        return await client.call(request)

    def _client(self, service_url: str) -> Client:
        """botbuilder's client at a service address, made once."""
        return Client(service_url, self._sender)


def _wait(headers: Mapping[str, str], tried: int) -> float:
    """Seconds until the next try: as long as Teams says, else longer each time; never the same for
    all who wait.
    """
    said = headers.get("Retry-After", "")
    least = float(said) if _SECONDS.fullmatch(said) else _FIRST_WAIT * 2 ** (tried - 1)
    return least + random.uniform(0, 0.25) * (least or _FIRST_WAIT)  # noqa: S311 no secret


def _place(conversation: str) -> str:
    return f"v3/conversations/{_quoted(conversation)}"


def _people(where: Conversation) -> str:
    """A thread's people are its channel's."""
    return _place(where.id.partition(";messageid=")[0])


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _read(answer: Answer) -> Any:
    """What was answered, as JSON; None where nothing or no JSON was."""
    try:
        return json.loads(answer.body())
    except ValueError:
        return None


def _mapping(found: Any) -> Json:
    if not isinstance(found, dict):
        raise ConnectorError(0, "BadAnswer")
    return found


def _text(found: Any, name: str) -> str:
    """Of a message that was taken, though nobody says which it is now: an empty text."""
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""


def _code(answer: Answer) -> str:
    """`error.code`; nothing else of the answer is kept."""
    found = _read(answer)
    error = found.get("error") if isinstance(found, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
