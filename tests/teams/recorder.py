"""A Bot Connector in memory: rosters, messages as each person sees them, and calls that fail."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.teams.connector import BotConnector
from bot.teams.ports import ConnectorError, Conversation, Json
from tests.teams.activities import CHANNEL, ELSEWHERE, GROUP, IDS, TENANT, account, own_chat
from tests.teams.card_rules import fault

NAMES = {"ada": "Ada Lovelace", "ben": "Ben", "cleo": "Cleo", "gus": "Gus", "sam": "Sam"}


def member(who: str, **more: Any) -> dict[str, Any]:
    """Somebody as a roster has them."""
    known = {"gus": {"userRole": "guest", "tenantId": ELSEWHERE}, "sam": {"tenantId": ELSEWHERE}}
    return {
        "id": account(who),
        "name": NAMES[who],
        "aadObjectId": IDS[who],
        "tenantId": TENANT,
        "userRole": "user",
        **known.get(who, {}),
        **more,
    }


@dataclass
class Message:
    """A message as it stands now; `to` is the one account that sees it, empty for all."""

    room: str
    """The conversation with its thread."""
    to: str
    activity: Json


@dataclass
class Recorder(BotConnector):
    """A connector without a network. `fails` says of a call, by its name and number among those of
    that name, which error it ends with; where `lost`, it had its effect all the same.
    """

    rooms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    fails: Callable[[str, int], ConnectorError | None] = lambda _name, _number: None
    lost: bool = False
    calls: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    typing: list[str] = field(default_factory=list)
    shown: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once there was a message."""

    def __post_init__(self) -> None:
        for room in (GROUP, CHANNEL):
            self.rooms.setdefault(room, [member("ada"), member("ben"), member("cleo")])
        for who in NAMES:
            self.rooms.setdefault(own_chat(who), [member(who)])

    async def send(self, where: Conversation, activity: Json, *, targeted: bool = False) -> str:
        if activity["type"] == "typing":
            self.typing.append(where.id)
            return ""
        assert ("recipient" in activity) == targeted
        to = activity["recipient"]["id"] if targeted else ""
        kind = "send targeted" if targeted else "send"
        shown = f"m{len(self.messages)}"

        def effect() -> None:
            self.messages[shown] = Message(where.id, to, activity)

        self._called(kind, effect, activity)
        return shown

    async def turn(self, where: Conversation) -> None:
        self._called("turn", lambda: None)

    async def send_once(self, where: Conversation, activity: Json) -> str:
        return await self.send(where, activity)

    async def update(self, where: Conversation, message: str, activity: Json) -> None:
        assert "recipient" not in activity

        def effect() -> None:
            before = self.messages[message]
            assert before.room == where.id
            self.messages[message] = replace(before, activity=activity)

        self._called("update", effect, activity)

    async def open_with(self, where: Conversation, person: str) -> Conversation:
        self._called("open", lambda: None)
        return replace(where, id=f"a:{person}")

    async def member(self, where: Conversation, person: str) -> Json | None:
        self._called("member", lambda: None)
        there = self.rooms.get(where.id.partition(";")[0], [])
        return next((m for m in there if person in (m["id"], m["aadObjectId"])), None)

    async def members(self, where: Conversation, most: int) -> list[Json] | None:
        self._called("members", lambda: None)
        there: list[Json] = [*self.rooms.get(where.id.partition(";")[0], [])]
        return there if len(there) <= most else None

    def seen_by(self, who: str, room: str) -> list[Json]:
        """What somebody who is in the room reads there."""
        return [
            shown.activity
            for shown in self.messages.values()
            if shown.room.partition(";")[0] == room and shown.to in ("", account(who))
        ]

    def _called(self, name: str, effect: Callable[[], None], activity: Json | None = None) -> None:
        number = self.calls.count(name)
        self.calls.append(name)
        error = self.fails(name, number)
        if activity is not None and (wrong := fault(dict(activity))):
            raise ConnectorError(400, wrong)
        if error is None or self.lost:
            effect()
        if self.messages:
            self.shown.set()
        if error:
            raise error
