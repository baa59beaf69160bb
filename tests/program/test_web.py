"""Health, readiness and metrics over real HTTP on loopback."""

from functools import partial

import pytest
from aiohttp import web

from analytics.values import OWN
from bot.web import operations
from bot.wiring import Installation, facts_folder
from tests.answering.asking import asked, store_file, tamper
from tests.program.serving import Answer, get, listening


def _app(installation: Installation) -> web.Application:
    return operations(installation.metrics, partial(installation.doctor.obstacle, OWN))


async def test_a_program_in_order_is_alive_and_ready(installation: Installation) -> None:
    async with listening(_app(installation)) as address:
        assert await get(f"{address}/livez") == Answer(200, "alive\n", "text/plain")
        assert await get(f"{address}/readyz") == Answer(200, "ready\n", "text/plain")


@pytest.mark.parametrize("gone", ["audit", "partner"])
async def test_without_its_store_it_is_alive_but_not_ready(
    installation: Installation, gone: str
) -> None:
    tamper(store_file(installation.settings), f"DROP TABLE {gone}")
    async with listening(_app(installation)) as address:
        assert await get(f"{address}/readyz") == Answer(503, "store\n", "text/plain")
        assert (await get(f"{address}/livez")).status == 200


async def test_with_damaged_facts_it_is_alive_but_not_ready(installation: Installation) -> None:
    folder = facts_folder(installation.settings.data_dir, OWN)
    (folder / "facts-000001.duckdb").write_bytes(b"rust" * 100)
    async with listening(_app(installation)) as address:
        assert await get(f"{address}/readyz") == Answer(503, "facts\n", "text/plain")
        assert (await get(f"{address}/livez")).status == 200


async def test_it_is_ready_again_once_the_store_is_back(installation: Installation) -> None:
    file = store_file(installation.settings)
    async with listening(_app(installation)) as address:
        tamper(file, "ALTER TABLE audit RENAME TO elsewhere")
        gone = await get(f"{address}/readyz")
        tamper(file, "ALTER TABLE elsewhere RENAME TO audit")
        back = await get(f"{address}/readyz")
    assert (gone.status, back.status) == (503, 200)


async def test_metrics_hold_what_was_asked(installation: Installation) -> None:
    await installation.delivery.ask(asked("/usage contoso"))
    async with listening(_app(installation)) as address:
        numbers = await get(f"{address}/metrics")
    line = 'seatwise_questions_total{command="usage",outcome="answered"} 1.0'
    assert (numbers.status, numbers.kind) == (200, "text/plain")
    assert line in numbers.text.splitlines()


async def test_there_is_nothing_else_to_see(installation: Installation) -> None:
    async with listening(_app(installation)) as address:
        assert [(await get(f"{address}{path}")).status for path in ("/", "/page/ask")] == [404, 404]
