"""The daily cut of the audit's oldest months."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime


class OldAudit:
    """A chore: once a day it cuts off what is older than the audit is kept."""

    def __init__(
        self, cut: Callable[[datetime], Awaitable[int]], now: Callable[[], datetime]
    ) -> None:
        self._cut = cut
        self._now = now
        self._done: date | None = None

    async def catch_up(self) -> None:
        """Cut, unless that was done today. Raises the store's errors; then it is tried again."""
        now = self._now()
        if self._done != now.date():
            await self._cut(now)
            self._done = now.date()
