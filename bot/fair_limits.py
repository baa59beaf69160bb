"""Turns of questions: one person's burst does not delay the others."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from handlers.chat.asking import UserRef

AT_ONCE = 8
"""Number of questions worked on at once in one workspace."""

EACH = 2
"""Number of questions worked on at once for one person."""

WAITING = 6
"""Number of questions that one person may have under way, waiting ones too."""


class TooMany(Exception):
    """The person already has as many questions under way as one person may."""


class FairLimits:
    """Turns by person, and by workspace. Keys that are idle are forgotten."""

    def __init__(self) -> None:
        self._under_way: Counter[UserRef] = Counter()
        self._gates: dict[UserRef | tuple[str, str], asyncio.Semaphore] = {}

    @asynccontextmanager
    async def of(self, person: UserRef) -> AsyncIterator[None]:
        """Wait for the person's turn, then for the workspace's. Raises TooMany at once where the
        person has six under way.
        """
        if self._under_way[person] >= WAITING:
            raise TooMany
        self._under_way[person] += 1
        workspace = (person.platform, person.tenant)
        try:
            async with self._gate(person, EACH), self._gate(workspace, AT_ONCE):
                yield
        finally:
            self._leave(person, workspace)

    def _gate(self, key: UserRef | tuple[str, str], at_once: int) -> asyncio.Semaphore:
        return self._gates.setdefault(key, asyncio.Semaphore(at_once))

    def _leave(self, person: UserRef, workspace: tuple[str, str]) -> None:
        self._under_way[person] -= 1
        if not self._under_way[person]:
            del self._under_way[person]
            self._gates.pop(person, None)
        if not any((p.platform, p.tenant) == workspace for p in self._under_way):
            self._gates.pop(workspace, None)
