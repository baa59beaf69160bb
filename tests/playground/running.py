"""The demonstration and Microsoft's Playground beside it, on loopback, ended with whoever began."""

import asyncio
import os
import re
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.rules.source import ROOT

PEOPLE = Path(__file__).parent / ".m365agentsplayground.yml"
_LOOPBACK = Path(__file__).parent / "loopback.cjs"
_PLAYGROUND = ROOT / "tests/node/node_modules/@microsoft/m365agentsplayground/cli.js"
_BOT_SAYS, _PLAYGROUND_SAYS = r"http://127\.0\.0\.1:(\d+)/", r"Listening on (\d+)"
# The demonstration makes its figures when it first starts.
_SECONDS_TO_START, _SECONDS_TO_END = 90, 15


@asynccontextmanager
async def running(home: Path, port: int = 0) -> AsyncIterator[tuple[str, str]]:
    """Starts both around a folder of their own; gives the addresses of the demonstration and of the
    Playground, which takes another port where this one is taken.
    """
    demo = [sys.executable, "-m", "bot", "demo"]
    async with _started(demo, ROOT, {"SEATWISE_PORT": "0", "SEATWISE_DATA_DIR": str(home)}) as bot:
        address = await _address(bot, _BOT_SAYS)
        # The Playground reads its people from the folder it is in, and writes a log beside them.
        shutil.copy(PEOPLE, home / PEOPLE.name)
        async with _started(_playground(address, port), home, {}) as shown:
            yield address, await _address(shown, _PLAYGROUND_SAYS)


def _playground(bot: str, port: int) -> list[str]:
    node = ["node", "--require", str(_LOOPBACK), str(_PLAYGROUND), "start", "--disable-telemetry"]
    return [*node, "-c", "msteams", "-e", f"{bot}/teams/messages", "-p", str(port)]


@asynccontextmanager
async def _started(
    command: list[str], folder: Path, settings: Mapping[str, str]
) -> AsyncIterator[Process]:
    """A program that knows nothing of this one's settings."""
    environment = {"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1,localhost", **settings}
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, cwd=folder, env=environment
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), _SECONDS_TO_END)


async def _address(process: Process, pattern: str) -> str:
    """Where the program says that it listens; RuntimeError where it ends before."""
    assert process.stdout is not None
    async with asyncio.timeout(_SECONDS_TO_START):
        async for line in process.stdout:
            if found := re.search(pattern, line.decode()):
                return f"http://127.0.0.1:{found[1]}"
    raise RuntimeError(f"ended before it said {pattern}")
