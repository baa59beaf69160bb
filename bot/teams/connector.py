"""Bot Connector, as Teams needs it: paced, tried again where that is right, never told twice."""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession
from msrest.universal_http import ClientRequest

from bot.teams.login import Login
from bot.teams.pace import Pace
from bot.teams.ports import ConnectorError, Conversation, Json
from bot.teams.transport import PATIENCE, Answer, Client, Sender

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


@dataclass(frozen=True, slots=True)
class _Call:
    where: Conversation
    method: str
    path: str
    body: Any


class BotConnector:
    """The way to Teams' conversations; each request may take `patience` seconds. Without a login
    requests are not signed: for the demonstration, with `local`.
    """

    def __init__(
        self, login: Login | None, patience: float = PATIENCE, *, local: bool = False
    ) -> None:
        self._sender = Sender(login, patience, local=local)
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
            people = page.get("members")
            found += [_mapping(one) for one in people] if isinstance(people, list) else []
            if len(found) > most:
                return None
            if not page.get("continuationToken"):
                return found
            token = f"&continuationToken={_quoted(str(page['continuationToken']))}"
        raise ConnectorError(0, "EndlessPages")

    async def _call(self, where: Conversation, method: str, path: str, body: Any = None) -> Any:
        try:
            async with asyncio.timeout(IN_ALL) as limit:
                return await self._tried(_Call(where, method, path, body), limit.when() or 0)
        except TimeoutError:
            raise ConnectorError(0, "TooLate") from None

    async def _tried(self, call: _Call, until: float) -> Any:
        """Tries until the loop's clock says `until`; a wait beyond that is not begun."""
        for tried in range(1, TRIES + 1):
            refusal, wait = None, _wait({}, tried)
            try:
                answer = await self._once(call)
                if answer.status < 300:
                    return _read(answer)
                refusal = ConnectorError(answer.status, _code(answer))
                may_repeat, wait = answer.status in _AGAIN, _wait(answer.headers, tried)
            except ConnectorError as error:
                refusal, may_repeat = error, error.code == "NoAnswer" and call.method != "POST"
            late = asyncio.get_running_loop().time() + wait > until
            if tried == TRIES or late or not may_repeat:
                raise refusal
            await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def _once(self, call: _Call) -> Answer:
        await self._requests.turn(call.where.tenant)
        if call.method != "GET":
            await self._sends.turn(call.where.id)
        address = call.where.service_url
        request = ClientRequest(call.method, f"{address.rstrip('/')}/{call.path}")
        request.headers["Accept"] = "application/json"
        if call.body is not None:
            request.headers["Content-Type"] = "application/json; charset=utf-8"
            request.add_content(call.body)
        client: Client = self.client(address)
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
    except (ValueError, RecursionError):
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
