"""A process of its own: opens the store once standard input says so, and records some questions."""

import asyncio
import sys

from bot.store.audit import Audit
from bot.store.database import open_database
from tests.store.entries import SECRET, entry


async def main(url: str, questions: int) -> None:
    """Ready first, so that several can be let loose at once."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    engine = await open_database(url)
    audit = Audit(engine, SECRET)
    await asyncio.gather(*(audit.record(entry()) for _ in range(questions)))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
