"""A process that sends digests until it is killed: `python -m tests.scheduler.digesting STORE DATA
PLATFORM`, the addresses of the store and of the platform, and the folder of the facts.

It reads everything in once; a twin of it, made for each line of its standard input, is what is
killed: see tests/store/granting.py. A line is a seed and the chance to die around a post.
"""

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

from bot.log import start_log
from bot.scheduler.digests import DigestJob
from bot.scheduler.ports import Lent
from bot.scheduler.running import Pace, Scheduler
from bot.scheduler.steps import Waits
from bot.settings import Settings, read_settings
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.digests import KeptDigests
from bot.store.runs import KeptRuns
from bot.wiring import installed, utc_now
from tests.scheduler.over_http import HttpPoster
from tests.scheduler.staging import say
from tests.store import granting
from tests.store.entries import SECRET

LEASE = 3.0
LONGEST = 120.0
"""Seconds after which it ends by itself, should whoever was to kill it be gone."""

SOON = Waits(asking=(0.2, 0.5, 1), posting=(0.1, 0.2, 0.5, 1), lost=0.1, away=0.5)
PACE = Pace(rest=0.1, renewal=LEASE / 3, first_wait=0.2)


def settings(url: str, data: str) -> Settings:
    return replace(read_settings({"SEATWISE_DATA_DIR": data}), database_url=url, secret_key=SECRET)


async def send_until_killed(url: str, data: str, platform: str, line: str) -> None:
    start_log("CRITICAL")  # on standard error: standard output is what the mother says
    seed, dies = line.split()
    chance = Random(seed)  # noqa: S311 the same moments again
    posters = {name: HttpPoster(platform, name, chance, float(dies)) for name in ("slack", "teams")}
    async with installed(settings(url, data), {}) as wired:
        engine = await open_database(url)
        runs = KeptRuns(engine, Audit(engine, SECRET), utc_now, LEASE)
        lent = Lent(
            *(runs, KeptDigests(engine, Audit(engine, SECRET)), wired.people, wired.roles),
            *(wired.delivery.scheduled, posters, say, utc_now, wired.metrics),
        )
        scheduler = Scheduler(runs, {"digest": DigestJob(lent, SOON)}, wired.metrics, PACE)
        async with asynccontextmanager(scheduler.running)(None):
            granting.say("up")
            await asyncio.sleep(LONGEST)


def main(url: str, data: str, platform: str) -> None:
    asyncio.run(granting.warm_up(url))
    for line in sys.stdin:
        twin = os.fork()
        if twin == 0:
            asyncio.run(send_until_killed(url, data, platform, line))
            os._exit(0)
        granting.say(f"process {twin}")
        os.waitpid(twin, 0)
        granting.say("ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
