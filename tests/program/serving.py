"""Programs that serve on 127.0.0.1: in this process, and in one of their own."""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    text: str
    kind: str


async def get(address: str) -> Answer:
    """One GET of its own connection."""
    async with ClientSession() as session, session.get(address) as response:
        return Answer(response.status, await response.text(), response.content_type)


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    """The application's address on a free port of loopback."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class Program:
    """A process that serves, what it said before it did, and where."""

    process: Process
    said: str
    address: str

    async def stopped(self) -> int:
        """SIGTERM; the exit code, or TimeoutError where it takes more than ten seconds."""
        self.process.terminate()
        async with asyncio.timeout(10):
            return await self.process.wait()


@asynccontextmanager
async def started(*words: str, environment: Mapping[str, str]) -> AsyncIterator[Program]:
    """Python with these words, once it has told its address; killed at the end if need be."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        yield await _told(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _told(process: Process) -> Program:
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while not (address := re.search(r"http://127\.0\.0\.1:\d+", said)):
            line = (await process.stdout.readline()).decode()
            assert line, f"it ended, having said: {said}"
            said += line
    return Program(process, said, address[0])
