"""What Slack needs of the rest of the program, as interfaces."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiohttp import web

from analytics.charts.model import ChartModel
from analytics.values import PartnerId
from bot.delivery import Delivered
from bot.gate import ReplaySet
from bot.time_limits import Working
from handlers.chat.asking import Ask, UserRef


class Deliver(Protocol):
    """Answers questions and draws charts. Nothing here raises: trouble comes back in words."""

    async def ask(self, ask: Ask, working: Working | None = None) -> Delivered:
        """The answer to a typed question; `working` is called once where it takes long."""
        ...

    async def press(self, button: str, ask: Ask, working: Working | None = None) -> Delivered:
        """What the saved question answers to `ask.asker`; a stale or foreign button gets words."""
        ...

    async def paint(self, chart: ChartModel, theme: str) -> bytes | None:
        """The chart as PNG for the theme `light` or `dark`; None when drawing failed."""
        ...


Paint = Callable[[ChartModel, str], Awaitable[bytes | None]]
"""Deliver's `paint`."""


class Proven(Protocol):
    """A request that came from Slack beyond doubt."""

    @property
    def body(self) -> bytes:
        """Its body, as signed."""
        ...

    @property
    def first(self) -> Callable[[], Awaitable[bool]]:
        """Whether the very same did not come before; raises where that cannot be told."""
        ...


class Gate(Protocol):
    """Who may reach a parser."""

    async def prove(self, request: web.Request) -> Proven:
        """The request's body; raises the HTTP refusal for anything Slack did not sign."""
        ...


class Admins(Protocol):
    """Who is partner admin: decides what is asked for a page, never what is answered."""

    async def admins(self, partner: PartnerId, now: datetime) -> Sequence[UserRef]:
        """Those who are now."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What the installation's store knows, and its clock."""

    seen: ReplaySet
    rights: Admins
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Keys:
    """What this installation has of Slack, and how its commands are called there."""

    bot_token: str
    api_url: str = "https://slack.com/api/"
    app_token: str = ""
    """Opens the socket; where it is empty, Slack comes to `/slack/events`."""
    prefix: str = ""
    """What stands before every command's name: `csp-` makes `/csp-usage`."""
