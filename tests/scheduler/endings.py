"""Waits for what becomes of a digest's run."""

import asyncio

from bot.wiring import Installation
from handlers.chat.digests import FINAL, Digest, Run


async def ended(installation: Installation, digest: Digest) -> Run:
    """Its newest run, once it has ended."""
    async with asyncio.timeout(10):
        while True:
            [run] = await installation.backend.digests.history(digest, 1)
            if run.state in FINAL:
                return run
            await asyncio.sleep(0.02)
