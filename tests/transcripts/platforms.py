"""Each platform as a conversation needs it: ask, press, and what is then to be read."""

import itertools
import re
from typing import Protocol

from aiohttp import web
from aiohttp.test_utils import TestClient

from analytics.values import OWN
from bot.cli.ask import answered
from bot.cli.printing import printed
from bot.delivery import Delivery
from bot.page.people import person
from handlers.chat.asking import Ask, Room, RoomKind, Via
from tests.transcripts.reading import Turn
from tests.transcripts.seeing import seen

_CHOICE = re.compile(r"^\[(.*?)\]  (.*)$", re.MULTILINE)


class Platform(Protocol):
    """Where a conversation takes place."""

    async def answer(self, turn: Turn) -> str:
        """What is to be read after the turn."""
        ...

    def expects(self, text: str) -> str:
        """The transcript's text as this platform shows it."""
        ...


class Terminal:
    """`seatwise ask`. A choice shows the command that asks for it; who chooses types that."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._shown = ""
        self._ids = itertools.count(1)

    async def answer(self, turn: Turn) -> str:
        """Asks as the operator in the person's name."""
        text = dict(_CHOICE.findall(self._shown))[turn.what] if turn.pressed else turn.what
        room, name = Room("terminal", RoomKind.PRIVATE, OWN), f"t{next(self._ids)}"
        ask = Ask(name, person(turn.who).ref, room, text, turn.lang, "UTC", Via.OPERATOR)
        self._shown = await answered(self._delivery, ask, None, as_lines=True)
        return self._shown

    def expects(self, text: str) -> str:
        """As written."""
        return text


class PageOverHttp:
    """The page, by the requests a browser sends."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self._client = client
        self._buttons: dict[str, str] = {}

    async def answer(self, turn: Turn) -> str:
        """Sends the question, or the button's id, and reads the HTML that comes back."""
        body = {"as": turn.who, "lang": turn.lang, "zone": "UTC"}
        if turn.pressed:
            shown = await self._post("/page/press", {**body, "button": self._buttons[turn.what]})
        else:
            shown = await self._post("/page/ask", {**body, "text": turn.what})
        reply, self._buttons = seen(shown)
        return printed(reply)

    def expects(self, text: str) -> str:
        """Buttons show their label alone."""
        return _CHOICE.sub(r"[\1]  ", text)

    async def _post(self, path: str, body: dict[str, str]) -> str:
        origin = {"Origin": f"http://127.0.0.1:{self._client.port}"}
        async with self._client.post(path, json=body, headers=origin) as response:
            assert response.status == 200
            return str((await response.json())["html"])
