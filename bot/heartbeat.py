"""The heartbeat: an address outside that is called after each sync and each morning's reminders, so
that somebody notices when these stop.
"""

import time

from bot.log import log, log_error
from bot.metrics import Metrics

_LONGEST = 10.0
"""Seconds that a call may take."""
_REST = 60.0
"""Seconds from one call to the next: many reminders end in the same minute."""


class Heartbeat:
    """Calls of one address; without one, nothing is called. A call that fails is counted and
    logged, without the address, which is a secret; it never raises.
    """

    def __init__(self, address: str, metrics: Metrics) -> None:
        self._address = address
        self._metrics = metrics
        self._called: float | None = None

    async def beat(self) -> None:
        """Call the address, unless it was called less than a minute ago. Redirects are not
        followed: they count as failures, as every status but those from 200 to 299.
        """
        now = time.monotonic()
        if not self._address or (self._called is not None and now - self._called < _REST):
            return
        self._called = now
        self._metrics.count_heartbeat(heard=await _is_heard(self._address))


async def _is_heard(address: str) -> bool:
    from aiohttp import ClientError, ClientSession, ClientTimeout  # noqa: PLC0415 a question needs no HTTP

    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=_LONGEST), trust_env=True) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            if answer.status < 300:
                return True
            log("heartbeat refused", outcome=str(answer.status))
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        log_error("heartbeat failed", error)
    return False
