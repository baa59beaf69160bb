"""`make playground`: the bot in Microsoft's Playground, until Ctrl-C, at most for a day."""

import asyncio
import contextlib
import signal
import sys
import tempfile
from pathlib import Path

from tests.playground.running import running

_PORT = 56150
_A_DAY = 24 * 60 * 60


async def show() -> None:
    """Starts both and says where to look."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), _PORT) as (bot, playground):
            sys.stdout.write(
                f"The Playground: {playground}/\nThe page: {bot}/\nCtrl-C ends both.\n"
            )
            sys.stdout.flush()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _A_DAY)


if __name__ == "__main__":
    asyncio.run(show())
