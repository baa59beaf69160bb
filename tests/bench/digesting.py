"""The program with many digests that are due at the same moment, for a process of its own:
`python -m tests.bench.digesting FOLDER SLACK COUNT [--unhurried]`. Says where it listens, and waits
for a line before the digests are due.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.sources.demo_customers import ordinary_customers
from analytics.values import OWN
from bot.gate import server_options
from bot.log import start_log
from bot.platforms import add_platforms
from bot.sample import make_sample, sample_settings
from bot.settings import Settings, database_url, read_settings
from bot.slack.api import SlackApi
from bot.slack.posting import SlackPoster
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.digests import KeptDigests
from bot.store.tables import schedule
from bot.web import operations, run
from bot.wiring import Installation, installed, utc_now
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.digests import Plan
from tests.bench.answers import NOW
from tests.slack.standin import BOT
from tests.slack.talking import SECRET

OWNERS = tuple(f"U{n:03}" for n in range(50))
_SOON = timedelta(seconds=1)


class NoQueue:
    """No limit: what the program itself can do."""

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        yield


def plans(count: int) -> list[Plan]:
    """One question a customer, and again from the first."""
    names = [story.name for story in ordinary_customers()]
    asked = [names[n % len(names)] for n in range(count)]
    own = Room("", RoomKind.PRIVATE, OWN)
    return [
        Plan(f"/usage {name} last 90 days", f"/usage {name}", "0 9 * * *", "UTC", "en", own)
        for name in asked
    ]


async def main(folder: Path, slack: str, count: int, *, unhurried: bool) -> None:
    found = {
        "DATA_DIR": str(folder),
        "PORT": "0",
        "SLACK_MODE": "http",
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack,
    }
    settings = sample_settings(read_settings({f"SEATWISE_{k}": v for k, v in found.items()}))
    make_sample(settings.data_dir, NOW)
    start_log("WARNING")
    engine = await open_database(database_url(settings))
    async with installed(settings, {}, utc_now) as installation:
        await _saved(engine, installation, count)
        await _serving(engine, installation, settings, unhurried=unhurried)
    await engine.dispose()


async def _saved(engine: AsyncEngine, installation: Installation, count: int) -> None:
    """Each owner has as many; none is due yet."""
    kept = KeptDigests(engine, Audit(engine, installation.settings.secret_key), count)
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", utc_now())
    wanted = plans(count)
    for at, owner in enumerate(OWNERS):
        who = UserRef("slack", "T1", owner)
        await installation.roles.give(who, everything)
        await kept.save(wanted[at :: len(OWNERS)], who, OWN, utc_now())
    async with engine.begin() as connection:
        await connection.execute(update(schedule).values(next_due=utc_now() + timedelta(days=1)))


async def _serving(
    engine: AsyncEngine, installation: Installation, settings: Settings, *, unhurried: bool
) -> None:
    app = operations(installation.metrics, partial(installation.doctor.lacking, OWN))
    add_platforms(app, installation)
    if unhurried:
        api = SlackApi(settings.slack_bot_token, settings.slack_api_url)
        app.cleanup_ctx.append(lambda _app: _opened(api))
        paint = installation.delivery.paint
        installation.posters["slack"] = SlackPoster(api, paint, queue=NoQueue())  # type: ignore[arg-type]  # takes the place of a limit
    app.cleanup_ctx.append(installation.scheduler.running)
    due = asyncio.create_task(_due(engine))
    await run(
        app,
        "127.0.0.1",
        0,
        lambda port: print(port, flush=True),
        server_options(installation.metrics),
    )
    await due


async def _opened(api: SlackApi) -> AsyncIterator[None]:
    async with api.opened():
        yield


async def _due(engine: AsyncEngine) -> None:
    """Makes all due, a second after a line has come."""
    await asyncio.to_thread(sys.stdin.readline)
    async with engine.begin() as connection:
        await connection.execute(update(schedule).values(next_due=utc_now() + _SOON))


if __name__ == "__main__":
    where, slack_url, number, *more = sys.argv[1:]
    asyncio.run(main(Path(where), slack_url, int(number), unhurried="--unhurried" in more))
