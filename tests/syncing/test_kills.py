"""Syncs in a process of their own: killed at any moment, and as large as a partner may be."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.partner_center.company import Company
from tests.partner_center.standin import FIRST_TOKEN, Standin, standing_in
from tests.seeds import seeds
from tests.syncing.fetching import Fetched, Noted
from tests.syncing.process import KEPT

TODAY = date(2026, 11, 25)
LARGE = int(os.environ.get("TESTS_CUSTOMERS", "200"))
"""10,000 takes some minutes."""


@pytest.fixture
def token(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(FIRST_TOKEN)
    return file


async def started(address: str, token: Path) -> Process:
    command = (sys.executable, "-m", "tests.syncing.process", address, str(token), str(TODAY))
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE)


async def finished(address: str, token: Path) -> dict[str, Any]:
    process = await started(address, token)
    said, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(said)  # type: ignore[no-any-return]  # as the process wrote it


async def killed(address: str, token: Path, standin: Standin, calls: int) -> bool:
    """Ends it with kill -9 when it has made so many calls; False where it was done before."""
    process = await started(address, token)
    until = sum(standin.calls.values()) + calls
    while process.returncode is None and sum(standin.calls.values()) < until:  # noqa: ASYNC110 a counter tells nobody
        await asyncio.sleep(0.002)  # the calls come in while we sleep
    if process.returncode is None:
        process.kill()
    return await process.wait() != 0


@pytest.mark.parametrize("seed", seeds(0))
async def test_killed_again_and_again_it_ends_with_all_there_is_and_nothing_twice(
    token: Path, seed: int
) -> None:
    company, chance = Company(8, seed=seed, today=TODAY), Random(seed)  # noqa: S311 when to kill
    standin = Standin(company, page=3)
    async with standing_in(standin) as address:
        kills = [await killed(address, token, standin, chance.randrange(2, 60)) for _ in range(5)]
        said = await finished(address, token)
    its = Fetched(token.with_name(KEPT), {}, Noted())
    assert sum(kills) >= 3
    assert said["whole"]
    assert its.totals == company.totals()
    assert its.unfinished == 0
    assert its.one("SELECT count(*) FROM new_activity") == company.totals()["activity"]
    assert not token.with_suffix(".refused").exists()


@pytest.mark.timeout(3600)
async def test_a_first_sync_is_bounded_in_memory_and_polite(token: Path) -> None:
    company = Company(LARGE, seed=1, today=TODAY)
    standin = Standin(company, page=10_000)
    async with standing_in(standin) as address:
        said = await finished(address, token)
    its = Fetched(token.with_name(KEPT), {}, Noted())
    assert said["whole"]
    assert its.totals == company.totals()
    assert said["mb"] <= 400
    assert said["calls"] <= 2 * LARGE + 200 + LARGE // 500
    assert said["minutes"] >= (LARGE - 450) // 450  # of customers, and of subscriptions, 450 each
    assert said["waited"] <= 60
