"""Who owners are: asked of their platform once a minute, however many digests they have."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.scheduler.ports import LookUp
from handlers.chat.asking import UserRef
from handlers.chat.services import Someone

FRESH = 60.0
"""Seconds that an answer serves. Rights are looked up for every run all the same."""

_MOST = 5_000


class Owners:
    """bot.scheduler.ports.LookUp with a short memory."""

    def __init__(self, people: LookUp, clock: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._clock = clock
        self._known: OrderedDict[UserRef, tuple[float, Someone | None]] = OrderedDict()

    async def look_up(self, person: UserRef) -> Someone | None:
        """The person, as they were within the last minute. Raises what the platform raises."""
        until, someone = self._known.get(person, (0.0, None))
        if self._clock() < until:
            return someone
        someone = await self._people.look_up(person)
        self._known.pop(person, None)
        self._known[person] = (self._clock() + FRESH, someone)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return someone
