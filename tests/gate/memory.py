"""The gate by itself: a replay set in memory, where no test asks for a store. `make mutation` takes
these fixtures instead of conftest's, for they are quick.
"""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest_asyncio

from tests.answering.logs import logged
from tests.gate.serving import Served, serving

__all__ = ["logged"]


class Remembered:
    """A replay set of one process."""

    def __init__(self) -> None:
        self._seen = set[tuple[str, str]]()

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        before = len(self._seen)
        self._seen.add((platform, mark))
        return len(self._seen) > before


@pytest_asyncio.fixture
async def served() -> AsyncIterator[Served]:
    """The server, running."""
    async with serving(Served(Remembered())) as running:
        yield running
