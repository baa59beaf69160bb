"""What happens once, whatever Slack sends again, in whichever process it arrives."""

import hashlib
from datetime import timedelta

from bot.replay_set import ReplaySetWithTimeout
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
        self._now = kept.now
        self._seen = ReplaySetWithTimeout(kept.seen)

    async def first(self, kind: str, key: str, lasts: timedelta = DELIVERIES) -> bool:
        """Whether it is the first of its kind. Raises ReplaySetUnavailable where that cannot be
        told within two seconds.
        """
        now = self._now()
        mark = f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"
        return await self._seen.first("slack", mark, now, now + lasts)


def delivery(payload: Payload) -> tuple[str, str] | None:
    """What tells one delivery from another, its kind and its key; None where Slack says nothing."""
    for kind in ("event_id", "trigger_id"):
        key = payload.get(kind)
        if isinstance(key, str) and key:
            return kind, key
    return None
