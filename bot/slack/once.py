"""What happens once, whatever Slack sends again, in whichever process it arrives."""

import asyncio
import hashlib
from datetime import timedelta

from bot.gate import STORE_PATIENCE, SeenUnavailable
from bot.slack.inbound import Payload
from bot.slack.ports import Kept

DELIVERIES = timedelta(minutes=30)
"""How long an event or a press is remembered: longer than Slack sends one again, and than an event
may be late.
"""

WELCOMES = timedelta(days=3650)
"""How long a welcome is remembered. A row of the replay set, for it is asked the same: who was
first, in one statement, among all processes.
"""


class Once:
    """Marks in the replay set that are no signatures: Slack signs each repetition anew."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._asking: set[asyncio.Future[bool]] = set()  # or a late one could be collected

    async def first(self, kind: str, key: str, lasts: timedelta = DELIVERIES) -> bool:
        """Whether it is the first of its kind. SeenUnavailable where that cannot be told within two
        seconds.
        """
        now = self._kept.now()
        mark = f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"
        asking = asyncio.ensure_future(self._kept.seen.first("slack", mark, now, now + lasts))
        self._asking.add(asking)
        asking.add_done_callback(self._forget)
        await asyncio.wait({asking}, timeout=STORE_PATIENCE)
        if not asking.done():
            raise SeenUnavailable
        return asking.result()

    def _forget(self, asking: asyncio.Future[bool]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # looked at, or asyncio would write of it when it comes too late


def delivery(payload: Payload) -> tuple[str, str] | None:
    """What tells one delivery from another, its kind and its key; None where Slack says nothing."""
    for kind in ("event_id", "trigger_id"):
        key = payload.get(kind)
        if isinstance(key, str) and key:
            return kind, key
    return None
