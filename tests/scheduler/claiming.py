"""A process of its own: claims a report as if to tell it, says so, and waits to be killed."""

import asyncio
import sys

from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.reports import ReportStore
from bot.wiring import utc_now
from tests.store.entries import SECRET


async def main(url: str) -> None:
    engine = await open_database(url)
    claimed = await ReportStore(engine, Audit(engine, SECRET)).claim(OWN, utc_now())
    sys.stdout.write(f"{claimed.number if claimed else 0}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
