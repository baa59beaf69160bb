"""Refresh tokens are never lost: by expiry, by rotation, by kill -9, by two who renew at once."""

import asyncio
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.request import TRIES
from analytics.sources.partner_center.trouble import SignInLost, Trouble, TryLater
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.faults import FAULTS
from tests.partner_center.renewing import SPEND
from tests.partner_center.scripted import Script
from tests.partner_center.standin import FIRST_TOKEN, Standin, standing_in
from tests.syncing.fetching import WithoutInsights, fetched

ONE = Call("/v1/usagesummary", Paging.NONE, Bearer.USER)


@dataclass
class Renewers:
    """Processes that share a file with a refresh token."""

    address: str
    file: Path
    standin: Standin
    started: list[Process] = field(default_factory=list)

    async def start(self, dies: str = "") -> Process:
        words = ("-m", "tests.partner_center.renewing", self.address, str(self.file), dies)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdout=DEVNULL, stderr=PIPE
        )
        self.started.append(process)
        return process

    async def works(self) -> bool:
        """Whether one more of them gets its answer; what it says otherwise is in the failure."""
        process = await self.start()
        _, said = await process.communicate()
        assert not process.returncode, said.decode()
        return not self.file.with_suffix(".refused").exists()


@pytest.fixture
async def renewers(tmp_path: Path) -> AsyncIterator[Renewers]:
    file = tmp_path / "token"
    file.write_text(FIRST_TOKEN, "utf-8")
    standin = Standin(Company(5, seed=1))
    async with standing_in(standin) as address:
        its = Renewers(address, file, standin)
        yield its
        for process in its.started:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest.mark.parametrize("dies", ["before", "after"])
async def test_a_kill_between_renewal_and_use_locks_nobody_out(
    renewers: Renewers, dies: str
) -> None:
    for _ in range(2):
        process = await renewers.start(dies)
        await process.communicate()
        assert process.returncode == -9
    assert await renewers.works()
    assert await renewers.works()


async def test_kills_at_any_moment_lock_nobody_out(renewers: Renewers) -> None:
    chance = random.Random(7)  # noqa: S311 when they come
    for _ in range(6):
        process = await renewers.start()
        await asyncio.sleep(chance.uniform(0.2, 1.2))
        if process.returncode is None:
            process.kill()
        await process.communicate()
    assert await renewers.works()


async def test_processes_that_renew_at_once_take_turns(renewers: Renewers) -> None:
    together = [await renewers.start() for _ in range(4)]
    said = [(await process.communicate())[1].decode() for process in together]
    assert [process.returncode for process in together] == [0, 0, 0, 0], said
    assert await renewers.works()


async def test_calls_at_once_renew_once() -> None:
    script = Script([{"id": "fine"}])
    async with script.client() as client:
        await asyncio.gather(*[client.one(ONE) for _ in range(20)])
    assert script.tokens == 1
    assert script.keeper.kept == ["refresh-1"]


async def test_a_token_is_renewed_some_minutes_before_it_ends() -> None:
    its, keeper = Standin(Company(5, seed=1), lasts=3600), Kept()
    async with connected(its, keeper) as client:
        for _ in range(3):
            _ = [page async for page in client.pages(SPEND)]
    assert its.calls["token"] == 1


async def test_the_new_token_is_kept_though_there_is_no_access_token_with_it() -> None:
    script = Script([{"id": "fine"}])

    async def token(_request: web.Request) -> web.Response:
        script.tokens += 1
        return web.json_response({"refresh_token": "newer"})

    script.token = token  # type: ignore[method-assign]  # a login that forgets half of it
    async with script.client() as client:
        with pytest.raises(Exception, match="no-token"):
            await client.one(ONE)
    assert script.keeper.token == "newer"


async def test_the_old_token_stays_where_no_new_one_comes() -> None:
    script = Script([{"id": "fine"}])

    async def token(_request: web.Request) -> web.Response:
        return web.json_response({"access_token": "a", "expires_in": 3600})

    script.token = token  # type: ignore[method-assign]  # as the documented example
    async with script.client() as client:
        await client.one(ONE)
    assert script.keeper.token == FIRST_TOKEN


@pytest.mark.parametrize("fault", sorted(FAULTS))
async def test_whatever_the_login_says_nobody_is_locked_out_by_it(fault: str) -> None:
    """What is no refusal in its own words is trouble that passes, and no person's to mend."""
    standin, keeper = Standin(Company(5, seed=1), fault, "oauth2/token"), Kept()
    async with connected(standin, keeper) as client:
        with suppress(Trouble):
            _ = [page async for page in client.pages(SPEND)]
        standin.fault = ""
        assert [page async for page in client.pages(SPEND)]
    assert keeper.refusals == []


async def test_those_who_wait_for_a_login_that_hangs_wait_together() -> None:
    standin = Standin(Company(5, seed=1), "hang", "oauth2/token")
    async with connected(standin) as client:
        asking = [client.one(SPEND) for _ in range(8)]
        said = await asyncio.gather(*asking, return_exceptions=True)
    assert [isinstance(each, TryLater) for each in said] == [True] * 8
    assert standin.calls["token"] <= 2 * TRIES + 2  # alone each of them would ask so often


async def test_tokens_that_end_before_their_time_are_replaced_in_mid_sync(tmp_path: Path) -> None:
    company = Company(5, seed=1, today=date(2026, 11, 25))
    standin, keeper = Standin(company, page=4, forgets=40), Kept()
    its = await fetched(standin, tmp_path / "staging.duckdb", keeper=WithoutInsights(keeper))
    assert its.totals == company.totals()
    said = {reason.sentence for mark in its.marks.values() for reason in mark.reasons}
    assert said <= {"sync-why-insights-not-connected", "sync-why-not-asked"}
    assert standin.calls["token"] > 4
    assert (keeper.refusals, keeper.token in standin.refresh) == ([], True)


async def test_a_refused_app_is_no_refused_sign_in() -> None:
    script = Script([{"id": "fine"}])

    async def token(_request: web.Request) -> web.Response:
        return web.json_response({"error": "invalid_client"}, status=401)

    script.token = token  # type: ignore[method-assign]  # its secret has run out
    async with script.client() as client:
        with pytest.raises(SignInLost, match="client"):
            await client.one(ONE)
    assert script.keeper.refusals == []
