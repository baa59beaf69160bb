"""A process of its own: wants to be first with every mark, and prints those it was first with."""

import asyncio
import sys
from datetime import timedelta

from bot.store.database import open_database
from bot.store.replay_set import ReplayStore
from tests.gate.signing import NOW


async def main(url: str, marks: int) -> None:
    """Ready first, so that several can be let loose at once."""
    engine = await open_database(url)
    requests = ReplayStore(engine)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    until = NOW + timedelta(minutes=10)
    firsts = await asyncio.gather(
        *(requests.first("slack", str(mark), NOW, until) for mark in range(marks))
    )
    await engine.dispose()
    print(*(mark for mark, first in enumerate(firsts) if first))  # noqa: T201 what it was started for


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
