"""A client at a stand-in, with refresh tokens in memory or in a file, and no real waiting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientTimeout

from analytics.sources.partner_center.client import Client, Timeouts
from analytics.sources.partner_center.page_model import SignIn
from analytics.sources.partner_center.rate_limit import Throttle
from analytics.sources.partner_center.registration import Registration
from tests.partner_center.standin import APP, FIRST_TOKEN, PARTNER, SECRET, Standin, standing_in

RESOURCE = "https://api.partnercenter.microsoft.com"


@dataclass
class Kept:
    """A token_store.TokenStore of Partner Center and its TokenRenewal at once, in memory."""

    token: str = FIRST_TOKEN
    kept: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def renewal(self, _sign_in: SignIn) -> AsyncIterator["Kept"]:
        yield self

    async def keep(self, token: str) -> None:
        self.token = token
        self.kept.append(token)

    async def mark_refused(self, because: str) -> None:
        self.refusals.append(because)


@dataclass
class Waits:
    """A clock that runs as fast as somebody waits for it."""

    now: float = 0.0
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


def throttled(waits: Waits) -> Throttle:
    return Throttle(waits, waits.sleep)


def access(address: str) -> Registration:
    return Registration(address, address, RESOURCE, PARTNER, APP, SECRET)


@asynccontextmanager
async def connected(
    standin: Standin, keeper: Kept | None = None, waits: Waits | None = None
) -> AsyncIterator[Client]:
    waits = waits or Waits()
    throttle = throttled(waits)
    hangs = standin.fault in ("hang", "drip")  # whatever else is slow, the machine is
    quick = ClientTimeout(total=0.6, sock_read=0.3) if hangs else ClientTimeout(total=60)
    timeouts = Timeouts(quick, quick)
    async with (
        standing_in(standin) as address,
        Client(access(address), keeper or Kept(), throttle=throttle, timeouts=timeouts) as client,
    ):
        yield client
