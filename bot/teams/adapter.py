"""botbuilder's adapter behind our own gate: what it is handed is proven, and parsed once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

from aiohttp import web
from botbuilder.integration.aiohttp import CloudAdapter

from bot.gate import Seen
from bot.metrics import Metrics
from bot.teams.ports import Connector, OnActivity, Registration

Handler = Callable[[web.Request], Awaitable[web.Response]]


class TeamsAdapter(CloudAdapter):
    """One registration's way in and out. ValueError without an app id or an allowed tenant, except
    with `unsigned`, for the demonstration: then activities that nobody signed are taken from
    service addresses on this machine, and from nowhere else.
    """

    connector: Connector
    """The way out; works while the program runs."""

    def __init__(
        self,
        registration: Registration,
        seen: Seen,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        unsigned: bool = False,
    ) -> None:
        raise NotImplementedError

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """For `app.cleanup_ctx`: keys and the bot's token warmed, refreshed while the program runs;
        neither is waited for.
        """
        raise NotImplementedError
        yield

    def receiver(self, on_activity: OnActivity, on_unchecked: OnActivity | None = None) -> Handler:
        """What answers requests at the address of Teams. `on_activity` gets each activity once,
        proven, of an allowed tenant; its trouble is logged, and answered 200. `on_unchecked` gets
        those of which the store cannot tell whether they came before: to be answered in words, and
        to have no other effect.
        """
        raise NotImplementedError
