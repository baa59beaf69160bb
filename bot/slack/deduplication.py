"""Deduplication: a payload has its effect once, even where Slack repeats it to another process."""

import hashlib
from datetime import timedelta

from bot.replay_set import ReplaySetWithTimeout
from bot.slack.inbound import Payload
from bot.slack.ports import Kept

DELIVERIES = timedelta(minutes=30)
"""Time for which an event or a press is remembered: longer than Slack goes on sending it again, and
longer than an event may be late.
"""

WELCOMES = timedelta(days=3650)
"""Time for which a welcome is remembered. It is a row of the replay set, because the question is
the same: which was first, in one statement, among all processes.
"""


class Once:
    """Marks in the replay set that are not signatures: Slack signs each repetition anew."""

    def __init__(self, kept: Kept) -> None:
        self._now = kept.now
        self._seen = ReplaySetWithTimeout(kept.seen)

    async def first(self, kind: str, key: str, lasts: timedelta = DELIVERIES) -> bool:
        """Check whether the key is the first of its kind, and remember it for `lasts`. Raises
        ReplaySetUnavailable where that cannot be told within two seconds.
        """
        now = self._now()
        mark = f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"
        return await self._seen.first("slack", mark, now, now + lasts)


def delivery(payload: Payload) -> tuple[str, str] | None:
    """The kind and the key that tell one delivery from another; None where there are none."""
    for kind in ("event_id", "trigger_id"):
        key = payload.get(kind)
        if isinstance(key, str) and key:
            return kind, key
    return None
