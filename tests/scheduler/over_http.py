"""Two posters over HTTP, small and true to what platforms let one do: one can look, as in Slack,
the other cannot, as in Teams. And both may die at the worst moments.
"""

import os
import signal
from datetime import datetime
from random import Random

import aiohttp

from bot.posting import Address, Fate, Go, Letter, Look, Receipt, Seen
from handlers.chat.reply import spoken

_TIMEOUT = aiohttp.ClientTimeout(total=1)
_TROUBLE = (aiohttp.ClientError, TimeoutError)


class HttpPoster:
    """bot.posting.Poster. `dies` is the chance to be killed right before and right after a post."""

    def __init__(self, url: str, platform: str, chance: Random, dies: float) -> None:
        self._url = url
        self._platform = platform
        self._chance = chance
        self._dies = dies

    async def post(self, letter: Letter, go: Go) -> Receipt:
        repeat = "may be a repeat" in "\n".join(spoken(letter.delivered.reply.parts))
        message = {"platform": self._platform, "mark": letter.mark, "repeat": repeat}
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            if not await go():
                return Receipt(Fate.LEFT)
            self._perhaps_die()
            try:
                async with session.post(f"{self._url}/post", json=message) as answer:
                    found = await _receipt(answer)
            except _TROUBLE:
                found = Receipt(Fate.LOST)
            self._perhaps_die()
            return found

    async def look(self, to: Address, mark: str, since: datetime) -> Look:
        if self._platform == "teams":
            return Look(Seen.BLIND)
        query = {"platform": self._platform, "mark": mark}
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.get(f"{self._url}/look", params=query) as answer,
            ):
                there = (await answer.json())["there"]
        except _TROUBLE:
            return Look(Seen.LATER, wait=0.2)
        return Look(Seen.THERE, "found") if there else Look(Seen.ABSENT)

    def _perhaps_die(self) -> None:
        if self._chance.random() < self._dies:
            os.kill(os.getpid(), signal.SIGKILL)


async def _receipt(answer: aiohttp.ClientResponse) -> Receipt:
    if answer.status == 429:
        return Receipt(Fate.LATER, wait=float(answer.headers["Retry-After"]))
    if answer.status != 200:
        return Receipt(Fate.LOST)
    return Receipt(Fate.SENT, message=(await answer.json())["message"])
