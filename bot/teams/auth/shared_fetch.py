"""A fetch over the program's HTTP session, made once for all callers that wait for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientSession

from bot.background import cancel_tasks


class SharedFetch:
    """One fetch at a time, of the token or of the keys. Without a session none is made."""

    def __init__(self, fetch: Callable[[ClientSession], Awaitable[None]]) -> None:
        self._fetch = fetch
        self._running: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    @asynccontextmanager
    async def use_session(
        self, session: ClientSession, keep_fresh: Callable[[], Awaitable[None]]
    ) -> AsyncIterator[None]:
        """Fetch over this session while the block runs, and run `keep_fresh` beside it."""
        self._session = session
        refreshing = asyncio.ensure_future(keep_fresh())
        try:
            yield
        finally:
            await cancel_tasks(refreshing, self._running)
            self._session = None

    async def run(self, rests: Callable[[], bool]) -> None:
        """Wait for the fetch that runs, or begin one unless `rests()` says that it is too early."""
        if self._running is None:
            if self._session is None or rests():
                return
            self._running = asyncio.create_task(self._fetch_over(self._session))
        await asyncio.wait({self._running})

    async def _fetch_over(self, session: ClientSession) -> None:
        try:
            await self._fetch(session)
        finally:
            self._running = None
