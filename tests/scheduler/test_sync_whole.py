"""The running bot syncs at its hour, by a process of its own, and answers from what came."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from analytics.values import OWN
from analytics.warehouse.facts import Generation
from bot.environment import read_settings
from bot.store.database import open_database
from bot.store.tables import schedule
from bot.wiring import Installation, open_installation
from tests.partner_center.company import Company
from tests.partner_center.standin import APP, FIRST_TOKEN, PARTNER, SECRET, Standin, standing_in

MINUTE = timedelta(minutes=1)


def environment(home: Path, address: str) -> dict[str, str]:
    return {
        "SEATWISE_DATA_DIR": str(home),
        "SEATWISE_SECRET_KEY": "kR7-nQ2vX9_fT4mB8wZ1cL6hY3pD5sG0jA",
        "SEATWISE_PARTNER_CENTER_URL": address,
        "SEATWISE_PARTNER_CENTER_LOGIN_URL": address,
        "SEATWISE_PARTNER_CENTER_TENANT": PARTNER,
        "SEATWISE_PARTNER_CENTER_CLIENT_ID": APP,
        "SEATWISE_PARTNER_CENTER_CLIENT_SECRET": SECRET,
        "SEATWISE_PARTNER_CENTER_REFRESH_TOKEN": FIRST_TOKEN,
    }


async def due_now(bot: Installation) -> None:
    """As if its hour had just come."""
    await bot.sync_daily(bot.backend.now())
    engine = await open_database(f"sqlite+aiosqlite:///{bot.settings.data_dir}/seatwise.db")
    async with engine.begin() as connection:
        past = update(schedule).values(next_due=bot.backend.now() - MINUTE)
        await connection.execute(past)
    await engine.dispose()


async def published(bot: Installation) -> Generation:
    for _ in range(900):
        generation = bot.doctor.warehouses(OWN).current()
        if generation:
            return generation
        await asyncio.sleep(0.1)
    raise AssertionError("nothing was published")


async def test_at_its_hour_the_bot_syncs_and_answers_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = Company(4, seed=2)
    async with standing_in(Standin(company)) as address:
        for name, value in environment(tmp_path, address).items():
            monkeypatch.setenv(name, value)  # the child reads what this process was started with
        settings = read_settings(environment(tmp_path, address))
        running = asynccontextmanager(lambda its: its.scheduler.run_beside(None))
        async with open_installation(settings, {}) as bot:
            await due_now(bot)
            async with running(bot):
                generation = await published(bot)
                for _ in range(100):
                    await asyncio.sleep(0.1)
                    if b'seatwise_runs_total{kind="sync",state="sent"} 1.0' in bot.metrics.text():
                        break
            assert b'seatwise_runs_total{kind="sync",state="sent"} 1.0' in bot.metrics.text()
    assert len(generation.people.customers) == 4
    said = {reason.sentence for mark in generation.marks.values() for reason in mark.reasons}
    assert said <= {"sync-why-insights-not-connected", "sync-why-not-asked"}
