"""Each platform as a conversation needs it: ask, press, and what is then to be read."""

import itertools
import re
from dataclasses import replace
from typing import Protocol

from aiohttp import web
from aiohttp.test_utils import TestClient

from analytics.values import OWN
from bot.cli.ask import answer_text, press_button
from bot.cli.terminal_text import reply_text
from bot.delivery import Delivered, Delivery
from bot.page.people import mentioned_people, person
from handlers.chat.asking import Ask, Room, RoomKind, Via
from handlers.chat.reply import Reply
from tests.transcripts.reading import Turn, without_files
from tests.transcripts.seeing import folded, seen

_CHOICE = re.compile(r"^\[(.*?)\]  (.*)$", re.MULTILINE)
_LINK = re.compile(r"\n\n.* seatwise-\S+\.(?:xlsx|csv|ics) \(.*\)$")
"""The link to a file, below everything."""
_UNTOLD = {
    " was told.": "I could not tell {}; please do.",
    " en a été informé.": (
        "Je n’ai pas pu en informer {}\N{NO-BREAK SPACE}; faites-le, s’il vous plaît."
    ),
}
_TOLD = re.compile(rf"^(.+)({'|'.join(_UNTOLD)})$", re.MULTILINE)


class Platform(Protocol):
    """Where a conversation takes place."""

    async def answer(self, turn: Turn) -> str:
        """What is to be read after the turn."""
        ...

    def expects(self, text: str) -> str:
        """The transcript's text as this platform shows it."""
        ...


class Terminal:
    """`seatwise ask`, and its `--press`."""

    def __init__(self, delivery: Delivery) -> None:
        self.kinds: set[type] = set()
        """Of the parts it showed."""
        self._delivery = delivery
        self._shown: dict[tuple[str, str], Delivered] = {}
        self._ids = itertools.count(1)

    async def answer(self, turn: Turn) -> str:
        """Asks as the operator in the person's name."""
        room, name = Room("terminal", RoomKind.PRIVATE, OWN), f"t{next(self._ids)}"
        text = "" if turn.pressed else turn.what
        who, mentions = person(turn.who).ref, mentioned_people(text)
        ask = Ask(name, who, room, text, turn.lang, "UTC", Via.OPERATOR, mentions)
        if turn.pressed:
            before = self._shown[turn.who, turn.what]
            asked = replace(ask, said=turn.said)
            delivered = await press_button(self._delivery, before, turn.what, asked)
        else:
            delivered = await self._delivery.ask(ask)
        self.kinds |= set(map(type, delivered.reply.parts))
        self._shown |= {(turn.who, choice.label): delivered for choice in delivered.buttons}
        return await answer_text(self._delivery, delivered, ask, None, as_lines=True)

    def expects(self, text: str) -> str:
        """As written, but that nobody can be told from here."""
        return _TOLD.sub(lambda told: _UNTOLD[told[2]].format(told[1]), text)


class PageOverHttp:
    """The page, by the requests a browser sends."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self._client = client
        self._buttons: dict[tuple[str, str], str] = {}
        self._folded: dict[tuple[str, str], Reply] = {}

    async def answer(self, turn: Turn) -> str:
        """Sends the question, or the button's id, and reads the HTML that comes back."""
        body = {"as": turn.who, "lang": turn.lang, "zone": "UTC"}
        if turn.pressed and (turn.who, turn.what) in self._folded:
            return reply_text(self._folded[turn.who, turn.what])
        if turn.pressed:
            button = self._buttons[turn.who, turn.what]
            pressed = {**body, "button": button, **({"said": turn.said} if turn.said else {})}
            page = await self._post("/page/press", pressed)
        else:
            page = await self._post("/page/ask", {**body, "text": turn.what})
        reply, buttons = seen(page)
        self._buttons |= {(turn.who, label): button for label, button in buttons.items()}
        self._folded |= {(turn.who, label): inner for label, inner in folded(page).items()}
        return _LINK.sub("", reply_text(reply))

    def expects(self, text: str) -> str:
        """Buttons show their label alone."""
        return _CHOICE.sub(r"[\1]", without_files(text))

    async def _post(self, path: str, body: dict[str, str]) -> str:
        origin = {"Origin": f"http://127.0.0.1:{self._client.port}"}
        async with self._client.post(path, json=body, headers=origin) as response:
            assert response.status == 200
            return str((await response.json())["html"])
