"""The dependencies that digests are run with."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import Delivered
from bot.digest_runs import DigestRuns
from bot.metrics import Metrics
from bot.runs import ShownCards
from bot.scheduled_posts import Poster
from handlers.chat.asking import Ask
from handlers.chat.digests import Digests
from handlers.chat.services import People, Rights, Say
from handlers.digest_parts import DigestParts


@dataclass(frozen=True, slots=True)
class DigestDeps:
    """Dependencies of the digest job."""

    runs: DigestRuns
    digests: Digests
    people: People
    rights: Rights
    deliver: Callable[[Ask, datetime | None], Awaitable[Delivered]]
    """Delivery.answer_digest."""
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    speaker: Callable[[str], Say]
    now: Callable[[], datetime]
    metrics: Metrics
    parts: Callable[[Ask], Awaitable[DigestParts]]
    """handlers.digest_parts.digest_parts."""
    cards: ShownCards
    """Messages that ask for decisions."""
    beat: Callable[[], Awaitable[None]]
    """Heartbeat.beat, after reminders."""
