"""The program with many digests that come due at the same moment, for a process of its own:
`python -m tests.bench.digesting FOLDER SLACK COUNT [--unhurried]`. It says where it listens, and
waits for a line before the digests are due.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path

from aiohttp import web
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.demo.customers import ordinary_customers
from analytics.values import OWN
from bot.demo_installation import sample_settings
from bot.environment import read_settings
from bot.gate import server_options
from bot.log import start_log
from bot.platforms import add_platforms
from bot.settings import Settings, database_url
from bot.slack.api import SlackApi
from bot.slack.post_spacing import PostSpeed, Queue, Spacing
from bot.slack.posting import SlackPoster
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.digests import DigestStore
from bot.store.tables import schedule
from bot.web import operations, run
from bot.wiring import Installation, open_installation, utc_now
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.digests import Plan
from tests.bench.grown import twin_name
from tests.slack.standin import BOT
from tests.slack.talking import SECRET

OWNERS = tuple(f"U{n:03}" for n in range(50))
TWINS = 10
"""Of each made-up customer, itself among them: a partner of about 600."""
ASKED = 290
"""Customers that the digests are about."""


class NoQueue(Queue):
    """No limit: what the program itself can do."""

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        yield


def settings_in(folder: Path, slack: str = "") -> Settings:
    """A demonstration's, with Slack at that address."""
    found = {
        "DATA_DIR": str(folder),
        "SLACK_MODE": "http",
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack,
    }
    return sample_settings(read_settings({f"SEATWISE_{k}": v for k, v in found.items() if v}))


def names(count: int) -> list[str]:
    """Whom so many digests are about: each customer, and again from the first."""
    all_of_them = [
        twin_name(story.name, n) for n, story in product(range(TWINS), ordinary_customers())
    ]
    return [all_of_them[at % ASKED] for at in range(count)]


async def main(folder: Path, slack: str, count: int, *, unhurried: bool) -> None:
    start_log("WARNING")
    settings = settings_in(folder, slack)
    engine = await open_database(database_url(settings))
    async with open_installation(settings, {}, utc_now) as installation:
        await _saved(engine, installation, count)
        app = operations(installation.metrics, partial(installation.doctor.obstacle, OWN))
        add_platforms(app, installation)
        if unhurried:
            _unhurry(app, installation)
        app.cleanup_ctx.append(installation.scheduler.run_beside)
        waking = asyncio.create_task(_due(engine))
        options = server_options(installation.metrics)
        await run(app, "127.0.0.1", 0, lambda port: print(port, flush=True), options)
        await waking
    await engine.dispose()


async def _saved(engine: AsyncEngine, installation: Installation, count: int) -> None:
    """Each owner has as many; none is due yet."""
    kept = DigestStore(engine, Audit(engine, installation.settings.secret_key), count)
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", utc_now())
    own = Room("", RoomKind.PRIVATE, OWN)
    wanted = [
        Plan(f"/usage {name} last 90 days", f"/usage {name}", "0 9 * * *", "UTC", "en", own)
        for name in names(count)
    ]
    for at, owner in enumerate(OWNERS):
        who = UserRef("slack", "T1", owner)
        await installation.roles.give(who, everything)
        await kept.save(wanted[at :: len(OWNERS)], who, OWN, utc_now())
    async with engine.begin() as connection:
        await connection.execute(update(schedule).values(next_due=utc_now() + timedelta(days=1)))


def _unhurry(app: web.Application, installation: Installation) -> None:
    api = SlackApi(installation.settings.slack_bot_token, installation.settings.slack_api_url)
    installation.posters["slack"] = SlackPoster(
        api, installation.delivery, speed=PostSpeed(NoQueue(), Spacing(0.0))
    )

    async def opened(_app: web.Application) -> AsyncIterator[None]:
        async with api.open_session():
            yield

    app.cleanup_ctx.append(opened)


async def _due(engine: AsyncEngine) -> None:
    """Makes all due at once, when a line has come."""
    await asyncio.to_thread(sys.stdin.readline)
    async with engine.begin() as connection:
        await connection.execute(update(schedule).values(next_due=utc_now()))


if __name__ == "__main__":
    where, slack_url, number, *more = sys.argv[1:]
    asyncio.run(main(Path(where), slack_url, int(number), unhurried="--unhurried" in more))
